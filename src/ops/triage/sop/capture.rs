//! `triage sop capture`: an expert's answers become a proposed procedure.
//!
//! Each answer is on the disk before the next question: a capture that was cut
//! off goes on where it was. The page is a learning like any other: it comes
//! from the template of its kind, passes redaction once more, and is a branch
//! that its owners decide on.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use super::CAPTURE;
use super::log::{Log, broken};
use super::output::Output;
use super::page::repository;
use crate::inbox::Learning;
use crate::ops::OpError;
use crate::ops::inbox::{AddOptions, add};
use crate::ops::new;
use crate::ops::proposal::{PromoteOptions, Promoted, preview, promote};
use crate::ops::redact::{Screen, screen};
use crate::ops::triage::begin::{fresh_run, now};
use crate::ops::triage::freeze::refusal;
use crate::ops::triage::written::hidden_text;
use crate::redaction::RULESET;
use crate::repo_path::RepoPath;
use crate::sop::capture::{Event, GATES, QUESTIONS, Said, body, is_key};
use crate::store::Store;
use crate::workspace::{Asked, Workspace};

/// What a person said: a command of a gate, and what came out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// For which gate: `design`, `implementation`, `testing`, `pull_request`.
    pub gate: String,
    /// What was typed.
    pub command: String,
    /// What came out.
    pub output: String,
}

/// What becomes of what was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Then {
    /// It is kept, and more may come.
    #[default]
    Keep,
    /// The page is shown as it would be proposed.
    Show,
    /// The page is proposed.
    Propose {
        /// With a pull request, or not at all.
        open_pr: bool,
    },
}

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct CaptureOptions {
    /// The procedure's title.
    pub title: String,
    /// Answers by their keys.
    pub answers: BTreeMap<String, String>,
    /// Commands that were run.
    pub records: Vec<Record>,
    /// What follows.
    pub then: Then,
}

/// How a capture stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Captured {
    /// `prode.triage_sop_capture/v1`.
    pub schema: String,
    /// The run that keeps the answers.
    pub run: String,
    /// The page's title.
    pub title: String,
    /// Where it is to stand.
    pub path: String,
    /// `open`, `would`, `proposed`.
    pub status: String,
    /// Keys that are answered.
    pub answered: Vec<String>,
    /// What has no answer yet.
    pub open: Vec<Open>,
    /// How many commands are recorded.
    pub recorded: usize,
    /// The proposal; null where none is made or shown.
    pub proposal: Option<Promoted>,
    /// What to type next.
    pub next: Vec<String>,
}

/// A question without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Open {
    /// What its answer is known by.
    pub key: String,
    /// What is asked.
    pub question: String,
}

/// Keeps what was said, and does what follows.
///
/// # Errors
/// An answer that nobody asked for; redaction cannot decide; a page stands
/// there already; whatever [`promote`] refuses.
pub fn capture(workspace: &Workspace, options: &CaptureOptions) -> Result<Captured, OpError> {
    repository(workspace)?;
    known(options)?;
    let mut store = crate::ops::triage::store(workspace)?;
    if let Some(freeze) = store.frozen()? {
        return Err(refusal(&freeze));
    }
    let screen = screen(workspace)?;
    let title = hidden_text(&screen, &options.title)?;
    let path = place(workspace, &title)?;
    let ticket = format!("{CAPTURE}{}", path.text());
    let mut log = Log::claim(&mut *store, &ticket, &fresh_run(now())?)?;
    let kept = keep(&mut *store, &mut log, &screen, (&title, &path), options);
    let run = log.run().to_string();
    let said = kept.and_then(|()| said(&log));
    let done = said.and_then(|said| {
        let proposal = follow(workspace, &run, &said, options.then)?;
        if let (Then::Propose { .. }, Some(made)) = (options.then, &proposal) {
            let event = Event::Proposed { learning: made.id.clone(), branch: made.branch.clone() };
            let at = log.time();
            log.add(&mut *store, &screen, (&event, at), None, true)?;
        }
        Ok(captured(&run, &said, proposal, options.then))
    });
    log.release(&mut *store)?;
    done
}

/// Nothing is kept that nobody asked for.
fn known(options: &CaptureOptions) -> Result<(), OpError> {
    if let Some(key) = options.answers.keys().find(|it| !is_key(it)) {
        let near = crate::hint::nearest(key, QUESTIONS.iter().map(|it| it.key));
        return Err(OpError::Usage {
            message: format!("nobody asks for '{key}'"),
            hint: near.map_or_else(
                || "see what is asked: prode triage sop capture --questions".to_owned(),
                |near| format!("did you mean '{near}'?"),
            ),
        });
    }
    match options.records.iter().find(|it| !GATES.contains(&it.gate.as_str())) {
        None => Ok(()),
        Some(record) => Err(OpError::Usage {
            message: format!("there is no gate '{}'", record.gate),
            hint: format!("use one of: {}", GATES.join(", ")),
        }),
    }
}

/// Where the page is to stand, and nothing stands yet.
fn place(workspace: &Workspace, title: &str) -> Result<RepoPath, OpError> {
    let memory = workspace.memory(&Asked::Trunk)?;
    let path = new::place_of(&memory, "sop", title)?;
    if workspace.exists(&memory, &path) {
        return Err(OpError::Invalid {
            message: format!("'{}' is there already", path.text()),
            hint: "choose another title; or hand in what changes: prode inbox add --help"
                .to_owned(),
        });
    }
    Ok(path)
}

fn said(log: &Log<Event>) -> Result<Said, OpError> {
    Said::replay(&log.read).map_err(|it| broken(log.run(), &it))
}

fn keep(
    store: &mut dyn Store,
    log: &mut Log<Event>,
    screen: &Screen,
    (title, path): (&str, &RepoPath),
    options: &CaptureOptions,
) -> Result<(), OpError> {
    if log.lines.is_empty() {
        let event = Event::CaptureOpened {
            title: title.to_owned(),
            path: path.text().into_owned(),
            by: format!("prode/{}", env!("CARGO_PKG_VERSION")),
            ruleset: RULESET.to_owned(),
        };
        let at = log.time();
        log.add(store, screen, (&event, at), None, false)?;
    }
    let before = said(log)?;
    for (key, text) in &options.answers {
        let text = hidden_text(screen, text)?;
        if before.answers.get(key) != Some(&text) {
            let (key, at) = (key.clone(), log.time());
            log.add(store, screen, (&Event::Answered { key, text }, at), None, false)?;
        }
    }
    for record in &options.records {
        let Output { raw, excerpt } = Output::of(store, screen, &record.output)?;
        let event = Event::Recorded {
            gate: record.gate.clone(),
            command: hidden_text(screen, &record.command)?,
            artifact: excerpt.digest().to_owned(),
            raw,
            bytes: record.output.len() as u64,
        };
        if !is_kept(log, &event) {
            let at = log.time();
            log.add(store, screen, (&event, at), Some(excerpt), false)?;
        }
    }
    Ok(())
}

/// The same command with the same output, handed in again after a kill.
fn is_kept(log: &Log<Event>, event: &Event) -> bool {
    log.read.iter().any(|it| it.event == *event)
}

fn follow(
    workspace: &Workspace,
    run: &str,
    said: &Said,
    then: Then,
) -> Result<Option<Promoted>, OpError> {
    if then != Then::Keep && said.answers.is_empty() && said.recorded.is_empty() {
        return Err(OpError::Invalid {
            message: format!("nothing was said of '{}' yet", said.title),
            hint: "answer first; see what is asked: prode triage sop capture --questions"
                .to_owned(),
        });
    }
    let target = format!("new:{}", said.path);
    let (owner, services) = (said.answer("owner"), said.answer("services").map(listed));
    let head = json!({"target": target, "kind": "sop", "owner": owner, "services": services, "body": body(said)});
    let text = head.to_string();
    let run = Some(run.to_owned());
    match then {
        Then::Keep => Ok(None),
        Then::Show => {
            let added =
                add(workspace, &AddOptions { text, run, dry_run: true, ..AddOptions::default() })?;
            let learning = Learning::read(&added.file, &Map::new())?;
            preview(workspace, &learning).map(Some)
        }
        Then::Propose { open_pr } => {
            let added = add(workspace, &AddOptions { text, run, ..AddOptions::default() })?;
            let id = added.id.parse()?;
            let options = PromoteOptions { open_pr, ..PromoteOptions::default() };
            promote(workspace, &id, &options).map(Some)
        }
    }
}

/// Names, however they were set apart.
fn listed(answer: &str) -> String {
    let names = answer.split([',', '\n']).map(str::trim).filter(|it| !it.is_empty());
    names.collect::<Vec<_>>().join(", ")
}

fn captured(run: &str, said: &Said, proposal: Option<Promoted>, then: Then) -> Captured {
    let open: Vec<Open> = said
        .open()
        .map(|it| Open { key: it.key.to_owned(), question: it.text.to_owned() })
        .collect();
    let again = format!("prode triage sop capture --title '{}'", said.title);
    let next = match (then, &proposal) {
        (Then::Propose { .. }, Some(made)) => made.next.clone(),
        (Then::Show, _) => vec![format!("{again} --propose")],
        _ => {
            let answer = open.first().map(|it| format!("{again} --answer {}=…", it.key));
            answer.into_iter().chain([format!("{again} --propose")]).collect()
        }
    };
    let status = match then {
        Then::Keep => "open",
        Then::Show => "would",
        Then::Propose { .. } => "proposed",
    };
    Captured {
        schema: "prode.triage_sop_capture/v1".to_owned(),
        run: run.to_owned(),
        title: said.title.clone(),
        path: said.path.clone(),
        status: status.to_owned(),
        answered: said.answers.keys().cloned().collect(),
        open,
        recorded: said.recorded.len(),
        proposal,
        next,
    }
}
