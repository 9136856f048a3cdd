//! Whose words a proposal holds.
//!
//! Its author is who handed the learning in, and who wrote its words anew is a
//! co-author: they ask, and so they do not approve. Who promotes it commits.

use crate::git::{Draft, Identity};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Entry, below};

/// `draft` with its authors, as the inbox's history names them. Where that was
/// written anew (`inbox purge`), they are whoever did so.
pub(super) fn signed_by_authors(
    branch: &Branch<'_>,
    entry: &Entry,
    draft: Draft,
) -> Result<Draft, OpError> {
    let author = first(branch, entry, "learning.md")?;
    let mut message = draft.message;
    for decision in &entry.standing.decisions {
        if decision.edition.as_ref().is_none_or(|it| it.body.is_none()) {
            continue;
        }
        let editor = first(branch, entry, &format!("state/{}", decision.file().0))?;
        let Some(Identity { name, email }) = editor.filter(|it| Some(it) != author.as_ref()) else {
            continue;
        };
        let trailer = ("Co-authored-by".to_owned(), format!("{name} <{email}>"));
        if !message.trailers.contains(&trailer) {
            message.trailers.push(trailer);
        }
    }
    Ok(Draft { message, author, ..draft })
}

fn first(branch: &Branch<'_>, entry: &Entry, rest: &str) -> Result<Option<Identity>, OpError> {
    let Some(tip) = branch.tip()? else { return Ok(None) };
    Ok(branch.repository.introduced_by(tip, &below(&entry.id, rest))?)
}
