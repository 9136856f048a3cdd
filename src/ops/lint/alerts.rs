//! `--alerts`: files of alert rules, found by patterns.
//!
//! Files of the repository are those of the revision that is looked at, and
//! none that Git ignores; a pattern may also lead out of the repository, where
//! files are read as they lie on disk.

use std::path::{Path, PathBuf};

use super::history::Since;
use super::side::{Side, plain};
use super::{Alerts, files};
use crate::corpus::{OwnersDialect, Pattern};
use crate::git::{EntryKind, plain_names_below, plain_read};
use crate::lint::{AlertFile, Silent};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

const COMPLETE: &str = "runbook-without-alert";

/// How much was read.
pub(super) fn counted(files: Option<&[AlertFile]>) -> Option<Alerts> {
    let files = files?;
    let alerts = || files.iter().flat_map(|file| &file.alerts);
    let paging = alerts().filter(|alert| alert.pages).count();
    Some(Alerts { files: files.len(), alerts: alerts().count(), paging })
}

/// Every file that a pattern names, and the rule that is silent since one of
/// them could not be read. `None` where no pattern was given.
pub(super) fn read(
    side: &Side<'_>,
    since: &Since<'_>,
    wants: &dyn Fn(&str) -> bool,
) -> Result<(Option<Vec<AlertFile>>, Option<Silent>), OpError> {
    if side.options.alerts.is_empty() {
        return Ok((None, None));
    }
    let mut files: Vec<AlertFile> = Vec::new();
    for typed in &side.options.alerts {
        let found = below(side, typed)?;
        // What another revision does not have yet is no mistake of the person.
        if found.is_empty() && !matches!(since, Since::Nothing) {
            return Err(OpError::NotFound {
                message: format!("no file matches '{typed}'"),
                hint: "write a pattern from this folder, in quotes: --alerts 'rules/**/*.yaml'"
                    .to_owned(),
            });
        }
        for (path, bytes) in found {
            if !files.iter().any(|file| file.path == path) {
                files.push(AlertFile::read(path, &bytes));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let broken = files.iter().find(|file| !file.is_whole).filter(|_| wants(COMPLETE));
    let silent = broken.map(|file| Silent {
        rule: COMPLETE.to_owned(),
        why: format!(
            "'{}' could not be read to its end, so that an alert may be missing",
            file.path
        ),
    });
    Ok((Some(files), silent))
}

type Read = Vec<(RepoPath, Vec<u8>)>;

/// Files that one pattern names, and their bytes.
fn below(side: &Side<'_>, typed: &str) -> Result<Read, OpError> {
    let (folder, rest) = split(typed);
    let pattern = Pattern::compile(format!("/{rest}").as_bytes(), OwnersDialect::GitHub);
    let pattern = pattern.map_err(|why| OpError::Usage {
        message: format!("the pattern '{typed}' {why}"),
        hint: "use *, ** and ?: --alerts 'rules/**/*.yaml'".to_owned(),
    })?;
    let matches = |path: &RepoPath| {
        let parts: Vec<&[u8]> = path.as_bytes().split(|&byte| byte == b'/').collect();
        pattern.matches(&parts)
    };
    let base = plain(&current(side).join(&folder));
    let top =
        side.workspace.folder().map(|top| top.canonicalize().unwrap_or_else(|_| top.to_owned()));
    let inside = match &top {
        Some(top) => base.strip_prefix(top).ok().map(Path::to_owned),
        // A bare repository: patterns start at the top.
        None => Some(PathBuf::from(&folder)),
    };
    let Some(inside) = inside else { return Ok(outside(&base, &folder, matches)) };
    let Some(inside) = RepoPath::root().join(inside.as_os_str().as_encoded_bytes()) else {
        return Ok(Vec::new());
    };
    let mut wanted = |path: &[u8], kind: EntryKind| {
        let path = RepoPath::from_git(path);
        match kind {
            EntryKind::Folder => path.is_below(&inside) || inside.is_below(&path),
            EntryKind::File => relative(&path, &inside).is_some_and(|it| matches(&it)),
        }
    };
    let mut found = Vec::new();
    for path in side.workspace.files(side.memory, &mut wanted)? {
        let bytes = files::bytes(side, &path, u64::MAX)?;
        found.extend(bytes.map(|bytes| (path, bytes)));
    }
    Ok(found)
}

/// Files on disk outside the repository, under the names that were typed.
fn outside(base: &Path, typed: &str, matches: impl Fn(&RepoPath) -> bool) -> Read {
    let files = plain_names_below(base, &RepoPath::root()).into_iter().filter(|path| matches(path));
    let read = |path: RepoPath| {
        let bytes = plain_read(base, &path).ok()?;
        let name = Path::new(typed).join(&*path.text());
        Some((RepoPath::from_git(name.as_os_str().as_encoded_bytes()), bytes))
    };
    files.filter_map(read).collect()
}

fn relative(path: &RepoPath, above: &RepoPath) -> Option<RepoPath> {
    if above.is_root() {
        return Some(path.clone());
    }
    let rest = path.as_bytes().strip_prefix(above.as_bytes())?.strip_prefix(b"/")?;
    Some(RepoPath::from_git(rest))
}

/// The folder that patterns start from.
fn current(side: &Side<'_>) -> PathBuf {
    side.options.current.canonicalize().unwrap_or_else(|_| side.options.current.clone())
}

/// The folder before the first part with a `*` or a `?`, and the pattern below it.
fn split(typed: &str) -> (String, &str) {
    let wild = typed.find(['*', '?']).unwrap_or(typed.len());
    match typed[..wild].rfind('/') {
        Some(0) => ("/".to_owned(), &typed[1..]),
        Some(at) => (typed[..at].to_owned(), &typed[at + 1..]),
        None => (String::new(), typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_split_before_its_first_star() {
        assert_eq!(split("rules/**/*.yaml"), ("rules".to_owned(), "**/*.yaml"));
        assert_eq!(split("*.yaml"), (String::new(), "*.yaml"));
        assert_eq!(split("../infra/rules/a.yaml"), ("../infra/rules".to_owned(), "a.yaml"));
        assert_eq!(split("/etc/rules/*.yml"), ("/etc/rules".to_owned(), "*.yml"));
    }
}
