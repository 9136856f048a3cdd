//! A page that a learning makes: the template's page, its sections filled in
//! with what the learning says of them.
//!
//! A section that the learning speaks to has its words and no others; what it
//! says besides stands at the page's end. The rest stays as the template has
//! it, as `prode new` leaves it, and is told: somebody has to write it.

use std::collections::BTreeSet;

use super::code_span::span;
use super::error::PromotionError;
use super::headings::heading_end;
use super::meaning::meant;
use super::outline::{Extent, alone, extent};
use super::parts::{Part, parts};
use super::placing::{Placed, placed_at};
use crate::document;
use crate::inbox::{Action, Evidence};
use crate::repo_path::RepoPath;
use crate::template::{SectionRule, Template, is_called};

/// What a learning says of its place; the page itself answers it.
const ANSWERED: &str = "where it should go";

/// What a learning's evidence is called.
const EVIDENCE: &str = "evidence";

/// What its first words are, where the template asks for that.
const SUMMARY: &str = "summary";

/// A page, and what is left to write on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The page.
    pub page: String,
    /// Headings below which still stands what the template says.
    pub left: Vec<String>,
}

/// The words without a first line that is a heading, and that heading.
pub fn parted(words: &str) -> (Option<String>, &str) {
    let (document, _) = document::parse(&RepoPath::root(), words.as_bytes());
    let first = document.sections.iter().find(|it| it.level > 0);
    let is_alone = |level: u8| document.sections.iter().filter(|it| it.level == level).count() == 1;
    match first.filter(|it| it.span.start == 0 && is_alone(it.level)) {
        Some(heading) => {
            (Some(heading.heading.clone()), words[heading_end(words, 0)..].trim_start())
        }
        None => (None, words),
    }
}

/// The title of a page that is called so.
pub fn title_of(path: &RepoPath) -> String {
    let name = path.file_stem().replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// Those of the `known` services whose names stand in `words`, as they are known.
pub fn services_in(words: &str, known: &BTreeSet<String>) -> Vec<String> {
    let lower = words.to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let stands = |name: &&String| {
        let name = name.to_lowercase();
        name.len() > 2
            && lower.match_indices(&name).any(|(at, _)| {
                !lower[..at].ends_with(is_part) && !lower[at + name.len()..].starts_with(is_part)
            })
    };
    known.iter().filter(stands).cloned().collect()
}

/// Fills in `page`, which `template` made.
pub fn filled(
    path: &RepoPath,
    page: &str,
    template: &Template,
    (words, evidence): (&str, &[Evidence]),
) -> Result<Filled, PromotionError> {
    let (mut intro, parts) = parts(words);
    let mut places = places(path, page, template);
    let names: Vec<Vec<String>> = places.iter().map(|it| it.names.clone()).collect();
    let mut rest = Vec::new();
    for part in parts.iter().filter(|it| !is_called(&it.heading, [ANSWERED])) {
        match meant(&part.heading, &names) {
            Some(at) => places[at].tell(part),
            None => rest.push(part),
        }
    }
    if let Some(at) = meant(SUMMARY, &names).filter(|at| places[*at].words.is_empty()) {
        std::mem::take(&mut intro).clone_into(&mut places[at].words);
    }
    let receipts = list(evidence);
    let confirmed = meant(EVIDENCE, &names);
    let rest = rest_of(&rest, confirmed.is_none().then_some(&*receipts));
    if let Some(at) = confirmed {
        places[at].receipts = receipts;
    }
    // From the end on: what is put in moves only what stands behind it.
    let mut page = put(path, page, None, Action::Append, &rest)?;
    for place in places.iter().rev() {
        let action = if place.words.is_empty() { Action::Append } else { Action::Replace };
        page = put(path, &page, Some(&place.anchor), action, &place.told())?;
    }
    page = put(path, &page, None, Action::Replace, intro)?;
    let left = places.into_iter().filter(|it| it.says && it.words.is_empty());
    Ok(Filled { page, left: left.map(|it| it.heading).collect() })
}

/// A section of the template's page, and what is to stand there.
struct Place {
    anchor: String,
    heading: String,
    /// What it is called: its heading, and what the template's rules accept.
    names: Vec<String>,
    /// The template says something below it.
    says: bool,
    /// The learning's words; empty where it says nothing of this.
    words: String,
    /// Where it is confirmed: the receipts.
    receipts: String,
}

impl Place {
    /// The words of the first part, then each further one under its own heading.
    fn tell(&mut self, part: &Part<'_>) {
        if self.words.is_empty() {
            part.words.clone_into(&mut self.words);
        } else {
            self.words = format!("{}\n\n{}", self.words, part.whole);
        }
    }

    fn told(&self) -> String {
        joined(&self.words, &self.receipts)
    }
}

/// Both with an empty line between them, or the one that says something.
fn joined(words: &str, more: &str) -> String {
    let gap = if words.is_empty() || more.is_empty() { "" } else { "\n\n" };
    format!("{words}{gap}{more}")
}

/// What has no section on the page; `receipts` stand below what is confirmed
/// there, if something is.
fn rest_of(parts: &[&Part<'_>], receipts: Option<&str>) -> String {
    let headings: Vec<Vec<String>> = parts.iter().map(|it| vec![it.heading.clone()]).collect();
    let confirmed = receipts.and_then(|it| Some((meant(EVIDENCE, &headings)?, it)));
    let told = parts.iter().enumerate().map(|(at, part)| match confirmed {
        Some((place, receipts)) if place == at => joined(part.whole, receipts),
        _ => part.whole.to_owned(),
    });
    told.collect::<Vec<_>>().join("\n\n")
}

/// Every section but the title, in order.
fn places(path: &RepoPath, page: &str, template: &Template) -> Vec<Place> {
    let (document, _) = document::parse(path, page.as_bytes());
    let sections = document.sections.iter().filter(|it| it.level > 1);
    let place = |it: &document::Section| {
        let own = alone(path, page, Some(&it.anchor)).ok();
        let own = own.and_then(|Extent { text, end, .. }| page.get(text..end));
        let mut names = vec![it.heading.clone()];
        aliases(&template.sections, &it.heading, &mut names);
        Place {
            anchor: it.anchor.clone(),
            heading: it.heading.clone(),
            names,
            says: own.is_some_and(|own| !own.trim().is_empty()),
            words: String::new(),
            receipts: String::new(),
        }
    };
    sections.map(place).collect()
}

fn aliases(rules: &[SectionRule], heading: &str, names: &mut Vec<String>) {
    for rule in rules {
        if rule.is_called(heading) {
            names.push(rule.heading.clone());
            names.extend(rule.aliases.iter().cloned());
        }
        aliases(&rule.sections, heading, names);
    }
}

/// Receipts by their names, which others wrote.
fn list(evidence: &[Evidence]) -> String {
    let line = |it: &Evidence| {
        let source = if it.source.is_empty() { String::new() } else { span(&it.source) + " " };
        let at = it.at.as_ref().map(|at| format!(" at {}", span(at))).unwrap_or_default();
        format!("- {source}{}{at}", span(&it.reference))
    };
    evidence.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `words` in a section's own text; with no `anchor`, in the title's, or at
/// the page's end.
fn put(
    path: &RepoPath,
    page: &str,
    anchor: Option<&str>,
    action: Action,
    words: &str,
) -> Result<String, PromotionError> {
    if words.trim().is_empty() {
        return Ok(page.to_owned());
    }
    let at_end = anchor.is_none() && action == Action::Append;
    let extent = if at_end { extent(path, page, None)? } else { alone(path, page, anchor)? };
    Ok(match placed_at(path, page, extent, action, words)? {
        Placed::Changed(after) => after,
        Placed::Said => page.to_owned(),
    })
}

#[cfg(test)]
mod tests;
