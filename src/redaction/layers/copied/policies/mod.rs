//! Security configuration: who may do what where. The words of its language
//! stay; principals, actions, resources, ports and ranges go.

mod documents;
mod keys;
mod languages;
mod rules;
mod table;

use super::super::super::rules::Cue;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::Finds;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    documents::find(text, found);
    keys::find(text, found);
    rules::find(text, found);
}

fn hide(start: usize, length: usize, found: &mut Finds<'_>) {
    if length > 0 {
        found.push(Match::new("security-policy", "POLICY", start..start + length, 75));
    }
}

/// Words of rules and languages: a text with none of them has no such policy.
pub(super) fn cues() -> impl Iterator<Item = (Cue, &'static str)> {
    rules::cues().chain(keys::cues())
}

#[cfg(test)]
mod tests;
