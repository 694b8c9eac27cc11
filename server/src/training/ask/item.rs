//! A single question, by kind, as its page shows it.

use kokoroe_app::training::{
    Asked, CardView, PartAct, PartView, PickKind as PickKindView, PickView, PictureView, PieceView,
    PointView, PostAct, RegionView, SortView, TextAct, TriageView, Way,
};
use kokoroe_app::ui::contact::Contact;
use kokoroe_app::ui::say::Words;
use kokoroe_courses::{
    Assign, AssignKind, Choice, Group, Hotspot, Item, ItemPlace, Mosaic, Pick, PickKind, PickOption, Task,
    Text, Whom,
};

use super::fields::{asked_rows, card_field, clause_number, is_whole};
use super::{Given, choice_view, choose};
use crate::training::shown::Shown;
use crate::training::translate::{Translator, drawing, story_time};

/// What an item asks.
pub(super) fn asked(
    words: Translator<'_>,
    shown: &Shown<'_>,
    turn: u32,
    place: &ItemPlace<'_>,
    given: &Given,
) -> Asked {
    let item = place.item;
    let ask = words.words(&item.ask);
    let keep = given.open.then(|| format!("{}/draft", shown.step(turn)));
    match &item.task {
        Task::Judge(_) => {
            let choices = place.choices.iter().zip(1..);
            let choices = choices.map(|(choice, n)| choice_view(words, choice, n, None)).collect();
            choose(words, &item.ask, choices, given.value("choice"))
        }
        Task::Hotspot(hotspot) => Asked::Picture {
            ask,
            picture: picture(words, shown, hotspot),
            regions: hotspot
                .regions
                .iter()
                .zip(1..)
                .map(|(region, n): (_, u32)| RegionView {
                    id: n.to_string(),
                    at: region.at.into(),
                    label: words.words(&region.label),
                })
                .collect(),
            picked: given.values("pick"),
        },
        Task::Order(_) => Asked::Order {
            ask,
            cards: place
                .cards
                .iter()
                .zip(1..)
                .map(|(card, n)| CardView {
                    id: n.to_string(),
                    text: words.words(&card.text),
                    place: given.form.text(&card_field(n)).parse().ok(),
                })
                .collect(),
        },
        Task::Draft(draft) => {
            Asked::Draft { ask, max: draft.max, text: given.value("draft").unwrap_or_default(), keep }
        }
        Task::Reflect { max } => {
            Asked::Reflect { ask, max: *max, text: given.value("draft").unwrap_or_default(), keep }
        }
        Task::Confidence { .. } => Asked::Confidence { ask, level: given.form.text("level").parse().ok() },
        Task::Pick(Pick { kind: PickKind::MarkText, options }) => {
            Asked::Mark { ask, pieces: pieces(words, options), picked: given.values("pick") }
        }
        Task::Pick(Pick { kind, options }) => Asked::Pick {
            ask,
            kind: pick_kind(*kind),
            options: numbered(words, options.iter().map(|option| &option.text)),
            picked: given.values("pick"),
        },
        Task::Assign(assign) => rows(words, shown, item, assign, given),
        Task::Mosaic(mosaic) => pieced(words, ask, mosaic, given),
        Task::Contact(whom) => contact(words, ask, whom, given),
        Task::Lookup(lookup) => Asked::Lookup {
            ask,
            clauses: lookup.clauses.iter().filter_map(|clause| clause_title(words, clause)).collect(),
            policy: words.policy_address(),
            chosen: given.form.text("clause").parse().ok(),
        },
        Task::Checklist(list) => Asked::Checklist {
            ask,
            points: list
                .options
                .iter()
                .zip(1..)
                .map(|(line, n): (_, u32)| PointView {
                    id: n.to_string(),
                    text: words.words(&line.text),
                    why: line.why.as_ref().map(|why| words.words(why)),
                })
                .collect(),
            ticked: given.values("pick"),
            tools: kokoroe_app::paths::CHECKLISTS.to_owned(),
        },
    }
}

/// The drawing of a hotspot.
#[must_use]
pub fn picture(words: Translator<'_>, shown: &Shown<'_>, hotspot: &Hotspot) -> PictureView {
    PictureView {
        src: drawing(shown.revision, &hotspot.image),
        size: hotspot.size.into(),
        say: words.words(&hotspot.say),
    }
}

/// What is looked for, as the page knows it.
pub(in crate::training) const fn pick_kind(kind: PickKind) -> PickKindView {
    match kind {
        PickKind::SpotList => PickKindView::Problems,
        PickKind::Audience => PickKindView::Audience,
        PickKind::MarkText => PickKindView::Phrases,
    }
}

/// Texts under the numbers by which they are sent.
fn numbered<'m>(words: Translator<'_>, texts: impl Iterator<Item = &'m Text>) -> Vec<PickView> {
    texts
        .zip(1..)
        .map(|(text, n): (_, u32)| PickView { id: n.to_string(), text: words.words(text) })
        .collect()
}

fn pieces(words: Translator<'_>, options: &[PickOption]) -> Vec<PieceView> {
    let mut number = 0_u32;
    options
        .iter()
        .map(|option| {
            number += u32::from(!option.plain);
            PieceView { id: (!option.plain).then(|| number.to_string()), text: words.words(&option.text) }
        })
        .collect()
}

fn rows(words: Translator<'_>, shown: &Shown<'_>, item: &Item, assign: &Assign, given: &Given) -> Asked {
    let ask = words.words(&item.ask);
    let id = |field: &str| field.trim_start_matches("row-").to_owned();
    let text =
        |text: Option<&Text>| text.map_or_else(|| Words::plain(words.lang(), ""), |text| words.words(text));
    match assign.kind {
        AssignKind::Triage => Asked::Triage {
            ask,
            rows: asked_rows(assign)
                .filter_map(|(field, row)| {
                    let post = item.posts.iter().find(|post| post.id == row.id)?;
                    Some(TriageView {
                        id: id(&field),
                        post: words.post(shown.module, shown.revision, post, &item.posts, false),
                        given: PostAct::from_code(given.form.text(&field)),
                    })
                })
                .collect(),
        },
        AssignKind::Sort => Asked::Sort {
            ask,
            groups: numbered(words, assign.groups.iter().map(|group| &group.text)),
            rows: asked_rows(assign)
                .map(|(field, row)| SortView {
                    id: id(&field),
                    text: text(row.text.as_ref()),
                    given: given.value(&field),
                })
                .collect(),
        },
        AssignKind::Redact => {
            let mut number = 0_u32;
            let parts = assign
                .rows
                .iter()
                .filter(|row| !is_whole(assign, row))
                .map(|row| {
                    number += u32::from(!row.plain);
                    let given = PartAct::from_code(given.form.text(&format!("row-{number}")));
                    PartView {
                        id: (!row.plain).then(|| number.to_string()),
                        text: text(row.text.as_ref()),
                        soft: row.soft.as_ref().map(|text| words.words(text)),
                        given: given.filter(|_| !row.plain).unwrap_or_default(),
                    }
                })
                .collect();
            let whole = assign.rows.iter().any(|row| is_whole(assign, row));
            Asked::Redact {
                ask,
                parts,
                whole: whole.then(|| TextAct::from_code(given.form.text(kokoroe_courses::WHOLE))),
            }
        }
    }
}

fn pieced(words: Translator<'_>, ask: Words, mosaic: &Mosaic, given: &Given) -> Asked {
    let choices = |choices: &[Choice]| numbered(words, choices.iter().map(|choice| &choice.text));
    Asked::Mosaic {
        ask,
        clues: numbered(words, mosaic.clues.iter().map(|clue| &clue.text)),
        findings: choices(&mosaic.findings),
        cuts: choices(&mosaic.cuts),
        ticked: given.values("clue"),
        finding: given.value("finding"),
        cut: given.value("cut"),
    }
}

fn contact(words: Translator<'_>, ask: Words, whom: &Whom, given: &Given) -> Asked {
    let book = whom.book.iter().zip(1..);
    Asked::Contact {
        ask,
        at: story_time(whom.at),
        book: book.map(|(entry, n): (_, u32)| (n.to_string(), entry_of(words, entry))).collect(),
        ways: whom.ways.iter().filter_map(|way| Way::from_code(way.by.code())).collect(),
        contact: given.value("contact"),
        way: Way::from_code(given.form.text("way")),
    }
}

/// An entry of the book that the item was pinned with, with the number and note of today.
fn entry_of(words: Translator<'_>, entry: &Group) -> Contact {
    let name = words.words(&entry.text);
    match words.contact(&entry.id) {
        Some(today) => Contact { name, ..today },
        None => Contact { name, note: None, number: None },
    }
}

fn clause_title(words: Translator<'_>, clause: &Group) -> Option<(u8, Words)> {
    Some((clause_number(&clause.id).parse().ok()?, words.clause_title(&clause.text)))
}
