//! Tables for a terminal: columns aligned where they fit.

use anstyle::Style;
use comrak::Node;
use comrak::nodes::{NodeValue, TableAlignment};

use super::inline::Words;

/// The lines of the table `node`; cells one behind the other where the whole
/// is wider than `width` columns.
pub(super) fn lines(node: Node<'_>, alignments: &[TableAlignment], width: usize) -> Vec<String> {
    let rows: Vec<Vec<Words>> = node.children().map(cells).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column| rows.iter().filter_map(|row| row.get(column)).map(Words::width).max();
    let widths: Vec<usize> = (0..columns).map(|column| wide(column).unwrap_or(0)).collect();
    if widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1) > width {
        return rows.iter().map(|row| joined(row)).collect();
    }
    let mut lines: Vec<String> = rows.iter().map(|row| padded(row, &widths, alignments)).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    lines.insert(1.min(lines.len()), rule.join("  "));
    lines
}

fn cells(row: Node<'_>) -> Vec<Words> {
    let is_head = matches!(row.data().value, NodeValue::TableRow(true));
    let style = is_head.then(|| Style::new().bold());
    row.children().map(|cell| Words::of(cell, style)).collect()
}

fn joined(row: &[Words]) -> String {
    row.iter().map(Words::line).collect::<Vec<_>>().join(" | ")
}

fn padded(row: &[Words], widths: &[usize], alignments: &[TableAlignment]) -> String {
    let cell = |(at, words): (usize, &Words)| {
        let space = " ".repeat(widths.get(at).map_or(0, |width| width - words.width()));
        match alignments.get(at) {
            Some(TableAlignment::Right) => format!("{space}{}", words.line()),
            _ => format!("{}{space}", words.line()),
        }
    };
    let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
    cells.join("  ").trim_end().to_owned()
}
