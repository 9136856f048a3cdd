//! Applying edits to bytes: what no edit names stays as it is, byte for byte.

use super::finding::{Edit, Finding};

/// `bytes` with the fixes of `findings` applied, and how many were. A fix
/// that overlaps one before it waits for the next round; bytes that are not
/// UTF-8 are never edited.
pub fn mended<'a>(
    bytes: &[u8],
    findings: impl IntoIterator<Item = &'a Finding>,
) -> (Vec<u8>, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    if std::str::from_utf8(bytes).is_err() {
        return (bytes.to_vec(), 0);
    }
    for fix in findings.into_iter().filter_map(|finding| finding.fix.as_ref()) {
        let is_free = |edit: &Edit| taken.iter().all(|other| apart(edit, other));
        if fix.edits.iter().all(is_free) {
            taken.extend(&fix.edits);
            applied += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span.start);
    let mut mended = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for edit in taken {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        mended.extend_from_slice(&bytes[at.min(bytes.len())..start.min(bytes.len())]);
        mended.extend_from_slice(edit.text.as_bytes());
        at = end.min(bytes.len());
    }
    mended.extend_from_slice(&bytes[at..]);
    (mended, applied)
}

fn apart(a: &Edit, b: &Edit) -> bool {
    (a.span.end <= b.span.start || b.span.end <= a.span.start) && a.span.start != b.span.start
}

#[cfg(test)]
mod tests {
    use super::super::Fix;
    use super::*;
    use crate::diagnostic::Severity;
    use crate::document::Span;
    use crate::repo_path::RepoPath;

    fn finding(start: u32, end: u32, text: &str) -> Finding {
        Finding {
            rule: "link-case",
            severity: Severity::Error,
            path: RepoPath::new("a.md").unwrap(),
            line: 1,
            column: 1,
            span: None,
            message: String::new(),
            hint: String::new(),
            fix: Some(Fix::replace(Span { start, end }, text)),
            known_by: None,
        }
    }

    #[test]
    fn edits_land_where_they_belong_and_nothing_else_moves() {
        let findings = [finding(6, 7, "X"), finding(3, 4, "")];
        let (bytes, applied) = mended("\u{feff}a\r\nb\r\n".as_bytes(), &findings);
        assert_eq!((bytes.as_slice(), applied), ("\u{feff}\r\nX\r\n".as_bytes(), 2));
    }

    #[test]
    fn of_two_that_overlap_the_second_waits() {
        let (bytes, applied) = mended(b"abcd", &[finding(0, 2, "x"), finding(1, 3, "y")]);
        assert_eq!((bytes.as_slice(), applied), (&b"xcd"[..], 1));
    }

    #[test]
    fn bytes_that_are_not_text_are_not_edited() {
        assert_eq!(mended(b"a\xff", &[finding(0, 1, "x")]), (b"a\xff".to_vec(), 0));
    }
}
