//! The version of the policy that a colleague of the training office is writing, and that waits to be read by somebody else.

use chrono::NaiveDate;
use kokoroe_courses::{Block, Change, ChangeKind, Inline, Policy, Prose, Text};

use crate::policies::draft::begun_from;

/// The clause that gets another paragraph: messages at work.
const MESSAGES: &str = "C4";

/// The next version of a policy, made for the demo hospital.
pub(super) fn next(present: &Policy, effective: NaiveDate) -> Policy {
    let mut next = begun_from(present, present.version, effective);
    next.change = Some(ChangeKind::Material);
    next.changes = vec![Change {
        id: "change-1".to_owned(),
        clause: Some(MESSAGES.to_owned()),
        text: Text {
            ja: "第4条に、生成AIのサービスへの入力を加えました。".to_owned(),
            en: Some("Article 4 now covers what is typed into generative AI services.".to_owned()),
            easy: None,
        },
    }];
    for clause in next.clauses.iter_mut().filter(|clause| clause.id == MESSAGES) {
        add(
            &mut clause.body.ja,
            "病院が認めていない生成AIのサービスには、患者さんの情報を入力しません。名前を消しても同じです。",
        );
        if let Some(english) = &mut clause.body.en {
            add(
                english,
                "Patient information is not typed into generative AI services that the hospital has not approved, not even without names.",
            );
        }
        if let Some(plain) = &mut clause.body.easy {
            add(
                plain,
                "病院がよいと言っていないAIに、患者さんのことを書きません。名前を消しても書きません。",
            );
        }
    }
    next
}

fn add(text: &mut Prose, words: &str) {
    text.0.push(Block::Paragraph(vec![Inline::Text(words.to_owned())]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;

    #[test]
    fn the_next_version_differs_in_the_one_clause_that_it_says() {
        let present = &EMBEDDED.policy;
        let next = next(present, NaiveDate::from_ymd_opt(2027, 1, 4).expect("a day"));
        let differ = present.clauses.iter().zip(&next.clauses).filter(|(a, b)| a != b);
        assert_eq!(differ.map(|(a, _)| a.id.as_str()).collect::<Vec<_>>(), [MESSAGES]);
    }
}
