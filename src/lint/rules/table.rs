//! Tables of a page, and the cells that say nothing.

use super::outline::{Part, has_word, in_block, label, parts, said};
use super::prelude::*;
use super::shapes;
use crate::template::plain;

/// A table with its head.
pub(super) struct Table {
    /// The words of its head.
    pub(super) head: Vec<String>,
    /// The head's line.
    pub(super) span: Span,
    /// What stands below.
    pub(super) rows: Vec<Row>,
}

/// One row.
pub(super) struct Row {
    /// Cells as written, trimmed.
    pub(super) cells: Vec<String>,
    /// Its line.
    pub(super) span: Span,
}

impl Table {
    /// The column whose head has a word that begins with the first of `stems`
    /// that any head has.
    pub(super) fn column(&self, stems: &[&str]) -> Option<usize> {
        let of_stem = |stem: &&str| self.head.iter().position(|head| has_word(head, &[stem]));
        stems.iter().find_map(of_stem)
    }
}

impl Row {
    /// A cell's text; empty where the row is too short.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// True if the cell holds no letter and no digit.
    pub(super) fn lacks(&self, at: usize) -> bool {
        !self.cell(at).chars().any(char::is_alphanumeric)
    }

    /// True if no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        (0..self.cells.len()).all(|at| self.lacks(at))
    }
}

/// The tables between two offsets, outside code.
pub(super) fn tables(subject: &Subject<'_>, within: Span) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut above: Option<Row> = None;
    let mut is_open = false;
    let mut at = within.start as usize;
    for line in said(subject, within).split_inclusive('\n') {
        let bare = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let is_row = bare.contains('|') && !in_block(subject, at);
        let row =
            is_row.then(|| Row { cells: cells(bare), span: span_of(start, start + bare.len()) });
        match (row, above.take()) {
            (Some(row), _) if is_open => {
                if let Some(table) = tables.last_mut() {
                    table.rows.push(row);
                }
            }
            (Some(row), Some(head)) if is_rule(&row.cells) => {
                let names = head.cells.iter().map(|cell| plain(cell)).collect();
                tables.push(Table { head: names, span: head.span, rows: Vec::new() });
                is_open = true;
            }
            (row, _) => {
                is_open = false;
                above = row;
            }
        }
        at += line.len();
    }
    tables
}

fn is_rule(cells: &[String]) -> bool {
    let is_line =
        |cell: &String| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' '));
    !cells.is_empty() && cells.iter().all(is_line)
}

/// The cells of a row; a `|` behind a backslash is no border.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner).replace("\\|", "\u{0}");
    inner.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
}

/// A column that a table must have, and fill.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// What it is called, for messages.
    pub(super) name: &'static str,
    /// Beginnings of words that name it in a head.
    pub(super) stems: &'static [&'static str],
}

/// Reports what a table lacks: columns at its head, cells at their rows.
pub(super) fn lacks(
    context: &Context<'_>,
    subject: &Subject<'_>,
    table: &Table,
    asked: &[Asked],
    found: &mut Vec<Found>,
) {
    let places: Vec<(&Asked, Option<usize>)> =
        asked.iter().map(|it| (it, table.column(it.stems))).collect();
    let absent: Vec<&str> =
        places.iter().filter(|(_, at)| at.is_none()).map(|(it, _)| it.name).collect();
    if !absent.is_empty() && !asks_for_columns(context, subject, table) {
        let message = format!("the table has no column for {}", absent.join(", "));
        found.push(subject.found(table.span, message));
    }
    for row in table.rows.iter().filter(|row| !row.is_blank()) {
        let empty: Vec<&str> = places
            .iter()
            .filter(|(_, at)| at.is_some_and(|at| row.lacks(at)))
            .map(|(it, _)| it.name)
            .collect();
        if !empty.is_empty() {
            let what = label(subject, row.span);
            let what = what.split('|').next().unwrap_or_default().trim();
            let message = format!("the row '{what}' does not say {}", empty.join(", "));
            found.push(subject.found(row.span, message));
        }
    }
}

/// True if the template of the page's kind finds that columns are missing
/// below the heading that the table stands under.
fn asks_for_columns(context: &Context<'_>, subject: &Subject<'_>, table: &Table) -> bool {
    let stands = |part: &Part<'_>| (part.body.start..part.body.end).contains(&table.span.start);
    let asks = |part: &Part<'_>| {
        let mut found = shapes::lacks(context, subject).iter();
        found.any(|it| it.line == part.section.lines[0] && it.message.contains("columns"))
    };
    parts(subject).iter().any(|part| stands(part) && asks(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fixture::subject_of;

    #[test]
    fn a_table_has_a_head_a_line_and_rows() {
        let page = "# P\n\n| A | *B* (x) |\n|---|:-:|\n| `a\\|b` | |\n||\n\nx | y\n\n```\n| A |\n|---|\n```\n\nC | D\n--|--\n1 | 2\n";
        subject_of("wiki/a.md", page, |subject| {
            let found = tables(subject, super::super::outline::body(subject));
            assert_eq!(found.len(), 2);
            assert_eq!(found[0].head, ["a", "b"]);
            assert_eq!(found[0].rows[0].cells, ["`a|b`", ""]);
            assert!(found[0].rows[0].lacks(1) && found[0].rows[1].is_blank());
            assert_eq!((found[1].column(&["d"]), found[1].column(&["x"])), (Some(1), None));
            assert_eq!(subject.slice(found[1].rows[0].span), "1 | 2");
        });
    }
}
