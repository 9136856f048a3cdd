//! A service's own words of a refusal.

use serde_json::Value;

/// What a service says of a refusal: `message` and `errors` on GitHub, `message`
/// (a text, a list or a mapping) or `error` on GitLab, `message` on Gitea, `detail` at
/// Sentry.
pub(super) fn words(answer: &Value) -> String {
    let mut words = Vec::new();
    for key in ["message", "error", "errors", "detail"] {
        gather(&answer[key], &mut words);
    }
    if words.is_empty() { "it did not say why".to_owned() } else { words.join("; ") }
}

fn gather(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => words.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|it| gather(it, words)),
        Value::Object(map) => map.values().for_each(|it| gather(it, words)),
        _ => {}
    }
}
