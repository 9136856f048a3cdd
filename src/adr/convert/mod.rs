//! A decision in another format: the same number, title, facts, links and
//! words under the headings that the other format's readers look for.
//!
//! A file is taken apart into what every format states in its own way and
//! what is prose; prose keeps its bytes. Which file a link means, and where
//! files stand, is decided elsewhere.

mod apart;
mod front;
mod headings;
mod intro;
mod links;
#[cfg(test)]
mod tests;
mod together;

use std::collections::BTreeMap;

use super::edit::{AdrEditError, AdrText, Peer, Spelling};
use super::{AdrRef, Format};
use crate::document;
use crate::repo_path::RepoPath;
use apart::Parts;

/// What a conversion needs to know of the world.
pub struct Target<'a> {
    /// The format to write.
    pub format: Format,
    /// Where the file will stand.
    pub path: &'a RepoPath,
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Topics that its place gives it.
    pub tags: &'a [String],
    /// How the log spells the word.
    pub spelling: Spelling,
    /// The decision that a reference of this file means, seen from `path`.
    pub peer: &'a dyn Fn(&AdrRef) -> Option<Peer>,
}

/// A decision in its new format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The file's text.
    pub text: String,
    /// Anchors that changed with their headings: old to new.
    pub anchors: BTreeMap<String, String>,
}

/// Writes `adr` in the target's format; its line ends and byte order mark stay.
///
/// # Errors
/// If its front matter does not read as keys and values.
pub fn convert(adr: &AdrText, target: &Target<'_>) -> Result<Converted, AdrEditError> {
    let mut parts = Parts::read(adr)?;
    for tag in target.tags {
        if !parts.stated.tags.contains(tag) {
            parts.stated.tags.push(tag.clone());
        }
    }
    headings::rename(&mut parts.sections, target.format);
    let kept = parts.kept_anchors();
    let base = together::write(&parts, target);
    let mut new = AdrText::read_as(target.path, base.as_bytes(), target.format)?;
    links::write(&mut new, &parts, target)?;
    let text = String::from_utf8_lossy(new.bytes()).into_owned();
    let anchors = anchors(&kept, target, &text);
    Ok(Converted { text, anchors })
}

/// Which anchor stands for which: headings that were kept are in their old order.
fn anchors(kept: &[String], target: &Target<'_>, text: &str) -> BTreeMap<String, String> {
    let (document, _) = document::parse(target.path, text.as_bytes());
    let mut headings: Vec<_> = document.sections.iter().filter(|it| it.level > 0).collect();
    if target.format == Format::Nygard {
        let status = headings.iter().position(|it| super::facts::is_named(it, "status"));
        status.map(|at| headings.remove(at));
    }
    let pairs = kept.iter().zip(headings.iter().map(|section| section.anchor.clone()));
    pairs.filter(|(old, new)| *old != new && !old.is_empty()).map(|(a, b)| (a.clone(), b)).collect()
}
