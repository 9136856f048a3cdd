//! Finding pages: ranked, named exactly, filtered, labelled.

mod twins;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::filtered::passes;
use crate::corpus::{Facts, Page};
use crate::index::Snapshot;
use crate::routing::exact::{Exact, ExactKind, bonus, named};
use crate::routing::expansion::expand;
use crate::routing::phrase::with_phrases;
use crate::routing::query::{Filters, Query};
use crate::routing::ranking::{Ranking, holding, rank};
use crate::routing::typos::{Correction, correct};
use crate::routing::{Ranked, Weights};
use crate::workspace::Memory;

/// What is left out of answers unless it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Include {
    /// Pages marked archived.
    pub archived: bool,
    /// Pages marked draft.
    pub drafts: bool,
    /// Learnings that nobody reviewed yet.
    pub inbox: bool,
}

/// A question for the search.
pub struct Search<'a> {
    /// The words.
    pub query: &'a Query,
    /// The text they came from, for exact signals.
    pub text: &'a str,
    /// Pages wanted.
    pub limit: usize,
    /// Filters beside those in the query.
    pub filters: &'a Filters,
    /// What is let in.
    pub include: Include,
    /// Forgive typing errors where nothing matches.
    pub forgiving: bool,
}

/// A page that was found.
pub struct Found {
    /// The page.
    pub page: Page,
    /// What it is on the day of the answer.
    pub facts: Facts,
    /// Number of its best section.
    pub section: usize,
    /// Comparable within one answer only.
    pub score: f32,
    /// How it was named, if it was.
    pub exact: Vec<Exact>,
    /// Its first document, of all memories that were asked.
    pub head: u32,
    /// First documents of its copies in memories that are further away.
    pub also: Vec<u32>,
}

impl Found {
    /// True if the page was named outright, not merely by a part of its name.
    pub(super) fn is_named(&self) -> bool {
        self.exact.iter().any(Exact::settles)
    }
}

/// What a search gives.
pub struct Answer {
    /// The pages wanted, best first.
    pub found: Vec<Found>,
    /// Pages that words or names found, whatever filters leave of them.
    pub total: usize,
    /// How words were weighed.
    pub ranking: Ranking,
    /// Archived and draft pages that were named exactly.
    pub withheld: Vec<Found>,
    /// Words that were looked for instead of what was typed.
    pub corrections: Vec<Correction>,
}

/// What words and names give, before any page is looked at.
pub(super) struct Candidates {
    candidates: Vec<Ranked>,
    ranking: Ranking,
    exact: BTreeMap<u32, Vec<Exact>>,
    corrections: Vec<Correction>,
}

/// Searches `memory`, and those that are asked together with it.
pub(super) fn search(memory: &Memory, search: &Search<'_>) -> Result<Answer, OpError> {
    let candidates = candidates(memory.everything(), &weights(memory), search)?;
    answer(memory, search, candidates)
}

/// The first half of a search, which needs documents alone: threads share them.
pub(super) fn candidates(
    snapshot: &Snapshot,
    weights: &Weights,
    search: &Search<'_>,
) -> Result<Candidates, OpError> {
    let mut query = search.query.clone();
    expand(&mut query, snapshot)?;
    let mut ranking = rank(&query, weights, snapshot)?;
    let exact = named(search.query, search.text, snapshot)?;
    let mut corrections = Vec::new();
    if search.forgiving && ranking.pages.is_empty() && exact.is_empty() {
        let mut corrected = search.query.clone();
        corrections = correct(&mut corrected, snapshot)?;
        ranking = rank(&corrected, weights, snapshot)?;
    }
    let mut candidates = std::mem::take(&mut ranking.pages);
    if search.query.terms.is_empty() && !filters_of(search).is_empty() {
        candidates =
            snapshot.heads().map(|head| Ranked { page: head, section: head, score: 0.0 }).collect();
    }
    // Before anything is taken out: a name brings nothing back.
    add_names(&mut candidates, &exact);
    candidates = without_excluded(snapshot, search.query, candidates)?;
    if !search.query.phrases.is_empty() {
        candidates = with_phrases(candidates, search.query, snapshot)?;
    }
    Ok(Candidates { candidates, ranking, exact, corrections })
}

/// The second half: pages, and what their memories know of them.
pub(super) fn answer(
    memory: &Memory,
    search: &Search<'_>,
    candidates: Candidates,
) -> Result<Answer, OpError> {
    let Candidates { candidates, ranking, mut exact, corrections } = candidates;
    let total = candidates.len();
    let (found, withheld) = choose(memory, search, BestFirst::of(candidates), &mut exact)?;
    Ok(Answer { found, total, ranking, withheld, corrections })
}

/// The built-in weights, and what the settings change of them.
pub(super) fn weights(memory: &Memory) -> Weights {
    #[expect(clippy::cast_possible_truncation, reason = "a small weight")]
    let set = |weights: Weights, (name, value): (&String, &f64)| weights.with(name, *value as f32);
    memory.settings.routing.weights.iter().fold(Weights::default(), set)
}

/// Adds what exact signals are worth; a page may be named without sharing a word.
fn add_names(candidates: &mut Vec<Ranked>, exact: &BTreeMap<u32, Vec<Exact>>) {
    let mut found = HashSet::new();
    for candidate in candidates.iter_mut() {
        if let Some(names) = exact.get(&candidate.page) {
            candidate.score += bonus(names);
            found.insert(candidate.page);
        }
    }
    let others = exact.iter().filter(|(page, _)| !found.contains(page));
    candidates.extend(others.map(|(&page, names)| Ranked {
        page,
        section: page,
        score: bonus(names),
    }));
}

/// Candidates from the best down, sorted as far as they are asked for.
struct BestFirst {
    candidates: Vec<Ranked>,
    sorted: usize,
    next: usize,
}

impl BestFirst {
    fn of(candidates: Vec<Ranked>) -> Self {
        Self { candidates, sorted: 0, next: 0 }
    }

    /// The last one that was given, and those that were not.
    fn rest(&self) -> &[Ranked] {
        self.candidates.get(self.next.saturating_sub(1)..).unwrap_or_default()
    }
}

impl Iterator for BestFirst {
    type Item = Ranked;

    fn next(&mut self) -> Option<Ranked> {
        let by_score = |a: &Ranked, b: &Ranked| b.score.total_cmp(&a.score);
        if self.next == self.sorted {
            let rest = &mut self.candidates[self.sorted..];
            let more = rest.len().min(self.sorted.max(64));
            if more < rest.len() {
                rest.select_nth_unstable_by(more, by_score);
            }
            rest[..more].sort_unstable_by(by_score);
            self.sorted += more;
        }
        let candidate = self.candidates.get(self.next).cloned();
        self.next += 1;
        candidate
    }
}

fn filters_of(search: &Search<'_>) -> Filters {
    let mut all = search.filters.clone();
    let written = &search.query.filters;
    all.kinds.extend(written.kinds.iter().cloned());
    all.owners.extend(written.owners.iter().cloned());
    all.services.extend(written.services.iter().cloned());
    all.tags.extend(written.tags.iter().cloned());
    all.statuses.extend(written.statuses.iter().cloned());
    all
}

fn without_excluded(
    snapshot: &Snapshot,
    query: &Query,
    mut candidates: Vec<Ranked>,
) -> Result<Vec<Ranked>, OpError> {
    let mut excluded = HashSet::new();
    for term in &query.excluded {
        excluded.extend(holding(term, snapshot)?);
    }
    candidates.retain(|candidate| !excluded.contains(&candidate.page));
    Ok(candidates)
}

/// Looks at candidates from the best down until none can come in any more:
/// labels only lower a score. One that ties with the last is looked at too,
/// since paths decide.
fn choose(
    memory: &Memory,
    search: &Search<'_>,
    mut candidates: BestFirst,
    exact: &mut BTreeMap<u32, Vec<Exact>>,
) -> Result<(Vec<Found>, Vec<Found>), OpError> {
    let filters = filters_of(search);
    let (mut found, mut withheld): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
    for candidate in candidates.by_ref() {
        if found.len() >= search.limit && candidate.score < least_wanted(&mut found, search.limit) {
            break;
        }
        let Some(it) = looked_at(memory, &filters, &candidate, exact)? else { continue };
        let is_named = it.exact.iter().any(|exact| exact.kind != ExactKind::Folder);
        match (is_kept_back(&it.facts, search.include), is_named) {
            (false, _) => twins::add(memory, &mut found, it),
            (true, true) => withheld.push(it),
            (true, false) => {}
        }
    }
    for candidate in twins::likely(memory, &found, candidates.rest()).collect::<Vec<_>>() {
        let copy = looked_at(memory, &filters, candidate, exact)?;
        if let Some(copy) = copy.filter(|copy| !is_kept_back(&copy.facts, search.include)) {
            twins::add_copy(memory, &mut found, copy);
        }
    }
    found.sort_by(by_score_and_path);
    found.truncate(search.limit);
    withheld.sort_by(by_score_and_path);
    Ok((found, withheld))
}

/// A candidate's page with what its own memory knows of it, if filters leave it.
fn looked_at(
    memory: &Memory,
    filters: &Filters,
    candidate: &Ranked,
    exact: &mut BTreeMap<u32, Vec<Exact>>,
) -> Result<Option<Found>, OpError> {
    let page = memory.everything().page_found(candidate.page)?;
    let home = memory.home_of(candidate.page);
    let facts = home.facts(&page);
    if !passes(home, filters, &page, &facts) {
        return Ok(None);
    }
    let exact = exact.remove(&candidate.page).unwrap_or_default();
    let section = (candidate.section - candidate.page) as usize;
    let score = candidate.score * weight(&facts);
    let (head, also) = (candidate.page, Vec::new());
    Ok(Some(Found { page, facts, section, score, exact, head, also }))
}

fn is_kept_back(facts: &Facts, include: Include) -> bool {
    (facts.archived && !include.archived) || (facts.draft && !include.drafts)
}

/// The score of the last page that would be in the answer; drops what would not.
fn least_wanted(found: &mut Vec<Found>, limit: usize) -> f32 {
    found.sort_by(by_score_and_path);
    found.truncate(limit);
    limit.checked_sub(1).and_then(|last| found.get(last)).map_or(f32::INFINITY, |last| last.score)
}

fn by_score_and_path(a: &Found, b: &Found) -> Ordering {
    let by_path = || a.page.path.cmp(&b.page.path);
    // Of several memories' pages at one path the nearer one's.
    b.score.total_cmp(&a.score).then_with(by_path).then(a.head.cmp(&b.head))
}

/// What has been replaced, has aged or was never reviewed ranks a little lower; it is never dropped.
fn weight(facts: &Facts) -> f32 {
    match facts.status.as_str() {
        "superseded" | "rejected" | "unreviewed" => 0.8,
        "deprecated" => 0.85,
        _ if facts.archived => 0.7,
        _ if facts.stale => 0.95,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KEYS;
    use crate::routing::abstain::Thresholds;

    fn written(prefix: &str) -> Vec<(&'static str, f32)> {
        let rows =
            KEYS.iter().filter_map(|row| Some((row.name.strip_prefix(prefix)?, row.default)));
        rows.map(|(name, default)| (name, default.parse().unwrap())).collect()
    }

    #[test]
    fn the_defaults_of_the_settings_are_those_that_rank() {
        let weights = written("routing.weights.");
        assert!(weights.len() > 10, "{weights:?}");
        for (name, default) in weights {
            assert_eq!(Weights::default().with(name, default), Weights::default(), "{name}");
            assert_ne!(Weights::default().with(name, 9.0), Weights::default(), "{name}");
        }
        let Thresholds { coverage, title } = Thresholds::default();
        assert_eq!(written("routing.abstain."), [("coverage", coverage), ("title", title)]);
    }
}
