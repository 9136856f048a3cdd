//! Answers in words, for clients whose model reads text: short, and every
//! statement with its citation.

use serde_json::Value;

/// The items of a list in an answer.
pub(super) fn items<'a>(answer: &'a Value, pointer: &str) -> &'a [Value] {
    answer.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text in an answer; empty where there is none.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The texts of a list in an answer.
pub(super) fn texts<'a>(value: &'a Value, name: &str) -> Vec<&'a str> {
    value[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Where an answer comes from.
pub(super) fn source(answer: &Value) -> String {
    let short = |commit: &str| format!("at commit {}", commit.get(..12).unwrap_or(commit));
    let own = answer["commit"].as_str().map_or("from files outside Git".to_owned(), short);
    let others = items(answer, "/memories").iter().filter_map(|other| {
        Some(format!(", {} {}", other["name"].as_str()?, short(other["commit"].as_str()?)))
    });
    std::iter::once(own).chain(others).collect()
}

/// A page that was found, in two or three lines.
pub(super) fn hit(hit: &Value) -> String {
    let headings = texts(hit, "headings");
    let title =
        if headings.is_empty() { text(hit, "title").to_owned() } else { headings.join(" > ") };
    let mut lines =
        format!("{}. {title}\n   {}\n   {}\n", hit["rank"], text(hit, "cite"), labels(hit));
    let snippet = text(hit, "snippet");
    if !snippet.is_empty() {
        lines.push_str(&format!("   {snippet}\n"));
    }
    lines
}

/// Kind, owners and whatever a reader must not miss.
pub(super) fn labels(hit: &Value) -> String {
    let mut labels = vec![text(hit, "kind").to_owned()];
    if text(hit, "status") != "active" {
        labels.push(text(hit, "status").to_owned());
    }
    if !texts(hit, "owner").is_empty() {
        labels.push(format!("owner {}", texts(hit, "owner").join(", ")));
    }
    if hit["stale"] == true {
        labels.push("STALE: its review is overdue, or it is archived".to_owned());
    }
    if let Some(newer) = hit["superseded_by"].as_str() {
        labels.push(format!("SUPERSEDED by {newer}"));
    }
    for copy in texts(hit, "also") {
        labels.push(format!("also {copy}"));
    }
    labels.join("; ")
}
