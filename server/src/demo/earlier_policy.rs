//! The policy as it was before the present version, so that somebody who signed earlier can be shown what changed.

use chrono::NaiveDate;
use kokoroe_courses::{Block, Inline, Passage, Policy, Prose};

/// The clause whose old advice the present version took back.
const REPORTING: &str = "C13";

/// An earlier version of the policy, made for the demo hospital: only the first sentences of each clause, and the advice to delete at
/// once that the present version took back.
pub(super) fn earlier(present: &Policy, effective: NaiveDate) -> Policy {
    let version = present.version.saturating_sub(1);
    let mut earlier = present.clone();
    earlier.version = version;
    earlier.effective = effective.to_string();
    earlier.summary = None;
    earlier.changes = Vec::new();
    for statement in &mut earlier.statements {
        let (ja, en) = (format!("第{}版", present.version), format!("version {}", present.version));
        statement.text.ja = statement.text.ja.replace(&ja, &format!("第{version}版"));
        statement.text.en =
            statement.text.en.as_ref().map(|text| text.replace(&en, &format!("version {version}")));
    }
    earlier.preamble = opening(&earlier.preamble);
    for clause in &mut earlier.clauses {
        clause.body = if clause.id == REPORTING { delete_at_once() } else { opening(&clause.body) };
    }
    earlier
}

/// The first block of a text, in each language.
fn opening(whole: &Passage) -> Passage {
    let first = |prose: &Prose| Prose(prose.0.iter().take(1).cloned().collect());
    Passage { ja: first(&whole.ja), en: whole.en.as_ref().map(first), easy: whole.easy.as_ref().map(first) }
}

fn delete_at_once() -> Passage {
    let say = |words: &str| Prose(vec![Block::Paragraph(vec![Inline::Text(words.to_owned())])]);
    Passage {
        ja: say("自分の投稿を「しまった」と思ったら、すぐに消して、所属長に知らせます。"),
        en: Some(say("If you regret a post of your own, delete it at once and tell your line manager.")),
        easy: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;

    #[test]
    fn the_earlier_policy_is_a_version_lower_and_says_less() {
        let present = &EMBEDDED.policy;
        let earlier = earlier(present, NaiveDate::from_ymd_opt(2024, 4, 1).expect("a day"));
        assert_eq!(earlier.version + 1, present.version);
        assert_eq!(earlier.clauses.len(), present.clauses.len());
        assert!(earlier.canonical().len() < present.canonical().len());
        let statements: String =
            earlier.statements.iter().map(|statement| statement.text.ja.clone()).collect();
        assert!(statements.contains(&format!("第{}版", earlier.version)));
        assert!(!statements.contains(&format!("第{}版", present.version)));
    }
}
