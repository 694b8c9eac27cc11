//! One question: its choices, and who found it hard, by profession and by department.

use std::cmp::Reverse;
use std::collections::HashMap;

use axum::extract::{Path, State};
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::{
    BlockAbout, BlockView, GroupLine, GroupTold, LineView, QuestionPage, Tells, WordingLine,
};
use kokoroe_app::ui::Rate;

use super::asked::Asked;
use super::entries::{Entries, Entry, act, kind_view, said, small, told};
use super::figures::Figures;
use super::groups::{Department, Group, Groups};
use super::kept::Counts;
use super::list::{About, module_title, paper};
use super::question::{self, About as BlockOf, Kind as Place, Question, Sort};
use super::{OBJECTIONS, QUESTIONS};
use crate::http::{Answer, Office, Problem, Visitor, page, query};
use crate::reports::asked::When;
use crate::reports::scope::Tree;
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::objection;
use crate::training::translate::{Translator, verdict};

/// The page.
pub(in crate::reports) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path((module, place)): Path<(String, String)>,
    asked: Asked,
) -> Answer {
    let lang = visitor.lang;
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let about = About::read(&site, &mut conn, &asked).await?;
    drop(conn);
    let requirement = about.requirement.clone().ok_or(Problem::not_found())?;
    let count = Counts::of(&site, &requirement.id).await?;
    let (found, all, withheld) = (&count.entries, &count.figures, &count.withheld);
    let at = find(found, &module, &place, &asked.revision);
    let (entry, figures) = match at.and_then(|at| Some((found.all.get(at)?.clone(), all.get(at)?.clone()))) {
        Some(pair) => pair,
        None => unanswered(&site, &about, &module, &place).ok_or(Problem::not_found())?,
    };
    let is_withheld = at.is_some_and(|at| withheld.get(at) == Some(&true));
    let told_of = |at: usize| {
        let (entry, figures) = (found.all.get(at)?, all.get(at)?);
        told(words, &entry.question, figures).filter(|_| withheld.get(at) == Some(&false))
    };
    let address = |place: &str| asked.address(&format!("{QUESTIONS}/{module}/{place}"));
    let is_wording = entry.question.kind == Place::Wording;
    let wordings = if entry.question.kind == Place::Family {
        let line = |at: usize| {
            let wording = &found.all.get(at)?.question;
            Some(WordingLine {
                ask: words.words(&wording.ask),
                place: wording.place.clone(),
                href: address(&wording.place),
                told: told_of(at),
            })
        };
        found.wordings_of(&entry).filter_map(line).collect()
    } else {
        Vec::new()
    };
    let (professions, departments) = match at.and_then(|at| count.groups.get(at)) {
        Some(groups) if !figures.is_small() => (
            professions(words, &entry.question, groups),
            departments(words, &entry.question, groups, &count.tree),
        ),
        // Of a wording no groups are told either: with those of its point they would tell of the other wordings.
        _ => (Some(Vec::new()), Vec::new()),
    };
    let voices = objection::count_of(&mut site.db.read().await?, &module, &place).await?;
    let calendar = site.calendar();
    let conditions = conditions(&requirement, &place, lang);
    let view = QuestionPage {
        back: Asked { revision: String::new(), ..asked.clone() }.address(QUESTIONS),
        requirement: requirement.title_in(lang).to_owned(),
        as_of: When::now(count.at, calendar).view(calendar),
        module: module_title(&site, words, &module),
        place: place.clone(),
        kind: kind_view(entry.question.kind),
        older: entry.older,
        scene: entry.question.scene.as_ref().map(|scene| words.words(scene)),
        ask: words.words(&entry.question.ask),
        clauses: entry.question.clauses.iter().filter_map(|id| words.clause(id)).collect(),
        told: told(words, &entry.question, &figures).filter(|_| !is_withheld),
        wordings,
        family: is_wording.then(|| address(place.split('/').next().unwrap_or(&place))),
        blocks: if figures.is_small() || is_withheld {
            Vec::new()
        } else {
            blocks(words, &entry.question, &figures)
        },
        professions,
        departments,
        objections: (voices > 0).then(|| {
            (
                query::address(OBJECTIONS, [("state", "all"), ("module", &module), ("place", &place)]),
                small(voices),
            )
        }),
        paper: paper(&site, &visitor, &office, conditions, count.at),
    };
    Ok(page(&site, &visitor, view))
}

/// The question in the wording that is asked for: that of a revision, or the present one, or the last there was.
fn find(found: &Entries, module: &str, place: &str, revision: &str) -> Option<usize> {
    let of_place: Vec<usize> = found
        .all
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.module == module && entry.question.place == place)
        .map(|(at, _)| at)
        .collect();
    let named = |at: &&usize| {
        found.all.get(**at).is_some_and(|entry| match revision {
            "" => !entry.older,
            revision => entry.revisions.iter().any(|known| known == revision),
        })
    };
    of_place.iter().find(named).or_else(|| of_place.last()).copied()
}

/// A question of this release that nobody has answered yet.
fn unanswered(site: &Site, about: &About, module: &str, place: &str) -> Option<(Entry, Figures)> {
    let present = site.content.module(module).filter(|_| about.modules.iter().any(|id| id == module));
    let question = present.and_then(|(_, pinned)| question::find(pinned, place))?;
    let figures = Figures::of(&question);
    Some((Entry { module: module.to_owned(), question, revisions: Vec::new(), older: false }, figures))
}

fn conditions(requirement: &Requirement, place: &str, lang: kokoroe_app::Lang) -> Vec<(String, String)> {
    vec![
        (Label::Requirement.words(lang), requirement.title_in(lang).to_owned()),
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

fn line(
    words: Translator<'_>,
    question: &Question,
    name: Option<String>,
    group: Option<&Group>,
) -> GroupLine {
    let told = |group: &Group| GroupTold {
        good: Rate { done: small(group.good), of: small(group.people) },
        wrong: group.most_wrong().and_then(|(block, number, people)| {
            let line = question.blocks.get(block)?.lines.get(number)?;
            Some((said(words, line), small(people)))
        }),
    };
    GroupLine { name, told: group.map(told) }
}

/// The largest first, and what is hidden last.
fn professions(words: Translator<'_>, question: &Question, groups: &Groups) -> Option<Vec<GroupLine>> {
    let mut professions: Vec<_> = groups.professions.as_ref()?.iter().collect();
    professions.sort_by_key(|(name, group)| (Reverse(group.as_ref().map(|group| group.people)), name));
    let line =
        |(name, group): &(String, Option<Group>)| line(words, question, Some(name.clone()), group.as_ref());
    Some(professions.into_iter().map(line).collect())
}

/// In the order of the tree.
fn departments(words: Translator<'_>, question: &Question, groups: &Groups, tree: &Tree) -> Vec<GroupLine> {
    let known: HashMap<&Department, Option<&Group>> =
        groups.departments.iter().map(|(id, group)| (id, group.as_ref())).collect();
    let nodes = tree.nodes().iter().map(|node| {
        let department = &node.department;
        (Some(department.id.clone()), Some(department.name_in(words.lang()).to_owned()))
    });
    nodes
        .chain([(None, None)])
        .filter_map(|(id, name)| Some(line(words, question, name, *known.get(&id)?)))
        .collect()
}
