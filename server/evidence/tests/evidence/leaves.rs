//! A leaf has one spelling.

use kokoroe_evidence::leaf::{self, LeafError};
use kokoroe_evidence::{Hash, Kind, Leaf};
use proptest::prelude::*;
use serde_json::{Value, json};

const AT: &str = "2026-11-22T05:12:33.412Z";

fn leaf() -> Leaf {
    Leaf::new("h0001/2026", Kind::ANSWER, AT, "u:0192").unwrap()
}

#[test]
fn a_leaf_is_written_with_sorted_keys_and_no_space() {
    let leaf = leaf()
        .with_obj("att:0193")
        .unwrap()
        .with_req("01JD")
        .unwrap()
        .with_prev_cp(1190)
        .unwrap()
        .with_d(json!({"s": 41, "q": "q:1", "a": ["o2", null, true], "note": "はい\n\"\u{1}\u{7f}"}))
        .unwrap();
    let expected = concat!(
        r#"{"actor":"u:0192","at":"2026-11-22T05:12:33.412Z","#,
        r#""d":{"a":["o2",null,true],"note":"はい\n\"\u0001"#,
        "\u{7f}",
        r#"","q":"q:1","s":41},"k":"answer","#,
        r#""log":"h0001/2026","obj":"att:0193","prev_cp":1190,"req":"01JD","v":1}"#
    );
    assert_eq!(String::from_utf8(leaf.encode()).unwrap(), expected);
    assert_eq!(Leaf::parse(expected.as_bytes()).unwrap(), leaf);
}

#[test]
fn the_hash_of_a_leaf_is_that_of_its_bytes_after_a_zero() {
    let bytes = leaf().encode();
    assert_eq!(leaf::hash(&bytes), Hash::of(&[&[0], &bytes[..]].concat()));
}

#[test]
fn an_absent_object_or_request_is_not_written() {
    let text = String::from_utf8(leaf().encode()).unwrap();
    assert!(!text.contains("obj") && !text.contains("req"));
    assert_eq!(Leaf::parse(text.as_bytes()).unwrap().obj(), None);
}

#[test]
fn what_a_leaf_cannot_hold_is_refused_before_it_is_written() {
    let refused = |d: Value| leaf().with_d(d).unwrap_err();
    assert!(matches!(refused(json!({"a": 0.5})), LeafError::Number(_)));
    assert!(matches!(refused(json!({"a": 1.0})), LeafError::Number(_)));
    assert!(matches!(refused(json!({"a": 9_007_199_254_740_992_i64})), LeafError::Number(_)));
    assert!(matches!(refused(json!({"a": u64::MAX})), LeafError::Number(_)));
    assert!(matches!(refused(json!({"a": -9_007_199_254_740_992_i64})), LeafError::Number(_)));
    assert!(leaf().with_d(json!({"a": [9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64]})).is_ok());
    assert!(matches!(refused(json!({"A": 1})), LeafError::Key(_)));
    assert!(matches!(refused(json!({"": 1})), LeafError::Key(_)));
    assert!(matches!(refused(json!({"a": {"b-c": 1}})), LeafError::Key(_)));
    assert!(matches!(refused(json!({"a": [{"abcdefghijklmnopqrstuvwxyz": 1}]})), LeafError::Key(_)));
    assert!(matches!(refused(json!([1])), LeafError::Part { part: "d", .. }));
    assert!(matches!(leaf().with_prev_cp(1 << 53), Err(LeafError::Number(_))));
    let deep = (0..17).fold(json!(1), |inner, _| json!([inner]));
    assert!(matches!(refused(json!({ "a": deep })), LeafError::TooDeep));
}

#[test]
fn a_name_is_not_an_id() {
    for name in ["", "佐藤", "Sato Hanako", "a\"b", "a\\b", "a\nb", &"a".repeat(201)] {
        assert!(Leaf::new("h/1", Kind::ANSWER, AT, name).is_err(), "{name:?}");
        assert!(Leaf::new(name, Kind::ANSWER, AT, "u:1").is_err(), "{name:?}");
        assert!(leaf().with_obj(name).is_err() && leaf().with_req(name).is_err(), "{name:?}");
    }
}

#[test]
fn a_time_that_never_was_is_refused() {
    for at in [
        "2026-11-22T05:12:33Z",
        "2026-11-22T05:12:33.412",
        "2026-11-22 05:12:33.412Z",
        "2026-13-01T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-02-29T00:00:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T23:60:00.000Z",
        "2026-11-22T23:59:60.000Z",
        "+026-11-22T05:12:33.412Z",
    ] {
        assert!(Leaf::new("h/1", Kind::ANSWER, at, "u:1").is_err(), "{at}");
    }
    assert!(Leaf::new("h/1", Kind::ANSWER, "2028-02-29T23:59:59.999Z", "u:1").is_ok());
}

#[test]
fn every_kind_that_we_write_can_be_read_back() {
    for kind in Kind::ALL {
        assert_eq!(&Kind::new(kind.as_str()).unwrap(), kind);
    }
    for not_a_kind in ["", ".", "a.", ".a", "A", "a b", "a1", "a..b"] {
        assert!(Kind::new(not_a_kind).is_err(), "{not_a_kind:?}");
    }
}

/// A whole leaf with one part of it replaced.
fn with(from: &str, to: &str) -> Result<Leaf, LeafError> {
    let whole = concat!(
        r#"{"actor":"u:1","at":"2026-11-22T05:12:33.412Z","d":{"a":1,"b":"x"},"#,
        r#""k":"answer","log":"h/1","prev_cp":0,"v":1}"#
    );
    assert!(whole.contains(from), "{from}");
    Leaf::parse(whole.replacen(from, to, 1).as_bytes())
}

#[test]
fn json_in_another_spelling_is_not_a_leaf() {
    assert!(with("h/1", "h/1").is_ok());
    for (from, to) in [
        (r#""a":1"#, r#""a": 1"#),
        (r#""a":1"#, r#""a":1.0"#),
        (r#""a":1"#, r#""a":1e0"#),
        (r#""a":1"#, r#""a":01"#),
        (r#""a":1"#, r#""a":-0"#),
        (r#""a":1"#, r#""a":+1"#),
        (r#""a":1"#, r#""a":-"#),
        (r#""a":1"#, r#""a":9007199254740992"#),
        (r#""a":1"#, r#""a":99999999999999999999999999"#),
        (r#""a":1"#, r#""a":[1,]"#),
        (r#""a":1"#, r#""a":[,1]"#),
        (r#""a":1"#, r#""a":True"#),
        (r#""a":1,"b":"x""#, r#""b":"x","a":1"#),
        (r#""a":1,"b":"x""#, r#""a":1,"a":1"#),
        (r#""a":1,"b":"x""#, r#""a":1,"b":"x","#),
        (r#""b":"x""#, r#""b":"\u0078""#),
        (r#""b":"x""#, r#""b":"\u000a""#),
        (r#""b":"x""#, r#""b":"\u001F""#),
        (r#""b":"x""#, r#""b":"\/""#),
        (r#""b":"x""#, "\"b\":\"\n\""),
        (r#""b":"x""#, r#""b":"\ud83d\ude00""#),
        (r#""v":1}"#, r#""v":1} "#),
        (r#""v":1}"#, r#""v":1"#),
        (r#""v":1}"#, r#""v":2}"#),
        (r#""v":1}"#, r#""v":1,"w":1}"#),
        (r#","prev_cp":0"#, ""),
        (r#""prev_cp":0"#, r#""prev_cp":-1"#),
        (r#""prev_cp":0"#, r#""prev_cp":"0""#),
        (r#"{"a":1,"b":"x"}"#, r#"[1]"#),
        (r#""h/1""#, r#""h\n1""#),
        (r#""h/1""#, "7"),
        (r#""answer""#, r#""Answer""#),
    ] {
        assert!(with(from, to).is_err(), "{from} → {to}");
    }
    assert!(with(r#""b":"x""#, r#""b":"\u001f\b\t\n\f\r\"\\😀""#).is_ok());
    assert!(Leaf::parse(b"\xff").is_err() && Leaf::parse(b"").is_err() && Leaf::parse(b"{}").is_err());
    let nested = format!("{{\"d\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Leaf::parse(nested.as_bytes()), Err(LeafError::TooDeep));
}

fn content() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\/a-z]{0,8}".prop_map(Value::from),
    ];
    let nested = plain.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-z0-9_]{1,24}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    prop::collection::btree_map("[a-z0-9_]{1,24}", nested, 0..8)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

proptest! {
    #[test]
    fn a_leaf_reads_back_as_it_was_written(d in content(), size in 0u64..1 << 53) {
        let leaf = leaf().with_prev_cp(size).unwrap().with_d(d.clone()).unwrap();
        let bytes = leaf.encode();
        let back = Leaf::parse(&bytes).unwrap();
        prop_assert_eq!(&back, &leaf);
        prop_assert_eq!(Value::Object(back.d().clone()), d);
        // Any JSON reader agrees on what it says.
        let read: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(&read["d"], &Value::Object(leaf.d().clone()));
    }

    #[test]
    fn whatever_reads_as_a_leaf_is_spelled_as_we_would_spell_it(d in content(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = leaf().with_d(d).unwrap().encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(leaf) = Leaf::parse(&bytes) {
            prop_assert_eq!(leaf.encode(), bytes);
        }
    }
}
