//! Plain words: the first line that says something is the title.

use super::MAX_TEXT;
use super::draft::Draft;
use super::{link, words};

pub(super) fn read(input: &str) -> Draft {
    let mut draft = Draft::default();
    let kept = words::cut(input, MAX_TEXT);
    if kept.len() < input.len() {
        draft.truncate();
    }
    let text = words::clean(kept);
    for span in link::find(&text) {
        draft.link(&text[span]);
    }
    let (title, body) = title_and_body(&text);
    draft.title(title);
    draft.paragraph(body);
    draft
}

/// Rules of dashes and other lines without a letter or number are no title;
/// a heading's marks are not part of it.
fn title_and_body(text: &str) -> (&str, &str) {
    let Some(first) = text.find(char::is_alphanumeric) else { return (text, "") };
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[first..].find('\n').map_or(text.len(), |at| first + at);
    (text[start..end].trim_start_matches(['#', '>', '*', ' ', '\t']), &text[end..])
}
