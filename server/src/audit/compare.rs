//! A row beside its leaf: do they say the same?

use chrono::{DateTime, Utc};
use kokoroe_evidence::{Fault, Kind, Leaf};
use serde_json::Value;

use super::append::SLACK;
use super::glance::Glance;
use crate::reports::evidence::{Kept, Row, millis};

/// What a leaf tells of the time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// When it was recorded.
    at: i64,
    /// What the machine's clock said, if it notes that the clock had stepped back.
    clock: Option<i64>,
}

impl Told {
    /// By the leaf with these bytes.
    pub(super) fn by(body: &[u8]) -> Self {
        let millis = |text: &str| text.parse::<DateTime<Utc>>().ok().map(|at| at.timestamp_millis());
        let Some(glance) = Glance::at(body) else { return Self::default() };
        let clock = || {
            let leaf = Leaf::parse(body).ok()?;
            millis(leaf.d().get("clock")?.as_str()?)
        };
        let step = glance.kind == Kind::CLOCK_STEP.as_str();
        Self { at: millis(glance.at).unwrap_or_default(), clock: step.then(clock).flatten() }
    }
}

/// Whether a row of this time belongs to a leaf of that time. The leaf never says less than the one before it. That it says clearly more
/// than the row happens only while the machine's clock is wrong, and then the leaf before it notes what the clock said.
fn is_time(row: DateTime<Utc>, leaf: &str, before: Option<Told>) -> bool {
    let before = before.unwrap_or_default();
    let row = row.timestamp_millis();
    let recorded = row.max(before.at);
    let slack = recorded - row <= SLACK.num_milliseconds() || before.clock == Some(row);
    slack && DateTime::from_timestamp_millis(recorded).map(millis).as_deref() == Some(leaf)
}

/// What a row says otherwise than its leaf: the fault, what it must be, what it is. `before` is what the leaf before it
/// tells of the time: the log never steps back, even when the machine's clock did.
pub(super) fn compare(
    kept: Kept,
    row: &Row,
    body: &[u8],
    before: Option<Told>,
) -> Option<(Fault, String, String)> {
    let leaf = match Leaf::parse(body) {
        Ok(leaf) => leaf,
        Err(error) => return Some((Fault::LeafForm, String::new(), error.to_string())),
    };
    if !kept.kinds().contains(leaf.kind()) {
        let expected = kept.kinds().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Some((Fault::RowLeaf, expected, leaf.kind().to_string()));
    }
    let differs = |name: &str, said: &str, is: &str| {
        Some((Fault::RowContent, format!("{name}={said}"), format!("{name}={is}")))
    };
    let obj = leaf.obj().unwrap_or_default();
    if obj != row.obj {
        return differs("obj", obj, &row.obj);
    }
    if leaf.actor() != row.actor {
        return differs("actor", leaf.actor(), &row.actor);
    }
    if let Some(at) = row.at
        && !is_time(at, leaf.at(), before)
    {
        return differs("at", leaf.at(), &millis(at));
    }
    for (name, is) in kept.columns().iter().zip(&row.said) {
        let said = cell(leaf.d().get(*name));
        if said != *is {
            return differs(name, &said, is);
        }
    }
    None
}

/// A value as a table's cell holds it.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(at: &str) -> Row {
        Row {
            leaf: 7,
            at: at.parse().ok(),
            obj: "att-1".into(),
            actor: "u-1".into(),
            said: ["3", "q1", "{\"choice\":\"a\"}", "", "2", "3", "", "ja", "ff"].map(str::to_owned).to_vec(),
            logged_at: None,
            body: None,
            log: None,
            before: None,
        }
    }

    fn body(points: i64) -> Vec<u8> {
        let d = json!({ "turn": 3, "place": "q1", "response": "{\"choice\":\"a\"}", "grade": null, "points": points, "out_of": 3, "led_to": "", "lang": "ja", "rev": "ff" });
        Leaf::new("l/2026", Kind::ANSWER, "2026-10-01T00:00:00.123Z", "u-1")
            .and_then(|leaf| leaf.with_obj("att-1"))
            .and_then(|leaf| leaf.with_d(d))
            .expect("a leaf")
            .encode()
    }

    #[test]
    fn a_row_that_says_what_its_leaf_says_is_right() {
        assert_eq!(compare(Kept::Answers, &row("2026-10-01T00:00:00.123456Z"), &body(2), None), None);
    }

    #[test]
    fn a_row_with_another_word_is_told_with_both_words() {
        let found = compare(Kept::Answers, &row("2026-10-01T00:00:00.123456Z"), &body(1), None);
        assert_eq!(found, Some((Fault::RowContent, "points=1".into(), "points=2".into())));
        let other = Row { actor: "u-2".into(), ..row("2026-10-01T00:00:00.123456Z") };
        assert_eq!(
            compare(Kept::Answers, &other, &body(2), None),
            Some((Fault::RowContent, "actor=u-1".into(), "actor=u-2".into()))
        );
        assert!(
            compare(Kept::Completions, &row("2026-10-01T00:00:00.123456Z"), &body(2), None).is_some(),
            "a leaf of another kind"
        );
    }

    #[test]
    fn a_row_that_was_dated_back_is_found() {
        let leaf = Told::by(&body(2));
        for before in [None, Some(Told { at: leaf.at - 1, clock: None }), Some(leaf)] {
            let found = compare(Kept::Answers, &row("2026-09-30T23:00:00Z"), &body(2), before);
            assert!(found.is_some_and(|(fault, ..)| fault == Fault::RowContent), "{before:?}");
        }
    }

    #[test]
    fn a_clock_that_stepped_back_is_not_a_fault_of_the_row() {
        let leaf = Told::by(&body(2));
        let waited = compare(Kept::Answers, &row("2026-10-01T00:00:00Z"), &body(2), Some(leaf));
        assert_eq!(waited, None, "two requests that waited for each other");
        let d = json!({ "clock": "2026-09-30T23:00:00.000Z" });
        let step = Leaf::new("l/2026", Kind::CLOCK_STEP, "2026-10-01T00:00:00.123Z", "system")
            .and_then(|leaf| leaf.with_d(d))
            .expect("a leaf")
            .encode();
        let noted = compare(Kept::Answers, &row("2026-09-30T23:00:00Z"), &body(2), Some(Told::by(&step)));
        assert_eq!(noted, None, "the log notes what the clock said");
        let other = compare(Kept::Answers, &row("2026-09-30T22:00:00Z"), &body(2), Some(Told::by(&step)));
        assert!(other.is_some(), "and nothing else");
    }
}
