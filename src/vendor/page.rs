//! The JSON of a status page, as Atlassian's Statuspage publishes it at `/api/v2` and
//! others do likewise.

use jiff::Timestamp;
use serde_json::Value;

use super::notice::{Component, Ends, Notice, Sort, Update};
use super::{MOST_COMPONENTS, MOST_NOTICES, MOST_UPDATES, line};
use crate::http::{items, maybe, maybe_time, text};

/// Words by which something is over.
const OVER: [&str; 3] = ["resolved", "postmortem", "completed"];

/// Words by which a component has trouble.
const TROUBLE: [&str; 3] = ["degraded_performance", "partial_outage", "major_outage"];

/// A list as it was read.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) notices: Vec<Notice>,
    /// Entries whose times cannot be read.
    pub(super) unread: usize,
    /// How many entries it has.
    pub(super) count: usize,
}

/// What a page says of itself.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) name: String,
    /// Incidents that are not over yet.
    pub(super) open: Listed,
    pub(super) troubled: Vec<Component>,
}

/// Incidents of a list; `page` is where people read them.
pub(super) fn incidents(value: &Value, page: &str) -> Result<Listed, String> {
    listed(value, "/incidents", |it| incident(it, page))
}

/// Maintenance of a list, as far as it began.
pub(super) fn maintenances(value: &Value, page: &str) -> Result<Listed, String> {
    listed(value, "/scheduled_maintenances", |it| maintenance(it, page))
}

/// How the page's vendor is.
pub(super) fn summary(value: &Value, page: &str) -> Result<Summary, String> {
    let name = line(&text(value, "/page/name")?, 60);
    let open = incidents(value, page)?;
    let components = items(value, "/components").take(MOST_NOTICES);
    let troubled = components.filter_map(troubled).collect();
    Ok(Summary { name, open, troubled })
}

fn listed(
    value: &Value,
    pointer: &str,
    read: impl Fn(&Value) -> Option<Notice>,
) -> Result<Listed, String> {
    let all = value.pointer(pointer).and_then(Value::as_array);
    let all = all.ok_or_else(|| format!("it has no list at {pointer}"))?;
    let mut listed = Listed { count: all.len(), ..Listed::default() };
    for entry in all.iter().take(MOST_NOTICES) {
        match read(entry) {
            Some(notice) => listed.notices.push(notice),
            None => listed.unread += 1,
        }
    }
    Ok(listed)
}

fn incident(value: &Value, page: &str) -> Option<Notice> {
    let made = maybe_time(value, "/created_at");
    let from = maybe_time(value, "/started_at").or(made)?;
    let over = maybe_time(value, "/resolved_at");
    let ends = over.or_else(|| is_over(value).then(|| maybe_time(value, "/updated_at"))?);
    // One that is over without a time when is none that goes on.
    if ends.is_none() && is_over(value) {
        return None;
    }
    let ends = ends.map_or(Ends::Open, |it| Ends::At(it.max(from)));
    Some(notice(value, page, Sort::Incident, (from, ends, made.unwrap_or(from))))
}

fn maintenance(value: &Value, page: &str) -> Option<Notice> {
    let from = maybe_time(value, "/scheduled_for")?;
    let over = maybe_time(value, "/resolved_at").or_else(|| maybe_time(value, "/completed_at"));
    let planned = maybe_time(value, "/scheduled_until");
    let ends = match maybe(value, "/status").as_deref() {
        Some("in_progress" | "verifying") => Ends::Open,
        _ => Ends::At(over.or(planned).unwrap_or(from).max(from)),
    };
    let made = maybe_time(value, "/created_at").unwrap_or(from);
    Some(notice(value, page, Sort::Maintenance, (from, ends, made)))
}

fn notice(
    value: &Value,
    page: &str,
    sort: Sort,
    (from, ends, listed): (Timestamp, Ends, Timestamp),
) -> Notice {
    let title = line(&maybe(value, "/name").unwrap_or_default(), 120);
    let id = maybe(value, "/id").unwrap_or_else(|| format!("{listed} {title}"));
    Notice {
        sort,
        title,
        from,
        ends,
        listed,
        impact: maybe(value, "/impact").map(|it| line(&it, 20)),
        components: Some(components(value)),
        updates: updates(value),
        link: is_name(&id).then(|| format!("{page}/incidents/{id}")),
        id,
    }
}

/// Letters and digits alone: nothing in it leads elsewhere.
fn is_name(id: &str) -> bool {
    (1..=40).contains(&id.len()) && id.chars().all(|it| it.is_ascii_alphanumeric())
}

fn is_over(value: &Value) -> bool {
    maybe(value, "/status").is_some_and(|it| OVER.contains(&it.as_str()))
}

/// Those that it names, and those that an update of it names.
fn components(value: &Value) -> Vec<String> {
    let own = items(value, "/components");
    let of_updates =
        items(value, "/incident_updates").flat_map(|it| items(it, "/affected_components"));
    let mut names: Vec<String> = Vec::new();
    for name in own.chain(of_updates).filter_map(|it| maybe(it, "/name")) {
        let name = line(&name, 60);
        if !name.is_empty() && !names.contains(&name) && names.len() < MOST_COMPONENTS {
            names.push(name);
        }
    }
    names
}

fn updates(value: &Value) -> Vec<Update> {
    let read = |it: &Value| {
        let at = maybe_time(it, "/display_at").or_else(|| maybe_time(it, "/created_at"))?;
        let status = maybe(it, "/status").map(|it| line(&it, 20));
        Some(Update { at, status, text: line(&maybe(it, "/body").unwrap_or_default(), 120) })
    };
    let mut updates: Vec<Update> =
        items(value, "/incident_updates").take(MOST_NOTICES).filter_map(read).collect();
    updates.sort_by_key(|it| std::cmp::Reverse(it.at));
    updates.truncate(MOST_UPDATES);
    updates
}

fn troubled(value: &Value) -> Option<Component> {
    let status = maybe(value, "/status").filter(|it| TROUBLE.contains(&it.as_str()))?;
    let name = line(&maybe(value, "/name")?, 60);
    Some(Component { name, status, since: maybe_time(value, "/updated_at") })
}
