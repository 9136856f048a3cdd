//! Procedures: walked gate by gate, held to in CI, captured; and the prompt.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod capturing;
mod checking;
mod checklists;
#[cfg(unix)]
mod kills;
mod prompting;
#[cfg(unix)]
mod terminal;
mod walking;

use serde_json::Value;

use crate::support::{ProdeRun, TestRepo};

/// A procedure whose third gate is blocked by an incident.
const PAGE: &str = "---\ntitle: Raise the limit\nkind: sop\nowner: \"@lead\"\nservices: [queue]\n---\n\n# Raise the limit\n\n\
    ## Gate 1: Design review\n\n### Scope\n\nThe limit.\n\n### Dependencies\n\nNone.\n\n### Risks\n\n\
    | Risk | Likelihood | Impact | Mitigation |\n|---|---|---|---|\n| it grows | low | high | a cap |\n\n\
    **Stop conditions.** The cap is missing: stop, ask @lead.\n\n**Decision.** @lead decides on the scope.\n\n\
    ## Gate 2: Implementation\n\nRaise it:\n\n```sh\nmake limit\n```\n\n1. Tell the others.\n\n\
    **Stop conditions.** A check fails twice: stop.\n\n**Decision.** @lead decides.\n\n\
    ## Gate 3: Testing\n\nblocked_while: incident\n\n| Scenario | Input | Expected | Actual | Status |\n|---|---|---|---|---|\n| full | 10 | done | | |\n\n\
    **Stop conditions.** It stalls: stop.\n\n**Decision.** @qa decides.\n\n\
    ## Gate 4: Pull request\n\n### Checklist\n\n- [ ] reviewed\n\n### Review focus\n\nThe cap.\n\n### Rollback\n\n```sh\nmake limit OLD=1\n```\n\n\
    ### Monitoring\n\nThe queue.\n\n### Definition of done\n\n- [ ] it is up\n\n\
    **Stop conditions.** No review: stop.\n\n**Decision.** The owner merges.\n";

const PLACE: &str = "wiki/sops/raise.md";

/// A repository whose trunk has the procedure.
pub(crate) struct House {
    pub(crate) repo: TestRepo,
}

impl House {
    pub(crate) fn new() -> Self {
        Self::with(PAGE)
    }

    pub(crate) fn with(page: &str) -> Self {
        let repo = TestRepo::new();
        repo.write(PLACE, page);
        repo.write(
            "wiki/index.md",
            "---\nowner: '@lead'\n---\n# Index\n\n[Raise](sops/raise.md)\n",
        );
        repo.commit("pages");
        for (key, value) in [("user.name", "Ada Example"), ("user.email", "ada@example.org")] {
            repo.git(&["config", key, value]);
        }
        Self { repo }
    }

    pub(crate) fn sop(&self, args: &[&str]) -> ProdeRun {
        self.repo.prode(&[&["triage", "sop"], args].concat())
    }

    pub(crate) fn start(&self, args: &[&str]) -> ProdeRun {
        self.sop(&[&["start"], args, &["--json"]].concat())
    }

    /// The run's name, opened.
    pub(crate) fn opened(&self) -> String {
        self.start(&[PLACE]).ok().json()["run"].as_str().unwrap().to_owned()
    }

    pub(crate) fn go(&self, run: &str) -> ProdeRun {
        self.start(&["--run", run, "--decide", "go", "--why", "fine", "--by", "@lead"])
    }

    /// A record with so many gates passed.
    pub(crate) fn record(&self, passed: usize) -> String {
        let run = self.opened();
        for _ in 0..passed {
            self.go(&run).ok();
        }
        self.sop(&["start", "--run", &run, "--record"]).ok().stdout().to_owned()
    }
}

/// The gate that a run is at.
fn gate(run: &Value) -> &Value {
    let at = usize::try_from(run["gate"].as_u64().unwrap()).unwrap();
    &run["gates"][at - 1]
}
