//! Security configuration: who may do what where. The words of its language
//! stay; principals, actions, resources, ports and ranges go.

mod documents;
mod keys;
mod rules;

use super::super::super::span::Match;
use super::super::super::text::Text;

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    documents::find(text, found);
    keys::find(text, found);
    rules::find(text, found);
}

fn hide(start: usize, length: usize, found: &mut Vec<Match>) {
    if length > 0 {
        found.push(Match::new("security-policy", "POLICY", start..start + length, 75));
    }
}

/// True if one of few words stands in a text.
fn holds(text: &Text<'_>, words: &[&str]) -> bool {
    words.iter().any(|it| text.raw.contains(it))
}

#[cfg(test)]
mod tests;
