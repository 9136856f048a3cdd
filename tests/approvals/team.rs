//! A repository with a policy, and people with keys.
//!
//! Ada writes every commit (tests' Git says so). Grace and Alan may approve;
//! Ada has a key too. Mallory has one that the trunk does not know.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use prode::approval::{Action, Signed, Statement};
use prode::clock::Clock;
use prode::config::Environment;
use prode::git::{Draft, Edit, Repository, Target};
use prode::ops::approvals::{self, Named};
use prode::ops::ledger::{self, Asked, Decided, REFERENCE, TrunkPolicy};
use prode::repo_path::RepoPath;
use prode::workspace::{Options, Workspace};

use crate::support::TestRepo;

pub(crate) const BRANCH: &str = "prode/promote/queue";

const SETTINGS: &str = "people:\n  human:grace: {email: grace@example.org}\n  \
    human:alan: {email: alan@example.org}\n  human:ada: {email: ada@example.org}\n  \
    team-sre: {members: [human:grace, human:alan], also: ['@org/sre']}\n\
    approvals:\n  production-write: {who: [team-sre]}\n";

/// The repository, and where the keys are.
pub(crate) struct Team {
    pub(crate) repo: TestRepo,
}

impl Team {
    /// A trunk with a policy, and a branch that changes a page of the SRE team.
    pub(crate) fn new() -> Self {
        Self::with("")
    }

    /// The same with more settings.
    pub(crate) fn with(more: &str) -> Self {
        let team = Self { repo: TestRepo::new() };
        let signers: String = ["ada", "grace", "alan"]
            .map(|name| {
                team.make_key(name);
                team.signer(name)
            })
            .concat();
        team.make_key("mallory");
        let repo = &team.repo;
        repo.write("prode.yaml", format!("{SETTINGS}{more}"));
        repo.write(".prode/allowed_signers", signers);
        repo.write("wiki/queue.md", "---\nowner: '@org/sre'\n---\n# Queue\n\nOld.\n");
        repo.commit("the beginning");
        team.branch(BRANCH, "wiki/queue.md", "---\nowner: '@org/sre'\n---\n# Queue\n\nNew.\n");
        for (key, value) in [("user.name", "Grace Example"), ("user.email", "grace@example.org")] {
            repo.git(&["config", key, value]);
        }
        repo.git(&["config", "user.signingkey", &team.key("grace").display().to_string()]);
        team
    }

    /// Commits a change on a branch of its own; the trunk is checked out again.
    pub(crate) fn branch(&self, name: &str, path: &str, text: &str) {
        self.repo.git(&["checkout", "--quiet", "-B", name, "main"]);
        self.repo.write(path, text).commit("a change");
        self.repo.git(&["checkout", "--quiet", "main"]);
    }

    /// Changes a file of the trunk.
    pub(crate) fn land(&self, path: &str, text: &str) {
        self.repo.write(path, text).commit("landed");
    }

    fn make_key(&self, name: &str) {
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
            .arg(self.key(name))
            .status();
        assert!(made.unwrap().success());
    }

    /// A private key's file.
    pub(crate) fn key(&self, name: &str) -> PathBuf {
        self.repo.home().join(name)
    }

    /// The text of a public key.
    pub(crate) fn public(&self, name: &str) -> String {
        let text = fs::read_to_string(self.repo.home().join(format!("{name}.pub"))).unwrap();
        text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    }

    /// A line of the signers' file.
    pub(crate) fn signer(&self, name: &str) -> String {
        let key = self.public(name);
        format!("{name}@example.org namespaces=\"prode-approval\" {key}\n")
    }

    /// The signers' file, as it is on the trunk.
    pub(crate) fn signers(&self) -> String {
        self.repo.git(&["show", "main:.prode/allowed_signers"]) + "\n"
    }

    pub(crate) fn workspace(&self) -> Workspace {
        self.workspace_at(Clock::system())
    }

    pub(crate) fn workspace_at(&self, clock: Clock) -> Workspace {
        let path = self.repo.path().to_owned();
        Workspace::open(Options {
            repo: Some(path.clone()),
            current: path,
            overrides: Vec::new(),
            environment: Environment::default(),
            clock,
        })
        .unwrap()
    }

    /// The subject of the branch.
    pub(crate) fn asked(&self) -> Asked {
        let workspace = self.workspace();
        let reviewed = workspace.reviewed().unwrap();
        approvals::resolve(&workspace, &reviewed, Named::Revision(BRANCH), None).unwrap()
    }

    /// A request to write to production.
    pub(crate) fn request(&self) -> Asked {
        let workspace = self.workspace();
        let reviewed = workspace.reviewed().unwrap();
        let named = Named::Document("fix.json", REQUEST.as_bytes());
        approvals::resolve(&workspace, &reviewed, named, None).unwrap()
    }

    pub(crate) fn decided(&self, asked: &Asked) -> Decided {
        ledger::decided(&self.workspace(), asked).unwrap()
    }

    /// The statement with which `name` would approve `asked` now.
    pub(crate) fn statement(&self, name: &str, asked: &Asked) -> Statement {
        let repository = TrunkPolicy::read(&self.workspace()).unwrap().repository;
        let issued = Timestamp::from_second(Clock::system().now().as_second()).unwrap();
        Statement {
            schema: Statement::schema(),
            action: Action::new(asked.action.name()).unwrap(),
            subject: asked.subject.clone(),
            preconditions: asked.preconditions.clone(),
            repository,
            run: asked.run.clone(),
            requesters: asked.requesters.clone(),
            approver: format!("{name}@example.org"),
            reason: asked.reason.clone(),
            nonce: "0123456789abcdef0123456789abcdef".to_owned(),
            issued,
            expires: issued + SignedDuration::from_hours(1),
        }
    }

    /// Signs behind prode's back, as somebody with the key can.
    pub(crate) fn signed_for(&self, key: &str, statement: Statement, namespace: &str) -> Signed {
        let bytes = statement.bytes().unwrap();
        let text = self.repo.home().join("to-sign");
        fs::write(&text, &bytes).unwrap();
        let signature = self.repo.home().join("to-sign.sig");
        drop(fs::remove_file(&signature));
        let made = Command::new("ssh-keygen")
            .args(["-q", "-Y", "sign", "-n", namespace, "-f"])
            .arg(self.key(key))
            .arg(&text)
            .status();
        assert!(made.unwrap().success());
        let signature = fs::read_to_string(signature).unwrap();
        Signed { statement, bytes, signature }
    }

    pub(crate) fn signed(&self, key: &str, statement: Statement) -> Signed {
        self.signed_for(key, statement, "prode-approval")
    }

    /// Puts a statement where they are kept, behind prode's back.
    pub(crate) fn store(&self, signed: &Signed) {
        self.store_file(&format!("statements/{}", signed.id()), &signed.file());
    }

    pub(crate) fn store_file(&self, path: &str, bytes: &[u8]) {
        let git = Repository::open(self.repo.path()).unwrap();
        let writer = git.writer(None, Timestamp::UNIX_EPOCH).unwrap();
        let tip = git.ref_commit(REFERENCE).unwrap();
        let edit = Edit::write(RepoPath::from_git(path), bytes);
        writer.commit_to(Target::Ref(REFERENCE), tip, &Draft::new("by hand", vec![edit])).unwrap();
    }
}

pub(crate) const REQUEST: &str = r#"{
  "schema": "prode.request/v1",
  "action": "production-write",
  "what": "UPDATE ledger SET state = 'open' WHERE id = 7",
  "target": "ledger primary",
  "reason": "T-12",
  "requester": "agent:coordinator",
  "preconditions": {"ticket_updated": "2026-01-01T00:00:00Z"},
  "run": "R-1"
}
"#;
