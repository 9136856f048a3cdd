//! YAML as JSON values, with texts kept as they are written.
//!
//! YAML 1.2: only `true` and `false` are booleans, a date is text. A number
//! stays one only where writing it again gives the same characters, so that
//! `0012`, `1.10` and `0x1F` stay what their author sees. Limits on depth,
//! size and aliases turn a hostile block into an error.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::{DuplicateKeyPolicy, NonFiniteFloatPolicy, Span, Spanned};

use super::Malformed;

/// Nesting of lists and mappings.
const MAX_DEPTH: usize = 32;
/// Values, keys and brackets, counted before and after aliases are followed.
const MAX_EVENTS: usize = 100_000;

/// Reads one document.
pub(super) fn read(text: &str) -> Result<Value, Malformed> {
    let tree: Node = serde_yaml::from_str_with_options(text, options()).map_err(|error| {
        let at = error.location();
        Malformed {
            line: at.map_or(1, |at| u32::try_from(at.line()).unwrap_or(1)),
            column: at.map_or(1, |at| u32::try_from(at.column()).unwrap_or(1)),
            message: one_line(&error.without_snippet().to_string()),
        }
    })?;
    Ok(tree.into_value(text))
}

fn options() -> serde_yaml::Options {
    let mut options = serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_events: MAX_EVENTS,
            max_nodes: MAX_EVENTS,
            max_aliases: 1000,
            max_anchors: 1000,
        },
        strict_booleans: true,
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        ignore_binary_tag_for_string: true,
        with_snippet: false,
    };
    options.alias_limits.max_total_replayed_events = MAX_EVENTS;
    options
}

/// The first line without its place, which counts from the block's own top.
fn one_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    line.split(" at line ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// A value that remembers where its numbers stand.
struct Node(Spanned<Shape>);

enum Shape {
    Plain(Value),
    Number(Number),
    List(Vec<Node>),
    Mapping(Vec<(String, Node)>),
}

impl Node {
    fn into_value(self, text: &str) -> Value {
        let Spanned { value, defined, .. } = self.0;
        match value {
            Shape::Plain(value) => value,
            Shape::Number(number) => written(number, defined.span(), text),
            Shape::List(list) => list.into_iter().map(|node| node.into_value(text)).collect(),
            Shape::Mapping(pairs) => Value::Object(
                pairs
                    .into_iter()
                    .map(|(key, node)| (key, node.into_value(text)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

/// The number, or its text where writing the number gives other characters.
fn written(number: Number, span: Span, text: &str) -> Value {
    match slice(span, text).map(str::trim) {
        Some(written) if written != number.to_string() => Value::String(written.to_owned()),
        _ => Value::Number(number),
    }
}

fn slice(span: Span, text: &str) -> Option<&str> {
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let len = usize::try_from(span.byte_len()?).ok()?;
    text.get(start..start.checked_add(len)?)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Shape, E> {
        Ok(Shape::Plain(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Shape, E> {
        Ok(Shape::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Shape, E> {
        Ok(Shape::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Shape, E> {
        Ok(Number::from_f64(value).map_or(Shape::Plain(Value::Null), Shape::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Shape, E> {
        Ok(Shape::Plain(Value::String(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Shape, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(Shape::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Shape::Mapping(pairs))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_stay_as_written() {
        let value = read(
            "a: 0012\nb: 1.10\nc: yes\nd: 2026-10-02\ne: 12\nf: true\ng: 0x1F\nh: 'x'\ni: .inf\nj: ~\nk: 1_000\nl: -5\nm: 1.5\nn: off\n7: x\no: !tag v\np: 0o17\n",
        );
        assert_eq!(
            value.ok(),
            Some(json!({
                "a": "0012", "b": "1.10", "c": "yes", "d": "2026-10-02", "e": 12, "f": true,
                "g": "0x1F", "h": "x", "i": ".inf", "j": null, "k": "1_000", "l": -5, "m": 1.5,
                "n": "off", "7": "x", "o": "v", "p": "0o17"
            }))
        );
    }

    #[test]
    fn an_alias_keeps_the_text_of_its_anchor() {
        assert_eq!(read("a: &v 1.10\nb: *v\n").ok(), Some(json!({"a": "1.10", "b": "1.10"})));
    }

    #[test]
    fn the_last_of_equal_keys_wins() {
        assert_eq!(read("a: 1\na: 2\n").ok(), Some(json!({"a": 2})));
    }

    #[test]
    fn an_error_names_its_place() {
        let error = read("a: 1\nb: [x\nc: d: e\n").unwrap_err();
        assert!(error.line >= 2 && error.column >= 1, "{error:?}");
    }

    #[test]
    fn a_bomb_is_an_error() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..30 {
            let alias = format!("*a{},", i - 1).repeat(9);
            bomb.extend(["a", &i.to_string(), ": &a", &i.to_string(), " [", &alias, "]\n"]);
        }
        assert!(read(&bomb).is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&"- ".repeat(100_000)).is_err());
        assert!(read("a: &a [*a]\n").is_err());
    }
}
