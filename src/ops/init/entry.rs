//! The entry that makes a client start `prode mcp`.
//!
//! Files of others: only what is needed is added, an entry called `prode`
//! stays as it is, and a file that cannot be read is left alone.

use serde_json::{Value, json};

/// How a client's file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON, servers below this key.
    Json(&'static str),
    /// TOML, servers below `mcp_servers`.
    Toml,
}

const TOML: &str = "[mcp_servers.prode]\ncommand = \"prode\"\nargs = [\"mcp\"]\n";

/// The file with the entry; as it was where it has one. Why not, where it
/// cannot be edited.
pub(super) fn with_entry(form: Form, before: Option<&str>) -> Result<String, String> {
    match (form, before.filter(|text| !text.trim().is_empty())) {
        (Form::Json(key), None) => Ok(pretty(&json!({ key: { "prode": server(key) } }))),
        (Form::Json(key), Some(text)) => into_json(key, text),
        (Form::Toml, None) => Ok(TOML.to_owned()),
        (Form::Toml, Some(text)) => into_toml(text),
    }
}

/// VS Code, alone in calling them `servers`, wants the transport named.
fn server(key: &str) -> Value {
    match key {
        "servers" => json!({ "type": "stdio", "command": "prode", "args": ["mcp"] }),
        _ => json!({ "command": "prode", "args": ["mcp"] }),
    }
}

fn into_json(key: &str, text: &str) -> Result<String, String> {
    let mut value: Value =
        serde_json::from_str(text).map_err(|error| format!("it is no plain JSON: {error}"))?;
    let whole = value.as_object_mut().ok_or("it is no JSON object")?;
    let servers = whole.entry(key).or_insert_with(|| json!({}));
    let servers = servers.as_object_mut().ok_or_else(|| format!("'{key}' is no object"))?;
    if servers.contains_key("prode") {
        return Ok(text.to_owned());
    }
    let is_only = servers.is_empty();
    servers.insert("prode".to_owned(), server(key));
    let in_place = inserted(key, text, is_only);
    let is_it = |text: &String| serde_json::from_str::<Value>(text).is_ok_and(|it| it == value);
    Ok(in_place.filter(is_it).unwrap_or_else(|| pretty(&value)))
}

/// The text with the entry put first among the servers, every other line as
/// it was; `None` where the place is not plain to see.
fn inserted(key: &str, text: &str, is_only: bool) -> Option<String> {
    let quoted = format!("\"{key}\"");
    let after_key = text.find(&quoted)? + quoted.len();
    let brace = after_key + text[after_key..].find('{')? + 1;
    let entry = format!("\n    \"prode\": {}", server(key));
    let end = if is_only { "\n  " } else { "," };
    Some(format!("{}{entry}{end}{}", &text[..brace], text[brace..].trim_start_matches(' ')))
}

fn into_toml(text: &str) -> Result<String, String> {
    let value: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| format!("it is no TOML: {}", error.message()))?;
    let servers = value.get("mcp_servers").and_then(toml::Value::as_table);
    if servers.is_some_and(|servers| servers.contains_key("prode")) {
        return Ok(text.to_owned());
    }
    let added = format!("{}\n\n{TOML}", text.trim_end());
    match added.parse::<toml::Table>() {
        Ok(_) => Ok(added),
        Err(_) => Err("'mcp_servers' is written so that nothing can be added below it".to_owned()),
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVERS: Form = Form::Json("mcpServers");

    #[test]
    fn a_new_file_holds_the_entry_alone() {
        let text = with_entry(SERVERS, None).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value, json!({"mcpServers": {"prode": {"command": "prode", "args": ["mcp"]}}}));
        assert_eq!(with_entry(Form::Toml, None).unwrap(), TOML);
    }

    #[test]
    fn other_servers_stay_as_they_are_written() {
        let before = "{\n  \"mcpServers\": {\n    \"other\":   {\"command\": \"x\"}\n  }\n}\n";
        let after = with_entry(SERVERS, Some(before)).unwrap();
        assert!(after.contains("    \"other\":   {\"command\": \"x\"}\n"), "{after}");
        assert_eq!(
            serde_json::from_str::<Value>(&after).unwrap()["mcpServers"]["prode"],
            server("mcpServers")
        );
        assert_eq!(with_entry(SERVERS, Some(&after)).unwrap(), after);
    }

    #[test]
    fn an_empty_list_and_a_file_without_one_get_it() {
        for before in ["{\"mcpServers\": {}}", "{\"x\": \"mcpServers {\"}", "{}", ""] {
            let after = with_entry(SERVERS, Some(before)).unwrap();
            let value: Value = serde_json::from_str(&after).unwrap();
            assert_eq!(value["mcpServers"]["prode"], server("mcpServers"), "{before}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for before in ["// comment\n{}", "[]", "{\"mcpServers\": 3}"] {
            assert!(with_entry(SERVERS, Some(before)).is_err(), "{before}");
        }
        for before in ["= 1", "mcp_servers = 3", "mcp_servers = { a = { command = \"x\" } }"] {
            assert!(with_entry(Form::Toml, Some(before)).is_err(), "{before}");
        }
    }

    #[test]
    fn toml_is_added_at_the_end_once() {
        let after = with_entry(Form::Toml, Some("model = \"x\" # mine\n")).unwrap();
        assert_eq!(after, format!("model = \"x\" # mine\n\n{TOML}"));
        assert_eq!(with_entry(Form::Toml, Some(&after)).unwrap(), after);
    }
}
