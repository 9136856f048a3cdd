//! Columns that only blanks draw: frames of pandas, R and their like, whose
//! rows are numbered, and aligned output of a program. The head stays.

use super::super::super::text::{self, Text};
use super::{Finds, Line, hide_cells, is_telling, some_lines};

/// The longest line of a frame, in bytes.
const LONGEST: usize = 400;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut at = 0;
    while at + 1 < text.lines.len() {
        at = numbered(text, at, found).unwrap_or(at + 1);
    }
    aligned(text, found);
}

/// A frame whose rows begin with their number; where it ends.
fn numbered(text: &Text<'_>, at: usize, found: &mut Finds<'_>) -> Option<usize> {
    if !matches!(text.byte(text.lines[at].start), b' ' | b'\t') {
        return None;
    }
    let line = |at: usize| text.lines.get(at).map(|it| text.line(it));
    let head = line(at)?;
    let first = if is_types(line(at + 1)?) { at + 2 } else { at + 1 };
    let number = row_number(line(first)?)?.0;
    if !is_head(head) {
        return None;
    }
    // Rows that were sorted or picked are numbered in any order.
    let is_picked = number > 1 && head.starts_with("   ");
    let mut end = first;
    while let Some((next, _)) = line(end).and_then(row_number) {
        if next < number + end - first && !is_picked {
            break;
        }
        end += 1;
    }
    let rows: Vec<Line<'_>> = some_lines(text, first..end).collect();
    let span = rows.first()?.start..rows.last()?.end();
    let names = head.split_whitespace().filter(|it| is_telling(it)).count();
    let holds = found.holds_person(&span);
    if names == 0 && !holds || number > 1 && !(is_picked && holds) {
        return Some(end);
    }
    for row in &rows {
        let from = row_number(row.text).map_or(0, |it| it.1);
        cells(text, row, from, found);
    }
    Some(end)
}

/// Two names or more.
fn is_head(line: &str) -> bool {
    let is_name = |it: &str| {
        it.starts_with(|c: char| c.is_alphabetic())
            && it.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
            && !it.ends_with('.')
    };
    line.len() < LONGEST
        && line.starts_with([' ', '\t'])
        && line.split_whitespace().count() >= 2
        && line.split_whitespace().all(is_name)
}

/// `<chr> <dbl>` below the names.
fn is_types(line: &str) -> bool {
    line.trim_start().starts_with('<')
        && line.split_whitespace().all(|it| it.starts_with('<') && it.ends_with('>'))
}

/// The number that a row begins with, and where its cells begin.
fn row_number(line: &str) -> Option<(usize, usize)> {
    let lead = line.len() - line.trim_start().len();
    let digits = line[lead..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[lead + digits..];
    let is_row = (1..=7).contains(&digits)
        && line.len() < LONGEST
        && rest.trim_start_matches(':').starts_with(' ');
    is_row.then(|| Some((line[lead..lead + digits].parse().ok()?, lead + digits)))?
}

/// What two blanks part.
fn cells(text: &Text<'_>, row: &Line<'_>, from: usize, found: &mut Finds<'_>) {
    hide_cells(text, row.start + from, &row.text[from..], "  ", found);
}

/// Rows as wide as the head above them, in which a mail or a phone is a cell
/// of its own.
fn aligned(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut people: Vec<usize> = found.people().iter().map(|it| it.start).collect();
    people.sort_unstable();
    let mut done = 0;
    for start in people {
        let row = text.number(start);
        if row < done {
            continue;
        }
        let wanted = columns(text.line(&text.lines[row]));
        if wanted < 3 {
            continue;
        }
        let is_like = |it: &&text::Line| columns(text.line(it)) == wanted;
        let head = row - text.lines[..row].iter().rev().take(200).take_while(is_like).count();
        done = row + text.lines[row..].iter().take_while(is_like).count();
        if head < row && is_plain_head(text.line(&text.lines[head])) {
            for line in some_lines(text, head + 1..done) {
                cells(text, &line, 0, found);
            }
        }
    }
}

/// Cells that two blanks part.
fn columns(line: &str) -> usize {
    if line.len() > LONGEST || !line.contains("  ") {
        return 0;
    }
    line.trim().split("  ").filter(|it| !it.trim().is_empty()).count()
}

fn is_plain_head(line: &str) -> bool {
    line.split("  ").filter(|it| !it.trim().is_empty()).all(|it| {
        let it = it.trim();
        it.len() <= 32
            && it.chars().all(|c| c.is_alphabetic() || c.is_ascii_digit() || " _-.#%".contains(c))
            && it.starts_with(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn cells(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn rows_that_are_numbered_stand_below_their_names() {
        for frame in [
            "   id      surname  total\n0  881   Ott, Inge   4.10\n1  882      Holm     9.20\n\n[2 rows]",
            "   id    surname    total\n  <dbl>  <chr>    <dbl>\n1  881  Ott, Inge   4.10\n2  882  Holm   9.20\nError",
        ] {
            assert_eq!(
                cells(frame),
                ["881", "Ott, Inge", "4.10", "882", "Holm", "9.20"],
                "{frame}"
            );
        }
    }

    #[test]
    fn measurements_and_lists_stay() {
        for text in [
            "  step  time  total\n0  parse   1.2  1.2\n1  render  3.4  4.6\n",
            "  first name them\n1  take the pump\n2  open it\n",
        ] {
            assert!(cells(text).is_empty(), "{text}");
        }
    }
}
