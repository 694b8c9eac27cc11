//! A leaf's kind, time and subject at a glance, without reading all of it. Checks that must be sure read the whole leaf.

/// What stands at fixed places of every leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance<'a> {
    /// What sort of fact.
    pub kind: &'a str,
    /// When, as it is spelled.
    pub at: &'a str,
    /// What it is about; empty when it names nothing.
    pub obj: &'a str,
}

impl<'a> Glance<'a> {
    /// Reads the stored bytes of a leaf. `None` when they cannot be one.
    #[must_use]
    pub fn at(body: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        // Keys are in order, and ids have no quotes: the first `at` and the last `k` are those of the leaf itself.
        let (_, after) = text.split_once("\",\"at\":\"")?;
        let at = after.split('"').next()?;
        let (_, tail) = text.rsplit_once(",\"k\":\"")?;
        let mut parts = tail.split('"');
        let kind = parts.next()?;
        let obj = match (parts.nth(4), parts.next(), parts.next(), parts.next()) {
            (Some(","), Some("obj"), Some(":"), Some(obj)) => obj,
            _ => "",
        };
        Some(Self { kind, at, obj })
    }
}

/// The hash of the content that a leaf names, if it names one.
#[must_use]
pub fn content_of(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, after) = text.split_once("\"rev\":\"")?;
    after.get(..64).filter(|hash| hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kokoroe_evidence::{Kind, Leaf};
    use serde_json::json;

    fn leaf(obj: Option<&str>, d: serde_json::Value) -> Vec<u8> {
        let leaf =
            Leaf::new("kokoroe-1/2026", Kind::ANSWER, "2026-10-01T00:00:00.123Z", "u-1").expect("a leaf");
        let leaf = leaf.with_d(d).expect("a content").with_req("att-1:3").expect("a request");
        match obj {
            Some(obj) => leaf.with_obj(obj).expect("an id").encode(),
            None => leaf.encode(),
        }
    }

    #[test]
    fn a_glance_sees_what_the_whole_reading_sees() {
        for d in
            [json!({}), json!({ "k": "completion", "at": "x", "obj": "no" }), json!({ "a": ",\"k\":\"no\"" })]
        {
            let body = leaf(Some("att-1"), d.clone());
            let glance = Glance::at(&body).expect("a leaf");
            assert_eq!(
                glance,
                Glance { kind: "answer", at: "2026-10-01T00:00:00.123Z", obj: "att-1" },
                "{d}"
            );
            assert_eq!(Glance::at(&leaf(None, d)).expect("a leaf").obj, "");
        }
        assert_eq!(Glance::at(b"{}"), None);
    }

    #[test]
    fn a_content_is_named_by_its_hash_only() {
        let hash = "ab".repeat(32);
        assert_eq!(content_of(&leaf(None, json!({ "rev": hash }))), Some(hash.as_str()));
        assert_eq!(content_of(&leaf(None, json!({ "rev": "短い" }))), None);
        assert_eq!(content_of(&leaf(None, json!({ "q": 1 }))), None);
    }
}
