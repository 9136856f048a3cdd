//! Exact signals: what names a page outright comes before words.
//!
//! A page is named by an alert or an error that its front matter lists, by a
//! regular expression that matches, by one of its aliases, or by its own name
//! where the question holds it as an identifier. A folder's front page is
//! pointed at by the folder's name: alerts that are made from one pattern differ
//! by the name of a service, and teams keep a folder per service.

use std::collections::BTreeMap;

use regex::RegexBuilder;
use serde::{Deserialize, Serialize};

use super::analysis::Analyzer;
use super::postings::Postings;
use super::query::Query;

/// Longest alias that is looked for, in words.
const ALIAS_WORDS: usize = 6;

/// Largest compiled expression, in bytes; the engine itself is linear.
pub const REGEX_SIZE: usize = 1_000_000;

/// How a page was named.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ExactKind {
    /// An alert that the page lists.
    Alert,
    /// An error text or code that the page lists.
    Error,
    /// An expression that the page lists.
    Regex,
    /// Another name of the page.
    Alias,
    /// The page's title or file name.
    Name,
    /// The folder that the page stands for.
    Folder,
}

impl ExactKind {
    /// The name under which the index keeps it, and `why` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Error => "error",
            Self::Regex => "regex",
            Self::Alias => "alias",
            Self::Name => "name",
            Self::Folder => "folder",
        }
    }
}

/// One way in which a page was named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact {
    /// How.
    pub kind: ExactKind,
    /// By what.
    pub value: String,
}

impl Exact {
    /// What it adds to a score whose words give 1.35 at most, and a little for neighbours.
    pub fn bonus(&self) -> f32 {
        match self.kind {
            ExactKind::Alert | ExactKind::Error | ExactKind::Regex => 4.0,
            ExactKind::Name => 2.0,
            ExactKind::Alias if self.settles() => 1.0,
            ExactKind::Alias | ExactKind::Folder => 0.3,
        }
    }

    /// True if it settles which page is meant: a part of a name and the name of a
    /// folder only point at one.
    pub fn settles(&self) -> bool {
        match self.kind {
            ExactKind::Alias => self.value.contains(' '),
            ExactKind::Folder => false,
            _ => true,
        }
    }
}

/// What several ways of being named add: of each kind the best, since a page that
/// lists a hundred names is no better named than another.
pub fn bonus(names: &[Exact]) -> f32 {
    let mut best: BTreeMap<ExactKind, f32> = BTreeMap::new();
    for name in names {
        let bonus = best.entry(name.kind).or_default();
        *bonus = bonus.max(name.bonus());
    }
    best.into_values().fold(0.0, |all, bonus| all + bonus)
}

/// Values that match exactly: implemented by the index.
pub trait Exacts: Postings {
    /// First documents of the pages that carry exactly this value.
    fn exact(&self, kind: ExactKind, value: &str) -> Result<Vec<u32>, Self::Error>;

    /// False if no alias and no folder's name begins with `word`.
    fn may_begin(&self, word: &str) -> Result<bool, Self::Error> {
        let _ = word;
        Ok(true)
    }

    /// What `term` stands for, and how many pages say so each.
    fn long_forms(&self, term: &str) -> Result<Vec<(String, usize)>, Self::Error>;

    /// Every value of one kind with the first documents of its pages.
    fn exact_values(&self, kind: ExactKind) -> Result<Vec<(String, Vec<u32>)>, Self::Error>;
}

/// Pages that `text` names, by first document. Every list is sorted.
pub fn named<P: Exacts>(
    query: &Query,
    text: &str,
    postings: &P,
) -> Result<BTreeMap<u32, Vec<Exact>>, P::Error> {
    let mut found = Found::default();
    for name in &query.names {
        for kind in [ExactKind::Alert, ExactKind::Name] {
            found.add(kind, name, postings.exact(kind, name)?);
        }
    }
    add_runs(&mut found, &terms(text), postings)?;
    for (error, pages) in postings.exact_values(ExactKind::Error)? {
        if holds(text, &error) {
            found.add(ExactKind::Error, &error, pages);
        }
    }
    for (pattern, pages) in postings.exact_values(ExactKind::Regex)? {
        if matches(&pattern, text) {
            found.add(ExactKind::Regex, &pattern, pages);
        }
    }
    Ok(found.0)
}

#[derive(Default)]
struct Found(BTreeMap<u32, Vec<Exact>>);

impl Found {
    fn add(&mut self, kind: ExactKind, value: &str, pages: Vec<u32>) {
        for page in pages {
            let exact = Exact { kind, value: value.to_owned() };
            let list = self.0.entry(page).or_default();
            if let Err(at) = list.binary_search(&exact) {
                list.insert(at, exact);
            }
        }
    }
}

/// The first words of `text`, identifiers taken apart.
fn terms(text: &str) -> Vec<String> {
    let words = Analyzer::default().words(text);
    words.into_iter().filter(|word| !word.joined).take(256).map(|word| word.term).collect()
}

/// Adds pages by their aliases, and the front pages of folders, whose names stand in
/// the text. Where one folder's name is a part of another (`redis`, `redis-cache`),
/// the longer one is meant.
fn add_runs<P: Exacts>(found: &mut Found, terms: &[String], postings: &P) -> Result<(), P::Error> {
    let mut behind_folder = 0;
    for (at, first) in terms.iter().enumerate() {
        if !postings.may_begin(first)? {
            continue;
        }
        let runs = runs(&terms[at..]);
        for run in &runs {
            found.add(ExactKind::Alias, run, postings.exact(ExactKind::Alias, run)?);
        }
        for (last, run) in runs.iter().enumerate().rev().filter(|_| at >= behind_folder) {
            let pages = postings.exact(ExactKind::Folder, run)?;
            if !pages.is_empty() {
                found.add(ExactKind::Folder, run, pages);
                behind_folder = at + last + 1;
                break;
            }
        }
    }
    Ok(())
}

/// The first word, the first two, and so on up to [`ALIAS_WORDS`].
fn runs(terms: &[String]) -> Vec<String> {
    (1..=ALIAS_WORDS.min(terms.len())).map(|length| terms[..length].join(" ")).collect()
}

/// True if `error` stands in `text` as whole words, whatever the case.
fn holds(text: &str, error: &str) -> bool {
    let error = error.trim();
    if error.is_empty() {
        return false;
    }
    let (text, error) = (text.to_lowercase(), error.to_lowercase());
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(&error).any(|(at, _)| {
        let before = is_word(text[..at].chars().next_back()) && is_word(error.chars().next());
        let after =
            is_word(text[at + error.len()..].chars().next()) && is_word(error.chars().next_back());
        !before && !after
    })
}

/// A pattern that does not compile, or is too large, matches nothing; `document` reports it.
fn matches(pattern: &str, text: &str) -> bool {
    let regex =
        RegexBuilder::new(pattern).size_limit(REGEX_SIZE).dfa_size_limit(REGEX_SIZE).build();
    regex.is_ok_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_as_whole_words() {
        assert!(holds("Got SQSError: OverLimit today", "sqserror: overlimit"));
        assert!(!holds("E0382x", "E0382"));
        assert!(holds("(E0382)", "E0382"));
        assert!(!holds("anything", "  "));
    }

    #[test]
    fn a_pattern_that_would_blow_up_matches_nothing() {
        assert!(matches(r"age > \d+", "age > 900"));
        assert!(!matches(r"(a{1000}){1000}", "aaa"));
        assert!(!matches("(", "("));
    }

    #[test]
    fn runs_are_in_normal_form() {
        assert_eq!(runs(&terms("Queue Backlogs")), ["queue", "queue backlog"]);
        assert!(runs(&[]).is_empty());
    }
}
