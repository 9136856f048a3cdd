//! `triage examples`: four runs that bring everything with them.
//!
//! Each has a ticket, the answers that specialists gave, and the pages that
//! route it. It runs in a repository of its own, which is thrown away, so that
//! it ends the same everywhere and nothing of it reaches anybody's branches. Its
//! times are fixed: the same answers make the same bytes, name of the run
//! included.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::crew::Recorded;
use super::deliver::Outside;
use super::limits::Limits;
use super::overseer::Nobody;
use super::run::Work;
use super::{read, verify};
use crate::clock::Clock;
use crate::git::{Draft, Edit, Identity, Repository, Target};
use crate::hint::nearest;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::run_id::RunId;
use crate::triage::evidence::How;
use crate::triage::mode::Mode;
use crate::triage::rebuild::Unbuildable;
use crate::triage::run::Run;
use crate::workspace::{Asked, Options, Workspace};

/// The time of every example.
const NOW: &str = "2026-11-03T12:00:00Z";

/// One example.
struct Example {
    name: &'static str,
    title: &'static str,
    ends: &'static str,
    ticket: &'static str,
    outputs: &'static [(&'static str, &'static str)],
    memory: &'static [(&'static str, &'static str)],
}

macro_rules! example {
    ($name:literal, $title:literal, $ends:literal, [$($output:literal),*], [$($page:literal),*]) => {
        Example {
            name: $name,
            title: $title,
            ends: $ends,
            ticket: include_str!(concat!("examples/", $name, "/ticket.json")),
            outputs: &[$(($output, include_str!(concat!("examples/", $name, "/outputs/", $output, ".json")))),*],
            memory: &[$(($page, include_str!(concat!("examples/", $name, "/memory/", $page))))*],
        }
    };
}

#[rustfmt::skip]
const EXAMPLES: &[Example] = &[
    example!("backend-500", "a release makes checkout answer 500", "pr",
        ["aws", "release", "sentry"], ["checkout-errors.md"]),
    example!("queue-saturation", "a queue grows and the code is not at fault", "handoff",
        ["aws", "postgres", "release"], ["queue-saturation.md"]),
    example!("data-state", "rows are wrong, and so is what wrote them", "pr",
        ["postgres", "release", "sentry"], ["invoices-are-wrong.md"]),
    example!("expected-aborts", "clients give up requests, as they always do", "stop",
        ["aws", "sentry", "support"], ["client-aborts.md"]),
];

/// What there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.triage_examples/v1`.
    pub schema: String,
    /// Each example.
    pub examples: Vec<Row>,
}

/// One example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// The decision that it ends in.
    pub ends: String,
}

/// Lists them.
pub fn list() -> Listing {
    let row = |it: &Example| Row {
        name: it.name.to_owned(),
        title: it.title.to_owned(),
        ends: it.ends.to_owned(),
    };
    let schema = "prode.triage_examples/v1".to_owned();
    Listing { schema, examples: EXAMPLES.iter().map(row).collect() }
}

/// A finished example.
pub struct Played {
    /// Its run.
    pub run: Run,
    /// What verification says of it.
    pub verified: verify::Verified,
    /// The claims, answers and controls that it was decided on, in the order of events.
    pub events: Vec<crate::triage::event::Line>,
}

/// How an example is run.
#[derive(Debug, Clone, Default)]
pub struct Playing {
    /// Answers in the place of recorded ones, by specialist; an empty one takes
    /// the recorded one away.
    pub instead: BTreeMap<String, String>,
    /// A folder to export the run into.
    pub export: Option<std::path::PathBuf>,
}

/// Runs an example in a repository of its own.
pub fn run(workspace: &Workspace, name: &str, playing: &Playing) -> Result<Played, OpError> {
    let example = find(name)?;
    let folder = tempfile::tempdir().map_err(|error| OpError::File {
        path: "the system's folder for temporary files".to_owned(),
        reason: error.to_string(),
    })?;
    lay_out(example, folder.path())?;
    let own = Workspace::open(Options {
        repo: Some(folder.path().to_owned()),
        current: folder.path().to_owned(),
        // What the user's own settings say of other repositories is not said of this one.
        overrides: ["trunk=main", "roots.wiki=wiki", "store.url="].map(str::to_owned).into(),
        environment: workspace.environment().clone(),
        clock: Clock::at(fixed()),
    })?;
    let played = play(&own, example, playing)?;
    if let Some(folder) = &playing.export {
        super::export(&own, &run_id(example.name), folder)?;
    }
    Ok(played)
}

fn play(own: &Workspace, example: &Example, playing: &Playing) -> Result<Played, OpError> {
    let memory = own.memory(&Asked::Trunk)?;
    let limits = Limits::usual();
    let mut outputs: BTreeMap<String, String> = example
        .outputs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    outputs.extend(playing.instead.clone());
    outputs.retain(|_, text| !text.trim().is_empty());
    let mut crew = Recorded { outputs, how: How::Captured };
    let mut store = super::store(own)?;
    let screen = crate::ops::redact::screen(own)?;
    let now = &fixed;
    let work = Work {
        once: false,
        overseer: &Nobody,
        workspace: own,
        memory: &memory,
        limits: &limits,
        screen: &screen,
        now,
        coordinator: None,
        workshop: None,
        outside: Outside::of(own, None)?,
        worker: "example".to_owned(),
        fresh: run_id(example.name),
        capturing: None,
    };
    let mut played = None;
    let tell = &mut |run: &Run| played.replace(run.clone()).is_none();
    work.on(&mut *store, &mut crew, (example.ticket, "example", Mode::DryRun), tell)?;
    let id = run_id(example.name);
    let kept = super::kept::kept(&*store, &id)?;
    let verified = verify::verified(&kept, &screen);
    let events = read(&*store, &id)?.lines;
    let run = played.ok_or(Unbuildable::TooEarly("end"))?;
    Ok(Played { run, verified, events })
}

/// The example's pages as the one commit of a trunk.
fn lay_out(example: &Example, folder: &Path) -> Result<(), OpError> {
    let who = Identity { name: "prode examples".into(), email: "examples@prode.invalid".into() };
    let repository = Repository::init_own(folder, &who)?;
    let edits = example.memory.iter().map(|(name, text)| {
        Edit::write(RepoPath::from_git(format!("wiki/{name}")), text.as_bytes())
    });
    let draft = Draft::new(format!("memory of the example {}", example.name), edits.collect());
    let writer = repository.writer(None, fixed())?;
    writer.commit_to(Target::Trunk("refs/heads/main"), None, &draft)?;
    Ok(())
}

fn fixed() -> Timestamp {
    NOW.parse().expect("a fixed time is one")
}

/// The same name for an example's run everywhere.
fn run_id(name: &str) -> RunId {
    let digest = Sha256::digest(name);
    let day = Clock::at(fixed()).today();
    RunId::new(day, [digest[0], digest[1], digest[2]])
}

fn find(name: &str) -> Result<&'static Example, OpError> {
    let names = || EXAMPLES.iter().map(|it| it.name);
    EXAMPLES.iter().find(|it| it.name == name).ok_or_else(|| OpError::NotFound {
        message: format!("there is no example '{name}'"),
        hint: match nearest(name, names()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("examples are: {}", names().collect::<Vec<_>>().join(", ")),
        },
    })
}
