use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{number, read, write};

/// Whatever serde_json can hold.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e15..1e15_f64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Text that is nearly JSON.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "dc00", "0041", "a", "-", "+",
        "0", "1", "23", ".", "e", "E5", "true", "false", "null", " ", "\n", "\u{1}", "é", "\\n",
    ]);
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    OneWord,
    Other,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Id(String);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Thing {
    id: Id,
    count: u32,
    offset: i64,
    share: f64,
    kind: Kind,
    note: Option<String>,
    #[serde(default)]
    is_new: bool,
    parts: Vec<Thing>,
    pair: (u8, String),
    by_name: BTreeMap<String, i32>,
}

fn any_thing() -> impl Strategy<Value = Thing> {
    let leaf = (
        (any::<String>(), any::<u32>(), any::<i64>(), -1e9..1e9_f64),
        (any::<bool>(), any::<Option<String>>(), any::<bool>()),
        (any::<u8>(), any::<String>()),
        prop::collection::btree_map(any::<String>(), any::<i32>(), 0..3),
    );
    let leaf = leaf.prop_map(
        |((id, count, offset, share), kind_note_new, pair, by_name)| {
            let (is_other, note, is_new) = kind_note_new;
            Thing {
                id: Id(id),
                count,
                offset,
                share,
                kind: if is_other { Kind::Other } else { Kind::OneWord },
                note,
                is_new,
                parts: Vec::new(),
                pair,
                by_name,
            }
        },
    );
    leaf.prop_recursive(3, 16, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3))
            .prop_map(|(thing, parts)| Thing { parts, ..thing })
    })
}

proptest! {
    #[test]
    fn whatever_serde_json_writes_is_read_as_it_was(value in any_value()) {
        prop_assert_eq!(read::<Value>(&value.to_string()), Ok(value.clone()));
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(read::<Value>(&pretty), Ok(value));
    }

    #[test]
    fn serde_json_reads_whatever_is_written(value in any_value()) {
        prop_assert_eq!(serde_json::from_str::<Value>(&write(&value).unwrap()).unwrap(), value);
    }

    #[test]
    fn types_are_read_and_written_as_serde_json_does(thing in any_thing()) {
        let text = serde_json::to_string(&thing).unwrap();
        prop_assert_eq!(read::<Thing>(&text), Ok(thing.clone()));
        let written = write(&thing).unwrap();
        prop_assert_eq!(serde_json::from_str::<Thing>(&written).unwrap(), thing);
    }

    #[test]
    fn what_is_no_json_is_refused_and_nothing_else(text in any_text()) {
        prop_assert_eq!(read::<Value>(&text).ok(), serde_json::from_str::<Value>(&text).ok());
        // What nobody wants is held to the same.
        let wanted = format!("{{\"a\":1,\"b\":{text}}}");
        #[derive(Deserialize)]
        struct A { a: u8 }
        let found = read::<A>(&wanted).map(|found| found.a).ok();
        prop_assert_eq!(found, serde_json::from_str::<A>(&wanted).map(|found| found.a).ok());
    }

    #[test]
    fn every_finite_number_is_read_to_the_last_digit(value in any::<f64>()) {
        let value = Some(value).filter(|value| value.is_finite()).unwrap_or(0.1);
        prop_assert_eq!(number(&format!("{value:?}")).map(f64::to_bits), Some(value.to_bits()));
        prop_assert_eq!(number(&format!("{value:e}")).map(f64::to_bits), Some(value.to_bits()));
    }
}

#[test]
fn numbers_are_as_json_spells_them() {
    for (text, value) in [
        ("0", 0.0),
        ("-0", -0.0),
        ("70", 70.0),
        ("0.1", 0.1),
        ("-3.25", -3.25),
        ("1e3", 1000.0),
        ("1.5E-3", 0.0015),
        ("9007199254740993", 9_007_199_254_740_992.0),
        ("1e-400", 0.0),
        ("123456789012345678901234567890", 1.234_567_890_123_456_8e29),
    ] {
        assert_eq!(number(text), Some(value), "{text}");
    }
    for text in [
        "", "-", "01", "1.", ".5", "1e", "+1", "1e999", "NaN", "1 2", "0x1",
    ] {
        assert_eq!(number(text), None, "{text}");
    }
}

#[test]
fn fields_come_from_objects_and_are_all_there() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Named {
        name: String,
    }
    let named = |text: &str| read::<Named>(text).map(|named| named.name);
    assert_eq!(
        named(r#"{"more": [1, {"x": null}], "name": "\u00e9\ud83d\ude00\n"}"#),
        Ok("é😀\n".to_owned())
    );
    for text in [
        "{}",
        "[\"name\"]",
        r#"{"name": 1}"#,
        r#"{"name": "a",}"#,
        r#"{"name": "a"} x"#,
    ] {
        assert!(named(text).is_err(), "{text}");
    }
}
