//! 「教材のふりかえり」: every question of a training with what its first answers come to, the remarkable ones first.

use crate::page::{Page, PageKind};
use crate::ui::{
    BackLink, LinkButton, Notice, Pager, PrintButton, Say, SelectField, SelectOption, Sheet, Submit,
    TextField, Tone, Weight, Words,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

use super::{Flag, FlagTag, Grades, QuestionKind, Told, discrimination, hidden, legend};
use crate::reports::conditions::Choice;
use crate::reports::export::{Export, ExportForm};
use crate::reports::paper::{Paper, PaperHead};
use crate::reports::{AsOf, grouped, no_training};
use crate::ui::written::Written;

/// What the list is narrowed to. GET to `action`: `requirement`, `module`, `clause`, `q` and the hidden fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionFilter {
    /// Where the form leads.
    pub action: String,
    /// Requirements, newest first.
    pub requirements: Vec<Choice>,
    /// Modules, with all of them on top.
    pub modules: Vec<Choice>,
    /// Clauses, with all of them on top.
    pub clauses: Vec<Choice>,
    /// Text that is searched for.
    pub search: String,
    /// What else stands in the address.
    pub fields: Vec<(String, String)>,
    /// The address without module, clause and search; `None` when nothing is narrowed.
    pub clear: Option<String>,
}

/// A tab: all questions, or those with a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagTab {
    /// The flag; `None` is all.
    pub flag: Option<Flag>,
    /// How many questions.
    pub count: u32,
    /// Its address.
    pub href: String,
    /// It is shown now.
    pub here: bool,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortTab {
    /// In words.
    pub words: String,
    /// Its address.
    pub href: String,
    /// It is the one.
    pub here: bool,
}

/// A question in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow {
    /// The question.
    pub ask: Words,
    /// Its stable name.
    pub place: String,
    /// Its module.
    pub module: Words,
    /// Where it stands.
    pub kind: QuestionKind,
    /// Numbers of the clauses that it tests.
    pub clauses: Vec<String>,
    /// It was worded anew since.
    pub older: bool,
    /// Its page.
    pub href: String,
    /// What its first answers come to. `None`: fewer than ten people have answered.
    pub told: Option<Told>,
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionsPage {
    /// Title of the requirement. `None`: there is none yet.
    pub requirement: Option<String>,
    /// As of when.
    pub as_of: AsOf,
    /// What it is narrowed to.
    pub filter: QuestionFilter,
    /// Tabs by flag, all first.
    pub tabs: Vec<FlagTab>,
    /// Orders.
    pub sorts: Vec<SortTab>,
    /// The questions of this page.
    pub rows: Vec<QuestionRow>,
    /// First and last line shown, and all.
    pub part: (u32, u32, u32),
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
    /// Questions that anybody has answered at all, before anything was narrowed.
    pub answered: u32,
    /// The table of clauses and departments.
    pub clauses: String,
    /// What people could not agree with.
    pub objections: String,
    /// The file.
    pub export: ExportForm,
    /// What the paper says.
    pub paper: PaperHead,
}

impl Page for QuestionsPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "教材のふりかえり", "What the answers show")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { requirement, as_of, filter, paper, clauses, objections, .. } = self.clone();
        let none = requirement.is_none().then(|| no_training(!filter.requirements.is_empty(), lang));
        let nothing = (requirement.is_some() && self.answered == 0).then(|| {
            view! {
                <Notice tone=Tone::Info title=say!(lang, "まだ答えはありません。", "There are no answers yet.")>
                    <p>{say!(
                        lang,
                        "受講が始まると、どの問いで迷う人が多いかをここで見られます。",
                        "Once people take the training, this page shows where they hesitate.",
                    )}</p>
                </Notice>
            }
        });
        let shown = requirement.is_some();
        let body = (shown && self.answered > 0).then(|| body(self, lang));
        let report = say!(lang, "教材のふりかえり", "What the answers show");
        let as_of = as_of.words(lang);
        view! {
            <Paper head=paper report class="report report--wide insight" lang>
                <BackLink href=paths::OFFICE.to_owned() words=say!(lang, "全体の状況", "The whole hospital")/>
                <header class="report-head">
                    {requirement.map(|title| view! { <p><span class="eyebrow"><Written text=title lang/></span></p> })}
                    <h1>{say!(lang, "教材のふりかえり", "What the answers show")}</h1>
                    <p class="report__as-of">{as_of}</p>
                </header>
                <p class="insight__ways">
                    <LinkButton href=clauses words=say!(lang, "誤解の多い条", "Clauses most misunderstood") weight=Weight::Side/>
                    <LinkButton href=objections words=say!(lang, "納得できないという声", "Objections") weight=Weight::Side/>
                </p>
                <FilterForm filter lang/>
                {none}
                {nothing}
                {body}
                {legend(true, lang)}
                <PrintButton lang/>
            </Paper>
        }
        .into_any()
    }
}

fn body(page: QuestionsPage, lang: Lang) -> AnyView {
    let QuestionsPage { tabs, sorts, rows, part: (first, last, of), before, after, export, filter, .. } =
        page;
    let none = rows.is_empty().then(|| {
        let clear = filter.clear.map(|href| {
            view! { <p><a href=href>{say!(lang, "条件をはずす", "Show all questions")}</a></p> }
        });
        view! {
            <div class="report__empty">
                <p>{say!(lang, "あてはまる問いはありません。", "No question matches.")}</p>
                {clear}
            </div>
        }
    });
    let table = (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|each| row(each, lang)).collect_view();
        view! {
            <Sheet id="questions" caption=say!(lang, "問いごとの、最初の答え", "First answers by question") quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "問い", "Question")}</th>
                        <th scope="col">{say!(lang, "目印", "Flag")}</th>
                        <th scope="col" class="number">{say!(lang, "人数", "People")}</th>
                        <th scope="col" class="number">{say!(lang, "初回正答率", "First-try rate")}</th>
                        <th scope="col">{say!(lang, "評価の内訳", "Grades")}</th>
                        <th scope="col" class="number">{say!(lang, "識別力", "Discrimination")}</th>
                        <th scope="col">{say!(lang, "最も多い誤り", "Most common mistake")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        }
    });
    view! {
        <Tabs tabs lang/>
        <div class="roster__tools insight__tools">
            <Orders sorts lang/>
            <Export form=export lang/>
        </div>
        {none}
        {table}
        <Pager lang first last of before after/>
    }
    .into_any()
}

#[component]
fn FilterForm(filter: QuestionFilter, lang: Lang) -> AnyView {
    let QuestionFilter { action, requirements, modules, clauses, search, fields, clear } = filter;
    let options = |choices: Vec<Choice>| -> Vec<SelectOption> {
        choices
            .into_iter()
            .map(|Choice { value, words, chosen, .. }| SelectOption { value, words, chosen })
            .collect()
    };
    let hidden = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let clear = clear.map(|href| {
        view! { <a class="search__clear" href=href>{say!(lang, "条件をはずす", "Clear")}</a> }
    });
    view! {
        <form method="get" action=action class="conditions__form" role="search">
            {hidden}
            <SelectField name="requirement" label=say!(lang, "研修", "Training") options=options(requirements) lang/>
            <SelectField name="module" label=say!(lang, "教材", "Module") options=options(modules) lang/>
            <SelectField name="clause" label=say!(lang, "条", "Clause") options=options(clauses) lang/>
            <TextField name="q" label=say!(lang, "問いの言葉で探す", "Find by words of the question") value=search kind="search"/>
            <span class="insight__send">
                <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
                {clear}
            </span>
        </form>
    }
    .into_any()
}

#[component]
fn Tabs(tabs: Vec<FlagTab>, lang: Lang) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|FlagTab { flag, count, href, here }| {
            let words = match flag {
                None => view! { <span>{say!(lang, "すべての問い", "All questions")}</span> }.into_any(),
                Some(flag) => view! { <FlagTag flag lang/> }.into_any(),
            };
            let count = grouped(count);
            view! {
                <li>
                    <a class="tab" href=href aria-current=here.then_some("page")>
                        {words}
                        <span class="tab__count">{say!(lang, "{count}問", "{count}")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=say!(lang, "目印でしぼる", "Filter by flag")>
            <ul class="tabs__list" role="list">{tabs}</ul>
        </nav>
    }
    .into_any()
}

#[component]
fn Orders(sorts: Vec<SortTab>, lang: Lang) -> AnyView {
    let links = sorts
        .into_iter()
        .map(|SortTab { words, href, here }| {
            view! { <a href=href aria-current=here.then_some("true")>{words}</a> }
        })
        .collect_view();
    view! { <p class="insight__sorts"><span>{say!(lang, "並べ方", "Order")}</span>{links}</p> }.into_any()
}

/// 「第4条・第13条」.
pub fn clause_words(numbers: &[String], lang: Lang) -> String {
    let each = numbers.iter().map(|number| say!(lang, "第{number}条", "Art. {number}"));
    each.collect::<Vec<_>>().join(&say!(lang, "・", ", "))
}

fn row(row: QuestionRow, lang: Lang) -> AnyView {
    let QuestionRow { ask, place, module, kind, clauses, older, href, told } = row;
    let kind = kind.words(lang);
    let clauses = clause_words(&clauses, lang);
    let older = older.then(|| {
        view! { <span class="insight__older">{say!(lang, "以前の文面", "earlier wording")}</span> }
    });
    let about = view! {
        <th scope="row" class="insight__question">
            <a href=href><Say words=ask page=lang/></a>
            <span class="insight__about">
                <span><Say words=module page=lang/></span>
                <span>{kind}</span>
                {(!clauses.is_empty()).then(|| view! { <span>{clauses}</span> })}
                <code>{place}</code>
                {older}
            </span>
        </th>
    };
    let Some(Told { good, grades, discrimination: value, wrong, flags }) = told else {
        return view! {
            <tr>
                {about}
                <td class="insight__hidden" colspan="6" data-label=say!(lang, "人数", "People")>
                    {say!(lang, "10人になるまで表示しません", "not shown before ten people have answered")}
                </td>
            </tr>
        }
        .into_any();
    };
    let people = grouped(good.of);
    let flags = flags.into_iter().map(|flag| view! { <FlagTag flag lang/> }).collect_view();
    let wrong = wrong.map(|(words, done)| {
        let share = super::whole_percent(crate::ui::Rate { done, of: good.of });
        view! { <span class="insight__wrong"><Say words page=lang/>" "<b>{share}</b></span> }
    });
    view! {
        <tr>
            {about}
            <td data-label=say!(lang, "目印", "Flag")>{flags}</td>
            <td class="number" data-label=say!(lang, "人数", "People")>{say!(lang, "{people}人", "{people}")}</td>
            <td class="number" data-label=say!(lang, "初回正答率", "First-try rate")><b>{good.percent()}</b></td>
            <td data-label=say!(lang, "評価の内訳", "Grades")><Grades grades lang/></td>
            <td class="number" data-label=say!(lang, "識別力", "Discrimination")>{discrimination(value)}</td>
            <td data-label=say!(lang, "最も多い誤り", "Most common mistake")>{wrong}</td>
        </tr>
    }
    .into_any()
}

/// In a cell of a table of groups that are too small.
pub(crate) fn hidden_cell(columns: u16, label: String, lang: Lang) -> AnyView {
    view! { <td class="insight__hidden" colspan=columns.to_string() data-label=label>{hidden(lang)}</td> }
        .into_any()
}
