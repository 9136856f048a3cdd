//! The built-in specialist `reproduce`: a command of the user's side that makes
//! happen again what a ticket claims.
//!
//! By which sign it is known that it happened, and by which that it did not, the
//! settings say beforehand; anything else is an error. It runs in an empty folder
//! and is not told where the repository is.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use regex::Regex;

use super::crew::{Crew, Reply};
use super::programs::{program, texts};
use crate::specialist::{Ran, Sandbox};
use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::{Absence, FindingKind};
use crate::triage::output::{AskedQuery, GivenFinding, GivenReceipt, Output, QueryResult, Request};
use crate::triage::trace::Context;
use crate::triage::window::Window;
use crate::workspace::Workspace;

/// The specialist's name, and the system that its receipts name.
const NAME: &str = "reproduce";

/// Memory of each process where the settings do not say: 512 MiB.
const MEMORY: u64 = 512 << 20;

/// Lines of what it printed that are kept.
const MOST_LINES: usize = 10;

/// Bytes of one of them.
const LONGEST_LINE: usize = 400;

/// What it is known by.
struct Signs {
    /// The exit code of a command that made it happen.
    exit: Option<i32>,
    /// What it prints then.
    shows: Option<Regex>,
    /// The exit code of a command that ran well, and it did not happen.
    absent: i32,
    /// Explanations that it speaks for.
    supports: Vec<String>,
}

/// The command of the user's side, where there is one.
pub(super) struct Reproduce {
    command: Option<(Sandbox, Signs)>,
    blocked: Option<String>,
    now: fn() -> Timestamp,
}

impl Reproduce {
    /// As the user's settings say.
    pub(super) fn of(workspace: &Workspace, now: fn() -> Timestamp) -> Self {
        let row = workspace.own_settings().section("specialists").merged()[NAME].clone();
        let program = program(&row["command"], &row["variables"], workspace.environment());
        let Some(program) = program else { return Self { command: None, blocked: None, now } };
        let memory = row["memory"].as_str().map_or(Some(MEMORY), bytes);
        let sandbox = Sandbox { program, memory: memory.unwrap_or(MEMORY) };
        let shows = row["shows"].as_str().map(Regex::new).transpose();
        let blocked = if memory.is_none() {
            Some("specialists.reproduce.memory is no size such as 512M".to_owned())
        } else if let Err(error) = &shows {
            Some(format!("specialists.reproduce.shows is no pattern: {error}"))
        } else if names_repository(&sandbox, workspace) {
            Some("it names a path of the repository, whose source is read past the gate".to_owned())
        } else {
            None
        };
        let signs = Signs {
            exit: row["exit"].as_i64().and_then(|it| i32::try_from(it).ok()),
            shows: shows.ok().flatten(),
            absent: row["absent_exit"].as_i64().and_then(|it| i32::try_from(it).ok()).unwrap_or(0),
            supports: texts(&row["supports"]),
        };
        let blocked = blocked.or_else(|| signs.missing());
        Self { command: Some((sandbox, signs)), blocked, now }
    }
}

impl Signs {
    fn missing(&self) -> Option<String> {
        let is_none = self.exit.is_none() && self.shows.is_none();
        is_none.then(|| {
            "nothing says how it is known: set specialists.reproduce.exit or .shows".to_owned()
        })
    }

    /// What an end of the command says.
    fn read(&self, code: i32, stdout: &str) -> QueryResult {
        let is_exit = self.exit.is_none_or(|exit| exit == code);
        let is_shown = self.shows.as_ref().is_none_or(|shows| shows.is_match(stdout));
        match (is_exit && is_shown, code == self.absent) {
            (true, _) => QueryResult::Found,
            (false, true) => QueryResult::Empty,
            (false, false) => QueryResult::Error,
        }
    }

    /// The lines that show it, else the last ones.
    fn excerpt(&self, stdout: &str) -> String {
        let is_shown = |line: &&str| self.shows.as_ref().is_some_and(|it| it.is_match(line));
        let mut lines: Vec<&str> = stdout.lines().filter(is_shown).take(MOST_LINES).collect();
        if lines.is_empty() {
            lines = stdout.lines().rev().take(MOST_LINES).collect();
            lines.reverse();
        }
        let cut = |line: &str| line.chars().take(LONGEST_LINE).collect::<String>();
        lines.into_iter().map(cut).collect::<Vec<_>>().join("\n")
    }
}

fn names_repository(sandbox: &Sandbox, workspace: &Workspace) -> bool {
    let Some(folder) = workspace.folder() else { return false };
    let folder = folder.display().to_string();
    let folder = folder.trim_end_matches('/');
    let words = std::iter::once(&sandbox.program.program).chain(&sandbox.program.words);
    words.into_iter().any(|word| word.contains(folder))
}

/// `512M`, `2G`.
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let (number, factor) = match text.strip_suffix('G') {
        Some(number) => (number, 1 << 30),
        None => (text.strip_suffix('M')?, 1 << 20),
    };
    number.parse::<u64>().ok()?.checked_mul(factor).filter(|it| *it > 0)
}

impl Crew for Reproduce {
    fn inventory(&mut self) -> Inventory {
        let Some((sandbox, _)) = &self.command else { return Inventory::of(Vec::new()) };
        let blocked = self.blocked.clone().or_else(|| sandbox.program.missing());
        let limits = format!(
            "not enforced: it runs in an empty folder, each process with {} MiB; other folders and the network are open to it",
            sandbox.memory >> 20
        );
        Inventory::of(vec![Tool {
            name: NAME.to_owned(),
            sort: Sort::BuiltIn,
            answered: blocked.is_none(),
            identity: Some(sandbox.program.called().into_owned()),
            read_only: Some(limits),
            blocked,
            chosen: true,
        }])
    }

    fn ask(&mut self, request: &Request, _: Option<&Context>) -> Reply {
        let nothing = |absence, why: &str| Reply::Nothing { absence, why: why.to_owned() };
        let Some((sandbox, signs)) = &self.command else {
            return nothing(Absence::NotSearched, "no command reproduces anything");
        };
        if let Some(why) = &self.blocked {
            return nothing(Absence::NotSearched, why);
        }
        let input = serde_json::to_vec(request).unwrap_or_default();
        let limit = Duration::from_secs(request.limits.seconds.into());
        let most = usize::try_from(request.limits.bytes).unwrap_or(usize::MAX);
        let from = (self.now)();
        match sandbox.run(input, limit, most) {
            Ran::Ended { code, stdout } => {
                let window = Window { from, until: (self.now)().max(from) };
                let result = signs.read(code, &stdout);
                if result == QueryResult::Error {
                    let why = format!("'{}' ended with {code}, which says neither", sandbox.line());
                    return nothing(Absence::Error, &why);
                }
                let output = answer(request, sandbox, window, result, (code, signs, &stdout));
                let text = serde_json::to_string(&output).unwrap_or_default();
                Reply::Said { text, how: How::Captured }
            }
            Ran::Failed(why) => nothing(Absence::Error, &why),
        }
    }
}

fn answer(
    request: &Request,
    sandbox: &Sandbox,
    window: Window,
    result: QueryResult,
    (code, signs, stdout): (i32, &Signs, &str),
) -> Output {
    let query = sandbox.line();
    let finding = || GivenFinding {
        id: "C1".to_owned(),
        claim: format!("it happens again: the command ends with {code}"),
        kind: FindingKind::Reproduction,
        supports: signs.supports.clone(),
        refutes: Vec::new(),
        receipts: vec![GivenReceipt {
            source: NAME.to_owned(),
            query: query.clone(),
            window,
            at: window.until,
            excerpt: signs.excerpt(stdout),
            link: None,
        }],
        observed_at: window.from,
    };
    Output {
        findings: (result == QueryResult::Found).then(finding).into_iter().collect(),
        queries: vec![AskedQuery {
            source: NAME.to_owned(),
            query: query.clone(),
            parameters: BTreeMap::new(),
            window,
            result,
            covered: None,
            would_refute: Vec::new(),
        }],
        ..Output::to(&request.question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_one_unit() {
        assert_eq!((bytes("512M"), bytes("2G")), (Some(512 << 20), Some(2 << 30)));
        for bad in ["", "512", "M", "0M", "-1M", "1.5G", "1T", "99999999999999999999G"] {
            assert_eq!(bytes(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_end_that_no_sign_fits_is_an_error() {
        let signs = |exit, shows: Option<&str>| Signs {
            exit,
            shows: shows.map(|it| Regex::new(it).unwrap()),
            absent: 0,
            supports: Vec::new(),
        };
        let read = |signs: Signs, code, stdout| signs.read(code, stdout);
        assert_eq!(read(signs(Some(1), None), 1, ""), QueryResult::Found);
        assert_eq!(read(signs(Some(1), None), 0, ""), QueryResult::Empty);
        assert_eq!(read(signs(Some(1), None), 2, ""), QueryResult::Error);
        assert_eq!(read(signs(None, Some("500")), 0, "HTTP 500"), QueryResult::Found);
        assert_eq!(read(signs(None, Some("500")), 0, "HTTP 200"), QueryResult::Empty);
        assert_eq!(read(signs(Some(1), Some("500")), 1, "HTTP 200"), QueryResult::Error);
    }
}
