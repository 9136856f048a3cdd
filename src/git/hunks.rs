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
    let patch = compared(&old, &new, around)?;
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

/// How many lines [`hunks`] names: those that came, and those that went.
pub fn hunk_lines(old: &[u8], new: &[u8]) -> Result<[usize; 2], GitError> {
    // A page that came is compared with nothing: there is nothing to look for.
    if old.is_empty() || new.is_empty() {
        return Ok([new, old].map(lines));
    }
    let (old, new) = (one_line_end(old), one_line_end(new));
    let stats = compared(&old, &new, 0)?.line_stats();
    let (_, came, went) = stats.map_err(GitError::library("compare two files"))?;
    Ok([came, went])
}

/// Lines of a text, one without an end among them.
fn lines(text: &[u8]) -> usize {
    let is_open = !text.is_empty() && !text.ends_with(b"\n");
    memchr::memchr_iter(b'\n', text).count() + usize::from(is_open)
}

fn compared<'a>(old: &'a [u8], new: &'a [u8], around: u32) -> Result<Patch<'a>, GitError> {
    let mut options = DiffOptions::new();
    options.context_lines(around).force_text(true).indent_heuristic(true);
    Patch::from_buffers(old, None, new, None, Some(&mut options))
        .map_err(GitError::library("compare two files"))
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
    fn lines_are_counted_as_places_name_them() {
        let texts = [
            "",
            "\n",
            "a",
            "a\n",
            "a\nb",
            "b\na\n",
            "a\r\nb\r\n",
            "\na\n\n",
            "\u{0}\n\u{ff}",
            "a\ra",
        ];
        for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (old, new))) {
            let places = ranges(old, new);
            let came: usize = places.iter().map(|(_, new)| new.len()).sum();
            let went: usize = places.iter().map(|(old, _)| old.len()).sum();
            let counted = hunk_lines(old.as_bytes(), new.as_bytes()).unwrap();
            assert_eq!(counted, [came, went], "{old:?} {new:?}");
        }
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
