//! What `lint` knows already: dead links, decisions that no longer hold,
//! alerts that are gone, duplicates.

use std::collections::BTreeMap;

use super::look::Look;
use super::skip::{Skip, skip};
use crate::audit::Flaw;
use crate::corpus::Target;
use crate::lint::Finding;
use crate::ops::error::OpError;
use crate::ops::lint;
use crate::repo_path::RepoPath;
use crate::workspace::Asked;

/// Rules whose findings are flaws of the page, and how sure they are.
const FLAWS: &[(&str, u8)] = &[
    ("link-broken", 100),
    ("link-anchor", 80),
    ("link-case", 80),
    ("adr-cited-superseded", 90),
    ("runbook-without-alert", 70),
];
/// Rules that find a page twice, and how sure they are.
const TWICE: &[(&str, u8)] = &[("page-near-duplicate", 90), ("title-duplicate", 50)];
/// The rule that needs to know every alert.
const ALERTS: &str = "runbook-without-alert";

/// The rule that knows one notation of anchors: that of the forges.
const ANCHORS: &str = "link-anchor";

/// Findings of lint by page.
#[derive(Default)]
pub(super) struct Lints {
    flaws: BTreeMap<RepoPath, Vec<Flaw>>,
    twice: BTreeMap<RepoPath, Vec<Flaw>>,
    linked: BTreeMap<RepoPath, Vec<RepoPath>>,
}

impl Lints {
    /// Asks lint, and says what it could not look at.
    pub(super) fn of(look: &Look<'_>) -> Result<(Self, Vec<Skip>), OpError> {
        let rules: Vec<&str> = FLAWS
            .iter()
            .chain(TWICE)
            .map(|row| row.0)
            .filter(|rule| *rule != ALERTS || !look.settings.alerts.is_empty())
            .collect();
        let asked =
            look.memory.revision.commit.map_or(Asked::Trunk, |it| Asked::Rev(it.to_string()));
        let outcome =
            lint::of_rules(look.workspace, &asked, look.memory, &rules, &look.settings.alerts)?;
        let mut lints = Self::default();
        for finding in &outcome.findings {
            if finding.rule != ANCHORS || !is_in_other_notation(look, finding) {
                lints.take(finding);
            }
        }
        lints.links(look);
        let pages = outcome.skipped.into_iter();
        let mut notes: Vec<Skip> = pages.map(|it| skip(it.path.to_string(), it.why)).collect();
        let silent = outcome.silent.into_iter().filter(|it| rules.contains(&it.rule.as_str()));
        notes.extend(silent.map(|it| skip(it.rule, it.why)));
        Ok((lints, notes))
    }

    fn take(&mut self, finding: &Finding) {
        let sure =
            |rows: &[(&str, u8)]| rows.iter().find(|row| row.0 == finding.rule).map(|row| row.1);
        let page = finding.path.cite_text();
        let fix = if finding.fix.is_some() { " --fix" } else { "" };
        let settle = format!("prode lint {page} --rule {}{fix}", finding.rule);
        let flaw = |confidence| Flaw { message: finding.message.clone(), settle, confidence };
        if let Some(confidence) = sure(FLAWS) {
            self.flaws.entry(finding.path.clone()).or_default().push(flaw(confidence));
        } else if let Some(confidence) = sure(TWICE) {
            self.twice.entry(finding.path.clone()).or_default().push(flaw(confidence));
        }
    }

    /// Pages that link to one that no longer holds, by that one. The same rule
    /// as `stale-link`, asked of the other end.
    fn links(&mut self, look: &Look<'_>) {
        for page in look.catalogue.pages() {
            let facts = look.memory.facts(page);
            let is_front = page.path.is_front_page();
            if facts.archived || page.adr.is_some() {
                continue;
            }
            for link in &page.links {
                let Target::Page { path, .. } = look.catalogue.resolve(page, link, &|_| true)
                else {
                    continue;
                };
                let Some(target) = look.catalogue.page(&path) else { continue };
                let no_longer =
                    look.memory.facts(target).archived || look.graph.superseded_by(&path).is_some();
                let may = target.adr.is_some()
                    || page.path == path
                    || look.graph.superseded_by(&path) == Some(&page.path)
                    || (is_front && page.path.parent() == path.parent());
                if no_longer && !may {
                    let from = self.linked.entry(path).or_default();
                    if from.last() != Some(&page.path) {
                        from.push(page.path.clone());
                    }
                }
            }
        }
    }

    pub(super) fn flaws(&self, page: &RepoPath) -> Vec<Flaw> {
        self.flaws.get(page).cloned().unwrap_or_default()
    }

    pub(super) fn duplicates(&self, page: &RepoPath) -> Vec<Flaw> {
        self.twice.get(page).cloned().unwrap_or_default()
    }

    pub(super) fn linked_from(&self, page: &RepoPath) -> Vec<RepoPath> {
        self.linked.get(page).cloned().unwrap_or_default()
    }
}

/// True where the page has the section, under an anchor that another program
/// makes of its heading: the link is wrong on a forge and right where it is read.
fn is_in_other_notation(look: &Look<'_>, finding: &Finding) -> bool {
    let Some(page) = look.catalogue.page(&finding.path) else { return false };
    let is_it = |link: &&crate::document::Link| {
        let within = |at: u32| link.span.start <= at && at < link.span.end;
        finding.span.map_or(link.line == finding.line, |span| within(span.start))
    };
    page.links.iter().filter(is_it).any(|link| {
        let Target::Page { path, anchor: Some(anchor), anchor_found: false } =
            look.catalogue.resolve(page, link, &|_| true)
        else {
            return false;
        };
        let target = look.catalogue.page(&path);
        target.is_some_and(|it| it.headings.iter().any(|it| is_alike(&anchor, &it.anchor)))
    })
}

/// The same letters (`what-we-39-re` of `What we're`), or the heading's anchor
/// behind those of the headings above it.
fn is_alike(fragment: &str, anchor: &str) -> bool {
    let letters = |text: &str| {
        let kept = text.chars().filter(|c| c.is_alphabetic());
        kept.flat_map(char::to_lowercase).collect::<String>()
    };
    if anchor.is_empty() || letters(anchor).is_empty() {
        return false;
    }
    let above = fragment.strip_suffix(anchor);
    letters(fragment) == letters(anchor) || above.is_some_and(|it| it.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_of_other_programs_are_known() {
        for (fragment, anchor) in [
            ("what-we-39-re-trying", "what-were-trying"),
            ("what-we-decided-transit-gateway", "transit-gateway"),
            ("set_up_the_queue", "set-up-the-queue"),
            ("SetUpTheQueue", "set-up-the-queue"),
        ] {
            assert!(is_alike(fragment, anchor), "{fragment}");
        }
        for (fragment, anchor) in
            [("none", "fix"), ("fixed", "fix"), ("prefix", "fix"), ("x", ""), ("2", "1")]
        {
            assert!(!is_alike(fragment, anchor), "{fragment}");
        }
    }
}
