//! A repository in which everything exists that an example names.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::running;
use super::table::Asked;
use crate::support::TestRepo;

/// The repository, and what is called differently in it than in the examples.
pub(super) struct Prepared {
    pub(super) repo: TestRepo,
    /// As the help has it, as it is here; only in examples of commands that begin with the first.
    pub(super) names: Vec<(&'static str, &'static str, String)>,
}

const QUEUE: &str = "---\nowner: team-payments\nservices: [billing-worker]\nsources: [src/queue.rs]\n---\n\
    # Queue\n\n## Scope\n\nThe queue of the billing service.\n\n## Known causes\n\nA slow consumer keeps \
    messages for longer than seven minutes: its timeout.\n\n## Mitigations\n\nScale the workers \
    out.\n\n## Rollback\n\nNone.\n";

const RUNBOOK: &str = "---\nkind: runbook\ntitle: Queue is full\nowner: team-payments\n\
    signals: [{alert: KubePodCrashLooping}]\n---\n# Queue is full\n\n## Backlog\n\nLook at the backlog.\n";

const SETTINGS: &str = "people:\n  human:ada: {email: ada@example.org}\n  \
    human:grace: {email: grace@example.org}\n  lead: {members: [human:grace]}\n  \
    team-payments: {members: [human:grace], also: ['@maintainers', ada]}\n\
    approvals:\n  production-write: {who: [team-payments]}\n";

const REQUEST: &str = r#"{"schema": "prode.request/v1", "action": "production-write",
    "what": "UPDATE ledger SET state = 'open' WHERE id = 7", "target": "ledger primary",
    "reason": "T-12", "requester": "agent:coordinator",
    "preconditions": {"ticket_updated": "2026-01-01T00:00:00Z"}, "run": "R-1"}"#;

/// Programs of other people's that examples are piped from or to.
const PROGRAMS: &[(&str, &str)] = &[
    ("kubectl", "echo 'the shard of the index is damaged'"),
    ("gh", "case $1 in issue) cat ticket.json;; pr) cat body.md;; esac"),
    ("claude", "test $1 = mcp"),
    ("make", "echo done"),
    ("man", "test $# = 1 || cat > printed.1"),
];

impl Prepared {
    pub(super) fn new() -> Self {
        let repo = TestRepo::new();
        be(&repo, "Ada", "ada@example.org");
        key(&repo);
        repo.prode(&["init"]).ok();
        pages(&repo);
        decisions(&repo);
        skills(&repo);
        inputs(&repo);
        beside(&repo);
        repo.commit("pages");
        land(&repo);
        let names = handed_in(&repo);
        Self { repo, names }
    }
}

/// Who sits at the keyboard.
fn be(repo: &TestRepo, name: &str, email: &str) {
    repo.git(&["config", "user.name", name]);
    repo.git(&["config", "user.email", email]);
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn key(repo: &TestRepo) {
    let key = repo.home().join(".ssh/id_ed25519");
    fs::create_dir_all(key.parent().unwrap()).unwrap();
    let mut made = Command::new("ssh-keygen");
    made.args(["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f"]).arg(&key);
    assert!(made.status().unwrap().success());
    fs::copy(key.with_extension("pub"), repo.home().join(".ssh/id_ed25519_sk.pub")).unwrap();
}

fn pages(repo: &TestRepo) {
    let settings = fs::read_to_string(repo.path().join("prode.yaml")).unwrap();
    repo.write("prode.yaml", settings + SETTINGS)
        .write("wiki/queue.md", QUEUE)
        .write("wiki/runbooks/queue.md", RUNBOOK)
        .write(
            "wiki/runbooks/index-damaged.md",
            include_str!("../../../wiki/runbooks/index-damaged.md"),
        )
        .write("wiki/sops/release.md", include_str!("../../../wiki/sops/release.md"))
        .write(
            "wiki/index.md",
            "---\nowner: team-payments\n---\n# Home\n\n[Queue](queue.md) [Old](old-name.md)\n",
        )
        .write("wiki/routes.yaml", "- {ticket: slow consumer timeout, expect: wiki/queue.md}\n")
        .write("src/queue.rs", "fn drain() {}\n")
        .write("src/ledger/post.rs", "// ADR-12\nfn post() {}\n".repeat(25))
        .write(
            "rules/queue.yaml",
            "groups: [{name: a, rules: [{alert: KubePodCrashLooping, expr: up}]}]\n",
        );
    for name in ["old-name", "old-queue", "billing/ledger"] {
        let page = format!("---\nowner: team-payments\n---\n# The {name}\n\nWords of {name}.\n");
        repo.write(format!("wiki/{name}.md"), page);
    }
}

fn decision(number: usize, status: &str) -> String {
    format!(
        "---\nstatus: {status}\ndate: 2026-01-{number:02}\nowner: team-payments\n---\n\n# Use number {number}\n\n\
         ## Context and Problem Statement\n\nWhich?\n\n## Decision Outcome\n\nThis.\n\n## Consequences\n\nGood.\n"
    )
}

/// Twelve of which the last is not decided, and the third of another log.
fn decisions(repo: &TestRepo) {
    for number in 2..=12 {
        let status = if number == 12 { "proposed" } else { "accepted" };
        let name = if number == 12 { "x".to_owned() } else { number.to_string() };
        repo.write(format!("adr/{number:04}-use-{name}.md"), decision(number, status));
    }
    repo.write("services/billing/adr/0003-third.md", decision(3, "proposed"));
}

fn skills(repo: &TestRepo) {
    let skill = "---\nname: pdf\ndescription: Reads PDF files. Use it when one comes in.\n---\n\
        # PDF\n\n1. Read it.\n";
    let root = repo.path().parent().unwrap();
    put(&root.join("skills/pdf/SKILL.md"), skill);
    repo.write("skills/pdf/SKILL.md", skill);
    repo.prode(&["skill", "pack", "pdf", "-o", "pdf.tar.gz"]).ok();
    repo.remove("skills/pdf");
}

/// The files that examples read.
fn inputs(repo: &TestRepo) {
    let learning = "The batch took seven minutes and the timeout was six.\n";
    repo.write("learning.md", format!("---\ntarget: wiki/queue.md#known-causes\n---\n{learning}"))
        .write("words.md", learning)
        .write("finding.md", "---\nseverity: low\ntarget: wiki/queue.md\nitems: [\"the link is dead\"]\n---\nIt answers 404.\n")
        .write("ticket.md", "# The queue is full\n\nThe timeout was six minutes.\n")
        .write("body.md", "Nothing yet.\n")
        .write("alert.json", r#"{"title": "KubePodCrashLooping", "description": "in billing"}"#)
        .write("questions.jsonl", "{\"qid\": 1, \"query\": \"slow consumer\"}\n")
        .write("tickets.jsonl", "{\"id\": \"a\", \"text\": \"ask m@ferme.bzh\"}\n")
        .write(
            "judged.jsonl",
            "{\"qid\": 1, \"query\": \"slow consumer\", \"relevant\": [\"wiki/queue.md\"]}\n",
        )
        .write("requests/fix-ledger.json", REQUEST);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops/triage/examples/backend-500");
    let ticket: Value =
        serde_json::from_slice(&fs::read(example.join("ticket.json")).unwrap()).unwrap();
    repo.write("ticket.json", ticket.to_string());
    for name in ["sentry.json", "aws.json"] {
        let bytes = fs::read(example.join("outputs").join(name)).unwrap();
        repo.write(format!("answers/{name}"), &bytes).write(format!("changed/{name}"), &bytes);
    }
}

/// What stands beside the repository: other tools' decisions, programs, the remotes.
fn beside(repo: &TestRepo) {
    let root = repo.path().parent().unwrap();
    let nygard = "# 1. First\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n\n\
        ## Decision\n\nThis.\n\n## Consequences\n\nGood.\n";
    put(&root.join("old/doc/adr/0001-first.md"), nygard);
    put(
        &root.join("portal/.log4brains.yml"),
        "project:\n  name: Portal\n  adrFolder: ./docs/adr\n",
    );
    put(
        &root.join("portal/docs/adr/20200102-second.md"),
        "# Second\n\n- Status: accepted\n- Date: 2020-01-02\n\n## Context and Problem Statement\n\nWhich?\n\n## Decision Outcome\n\nThis.\n",
    );
    for (name, script) in PROGRAMS {
        let place = root.join("bin").join(name);
        put(&place, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
    }
    for name in ["origin", "upstream"] {
        repo.git(&["init", "--quiet", "--bare", &format!("../{name}.git")]);
        repo.git(&["remote", "add", name, &format!("../{name}.git")]);
    }
}

fn put(place: &Path, text: &str) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

/// The first signer, a review that has drifted since, a release, a branch that changes the policy.
fn land(repo: &TestRepo) {
    repo.git(&["config", "user.signingkey", &home(repo, ".ssh/id_ed25519")]);
    // The key is Grace's, and she is who entered it.
    be(repo, "Grace", "grace@example.org");
    repo.prode(&["approvals", "init"]).ok();
    be(repo, "Ada", "ada@example.org");
    repo.commit("the first signer");
    repo.prode(&["review", "wiki/queue.md", "--yes", "--commit"]).ok();
    repo.write("src/queue.rs", "fn drain_all() { stop() }\n").commit("drain all of it");
    repo.git(&["tag", "v1.4"]);
    repo.git(&["branch", "v1"]);
    for (branch, action) in [("older", "data-correction"), ("new", "destructive-write")] {
        repo.git(&["checkout", "--quiet", "-b", &format!("topic/{branch}-policy")]);
        let settings = fs::read_to_string(repo.path().join("prode.yaml")).unwrap();
        repo.write("prode.yaml", format!("{settings}  {action}: {{who: [team-payments]}}\n"));
        repo.commit("a policy");
        repo.git(&["checkout", "--quiet", "main"]);
    }
    for remote in ["origin", "upstream"] {
        repo.git(&["push", "--quiet", remote, "main"]);
    }
}

fn home(repo: &TestRepo, below: &str) -> String {
    repo.home().join(below).display().to_string()
}

/// A learning, a finding, runs; what they are called here.
fn handed_in(repo: &TestRepo) -> Vec<(&'static str, &'static str, String)> {
    let id = |args: &[&str], key: &str| {
        let answer = repo.prode(&[args, &["--json"]].concat()).ok().json();
        answer[key].as_str().unwrap_or_else(|| panic!("no {key} in {answer}")).to_owned()
    };
    let add = ["finding", "add", "--severity", "high", "--target", "wiki/queue.md#rollback"];
    let items = ["--item", "step 2 names a host that is gone", "--item", "no stop condition"];
    let audit = repo.prode(&["audit", "--json"]).ok().json();
    let is_drift = |it: &&Value| it["signal"] == "drifted" && it["path"] == "wiki/queue.md";
    let drift = audit["findings"].as_array().unwrap().iter().find(is_drift);
    let drift = drift.unwrap_or_else(|| panic!("nothing drifted in {audit}"))["id"].clone();
    let learning =
        id(&["inbox", "add", "words.md", "--target", "wiki/queue.md#known-causes"], "id");
    let finding = id(&[&add[..], &items].concat(), "id");
    // From here on the owner sits at the keyboard.
    be(repo, "Grace", "grace@example.org");
    let (said, code) = running::at_a_terminal(
        {
            let mut command = repo.prode_command();
            command.args(["approve", "topic/older-policy", "--action", "policy"]);
            command
        },
        &Asked::DIGEST,
    );
    assert_eq!(code, 0, "{said}");
    let listed = repo.prode(&["approvals", "list", "--json"]).ok().json();
    let head = repo.prode(&["approvals", "verify", "--json"]).ok().json();
    vec![
        ("", "A-0123456789ab", text(&listed["approvals"][0]["id"])),
        ("", "3f2a9c…", text(&head["chains"][0]["head"])),
        ("", "L-3f2a91c07be4", learning),
        ("", "F-3f2a91c07be4", finding),
        ("", "A-3f2a91c0", text(&drift)),
        (
            "triage sop",
            "R-20261126-3f9a1c",
            id(&["triage", "sop", "start", "wiki/sops/release.md"], "run"),
        ),
        ("", "R-20261126-3f9a1c", id(&["triage", "run", "ticket.json"], "run")),
    ]
}
