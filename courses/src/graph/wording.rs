//! The few words of a drawing.

use crate::item::Grade;
use crate::scenario::{Good, Meter, ScenarioKind, When};
use crate::text::{Lang, Text};

/// The language of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Wording(pub(super) Lang);

impl Wording {
    fn either(self, ja: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Lang::Ja | Lang::Easy => ja,
            Lang::En => en,
        }
    }

    /// A text of the story; Japanese where there is no English.
    pub(super) fn of(self, text: &Text) -> &str {
        text.get(self.0).0
    }

    pub(super) fn grade(self, grade: Grade) -> &'static str {
        match grade {
            Grade::Best => self.either("最もよい", "Best choice"),
            Grade::Ok => self.either("よい", "Good"),
            Grade::Risky => self.either("注意が必要", "Needs care"),
            Grade::Harm => self.either("避けるべき", "Best avoided"),
        }
    }

    pub(super) fn kind(self, kind: ScenarioKind) -> &'static str {
        match kind {
            ScenarioKind::Branch => self.either("分かれ道の話", "Story"),
            ScenarioKind::Crisis => self.either("時計のある話", "Story with a clock"),
        }
    }

    pub(super) fn start(self) -> &'static str {
        self.either("はじめ", "Start")
    }

    pub(super) fn must(self) -> &'static str {
        self.either("必須", "Must")
    }

    pub(super) fn end(self) -> &'static str {
        self.either("終わり", "End")
    }

    pub(super) fn posts(self, ids: &str) -> String {
        format!("{}{ids}", self.either("投稿：", "Posts: "))
    }

    pub(super) fn hides(self, ids: &str) -> String {
        format!("{}{ids}", self.either("外す選択：", "Takes away: "))
    }

    pub(super) fn sets(self, flags: &str) -> String {
        format!("{}{flags}", self.either("旗：", "sets "))
    }

    pub(super) fn minutes(self, minutes: u32) -> String {
        match self.0 {
            Lang::Ja | Lang::Easy => format!("{minutes}分"),
            Lang::En => format!("{minutes} min"),
        }
    }

    pub(super) fn only_if(self, when: &When) -> String {
        let conditions: Vec<String> = when.0.iter().map(ToString::to_string).collect();
        let condition = conditions.join(self.either(" かつ ", " and "));
        match self.0 {
            Lang::Ja | Lang::Easy => format!("{condition} のとき"),
            Lang::En => format!("if {condition}"),
        }
    }

    pub(super) fn unless(self, condition: &str) -> String {
        match self.0 {
            Lang::Ja | Lang::Easy => format!("{condition} でないとき"),
            Lang::En => format!("unless {condition}"),
        }
    }

    pub(super) fn otherwise(self) -> &'static str {
        self.either("それ以外", "otherwise")
    }

    pub(super) fn looks(self, ids: &str) -> String {
        format!("{}{ids}", self.either("見る：", "look: "))
    }

    /// A meter with where it starts and ends and which end is good.
    pub(super) fn meter(self, meter: &Meter) -> String {
        let (name, start, max) = (self.of(&meter.name), meter.start, meter.max);
        let good = match meter.good {
            Good::High => self.either("高いほどよい", "high is good"),
            Good::Low => self.either("低いほどよい", "low is good"),
        };
        format!("{name} {start}/{max} ({good})")
    }

    /// What stands in the head: how many questions, how many of them must be answered, how long.
    pub(super) fn facts(self, questions: usize, musts: usize, way: usize, minutes: Option<u32>) -> String {
        let mut facts = match self.0 {
            Lang::Ja | Lang::Easy => format!("問い{questions}・必須{musts}・推奨の道は{way}問"),
            Lang::En => format!("{questions} questions, {musts} must · recommended way: {way} questions"),
        };
        if let Some(minutes) = minutes {
            facts.push_str(&match self.0 {
                Lang::Ja | Lang::Easy => format!("・話の中で{minutes}分"),
                Lang::En => format!(", {minutes} story minutes"),
            });
        }
        facts
    }

    pub(super) fn arriving(self) -> &'static str {
        self.either("時計や旗で届く投稿", "Posts that come by the clock or a flag")
    }

    /// Whoever listens to the drawing hears this.
    pub(super) fn title(self, title: &str) -> String {
        match self.0 {
            Lang::Ja | Lang::Easy => format!("話の流れ：{title}"),
            Lang::En => format!("How the story runs: {title}"),
        }
    }
}
