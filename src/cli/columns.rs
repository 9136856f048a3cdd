//! Rows whose cells stand below each other.

use std::fmt::Write as _;

use anstyle::Style;

use super::context::Context;
use super::ui::style;
use crate::rendering::visible_line;

/// One cell: what it says and how it looks.
pub(super) type Cell = (Style, String);

/// Adds rows as lines, their cells below each other.
pub(super) fn print(context: &mut Context<'_>, rows: impl IntoIterator<Item = Vec<Cell>>) {
    for line in lines(&rows.into_iter().collect::<Vec<_>>()) {
        context.ui.line(line);
    }
}

/// The same for rows of a faint name and what it stands for.
pub(super) fn print_named(context: &mut Context<'_>, rows: Vec<(&str, String)>) {
    let cells =
        |(name, text): (&str, String)| vec![(style::FAINT, name.to_owned()), (Style::new(), text)];
    print(context, rows.into_iter().map(cells));
}

/// Lines in which every cell but the last is as wide as the widest of its
/// column. Widths are counted before styles, so that colour moves nothing.
pub(super) fn lines(rows: &[Vec<Cell>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|(_, text)| width(text)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, (style, text)) in row.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(line, "{style}{}{style:#}", visible_line(text));
        if at + 1 < row.len() {
            let gap = widths[at].saturating_sub(width(text)) + 2;
            line.extend(std::iter::repeat_n(' ', gap));
        }
    }
    line.trim_end().to_owned()
}

fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other_and_steer_no_terminal() {
        let plain = |text: &str| (Style::new(), text.to_owned());
        let rows = [vec![plain("a"), plain("one")], vec![plain("long\u{1b}"), plain("two")]];
        assert_eq!(lines(&rows), ["a      one", "long\u{241b}  two"]);
    }
}
