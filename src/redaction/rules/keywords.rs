//! The prefilter: one automaton over every keyword of every rule, so that
//! speed does not fall with the number of rules.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::super::text::Hit;

/// Whose keyword it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// Part of the name of a secret.
    Key,
}

/// The automaton and whose each pattern is.
#[derive(Debug)]
pub(in super::super) struct Keywords {
    automaton: Option<AhoCorasick>,
    roles: Vec<Role>,
}

impl Keywords {
    pub(in super::super) fn new() -> Self {
        Self::of(std::iter::empty())
    }

    fn of<'a>(patterns: impl Iterator<Item = (Role, &'a str)>) -> Self {
        let (roles, patterns): (Vec<Role>, Vec<&str>) = patterns.unzip();
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(patterns)
            .ok();
        Self { automaton, roles }
    }

    /// Every place of every keyword, in the order of their ends.
    pub(in super::super) fn hits(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let places = automaton.find_overlapping_iter(text);
        let hit = |it: aho_corasick::Match| Hit {
            role: self.roles[it.pattern().as_usize()],
            start: it.start(),
            end: it.end(),
        };
        places.map(hit).collect()
    }
}
