//! Lines by which a decision relates to others, read from one format and
//! written in another's own way.

use std::sync::LazyLock;

use regex::Regex;

use super::intro::trimmed;
use super::{Parts, Target};
use crate::adr::edit::{AdrEditError, AdrText, Peer};
use crate::adr::format::bare;
use crate::adr::reference::refs;
use crate::adr::relation::{headed, is_supersession, reverse_of};
use crate::adr::{AdrRef, AdrStatus};

/// `Amends [7. X](0007-x.md)`: words, then links or mentions and nothing else.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[*+-]\s+)?[*_]{0,2}(?<words>\p{L}[\p{L} _-]{0,40}?):?[*_]{0,2}:?\s+(?<rest>(?:(?:\[(?:[^\]\\]|\\.)*\]\([^)\s]*\)|(?i:adr)[-\s#]?[0-9]{1,6}\b)(?:[\s,.]|\band\b)*)+)$",
    )
});
/// Any words behind a supersession: a path, a title, a number.
static SUPERSESSION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:[*+-]\s+)?[*_]{0,2}(?<words>super[sc]ed(?:es|ed[- _]by))[*_]{0,2}:?[*_]{0,2}\s+(?<rest>\S.*)$",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// One thing that a decision says of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// `amends`, `Superceded by`, …
    words: String,
    refs: Vec<AdrRef>,
    /// What stands behind the words.
    raw: String,
}

impl Relation {
    /// From an item of a list in front matter.
    pub(super) fn listed(words: &str, item: &str) -> Self {
        let mut found = refs(item);
        if found.is_empty() {
            let number = item.trim().parse().ok();
            found.push(AdrRef { number, target: number.is_none().then(|| item.to_owned()) });
        }
        Self { words: words.to_owned(), refs: found, raw: item.to_owned() }
    }

    fn read(line: &str) -> Option<Self> {
        let line = line.split("<!--").next().unwrap_or_default().trim_end();
        let found = LINE.captures(line).or_else(|| SUPERSESSION.captures(line))?;
        let raw = found["rest"].trim().to_owned();
        Some(Self { words: found["words"].trim().to_owned(), refs: refs(&raw), raw })
    }

    /// True for `superseded by`: it is a status too.
    pub(super) fn is_passive(&self) -> bool {
        is_supersession(&self.words) && self.words.to_lowercase().ends_with("by")
    }

    /// The decisions, where all of them are known.
    pub(super) fn peers(&self, target: &Target<'_>) -> Option<Vec<Peer>> {
        let peers: Option<Vec<Peer>> = self.refs.iter().map(|it| (target.peer)(it)).collect();
        peers.filter(|peers| !peers.is_empty())
    }

    /// What stands behind the words.
    pub(super) fn raw(&self) -> &str {
        &self.raw
    }
}

/// What a section "Status" holds.
pub(super) struct InStatus {
    pub(super) status: Option<String>,
    pub(super) relations: Vec<Relation>,
    pub(super) rest: String,
}

/// Takes the section's text apart.
pub(super) fn of_status(body: &str) -> InStatus {
    let (relations, rest) = take(body, true);
    let mut lines: Vec<&str> = rest.split_inclusive('\n').collect();
    let is_said = |line: &&&str| !line.trim().is_empty() && !line.trim().starts_with("<!--");
    let known = |line: &&&str| AdrStatus::read(bare(line)).is_some_and(|it| it.is_known());
    let found = lines.iter().find(|line| is_said(line) && known(line));
    // Where another takes its place, other words are no status.
    let is_open = !relations.iter().any(Relation::is_passive);
    let found = found.or_else(|| lines.iter().find(is_said).filter(|_| is_open)).copied();
    let at = found.and_then(|found| lines.iter().position(|line| std::ptr::eq(*line, found)));
    let status = at.map(|at| bare(lines.remove(at)).trim().to_owned());
    InStatus { status, relations, rest: trimmed(&lines.concat()).to_owned() }
}

/// The relation that a stated status is, if it names decisions.
pub(super) fn in_status(status: &str) -> Option<Relation> {
    let at = status.to_lowercase().find("supersede").or(status.to_lowercase().find("supercede"));
    let text = status.get(at?..)?;
    Relation::read(text).filter(|relation| relation.is_passive() && !relation.refs.is_empty())
}

/// Lines of `body` that relate, and the rest of it. Words that are not known
/// count only where `any_words` may stand.
pub(super) fn take(body: &str, any_words: bool) -> (Vec<Relation>, String) {
    let mut relations = Vec::new();
    let mut rest = String::new();
    let mut fence = None;
    for line in body.split_inclusive('\n') {
        let marker = ["```", "~~~"].into_iter().find(|it| line.trim_start().starts_with(it));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(open), Some(close)) if open == close => fence = None,
            _ => {}
        }
        let is_text = fence.is_none() && marker.is_none();
        let found = Relation::read(line.trim_end()).filter(|_| is_text).filter(|it| {
            any_words || is_supersession(&it.words) || reverse_of(&it.words).is_some()
        });
        match found {
            Some(relation) => relations.push(relation),
            None => rest.push_str(line),
        }
    }
    (relations, rest)
}

/// Writes what is not a status into the new text.
pub(super) fn write(
    new: &mut AdrText,
    parts: &Parts,
    target: &Target<'_>,
) -> Result<(), AdrEditError> {
    let is_link = |it: &&Relation| !it.is_passive() || parts.outlives();
    for relation in parts.relations.iter().filter(is_link) {
        let Some(peers) = relation.peers(target) else {
            new.add_line(&format!("{} {}", headed(&relation.words), relation.raw))?;
            continue;
        };
        for peer in peers {
            if relation.is_passive() {
                new.add_link(target.spelling.passive(), &peer)?;
            } else if is_supersession(&relation.words) {
                new.add_superseded(&peer, target.spelling)?;
            } else {
                new.add_link(&relation.words, &peer)?;
            }
        }
    }
    Ok(())
}
