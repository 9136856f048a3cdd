//! What is excused of being run, and what ends otherwise than with 0.

/// An example that is only parsed.
pub(super) struct Parsed {
    /// Whose help it is in; `*` for any.
    pub(super) command: &'static str,
    pub(super) line: &'static str,
    #[expect(dead_code, reason = "it is for whoever reads the table")]
    pub(super) why: &'static str,
}

/// An example that ends with another code than 0.
pub(super) struct Ends {
    /// Whose help it is in; `*` for any.
    pub(super) command: &'static str,
    pub(super) line: &'static str,
    pub(super) code: i32,
    /// What it says then.
    pub(super) says: &'static str,
}

const fn parsed(command: &'static str, line: &'static str, why: &'static str) -> Parsed {
    Parsed { command, line, why }
}

const fn ends(command: &'static str, line: &'static str, code: i32, says: &'static str) -> Ends {
    Ends { command, line, code, says }
}

pub(super) const PARSED: &[Parsed] = &[
    parsed("triage run", "prode triage run linear:ENG-12 --mode comment", "asks Linear"),
    parsed("triage prompt", "prode triage prompt linear:ENG-12 --json", "asks Linear"),
    parsed(
        "triage decide",
        "prode triage decide R-20261126-3f9a1c",
        "a person answers at a terminal",
    ),
    parsed("*", "prode triage sop capture --title 'Raise the limit'", "asks gate by gate"),
    parsed("triage watch", "prode triage watch", "watches until it is stopped"),
    parsed(
        "triage watch",
        "prode triage watch --once --json   # what waits now, then the end: for a timer",
        "asks a tracker",
    ),
    parsed(
        "triage watch",
        "prode triage watch --mode comment --max-parallel 4 --addr 127.0.0.1:0",
        "asks a tracker",
    ),
    parsed("serve", "prode serve", "serves until it is stopped"),
    parsed("serve", "prode serve --addr 127.0.0.1:0 --json", "serves until it is stopped"),
    parsed("proposal list", "prode proposal list --online", "asks a forge"),
    parsed(
        "approve",
        "prode approve requests/fix-ledger.json --key ~/.ssh/id_ed25519_sk.pub",
        "a person touches a key",
    ),
];

pub(super) const ENDS: &[Ends] = &[
    ends("lint", "prode lint", 1, "findings: "),
    ends("lint", "prode lint wiki/runbooks --rule links --all", 1, "findings: "),
    ends("lint", "prode lint --fix", 1, "findings: "),
    ends("site", "prode site build -o public", 1, "nothing was written"),
    ends(
        "site",
        "prode site build -o public --base-url https://docs.example.org/memory/",
        1,
        "nothing was written",
    ),
    ends("site build", "prode site build -o public", 1, "nothing was written"),
    ends(
        "site build",
        "prode site build -o public --base-url https://docs.example.org/memory/",
        1,
        "nothing was written",
    ),
    ends(
        "site build",
        "prode site build -o public --title 'Operations' --dry-run",
        1,
        "nothing was written",
    ),
    ends("redact allow", "prode redact --check wiki/queue.md", 1, "wiki/queue.md:12:7"),
    ends("triage sop", "prode triage sop check --pr body.md", 1, "is not passed"),
    ends(
        "triage sop check",
        "gh pr view --json body --jq .body | prode triage sop check --pr -",
        1,
        "is not passed",
    ),
    ends(
        "triage sop check",
        "prode triage sop check --against origin/main --sop wiki/sops/release.md --json",
        1,
        "is not passed",
    ),
    ends(
        "triage sop capture",
        "prode triage sop capture --title 'Raise the limit' --answers answers.yaml --dry-run",
        1,
        "nothing was said of 'Raise the limit' yet",
    ),
];

/// A question at a terminal, and what is typed there.
pub(super) struct Asked {
    /// How the line begins.
    pub(super) line: &'static str,
    pub(super) question: &'static str,
    /// `None`: the digits of the digest that is shown.
    pub(super) answer: Option<&'static str>,
}

impl Asked {
    pub(super) const DIGEST: Self =
        Self { line: "prode approve ", question: "anything else declines: ", answer: None };
}

pub(super) const ASKED: &[Asked] = &[
    Asked::DIGEST,
    Asked { line: "prode init --agent claude", question: "[y/N] ", answer: Some("y") },
    Asked { line: "prode review wiki/", question: "[y/N] ", answer: Some("y") },
];

const PROMOTE: &str = "prode promote L-3f2a91c07be4";
const ANSWERED: &str =
    "prode finding classify F-3f2a91c07be4 1 2 --as non-actionable --evidence 'the host answers'";
const RECORD: &str = "prode triage sop start --run R-20261126-3f9a1c --record > body.md";
const COMMITTED: &str =
    "git checkout -qb release && git commit -q --allow-empty --cleanup=verbatim -F body.md";
const FOUND: &str = "sed -i '12s/.*/token=Zw3tsch''ge!kuchen/' wiki/queue.md";

const TWO_LOGS: &str = "sed -i 's|\\[\"adr\"\\]|[\"adr\", \"services/billing/adr\"]|' prode.yaml && git commit -qam 'two logs'";

/// What is typed before a command's examples, or before one of them: its name or the
/// example, and a line.
pub(super) const BEFORE: &[(&str, &str)] = &[
    ("proposal", PROMOTE),
    ("proposal show", PROMOTE),
    ("proposal diff", PROMOTE),
    ("proposal refresh", PROMOTE),
    ("proposal merge", PROMOTE),
    ("proposal close", PROMOTE),
    ("approve", PROMOTE),
    ("adr amend", "prode adr accept 12"),
    ("adr deprecate", "prode adr accept 12"),
    ("adr propose", "prode adr reject 12"),
    ("adr import", "prode adr export --to json > decisions.json"),
    ("prode adr accept services/billing/adr/3", TWO_LOGS),
    ("prode adr new 'Two-way sync' --log services/billing/adr --template madr", TWO_LOGS),
    ("prode review adr/12 'Queue is full' --yes --commit", "git commit -qam 'it was reviewed'"),
    ("mv", "git rm -q wiki/runbooks/queue.md && git commit -qm 'it is gone'"),
    ("skill validate", "prode skill install ../skills/pdf --to .agents/skills"),
    ("skill to-prompt", "prode skill install ../skills/pdf --to .agents/skills"),
    ("usage", "prode query home"),
    ("usage unhelpful", "prode query home"),
    ("redact allow", FOUND),
    ("finding close", ANSWERED),
    ("approvals init", "git rm -qr .prode && git commit -qm 'no signer'"),
    ("triage verify", "prode triage export R-20261126-3f9a1c -o exported/R-20261126-3f9a1c"),
    ("triage sop", RECORD),
    ("triage sop check", RECORD),
    ("triage sop check", COMMITTED),
    ("completions", "mkdir -p ~/.zfunc ~/.config/fish/completions"),
    ("completions", "mkdir -p ~/.local/share/bash-completion/completions"),
];
