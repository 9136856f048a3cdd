//! The engine with everything that settings add to it.

use crate::config::{Problem, Section};
use crate::ops::OpError;
use crate::redaction::{Redactor, Settings};
use crate::workspace::Workspace;

/// The engine as the settings want it: what any layer adds counts, on disk and
/// on the trunk. Settings that cannot be understood let nothing through.
pub(super) fn redactor(workspace: &Workspace) -> Result<Redactor, OpError> {
    let on_trunk = workspace.trunk_file("prode.yaml")?;
    let on_disk = workspace.disk_file("prode.yaml").filter(|file| Some(file) != on_trunk.as_ref());
    let mut additions = Settings::default();
    for file in [on_trunk.as_deref(), on_disk.as_deref()] {
        let (settings, problems) = workspace.settings(file);
        if let Some(problem) = problems.iter().find(|it| concerns_redaction(it)) {
            return Err(refused(problem));
        }
        add(&mut additions, &settings.section("redaction"), workspace)?;
    }
    Ok(Redactor::new(&additions)?)
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

/// The names in a file of the repository, one a line; `#` begins a remark.
fn names(workspace: &Workspace, file: &str) -> Result<Vec<String>, OpError> {
    let bytes = match workspace.disk_file(file) {
        Some(bytes) => bytes,
        None => workspace.trunk_file(file)?.ok_or_else(|| OpError::Waiting {
            message: format!("redaction's file of names '{file}' is not there"),
            hint: "write it, or take it out of prode.yaml: redaction.names".to_owned(),
        })?,
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().map(str::trim);
    Ok(lines.filter(|it| !it.is_empty() && !it.starts_with('#')).map(str::to_owned).collect())
}
