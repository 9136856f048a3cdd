//! What a run keeps: nothing but what redaction let through.
//!
//! A [`Written`] is made here and nowhere else, and the journal takes nothing
//! else. A document goes through text by text, since as a whole it would read
//! as somebody's payload; the same value has the same placeholder all over it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::allowance::NOWHERE;
use crate::canonical::{digest, to_bytes};
use crate::ops::OpError;
use crate::ops::redact::{Screen, safe};

/// Bytes that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    bytes: Vec<u8>,
    digest: String,
}

impl Written {
    /// A document without what may not be kept, and its canonical bytes.
    pub(super) fn document<T: Serialize + DeserializeOwned>(
        screen: &Screen,
        value: &T,
    ) -> Result<(T, Self), OpError> {
        let value = serde_json::to_value(value).map_err(|error| unusable(&error))?;
        let mut hider = Hider::of(screen, &value);
        let hidden = hider.value(value, false)?;
        let bytes = to_bytes(&hidden).map_err(|error| unusable(&error))?;
        let value = serde_json::from_value(hidden).map_err(|error| unusable(&error))?;
        Ok((value, Self::of(bytes)))
    }

    /// A text that was put together from what is hidden already; it must pass
    /// as it is.
    pub(super) fn text(screen: &Screen, text: &str) -> Result<Self, OpError> {
        Ok(Self::of(safe(screen, NOWHERE, text)?.into_string().into_bytes()))
    }

    fn of(bytes: Vec<u8>) -> Self {
        let digest = digest(&bytes);
        Self { bytes, digest }
    }

    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn unusable(error: &dyn std::fmt::Display) -> OpError {
    OpError::Waiting {
        message: format!("what is left after redaction is not of its form any more: {error}"),
        hint: "take the hidden value out of the ticket or the answer, and run it again".to_owned(),
    }
}

/// A text that names nothing yet.
pub(super) fn hidden_text(screen: &Screen, text: &str) -> Result<String, OpError> {
    let mut hider = Hider { screen, last: BTreeMap::new(), given: BTreeMap::new() };
    hider.text(text)
}

/// Hides all over one document.
struct Hider<'a> {
    screen: &'a Screen,
    /// The highest number of each type of placeholder.
    last: BTreeMap<String, usize>,
    /// Numbers of values that were seen.
    given: BTreeMap<(String, String), usize>,
}

impl<'a> Hider<'a> {
    /// Numbers begin after those that the document holds already.
    fn of(screen: &'a Screen, value: &Value) -> Self {
        let mut hider = Self { screen, last: BTreeMap::new(), given: BTreeMap::new() };
        hider.note_numbers(value);
        hider
    }

    fn note_numbers(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.note_text(text),
            Value::Array(items) => items.iter().for_each(|it| self.note_numbers(it)),
            Value::Object(members) => members.iter().for_each(|(key, it)| {
                self.note_text(key);
                self.note_numbers(it);
            }),
            _ => {}
        }
    }

    fn note_text(&mut self, text: &str) {
        for part in text.split('<').skip(1) {
            let Some((kind, number)) = part.split('>').next().and_then(|it| it.rsplit_once('_'))
            else {
                continue;
            };
            if let Ok(number) = number.parse::<usize>() {
                let last = self.last.entry(kind.to_owned()).or_default();
                *last = number.max(*last);
            }
        }
    }

    /// `named` where keys are somebody's own words: what a key says of its value
    /// counts there.
    fn value(&mut self, value: Value, named: bool) -> Result<Value, OpError> {
        Ok(match value {
            Value::String(text) => Value::String(self.text(&text)?),
            Value::Array(items) => {
                let items = items.into_iter().map(|it| self.value(it, named));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Value::Object(members) => Value::Object(self.members(members, named)?),
            other => other,
        })
    }

    fn members(
        &mut self,
        members: Map<String, Value>,
        named: bool,
    ) -> Result<Map<String, Value>, OpError> {
        let mut all = Map::new();
        for (key, value) in members {
            let inner = matches!(key.as_str(), "parameters" | "hypotheses");
            let value = match value {
                Value::String(text) if named => Value::String(self.text_under(&key, &text)?),
                other => self.value(other, inner)?,
            };
            let key = if named { self.text(&key)? } else { key };
            all.insert(key, value);
        }
        Ok(all)
    }

    fn text(&mut self, text: &str) -> Result<String, OpError> {
        self.text_under("", text)
    }

    /// A value under a key of somebody's own: `password` says what follows it.
    fn text_under(&mut self, key: &str, text: &str) -> Result<String, OpError> {
        let head = if key.is_empty() { String::new() } else { format!("{key}: ") };
        let whole = format!("{head}{text}");
        if self.screen.was_clean(&whole) {
            return Ok(text.to_owned());
        }
        let screened = self.screen.redact(NOWHERE, &whole)?;
        if screened.findings.is_empty() {
            self.screen.remember_clean(whole);
            return Ok(text.to_owned());
        }
        let mut hidden = String::with_capacity(text.len());
        let mut at = head.len();
        for found in screened.findings.iter().filter(|it| it.end > head.len()) {
            let start = found.start.max(at);
            hidden.push_str(&whole[at..start]);
            hidden.push_str(&self.placeholder(&found.kind, &whole[start..found.end]));
            at = found.end;
        }
        hidden.push_str(&whole[at..]);
        Ok(hidden)
    }

    fn placeholder(&mut self, kind: &str, value: &str) -> String {
        let last = &mut self.last;
        let number = *self.given.entry((kind.to_owned(), value.to_owned())).or_insert_with(|| {
            let last = last.entry(kind.to_owned()).or_default();
            *last += 1;
            *last
        });
        format!("<{kind}_{number}>")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::redaction::{Redactor, Settings};

    fn screen() -> Screen {
        Screen::strict(Redactor::new(&Settings::default()).unwrap())
    }

    #[test]
    fn one_value_has_one_placeholder_all_over_a_document_and_old_ones_keep_theirs() {
        let mail = |name: &str| format!("{name}@firma.de");
        let value = json!({"a": format!("from {}", mail("maya")), "b": [mail("otto"), mail("maya")],
            "c": "before: <EMAIL_3>"});
        let (value, written) = Written::document(&screen(), &value).unwrap();
        assert_eq!(value["a"], "from <EMAIL_4>");
        assert_eq!(value["b"], json!(["<EMAIL_5>", "<EMAIL_4>"]));
        assert!(written.digest().starts_with("sha256:"));
        let (again, _) = Written::document(&screen(), &value).unwrap();
        assert_eq!(again, value);
    }

    #[test]
    fn what_was_clean_under_one_key_is_looked_at_under_another() {
        let word = ["kugel", "blitz", "77"].concat();
        let screen = screen();
        let under = |key: &str| {
            let value = json!({"parameters": {key: word.clone()}});
            Written::document(&screen, &value).unwrap().0.to_string()
        };
        assert!(under("limit").contains(&word));
        assert!(!under("password").contains(&word));
        assert!(under("limit").contains(&word));
    }

    #[test]
    fn a_key_of_somebody_s_own_says_what_its_value_is() {
        let word = ["kugel", "blitz", "77"].concat();
        let value = json!({"parameters": {"password": word, "limit": "20"}});
        let (value, _) = Written::document(&screen(), &value).unwrap();
        assert!(!value.to_string().contains(&word), "{value}");
        assert_eq!(value["parameters"]["limit"], "20");
    }
}
