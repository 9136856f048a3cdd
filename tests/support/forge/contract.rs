//! GitHub's `OpenAPI` description: what it takes, what it answers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::http::{Answer, Request};

/// The description, with what was looked at.
pub(crate) struct Contract {
    /// With `nullable` as JSON Schema has it.
    document: Value,
    validators: RefCell<BTreeMap<String, Validator>>,
    /// Method and path of what was held to it, and how often.
    pub(crate) held: RefCell<BTreeMap<String, usize>>,
    /// The same of what it does not describe.
    pub(crate) beyond: RefCell<BTreeMap<String, usize>>,
}

impl Contract {
    /// Reads it; `None` where it is not at hand. `GITHUB_OPENAPI` names another
    /// file, such as the whole description.
    #[expect(clippy::disallowed_methods, reason = "which description is asked for from outside")]
    pub(crate) fn read() -> Option<Self> {
        let usual = "../shared/peers/github-openapi.json";
        let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join(usual);
        let path = std::env::var_os("GITHUB_OPENAPI").map_or(usual, Into::into);
        let document: Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let empty = || RefCell::new(BTreeMap::new());
        let document = as_json_schema(document);
        let validators = RefCell::new(BTreeMap::new());
        Some(Self { document, validators, held: empty(), beyond: empty() })
    }

    /// Notes whatever of a request or its answer is not as it is described.
    pub(super) fn hold(&self, request: &Request, answer: &Answer, problems: &mut Vec<String>) {
        let method = request.method.to_lowercase();
        let Some((template, operation)) = self.operation(&method, &request.path) else {
            let name = format!("{} {}", request.method, request.path);
            *self.beyond.borrow_mut().entry(name).or_default() += 1;
            return;
        };
        let name = format!("{} {template}", request.method);
        *self.held.borrow_mut().entry(name.clone()).or_default() += 1;
        self.query(&name, operation, request, problems);
        self.body(&name, &template, &method, request, problems);
        let said: Value = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
        let response = self.resolved(&operation["responses"][answer.status.to_string()]).clone();
        if response.is_null() {
            problems.push(format!("{name}: an answer {} is not described", answer.status));
        } else if let Some(schema) = response.pointer("/content/application~1json/schema") {
            self.check(&format!("{name} {}", answer.status), schema, &said, problems);
        }
    }

    fn operation(&self, method: &str, path: &str) -> Option<(String, &Value)> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &str| {
            let wanted: Vec<&str> = template.split('/').collect();
            let same = |(want, is): (&&str, &&str)| want.starts_with('{') || want == is;
            wanted.len() == parts.len() && wanted.iter().zip(&parts).all(same)
        };
        let paths = self.document["paths"].as_object()?;
        let found = paths.iter().filter(|(template, _)| fits(template));
        // The most exact one.
        let found = found.min_by_key(|(template, _)| template.matches('{').count());
        let (template, item) = found?;
        Some((template.clone(), item.get(method)?))
    }

    fn query(&self, name: &str, operation: &Value, request: &Request, problems: &mut Vec<String>) {
        let known = operation["parameters"].as_array().into_iter().flatten();
        let known: Vec<&Value> = known.map(|it| self.resolved(it)).collect();
        for (key, value) in &request.query {
            let parameter = known.iter().find(|it| it["in"] == "query" && it["name"] == *key);
            let Some(parameter) = parameter else {
                problems.push(format!("{name}: it has no parameter '{key}'"));
                continue;
            };
            let schema = &parameter["schema"];
            let value = match schema["type"].as_str() {
                Some("integer") => value.parse::<u64>().map_or(json!(value), |it| json!(it)),
                _ => json!(value),
            };
            self.check(&format!("{name} ?{key}"), schema, &value, problems);
        }
    }

    fn body(
        &self,
        name: &str,
        template: &str,
        method: &str,
        request: &Request,
        problems: &mut Vec<String>,
    ) {
        let body = &self.document["paths"][template][method]["requestBody"];
        let Some(schema) = self.resolved(body).pointer("/content/application~1json/schema") else {
            if !request.body.is_null() {
                problems.push(format!("{name}: it takes no body"));
            }
            return;
        };
        self.check(&format!("{name} body"), schema, &request.body, problems);
        // What is not described would be ignored: a typing error is no success.
        if let Some(known) = schema["properties"].as_object() {
            let keys = request.body.as_object().into_iter().flat_map(Map::keys);
            let unknown = keys.filter(|it| !known.contains_key(*it));
            problems.extend(unknown.map(|it| format!("{name}: it has no field '{it}'")));
        }
    }

    fn check(&self, name: &str, schema: &Value, value: &Value, problems: &mut Vec<String>) {
        let mut validators = self.validators.borrow_mut();
        let validator = validators.entry(name.to_owned()).or_insert_with(|| {
            let mut root = schema.clone();
            if let Value::Object(root) = &mut root {
                root.insert("components".to_owned(), self.document["components"].clone());
            }
            jsonschema::draft4::new(&root).expect("the description is a schema")
        });
        let found = validator.iter_errors(value).take(3);
        problems.extend(found.map(|it| format!("{name}: {it} at {}", it.instance_path())));
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str().and_then(|it| it.strip_prefix('#')) {
            Some(pointer) => self.document.pointer(pointer).unwrap_or(&Value::Null),
            None => value,
        }
    }

    /// A value with everything that the schema called so demands, and `ours`
    /// over it.
    pub(super) fn filled(&self, schema: &str, ours: &Value) -> Value {
        let schema = &self.document["components"]["schemas"][schema];
        let mut value = self.least(schema);
        lay_over(&mut value, ours);
        value
    }

    /// The least value that a schema takes.
    fn least(&self, schema: &Value) -> Value {
        let schema = self.resolved(schema);
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(options) = schema[key].as_array() {
                let is_null = |it: &&Value| it["type"] == "null";
                let option = options.iter().find(is_null).unwrap_or(&options[0]);
                return self.least(option);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let mut all = json!({});
            for it in parts {
                lay_over(&mut all, &self.least(it));
            }
            return all;
        }
        match schema["type"].as_str() {
            Some("null") => Value::Null,
            Some("array") => json!([]),
            Some("integer" | "number") => json!(1),
            Some("boolean") => json!(false),
            Some("string") => match schema["format"].as_str() {
                Some("date-time") => json!("2026-01-01T00:00:00Z"),
                Some("uri") => json!("https://forge.example/x"),
                Some("email") => json!("a@example.org"),
                _ => json!("x"),
            },
            _ => {
                let required = schema["required"].as_array().into_iter().flatten();
                let required = required.filter_map(Value::as_str);
                let one = |it: &str| (it.to_owned(), self.least(&schema["properties"][it]));
                Value::Object(required.map(one).collect())
            }
        }
    }
}

fn lay_over(value: &mut Value, ours: &Value) {
    match (value, ours) {
        (Value::Object(value), Value::Object(ours)) => {
            for (key, it) in ours {
                lay_over(value.entry(key.clone()).or_insert(Value::Null), it);
            }
        }
        (value, ours) => *value = ours.clone(),
    }
}

/// `nullable` (`OpenAPI` 3.0) as JSON Schema says it.
fn as_json_schema(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(as_json_schema).collect(),
        Value::Object(mut map) => {
            let is_nullable = map.get("nullable") == Some(&Value::Bool(true));
            if map.get("nullable").is_some_and(Value::is_boolean) {
                map.remove("nullable");
            }
            let map: Map<String, Value> =
                map.into_iter().map(|(key, it)| (key, as_json_schema(it))).collect();
            match (is_nullable, Value::Object(map)) {
                (true, schema) => json!({"anyOf": [schema, {"type": "null"}]}),
                (false, schema) => schema,
            }
        }
        other => other,
    }
}
