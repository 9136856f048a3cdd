//! `diff`: what changed of a page or a section between two revisions.

mod earlier;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::located::Located;
use super::past::{Commit, Past, Text, located, own_text};
use crate::git::{Hunk as Place, LineSide, hunks};
use crate::workspace::{Asked, Memory, Workspace};

/// Lines that are shown around each change.
const AROUND: u32 = 3;

/// What is compared with what.
#[derive(Debug, Clone)]
pub struct Options {
    /// A page or a section, as for `show`.
    pub reference: String,
    /// The older revision: a commit-ish, or a day.
    pub from: String,
    /// Which revision answers: the newer one.
    pub asked: Asked,
}

/// The older side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct From {
    /// What was typed.
    pub rev: String,
    /// The commit that it names.
    pub commit: Commit,
    /// Where the page stood then; null where there was no such page.
    pub path: Option<String>,
    /// The section's anchor then; null where there was none, empty for the whole page.
    pub anchor: Option<String>,
    /// Who brought the page or the section since; null where it was there, or
    /// where that is not known.
    pub added_by: Option<Commit>,
}

/// On which side a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It went.
    Removed,
    /// It stayed.
    Kept,
    /// It came.
    Added,
}

/// A line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// On which side it stands.
    pub side: Side,
    /// Without its end; bytes that are not UTF-8 are replaced.
    pub text: String,
    /// True where it ends its file without a line end.
    pub no_newline: bool,
}

/// A place where both differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hunk {
    /// The first line on the older page, 1-based; the line above where none is.
    pub old_start: usize,
    /// How many lines of it.
    pub old_lines: usize,
    /// The first line on the newer page, likewise.
    pub new_start: usize,
    /// How many lines of it.
    pub new_lines: usize,
    /// Lines around the change are among them.
    pub lines: Vec<Line>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// `prode.diff/v1`.
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
    /// The older side.
    pub from: From,
    /// True where no line differs.
    pub same: bool,
    /// True where lines differ in their ends alone (`CR LF` and `LF`).
    pub only_line_ends: bool,
    /// Lines that came.
    pub added: usize,
    /// Lines that went.
    pub removed: usize,
    /// In the order of the page; empty where the older side has no such page
    /// or section.
    pub hunks: Vec<Hunk>,
    /// What the reader should know of what is missing.
    pub notes: Vec<String>,
}

/// The lines of a page that are compared.
struct Part {
    bytes: Vec<u8>,
    /// Lines above them on the page.
    above: usize,
}

/// Compares what was named with what it was. `told` hears how many of how
/// many commits were looked at.
pub fn run(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<(Diff, Memory), OpError> {
    let located = located(workspace, &options.reference, &options.asked)?;
    let past = Past::of(workspace, &located, told)?;
    let bytes = own_text(workspace, &located)?;
    let earlier = earlier::find(workspace, &past, &located, &bytes, &options.from)?;
    let new = part(&located, bytes);
    let hunks = match &earlier.part {
        Some(old) => hunks(&old.bytes, &new.bytes, AROUND)?,
        None => Vec::new(),
    };
    let count = |wanted: LineSide| -> usize {
        let lines = hunks.iter().flat_map(|hunk| &hunk.lines);
        lines.filter(|line| line.side == wanted).count()
    };
    let (added, removed) = (count(LineSide::New), count(LineSide::Old));
    let above = [earlier.part.as_ref().map_or(0, |old| old.above), new.above];
    let differs = earlier.part.as_ref().is_none_or(|old| old.bytes != new.bytes);
    let diff = Diff {
        schema: "prode.diff/v1".to_owned(),
        commit: located.memory.revision.commit.map(|commit| commit.to_string()),
        worktree: located.memory.revision.on_disk,
        path: located.page.path.text().into_owned(),
        anchor: located.anchor().to_owned(),
        title: located.page.title.clone(),
        cite: located.cite(),
        same: earlier.part.is_some() && hunks.is_empty(),
        only_line_ends: earlier.part.is_some() && hunks.is_empty() && differs,
        from: earlier.from,
        added,
        removed,
        hunks: hunks.iter().map(|place| hunk(place, above)).collect(),
        notes: past.gaps(),
    };
    Ok((diff, located.memory))
}

/// The page, or its section.
fn part(located: &Located, bytes: Vec<u8>) -> Part {
    let Some(section) = located.section else { return Part { bytes, above: 0 } };
    let heading = &located.page.headings[section];
    Part {
        bytes: super::show::cut(&bytes, heading).to_vec(),
        above: (heading.lines[0] as usize).saturating_sub(1),
    }
}

/// The same of an older text.
fn part_of(text: &Text, section: usize) -> Part {
    let above = (text.headings[section].lines[0] as usize).saturating_sub(1);
    Part { bytes: text.section(section).to_vec(), above }
}

fn hunk(place: &Place, above: [usize; 2]) -> Hunk {
    let start = |range: &std::ops::Range<usize>, above: usize| {
        above + range.start + usize::from(!range.is_empty())
    };
    Hunk {
        old_start: start(&place.old, above[0]),
        old_lines: place.old.len(),
        new_start: start(&place.new, above[1]),
        new_lines: place.new.len(),
        lines: place.lines.iter().map(line).collect(),
    }
}

fn line(line: &crate::git::HunkLine) -> Line {
    Line {
        side: match line.side {
            LineSide::Old => Side::Removed,
            LineSide::Both => Side::Kept,
            LineSide::New => Side::Added,
        },
        text: String::from_utf8_lossy(&line.text).into_owned(),
        no_newline: line.is_open,
    }
}

impl Diff {
    /// As `git diff` writes it; empty where nothing differs.
    pub fn unified(&self) -> String {
        let Some(old) = &self.from.path else { return String::new() };
        // That its page has another path is no change of a section.
        if self.hunks.is_empty() && !self.anchor.is_empty() {
            return String::new();
        }
        let new = &self.path;
        let mut text = String::new();
        if old != new {
            text += &format!("diff --git a/{old} b/{new}\nrename from {old}\nrename to {new}\n");
        }
        if self.hunks.is_empty() {
            return text;
        }
        text += &format!("--- a/{old}\n+++ b/{new}\n");
        for hunk in &self.hunks {
            let Hunk { old_start, old_lines, new_start, new_lines, lines } = hunk;
            text += &format!("@@ -{old_start},{old_lines} +{new_start},{new_lines} @@\n");
            for Line { side, text: line, no_newline } in lines {
                text += match side {
                    Side::Removed => "-",
                    Side::Kept => " ",
                    Side::Added => "+",
                };
                text += line;
                text += if *no_newline { "\n\\ No newline at end of file\n" } else { "\n" };
            }
        }
        text
    }
}
