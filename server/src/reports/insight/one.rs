//! One question: its choices, and who found it hard, by profession and by department.

use std::collections::{BTreeMap, HashMap};

use axum::Extension;
use axum::extract::{Path, State};
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::{
    BlockAbout, BlockView, GroupLine, GroupTold, LineView, QuestionPage, Tells,
};
use kokoroe_app::ui::Rate;
use kokoroe_courses::{Grade, Response};

use super::asked::Asked;
use super::entries::{Entry, act, kind_view, said, small, told};
use super::figures::{Figures, marks};
use super::hide::hidden;
use super::kept::Kept;
use super::list::{About, entries, module_title, paper};
use super::question::{self, About as BlockOf, Question, Sort};
use super::{OBJECTIONS, QUESTIONS};
use crate::db::Conn;
use crate::http::{Answer, Office, Problem, Visitor, page};
use crate::id::DepartmentId;
use crate::reports::asked::When;
use crate::reports::list::title;
use crate::reports::scope::Tree;
use crate::reports::store::Instant;
use crate::reports::store::answers::{self, GroupRow};
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::objection;
use crate::training::translate::{Translator, verdict};

/// The page.
pub(in crate::reports) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Extension(kept): Extension<Kept>,
    Path((module, place)): Path<(String, String)>,
    asked: Asked,
) -> Answer {
    let lang = visitor.lang;
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let about = About::read(&site, &mut conn, &asked).await?;
    drop(conn);
    let requirement = about.requirement.clone().ok_or(Problem::not_found())?;
    let count = kept.responses(&site, &requirement.id).await?;
    let (mut entry, mut figures) = {
        let found = entries(&site, &about, &count.rows).await?;
        let all = found.figures(&count.rows);
        let wanted = |entry: &&(Entry, Figures)| entry.0.module == module && entry.0.question.place == place;
        let named = |entry: &&(Entry, Figures)| match asked.revision.as_str() {
            "" => !entry.0.older,
            revision => entry.0.revisions.iter().any(|known| known == revision),
        };
        let pairs: Vec<(Entry, Figures)> = found.all.into_iter().zip(all).collect();
        let of_place: Vec<&(Entry, Figures)> = pairs.iter().filter(wanted).collect();
        let one = of_place.iter().copied().find(|pair| named(pair)).or_else(|| of_place.last().copied());
        one.cloned().map_or((None, None), |(entry, figures)| (Some(entry), Some(figures)))
    };
    if entry.is_none() {
        // Nobody has answered it yet.
        let present = site.content.module(&module).filter(|_| about.modules.contains(&module));
        let question =
            present.and_then(|(_, pinned)| question::find(pinned, &place)).ok_or(Problem::not_found())?;
        figures = Some(Figures::of(&question));
        entry = Some(Entry { module: module.clone(), question, revisions: Vec::new(), older: false });
    }
    let (Some(entry), Some(figures)) = (entry, figures) else { return Err(Problem::not_found()) };
    let mut conn = site.db.read().await?;
    let groups = if figures.is_small() {
        Vec::new()
    } else {
        let instant = Instant::new(site.now(), site.calendar());
        let mut rows = answers::groups(&mut conn, &requirement.id, instant, &module, &place).await?;
        rows.retain(|row| entry.revisions.contains(&row.revision));
        rows
    };
    let (professions, departments) = tables(&mut conn, words, &entry.question, &groups, lang).await?;
    let voices = objection::count_of(&mut conn, &module, &place).await?;
    drop(conn);
    let calendar = site.calendar();
    let conditions = conditions(&requirement, &place, lang);
    let view = QuestionPage {
        back: Asked { revision: String::new(), ..asked.clone() }.address(QUESTIONS),
        requirement: title(&requirement, lang).to_owned(),
        as_of: When::now(count.at, calendar).view(calendar),
        module: module_title(&site, words, &module),
        place: place.clone(),
        kind: kind_view(entry.question.kind),
        older: entry.older,
        scene: entry.question.scene.as_ref().map(|scene| words.words(scene)),
        ask: words.words(&entry.question.ask),
        clauses: entry.question.clauses.iter().filter_map(|id| words.clause(id)).collect(),
        told: told(words, &entry.question, &figures),
        blocks: if figures.is_small() { Vec::new() } else { blocks(words, &entry.question, &figures) },
        professions,
        departments,
        objections: (voices > 0)
            .then(|| (format!("{OBJECTIONS}?state=all&module={module}&place={place}"), small(voices))),
        paper: paper(&site, &visitor, &office, conditions, count.at),
    };
    Ok(page(&site, &visitor, view))
}

fn conditions(requirement: &Requirement, place: &str, lang: kokoroe_app::Lang) -> Vec<(String, String)> {
    vec![
        (Label::Requirement.words(lang), title(requirement, lang).to_owned()),
        (kokoroe_app::say!(lang, "問い", "Question"), place.to_owned()),
    ]
}

const fn about_view(about: BlockOf) -> BlockAbout {
    match about {
        BlockOf::Choices => BlockAbout::Choices,
        BlockOf::Findings => BlockAbout::Findings,
        BlockOf::Cuts => BlockAbout::Cuts,
        BlockOf::Clauses => BlockAbout::Clauses,
        BlockOf::Contacts => BlockAbout::Contacts,
        BlockOf::Ways => BlockAbout::Ways,
        BlockOf::Places => BlockAbout::Places,
        BlockOf::Options => BlockAbout::Options,
        BlockOf::Clues => BlockAbout::Clues,
        BlockOf::Cards => BlockAbout::Cards,
        BlockOf::Rows => BlockAbout::Rows,
    }
}

/// A share of points in whole per cent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
const fn percent(value: f64) -> u32 {
    value.round() as u32
}

fn blocks(words: Translator<'_>, question: &Question, figures: &Figures) -> Vec<BlockView> {
    let line = |block: usize, number: usize, line: &question::Line| {
        let counted = figures.line(block, number).cloned().unwrap_or_default();
        let (tells, rest) = match line.sort {
            Sort::Choice(grade) => (Tells::Chosen(verdict(grade)), counted.rest().map(percent)),
            Sort::Hit => (Tells::Missed, None),
            Sort::Plain => (Tells::Picked, None),
            Sort::Card => (Tells::Misplaced, None),
            Sort::Row => (Tells::Misjudged, None),
        };
        LineView {
            text: said(words, line),
            tells,
            people: Rate { done: small(counted.people), of: small(figures.people) },
            rest,
            act: counted.act().and_then(|(code, people)| Some((act(words, question, code)?, small(people)))),
        }
    };
    question
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| BlockView {
            about: about_view(block.about),
            lines: block.lines.iter().enumerate().map(|(number, each)| line(at, number, each)).collect(),
        })
        .collect()
}

/// What a group answered.
#[derive(Clone, Debug, Default)]
struct Group {
    people: i64,
    good: i64,
    /// Wrong choices by block and line.
    wrong: BTreeMap<(usize, usize), i64>,
}

impl Group {
    fn add(&mut self, question: &Question, row: &GroupRow) {
        self.people += row.people;
        if row.grade >= 2 {
            self.good += row.people;
        }
        let Ok(response) = serde_json::from_str::<Response>(&row.response) else { return };
        for (block, number, _) in marks(question, &response) {
            let line = question.blocks.get(block).and_then(|block| block.lines.get(number));
            if line.is_some_and(|line| matches!(line.sort, Sort::Choice(grade) if grade < Grade::Ok)) {
                *self.wrong.entry((block, number)).or_default() += row.people;
            }
        }
    }

    fn told(&self, words: Translator<'_>, question: &Question) -> GroupTold {
        let most = self.wrong.iter().max_by_key(|(at, people)| (**people, std::cmp::Reverse(**at)));
        GroupTold {
            good: Rate { done: small(self.good), of: small(self.people) },
            wrong: most.and_then(|((block, number), people)| {
                let line = question.blocks.get(*block)?.lines.get(*number)?;
                Some((said(words, line), small(*people)))
            }),
        }
    }
}

/// The groups of one partition; each of them whole, so that what is hidden in it cannot be found by subtraction.
fn lines(words: Translator<'_>, question: &Question, groups: Vec<(Option<String>, Group)>) -> Vec<GroupLine> {
    let sizes: Vec<i64> = groups.iter().map(|(_, group)| group.people).collect();
    groups
        .into_iter()
        .zip(hidden(&sizes))
        .map(|((name, group), hidden)| GroupLine {
            name,
            told: (!hidden).then(|| group.told(words, question)),
        })
        .collect()
}

async fn tables(
    conn: &mut Conn,
    words: Translator<'_>,
    question: &Question,
    rows: &[GroupRow],
    lang: kokoroe_app::Lang,
) -> Result<(Vec<GroupLine>, Vec<GroupLine>), Problem> {
    let mut professions: BTreeMap<&str, Group> = BTreeMap::new();
    let mut departments: HashMap<Option<&DepartmentId>, Group> = HashMap::new();
    for row in rows {
        professions.entry(&row.profession).or_default().add(question, row);
        departments.entry(row.department.as_ref()).or_default().add(question, row);
    }
    let mut by_profession: Vec<(Option<String>, Group)> =
        professions.into_iter().map(|(name, group)| (Some(name.to_owned()), group)).collect();
    by_profession.sort_by_key(|(_, group)| std::cmp::Reverse(group.people));
    let tree = Tree::load(conn).await?;
    let mut by_department: Vec<(Option<String>, Group)> = Vec::new();
    for node in tree.nodes() {
        if let Some(group) = departments.remove(&Some(&node.department.id)) {
            by_department.push((Some(node.department.name_in(lang).to_owned()), group));
        }
    }
    // A department that is gone altogether stands with those who have none.
    let nowhere = departments.into_values().reduce(|mut all, group| {
        all.people += group.people;
        all.good += group.good;
        for (at, people) in group.wrong {
            *all.wrong.entry(at).or_default() += people;
        }
        all
    });
    by_department.extend(nowhere.map(|group| (None, group)));
    Ok((lines(words, question, by_profession), lines(words, question, by_department)))
}
