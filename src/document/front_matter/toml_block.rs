//! TOML as JSON values; dates become the text that they are written as.

use serde_json::{Map, Value};
use toml::Value as Toml;

use super::Malformed;

/// Reads one document.
pub(super) fn read(text: &str) -> Result<Value, Malformed> {
    match text.parse::<toml::Table>() {
        Ok(table) => Ok(object(table)),
        Err(error) => {
            let before =
                &text[..error.span().map_or(0, |span| text.floor_char_boundary(span.start))];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            Err(Malformed {
                line: u32::try_from(line).unwrap_or(u32::MAX),
                column: u32::try_from(column).unwrap_or(u32::MAX),
                message: error.message().lines().next().unwrap_or_default().to_owned(),
            })
        }
    }
}

fn object(table: toml::Table) -> Value {
    Value::Object(table.into_iter().map(|(key, item)| (key, value(item))).collect::<Map<_, _>>())
}

fn value(item: Toml) -> Value {
    match item {
        Toml::String(text) => Value::String(text),
        Toml::Integer(number) => number.into(),
        Toml::Float(number) => number.into(),
        Toml::Boolean(yes) => Value::Bool(yes),
        Toml::Datetime(time) => Value::String(time.to_string()),
        Toml::Array(items) => items.into_iter().map(value).collect(),
        Toml::Table(table) => object(table),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_stay_text() {
        assert_eq!(
            read("a = 2026-10-02\nb = [1, 'x']\n[c]\nd = true\n").ok(),
            Some(json!({"a": "2026-10-02", "b": [1, "x"], "c": {"d": true}}))
        );
    }

    #[test]
    fn an_error_names_its_place() {
        let error = read("a = 1\nb = = 2\n").unwrap_err();
        assert_eq!((error.line, error.column), (2, 5));
        assert!(read(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
