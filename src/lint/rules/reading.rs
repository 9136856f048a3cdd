//! Rules whose findings come from reading a page: words alone, no code.
//!
//! Reading reports a diagnostic under the rule's id; a row here says what that
//! means, at which level, and what mends it.

use super::prelude::*;

/// What the rows share.
const READING: Rule = Rule {
    id: "",
    family: Family::Document,
    level: Severity::Warning,
    summary: "",
    why: "",
    repair: "",
    fixes: false,
    check: Check::Reading,
};

pub(super) static FRONT_MATTER_MALFORMED: Rule = Rule {
    id: "front-matter-malformed",
    level: Severity::Error,
    summary: "the metadata at the top cannot be read",
    why: "Everything that it says is lost: title, owner, services, signals. The text below is \
        still found.",
    repair: "mend the YAML at that line; quote a value that holds ': ' or begins with a sign",
    ..READING
};

pub(super) static DATE_UNREADABLE: Rule = Rule {
    id: "date-unreadable",
    summary: "a date in the metadata is no date",
    why: "A review whose day cannot be read counts as none.",
    repair: "write it as 2026-10-02",
    ..READING
};

pub(super) static INTERVAL_UNREADABLE: Rule = Rule {
    id: "interval-unreadable",
    summary: "`review_every` is no interval",
    why: "The kind's usual interval is taken instead, which may be far longer.",
    repair: "write a number with d, w, mo or y, such as 90d",
    ..READING
};

pub(super) static SIGNAL_REGEX: Rule = Rule {
    id: "signal-regex",
    summary: "a signal's regular expression does not compile",
    why: "It matches nothing, so the alert or the error that it was written for does not find \
        this page.",
    repair: "mend the expression; the syntax is that of Rust's regex crate, without look-around",
    ..READING
};

pub(super) static SIGNAL_UNKNOWN: Rule = Rule {
    id: "signal-unknown",
    summary: "a signal is neither alert, error nor regex",
    why: "It is left out, and what it was written for does not find this page.",
    repair: "write alert:, error: or regex: before the value",
    ..READING
};

pub(super) static SIGNAL_TOO_MANY: Rule = Rule {
    id: "signal-too-many",
    summary: "a page has more signals than are read",
    why: "What is above the limit is left out.",
    repair: "split the page, or keep the signals that tell it from others",
    ..READING
};

pub(super) static INVALID_UTF8: Rule = Rule {
    id: "invalid-utf8",
    summary: "the file is not UTF-8",
    why: "It is indexed with a stand-in for each such byte, shown so, and never edited.",
    repair: "convert it: iconv -f ISO-8859-1 -t UTF-8 FILE",
    ..READING
};

pub(super) static OVERSIZE: Rule = Rule {
    id: "oversize",
    summary: "the file is too large to be read",
    why: "It is listed and not searched.",
    repair: "split it, or keep it outside the roots",
    ..READING
};

pub(super) static SKILL_MANIFEST: Rule = Rule {
    id: "skill-manifest",
    family: Family::Skill,
    level: Severity::Error,
    summary: "SKILL.md has no front matter with name and description",
    why: "No client finds the skill without them.",
    repair: "begin the file with ---, name:, description:, ---",
    ..READING
};

pub(super) static SKILL_NAME: Rule = Rule {
    id: "skill-name",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's name breaks the format's rules",
    why: "The open Agent Skills format: 1 to 64 of a-z, 0-9 and single '-' between them, the same \
        as the folder's name. Clients refuse others.",
    repair: "rename the folder or the skill, so that both are one valid name",
    ..READING
};

pub(super) static SKILL_DESCRIPTION: Rule = Rule {
    id: "skill-description",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's description is missing or too long",
    why: "It is all that an agent sees when it chooses: what the skill does and when to use it, \
        in 1 to 1024 characters.",
    repair: "write what it does and when to use it",
    ..READING
};

pub(super) static SKILL_COMPATIBILITY: Rule = Rule {
    id: "skill-compatibility",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's statement of compatibility is too long",
    why: "The format allows 500 characters.",
    repair: "shorten it; details belong into the body",
    ..READING
};

pub(super) static SKILL_METADATA: Rule = Rule {
    id: "skill-metadata",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's metadata is no map of texts",
    why: "Clients read texts only; a number or a list makes some of them refuse the skill.",
    repair: "quote the value",
    ..READING
};

pub(super) static SKILL_TOOLS: Rule = Rule {
    id: "skill-tools",
    family: Family::Skill,
    level: Severity::Error,
    summary: "`allowed-tools` is not one text",
    why: "The format wants names with blanks between them.",
    repair: "write the names in one line, with blanks between them",
    ..READING
};

pub(super) static SKILL_KEY: Rule = Rule {
    id: "skill-key",
    family: Family::Skill,
    summary: "a key of SKILL.md is not the format's",
    why: "Some clients refuse what the format does not name.",
    repair: "move it below metadata:",
    ..READING
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Page;
    use crate::ids::BlobId;
    use crate::lint::RULES;
    use crate::lint::fixture::marked;
    use crate::repo_path::RepoPath;

    /// A rule, a page that breaks it, and one that does not.
    #[rustfmt::skip]
    const CASES: &[(&Rule, &str, &str)] = &[
        (&FRONT_MATTER_MALFORMED, "---\ntitle: [a\n---\n", "---\ntitle: a\n---\n"),
        (&DATE_UNREADABLE, "---\nreviewed: soon\n---\n", "---\nreviewed: 2026-10-02\n---\n"),
        (&INTERVAL_UNREADABLE, "---\nreview_every: often\n---\n", "---\nreview_every: 90d\n---\n"),
        (&SIGNAL_REGEX, "---\nsignals:\n  - regex: '('\n---\n", "---\nsignals:\n  - regex: 'a+'\n---\n"),
        (&SIGNAL_UNKNOWN, "---\nsignals:\n  - smell: x\n---\n", "---\nsignals:\n  - alert: X\n---\n"),
        (&SKILL_MANIFEST, "# A\n", "---\nname: b\ndescription: What, and when\n---\n"),
        (&SKILL_NAME, "---\nname: b\ndescription: d\n---\n", "---\nname: b\ndescription: d\n---\n"),
        (&SKILL_DESCRIPTION, "---\nname: a\n---\n", "---\nname: b\ndescription: d\n---\n"),
        (&SKILL_METADATA, "---\nname: a\ndescription: d\nmetadata: {n: 1}\n---\n", "---\nname: b\ndescription: d\nmetadata: {n: '1'}\n---\n"),
        (&SKILL_TOOLS, "---\nname: a\ndescription: d\nallowed-tools: [Read]\n---\n", "---\nname: b\ndescription: d\nallowed-tools: Read Grep\n---\n"),
        (&SKILL_KEY, "---\nname: a\ndescription: d\nmodel: x\n---\n", "---\nname: b\ndescription: d\nlicense: MIT\n---\n"),
    ];

    /// Rows whose pages are too large or too strange for the table.
    const ELSEWHERE: &[&Rule] = &[&SIGNAL_TOO_MANY, &SKILL_COMPATIBILITY, &OVERSIZE, &INVALID_UTF8];

    #[track_caller]
    fn judged(rule: &Rule, bad: &str, good: &str) {
        let [a, b] = match rule.family {
            Family::Skill => ["skills/a/SKILL.md", "skills/b/SKILL.md"],
            _ => ["wiki/a.md", "wiki/b.md"],
        };
        marked(rule, &format!("== {a}\n\u{ab}\u{bb}{bad}# A\n== {b}\n{good}# B\n"));
    }

    #[test]
    fn what_reading_reports_is_found() {
        for (rule, bad, good) in CASES {
            judged(rule, bad, good);
        }
    }

    #[test]
    fn every_row_has_a_case() {
        let read = RULES.iter().filter(|rule| matches!(rule.check, Check::Reading));
        let has_case = |rule: &&&Rule| {
            let cases = CASES.iter().map(|(it, ..)| it);
            cases.chain(ELSEWHERE).any(|it| it.id == rule.id)
        };
        let without: Vec<&str> = read.filter(|rule| !has_case(rule)).map(|rule| rule.id).collect();
        assert!(without.is_empty(), "add a row to CASES: {without:?}");
    }

    #[test]
    fn signals_above_the_limit_are_found() {
        let many: Vec<String> = (0..5_000).map(|n| format!("  - alert: A{n}\n")).collect();
        let page = |signals: &str| format!("---\nsignals:\n{signals}---\n");
        judged(&SIGNAL_TOO_MANY, &page(&many.concat()), &page("  - alert: A\n"));
    }

    #[test]
    fn compatibility_has_500_characters() {
        let skill = |name: &str, length: usize| {
            format!(
                "---\nname: {name}\ndescription: d\ncompatibility: {}\n---\n",
                "x".repeat(length)
            )
        };
        judged(&SKILL_COMPATIBILITY, &skill("a", 501), &skill("b", 500));
    }

    #[test]
    fn a_file_above_the_limit_is_found() {
        judged(&OVERSIZE, &"x".repeat(5_000_001), "");
    }

    #[test]
    fn the_place_of_a_strange_byte_is_told() {
        marked(&INVALID_UTF8, "== wiki/a.md\n# \u{e9}\n");
        let path = RepoPath::new("wiki/a.md").unwrap();
        let (page, _) = Page::read(path, BlobId([0; 20]), b"# A\n\xff\n");
        let said = &page.diagnostics[0];
        assert_eq!((said.rule.as_str(), said.line), (INVALID_UTF8.id, 2));
    }
}
