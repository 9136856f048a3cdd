//! Whether two texts are the same, and how they differ: pure.

use std::collections::HashMap;

/// How one text became another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Change {
    /// Lines that the old text did not have.
    pub(super) added: usize,
    /// Lines that the new text does not have.
    pub(super) removed: usize,
    /// The first line that differs: its place from 0, and what it says now;
    /// `None` where the new text is the old one cut short.
    pub(super) first: Option<(u32, String)>,
}

/// True for the same lines; line ends and empty lines at the end do not count.
pub(super) fn is_same(old: &[u8], new: &[u8]) -> bool {
    lines(old).eq(lines(new))
}

/// How `old` became `new`.
pub(super) fn change(old: &[u8], new: &[u8]) -> Change {
    let (old, new): (Vec<_>, Vec<_>) = (lines(old).collect(), lines(new).collect());
    let (removed, added) = unshared(&old, &new);
    let first = new.iter().enumerate().find(|(at, line)| old.get(*at) != Some(line));
    let first = first.map(|(at, line)| {
        (u32::try_from(at).unwrap_or(u32::MAX), String::from_utf8_lossy(line).into_owned())
    });
    Change { added, removed, first }
}

/// The share of lines that two texts have in common, from 0 to 1, of the
/// longer one; empty lines do not count.
pub(super) fn similarity(old: &[u8], new: &[u8]) -> f64 {
    let full = |line: &&[u8]| !line.trim_ascii().is_empty();
    let (old, new): (Vec<_>, Vec<_>) =
        (lines(old).filter(full).collect(), lines(new).filter(full).collect());
    let longest = old.len().max(new.len());
    if longest == 0 {
        return 0.0;
    }
    let (removed, _) = unshared(&old, &new);
    #[expect(clippy::cast_precision_loss, reason = "files have fewer than 2^52 lines")]
    let share = (old.len() - removed) as f64 / longest as f64;
    share
}

/// How many lines each text has that the other has not, counted as often as they stand.
fn unshared(old: &[&[u8]], new: &[&[u8]]) -> (usize, usize) {
    let mut counts: HashMap<&[u8], i64> = HashMap::new();
    for line in old {
        *counts.entry(line).or_default() += 1;
    }
    for line in new {
        *counts.entry(line).or_default() -= 1;
    }
    let sum = |sign: i64| -> usize {
        let left = counts.values().map(|count| usize::try_from(count * sign).unwrap_or(0));
        left.sum()
    };
    (sum(1), sum(-1))
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = text.trim_ascii_end();
    text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_no_change() {
        assert!(is_same(b"a\r\nb\r\n", b"a\nb\n\n"));
        assert!(!is_same(b"a\n b\n", b"a\nb\n"));
        assert!(is_same(b"", b"\n"));
    }

    #[test]
    fn a_change_counts_lines_and_shows_the_first() {
        let found = change(b"a\nb\nc\n", b"a\nx\nc\nd\n");
        assert_eq!(found, Change { added: 2, removed: 1, first: Some((1, "x".to_owned())) });
        assert_eq!(change(b"a\nb\n", b"a\n").first, None);
    }

    #[test]
    fn similarity_is_a_share_of_the_longer() {
        assert!((similarity(b"a\nb\n", b"a\nc\n") - 0.5).abs() < 1e-9);
        assert!((similarity(b"a\n\nb\n", b"b\na\n") - 1.0).abs() < 1e-9);
        assert!(similarity(b"", b"").abs() < 1e-9);
    }
}
