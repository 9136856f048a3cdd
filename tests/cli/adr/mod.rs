//! `prode adr`

#[cfg(target_os = "linux")]
mod boundaries;
mod changes;
mod exchange;
mod hostile;
mod kills;
mod listing;
mod numbers;
mod renumbering;
mod titles;
mod why;

use crate::support::TestRepo;

/// A decision in Nygard's format.
pub(super) fn nygard(number: u32, title: &str, status: &str) -> String {
    format!(
        "# {number}. {title}\n\nDate: 2026-01-02\n\n## Status\n\n{status}\n\n\
         ## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\nSo.\n"
    )
}

/// A decision in MADR 4.
pub(super) fn madr(title: &str, status: &str) -> String {
    format!(
        "---\nstatus: {status}\ndate: 2026-01-02\n---\n\n# {title}\n\n\
         ## Context and Problem Statement\n\nWhy.\n\n## Decision Outcome\n\nWhat.\n"
    )
}

pub(super) fn read(repo: &TestRepo, path: &str) -> String {
    std::fs::read_to_string(repo.path().join(path)).unwrap()
}

/// A log of three accepted decisions in Nygard's format.
pub(super) fn log() -> TestRepo {
    let repo = TestRepo::new();
    for (number, title) in [(1, "One"), (2, "Two"), (3, "Three")] {
        let path = format!("doc/adr/{number:04}-{}.md", title.to_lowercase());
        repo.write(path, nygard(number, title, "Accepted"));
    }
    repo.commit("log");
    repo
}
