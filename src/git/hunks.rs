//! Two versions of a text, line by line, as Git compares them.
//!
//! The algorithm is the one of `git diff` and `git blame`, so that whoever asks
//! them and prode has one answer, but for a blank line now and then, on which
//! versions of it differ; its cost is bounded. A line that differs in its end
//! alone (`CR LF` for `LF`) is the same line.

use std::borrow::Cow;
use std::ops::Range;

use git2::{DiffOptions, Patch};

use super::error::GitError;

/// A place where two versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// Lines of the old version, from 0; empty where lines only came.
    pub old: Range<usize>,
    /// Lines of the new version, from 0; empty where lines only went.
    pub new: Range<usize>,
    /// What stands there, the lines around it among them.
    pub lines: Vec<HunkLine>,
}

/// A line of a [`Hunk`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HunkLine {
    /// On which side it stands.
    pub side: LineSide,
    /// Without its end.
    pub text: Vec<u8>,
    /// True where it is the last one of its file and has no line end.
    pub is_open: bool,
}

/// On which side a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineSide {
    /// In the old version alone.
    Old,
    /// In both.
    Both,
    /// In the new version alone.
    New,
}

/// Where `old` and `new` differ, in their order, with so many lines around
/// each place.
pub fn hunks(old: &[u8], new: &[u8], around: u32) -> Result<Vec<Hunk>, GitError> {
    let failed = GitError::library("compare two files");
    let (old, new) = (one_line_end(old), one_line_end(new));
    let mut options = DiffOptions::new();
    options.context_lines(around).force_text(true).indent_heuristic(true);
    let patch = Patch::from_buffers(&old, None, &new, None, Some(&mut options)).map_err(&failed)?;
    let mut hunks = Vec::with_capacity(patch.num_hunks());
    for at in 0..patch.num_hunks() {
        let (hunk, count) = patch.hunk(at).map_err(&failed)?;
        let (old_start, old_lines) = (hunk.old_start(), hunk.old_lines());
        let (new_start, new_lines) = (hunk.new_start(), hunk.new_lines());
        let mut lines: Vec<HunkLine> = Vec::with_capacity(count);
        for nth in 0..count {
            let line = patch.line_in_hunk(at, nth).map_err(&failed)?;
            let side = match line.origin() {
                '-' => LineSide::Old,
                '+' => LineSide::New,
                ' ' => LineSide::Both,
                // "\ No newline at end of file" is said of the line above it.
                _ => continue,
            };
            let text = line.content();
            let is_open = !text.ends_with(b"\n");
            let text = text.strip_suffix(b"\n").unwrap_or(text).to_vec();
            lines.push(HunkLine { side, text, is_open });
        }
        let old = range(old_start, old_lines);
        hunks.push(Hunk { old, new: range(new_start, new_lines), lines });
    }
    Ok(hunks)
}

/// Where nothing stands on one side, Git names the line above.
fn range(start: u32, lines: u32) -> Range<usize> {
    let start = if lines == 0 { start } else { start - 1 };
    start as usize..(start + lines) as usize
}

fn one_line_end(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(text, b"\r\n").is_none() {
        return Cow::Borrowed(text);
    }
    let mut lines = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => {
                lines.extend_from_slice(line);
                lines.push(b'\n');
            }
            None => lines.extend_from_slice(line),
        }
    }
    Cow::Owned(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
        let found = hunks(old.as_bytes(), new.as_bytes(), 0).unwrap();
        found.into_iter().map(|it| (it.old, it.new)).collect()
    }

    #[test]
    fn places_are_named_on_both_sides() {
        assert_eq!(ranges("a\nb\nc\n", "a\nx\ny\nc\n"), [(1..2, 1..3)]);
        assert_eq!(ranges("a\n", "a\nb\n"), [(1..1, 1..2)]);
        assert_eq!(ranges("x\na\n", "a\n"), [(0..1, 0..0)]);
        assert_eq!(ranges("", "a\n"), [(0..0, 0..1)]);
        assert_eq!(ranges("a\0\n", "b\0\n"), [(0..1, 0..1)]);
    }

    #[test]
    fn line_ends_are_no_difference() {
        assert_eq!(ranges("a\r\nb\r\n", "a\nb\n"), []);
        assert_eq!(ranges("a\r\nb\r\n", "a\nc\n"), [(1..2, 1..2)]);
        assert_eq!(ranges("a\rb\n", "ab\n"), [(0..1, 0..1)]);
    }

    #[test]
    fn a_last_line_without_an_end_is_said() {
        let found = hunks(b"a\nb", b"a\nc\n", 1).unwrap();
        let lines: Vec<_> =
            found[0].lines.iter().map(|it| (it.side, it.text.as_slice(), it.is_open)).collect();
        assert_eq!(
            lines,
            [
                (LineSide::Both, &b"a"[..], false),
                (LineSide::Old, b"b", true),
                (LineSide::New, b"c", false)
            ]
        );
    }
}
