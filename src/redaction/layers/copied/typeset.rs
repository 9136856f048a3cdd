//! Tables as pages are written: `AsciiDoc` (`|===`, a cell on each line or
//! several), LaTeX (`a & b \\`). The first row is the head and stays; the others
//! go where one of them is about somebody.

use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, Line, hide, lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    if text.holds(const { cue("|===") }) {
        fenced(text, found, |line| line.trim().starts_with("|==="), '|');
    }
    if text.holds(const { cue("{tabular") }) {
        fenced(text, found, |line| line.contains("{tabular") || line.contains("{longtable"), '&');
    }
}

/// Rows between two fences.
fn fenced(text: &Text<'_>, found: &mut Finds<'_>, is_fence: fn(&str) -> bool, sign: char) {
    let all: Vec<Line<'_>> = lines(text).collect();
    let fences: Vec<usize> = (0..all.len()).filter(|at| is_fence(all[*at].text)).collect();
    for pair in fences.chunks_exact(2) {
        let rows = all[pair[0] + 1..pair[1]].iter().filter(|it| it.text.contains(sign));
        let rows: Vec<&Line<'_>> = rows.skip(1).collect();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
        if !found.holds_person(&(first.start..last.start + last.text.len())) {
            continue;
        }
        for row in rows {
            let mut from = row.start;
            for cell in row.text.trim_end_matches(['\\', ' ']).split(sign) {
                hide(text, "copied-cell", "CELL", from..from + cell.len(), found);
                from += cell.len() + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::span::Match;
    use super::super::found::samples::found_beside;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        let at = raw.find("i@o.de").unwrap();
        found_beside(raw, vec![Match::new("email", "EMAIL", at..at + 6, 90)], find)
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
