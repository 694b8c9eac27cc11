//! What an explanation shows for each kind of item. While a required question is still asked, what was left out must not tell what is
//! missing: then only what was picked, or answered well, is explained.

use kokoroe_app::training::{
    CardResult, ModelReply, MosaicResult, PieceResult, RegionResult, Remark, RemarkLevel, RowsKind, WhyDetail,
};
use kokoroe_courses::{
    AssignKind, Draft, Hotspot, Level, Order, Pick, PickKind, Place, Response, Task, Visit,
};

use super::results::{self, picks};
use crate::training::ask;
use crate::training::overview::small;
use crate::training::shown::Shown;
use crate::training::translate::{Translator, verdict};

pub(super) fn detail(
    words: Translator<'_>,
    shown: &Shown<'_>,
    visit: &Visit<'_>,
    kept_back: bool,
) -> WhyDetail {
    let Place::Item(place) = &visit.place else { return WhyDetail::Choice };
    let pairs = (visit.judged.points, visit.judged.of);
    match (&place.item.task, &visit.response) {
        (Task::Hotspot(task), Response::Picks(picked)) => hotspot(words, shown, task, picked, kept_back),
        (Task::Order(_), Response::Order(_)) if kept_back => WhyDetail::OrderOpen(pairs),
        (Task::Order(task), Response::Order(given)) => order(words, task, given, pairs),
        (Task::Draft(task), Response::Draft(text)) => draft(words, task, text, visit),
        (Task::Pick(Pick { kind, options }), Response::Picks(picked)) => {
            let explained = picks(words, options, picked, kept_back);
            let hits = small(options.iter().filter(|option| option.hit).count());
            if *kind != PickKind::MarkText {
                return WhyDetail::Picks { kind: ask::pick_kind(*kind), options: explained, hits };
            }
            let pieces = options
                .iter()
                .map(|option| {
                    let was_picked = picked.contains(&option.id);
                    let told = !option.plain && (was_picked || !kept_back);
                    PieceResult {
                        text: words.words(&option.text),
                        outcome: told.then_some((option.hit, was_picked)),
                    }
                })
                .collect();
            WhyDetail::Marks { pieces, options: explained, hits }
        }
        (Task::Assign(assign), Response::Rows(given)) => {
            let rows = results::rows(words, place.item, shown, assign, given, kept_back);
            let of = small(assign.asked().count());
            let kind = match assign.kind {
                AssignKind::Triage => RowsKind::Posts,
                AssignKind::Sort => RowsKind::Cards,
                AssignKind::Redact => {
                    let (yours, model) = results::texts(words, assign, given, kept_back);
                    return WhyDetail::Redact { yours, model, rows, of };
                }
            };
            WhyDetail::Rows { kind, rows, of }
        }
        (Task::Mosaic(mosaic), Response::Mosaic { clues, finding, .. }) => {
            let Some(thought) = mosaic.findings.iter().find(|choice| choice.id == *finding) else {
                return WhyDetail::Choice;
            };
            let known = mosaic.findings.iter().max_by_key(|choice| choice.grade).filter(|_| !kept_back);
            WhyDetail::Mosaic(MosaicResult {
                finding: (words.words(&thought.text), verdict(thought.grade), words.words(&thought.why)),
                known: known.map(|known| {
                    (words.words(&known.text), words.words(&known.why), words.clause(&known.cite))
                }),
                clues: picks(words, &mosaic.clues, clues, kept_back),
                hits: small(mosaic.clues.iter().filter(|clue| clue.hit).count()),
            })
        }
        (Task::Contact(whom), Response::Contact { contact, way }) => {
            let rows = results::whom(words, whom, contact, way, kept_back);
            WhyDetail::Rows { kind: RowsKind::Whom, of: small(rows.len()), rows }
        }
        _ => WhyDetail::Choice,
    }
}

fn hotspot(
    words: Translator<'_>,
    shown: &Shown<'_>,
    task: &Hotspot,
    picked: &std::collections::BTreeSet<String>,
    kept_back: bool,
) -> WhyDetail {
    WhyDetail::Picture {
        picture: ask::picture(words, shown, task),
        regions: task
            .regions
            .iter()
            .zip(1_u16..)
            .filter(|(region, _)| !kept_back || picked.contains(&region.id))
            .map(|(region, number)| RegionResult {
                number,
                at: region.at.into(),
                label: words.words(&region.label),
                leak: region.leak,
                must: region.must,
                picked: picked.contains(&region.id),
                why: words.words(&region.why),
                clause: region.cite.as_deref().and_then(|id| words.clause(id)),
            })
            .collect(),
        leaks: small(task.regions.iter().filter(|region| region.leak).count()),
    }
}

fn order(words: Translator<'_>, task: &Order, given: &[String], pairs: (u16, u16)) -> WhyDetail {
    WhyDetail::Order {
        cards: task
            .cards
            .iter()
            .map(|card| CardResult {
                text: words.words(&card.text),
                why: words.words(&card.why),
                given: given
                    .iter()
                    .position(|id| *id == card.id)
                    .and_then(|at| u16::try_from(at + 1).ok())
                    .unwrap_or(0),
            })
            .collect(),
        pairs,
    }
}

fn draft(words: Translator<'_>, task: &Draft, text: &str, visit: &Visit<'_>) -> WhyDetail {
    WhyDetail::Draft {
        text: text.to_owned(),
        remarks: visit
            .judged
            .remarks
            .iter()
            .map(|remark| Remark {
                level: match remark.level {
                    Level::MustFix => RemarkLevel::MustFix,
                    Level::Improve => RemarkLevel::Improve,
                    Level::Good => RemarkLevel::Good,
                },
                quotes: remark.quotes.clone(),
                why: words.words(&remark.why),
            })
            .collect(),
        models: task
            .models
            .iter()
            .map(|model| ModelReply { text: words.words(&model.text), note: words.words(&model.note) })
            .collect(),
    }
}
