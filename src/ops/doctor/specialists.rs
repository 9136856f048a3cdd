//! Built-in specialists: whether their settings can be used, and what is said to services
//! that they ask.

use serde_json::Value;

use super::Row;
use crate::config::Settings;
use crate::ops::triage::{set_up, standby_is_encrypted};
use crate::workspace::Workspace;

/// Each with the setting without which it asks nobody, and what goes to whom; a text in that
/// setting is said behind it.
const BUILT_IN: [(&str, &str, &str); 7] = [
    ("aws", "region", "questions about the services that you list to AWS in"),
    (
        "postgres",
        "role",
        "questions about the tables that you list, with values of a ticket bound, to your standby as",
    ),
    (
        "sentry",
        "organization",
        "questions about the projects that you list, with ids of issues, to Sentry for",
    ),
    ("github", "services", "questions about the repositories that you list to GitHub"),
    ("gitlab", "services", "questions about the repositories that you list to GitLab"),
    ("support", "search", "searches of customers' tickets to a program or server of yours"),
    ("vendor", "vendors", "nothing but an address to the status pages and feeds that you list"),
];

const TOPIC: &str = "specialists";

/// Those that are set up; nobody is asked whether they answer.
pub(super) fn row(workspace: &Workspace) -> Option<Row> {
    let all = set_up(workspace);
    let wrong = all.iter().filter_map(|(name, set)| Some((name, set.as_ref().err()?)));
    let wrong: Vec<String> = wrong.map(|(name, why)| format!("{name}: {why}")).collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    match (names.as_slice(), wrong.as_slice()) {
        ([], _) => None,
        (names, []) => Some(Row::ok(TOPIC, format!("set up: {}", names.join(", ")))),
        (_, wrong) => {
            let found = format!("these ask nobody: {}", wrong.join("; "));
            Some(Row::error(
                TOPIC,
                found,
                "mend the settings on your side: prode config list --origin",
            ))
        }
    }
}

/// True for an address or a token by which a built-in specialist speaks.
pub(super) fn speaks(settings: &Settings, key: &str) -> bool {
    let section = settings.section("specialists").merged();
    let name = key.strip_prefix("specialists.").and_then(|it| it.split('.').next());
    BUILT_IN.iter().any(|row| name == Some(row.0) && set(&section, row).is_some())
}

/// What goes to whom when a run asks; nothing where the user's settings set nothing up.
pub(super) fn spoken(workspace: &Workspace) -> Vec<String> {
    let section = workspace.own_settings().section("specialists").merged();
    let said = |row: (&str, &str, &str)| {
        let said = format!("{} {}", row.2, set(&section, &row)?);
        let way = if row.0 == "postgres" { way(workspace) } else { String::new() };
        Some(format!("{}{way}", said.trim_end()))
    };
    BUILT_IN.into_iter().filter_map(said).collect()
}

/// How the standby is spoken to.
fn way(workspace: &Workspace) -> String {
    match standby_is_encrypted(workspace) {
        Some(Ok(true)) => ", over TLS".to_owned(),
        Some(Ok(false)) => ", not encrypted".to_owned(),
        // Why nobody is asked has a row of its own.
        Some(Err(_)) | None => String::new(),
    }
}

/// The value of its setting, unless a program or a server answers in its place.
fn set(section: &Value, (name, key, _): &(&str, &str, &str)) -> Option<String> {
    let row = &section[name];
    let is_other = row["program"].is_array() || row["mcp"]["command"].is_array();
    let value = &row[key];
    let text = value.as_str().or_else(|| value.is_object().then_some(""));
    text.filter(|_| !is_other).map(str::to_owned)
}
