//! Rows about the program and the machine.

use super::{PROTOCOLS, Row};
use crate::config::{Environment, Origin, Settings, UserFile};

pub(super) fn rows(environment: &Environment) -> Vec<Row> {
    vec![Row::ok("prode", format!("version {}", env!("CARGO_PKG_VERSION"))), user(environment)]
}

fn user(environment: &Environment) -> Row {
    let machine = format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH);
    let file = match UserFile::place(environment) {
        Some(path) if path.is_file() => format!("your settings: {}", path.display()),
        Some(path) => format!("no settings of yours at {}", path.display()),
        None => "no folder for your settings".to_owned(),
    };
    let names: Vec<&str> = environment.prode.keys().map(String::as_str).collect();
    let variables = match names.as_slice() {
        [] => String::new(),
        names => format!("; set: {}", names.join(", ")),
    };
    Row::ok("environment", format!("{machine}; {file}{variables}"))
}

pub(super) fn protocols() -> Row {
    Row::ok("mcp", format!("protocol versions {}", PROTOCOLS.join(", ")))
}

/// The last part of a setting's name.
fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// True for a setting that names a program which a run starts.
fn is_started(key: &str) -> bool {
    let whose = key.starts_with("specialists.")
        || key.starts_with("coder.")
        || key.starts_with("coordinator.");
    whose && matches!(last(key), "program" | "command")
}

/// What leaves the machine. `spoken` is what this version speaks to.
pub(super) fn network(settings: &Settings, spoken: &[String]) -> Row {
    let set = settings.origins().iter().filter(|it| it.origin != Origin::Default);
    let keys: Vec<&str> = set.map(|it| it.key.as_str()).collect();
    let of_specialists = keys.iter().filter(|key| key.starts_with("specialists."));
    let unspoken = of_specialists.filter(|key| {
        matches!(last(key), "endpoint" | "token") && !super::specialists::speaks(settings, key)
    });
    let named: Vec<&str> = unspoken.copied().collect();
    let started: Vec<&str> = keys.iter().filter(|key| is_started(key)).copied().collect();
    let started = match started.as_slice() {
        [] => String::new(),
        keys => format!(
            "runs start programs of yours, which speak to whom they like: {}",
            keys.join(", ")
        ),
    };
    let silent = match named.as_slice() {
        [] => String::new(),
        named => {
            format!("configured by you, and not spoken to by this version: {}", named.join(", "))
        }
    };
    let said = match spoken {
        [] => String::new(),
        spoken => format!("leaves this machine when you ask for it: {}", spoken.join("; ")),
    };
    let said: Vec<String> =
        [said, started, silent].into_iter().filter(|it| !it.is_empty()).collect();
    Row::ok(
        "network",
        match said.as_slice() {
            [] => "nothing leaves this machine, unless a forge, tracker, remote, specialist or collector is configured"
                .to_owned(),
            said => said.join("; "),
        },
    )
}
