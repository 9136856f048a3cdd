//! `memories:`: other repositories that are asked together with this one.

mod citing;
mod copies;
mod facts;
mod merging;
mod revisions;
mod surfaces;
mod trouble;

use std::fs;

use serde_json::Value;

use crate::support::TestRepo;

/// This repository: one runbook, one guide.
fn billing() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(
        "wiki/runbooks/invoices.md",
        "---\nowner: team-billing\nsignals:\n  - alert: InvoicesLate\n---\n# Invoices late\n\n\
         ## Confirm\n\nInvoices wait in the queue for the printer.\n\n\
         ## Escalate\n\nCall the printer.\n",
    )
    .write("wiki/glossary.md", "# Glossary\n\nAn invoice is a bill. A queue holds work.\n");
    repo.commit("billing");
    repo
}

/// Another one: two runbooks, of which one is archived, and a decision.
fn infra() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(
        "wiki/runbooks/broker.md",
        "---\nowner: team-infra\nservices: [broker]\nevidence: [aws]\nsignals:\n  \
         - alert: BrokerDiskFull\n---\n# Broker disk full\n\n## Confirm\n\n\
         The broker refuses every queue: no space is left.\n\n```sh\n$ df -h /var/broker\n```\n\n\
         ## Escalate\n\nCall the storage people.\n",
    )
    .write(
        "wiki/runbooks/old-broker.md",
        "---\nstatus: archived\narchived: the old broker is gone\nsignals:\n  \
         - alert: OldBrokerDown\n---\n# Old broker down\n\nRestart the old broker.\n",
    )
    .write(
        "wiki/runbooks/new-broker.md",
        "---\nsupersedes: [wiki/runbooks/old-broker.md]\n---\n# New broker down\n\nSee the \
         [disk](broker.md#confirm).\n",
    )
    .write(
        "adr/0007-one-broker.md",
        "# 7. One broker\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nBrokers.\n",
    );
    repo.commit("infra");
    repo
}

/// Makes `yaml` the settings of the user of `repo`.
fn settings(repo: &TestRepo, yaml: &str) {
    let folder = repo.home().join(".config/prode");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.yaml"), yaml).unwrap();
}

/// Names other repositories to the user of `repo`.
fn name(repo: &TestRepo, others: &[(&str, &TestRepo)]) {
    let one = |(name, other): &(&str, &TestRepo)| {
        format!("  - {{name: {name}, path: '{}'}}\n", other.path().display())
    };
    settings(repo, &format!("memories:\n{}", others.iter().map(one).collect::<String>()));
}

/// The answer of a command without the time that it took.
fn answer(repo: &TestRepo, args: &[&str]) -> Value {
    let mut answer = repo.prode(&[&["--json"], args].concat()).ok().json();
    answer.as_object_mut().unwrap().remove("took_ms");
    answer
}

/// What was found, in order: memory and path.
fn places(answer: &Value, list: &str) -> Vec<String> {
    let place = |hit: &Value| match hit["memory"].as_str() {
        Some(memory) => format!("{memory}:{}", hit["path"].as_str().unwrap()),
        None => hit["path"].as_str().unwrap().to_owned(),
    };
    answer[list].as_array().unwrap().iter().map(place).collect()
}
