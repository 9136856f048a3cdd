//! The freshness comment of g3doc pages:
//! `<!--* freshness: { owner: 'x' reviewed: '2026-10-02' review_interval: '6 months' } *-->`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::date::{read_date, read_interval};
use super::{FrontMatter, Reviewed};
use crate::document::Document;

static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(owner|reviewed|review_interval)\s*:\s*['"]([^'"]*)['"]"#)
        .expect("a fixed pattern that a test compiles")
});

/// Fills what `front` does not say from an HTML comment; gives each value
/// that cannot be read with its field's name.
pub(in crate::document) fn read(comment: &str, front: &mut FrontMatter) -> Vec<(String, String)> {
    if !is_freshness(comment) {
        return Vec::new();
    }
    let own_owner = front.owner.is_empty();
    let mut unreadable = Vec::new();
    for field in FIELD.captures_iter(comment) {
        let (name, value) = (&field[1], field[2].trim());
        let read = match name {
            "owner" if own_owner && !value.is_empty() => {
                front.owner.push(value.to_owned());
                true
            }
            "reviewed" => fill(&mut front.reviewed, read_date(value).map(day)),
            "review_interval" => fill(&mut front.review_every, read_interval(value)),
            _ => true,
        };
        if !read {
            unreadable.push((name.to_owned(), value.to_owned()));
        }
    }
    unreadable
}

/// Where the day of the review stands in a file whose text is `text`: the
/// first of its comments that is one of these and holds a day.
pub fn freshness_day(document: &Document, text: &str) -> Option<Range<usize>> {
    let comments = document.comments.iter().filter_map(|it| {
        let start = it.start as usize;
        Some((start, text.get(start..it.end as usize)?))
    });
    let (start, comment) = comments.into_iter().find(|(_, comment)| is_freshness(comment))?;
    let mut fields = FIELD.captures_iter(comment);
    let day = fields.find(|field| &field[1] == "reviewed" && read_date(&field[2]).is_some())?;
    day.get(2).map(|day| start + day.start()..start + day.end())
}

/// True for a comment of this form.
pub(in crate::document) fn is_freshness(comment: &str) -> bool {
    let inner = comment.trim_start_matches("<!--").trim_start();
    inner.strip_prefix('*').is_some_and(|inner| inner.trim_start().starts_with("freshness:"))
}

fn day(at: jiff::civil::Date) -> Reviewed {
    Reviewed { by: None, at, body: None, sources: None, elsewhere: None }
}

/// Fills an empty slot; false where the value could not be read.
fn fill<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let readable = value.is_some();
    if slot.is_none() {
        *slot = value;
    }
    readable
}
