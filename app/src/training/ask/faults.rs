//! What is missing in an answer: the words, and the place that they lead to.

use crate::training::asked::{AnswerError, Asked};
use crate::ui::Fault;
use crate::{Lang, say};

/// Where an error leads, and its words.
pub(crate) fn faults(asked: &Asked, error: &AnswerError, lang: Lang) -> Vec<Fault> {
    match error {
        AnswerError::Nothing => vec![nothing(asked, lang)],
        AnswerError::NoPlace(cards) => cards
            .iter()
            .map(|card| {
                let words = card_words(asked, card);
                at(
                    format!("place-{card}"),
                    say!(lang, "「{words}」の順番を選んでください", "Choose a place for “{words}”"),
                )
            })
            .collect(),
        AnswerError::SamePlace(cards) => cards
            .iter()
            .map(|card| {
                let words = card_words(asked, card);
                at(
                    format!("place-{card}"),
                    say!(
                        lang,
                        "「{words}」と同じ番号のものがあります",
                        "“{words}” shares its number with another card"
                    ),
                )
            })
            .collect(),
        AnswerError::TooLong(length) => {
            let max = match asked {
                Asked::Draft { max, .. } | Asked::Reflect { max, .. } => *max,
                _ => 0,
            };
            vec![at(
                "draft".into(),
                say!(
                    lang,
                    "{max}字までです。いまは{length}字です",
                    "At most {max} characters; there are {length} now"
                ),
            )]
        }
        AnswerError::Unanswered(fields) => {
            fields.iter().map(|field| at(format!("{field}-1"), unanswered(asked, field, lang))).collect()
        }
        AnswerError::Unticked(points) => points
            .iter()
            .map(|point| {
                let words = point_words(asked, point);
                at(format!("pick-{point}"), say!(lang, "「{words}」を確かめてください", "Check “{words}”"))
            })
            .collect(),
    }
}

fn at(field: String, message: String) -> Fault {
    Fault { field: Some(field), message }
}

fn nothing(asked: &Asked, lang: Lang) -> Fault {
    match asked {
        Asked::Choose { .. } => at("choice-1".into(), say!(lang, "一つ選んでください", "Choose one")),
        Asked::Picture { .. } => {
            at("pick-1".into(), say!(lang, "気になる所を一つ以上選んでください", "Pick at least one place"))
        }
        Asked::Draft { .. } | Asked::Reflect { .. } => {
            at("draft".into(), say!(lang, "文を書いてください", "Write your text"))
        }
        Asked::Confidence { .. } => at("level-1".into(), say!(lang, "一つ選んでください", "Choose one")),
        Asked::Pick { .. } => {
            at("pick-1".into(), say!(lang, "一つ以上選んでください", "Choose at least one"))
        }
        Asked::Mark { pieces, .. } => {
            let first = pieces.iter().find_map(|piece| piece.id.clone()).unwrap_or_default();
            at(
                format!("pick-{first}"),
                say!(lang, "一か所以上に印をつけてください", "Mark at least one phrase"),
            )
        }
        Asked::Lookup { .. } => {
            at("clause-1".into(), say!(lang, "条を一つ選んでください", "Choose one article"))
        }
        Asked::Order { .. }
        | Asked::Diagnosis { .. }
        | Asked::Read { .. }
        | Asked::Triage { .. }
        | Asked::Sort { .. }
        | Asked::Redact { .. }
        | Asked::Mosaic { .. }
        | Asked::Contact { .. }
        | Asked::Checklist { .. } => Fault {
            field: None,
            message: say!(lang, "もう一度送ってください", "Please send it again"),
        },
    }
}

/// What is missing in a form of several questions, by its field.
fn unanswered(asked: &Asked, field: &str, lang: Lang) -> String {
    let row = field.strip_prefix("row-").unwrap_or_default();
    match (asked, field) {
        (Asked::Triage { rows, .. }, _) => {
            let author = rows.iter().find(|each| each.id == row).map(|row| row.post.author.text());
            let author = author.unwrap_or_default();
            say!(
                lang,
                "投稿{row}（{author}）をどうするか選んでください",
                "Choose what to do with post {row} ({author})"
            )
        }
        (Asked::Sort { rows, .. }, _) => {
            let words =
                rows.iter().find(|each| each.id == row).map(|row| row.text.text()).unwrap_or_default();
            say!(lang, "「{words}」の分け先を選んでください", "Choose a group for “{words}”")
        }
        (Asked::Redact { .. }, "whole") => {
            say!(lang, "この文をどうするか選んでください", "Choose what becomes of the text")
        }
        (Asked::Redact { parts, .. }, _) => {
            let part = parts.iter().find(|part| part.id.as_deref() == Some(row));
            let words = part.map(|part| part.text.text()).unwrap_or_default();
            say!(lang, "「{words}」をどうするか選んでください", "Choose what to do with “{words}”")
        }
        (_, "clue") => say!(lang, "つながる手がかりを一つ以上選んでください", "Choose at least one clue"),
        (_, "finding") => say!(lang, "分かることを一つ選んでください", "Choose what can be known"),
        (_, "cut") => say!(lang, "変えるものを一つ選んでください", "Choose what to change"),
        (_, "contact") => say!(lang, "連絡先を一つ選んでください", "Choose whom to tell"),
        (_, "way") => say!(lang, "伝え方を一つ選んでください", "Choose how to tell them"),
        _ => say!(lang, "一つ選んでください", "Choose one"),
    }
}

fn card_words(asked: &Asked, id: &str) -> String {
    let Asked::Order { cards, .. } = asked else { return String::new() };
    cards.iter().find(|card| card.id == id).map(|card| card.text.text()).unwrap_or_default()
}

fn point_words(asked: &Asked, id: &str) -> String {
    let Asked::Checklist { points, .. } = asked else { return String::new() };
    points.iter().find(|point| point.id == id).map(|point| point.text.text()).unwrap_or_default()
}
