//! Before a module: why, how long, what is recorded.

use crate::training::step_head::Care;
use crate::ui::say::Words;

/// What kind of step it is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// 読む
    Read,
    /// 考える（一つ選ぶ）
    Judge,
    /// 絵で確かめる
    Picture,
    /// 順番にならべる
    Order,
    /// 文を書く
    Draft,
    /// 自信をふりかえる
    Confidence,
    /// 場面で決める
    Scenario,
    /// 時計の進む場面で決める
    Crisis,
    /// ふりかえる
    Debrief,
    /// 確認テスト
    Test,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Passed.
    Done,
    /// Open now.
    Now,
    /// Still ahead.
    Ahead,
}

/// A line in the list of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// What kind.
    pub kind: StepKind,
    /// Its title, where it has one (reading page, scenario).
    pub title: Option<Words>,
    /// How far.
    pub state: StepState,
}

/// How to go in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntroAction {
    /// POST here begins an attempt.
    Start(String),
    /// GET here goes on; so many minutes are left.
    Continue {
        /// The open step.
        href: String,
        /// Minutes left.
        minutes: u16,
    },
    /// Done. The sheet of answers, and optionally a POST address to do it again of one's own will.
    Done {
        /// The answers.
        sheet: String,
        /// POST here begins another attempt that changes nothing in the record.
        again: Option<String>,
    },
}

/// The page before a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleIntro {
    /// Title of the module.
    pub title: Words,
    /// Why everybody gets this.
    pub summary: Words,
    /// Minutes for the whole.
    pub minutes: u16,
    /// Number of questions, without reading pages.
    pub questions: u16,
    /// The steps in order.
    pub steps: Vec<StepLine>,
    /// For the final test: how many per cent are needed.
    pub pass_percent: Option<u8>,
    /// What the person should know before hard content.
    pub care: Option<Care>,
    /// How to go in.
    pub action: IntroAction,
    /// Way back.
    pub back: String,
}
