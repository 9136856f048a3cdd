//! Decisions as they are found in the wild: every way to say a status, in
//! every dress of bytes.

/// A decision's file.
pub struct Variant {
    /// Its number, which name and heading carry.
    pub number: usize,
    /// The name below its log.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The status that it states.
    pub status: &'static str,
}

/// Heads: `@` stands for the status, `#N` for the number, `#T` for the title.
const HEADS: &[&str] = &[
    "# #N. #T\n\nDate: 2026-01-02\n\n## Status\n\n@\n\n",
    "# #N. #T\n\n## Status\n\n**@**\n\nAmends [9999. A](9999-a.md)\n\n",
    "# ADR #N: #T\n\n## 1. Status\n\n@\n\n",
    "---\nstatus: @\ndate: 2026-01-02\n---\n\n# #T\n\n",
    "---\nstatus: \"@\"\ndecision-makers:\n  - Ann\n  - Bob\ntags: [a, b]\n---\n# #T\n\n",
    "---\n# a remark\nstatus:   @   # as of today\ndeciders: Ann, Bob\n---\n# #T\n\n",
    "# #T\n\n* Status: @\n* Deciders: Ann, Bob\n* Date: 2026-01-02\n\n",
    "# #T\n\n- Status: @\n- Tags: a\n\n",
    "# ADR-#N: #T\n\n**Status:** @\n\n",
    "# ADR-#N: #T\n\n**Status**: \u{2705} @\n\n",
    "# ADR-#N: #T\n\nStatus: @ (2026-01-02)\n\n",
    "# #T\n\n| Status | @ |\n|---|---|\n| Date | 2026-01-02 |\n\n",
    "# #T\n\n| Status | Date |\n|---|---|\n| @ | 2026-01-02 |\n\n",
    "#T\n===\n\nStatus: @\n\n",
];

const BODIES: &[&str] = &[
    "## Context\n\nStatus: none of this\n\n## Decision\n\nYes.\n\n## Consequences\n\n| a | b |\n|---|---|\n",
    "## Context and Problem Statement\n\n\u{65e5}\u{672c} \u{1f600}\n\n\n\n## Decision Outcome\n\n```\nStatus: x\n```\n",
    "## Context\n\n<!-- Status: draft -->\n\ttabs\u{a0}\n\n## Decision\n\ntext  \nmore\n\n---\n\nend\n",
    "## Decision Outcome\n\nx\n\n## Links\n\n- Refines [b](b.md)\n- [[adr:12]]\n",
];

const TITLES: &[&str] = &[
    "Use X",
    "Use `a|b` / \"c\" 'd'",
    "\u{65e5}\u{672c}\u{8a9e}\u{306e}\u{6c7a}\u{5b9a} \u{1f680}",
    "A -- B: C? *D* _E_ [f](g) <h>",
    "\u{440}\u{435}\u{448}\u{435}\u{43d}\u{438}\u{435} \u{e9}\u{301}",
];

const STATUSES: &[&str] = &["draft", "proposed", "accepted", "rejected", "deprecated"];

/// The first `count` variants: mixed-radix, so that neighbours differ in all.
pub fn all(count: usize) -> Vec<Variant> {
    (1..=count).map(variant).collect()
}

fn variant(number: usize) -> Variant {
    let pick = |step: usize, of: usize| (number * step / 7 + number) % of;
    let status = STATUSES[number % STATUSES.len()];
    let head = HEADS[number % HEADS.len()];
    let title = TITLES[pick(3, TITLES.len())];
    let word = if pick(5, 2) == 0 { status.to_owned() } else { capital(status) };
    let head = head.replace("#N", &number.to_string()).replace("#T", title).replace('@', &word);
    let mut text = format!("{head}{}", BODIES[pick(2, BODIES.len())]);
    if number.is_multiple_of(3) {
        text.truncate(text.trim_end().len());
    }
    if number % 4 == 1 {
        text = text.replace('\n', "\r\n");
    }
    if number % 5 == 2 {
        text.insert(0, '\u{feff}');
    }
    let mut bytes = text.into_bytes();
    if number % 50 == 7 {
        bytes.extend_from_slice(b"\n\xff\xfe not text\n");
    }
    Variant { number, name: format!("{number:04}-decision-{number}.md"), bytes, status }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
