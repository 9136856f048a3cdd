//! Tables of Jira and Confluence (`||a||b||`), of `MediaWiki` (`{|`), and of
//! HTML: heads stay, cells go where a row is about somebody.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, Line, hide, hide_cells, is_telling, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    barred(text, found);
    for near in text.lines_near(&const { [cue("<td"), cue("<TD")] }, NEAR) {
        cells_of_pages(text, text.part(&near), found);
    }
}

/// How far from a cell its table goes on, in lines.
const NEAR: usize = 60;

/// Rows below a head of double bars, or below `{|`.
fn barred(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut done = 0;
    for number in text.lines_with(&const { [cue("||"), cue("{|")] }) {
        let head = text.line(&text.lines[number]).trim_start_matches(['>', ' ']);
        let is_head = head.starts_with("||") || head.starts_with("{|");
        if number < done || !is_head {
            continue;
        }
        let is_row =
            |line: &Line<'_>| line.text.trim_start_matches(['>', ' ']).starts_with(['|', '!']);
        let below = some_lines(text, number + 1..text.lines.len());
        let rows: Vec<Line<'_>> = below.take_while(is_row).collect();
        rows_of(text, head, &rows, found);
        done = number + 1 + rows.len();
    }
}

fn rows_of(text: &Text<'_>, head: &str, rows: &[Line<'_>], found: &mut Finds<'_>) {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let span = first.start..last.start + last.text.len();
    let heads = rows.iter().filter(|it| it.text.trim_start().starts_with('!')).map(|it| it.text);
    let names: Vec<&str> = heads.chain([head]).flat_map(|it| it.split(['|', '!'])).collect();
    let told = names.iter().filter(|it| is_telling(it.trim())).count();
    if !found.holds_identifier(&span) && told < 2 {
        return;
    }
    for row in rows.iter().filter(|it| !it.text.trim_start().starts_with('!')) {
        hide_cells(text, row.start, row.text, "|", found);
    }
}

/// `<td>…</td>`, of each table for itself.
fn cells_of_pages(text: &Text<'_>, part: Range<usize>, found: &mut Finds<'_>) {
    static CELL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"(?i)<(t[dh])(?:\s[^<>]{0,200})?>([^<>]{1,400})<|<(/?)table")
    });
    let mut heads = 0;
    let mut table: Vec<Range<usize>> = Vec::new();
    for hit in CELL.captures_iter(&text.raw[part.clone()]) {
        match (hit.get(1), hit.get(2)) {
            (Some(name), Some(value)) if name.as_str().eq_ignore_ascii_case("th") => {
                heads += usize::from(is_telling(value.as_str().trim()));
            }
            (Some(_), Some(value)) => {
                table.push(part.start + value.start()..part.start + value.end());
            }
            _ => {
                close(text, &table, heads, found);
                table.clear();
                heads = 0;
            }
        }
    }
    close(text, &table, heads, found);
}

fn close(text: &Text<'_>, table: &[Range<usize>], heads: usize, found: &mut Finds<'_>) {
    let (Some(first), Some(last)) = (table.first(), table.last()) else { return };
    if heads < 2 && !found.holds_identifier(&(first.start..last.end)) {
        return;
    }
    for cell in table {
        hide(text, "copied-cell", "CELL", cell.clone(), found);
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
    fn cells_go_however_a_wiki_writes_them() {
        for table in [
            "||Surname||Phone||\n|Ott|4412|\n|Holm|4413|\n\nText",
            "|| Surname || Phone ||\n| Ott | 4412 |\n| Holm | 4413 |\n",
            "{| class=\"x\"\n! Surname !! Phone\n|-\n| Ott || 4412\n|-\n| Holm || 4413\n|}\n",
            "<tr><th>Surname</th><th>Phone</th></tr>\n<tr><td>Ott</td><td class=\"n\">4412</td></tr><tr><td>Holm</td><td>4413</td></tr>",
        ] {
            assert_eq!(cells(table), ["Ott", "4412", "Holm", "4413"], "{table}");
        }
    }

    #[test]
    fn tables_of_work_stay() {
        assert!(cells("||Step||Command||\n|1|restart|\n").is_empty());
        assert!(cells("<table><tr><th>Step</th></tr><tr><td>restart</td></tr></table>").is_empty());
        assert!(cells("if (a || b) {\n| x |\n").is_empty());
    }
}
