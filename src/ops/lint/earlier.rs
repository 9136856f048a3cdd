//! Prompts as they were when their changelog was last written.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::side::Side;
use crate::corpus::{Catalogue, Page};
use crate::git::Repository;
use crate::lint::changelog;
use crate::repo_path::RepoPath;
use crate::workspace::page_in;

/// Days after the newest entry in which the text may still change: an entry is
/// written before its commit, and days begin at other times elsewhere.
const GRACE: i64 = 2;

/// Each prompt that has a changelog and was there on that day. What cannot be
/// read, such as history that was cut off, is left out.
pub(super) fn prompts(side: &Side<'_>, catalogue: &Catalogue) -> Vec<(RepoPath, Vec<u8>)> {
    let Some(repository) = side.workspace.repository() else { return Vec::new() };
    let is_prompt = |page: &&Page| {
        page.front.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("prompt"))
    };
    let prompts = catalogue.pages().iter().filter(is_prompt);
    prompts.filter_map(|page| earlier(side, repository, page)).collect()
}

fn earlier(side: &Side<'_>, repository: &Repository, page: &Page) -> Option<(RepoPath, Vec<u8>)> {
    let bytes = side.workspace.own_bytes(side.memory, page)?;
    let newest: Date = changelog(&page.path, &bytes)?.newest?;
    let over = newest.checked_add(GRACE.days()).ok()?;
    if over > side.memory.today() {
        return None;
    }
    let when = over.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let tip = side.memory.revision.commit.or_else(|| repository.resolve("HEAD").ok())?;
    let commit = repository.as_of(tip, when).ok()??;
    let tree = repository.commit(commit).ok()?.tree;
    let then = page_in(repository, tree, &page.path).ok()??.bytes?;
    Some((page.path.clone(), then))
}
