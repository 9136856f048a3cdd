//! Tables as pages are written: `AsciiDoc` (`|===`, a cell on each line or
//! several), LaTeX (`a & b \\`). The first row is the head and stays; the others
//! go where one of them is about somebody.

use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, Line, hide_cells, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let begins = |number: &usize| text.line(&text.lines[*number]).trim().starts_with("|===");
    let fences = text.lines_with(&[const { cue("|===") }]);
    fenced(text, &fences.into_iter().filter(begins).collect::<Vec<_>>(), "|", found);
    let fences = text.lines_with(&const { [cue("{tabular"), cue("{longtable")] });
    fenced(text, &fences, "&", found);
}

/// Rows between two lines that are fences.
fn fenced(text: &Text<'_>, fences: &[usize], sign: &str, found: &mut Finds<'_>) {
    for pair in fences.chunks_exact(2) {
        let rows = some_lines(text, pair[0] + 1..pair[1]).filter(|it| it.text.contains(sign));
        let rows: Vec<Line<'_>> = rows.skip(1).collect();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
        if !found.holds_person(&(first.start..last.end())) {
            continue;
        }
        for row in rows {
            hide_cells(text, row.start, row.text.trim_end_matches(['\\', ' ']), sign, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_beside_mails;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_beside_mails(raw, find)
    }

    #[test]
    fn rows_below_the_head_go() {
        for table in [
            "|===\n|Id |Name |Mail\n\n|8812\n|Inge Ott\n|i@o.de\n|===\n",
            "\\begin{tabular}{ll}\nid & name & mail \\\\\n\\hline\n8812 & Inge Ott & i@o.de \\\\\n\\end{tabular}\n",
        ] {
            assert_eq!(values(table), ["8812", "Inge Ott", "i@o.de"], "{table}");
        }
        assert!(values("|===\n|Step |x\n|1 |a\n|===\ni@o.de").is_empty());
    }
}
