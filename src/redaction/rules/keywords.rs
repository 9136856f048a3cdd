//! The prefilter: one automaton over every keyword of every rule, so that
//! speed does not fall with the number of rules.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::super::text::Hit;
use super::{SECRET_PAIRS, SECRET_WORDS, STRUCTURES, TOKENS, VENDORS};

/// Parts of names that only a drawn value makes telling.
const WEAK: &[&str] = &[
    "key",
    "auth",
    "login",
    "signature",
    "webhook",
    "_sig",
    "license",
    "client_id",
    "access_id",
    "app_id",
    "key_id",
    "secret_id",
    "role_id",
    "reporter_id",
    "clientid",
    "session",
    "code_verifier",
];

/// Whose keyword it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// Part of the name of a secret.
    Key,
    /// Part of a token, by the rule's place in its table.
    Token(usize),
    /// Part of a structure, by the rule's place in its table.
    Structure(usize),
    /// Where a form begins that a pattern cannot follow.
    Mark(Mark),
    /// What stands before a user in the path of a home folder.
    Home,
}

/// A form that a pattern cannot follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Mark {
    /// A key block.
    Block,
    /// Behind the scheme of a URL.
    Url,
    /// A header of cookies.
    Cookie,
    /// A Secret of Kubernetes.
    Manifest,
    /// An entry of a registry's file.
    DockerAuth,
}

const HOMES: &[&str] = &["/home/", "/users/", "\\users\\", "\\users\\\\", "/export/home/"];

const MARKS: &[(&str, Mark)] = &[
    ("---BEGIN ", Mark::Block),
    ("---- BEGIN ", Mark::Block),
    ("://", Mark::Url),
    ("cookie", Mark::Cookie),
    ("kind: Secret", Mark::Manifest),
    ("\"auth\"", Mark::DockerAuth),
];

/// The automaton and whose each pattern is.
#[derive(Debug)]
pub(in super::super) struct Keywords {
    automaton: Option<AhoCorasick>,
    roles: Vec<Role>,
}

impl Keywords {
    pub(in super::super) fn new() -> Self {
        let words = SECRET_WORDS.iter().map(|it| it.0).chain(VENDORS.iter().copied());
        let names = words.chain(WEAK.iter().copied()).map(str::to_owned);
        let spaced = SECRET_PAIRS.iter().map(|it| format!("{} {}", it.0, it.1));
        let names = names.chain(spaced).map(|it| (Role::Key, it));
        let tokens = TOKENS.iter().enumerate().flat_map(|(rule, it)| {
            it.keywords.iter().map(move |word| (Role::Token(rule), (*word).to_owned()))
        });
        let structures = STRUCTURES.iter().enumerate().flat_map(|(rule, it)| {
            it.keywords.iter().map(move |word| (Role::Structure(rule), (*word).to_owned()))
        });
        let marks = MARKS.iter().map(|(word, mark)| (Role::Mark(*mark), (*word).to_owned()));
        let homes = HOMES.iter().map(|it| (Role::Home, (*it).to_owned()));
        Self::of(names.chain(tokens).chain(structures).chain(marks).chain(homes))
    }

    fn of(patterns: impl Iterator<Item = (Role, String)>) -> Self {
        let (roles, patterns): (Vec<Role>, Vec<String>) = patterns.unzip();
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(patterns)
            .ok();
        Self { automaton, roles }
    }

    /// Every place of every keyword, by its begin; the longest first.
    pub(in super::super) fn hits(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let places = automaton.find_overlapping_iter(text);
        let hit = |it: aho_corasick::Match| Hit {
            role: self.roles[it.pattern().as_usize()],
            start: it.start(),
            end: it.end(),
        };
        let mut hits: Vec<Hit> = places.map(hit).collect();
        hits.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
        hits
    }
}
