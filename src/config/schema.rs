//! The JSON Schema of `prode.yaml`, made from the table of keys.

use serde_json::{Map, Value, json};

use super::keys::{KEYS, Key, MayCome};

/// The schema: what a repository's file may hold.
pub(super) fn settings() -> Value {
    let mut top = object();
    for key in KEYS.iter().filter(|key| key.may_come == MayCome::Anywhere) {
        insert(&mut top, key);
    }
    top.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    top.insert("title".to_owned(), json!("prode.yaml"));
    Value::Object(top)
}

fn insert(top: &mut Map<String, Value>, key: &Key) {
    let parts: Vec<&str> = key.parts().collect();
    let mut at = top;
    for (depth, part) in parts.iter().enumerate() {
        let is_leaf = depth + 1 == parts.len();
        let fresh = || if is_leaf { leaf(key) } else { Value::Object(object()) };
        let slot = slot(at, part, fresh);
        let Value::Object(next) = slot else { return };
        at = next;
    }
}

/// The place of a part's schema: a property, or for `*` every other property.
fn slot<'a>(
    at: &'a mut Map<String, Value>,
    part: &str,
    fresh: impl FnOnce() -> Value,
) -> &'a mut Value {
    if part != "*" {
        let properties = at.entry("properties").or_insert_with(|| json!({}));
        if let Value::Object(properties) = properties {
            return properties.entry(part).or_insert_with(fresh);
        }
        return properties;
    }
    let others = at.entry("additionalProperties").or_insert(Value::Null);
    if !others.is_object() {
        *others = fresh();
    }
    others
}

fn object() -> Map<String, Value> {
    let Value::Object(map) = json!({"type": "object", "additionalProperties": false}) else {
        return Map::new();
    };
    map
}

fn leaf(key: &Key) -> Value {
    let mut schema = key.takes.schema();
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), json!(key.about));
        if !key.default.is_empty() {
            let default = super::takes::to_json(&key.takes.node_of(key.default));
            schema.insert("default".to_owned(), default);
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_follows_the_table() {
        let schema = settings();
        let at = |pointer: &str| schema.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(at("/properties/routing/properties/budget/default"), json!(4000));
        assert_eq!(at("/properties/review/properties/sop/default"), json!("90d"));
        assert_eq!(at("/properties/review/additionalProperties/type"), json!("string"));
        assert_eq!(
            at("/properties/lint/properties/paths/additionalProperties/additionalProperties/enum"),
            json!(["off", "info", "warning", "error"])
        );
        assert_eq!(at("/additionalProperties"), json!(false));
        assert_eq!(at("/properties/store"), Value::Null, "what is the user's is not in it");
    }
}
