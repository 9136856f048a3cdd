//! An issue or change of a forge.
//!
//! Sources: GitHub's and Gitea's webhooks (`issue`, `pull_request`) and API
//! objects, what `gh issue view --json` prints, GitLab's webhooks
//! (`object_attributes`) and API objects.

use serde_json::Value;

use super::draft::Draft;
use super::field;

pub(super) fn read(value: &Value) -> Option<Draft> {
    let issue = issue(value)?;
    let mut draft = Draft::default();
    draft.title(field::text(issue, "/title"));
    draft.paragraph(field::first_text(issue, &["/body", "/description"]));
    draft.paragraph(field::text(value, "/comment/body"));
    for label in field::items(issue, "/labels").iter().chain(field::items(value, "/labels")) {
        let name = label.as_str().or_else(|| field::first_text(label, &["/name", "/title"]));
        if let Some(name) = name {
            draft.tag(name);
        }
    }
    let repository = ["/repository/full_name", "/project/path_with_namespace"];
    if let Some(name) = field::first_text(value, &repository) {
        draft.label("repository", name);
    }
    draft.severity(field::text(issue, "/severity"));
    draft.link(field::first_text(issue, &["/html_url", "/web_url", "/url"]));
    Some(draft)
}

fn issue(value: &Value) -> Option<&Value> {
    let wrapped = ["/issue", "/pull_request", "/object_attributes"]
        .into_iter()
        .filter_map(|at| value.pointer(at))
        .find(|issue| field::text(issue, "/title").is_some());
    wrapped.or_else(|| is_bare(value).then_some(value))
}

/// Without a wrapper, a title alone says too little.
fn is_bare(value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some();
    let worded = has("body") || has("description");
    field::text(value, "/title").is_some()
        && worded
        && (has("number") || has("iid") || has("html_url") || has("web_url"))
}
