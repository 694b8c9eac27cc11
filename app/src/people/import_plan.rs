//! What a list of staff would change. Nothing is written until somebody confirms it.

use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::people::plan_confirm::{Confirm, ConfirmError, ManyLeave};
use crate::people::{Listed, OfficeTrail, PlanRows, people_words};
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fact, Facts, Notice, Pager, Submit, TextField, Tone, Weight, Width};
use crate::{Lang, say};
use leptos::prelude::*;

/// A sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanTab {
    /// People who join.
    Added,
    /// People about whom something is different.
    Changed,
    /// People who work somewhere else.
    Moved,
    /// People who are not on the list.
    Leaving,
    /// Departments.
    Departments,
    /// What was entered by hand and stays.
    Kept,
    /// Rows that are left out.
    Bad,
}

impl PlanTab {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::Bad, Self::Added, Self::Changed, Self::Moved, Self::Leaving, Self::Departments, Self::Kept];

    /// The value of the field `show`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Leaving => "leaving",
            Self::Departments => "departments",
            Self::Kept => "kept",
            Self::Bad => "bad",
        }
    }

    /// Reads [`PlanTab::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    /// What it is called.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Added => say!(lang, "加わる人", "Joining"),
            Self::Changed => say!(lang, "変わる人", "Changed"),
            Self::Moved => say!(lang, "異動する人", "Moving"),
            Self::Leaving => say!(lang, "退職になる人", "Leaving"),
            Self::Departments => say!(lang, "部署", "Departments"),
            Self::Kept => say!(lang, "そのまま残すこと", "Kept as it is"),
            Self::Bad => say!(lang, "取り込めない行", "Rows left out"),
        }
    }
}

/// What happened just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanNotice {
    /// The records had changed, so the list was compared again.
    PlannedAgain,
}

/// Where a plan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanState {
    /// It waits for somebody to confirm it. POST to the address of the page: `seal`, and where many leave `leavers` (`on`)
    /// and `leavers_number`.
    Waiting {
        /// What names the plan as it is shown.
        seal: String,
        /// So many leave that it must be typed.
        many: Option<ManyLeave>,
        /// The tick, kept after an error.
        ticked: bool,
        /// The number as typed.
        typed: String,
    },
    /// It was applied.
    Done {
        /// When.
        at: Moment,
        /// How many of those who came in with it have not signed in yet.
        awaiting: u32,
        /// Where new codes for them are asked for (POST).
        codes: String,
    },
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPage {
    /// Name of the file.
    pub file: String,
    /// When it was compared.
    pub made: Moment,
    /// Who uploaded it.
    pub by: String,
    /// The list names everybody.
    pub complete: bool,
    /// From which day moves and departures count.
    pub on: Day,
    /// How many changes there are of each sort.
    pub counts: Vec<(PlanTab, u32)>,
    /// How many stay as they are.
    pub unchanged: u32,
    /// The sort that is shown.
    pub tab: PlanTab,
    /// Its lines on this page.
    pub rows: PlanRows,
    /// Where they stand.
    pub listed: Listed,
    /// What is looked for among them.
    pub query: String,
    /// Where it stands.
    pub state: PlanState,
    /// What happened just now.
    pub notice: Option<PlanNotice>,
    /// What is missing for confirming.
    pub errors: Vec<ConfirmError>,
    /// Address of this page.
    pub address: String,
    /// Address of the upload.
    pub import: String,
    /// Address of the list of people.
    pub people: String,
}

impl PlanPage {
    /// Rows that cannot be brought in.
    fn bad(&self) -> u32 {
        self.counts.iter().filter(|(tab, _)| *tab == PlanTab::Bad).map(|(_, count)| count).sum()
    }

    fn changes(&self) -> u32 {
        let stays = |tab: PlanTab| matches!(tab, PlanTab::Bad | PlanTab::Kept);
        self.counts.iter().filter(|(tab, _)| !stays(*tab)).map(|(_, count)| count).sum()
    }
}

impl Page for PlanPage {
    fn title(&self, lang: Lang) -> String {
        match (&self.state, self.errors.is_empty()) {
            (PlanState::Done { .. }, _) => say!(lang, "取り込みの結果", "What was brought in"),
            (PlanState::Waiting { .. }, true) => say!(lang, "取り込む前の確認", "Before it is brought in"),
            (PlanState::Waiting { .. }, false) => {
                say!(lang, "確認があります：取り込む前の確認", "Please check: before it is brought in")
            }
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let (changes, bad) = (self.changes(), self.bad());
        let Self {
            file,
            made,
            by,
            complete,
            on,
            counts,
            unchanged,
            tab,
            rows,
            listed,
            query,
            state,
            notice,
            errors,
            ..
        } = self;
        let faults = errors.iter().map(|error| error.fault(lang)).collect();
        let heading = match state {
            PlanState::Waiting { .. } => say!(lang, "取り込む前の確認", "Before it is brought in"),
            PlanState::Done { .. } => say!(lang, "取り込みの結果", "What was brought in"),
        };
        let notice = notice.map(|PlanNotice::PlannedAgain| {
            view! {
                <Notice tone=Tone::Warn live=true title=say!(lang, "台帳がその後に変わったため、比べなおしました。", "The records had changed since, so the list was compared again.")>
                    <p>{say!(
                        lang,
                        "まだ何も取り込んでいません。下の内容をもう一度確かめてください。",
                        "Nothing has been brought in. Please look through what is below once more.",
                    )}</p>
                </Notice>
            }
        });
        let list = if complete {
            say!(lang, "全員がのった一覧（ない人は退職）", "Names everybody; whoever is missing has left")
        } else {
            say!(lang, "一部の人の一覧", "Names some people")
        };
        let file = view! { <Written text=file lang/> }.into_any();
        let by = view! { <Written text=by lang/>" "{made.minutes(lang)} }.into_any();
        let facts = vec![
            Fact { name: say!(lang, "ファイル", "File"), value: file },
            Fact { name: say!(lang, "読み込み", "Read by"), value: by },
            Fact::text(say!(lang, "一覧", "List"), list),
            Fact::text(say!(lang, "異動・退職の日", "Moves and departures from"), on.plain(lang)),
        ];
        let confirm = match state {
            PlanState::Waiting { seal, many, ticked, typed } => {
                let form = Confirm {
                    seal,
                    many,
                    ticked,
                    typed,
                    errors,
                    action: self.address.clone(),
                    changes,
                    bad,
                    unchanged,
                };
                form.view(lang)
            }
            PlanState::Done { at, awaiting, codes } => done(at, awaiting, codes, lang),
        };
        view! {
            <div class="people plan">
                <ErrorSummary lang faults/>
                <OfficeTrail lang people=Some(self.people)/>
                <h1>{heading}</h1>
                {notice}
                <Facts facts/>
                {confirm}
                <section class="plan__lines" aria-labelledby="lines">
                    <h2 id="lines">{say!(lang, "変わるところ", "What changes")}</h2>
                    <Tabs counts tab address=self.address.clone() lang/>
                    <p>{say!(lang, "そのままの人は{unchanged}人です。", "Staying as they are: {unchanged}.")}</p>
                    <Lines tab rows listed query address=self.address lang/>
                </section>
                <p class="links"><a href=self.import>{say!(lang, "別のファイルを読む", "Read another file")}</a></p>
            </div>
        }
        .into_any()
    }
}

fn done(at: Moment, awaiting: u32, codes: String, lang: Lang) -> AnyView {
    let at = at.minutes(lang);
    let again = (awaiting > 0).then(|| codes_again(awaiting, codes, lang));
    view! {
        <Notice tone=Tone::Done title=say!(lang, "{at} に取り込みました。", "Brought in {at}.")>
            <p>{say!(
                lang,
                "初回コードは、取り込んだときに一度だけ表示しました。なくしたときは、職員の一覧から出しなおせます。",
                "The one-time codes were shown once, when the list was brought in. A lost one can be made anew from the list of people.",
            )}</p>
        </Notice>
        {again}
    }
    .into_any()
}

/// The way to new codes for everybody who has not signed in yet.
fn codes_again(awaiting: u32, codes: String, lang: Lang) -> AnyView {
    let people = people_words(awaiting, lang);
    view! {
        <details class="fold">
            <summary>{say!(lang, "まだサインインしていない{people}の初回コードを出しなおす", "Make new first sign-in codes: {people} not signed in yet")}</summary>
            <form method="post" action=codes class="form">
                <p>{say!(
                    lang,
                    "前に渡したコードは使えなくなります。新しいコードは一度だけ表示するので、すぐに印刷します。",
                    "The codes handed out before will no longer work. The new ones are shown once, so print them at once.",
                )}</p>
                <div class="form__end">
                    <Submit words=say!(lang, "初回コードを出す", "Make the codes") weight=Weight::Side/>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// The sorts of change, with their counts.
#[component]
fn Tabs(counts: Vec<(PlanTab, u32)>, tab: PlanTab, address: String, lang: Lang) -> impl IntoView {
    let tabs = counts
        .into_iter()
        .map(|(each, count)| {
            let href = format!("{address}?show={}", each.code());
            view! {
                <li>
                    <a class="tab" href=href aria-current=(each == tab).then_some("page")>
                        {each.words(lang)}
                        <span class="tab__count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=say!(lang, "変わるところの種類", "Sorts of change")>
            <ul class="tabs__list" role="list">{tabs}</ul>
        </nav>
    }
}

/// The lines of one sort, with a search.
#[component]
fn Lines(
    tab: PlanTab,
    rows: PlanRows,
    listed: Listed,
    query: String,
    address: String,
    lang: Lang,
) -> impl IntoView {
    let searched = !query.is_empty();
    let search = (searched || listed.of > 10).then(|| {
        view! {
            <form method="get" action=address class="people__search" role="search">
                <input type="hidden" name="show" value=tab.code()/>
                <TextField
                    name="q"
                    label=say!(lang, "名前・職員番号・部署", "Name, staff number or department")
                    value=query
                    kind="search"
                    width=Width::Middle
                />
                <Submit words=say!(lang, "探す", "Find") weight=Weight::Side/>
            </form>
        }
    });
    let table = if rows.is_empty() {
        let words = if searched {
            say!(lang, "あてはまるものはありません。", "Nothing was found.")
        } else {
            say!(lang, "ありません。", "None.")
        };
        view! { <p class="plan__none">{words}</p> }.into_any()
    } else {
        rows.table(tab.words(lang), lang)
    };
    view! {
        {search}
        {table}
        <Pager lang first=listed.first last=listed.last of=listed.of before=listed.before after=listed.after/>
    }
}
