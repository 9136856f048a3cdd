//! YAML 1.2 as a tree that knows its lines.
//!
//! Only `true` and `false` are booleans, and only what JSON would call a
//! number is one: `0012`, `0x1F` and `1_000` stay text.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use crate::diagnostic::Diagnostic;

/// Settings files above this many bytes are not read.
const MAX_BYTES: usize = 1_000_000;

/// Deeper nesting than any setting has.
const MAX_DEPTH: usize = 32;

/// A value and the line on which it stands; 0 where there are no lines.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) line: u32,
    pub(super) value: Yaml,
}

/// What a node holds. A number keeps the text that it was written as.
#[derive(Clone)]
pub(super) enum Yaml {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// A value without a line.
    pub(super) fn of(value: Yaml) -> Self {
        Self { line: 0, value }
    }
}

/// Reads a settings file. An empty one is [`Yaml::Null`].
pub(super) fn parse(bytes: &[u8]) -> Result<Node, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        return Err(malformed(0, 0, format!("the file is larger than {MAX_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
        malformed(u32::try_from(line).unwrap_or(0), 0, "the line is not UTF-8".to_owned())
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Snippets would repeat the file's text in a message, secrets included.
    let options = serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        budget: serde_yaml::budget! { max_depth: MAX_DEPTH },
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(raw.value.settle(line_of(&raw.referenced), text, &raw.defined)),
        Err(error) => Err(from_error(&error)),
    }
}

fn from_error(error: &serde_yaml::Error) -> Diagnostic {
    let at = error.location();
    let line = at.as_ref().map_or(0, line_of);
    let column = at.as_ref().map_or(0, |at| u32::try_from(at.column()).unwrap_or(0));
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let message = first.strip_prefix(&format!("line {line} column {column}: ")).unwrap_or(first);
    malformed(line, column, message.to_owned())
}

fn malformed(line: u32, column: u32, message: String) -> Diagnostic {
    Diagnostic::error("settings-malformed", line, column, message)
}

fn line_of(location: &serde_yaml::Location) -> u32 {
    u32::try_from(location.line()).unwrap_or(0)
}

/// What the parser infers, before numbers are judged by their text.
enum Raw {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl Raw {
    fn settle(self, line: u32, text: &str, at: &serde_yaml::Location) -> Node {
        let value = match self {
            Self::Null => Yaml::Null,
            Self::Bool(value) => Yaml::Bool(value),
            Self::Number(value) => number(written(text, at).unwrap_or_else(|| value.to_string())),
            Self::Text(value) => Yaml::Text(value),
            Self::List(items) => Yaml::List(items.into_iter().map(|it| below(it, text)).collect()),
            Self::Map(entries) => Yaml::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let line = line_of(&key.referenced);
                        (key.value, Node { line, ..below(value, text) })
                    })
                    .collect(),
            ),
        };
        Node { line, value }
    }
}

fn below(raw: Spanned<Raw>, text: &str) -> Node {
    raw.value.settle(line_of(&raw.referenced), text, &raw.defined)
}

fn written(text: &str, at: &serde_yaml::Location) -> Option<String> {
    let span = at.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let length = usize::try_from(span.byte_len()?).ok()?;
    Some(text.get(start..start.checked_add(length)?)?.trim().to_owned())
}

/// A number by JSON's grammar, else text.
pub(super) fn number(written: String) -> Yaml {
    match serde_json::from_str::<serde_json::Number>(&written) {
        Ok(_) => Yaml::Number(written),
        Err(_) => Yaml::Text(written),
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "the text that was written is used instead")]
    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the text that was written is used instead")]
    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node) -> String {
        match &node.value {
            Yaml::Null => "null".to_owned(),
            Yaml::Bool(value) => value.to_string(),
            Yaml::Number(value) => value.clone(),
            Yaml::Text(value) => format!("{value:?}"),
            Yaml::List(items) => format!("{:?}", items.iter().map(shown).collect::<Vec<_>>()),
            Yaml::Map(entries) => {
                let one = |(key, it): &(String, Node)| format!("{key}@{}={} ", it.line, shown(it));
                entries.iter().map(one).collect::<Vec<_>>().concat()
            }
        }
    }

    #[test]
    fn only_json_numbers_and_true_and_false_are_not_text() {
        let node = parse(
            "\u{feff}a: 0012\r\nb: off\r\nc: yes\r\nd: true\r\ne: 1_000\r\nf: 0x1F\r\ng: -3.5\r\nh: \"7\"\r\ni: 010\r\n"
                .as_bytes(),
        );
        assert_eq!(
            shown(&node.ok().unwrap()),
            r#"a@1="0012" b@2="off" c@3="yes" d@4=true e@5="1_000" f@6="0x1F" g@7=-3.5 h@8="7" i@9="010" "#
        );
    }

    #[test]
    fn a_key_has_the_line_on_which_it_stands() {
        let node = parse(b"# first\na:\n\n  b: &x 12\nc: *x\n").ok().unwrap();
        assert_eq!(shown(&node), "a@2=b@4=12  c@5=12 ");
    }

    #[test]
    fn malformed_yaml_is_one_diagnostic_with_its_place() {
        let error = parse(b"a: 1\ntoken: [hunter2\n").err().unwrap();
        assert_eq!((error.line, error.column), (2, 8));
        assert!(!error.message.contains("hunter2"), "{}", error.message);
        assert!(!error.message.starts_with("line"), "{}", error.message);
        assert_eq!(parse(b"a: 1\n\n\xff\n").err().unwrap().line, 3);
    }

    fn nine_of_the_one_before(name: u8) -> String {
        let (to, from) = (char::from(name), char::from(name - 1));
        format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(","))
    }

    #[test]
    fn nesting_and_alias_bombs_end() {
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned()
            + &(b'b'..b'm').map(nine_of_the_one_before).collect::<Vec<_>>().concat();
        assert!(parse(bomb.as_bytes()).is_err());
        assert!(parse(&vec![b'#'; MAX_BYTES + 1]).is_err());
    }
}
