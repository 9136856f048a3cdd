//! `triage export`: a run as a folder that is verified anywhere.
//!
//! `events.jsonl` holds the lines, `artifacts/` what they name, each file by
//! its digest, and `run.json` the run for readers; nothing is worked out from
//! the last, and it is held against the others.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kept::kept;
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::triage::run::Run;
use crate::triage::verification::Kept;
use crate::workspace::Workspace;

const EVENTS: &str = "events.jsonl";
const ARTIFACTS: &str = "artifacts";
const RUN: &str = "run.json";

/// Files larger than this, in bytes, are no part of an export.
const LARGEST: u64 = 64 << 20;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exported {
    /// `prode.triage_export/v1`.
    pub schema: String,
    /// The run.
    pub run: String,
    /// Where.
    pub folder: PathBuf,
    /// How many files.
    pub files: usize,
}

/// Writes a run into a folder that is not there yet.
pub fn run(workspace: &Workspace, run: &RunId, folder: &Path) -> Result<Exported, OpError> {
    let store = super::store_with_runs(workspace)?;
    let kept = kept(&*store, run)?;
    let document = super::show(workspace, run)?;
    let files = write(folder, &kept, &document).map_err(|error| failed(folder, &error))?;
    let (schema, run) = ("prode.triage_export/v1".to_owned(), run.to_string());
    Ok(Exported { schema, run, folder: folder.to_owned(), files })
}

/// Beside first, then in place: a folder is all there or not there.
fn write(folder: &Path, kept: &Kept, document: &Run) -> io::Result<usize> {
    if folder.exists() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there already"));
    }
    let parent = folder.parent().filter(|it| !it.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let beside = tempfile::tempdir_in(parent)?;
    let lines: Vec<u8> = kept.lines.iter().flat_map(|line| [line, &b"\n"[..]].concat()).collect();
    fs::write(beside.path().join(EVENTS), lines)?;
    fs::write(beside.path().join(RUN), serde_json::to_vec_pretty(document)?)?;
    fs::create_dir(beside.path().join(ARTIFACTS))?;
    for (digest, bytes) in &kept.artifacts {
        fs::write(beside.path().join(ARTIFACTS).join(file_of(digest)), bytes)?;
    }
    fs::rename(beside.path(), folder)?;
    Ok(kept.artifacts.len() + 2)
}

fn file_of(digest: &str) -> String {
    digest.trim_start_matches("sha256:").to_owned()
}

/// Reads what was written, to the last byte; every file that is there counts.
pub(super) fn read(folder: &Path) -> Result<Kept, OpError> {
    let kept = read_all(folder).map_err(|error| failed(folder, &error))?;
    Ok(kept)
}

fn read_all(folder: &Path) -> io::Result<Kept> {
    nothing_else(folder)?;
    let text = bounded(&folder.join(EVENTS))?;
    let cut = || invalid(format!("{EVENTS}: its last line is cut"));
    let text = text.strip_suffix(b"\n").ok_or_else(cut)?;
    let lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let mut artifacts = BTreeMap::new();
    for entry in fs::read_dir(folder.join(ARTIFACTS))? {
        let entry = entry?;
        let name = format!("sha256:{}", entry.file_name().to_string_lossy());
        artifacts.insert(name, bounded(&entry.path())?);
    }
    let run = bounded(&folder.join(RUN))?;
    let document: serde_json::Value = serde_json::from_slice(&run)?;
    let run = document["run"].as_str().unwrap_or_default().to_owned();
    Ok(Kept { run, lines, artifacts, document: Some(document), closed: None })
}

fn nothing_else(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if [EVENTS, ARTIFACTS, RUN].iter().all(|it| name != *it) {
            return Err(invalid(format!("{} is no part of an export", name.to_string_lossy())));
        }
    }
    Ok(())
}

fn invalid(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn bounded(path: &Path) -> io::Result<Vec<u8>> {
    let said = |error: io::Error| {
        io::Error::new(
            error.kind(),
            format!(
                "{}: {error}",
                path.file_name().map_or_else(
                    || path.display().to_string(),
                    |name| name.to_string_lossy().into_owned(),
                )
            ),
        )
    };
    let data = fs::symlink_metadata(path).map_err(said)?;
    if !data.is_file() {
        return Err(said(invalid("it is not a regular file".to_owned())));
    }
    if data.len() > LARGEST {
        return Err(said(invalid("it is too large".to_owned())));
    }
    fs::read(path).map_err(said)
}

fn failed(folder: &Path, error: &io::Error) -> OpError {
    OpError::File { path: folder.display().to_string(), reason: error.to_string() }
}
