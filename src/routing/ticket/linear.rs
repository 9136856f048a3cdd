//! Linear.
//!
//! Sources: its webhooks (`data` with `type` Issue or Comment) and the issue
//! of its GraphQL API, bare or under `data.issue`.

use serde_json::Value;

use super::draft::Draft;
use super::field;

pub(super) fn read(value: &Value) -> Option<Draft> {
    let comment = field::text(value, "/type") == Some("Comment");
    let inner =
        if comment { ["/data/issue"].as_slice() } else { &["/data/issue", "/data", "/issue", ""] };
    let issue =
        inner.iter().filter_map(|at| value.pointer(at)).find(|issue| is_issue(value, issue))?;
    let mut draft = Draft::default();
    draft.title(field::text(issue, "/title"));
    draft.paragraph(field::text(issue, "/description"));
    if comment {
        draft.paragraph(field::text(value, "/data/body"));
    }
    for label in ["/labels", "/labels/nodes"].iter().flat_map(|at| field::items(issue, at)) {
        if let Some(name) = label.as_str().or_else(|| field::text(label, "/name")) {
            draft.tag(name);
        }
    }
    for (pointer, label) in
        [("/state/name", "state"), ("/team/key", "team"), ("/project/name", "project")]
    {
        if let Some(text) = field::text(issue, pointer) {
            draft.label(label, text);
        }
    }
    draft.severity(field::text(issue, "/priorityLabel"));
    draft.link(field::first_text(issue, &["/url"]).or_else(|| field::text(value, "/url")));
    Some(draft)
}

/// A Linear issue is known by `identifier`; a webhook's sender also by its
/// envelope.
fn is_issue(whole: &Value, issue: &Value) -> bool {
    let titled = field::text(issue, "/title").is_some();
    let envelope = field::text(whole, "/action").is_some()
        && matches!(field::text(whole, "/type"), Some("Issue" | "Comment"));
    titled && (field::text(issue, "/identifier").is_some() || envelope)
}
