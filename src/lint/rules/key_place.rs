//! Where a key of the front matter stands.

use crate::document::Span;
use crate::lint::finding::Found;
use crate::lint::subject::Subject;

/// Something found at the line that `key` begins; about the whole page where
/// no line begins so.
pub(super) fn of_key(subject: &Subject<'_>, key: &str, message: impl Into<String>) -> Found {
    match span(subject, key) {
        Some(span) => subject.found(span, message),
        None => subject.found_in_file(message),
    }
}

fn span(subject: &Subject<'_>, key: &str) -> Option<Span> {
    let head = subject.slice(Span { start: 0, end: subject.document.front.body_start });
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}');
        let rest = bare.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with([':', '='])) {
            let end = at + line.trim_end().len();
            return Some(Span { start: u32::try_from(at).ok()?, end: u32::try_from(end).ok()? });
        }
        at += line.len();
    }
    None
}
