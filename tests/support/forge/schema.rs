//! Linear's published schema: which documents it takes, and what it answers.

use std::path::Path;
use std::sync::OnceLock;

use apollo_compiler::ast;
use apollo_compiler::executable::{Field, OperationType, SelectionSet};
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonValue;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use serde_json::{Map, Value};

use super::http::Request;

/// Reads it once; `None` where it is not at hand.
pub(crate) fn linear() -> Option<&'static Valid<Schema>> {
    static SCHEMA: OnceLock<Option<Valid<Schema>>> = OnceLock::new();
    let read = || {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/peers/linear-schema.graphql");
        let text = std::fs::read_to_string(path).ok()?;
        Some(Schema::parse_and_validate(text, "linear-schema.graphql").expect("a schema"))
    };
    SCHEMA.get_or_init(read).as_ref()
}

/// One document that the schema takes, with its variables.
pub(super) struct Asked {
    document: Valid<ExecutableDocument>,
    variables: Value,
}

impl Asked {
    /// Reads it; why the schema does not take it, document or variables.
    pub(super) fn read(schema: &Valid<Schema>, request: &Request) -> Result<Self, String> {
        let text = request.text("query").ok_or("there is no query")?;
        let document = ExecutableDocument::parse_and_validate(schema, text, "request.graphql")
            .map_err(|it| it.errors.to_string())?;
        let keys = request.body.as_object().into_iter().flat_map(Map::keys);
        if let Some(key) =
            keys.into_iter().find(|it| !["query", "variables"].contains(&it.as_str()))
        {
            return Err(format!("a request has no '{key}'"));
        }
        let variables = request.body["variables"].clone();
        let known: JsonValue = serde_json::from_value(variables.clone()).expect("it is JSON");
        let known = known.as_object().ok_or("variables are no object")?;
        let operation = document.operations.get(None).map_err(|_| "it is not one operation")?;
        coerce_variable_values(schema, operation, known).map_err(|it| format!("{it:?}"))?;
        let declared = &operation.variables;
        let other = known.keys().find(|key| declared.iter().all(|it| it.name != key.as_str()));
        match other {
            Some(key) => Err(format!("no variable is called '{}'", key.as_str())),
            None => Ok(Self { document, variables }),
        }
    }

    /// The one field that is asked for at the top: `query issue`.
    pub(super) fn name(&self) -> String {
        let operation = self.document.operations.iter().next().expect("there is one");
        let sort = match operation.operation_type {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        let fields: Vec<&str> =
            operation.selection_set.fields().map(|it| it.name.as_str()).collect();
        format!("{sort} {}", fields.join(" "))
    }

    /// The value of an argument of the top field, or of a field below it:
    /// `["issue", "comments"]`, `after`.
    pub(super) fn argument(&self, path: &[&str], name: &str) -> Value {
        let operation = self.document.operations.iter().next().expect("there is one");
        let Some(field) = field_at(&operation.selection_set, path) else { return Value::Null };
        let argument = field.arguments.iter().find(|it| it.name == name);
        argument.map_or(Value::Null, |it| self.value(&it.value))
    }

    fn value(&self, value: &ast::Value) -> Value {
        match value {
            ast::Value::Variable(name) => self.variables[name.as_str()].clone(),
            ast::Value::String(text) => Value::String(text.clone()),
            ast::Value::Int(number) => number.try_to_i32().map_or(Value::Null, Value::from),
            ast::Value::Boolean(it) => Value::Bool(*it),
            ast::Value::List(items) => items.iter().map(|it| self.value(it)).collect(),
            ast::Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, it)| (name.as_str().to_owned(), self.value(it)));
                Value::Object(members.collect())
            }
            _ => Value::Null,
        }
    }

    /// `data` as it is answered: what was asked for and nothing else. What is
    /// missing in it though the schema promises it is a fault of the stand-in.
    pub(super) fn answered(&self, data: &Value, problems: &mut Vec<String>) -> Value {
        let operation = self.document.operations.iter().next().expect("there is one");
        selected(&operation.selection_set, data, problems)
    }
}

fn field_at<'a>(set: &'a SelectionSet, path: &[&str]) -> Option<&'a Field> {
    let (first, rest) = path.split_first()?;
    let field = set.fields().find(|it| it.name == *first)?;
    if rest.is_empty() { Some(field) } else { field_at(&field.selection_set, rest) }
}

fn selected(set: &SelectionSet, value: &Value, problems: &mut Vec<String>) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|it| selected(set, it, problems)).collect(),
        Value::Object(members) => {
            let mut chosen = Map::new();
            for field in set.fields() {
                let value = members.get(field.name.as_str()).unwrap_or(&Value::Null);
                if value.is_null() && field.ty().is_non_null() {
                    problems.push(format!("the stand-in has no {}.{}", set.ty, field.name));
                }
                let below = &field.selection_set;
                let value = if below.selections.is_empty() {
                    value.clone()
                } else {
                    selected(below, value, problems)
                };
                chosen.insert(field.response_key().to_string(), value);
            }
            Value::Object(chosen)
        }
        other => other.clone(),
    }
}
