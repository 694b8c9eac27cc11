//! The list of questions.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::{
    Flag, FlagTab, QuestionFilter, QuestionRow, QuestionsPage, SortTab, file as said,
};
use kokoroe_app::reports::{Choice, ExportForm, PaperHead};
use kokoroe_app::{Lang, say};

use super::asked::{Asked, Sorted};
use super::entries::{Entry, flag_view, kind_view, small, told};
use super::kept::Counts;
use super::question::Kind as Place;
use super::{CLAUSES, OBJECTIONS, QUESTIONS};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Office, Problem, Visitor, page};
use crate::id::RequirementId;
use crate::people::name::fold;
use crate::reports::asked::{When, chosen};
use crate::reports::file::{self, Kind};
use crate::requirements::store::{List, Requirement, lists, requirements};
use crate::state::Site;
use crate::training::translate::{Translator, moment};

/// Questions on one page.
const PAGE: u32 = 50;

/// What these pages are about.
pub(super) struct About {
    pub(super) all: Vec<Requirement>,
    pub(super) requirement: Option<Requirement>,
    /// The modules of it, in order.
    pub(super) modules: Vec<String>,
}

/// The modules of all tracks, each once.
pub(super) fn asked_of_anybody(lists: &[List]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for module in lists.iter().flat_map(|list| &list.modules) {
        if !all.contains(module) {
            all.push(module.clone());
        }
    }
    all
}

impl About {
    /// Finds it.
    ///
    /// # Errors
    /// Not found when there is no such requirement.
    pub(super) async fn read(site: &Site, conn: &mut Conn, asked: &Asked) -> Result<Self, Problem> {
        let all = requirements(conn).await?;
        let requirement = chosen(&all, asked.requirement.as_ref(), site.now())?;
        let modules = match &requirement {
            Some(requirement) => asked_of_anybody(&lists(conn, &requirement.id).await?),
            None => Vec::new(),
        };
        Ok(Self { all, requirement, modules })
    }

    /// The requirements to choose from.
    pub(super) fn choices(&self, lang: Lang) -> Vec<Choice> {
        let here = self.requirement.as_ref().map(|requirement| &requirement.id);
        let choice = |each: &Requirement| Choice {
            value: each.id.to_string(),
            words: each.title_in(lang).to_owned(),
            depth: 0,
            chosen: Some(&each.id) == here,
        };
        self.all.iter().map(choice).collect()
    }
}

/// The head of the paper of these pages.
pub(super) fn paper(
    site: &Site,
    visitor: &Visitor,
    office: &Office,
    conditions: Vec<(String, String)>,
    at: DateTime<Utc>,
) -> PaperHead {
    let calendar = site.calendar();
    PaperHead {
        hospital: site.hospital.name(visitor.lang).to_owned(),
        conditions,
        as_of: When::now(at, calendar).view(calendar),
        by: office.0.name(visitor.lang),
        at: moment(site.now(), calendar),
    }
}

/// The page, with every row that matches and as of when.
struct Listed {
    page: QuestionsPage,
    rows: Vec<QuestionRow>,
    requirement: Option<Requirement>,
    at: DateTime<Utc>,
}

/// The page.
pub(in crate::reports) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    asked: Asked,
) -> Answer {
    let listed = read(&site, &visitor, &office, &asked).await?;
    Ok(page(&site, &visitor, listed.page))
}

/// The list as a file.
pub(in crate::reports) async fn export(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    form: Form,
) -> Answer {
    let asked = Asked { page: 1, ..Asked::of_form(&form)? };
    let kind = Kind::read(form.text("format")).ok_or(Problem::unreadable())?;
    let Listed { page, rows, requirement, at } = read(&site, &visitor, &office, &asked).await?;
    let requirement = requirement.ok_or(Problem::not_found())?;
    let narrowed = page.paper.conditions.len() > 1;
    let list = file::Questions { rows, conditions: page.paper.conditions, narrowed };
    file::questions(&site, &visitor, &office.0, &requirement, at, list, kind).await
}

async fn read(site: &Site, visitor: &Visitor, office: &Office, asked: &Asked) -> Result<Listed, Problem> {
    let lang = visitor.lang;
    let words = Translator::new(site, visitor);
    let mut conn = site.db.read().await?;
    let about = About::read(site, &mut conn, asked).await?;
    drop(conn);
    let mut at = site.now();
    let mut all: Vec<(Entry, QuestionRow)> = Vec::new();
    if let Some(requirement) = &about.requirement {
        (at, all) = every(site, words, asked, &requirement.id).await?;
    }
    let answered = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let filter = filter(words, &about, asked, &all, lang);
    let wanted = narrowed(site, asked, all);
    let tab = |flag: Option<Flag>| FlagTab {
        flag,
        count: small(
            wanted
                .iter()
                .filter(|row| flag.is_none_or(|flag| has(row, flag)))
                .count()
                .try_into()
                .unwrap_or(0),
        ),
        href: asked.with(|next| next.flag = flag).address(QUESTIONS),
        here: asked.flag == flag,
    };
    let tabs = std::iter::once(None).chain(Flag::ALL.map(Some)).map(tab).collect();
    let mut rows: Vec<QuestionRow> =
        wanted.into_iter().filter(|row| asked.flag.is_none_or(|flag| has(row, flag))).collect();
    sort(&mut rows, asked.sorted);
    let conditions = conditions(&about, &filter, asked, lang);
    let of = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let pages = of.div_ceil(PAGE).max(1);
    let number = asked.page.min(pages);
    let skip = (number - 1) * PAGE;
    let shown: Vec<QuestionRow> = rows.iter().skip(skip as usize).take(PAGE as usize).cloned().collect();
    let part = (skip + 1, skip + u32::try_from(shown.len()).unwrap_or(0), of);
    let at_page = |number: u32| asked.with(|next| next.page = number).address(QUESTIONS);
    let calendar = site.calendar();
    let page = QuestionsPage {
        requirement: about.requirement.as_ref().map(|requirement| requirement.title_in(lang).to_owned()),
        as_of: When::now(at, calendar).view(calendar),
        filter,
        tabs,
        sorts: sorts(asked, lang),
        rows: shown,
        part,
        before: (number > 1).then(|| at_page(number - 1)),
        after: (number < pages).then(|| at_page(number + 1)),
        answered,
        clauses: only_requirement(asked).address(CLAUSES),
        objections: OBJECTIONS.to_owned(),
        export: ExportForm { action: format!("{QUESTIONS}/export"), fields: asked.with(|_| ()).fields() },
        paper: paper(site, visitor, office, conditions, at),
    };
    Ok(Listed { page, rows, requirement: about.requirement, at })
}

/// Every question that was answered, in the order of the course, and as of when it was counted.
async fn every(
    site: &Site,
    words: Translator<'_>,
    asked: &Asked,
    requirement: &RequirementId,
) -> Result<(DateTime<Utc>, Vec<(Entry, QuestionRow)>), DbError> {
    let mut all = Vec::new();
    let count = Counts::of(site, requirement).await?;
    let (entries, figures, withheld) = (&count.entries, &count.figures, &count.withheld);
    for (entry, own) in entries.all.iter().zip(figures) {
        // The wordings of a test stand on the page of their point.
        if entry.question.kind == Place::Wording {
            continue;
        }
        let mut told = told(words, &entry.question, own);
        if let Some(told) = &mut told {
            let wordings = entries.wordings_of(entry).filter(|at| withheld.get(*at) == Some(&false));
            let flags =
                wordings.filter_map(|at| Some(figures.get(at)?.flags(&entries.all.get(at)?.question)));
            told.flags.extend(flags.flatten().map(flag_view));
            told.flags.sort_by_key(|flag| Flag::ALL.iter().position(|known| known == flag));
            told.flags.dedup();
            // One wording in which everybody was right is no point that teaches nothing.
            told.flags.retain(|flag| *flag != Flag::AllRight || own.good() == own.people);
        }
        all.push((entry.clone(), row(site, words, asked, entry, told)));
    }
    Ok((count.at, all))
}

/// Every question of a requirement that was answered, as the list tells it.
///
/// # Errors
/// When the database fails.
pub(in crate::reports) async fn every_question(
    site: &Site,
    words: Translator<'_>,
    requirement: &RequirementId,
) -> Result<(DateTime<Utc>, Vec<QuestionRow>), DbError> {
    let (at, all) = every(site, words, &Asked::default(), requirement).await?;
    Ok((at, all.into_iter().map(|(_, row)| row).collect()))
}

/// The same requirement and nothing else.
pub(super) fn only_requirement(asked: &Asked) -> Asked {
    Asked { requirement: asked.requirement.clone(), page: 1, ..Asked::default() }
}

fn has(row: &QuestionRow, flag: Flag) -> bool {
    row.told.as_ref().is_some_and(|told| told.flags.contains(&flag))
}

/// The number of a clause as people read it: 4 for C4.
pub(super) fn clause_number(id: &str) -> String {
    id.trim_start_matches('C').to_owned()
}

/// What a module is called; by its id when it is no longer taught.
pub(super) fn module_title(site: &Site, words: Translator<'_>, id: &str) -> kokoroe_app::ui::say::Words {
    site.content.module(id).map_or_else(
        || kokoroe_app::ui::say::Words::plain(Lang::En, id),
        |(_, module)| words.words(&module.title),
    )
}

fn row(
    site: &Site,
    words: Translator<'_>,
    asked: &Asked,
    entry: &Entry,
    told: Option<kokoroe_app::reports::insight::Told>,
) -> QuestionRow {
    let Entry { module, question, revisions, older } = entry;
    let address = asked.with(|next| {
        next.page = asked.page;
        next.revision = if *older { revisions.last().cloned().unwrap_or_default() } else { String::new() };
    });
    QuestionRow {
        ask: words.words(&question.ask),
        place: question.place.clone(),
        module: module_title(site, words, module),
        kind: kind_view(question.kind),
        clauses: question.clauses.iter().map(|id| clause_number(id)).collect(),
        older: *older,
        href: address.address(&format!("{QUESTIONS}/{module}/{}", question.place)),
        told,
    }
}

fn filter(
    words: Translator<'_>,
    about: &About,
    asked: &Asked,
    all: &[(Entry, QuestionRow)],
    lang: Lang,
) -> QuestionFilter {
    let choice = |value: &str, words: String, chosen: bool| Choice {
        value: value.to_owned(),
        words,
        depth: 0,
        chosen,
    };
    let mut modules = vec![choice("", say!(lang, "すべての教材", "Every module"), asked.module.is_empty())];
    let mut ids: Vec<&str> = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for (entry, row) in all {
        if !ids.contains(&entry.module.as_str()) {
            ids.push(&entry.module);
            modules.push(choice(&entry.module, row.module.text(), entry.module == asked.module));
        }
        numbers.extend(entry.question.clauses.iter().map(String::as_str));
    }
    numbers.sort_by_key(|id| (clause_number(id).parse::<u32>().unwrap_or(u32::MAX), *id));
    numbers.dedup();
    let mut clauses = vec![choice("", say!(lang, "すべての条", "Every clause"), asked.clause.is_empty())];
    clauses.extend(numbers.into_iter().map(|id| {
        let heading = words.clause(id).map(|clause| clause.title.text()).unwrap_or_default();
        choice(id, format!("{} {heading}", said::clause(&clause_number(id), lang)), id == asked.clause)
    }));
    let is_narrowed = !asked.module.is_empty() || !asked.clause.is_empty() || !asked.search.is_empty();
    QuestionFilter {
        action: QUESTIONS.to_owned(),
        requirements: about.choices(lang),
        modules,
        clauses,
        search: asked.search.clone(),
        fields: Asked { flag: asked.flag, sorted: asked.sorted, page: 1, ..Asked::default() }.fields(),
        clear: is_narrowed.then(|| only_requirement(asked).address(QUESTIONS)),
    }
}

/// The questions of the module and the clause that are asked for, in whose words the text that is searched for stands.
fn narrowed(site: &Site, asked: &Asked, all: Vec<(Entry, QuestionRow)>) -> Vec<QuestionRow> {
    let search = fold(&asked.search);
    let found = |entry: &Entry| {
        let question = &entry.question;
        let both =
            |text: &kokoroe_courses::Text| format!("{} {} ", text.ja, text.en.as_deref().unwrap_or_default());
        let module =
            site.content.module(&entry.module).map(|(_, module)| both(&module.title)).unwrap_or_default();
        let scene = question.scene.as_ref().map(both).unwrap_or_default();
        fold(&format!("{} {scene}{module}{}", both(&question.ask), question.place)).contains(&search)
    };
    all.into_iter()
        .filter(|(entry, _)| asked.module.is_empty() || entry.module == asked.module)
        .filter(|(entry, _)| asked.clause.is_empty() || entry.question.clauses.contains(&asked.clause))
        .filter(|(entry, _)| search.is_empty() || found(entry))
        .map(|(_, row)| row)
        .collect()
}

/// Questions of which nothing is told come last in every order but that of the course.
fn sort(rows: &mut [QuestionRow], by: Sorted) {
    let rate = |row: &QuestionRow| row.told.as_ref().and_then(|told| told.good.tenths());
    match by {
        Sorted::Course => {}
        Sorted::Rate => rows.sort_by_key(|row| (row.told.is_none(), rate(row))),
        Sorted::Discrimination => rows.sort_by_key(|row| {
            let value = row.told.as_ref().and_then(|told| told.discrimination);
            (row.told.is_none(), value.is_none(), value)
        }),
        Sorted::Flag => rows.sort_by_key(|row| {
            let first = row.told.as_ref().and_then(|told| told.flags.first().copied());
            let urgency = Flag::ALL.iter().position(|flag| Some(*flag) == first).unwrap_or(Flag::ALL.len());
            (row.told.is_none(), urgency, rate(row))
        }),
    }
}

fn sorts(asked: &Asked, lang: Lang) -> Vec<SortTab> {
    let tab = |by: Sorted| SortTab {
        words: match by {
            Sorted::Flag => say!(lang, "目印のあるもの", "flagged first"),
            Sorted::Rate => say!(lang, "初回正答率の低い順", "lowest first-try rate"),
            Sorted::Discrimination => say!(lang, "識別力の低い順", "lowest discrimination"),
            Sorted::Course => say!(lang, "教材の順", "as in the course"),
        },
        href: asked.with(|next| next.sorted = by).address(QUESTIONS),
        here: asked.sorted == by,
    };
    Sorted::ALL.into_iter().map(tab).collect()
}

fn conditions(about: &About, filter: &QuestionFilter, asked: &Asked, lang: Lang) -> Vec<(String, String)> {
    let mut conditions = Vec::new();
    if let Some(requirement) = &about.requirement {
        conditions.push((Label::Requirement.words(lang), requirement.title_in(lang).to_owned()));
    }
    let named = |choices: &[Choice], value: &str| {
        let known = choices.iter().find(|choice| choice.value == value);
        known.map_or_else(|| value.to_owned(), |choice| choice.words.clone())
    };
    if !asked.module.is_empty() {
        conditions.push((said::Narrowed::Module.words(lang), named(&filter.modules, &asked.module)));
    }
    if !asked.clause.is_empty() {
        conditions.push((said::Narrowed::Clause.words(lang), named(&filter.clauses, &asked.clause)));
    }
    if let Some(flag) = asked.flag {
        conditions.push((said::Narrowed::Flag.words(lang), flag.words(lang)));
    }
    if !asked.search.is_empty() {
        conditions.push((Label::Search.words(lang), asked.search.clone()));
    }
    conditions
}
