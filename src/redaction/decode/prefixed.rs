//! Blocks whose lines share what stands before them: quoted, indented, in a
//! list, in a diff, behind the head of a log line or a container's name. A
//! table, a body or a manifest reads there as it does without.

use std::ops::Range;

use super::super::text::{Line, Text};
use super::heads;
use super::view::{Units, View};

/// The longest head that lines share, in bytes.
const LONGEST: usize = 120;

/// What stands before the lines of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `> `, `| `
    Quote,
    /// `+`, and `-` or a blank beside it.
    Diff,
    /// Time, host, container.
    Head,
    /// Blanks, or the marker of a list.
    Indent,
}

pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) {
    let mut diffs = Diffs::of(text);
    let mut at = 0;
    while at < text.lines.len() {
        let (taken, view) = block(text, at, &mut diffs);
        views.extend(view);
        at += taken.max(1);
    }
}

/// The block that begins with a line: how many lines it has, and its view.
fn block(text: &Text<'_>, first: usize, diffs: &mut Diffs) -> (usize, Option<View>) {
    if is_plain(text, first) {
        return (1, None);
    }
    for kind in [Kind::Quote, Kind::Diff, Kind::Head, Kind::Indent] {
        let cuts = cuts(text, first, kind, diffs);
        let is_enough = kind == Kind::Quote || cuts.len() > 1;
        if is_enough && !cuts.is_empty() {
            return (cuts.len(), view(text, first, &cuts));
        }
    }
    (1, None)
}

/// True for a line without anything in it, or one that begins with a letter,
/// and like the next one in few signs: most of a page. Nothing stands before it.
fn is_plain(text: &Text<'_>, first: usize) -> bool {
    let Some(line) = text.lines.get(first).filter(|it| it.start < it.end) else { return true };
    let Some(next) = text.lines.get(first + 1) else { return false };
    let begin = &text.bytes[line.start..line.end];
    begin.first().is_some_and(u8::is_ascii_alphabetic)
        && heads::are_apart(begin, &text.bytes[next.start..next.end])
}

/// How much stands before each line of a block.
fn cuts(text: &Text<'_>, first: usize, kind: Kind, diffs: &mut Diffs) -> Vec<usize> {
    let lines = text.lines[first..].iter().map(|line| text.line(line));
    match kind {
        Kind::Quote => lines.map_while(quote).collect(),
        Kind::Diff => vec![1; diffs.length(text, first)],
        Kind::Head => heads::cuts(&text.lines[first..], |line: &Line| {
            let shown = text.line(line);
            &shown[..shown.floor_char_boundary(LONGEST)]
        }),
        Kind::Indent => indent(lines),
    }
}

/// `> `: mail and Markdown. `| `: people, where no table is drawn.
fn quote(line: &str) -> Option<usize> {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[blanks..];
    let is_bar = rest.starts_with("| ") && rest.matches('|').count() == 1;
    if blanks > 3 || !rest.starts_with('>') && !is_bar {
        return None;
    }
    Some(blanks + 1 + usize::from(rest[1..].starts_with(' ')))
}

/// Lines of a diff; a list has no line that begins with a plus. What is known
/// of the lines ahead is kept, so that each is read once.
struct Diffs {
    /// Lines that begin with a plus.
    added: Vec<usize>,
    /// Behind the lines read so far that may be of one diff.
    end: usize,
}

impl Diffs {
    /// The most lines that are taken at once.
    const MOST: usize = 4096;

    fn of(text: &Text<'_>) -> Self {
        let lines = text.lines.iter().enumerate();
        let added =
            lines.filter(|(_, line)| text.byte(line.start) == b'+' && line.end > line.start);
        Self { added: added.map(|it| it.0).collect(), end: 0 }
    }

    /// How many lines from one on are a diff: two of them are added.
    fn length(&mut self, text: &Text<'_>, first: usize) -> usize {
        if self.added.is_empty() || !text.line(&text.lines[first]).starts_with(['+', '-']) {
            return 0;
        }
        if first >= self.end {
            let lines = text.lines[first..].iter().map(|line| text.line(line));
            let is_one = |line: &&str| line.starts_with(['+', '-', ' ']) && !is_drawn(line);
            self.end = first + lines.take_while(is_one).count();
        }
        let end = self.end.min(first + Self::MOST);
        let second = self.added.partition_point(|added| *added < first) + 1;
        let is_diff = self.added.get(second).is_some_and(|second| *second < end);
        if is_diff { end - first } else { 0 }
    }
}

/// `+----+`, `---`
fn is_drawn(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'=' | b' ' | b'|'))
}

/// Blanks that all lines of a block share; the first may have a marker there.
fn indent<'t>(mut lines: impl Iterator<Item = &'t str>) -> Vec<usize> {
    let Some(first) = lines.next().filter(|it| !it.trim().is_empty()) else { return Vec::new() };
    let mut depth = blanks(first) + marker(first.trim_start());
    if depth == 0 {
        return Vec::new();
    }
    let least = blanks(first).max(1);
    let mut cuts = vec![depth];
    let mut shown = 1;
    for line in lines {
        let is_empty = line.trim().is_empty();
        let own = blanks(line);
        if !is_empty && (own < least || own < depth && cuts[0] != blanks(first)) {
            break;
        }
        if !is_empty {
            depth = depth.min(own);
            shown = cuts.len() + 1;
        }
        cuts.push(if is_empty { line.len() } else { 0 });
    }
    cuts.truncate(shown);
    for cut in &mut cuts {
        *cut = if *cut == 0 { depth } else { (*cut).min(depth) };
    }
    cuts
}

fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The length of `- `, `* `, `1. `.
fn marker(rest: &str) -> usize {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let sign =
        rest[digits..].starts_with(if digits > 0 { ['.', ')', '.'] } else { ['-', '*', '+'] });
    let is_marker = sign && digits < 4 && rest[digits + 1..].starts_with(' ');
    if is_marker { digits + 2 } else { 0 }
}

fn view(text: &Text<'_>, first: usize, cuts: &[usize]) -> Option<View> {
    let mut units = Units::default();
    let mut end = text.lines[first].start;
    for (number, cut) in (first..).zip(cuts) {
        let Range { start, end: next } = whole(text, number);
        let from = (start + cut).min(text.lines[number].end);
        units.keep(text.raw.get(from..next)?, from);
        end = next;
    }
    units.view(end, None)
}

/// A line with its end.
fn whole(text: &Text<'_>, number: usize) -> Range<usize> {
    let next = text.lines.get(number + 1).map_or(text.raw.len(), |line| line.start);
    text.lines[number].start..next
}
