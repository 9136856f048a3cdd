//! `eval --baselines`: what plain search finds of the same pages.
//!
//! Whole files, front matter and all, of the pages that prode may answer with;
//! archived ones and drafts are left out here as there. Pages are read one at
//! a time. Of them only counts of the questions' words are kept, and FTS5's own
//! table, which keeps no text either.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cases::Case;
use super::figures::{DEPTH, Figures, Intervals, figures};
use super::plain::{Plain, words};
use crate::corpus::Page;
use crate::fts5::Fts5;
use crate::ops::error::OpError;
use crate::routing::is_stop_word;
use crate::workspace::{Memory, Workspace};

/// Shorter words are not what somebody types after `grep`, in letters.
const SHORT: usize = 3;

/// What one way of plain search finds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Baseline {
    /// `grep`: pages by matches of the question's telling words, as
    /// `rg --ignore-case --count-matches` counts them. `grep_words`: by how many of these words
    /// they hold, then by matches. `bm25`: Okapi BM25 (k1 1.2, b 0.75) of
    /// words in lower case. `fts5`: SQLite's own ranking of any of the words.
    pub name: String,
    /// Means over examples that expect a page.
    pub figures: Figures,
    /// How far they can be trusted; null where no example expects a page.
    pub intervals: Option<Intervals>,
}

/// Measures plain search on the examples of `cases` that expect a page.
pub(super) fn baselines(
    workspace: &Workspace,
    memory: &Memory,
    cases: &[Case],
) -> Result<Vec<Baseline>, OpError> {
    let cases: Vec<&Case> = cases.iter().filter(|case| !case.expect.is_empty()).collect();
    let asked: Vec<Vec<String>> = cases.iter().map(|case| words(&case.text)).collect();
    let pages = pages(memory)?;
    let mut plain = Plain::of(asked.iter().map(Vec::as_slice));
    let texts = pages.iter().map(|page| {
        // A page that cannot be read or is too large has no words, for prode too.
        let bytes = workspace.bytes(memory, page).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        plain.add(&text);
        text
    });
    let fts5 = Fts5::of((0..).zip(texts))?;
    let telling = |words: &[String]| -> Vec<String> {
        let is_telling =
            |word: &&String| word.chars().count() >= SHORT && !is_stop_word(word.as_str());
        words.iter().filter(is_telling).cloned().collect()
    };
    let limit = u32::try_from(DEPTH).unwrap_or(u32::MAX);
    let ways: [(&str, &Way<'_>); 4] = [
        ("grep", &|words| Ok(plain.by_matches(&telling(words), DEPTH))),
        ("grep_words", &|words| Ok(plain.by_words(&telling(words), DEPTH))),
        ("bm25", &|words| Ok(plain.by_bm25(words, DEPTH))),
        ("fts5", &|words| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Ok(fts5.best(&words, limit)?)
        }),
    ];
    ways.iter().map(|(name, way)| measured(name, way, &pages, &cases, &asked)).collect()
}

/// A way to find pages for words: their places in the list of pages.
type Way<'a> = dyn Fn(&[String]) -> Result<Vec<u32>, OpError> + 'a;

fn measured(
    name: &str,
    way: &Way<'_>,
    pages: &[Page],
    cases: &[&Case],
    asked: &[Vec<String>],
) -> Result<Baseline, OpError> {
    let path = |at: u32| pages[at as usize].path.text().into_owned();
    let ranked = asked.iter().map(|words| Ok(way(words)?.into_iter().map(path).collect()));
    let got: Vec<Vec<String>> = ranked.collect::<Result<_, OpError>>()?;
    let pairs = cases.iter().zip(&got).map(|(case, got)| (&*case.expect, &**got));
    let (figures, count) = figures(pairs);
    Ok(Baseline { name: name.to_owned(), figures, intervals: figures.intervals(count) })
}

/// Pages that prode may answer with, by path: of equals the first one wins.
fn pages(memory: &Memory) -> Result<Vec<Page>, OpError> {
    let mut pages = memory.snapshot.pages()?;
    pages.retain(|page| {
        let facts = memory.facts(page);
        !facts.archived && !facts.draft
    });
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}
