//! `blame`: for each line of a page or a section, the commit that wrote it.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::located::Located;
use super::past::{Behind, Commit, Kept, Past, Version, located, own_text};
use crate::git::{GitError, hunks};
use crate::workspace::{Asked, Memory, Workspace};

/// Whose lines.
#[derive(Debug, Clone)]
pub struct Options {
    /// A page or a section, as for `show`.
    pub reference: String,
    /// Which revision answers.
    pub asked: Asked,
}

/// One line and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Its number on the page, 1-based.
    pub line: usize,
    /// The id of the commit that wrote it, one of `commits`; null for a line
    /// that is on disk and not committed yet.
    pub commit: Option<String>,
    /// Where the page stood in that commit; null where it is not committed.
    pub path: Option<String>,
    /// Its number on the page there, 1-based; null where it is not committed.
    pub original_line: Option<usize>,
    /// The line without its end; bytes that are not UTF-8 are replaced.
    pub text: String,
}

/// A commit that wrote some of the lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Writer {
    /// The commit.
    #[serde(flatten)]
    pub commit: Commit,
    /// Lines of the answer that it wrote.
    pub lines: usize,
    /// True where this clone's history was cut off at it: the lines may be older.
    pub is_cut: bool,
}

/// All lines of a page or a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Blame {
    /// `prode.blame/v1`.
    pub schema: String,
    /// The commit that was answered for; null where there is none yet.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// Where the page stands.
    pub path: String,
    /// The section; empty for the whole page.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// `path#anchor@commit`.
    pub cite: String,
    /// Those that wrote a line, the newest first.
    pub commits: Vec<Writer>,
    /// In the order of the page.
    pub lines: Vec<Line>,
    /// What the reader should know of what is missing.
    pub notes: Vec<String>,
}

/// A line that nobody owned up to yet: its place on the page that was asked
/// for, and where it stands in the version at hand; both from 0.
type Open = (usize, usize);

/// For each line who wrote it, and its place there, from 0; `None` for what
/// is on disk alone.
type Origins = Vec<Option<(Version, usize)>>;

/// Finds who wrote each line of what was named. `told` hears how many of how
/// many commits were looked at.
pub fn run(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<(Blame, Memory), OpError> {
    let located = located(workspace, &options.reference, &options.asked)?;
    let past = Past::of(workspace, &located, told)?;
    let bytes = own_text(workspace, &located)?;
    let texts = lines(&bytes);
    let wanted = match located.heading() {
        Some(heading) => {
            let [first, last] = heading.lines.map(|line| line as usize);
            first.saturating_sub(1)..last.min(texts.len())
        }
        None => 0..texts.len(),
    };
    let (origins, cut) = origins(&past, &located, &bytes, wanted.clone().collect(), texts.len())?;
    let (commits, ids) = writers(&past, &origins, &cut)?;
    let line = |at: usize| {
        let origin = origins[at].as_ref();
        Line {
            line: at + 1,
            commit: origin.map(|(version, _)| ids[&version.at].clone()),
            path: origin.map(|(version, _)| version.path.text().into_owned()),
            original_line: origin.map(|(_, line)| line + 1),
            text: String::from_utf8_lossy(texts[at]).into_owned(),
        }
    };
    let blame = Blame {
        schema: "prode.blame/v1".to_owned(),
        commit: located.memory.revision.commit.map(|commit| commit.to_string()),
        worktree: located.memory.revision.on_disk,
        path: located.page.path.text().into_owned(),
        anchor: located.anchor().to_owned(),
        title: located.page.title.clone(),
        cite: located.cite(),
        commits,
        lines: wanted.map(line).collect(),
        notes: past.gaps(),
    };
    Ok((blame, located.memory))
}

/// Lines without their ends; what stands behind the last end is none.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines.into_iter().map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect()
}

/// Who wrote the wanted lines of a page of `count`, and the places of commits
/// beyond which nothing is known.
fn origins(
    past: &Past<'_>,
    located: &Located,
    bytes: &[u8],
    wanted: Vec<usize>,
    count: usize,
) -> Result<(Origins, Vec<usize>), OpError> {
    let mut origins: Origins = vec![None; count];
    let mut cut = Vec::new();
    let start = past.start(located)?;
    let open: Vec<Open> = wanted.into_iter().map(|line| (line, line)).collect();
    let mut waiting: BTreeMap<Version, Vec<Open>> = BTreeMap::new();
    if let Some(version) = start.version {
        let open = if start.is_changed_on_disk {
            passed(&past.text(&version)?, bytes, open)?.0
        } else {
            open
        };
        waiting.insert(version, open);
    }
    while let Some((version, mut open)) = waiting.pop_first() {
        if open.is_empty() {
            continue;
        }
        match past.behind(&version)? {
            Behind::Same(older) => {
                let there = waiting.entry(older).or_default();
                there.append(&mut open);
                there.sort_unstable_by_key(|(_, here)| *here);
                continue;
            }
            Behind::These(older) => {
                let text = past.text(&version)?;
                for older in older {
                    let (gone_on, left) = passed(&past.text(&older)?, &text, open)?;
                    let there = waiting.entry(older).or_default();
                    there.extend(gone_on);
                    there.sort_unstable_by_key(|(_, here)| *here);
                    open = left;
                }
            }
            Behind::Cut => cut.push(version.at),
            Behind::Nothing => {}
        }
        for (line, here) in open {
            origins[line] = Some((version.clone(), here));
        }
    }
    Ok((origins, cut))
}

/// Of the open lines of a new text those that the old one has, at their places
/// there, and those that it has not.
fn passed(old: &[u8], new: &[u8], open: Vec<Open>) -> Result<(Vec<Open>, Vec<Open>), GitError> {
    if old == new {
        return Ok((open, Vec::new()));
    }
    let hunks = hunks(old, new, 0)?;
    let kept = Kept::of(&hunks);
    let (mut gone_on, mut left) = (Vec::new(), Vec::new());
    for (line, here) in open {
        match kept.old(here) {
            Some(there) => gone_on.push((line, there)),
            None => left.push((line, here)),
        }
    }
    Ok((gone_on, left))
}

/// The commits, the newest first, and their ids by their places.
fn writers(
    past: &Past<'_>,
    origins: &Origins,
    cut: &[usize],
) -> Result<(Vec<Writer>, HashMap<usize, String>), GitError> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (version, _) in origins.iter().flatten() {
        *counts.entry(version.at).or_default() += 1;
    }
    let mut ids = HashMap::new();
    let mut writers = Vec::new();
    for (at, lines) in counts {
        let commit = Commit::of(past.repository, past.history.steps[at].id)?;
        ids.insert(at, commit.id.clone());
        writers.push(Writer { commit, lines, is_cut: cut.contains(&at) });
    }
    Ok((writers, ids))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_on_where_the_old_text_has_them() {
        let open = (0..3).map(|line| (line, line)).collect();
        let (gone_on, left) = passed(b"x\na\nc\n", b"a\nb\nc\n", open).unwrap();
        assert_eq!((gone_on, left), (vec![(0, 1), (2, 2)], vec![(1, 1)]));
    }

    #[test]
    fn the_last_end_begins_no_line() {
        assert_eq!(lines(b"a\r\nb\n"), [b"a", b"b"]);
        assert_eq!(lines(b"a\n\nb"), [&b"a"[..], b"", b"b"]);
        assert!(lines(b"").is_empty());
    }
}
