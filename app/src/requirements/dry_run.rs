//! What a draft would do, before anything is done: who would come to owe it, who no longer would, whose dates would move.

use super::audience::AudienceView;
use super::trail;
use crate::day::Day;
use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, LinkButton, Notice, Submit, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Somebody whom the draft concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPerson {
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// Department.
    pub department: Option<String>,
    /// The date that they would have; of a completion, the last day on which it would count.
    pub day: Option<Day>,
}

/// People whom the draft concerns alike: how many, and the first of them by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// How many.
    pub people: u32,
    /// The first of them.
    pub first: Vec<PlannedPerson>,
}

/// What a draft would do. POST to `action`: `version`, and `seen`, which names the plan that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DryRun {
    /// Title of the training.
    pub title: String,
    /// It changes one that is open.
    pub changes: bool,
    /// For whom.
    pub whom: AudienceView,
    /// How often.
    pub cycle: String,
    /// Its first day.
    pub opens: Day,
    /// The last day, for most people.
    pub due: Day,
    /// It opens later: then everybody is given it, as the staff list is on that day.
    pub later: bool,
    /// Who would come to owe it.
    pub give: Planned,
    /// Of these, whose date is their own because everybody's is near or past.
    pub late: Planned,
    /// Who would no longer owe it.
    pub release: Planned,
    /// Who would owe it again.
    pub take_back: Planned,
    /// Whose completion would end on another day.
    pub validity: Planned,
    /// The staff list has changed since the plan was looked at.
    pub stale: bool,
    /// How often the draft was written.
    pub version: i64,
    /// Names the plan.
    pub seen: String,
    /// Where it is confirmed.
    pub action: String,
    /// The form of the draft.
    pub edit: String,
    /// Where the draft is thrown away.
    pub discard: String,
}

impl Page for DryRun {
    fn title(&self, lang: Lang) -> String {
        let title = &self.title;
        say!(lang, "試し計算：{title}", "Dry run: {title}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            title,
            changes,
            whom,
            cycle,
            opens,
            due,
            later,
            give,
            late,
            release,
            take_back,
            validity,
            stale,
            version,
            seen,
            action,
            edit,
            discard,
        } = self;
        let (plus, minus) = (give.people + take_back.people, release.people);
        let sum = if later && !changes {
            let opens = opens.plain(lang);
            say!(
                lang,
                "今日の名簿では{plus}人が対象です。{opens}に、その日の名簿で割り当てます。",
                "By today's staff list {plus} people would owe it. It is given on {opens}, by the list of that day.",
            )
        } else {
            say!(
                lang,
                "新しく対象になる人 {plus}人、対象でなくなる人 {minus}人です。",
                "{plus} people would come to owe it, and {minus} would no longer."
            )
        };
        let stale = stale.then(|| {
            view! {
                <Notice tone=Tone::Warn live=true title=say!(lang, "名簿が変わったので、計算し直しました。", "The staff list has changed, so this was reckoned again.")>
                    <p>{say!(lang, "もう一度ご確認ください。まだ何も変えていません。", "Please look once more. Nothing has been changed yet.")}</p>
                </Notice>
            }
        });
        let facts = vec![
            Fact { name: say!(lang, "対象", "For whom"), value: whom.lines(lang) },
            Fact::text(say!(lang, "繰り返し", "How often"), cycle),
            Fact::text(say!(lang, "開始", "Opens"), opens.plain(lang)),
            Fact::text(say!(lang, "期限", "Due"), due.plain(lang)),
        ];
        let confirm = if changes {
            say!(lang, "この内容に変える", "Change it so")
        } else if later {
            say!(lang, "この内容で決める", "Settle it so")
        } else {
            say!(lang, "{plus}人に割り当てて始める", "Open it for {plus} people")
        };
        view! {
            <div class="report dry-run">
                {trail(lang, true)}
                {stale}
                <p class="eyebrow">{say!(lang, "試し計算", "Dry run")}</p>
                <h1><Written text=title lang/></h1>
                <p class="lead dry-run__sum">{sum}</p>
                <p>{say!(lang, "確定するまで、何も変わりません。", "Nothing happens until you confirm.")}</p>
                <Facts facts/>
                {part("give", &say!(lang, "新しく対象になる人", "Would come to owe it"), give, lang)}
                {part("late", &say!(lang, "期限が近いか過ぎているため、自分だけの期限になる人", "Would have a date of their own, because everybody's is near or past"), late, lang)}
                {part("release", &say!(lang, "対象でなくなる人", "Would no longer owe it"), release, lang)}
                {part("take-back", &say!(lang, "再び対象になる人", "Would owe it again"), take_back, lang)}
                {part("validity", &say!(lang, "修了の有効期間が変わる人", "Whose completion would end on another day"), validity, lang)}
                <form method="post" action=action class="form">
                    <input type="hidden" name="version" value=version.to_string()/>
                    <input type="hidden" name="seen" value=seen/>
                    <div class="form__end"><Submit words=confirm/></div>
                </form>
                <div class="form__row">
                    <LinkButton href=edit weight=Weight::Side words=say!(lang, "下書きを直す", "Back to the draft")/>
                    <form method="post" action=discard>
                        <input type="hidden" name="version" value=version.to_string()/>
                        <Submit weight=Weight::Light words=say!(lang, "下書きを捨てる", "Throw the draft away")/>
                    </form>
                </div>
            </div>
        }
        .into_any()
    }
}

fn part(id: &'static str, words: &str, planned: Planned, lang: Lang) -> Option<AnyView> {
    let Planned { people, first } = planned;
    if people == 0 {
        return None;
    }
    let more = people - u32::try_from(first.len()).unwrap_or(people).min(people);
    let more = (more > 0).then(|| view! { <p>{say!(lang, "ほかに{more}人", "and {more} more")}</p> });
    let lines = first
        .into_iter()
        .map(|PlannedPerson { name, number, department, day }| {
            let day = day.map(|day| {
                let day = day.plain(lang);
                view! { <span class="dry-run__day">{say!(lang, "{day}まで", "until {day}")}</span> }
            });
            view! {
                <li>
                    <Written text=name lang/>" "<span class="dry-run__number">{number}</span>" "
                    {department.map(|department| view! { <span class="dry-run__place"><Written text=department lang/></span>" " })}
                    {day}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <details class="fold" id=id open={people <= 10}>
                <summary>{say!(lang, "{words}　{people}人", "{words}: {people}")}</summary>
                <ul role="list" class="dry-run__people">{lines}</ul>
                {more}
            </details>
        }
        .into_any(),
    )
}
