//! Columns below a drawn ruler: `----- --------`, as SQL Server, Oracle and
//! terminals draw them. The ruler says where the columns are.

use super::super::super::text::{Line, Text, sign};
use super::super::keys::is_secret_name;
use super::{Finds, hide, is_telling};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut at = 1;
    while at < text.lines.len() {
        let signs = text.lines[at].signs;
        let is_ruler = signs & (sign::DASH | sign::EQUALS) != 0 && signs & !sign::RULER == 0;
        let columns = if is_ruler { columns(text.line(&text.lines[at])) } else { Vec::new() };
        let head = text.line(&text.lines[at - 1]);
        at += 1;
        if columns.len() < 2 || !heads(head, &columns) {
            continue;
        }
        let rows = text.lines[at..].iter().take_while(|it| is_row(text.line(it), &columns));
        let rows = &text.lines[at..at + rows.count()];
        at += rows.len();
        if text.line(&text.lines[at - rows.len() - 1]).contains('=')
            && !is_copied(head, rows, found)
        {
            continue;
        }
        let first = usize::from(is_settings(head));
        let told =
            |row: &Line| is_secret_name(text.line(row).split("  ").next().unwrap_or("").trim());
        if first == 1 && !rows.iter().any(told) {
            continue;
        }
        for row in rows {
            cells(text, row, &columns, first, found);
        }
    }
}

/// Columns below equals signs are a page's table, unless they are about
/// somebody.
fn is_copied(head: &str, rows: &[Line], found: &Finds<'_>) -> bool {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
    let names = head.split_whitespace().filter(|it| is_telling(it)).count();
    names >= 2 || found.holds_identifier(&(first.start..last.end))
}

/// `Name` and `Value`: the first column names settings and stays.
fn is_settings(head: &str) -> bool {
    let words: Vec<String> = head.split_whitespace().map(str::to_lowercase).collect();
    let names = ["name", "key", "variable", "setting", "property", "parameter", "option"];
    words.len() == 2 && names.contains(&words[0].as_str()) && words[1] == "value"
}

/// Where the dashes of each column begin, in characters; none if the line
/// draws no ruler.
fn columns(line: &str) -> Vec<usize> {
    let is_ruler = (line.contains("---") || line.contains("==="))
        && line.bytes().all(|it| matches!(it, b'-' | b' ' | b'='));
    if !is_ruler {
        return Vec::new();
    }
    let begins = |(at, byte): (usize, &u8)| {
        let is_first = at == 0 || line.as_bytes()[at - 1] == b' ';
        (*byte != b' ' && is_first).then_some(at)
    };
    line.as_bytes().iter().enumerate().filter_map(begins).collect()
}

/// A word stands above most of the dashes.
fn heads(head: &str, columns: &[usize]) -> bool {
    head.split_whitespace().count() >= columns.len().div_ceil(2)
        && !head.contains(['|', '{', '"'])
        && head.chars().any(char::is_alphabetic)
}

/// A blank stands before each column, or the line is too short for it.
fn is_row(line: &str, columns: &[usize]) -> bool {
    let shown: Vec<char> = line.chars().collect();
    let is_apart = |at: &usize| *at == 0 || shown.get(at - 1).is_none_or(|c| *c == ' ');
    !line.trim().is_empty()
        && columns.iter().all(is_apart)
        && !line.trim_start().starts_with(['(', '='])
}

fn cells(text: &Text<'_>, row: &Line, columns: &[usize], first: usize, found: &mut Finds<'_>) {
    let line = text.line(row);
    let byte = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
    let ends = columns[1..].iter().map(|at| byte(*at)).chain([line.len()]);
    for (start, end) in columns.iter().map(|at| byte(*at)).zip(ends).skip(first) {
        let span = row.start + start..row.start + end;
        hide(text, "copied-cell", "CELL", span, found);
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn cells(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn cells_stand_below_the_dashes() {
        let grid =
            "   ID NAME         CITY\n----- ------------ -----\n   12 Ott, Inge    Gießen\n\nx y";
        assert_eq!(cells(grid), ["12", "Ott, Inge", "Gießen"]);
    }

    #[test]
    fn headings_and_rules_of_a_page_are_no_grid() {
        assert!(cells("A heading\n---------\ntext below it\n").is_empty());
        assert!(cells("text\n--- ---\ntext below it goes on\n").is_empty());
    }
}
