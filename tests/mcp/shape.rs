//! Whether a value fits a JSON Schema, for the keywords that the tools use.

use serde_json::Value;

/// What is wrong with `value`, with its place; empty if it fits.
pub(super) fn complaints(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(wanted) = schema["type"].as_str()
        && !is_a(wanted, value)
    {
        all.push(format!("{at} is no {wanted}: {value}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            all.push(format!("{at}/{name} is missing"));
        }
    }
    let none = serde_json::Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    for (name, value) in value.as_object().unwrap_or(&none) {
        match properties.get(name) {
            Some(schema) => all.extend(complaints(schema, value, &format!("{at}/{name}"))),
            None if schema["additionalProperties"] == false => all.push(format!("{at}/{name}")),
            None => {}
        }
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        all.extend(complaints(&schema["items"], item, &format!("{at}/{number}")));
    }
    all
}

fn is_a(wanted: &str, value: &Value) -> bool {
    match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        other => panic!("a type that no tool uses: {other}"),
    }
}
