//! One page of an answer, as people and scripts see it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::search::Found;
use crate::corpus::{Facts, Page};
use crate::routing::analysis::Analyzer;
use crate::routing::explain::{Share, explain};
use crate::routing::ranking::Ranking;
use crate::routing::snippet::snippet;
use crate::workspace::{Memory, Workspace};

/// One reason why a page was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// The field that matched, or the kind of exact signal.
    pub field: String,
    /// The word, in normal form, or the exact value.
    pub term: String,
    /// What it added to the score, in units of the best page's word score.
    pub score: f32,
}

/// One page of an answer with its best section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hit {
    /// 1 for the best.
    pub rank: usize,
    /// Comparable within one answer only.
    pub score: f32,
    /// Where the page stands.
    pub path: String,
    /// The best section; empty for the text before the first heading.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// Headings that lead to the section, outermost first.
    pub headings: Vec<String>,
    /// `runbook`, `adr`, `guide`, …
    pub kind: String,
    /// Who owns the page; empty where nobody is named.
    pub owner: Vec<String>,
    /// `active`, `accepted`, `superseded`, …; `unreviewed` for a learning of the inbox.
    pub status: String,
    /// Day of the last review; null if it was never reviewed.
    pub reviewed: Option<String>,
    /// True if the review is overdue, or the page is archived.
    pub stale: bool,
    /// The page that replaces this one.
    pub superseded_by: Option<String>,
    /// Git's name for the page's content.
    pub blob: String,
    /// First and last line of the section, 1-based.
    pub lines: [u32; 2],
    /// `path#anchor@commit`, behind `name:` in another memory; of a learning its id.
    pub cite: String,
    /// The other memory that holds it; absent for this repository's pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// Citations of its copies in memories further away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// A line or two that show why it was found.
    pub snippet: String,
    /// What matched, strongest first.
    pub why: Vec<Why>,
}

impl Hit {
    /// Where the page stands, for people: its path, behind `name:` in another memory.
    pub fn place(&self) -> String {
        match &self.memory {
            Some(memory) => format!("{memory}:{}", self.path),
            None => self.path.clone(),
        }
    }

    /// The same and the section.
    pub fn section_place(&self) -> String {
        let place = self.place();
        if self.anchor.is_empty() { place } else { format!("{place}#{}", self.anchor) }
    }
}

/// How much is worked out for each hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Cut snippets from the pages' text.
    pub snippet: bool,
    /// Say what matched.
    pub why: bool,
}

/// Strongest reasons that are told.
const MAX_WHY: usize = 12;

/// Turns what was found into hits.
pub(super) fn hits(
    workspace: &Workspace,
    memory: &Memory,
    found: &[Found],
    ranking: &Ranking,
    detail: Detail,
) -> Result<Vec<Hit>, OpError> {
    let mut analyzer = Analyzer::default();
    let mut hits = Vec::with_capacity(found.len());
    for (at, found) in found.iter().enumerate() {
        let (workspace, home) = memory.home(workspace, found.head);
        let mut hit = hit(home, found)?;
        hit.rank = at + 1;
        hit.also = copies(memory, found)?;
        if detail.snippet {
            let terms: Vec<&str> = ranking.terms.iter().map(|term| term.term.as_str()).collect();
            hit.snippet = cut(workspace, home, found, &terms, &mut analyzer);
        }
        if detail.why {
            hit.why = why(memory, found, ranking)?;
        }
        hits.push(hit);
    }
    Ok(hits)
}

fn hit(memory: &Memory, found: &Found) -> Result<Hit, OpError> {
    let Found { page, facts, section, .. } = found;
    let heading = page.headings.get(*section).cloned().unwrap_or_default();
    Ok(Hit {
        rank: 0,
        score: found.score,
        path: page.path.text().into_owned(),
        title: memory
            .unreviewed(page)
            .map_or_else(|| page.title.clone(), |text| text.title.clone()),
        headings: heading_path(page, *section),
        kind: facts.kind.clone(),
        owner: facts.owner.clone(),
        status: facts.status.clone(),
        reviewed: facts.reviewed.map(|day| day.to_string()),
        stale: facts.stale,
        superseded_by: successor(memory, page, facts)?,
        blob: page.blob.to_string(),
        lines: heading.lines,
        cite: memory.cite(page, &heading.anchor),
        memory: memory.name.clone(),
        also: Vec::new(),
        anchor: heading.anchor,
        snippet: String::new(),
        why: Vec::new(),
    })
}

/// The same section where the page stands otherwise.
fn copies(memory: &Memory, found: &Found) -> Result<Vec<String>, OpError> {
    let anchor = found.page.headings.get(found.section).map_or("", |it| it.anchor.as_str());
    let copy = |&head: &u32| {
        let page = memory.everything().page_found(head)?;
        Ok(memory.home_of(head).cite(&page, anchor))
    };
    found.also.iter().map(copy).collect()
}

/// Headings from the page's outermost down to `section`.
pub(super) fn heading_path(page: &Page, section: usize) -> Vec<String> {
    let mut level = u8::MAX;
    let mut path = Vec::new();
    for heading in page.headings[..=section.min(page.headings.len().saturating_sub(1))].iter().rev()
    {
        if heading.level > 0 && heading.level < level {
            level = heading.level;
            path.push(heading.title.clone());
        }
    }
    path.reverse();
    path
}

/// The page of its own memory that replaces `page`: as the decision says itself, or as another page says.
pub(super) fn successor(
    memory: &Memory,
    page: &Page,
    facts: &Facts,
) -> Result<Option<String>, OpError> {
    let says = page.adr.as_ref().and_then(|adr| adr.superseded_by.as_ref());
    if let Some(target) = says.and_then(|says| says.target.as_ref()) {
        let path = page.path.parent().join(target.split('#').next().unwrap_or(target));
        return Ok(path.map(|path| memory.called(path.text().into_owned())));
    }
    if let Some(number) = says.and_then(|says| says.number) {
        return Ok(Some(memory.called(format!("adr/{number}"))));
    }
    let replacing = memory.snapshot.superseding(&page.path)?;
    let newer = replacing.first().map(|&head| memory.snapshot.page(head)).transpose()?;
    let newer = newer.filter(|_| facts.status != "draft");
    Ok(newer.map(|newer| memory.called(newer.path.text().into_owned())))
}

fn cut(
    workspace: &Workspace,
    memory: &Memory,
    found: &Found,
    terms: &[&str],
    analyzer: &mut Analyzer,
) -> String {
    let text = section_text(workspace, memory, &found.page, found.section);
    text.map(|text| snippet(&text, terms, analyzer)).unwrap_or_default()
}

/// The Markdown of one section, without front matter; `None` where the bytes
/// cannot be had.
pub(super) fn section_text(
    workspace: &Workspace,
    memory: &Memory,
    page: &Page,
    section: usize,
) -> Option<String> {
    let bytes = workspace.bytes(memory, page)?;
    let heading = page.headings.get(section)?;
    let body = if section == 0 { page.front.body_start } else { 0 };
    let start = heading.span.start.max(body) as usize;
    let text = bytes.get(start..heading.span.end as usize)?;
    Some(String::from_utf8_lossy(text).into_owned())
}

fn why(memory: &Memory, found: &Found, ranking: &Ranking) -> Result<Vec<Why>, OpError> {
    let exact = found.exact.iter().map(|exact| Why {
        field: exact.kind.name().to_owned(),
        term: exact.value.clone(),
        score: exact.bonus(),
    });
    let share = |share: Share| Why {
        field: share.field.name().to_owned(),
        term: share.term,
        score: share.score,
    };
    let words = explain(ranking, found.head, memory.everything())?;
    Ok(exact.chain(words.into_iter().map(share)).take(MAX_WHY).collect())
}
