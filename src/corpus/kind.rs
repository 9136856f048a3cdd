//! The kinds of pages that prode knows: one row each.
//!
//! A memory's own templates make kinds besides; nothing here is asked of those.
//! How long a review of a kind holds is a setting (`review.KIND`); what a page
//! of a kind must say is its template's.

/// What is known of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// As pages write it, in lower case.
    pub name: &'static str,
    /// The folder below the wiki where new pages of it go; empty for the wiki's top.
    pub folder: &'static str,
    /// How much hangs on a page of it, in quarters: 1 to 4.
    pub weight: u32,
    /// Followed at night: a page in a folder that is called so is one without
    /// saying it, and somebody besides its author must know it.
    pub operational: bool,
}

const fn kind(name: &'static str, folder: &'static str, weight: u32) -> Kind {
    Kind { name, folder, weight, operational: false }
}

/// All of them, ordered by name.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    //   name                        folder         weight
    kind("adr",                      "",            2),
    kind("change",                   "changes",     3),
    kind("decision",                 "",            1),
    kind("glossary",                 "",            1),
    kind("guide",                    "",            2),
    kind("handoff",                  "",            1),
    kind("index",                    "",            1),
    kind("learning",                 "",            1),
    kind("model-selection",          "",            1),
    kind("pattern",                  "patterns",    2),
    kind("phase-prompts",            "",            1),
    kind("phase-spec",               "",            1),
    kind("plan",                     "plans",       1),
    kind("policy",                   "",            3),
    kind("postmortem",               "postmortems", 1),
    kind("pr-description",           "",            1),
    kind("prompt",                   "prompts",     1),
    kind("readiness-review",         "",            1),
    kind("reference",                "",            1),
    kind("reference-implementation", "",            1),
    kind("rfc",                      "rfcs",        1),
    kind("role",                     "",            1),
    kind("runbook",                  "runbooks",    4).operational(),
    kind("service",                  "services",    3),
    kind("skill",                    "",            2),
    kind("slo",                      "slos",        3),
    kind("sop",                      "sops",        4).operational(),
    kind("stop-rules",               "",            1),
    kind("work-notes",               "",            1),
];

impl Kind {
    /// The kind of this name, in lower case; `None` for a memory's own.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kind whose pages lie in a folder of this name, whatever they say:
    /// `runbooks`, `SOP`.
    pub(super) fn of_folder(name: &str) -> Option<&'static Self> {
        let is_it = |kind: &&Self| {
            name.eq_ignore_ascii_case(kind.folder) || name.eq_ignore_ascii_case(kind.name)
        };
        KINDS.iter().filter(|kind| kind.operational).find(is_it)
    }

    /// True for a folder that says what its pages are and not what they are
    /// about: one called after a kind, or `docs`.
    pub fn is_said_by_folder(name: &str) -> bool {
        let one = name.strip_suffix(['s', 'S']).unwrap_or(name);
        let is = |it: &str| name.eq_ignore_ascii_case(it) || one.eq_ignore_ascii_case(it);
        ["doc", "documentation", "wiki"].iter().any(|it| is(it))
            || KINDS.iter().any(|kind| is(kind.folder) || is(kind.name))
    }

    const fn operational(mut self) -> Self {
        self.operational = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_says_what_its_pages_are_or_what_they_are_about() {
        assert!(["docs", "Runbooks", "sop", "guides"].iter().all(|it| Kind::is_said_by_folder(it)));
        assert!(!["queue", "redis-cache"].iter().any(|it| Kind::is_said_by_folder(it)));
    }

    #[test]
    fn rows_are_ordered_and_whole() {
        assert!(KINDS.is_sorted_by(|a, b| a.name < b.name));
        for kind in KINDS {
            assert!((1..=4).contains(&kind.weight), "{}", kind.name);
            assert_eq!(kind.name.to_lowercase(), kind.name);
        }
    }

    #[test]
    fn only_what_is_followed_at_night_is_told_by_its_folder() {
        let of = |name| Kind::of_folder(name).map(|kind| kind.name);
        assert_eq!([of("runbooks"), of("SOP")], [Some("runbook"), Some("sop")]);
        assert_eq!([of("patterns"), of("")], [None, None]);
    }
}
