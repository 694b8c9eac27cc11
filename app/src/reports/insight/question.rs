//! One question: what was chosen how often, and by which groups. No group of fewer than ten people is told.

use crate::page::{Page, PageKind};
use crate::ui::{
    BackLink, ClauseLine, ClauseLink, Meter, Notice, PrintButton, Rate, RateLine, Say, Sheet, Tone, Verdict,
    VerdictTag, Words,
};
use crate::{Lang, say};
use leptos::prelude::*;

use super::groups::{GroupLine, groups};
use super::list::hidden_cell;
use super::{FlagTag, Grades, QuestionKind, Told, discrimination, legend, whole_percent};
use crate::reports::paper::{Paper, PaperHead};
use crate::reports::{AsOf, grouped};
use crate::ui::written::Written;

/// What the lines of a block are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockAbout {
    /// What one would do.
    Choices,
    /// What a stranger can know; never scored.
    Findings,
    /// Which clue is taken away.
    Cuts,
    /// Clauses.
    Clauses,
    /// Whom to tell.
    Contacts,
    /// How to tell them.
    Ways,
    /// Places in a drawing.
    Places,
    /// Things to tick.
    Options,
    /// Pieces that fit together; never scored.
    Clues,
    /// Steps in order.
    Cards,
    /// Rows that are decided about.
    Rows,
}

impl BlockAbout {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Choices => say!(lang, "どれが選ばれたか", "What was chosen"),
            Self::Findings => {
                say!(lang, "何が分かると答えたか（採点なし）", "What they said can be known (not marked)")
            }
            Self::Cuts => say!(lang, "どれを消すと答えたか", "Which clue they took away"),
            Self::Clauses => say!(lang, "どの条を選んだか", "Which clause they chose"),
            Self::Contacts => say!(lang, "だれに伝えると答えたか", "Whom they would tell"),
            Self::Ways => say!(lang, "どう伝えると答えたか", "How they would tell them"),
            Self::Places => say!(lang, "絵のどこでまちがえたか", "Where in the drawing they went wrong"),
            Self::Options => say!(lang, "どれでまちがえたか", "Which of them went wrong"),
            Self::Clues => say!(lang, "どの手がかりでまちがえたか（採点なし）", "Clues (not marked)"),
            Self::Cards => say!(lang, "どの手順の位置がずれたか", "Which steps were misplaced"),
            Self::Rows => say!(lang, "どの行でまちがえたか", "Which rows went wrong"),
        }
    }
}

/// What a count of a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// It was chosen; it is worth this.
    Chosen(Verdict),
    /// It applies and was missed.
    Missed,
    /// It does not apply and was picked.
    Picked,
    /// It was put elsewhere.
    Misplaced,
    /// It was decided badly.
    Misjudged,
}

impl Tells {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Chosen(verdict) => verdict.word(lang),
            Self::Missed => say!(lang, "見のがした", "missed"),
            Self::Picked => say!(lang, "誤って選んだ", "picked by mistake"),
            Self::Misplaced => say!(lang, "位置がちがう", "in another place"),
            Self::Misjudged => say!(lang, "よい判断でない", "not judged well"),
        }
    }
}

/// Something that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// Its words.
    pub text: Words,
    /// What the count tells.
    pub tells: Tells,
    /// How many, of all.
    pub people: Rate,
    /// The mean share of points in the rest of those who chose it, in per cent. `None`: fewer than ten did.
    pub rest: Option<u32>,
    /// What was chosen most often where it was wrong, with how many.
    pub act: Option<(Words, u32)>,
}

/// Things that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockView {
    /// What they are.
    pub about: BlockAbout,
    /// The lines in the order of the course.
    pub lines: Vec<LineView>,
}

/// One wording of a test question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingLine {
    /// Its question.
    pub ask: Words,
    /// Its stable name.
    pub place: String,
    /// Its page.
    pub href: String,
    /// What its first answers come to. `None`: too few were asked, or it would tell of one that few were asked.
    pub told: Option<Told>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionPage {
    /// The list, as it was narrowed.
    pub back: String,
    /// Title of the requirement.
    pub requirement: String,
    /// As of when.
    pub as_of: AsOf,
    /// Its module.
    pub module: Words,
    /// Its stable name.
    pub place: String,
    /// Where it stands.
    pub kind: QuestionKind,
    /// It was worded anew since.
    pub older: bool,
    /// Who, where and when.
    pub scene: Option<Words>,
    /// The question.
    pub ask: Words,
    /// The clauses that it tests.
    pub clauses: Vec<ClauseLink>,
    /// What its first answers come to. `None`: fewer than ten people have answered.
    pub told: Option<Told>,
    /// What was answered.
    pub blocks: Vec<BlockView>,
    /// The wordings of a test question.
    pub wordings: Vec<WordingLine>,
    /// The page of the point that this wording asks about, where groups are told.
    pub family: Option<String>,
    /// By profession. `None`: set against the departments, they would tell of few people.
    pub professions: Option<Vec<GroupLine>>,
    /// By department.
    pub departments: Vec<GroupLine>,
    /// What people could not agree with here, and how many voices there are.
    pub objections: Option<(String, u32)>,
    /// What the paper says.
    pub paper: PaperHead,
}

impl Page for QuestionPage {
    fn title(&self, lang: Lang) -> String {
        let (place, module) = (&self.place, self.module.text());
        say!(lang, "{place}のふりかえり｜{module}", "{place}: what the answers show | {module}")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { back, requirement, as_of, module, place, kind, older, scene, ask, clauses, paper, .. } =
            self.clone();
        let (as_of, kind) = (as_of.words(lang), kind.words(lang));
        let report = say!(lang, "教材のふりかえり", "What the answers show");
        let clauses =
            clauses.into_iter().map(|clause| view! { <p><ClauseLine clause lang/></p> }).collect_view();
        let older = older.then(|| {
            view! {
                <Notice title=say!(
                    lang,
                    "以前の文面の問いです。今の教材では文面が変わっています。",
                    "This is an earlier wording. The module words it differently now.",
                )/>
            }
        });
        let objections = self.objections.clone().map(|(href, count)| {
            view! { <p><a href=href>{say!(lang, "この問いへの声 {count}件", "Objections to this question: {count}")}</a></p> }
        });
        let body = figures(self, lang);
        view! {
            <Paper head=paper report class="report insight" lang>
                <BackLink href=back words=say!(lang, "教材のふりかえり", "What the answers show")/>
                <header class="report-head">
                    <p><span class="eyebrow"><Written text=requirement lang/></span></p>
                    <p class="insight__about">
                        <span><Say words=module page=lang/></span><span>{kind}</span><code>{place}</code><span>{as_of}</span>
                    </p>
                    {scene.map(|words| view! { <p class="insight__scene"><Say words page=lang/></p> })}
                    <h1><Say words=ask page=lang/></h1>
                    {clauses}
                    {objections}
                </header>
                {older}
                {body}
                {legend(true, lang)}
                <PrintButton lang/>
            </Paper>
        }
        .into_any()
    }
}

fn figures(page: QuestionPage, lang: Lang) -> AnyView {
    let QuestionPage { told, blocks, wordings, family, professions, departments, .. } = page;
    let family = family.map(|href| {
        view! {
            <p><a href=href>{say!(
                lang,
                "同じ点を問うすべての文面、職種別、部署別",
                "All wordings of this point, by profession and department",
            )}</a></p>
        }
    });
    let Some(Told { good, grades, discrimination: value, flags, .. }) = told else {
        let few = say!(
            lang,
            "答えた人が少ないため、数は表示しません。",
            "Too few people have answered for figures to be shown."
        );
        return view! { <Notice tone=Tone::Info title=few/> {family} }.into_any();
    };
    let flags = flags
        .into_iter()
        .map(|flag| {
            let meaning = flag.meaning(lang);
            view! { <li><FlagTag flag lang/>" "{meaning}</li> }
        })
        .collect::<Vec<_>>();
    let flags = (!flags.is_empty()).then(|| view! { <ul class="insight__flags" role="list">{flags}</ul> });
    let blocks = blocks.into_iter().zip(1_u16..).map(|(each, n)| block(each, n, lang)).collect_view();
    let value = discrimination(value);
    view! {
        <section class="report__part counts" aria-labelledby="rate">
            <h2 id="rate">{say!(lang, "初回正答率", "First-try rate")}</h2>
            <p class="counts__rate"><RateLine rate=good lang/></p>
            <p><Grades grades lang/></p>
            <p>{say!(lang, "識別力 {value}", "Discrimination {value}")}</p>
            {flags}
        </section>
        {blocks}
        {wordings_table(wordings, lang)}
        {family}
        {groups("professions", say!(lang, "職種別", "By profession"), say!(lang, "職種", "Profession"), professions, lang)}
        {groups("departments", say!(lang, "部署別", "By department"), say!(lang, "部署", "Department"), Some(departments), lang)}
    }
    .into_any()
}

fn wordings_table(lines: Vec<WordingLine>, lang: Lang) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let rows = lines
        .into_iter()
        .map(|WordingLine { ask, place, href, told }| {
            let name = view! {
                <th scope="row" class="insight__line">
                    <a href=href><Say words=ask page=lang/></a>
                    <span class="insight__about"><code>{place}</code></span>
                </th>
            };
            let label = say!(lang, "人数", "People");
            let Some(Told { good, grades, flags, .. }) = told else {
                return view! { <tr data-hidden="true">{name}{hidden_cell(4, label, lang)}</tr> }.into_any();
            };
            let people = grouped(good.of);
            let flags = flags.into_iter().map(|flag| view! { <FlagTag flag lang/> }).collect_view();
            view! {
                <tr>
                    {name}
                    <td data-label=say!(lang, "目印", "Flag")>{flags}</td>
                    <td class="number" data-label=label>{say!(lang, "{people}人", "{people}")}</td>
                    <td class="number" data-label=say!(lang, "初回正答率", "First-try rate")>{good.percent()}</td>
                    <td data-label=say!(lang, "評価の内訳", "Grades")><Grades grades lang/></td>
                </tr>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="report__part" aria-labelledby="wordings">
            <h2 id="wordings">{say!(lang, "文面ごと", "By wording")}</h2>
            <Sheet id="wordings-table" caption=say!(lang, "文面ごと", "By wording") quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "文面", "Wording")}</th>
                        <th scope="col">{say!(lang, "目印", "Flag")}</th>
                        <th scope="col" class="number">{say!(lang, "人数", "People")}</th>
                        <th scope="col" class="number">{say!(lang, "初回正答率", "First-try rate")}</th>
                        <th scope="col">{say!(lang, "評価の内訳", "Grades")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn block(block: BlockView, n: u16, lang: Lang) -> AnyView {
    let BlockView { about, lines } = block;
    let (heading, id) = (about.words(lang), format!("block-{n}"));
    let with_rest = lines.iter().any(|line| matches!(line.tells, Tells::Chosen(_)));
    let with_act = lines.iter().any(|line| line.act.is_some());
    let rows = lines.into_iter().map(|each| line(each, with_rest, with_act, lang)).collect_view();
    let caption = heading.clone();
    let named = id.clone();
    view! {
        <section class="report__part" aria-labelledby=named>
            <h2 id=id>{heading}</h2>
            <Sheet id=format!("lines-{n}") caption quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "内容", "What")}</th>
                        <th scope="col">{if with_rest {
                            say!(lang, "評価", "Grade")
                        } else {
                            say!(lang, "数えたもの", "What is counted")
                        }}</th>
                        <th scope="col" class="number">{say!(lang, "人数", "People")}</th>
                        <th scope="col">{say!(lang, "割合", "Share")}</th>
                        {with_rest.then(|| view! {
                            <th scope="col" class="number">{say!(lang, "ほかの得点率", "Points elsewhere")}</th>
                        })}
                        {with_act.then(|| view! {
                            <th scope="col">{say!(lang, "最も多い誤り", "Most common mistake")}</th>
                        })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn line(line: LineView, with_rest: bool, with_act: bool, lang: Lang) -> AnyView {
    let LineView { text, tells, people, rest, act } = line;
    let worth = match tells {
        Tells::Chosen(verdict) => view! { <VerdictTag verdict lang/> }.into_any(),
        other => other.words(lang).into_any(),
    };
    let rest = rest.map_or_else(|| "―".to_owned(), |percent| format!("{percent}%"));
    let act = act.map(|(words, count)| {
        let count = grouped(count);
        view! { <span><Say words page=lang/>" "{say!(lang, "{count}人", "{count}")}</span> }
    });
    let (count, share) = (grouped(people.done), whole_percent(people));
    view! {
        <tr>
            <th scope="row" class="insight__line"><Say words=text page=lang/></th>
            <td class="nowrap" data-label=say!(lang, "評価", "Grade")>{worth}</td>
            <td class="number" data-label=say!(lang, "人数", "People")>{say!(lang, "{count}人", "{count}")}</td>
            <td class="insight__share" data-label=say!(lang, "割合", "Share")>
                <span>{share}</span><Meter part=people.done whole=people.of/>
            </td>
            {with_rest.then(|| view! {
                <td class="number" data-label=say!(lang, "ほかの得点率", "Points elsewhere")>{rest}</td>
            })}
            {with_act.then(|| view! {
                <td data-label=say!(lang, "最も多い誤り", "Most common mistake")>{act}</td>
            })}
        </tr>
    }
    .into_any()
}
