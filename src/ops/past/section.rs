//! Which section of an older text became which of a newer one.
//!
//! By its heading's line, where that stayed; else by its anchor, unless that
//! heading went on as another section's; else, under a heading that was
//! reworded, by the lines below it, or by the words that both headings share.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use crate::corpus::{Heading, Page};
use crate::git::Hunk;
use crate::ids::BlobId;
use crate::ops::show::cut;
use crate::repo_path::RepoPath;

/// A page's text and where its sections stand.
pub(in crate::ops) struct Text {
    pub(in crate::ops) bytes: Rc<[u8]>,
    pub(in crate::ops) headings: Vec<Heading>,
}

impl Text {
    /// Reads a text that the file at `path` has or had.
    pub(in crate::ops) fn read(path: &RepoPath, bytes: Rc<[u8]>) -> Self {
        let (page, _) = Page::read(path.clone(), BlobId([0; 20]), &bytes);
        Self { bytes, headings: page.headings }
    }

    /// The bytes of a section.
    pub(in crate::ops) fn section(&self, at: usize) -> &[u8] {
        cut(&self.bytes, &self.headings[at])
    }

    /// A section's lines, from 0.
    pub(in crate::ops) fn lines(&self, at: usize) -> Range<usize> {
        let [first, last] = self.headings[at].lines;
        (first as usize).saturating_sub(1)..last as usize
    }

    /// The section whose heading stands on a line, from 0.
    pub(in crate::ops) fn on_line(&self, line: usize) -> Option<usize> {
        self.headings.iter().position(|it| it.level > 0 && it.lines[0] as usize == line + 1)
    }
}

/// For each line of the new text its line in the old one, where it was there.
pub(in crate::ops) struct Kept<'a>(&'a [Hunk]);

impl<'a> Kept<'a> {
    pub(in crate::ops) fn of(hunks: &'a [Hunk]) -> Self {
        Self(hunks)
    }

    /// Where a line of the new text stood in the old one; both from 0.
    pub(in crate::ops) fn old(&self, line: usize) -> Option<usize> {
        let before = self.0.partition_point(|hunk| hunk.new.end <= line);
        let is_in = self.0.get(before).is_some_and(|hunk| hunk.new.contains(&line));
        let shift = before.checked_sub(1).map(|at| (self.0[at].old.end, self.0[at].new.end));
        let (old, new) = shift.unwrap_or_default();
        (!is_in).then(|| line - new + old)
    }

    /// Whether a line of the old text stands in the new one.
    pub(in crate::ops) fn has_old(&self, line: usize) -> bool {
        let before = self.0.partition_point(|hunk| hunk.old.end <= line);
        self.0.get(before).is_none_or(|hunk| !hunk.old.contains(&line))
    }
}

/// Where lines of the new text stood in the old one, if nothing happened to
/// them or at their end.
pub(in crate::ops) fn untouched(hunks: &[Hunk], lines: &Range<usize>) -> Option<Range<usize>> {
    let touches = |hunk: &Hunk| {
        let meets = hunk.new.start < lines.end && lines.start < hunk.new.end;
        // What went at their end may have been theirs, and a heading that came
        // there may have taken what was.
        meets || (lines.start + 1..=lines.end).contains(&hunk.new.start)
    };
    let kept = Kept::of(hunks);
    let start = kept.old(lines.start).filter(|_| !hunks.iter().any(touches))?;
    Some(start..start + lines.len())
}

/// The section of `old` that became the one of `new`; `hunks` are what differs.
pub(in crate::ops) fn counterpart(
    new: &Text,
    section: usize,
    old: &Text,
    hunks: &[Hunk],
) -> Option<usize> {
    let kept = Kept::of(hunks);
    let line = new.lines(section).start;
    if let Some(at) = kept.old(line).and_then(|line| old.on_line(line)) {
        return Some(at);
    }
    let is_free = |at: usize| {
        let line = old.lines(at).start;
        old.headings[at].level > 0 && !kept.has_old(line)
    };
    let anchor = &new.headings[section].anchor;
    let named = old.headings.iter().position(|it| it.anchor == *anchor);
    named
        .filter(|&at| is_free(at))
        .or_else(|| by_body(new, section, old, &kept).filter(|&at| is_free(at)))
        .or_else(|| by_words(new, section, old, hunks))
}

/// The section whose heading went where this one's came, where both share at
/// least half of their words; several of either are no one's.
fn by_words(new: &Text, section: usize, old: &Text, hunks: &[Hunk]) -> Option<usize> {
    let Heading { title, level, .. } = &new.headings[section];
    let line = new.lines(section).start;
    let hunk = hunks.iter().find(|hunk| hunk.new.contains(&line))?;
    let within = |text: &Text, range: &Range<usize>| -> Vec<usize> {
        let all = 0..text.headings.len();
        let is_in = |at: &usize| range.contains(&text.lines(*at).start);
        all.filter(|at| text.headings[*at].level == *level && is_in(at)).collect()
    };
    let ([_], [went]) = (&within(new, &hunk.new)[..], &within(old, &hunk.old)[..]) else {
        return None;
    };
    let [came, went_words] = [title, &old.headings[*went].title].map(|it| {
        let words = it.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<HashSet<_>>()
    });
    let shared = came.intersection(&went_words).count();
    (shared > 0 && shared * 2 >= came.len().max(went_words.len())).then_some(*went)
}

/// The section of `old` that most of the lines below the heading stood in.
fn by_body(new: &Text, section: usize, old: &Text, kept: &Kept<'_>) -> Option<usize> {
    let lines: Vec<&[u8]> = new.bytes.split(|byte| *byte == b'\n').collect();
    let is_full = |line: &usize| lines.get(*line).is_some_and(|it| !it.trim_ascii().is_empty());
    let body: Vec<usize> = new.lines(section).skip(1).filter(is_full).collect();
    let mut counts = vec![0_usize; old.headings.len()];
    for line in body.iter().filter_map(|line| kept.old(*line)) {
        let at = (0..old.headings.len()).find(|&at| old.lines(at).contains(&line));
        if let Some(at) = at {
            counts[at] += 1;
        }
    }
    let (count, at) = counts.iter().zip(0..).max_by_key(|(count, at)| (**count, -at))?;
    (*count > 0 && count * 2 >= body.len()).then_some(usize::try_from(at).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::hunks;
    use crate::ops::compare::is_same;

    fn text(text: &str) -> Text {
        Text::read(&RepoPath::new("wiki/a.md").unwrap(), text.as_bytes().into())
    }

    /// The anchor of the section of `old` that became `anchor` of `new`, and
    /// whether it says the same.
    fn found(old: &str, new: &str, anchor: &str) -> Option<(String, bool)> {
        let (old, new) = (text(old), text(new));
        let at = new.headings.iter().position(|it| it.anchor == anchor).unwrap();
        let hunks = hunks(&old.bytes, &new.bytes, 0).unwrap();
        let found = counterpart(&new, at, &old, &hunks)?;
        let is_same = is_same(new.section(at), old.section(found));
        // Whoever is not touched is the same, and stands where it was found.
        if let Some(lines) = untouched(&hunks, &new.lines(at)) {
            assert_eq!((is_same, lines), (true, old.lines(found)));
        }
        Some((old.headings[found].anchor.clone(), is_same))
    }

    fn is(anchor: &str, is_same: bool) -> (String, bool) {
        (anchor.to_owned(), is_same)
    }

    #[test]
    fn a_section_is_followed_by_its_heading() {
        let old = "# A\n\n## Cause\n\none\n\n## End\n\nx\n";
        assert_eq!(
            found(old, &old.replace("# A\n", "# A\n\nmore\n"), "cause"),
            Some(is("cause", true))
        );
        assert_eq!(found(old, &old.replace("one", "two"), "cause"), Some(is("cause", false)));
        assert_eq!(found(old, &old.replace("x\n", "y\n"), "cause"), Some(is("cause", true)));
    }

    #[test]
    fn a_second_heading_of_the_same_words_does_not_take_the_first_ones_past() {
        let old = "# A\n\n## Step\n\nlook at it\n\nand again\n";
        let new = "# A\n\n## Step\n\nbefore that\n\nmore\n\n## Step\n\nlook at it\n\nand again\n";
        let both = (found(old, new, "step"), found(old, new, "step-1"));
        assert!(both.0.is_none() != both.1.is_none(), "one of them is new: {both:?}");
    }

    #[test]
    fn a_heading_is_reworded_and_a_section_moved() {
        let old = "# A\n\n## Cause\n\none\n\ntwo\n\n## End\n\nx\n";
        let reworded = old.replace("## Cause", "## Known causes");
        assert_eq!(found(old, &reworded, "known-causes"), Some(is("cause", false)));
        let moved = "# A\n\n## End\n\nx\n\n## Cause\n\none\n\ntwo\n";
        assert_eq!(found(old, moved, "cause"), Some(is("cause", true)));
        assert_eq!(found(old, moved, "end"), Some(is("end", true)));
    }

    #[test]
    fn a_heading_that_takes_a_part_changes_what_is_left() {
        let old = "# A\n\n## Cause\n\none\n\ntwo\n\n## End\n\nx\n";
        let new = old.replace("two", "## More\n\ntwo");
        assert_eq!(found(old, &new, "cause"), Some(is("cause", false)));
        let new = old.replace("## End", "## New\n\nthree\n\n## End");
        assert_eq!(found(old, &new, "cause"), Some(is("cause", true)));
    }

    #[test]
    fn a_heading_without_a_body_is_reworded_where_half_of_its_words_stay() {
        let old = "# Queue is full\n\n## Cause\n\none\n";
        let new = "# Queue is full [deprecated]\n\nSee elsewhere.\n\n## Cause\n\none\n";
        assert_eq!(found(old, new, "queue-is-full-deprecated"), Some(is("queue-is-full", false)));
        let new = "# Disks\n\nQuite another page.\n\n## Cause\n\none\n";
        assert_eq!(found(old, new, "disks"), None);
    }

    #[test]
    fn a_section_that_was_not_there_has_no_past() {
        let old = "# A\n\ntext\n";
        assert_eq!(found(old, "# A\n\ntext\n\n## New\n\nwords\n", "new"), None);
        // A part that got a heading of its own begins there.
        assert_eq!(found(old, "# A\n\n## New\n\ntext\n", "new"), None);
    }

    #[test]
    fn lines_are_untouched_where_nothing_of_them_may_have_gone() {
        let moved = |old: &str, new: &str, lines: Range<usize>| {
            untouched(&hunks(old.as_bytes(), new.as_bytes(), 0).unwrap(), &lines)
        };
        assert_eq!(moved("a\nb\nc\nd\n", "x\na\nb\nc\nd\n", 2..4), Some(1..3));
        assert_eq!(moved("a\nb\nc\nd\n", "a\nb\nx\nd\n", 1..3), None);
        // Below them something came; something went; above them something went.
        assert_eq!(moved("a\nb\nd\n", "a\nb\nx\nd\n", 0..2), None);
        assert_eq!(moved("a\nb\nc\nd\n", "a\nb\nd\n", 0..2), None);
        assert_eq!(moved("a\nb\nc\nd\n", "b\nc\nd\n", 0..2), Some(1..3));
        assert_eq!(moved("a\nc\n", "a\nb\nc\n", 0..3), None);
    }

    #[test]
    fn kept_lines_are_known_from_both_sides() {
        let hunks = hunks(b"a\nb\nc\nd\n", b"a\nx\ny\nc\n", 0).unwrap();
        let kept = Kept::of(&hunks);
        let old: Vec<_> = (0..4).map(|line| kept.old(line)).collect();
        assert_eq!(old, [Some(0), None, None, Some(2)]);
        let has: Vec<_> = (0..4).map(|line| kept.has_old(line)).collect();
        assert_eq!(has, [true, false, true, false]);
    }
}
