//! `skill validate`: is a package one that every client takes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read_package;
use crate::corpus::RootKind;
use crate::diagnostic::Severity;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::skill::{self, Package};
use crate::workspace::{Asked, Workspace};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Which rule.
    pub rule: String,
    /// `error` or `warning`.
    pub severity: String,
    /// The file, as the package was named.
    pub path: String,
    /// 1-based; 0 for the whole file.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub repair: String,
}

/// One package, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// The folder's name.
    pub name: String,
    /// The folder, as it was named.
    pub path: String,
    /// True where no finding is an error: the verdict of the reference validators.
    pub valid: bool,
    /// Errors first.
    pub findings: Vec<Finding>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.skill_validate/v1`.
    pub schema: String,
    /// How many packages were looked at.
    pub checked: usize,
    /// How many of these are invalid.
    pub invalid: usize,
    /// How many warnings all of them have.
    pub warnings: usize,
    /// In the order in which they were named.
    pub skills: Vec<Verdict>,
}

/// Judges the packages in `folders`; a manifest stands for its folder.
pub fn of_folders(folders: &[PathBuf]) -> Result<Answer, OpError> {
    let verdict = |path: &PathBuf| {
        let folder = package_folder(path);
        if !folder.is_dir() {
            return Err(OpError::NotFound {
                message: format!("'{}' is no folder", path.display()),
                hint: "name the folder of a skill, or its SKILL.md".to_owned(),
            });
        }
        let shown = folder.to_string_lossy();
        let shown = shown.trim_end_matches('/');
        let shown = if shown.is_empty() { "." } else { shown };
        Ok(verdict(&read_package(folder)?, shown))
    };
    Ok(answer(folders.iter().map(verdict).collect::<Result<_, _>>()?))
}

/// Judges every folder of the skill roots in the work tree.
pub fn of_work_tree(workspace: &Workspace) -> Result<Answer, OpError> {
    let folders = packages(workspace)?;
    let verdicts = folders.iter().map(|(path, folder)| {
        let package = read_package(folder)?;
        Ok(verdict(&package, &path.text()))
    });
    Ok(answer(verdicts.collect::<Result<_, OpError>>()?))
}

/// The folders of packages in the work tree, by path.
pub(super) fn packages(workspace: &Workspace) -> Result<Vec<(RepoPath, PathBuf)>, OpError> {
    let memory = workspace.memory(&Asked::WorkTree)?;
    let top = workspace.folder().ok_or_else(|| OpError::Invalid {
        message: "the repository is bare: there are no files to validate".to_owned(),
        hint: "run prode skill validate in a clone of it, or name folders".to_owned(),
    })?;
    let mut folders = BTreeSet::new();
    for root in memory.roots().all().into_iter().filter(|root| root.kind == RootKind::Skill) {
        let depth = root.path.depth() + 1;
        for file in workspace.files_below(&memory, &root.path)? {
            let parts: Vec<&[u8]> = file.as_bytes().split(|&byte| byte == b'/').collect();
            if parts.len() > depth {
                folders.insert(RepoPath::from_git(parts[..depth].join(&b'/')));
            }
        }
    }
    Ok(folders.into_iter().map(|path| (path.clone(), top.join(&*path.text()))).collect())
}

/// The folder that `path` names: itself, or that of the manifest.
pub(super) fn package_folder(path: &Path) -> &Path {
    let is_manifest = path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("skill.md"))
        && path.is_file();
    match path.parent().filter(|_| is_manifest) {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}

/// A package's findings in the shape of answers.
pub(super) fn verdict(package: &Package, path: &str) -> Verdict {
    let findings: Vec<Finding> = skill::validate(package)
        .into_iter()
        .map(|it| Finding {
            rule: it.rule.to_owned(),
            severity: if it.severity == Severity::Error { "error" } else { "warning" }.to_owned(),
            path: format!("{path}/{}", it.path),
            line: it.line,
            message: it.message,
            repair: it.repair,
        })
        .collect();
    Verdict {
        name: package.folder.clone(),
        path: path.to_owned(),
        valid: findings.iter().all(|finding| finding.severity != "error"),
        findings,
    }
}

fn answer(skills: Vec<Verdict>) -> Answer {
    let all = || skills.iter().flat_map(|skill| &skill.findings);
    Answer {
        schema: "prode.skill_validate/v1".to_owned(),
        checked: skills.len(),
        invalid: skills.iter().filter(|skill| !skill.valid).count(),
        warnings: all().filter(|finding| finding.severity == "warning").count(),
        skills,
    }
}
