//! The audit log: who decided what, when, with which result.
//!
//! `refs/prode/audit/WRITER` is one hash chain per writer, a clone and a
//! person: each entry is a file that names the SHA-256 of the one before it,
//! so that nobody changes an old entry without changing every later one. The
//! heads are named elsewhere (bodies of pull requests, tickets), so that a
//! chain cannot be written anew unseen.

use std::fs;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::store::{draft, writer};
use super::trunk::TrunkPolicy;
use super::{not_canonical, now, repository};
use crate::allowance::NOWHERE;
use crate::canonical;
use crate::git::{Edit, Repository};
use crate::ids::CommitId;
use crate::ops::redact::{Screen, run, screen};
use crate::ops::{OpError, random};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// The folder of refs that holds the chains.
pub const CHAINS: &str = "refs/prode/audit/";

/// The name of an entry's form.
const SCHEMA: &str = "prode.audit_entry/v1";

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditEntry {
    /// `prode.audit_entry/v1`.
    pub schema: String,
    /// Counted from 1 in its chain.
    pub seq: u32,
    /// `sha256:…` of the entry before it; empty in the first.
    pub prev: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// Who: the one name under which they count, else as Git knows them here.
    pub who: String,
    /// What was done: `approve`, `decline`, `use`, `revoke`, `purge`, `allow`.
    pub event: String,
    /// For which action.
    pub action: String,
    /// The subject's digest.
    pub digest: String,
    /// A few words.
    pub summary: String,
    /// Where: the repository.
    pub place: String,
    /// How it ended.
    pub result: String,
}

/// What is to be recorded.
#[derive(Debug, Clone)]
pub struct Event {
    /// What was done.
    pub event: &'static str,
    /// How it ended.
    pub result: String,
    /// For which action.
    pub action: String,
    /// The subject's digest.
    pub digest: String,
    /// A few words.
    pub summary: String,
}

impl Event {
    /// An event about a subject.
    pub(in crate::ops) fn about(
        event: &'static str,
        result: impl Into<String>,
        asked: &Asked,
    ) -> Self {
        Self {
            event,
            result: result.into(),
            action: asked.action.name().to_owned(),
            digest: asked.subject.digest.clone(),
            summary: summary(&asked.subject.kind, &asked.subject.name),
        }
    }
}

impl Event {
    /// An event about something that nobody signs for.
    pub fn of(event: &'static str, result: impl Into<String>, [kind, name]: [&str; 2]) -> Self {
        let summary = summary(kind, name);
        Self {
            event,
            result: result.into(),
            action: event.to_owned(),
            digest: String::new(),
            summary,
        }
    }
}

/// The one place where words of outside enter the log: short, on one line.
pub(in crate::ops) fn summary(kind: &str, name: &str) -> String {
    let name = name.chars().map(|it| if it.is_control() { ' ' } else { it });
    format!("{kind} {}", name.take(120).collect::<String>())
}

/// Adds an entry to this writer's chain; the chain's new head.
pub fn record(
    workspace: &Workspace,
    trunk: &TrunkPolicy,
    event: &Event,
) -> Result<Option<CommitId>, OpError> {
    let git = repository(workspace)?;
    let email = git.git_setting("user.email").unwrap_or_default();
    let reference = format!("{CHAINS}{}", writer_id(git, &email)?);
    let screen = screen(workspace)?;
    let who = person(&screen, git, trunk, &email)?;
    let summary = run(&screen, NOWHERE, &event.summary)?.text.into_string();
    let writer = writer(workspace, &trunk.reviewed)?;
    writer.append(&reference, |tip| -> Result<_, OpError> {
        let last = last(git, tip)?;
        let entry = AuditEntry {
            schema: SCHEMA.to_owned(),
            seq: last.as_ref().map_or(1, |(seq, _)| seq + 1),
            prev: last.map(|(_, bytes)| canonical::digest(&bytes)).unwrap_or_default(),
            at: now(workspace),
            who: who.clone(),
            event: event.event.to_owned(),
            action: event.action.clone(),
            digest: event.digest.clone(),
            summary: summary.clone(),
            place: trunk.repository.clone(),
            result: event.result.clone(),
        };
        let bytes = canonical::to_bytes(&entry).map_err(|it| not_canonical(&it))?;
        let edit = Edit::write(RepoPath::from_git(path(entry.seq)), bytes);
        Ok(Some(draft(format!("{} {}: {}", entry.event, entry.action, entry.result), vec![edit])))
    })
}

/// The one name under which somebody counts, or the one that the trunk's
/// signers give them; else their name as Git has it, redacted.
fn person(
    screen: &Screen,
    git: &Repository,
    trunk: &TrunkPolicy,
    email: &str,
) -> Result<String, OpError> {
    if trunk.reviewed.rules.people.knows(email) {
        return Ok(trunk.person(email));
    }
    if trunk.trust.signers.principals().contains(&email) {
        return Ok(email.to_owned());
    }
    Ok(run(screen, NOWHERE, &git.user_name().unwrap_or_default())?.text.into_string())
}

/// Entries stand by the thousand, so that no folder grows without end.
fn path(seq: u32) -> String {
    format!("{:05}/{seq:08}.json", seq / 1_000)
}

/// The number and the bytes of a chain's last entry.
fn last(git: &Repository, tip: Option<CommitId>) -> Result<Option<(u32, Vec<u8>)>, OpError> {
    let Some(tip) = tip else { return Ok(None) };
    let tree = git.commit(tip)?.tree;
    let files = git.files(tree, &mut |_: &[u8], _| true)?;
    let Some(file) = files.last() else { return Ok(None) };
    let seq = number(&file.path).ok_or_else(|| OpError::Invalid {
        message: format!("the audit log holds '{}', which is no entry", file.path.text()),
        hint: "see what is wrong: prode approvals verify".to_owned(),
    })?;
    Ok(Some((seq, git.blob(file.blob)?)))
}

/// The number in an entry's path.
fn number(path: &RepoPath) -> Option<u32> {
    let text = path.text();
    let seq = text.rsplit_once('/')?.1.strip_suffix(".json")?.parse().ok()?;
    (self::path(seq) == text).then_some(seq)
}

/// Every entry of a chain, or where it is broken.
pub(in crate::ops) fn entries(
    git: &Repository,
    tip: CommitId,
) -> Result<Result<Vec<AuditEntry>, String>, OpError> {
    let files = git.files_at(tip, &RepoPath::root())?;
    let mut entries: Vec<AuditEntry> = Vec::new();
    let mut prev = String::new();
    for ((path, bytes), seq) in files.into_iter().zip(1..) {
        let name = path.text().into_owned();
        let entry: AuditEntry = match canonical::from_bytes(&bytes) {
            Ok(entry) => entry,
            Err(error) => return Ok(Err(format!("'{name}': {error}"))),
        };
        if number(&path) != Some(seq) || entry.seq != seq {
            return Ok(Err(format!("'{name}' is not entry {seq}: one is missing or was added")));
        }
        if entry.prev != prev {
            return Ok(Err(format!("'{name}' does not follow the entry before it")));
        }
        prev = canonical::digest(&bytes);
        entries.push(entry);
    }
    Ok(Ok(entries))
}

/// A name for this clone and this person that tells nothing of either.
fn writer_id(git: &Repository, who: &str) -> Result<String, OpError> {
    let folder = git.common_dir().join("prode");
    let file = folder.join("writer");
    let failed = |error: std::io::Error| OpError::File {
        path: file.display().to_string(),
        reason: error.to_string(),
    };
    let known = fs::read_to_string(&file).ok().filter(|it| it.trim().len() == 32);
    let clone = if let Some(clone) = known {
        clone
    } else {
        fs::create_dir_all(&folder).map_err(failed)?;
        let fresh = random::hex::<16>()?;
        fs::write(&file, &fresh).map_err(failed)?;
        fresh
    };
    let digest = canonical::digest(format!("{}\n{who}", clone.trim()).as_bytes());
    Ok(digest.trim_start_matches("sha256:").chars().take(16).collect())
}
