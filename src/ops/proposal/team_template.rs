//! The team's own template of a pull request, as the forge would offer it to a
//! person: found where the forge looks for it, at the commit that the change
//! begins from.

use crate::allowance::NOWHERE;
use crate::forge::{Kind, Templates};
use crate::git::{Entry, EntryKind, Repository, is_binary};
use crate::ids::{BlobId, CommitId};
use crate::ops::OpError;
use crate::ops::redact::{self, Screen};
use crate::redaction::Redacted;
use crate::repo_path::RepoPath;

/// Bytes of a template; a description holds 65,536 characters on GitHub.
const LARGEST: u64 = 16 << 10;

/// The template's words, redacted, in which the forge carries out no line. Its comments
/// stay. `None` where there is none, where it is empty or too large, and where it is
/// no text.
///
/// # Errors
/// Redaction cannot decide about it: nothing is proposed before somebody mends it.
pub fn team_template(
    git: &Repository,
    screen: &Screen,
    kind: Kind,
    at: CommitId,
) -> Result<Option<Redacted>, OpError> {
    let Some((path, blob)) = found(git, kind, at)? else { return Ok(None) };
    if git.blob_size(blob)? > LARGEST {
        return Ok(None);
    }
    let bytes = git.blob(blob)?;
    let text = if is_binary(&bytes) { None } else { String::from_utf8(bytes).ok() };
    let Some(text) = text.filter(|it| !it.trim().is_empty()) else { return Ok(None) };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    match redact::run(screen, NOWHERE, kind.inert(text).trim()) {
        Ok(answer) => Ok(Some(answer.text)),
        Err(error) => Err(OpError::Waiting {
            message: format!("the template '{path}' cannot stand in a pull request: {error}"),
            hint: format!("mend it on the trunk: prode redact --check {path}"),
        }),
    }
}

/// The first that is a regular file; links are not followed.
fn found(git: &Repository, kind: Kind, at: CommitId) -> Result<Option<(String, BlobId)>, OpError> {
    let tree = git.commit(at)?.tree;
    // Of several in a folder of their own a person chooses; none is taken.
    let Templates { folders, names } = kind.templates();
    for folder in folders {
        let path = RepoPath::from_git(*folder);
        let Some(Entry::Folder(inside)) = git.entry(tree, &path)? else { continue };
        let mut wanted = |name: &[u8], sort: EntryKind| {
            sort == EntryKind::File && place_in(names, name).is_some()
        };
        let files = git.files(inside, &mut wanted)?;
        let first = files.into_iter().min_by_key(|it| place_in(names, it.path.as_bytes()));
        if let Some(file) = first {
            let mark = if folder.is_empty() { "" } else { "/" };
            return Ok(Some((format!("{folder}{mark}{}", file.path.text()), file.blob)));
        }
    }
    Ok(None)
}

/// Which of the names it is.
fn place_in(names: &[&str], name: &[u8]) -> Option<usize> {
    names.iter().position(|it| it.as_bytes().eq_ignore_ascii_case(name))
}
