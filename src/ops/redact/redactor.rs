//! Everything that settings add to the engine.
//!
//! What any layer adds counts, on disk and on the trunk. Whatever of it cannot
//! be read or understood lets nothing through: it might have hidden more.

use crate::config::{Problem, Section};
use crate::hint::Helpful as _;
use crate::ops::OpError;
use crate::redaction::Settings;
use crate::workspace::{Workspace, WorkspaceError};

/// The file of a repository's settings.
const FILE: &str = "prode.yaml";

/// Files of names larger than this, in bytes, are a mistake.
const MAX_NAMES: usize = 16 << 20;

/// What all settings add.
pub(in crate::ops) fn additions(workspace: &Workspace) -> Result<Settings, OpError> {
    let on_trunk = workspace.trunk_file(FILE).map_err(|error| unreadable(&error))?;
    let on_disk = workspace.disk_file(FILE).map_err(|error| unreadable(&error))?;
    let on_disk = on_disk.filter(|file| Some(file) != on_trunk.as_ref());
    let mut additions = Settings::default();
    for file in [on_trunk.as_deref(), on_disk.as_deref()] {
        let (settings, problems) = workspace.settings(file);
        if let Some(problem) = problems.iter().find(|it| concerns_redaction(it)) {
            return Err(refused(problem));
        }
        add(&mut additions, &settings.section("redaction"), workspace)?;
    }
    Ok(additions)
}

/// A failure to read what redaction needs.
pub(super) fn unreadable(error: &WorkspaceError) -> OpError {
    OpError::Waiting {
        message: format!("redaction's settings cannot be read: {error}"),
        hint: error.hints().into_iter().next().unwrap_or_else(|| {
            "make that file readable; nothing is let through until then".to_owned()
        }),
    }
}

fn concerns_redaction(problem: &Problem) -> bool {
    problem.diagnostic.message.contains("redaction")
        || problem.diagnostic.rule.ends_with("malformed")
}

fn refused(problem: &Problem) -> OpError {
    OpError::Waiting {
        message: format!("redaction's settings cannot be used: {}", problem.diagnostic.message),
        hint: format!("mend them in {}; nothing is let through until then", problem.origin),
    }
}

fn add(all: &mut Settings, section: &Section, workspace: &Workspace) -> Result<(), OpError> {
    for (_, layer) in section.layers() {
        let hosts = layer["hosts"].as_array().into_iter().flatten();
        all.hosts.extend(hosts.filter_map(|it| it.as_str()).map(str::to_owned));
        let patterns = layer["patterns"].as_object().into_iter().flatten();
        let patterns = patterns.filter_map(|(name, it)| Some((name.clone(), it.as_str()?.into())));
        all.patterns.extend(patterns);
        if let Some(file) = layer["names"].as_str().filter(|file| !file.is_empty()) {
            all.names.extend(names(workspace, file)?);
        }
    }
    Ok(())
}

/// The names in a file of the repository, on disk and on the trunk, one a line;
/// `#` begins a remark.
fn names(workspace: &Workspace, file: &str) -> Result<Vec<String>, OpError> {
    let on_trunk = workspace.trunk_file(file).map_err(|error| unreadable(&error))?;
    let on_disk = workspace.disk_file(file).map_err(|error| unreadable(&error))?;
    let waiting = |what: &str| OpError::Waiting {
        message: format!("redaction's file of names '{file}' {what}"),
        hint: "mend it, or take it out of the settings: redaction.names".to_owned(),
    };
    let files: Vec<Vec<u8>> = on_trunk.into_iter().chain(on_disk).collect();
    if files.is_empty() {
        return Err(waiting("does not exist"));
    }
    let mut names = Vec::new();
    for bytes in files {
        if bytes.len() > MAX_NAMES {
            return Err(waiting(&format!("is larger than {MAX_NAMES} bytes")));
        }
        let text = String::from_utf8(bytes).map_err(|_| waiting("is not UTF-8"))?;
        let lines = text.lines().map(str::trim);
        names.extend(lines.filter(|it| !it.is_empty() && !it.starts_with('#')).map(str::to_owned));
    }
    Ok(names)
}
