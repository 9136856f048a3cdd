//! Pull requests, from the learning to the merge: the real program, a real Git
//! server, and a forge that fails as forges do.
#![allow(clippy::print_stdout, reason = "the tables of faults are for the reader")]

/// A test for each forge, so that they run side by side.
macro_rules! on_each_forge {
    ($run:ident) => {
        #[test]
        fn github() {
            $run(Kind::GitHub);
        }

        #[test]
        fn gitlab() {
            $run(Kind::GitLab);
        }

        #[test]
        fn gitea() {
            $run(Kind::Gitea);
        }
    };
}

mod closing;
mod contract;
mod faults;
mod guarding;
mod kills;
mod merging;
mod reviews;
mod settings;
mod text;

use std::process::Command;

use crate::support::forge::{Kind, Pull, REPO, StandIn, State, token};
use crate::support::{GitDaemon, ProdeRun, TestRepo};

const CAUSE: &str = "The batch took seven minutes and the timeout was six.\n";
const AT: &str = "wiki/queue.md#known-causes";
const PAGE: &str = "---\nowner: team-payments\n---\n# Queue\n\n## Known causes\n\nA slow consumer.\n\n\
    ## Rollback\n\nNone.\n";

/// Grace is of the team that owns the page, Ada makes the commits.
const PEOPLE: &str = "people:\n  human:ada: {email: ada@example.org, also: ['@ada']}\n  \
    human:grace: {also: ['@grace']}\n  human:alan: {also: ['@alan']}\n  \
    human:robot: {also: ['@robot']}\n  \
    team-payments: {members: [human:grace, human:ada, human:robot], also: ['@org/payments']}\n";

/// A team with a repository, its server and its forge.
struct Team {
    repo: TestRepo,
    server: TestRepo,
    forge: StandIn,
    _daemon: GitDaemon,
}

impl Team {
    fn new(kind: Kind) -> Self {
        Self::with(kind, "")
    }

    /// With more settings on the trunk.
    fn with(kind: Kind, more: &str) -> Self {
        let repo = TestRepo::new();
        repo.git(&["config", "user.name", "Ada Lovelace"]);
        repo.git(&["config", "user.email", "ada@example.org"]);
        let name = kind.name();
        let settings =
            format!("forge: {{kind: {name}, repo: {REPO}, labels: [memory]}}\n{PEOPLE}{more}");
        repo.write("wiki/queue.md", PAGE).write("prode.yaml", settings).commit("pages");
        let server = repo.clone_to(&["--bare"]);
        let base = server.path().parent().unwrap();
        let daemon = GitDaemon::serve(base, &repo.home());
        let name = server.path().file_name().unwrap().to_string_lossy().into_owned();
        repo.git(&["remote", "add", "origin", &daemon.address(&name)]);
        repo.git(&["fetch", "--quiet", "origin"]);
        let forge = StandIn::serve(kind, server.path());
        Self { repo, server, forge, _daemon: daemon }
    }

    /// One whose owners a forge can ask, whatever it lets review.
    fn asking(kind: Kind) -> Self {
        let team = Self::new(kind);
        if !kind.row().asks_teams {
            team.forget(", also: ['@org/payments']");
        }
        team
    }

    /// The trunk's settings without this.
    fn forget(&self, words: &str) {
        let settings = self.repo.git(&["show", "main:prode.yaml"]).replace(words, "");
        self.repo.write("prode.yaml", settings).commit("settings");
    }

    /// What the user's side says.
    fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("PRODE_FORGE__ENDPOINT", self.forge.endpoint()),
            ("PRODE_FORGE__TOKEN", token()),
            ("PRODE_FORGE__TIMEOUT", "2".to_owned()),
        ]
    }

    /// Runs `prode` with the token.
    fn prode(&self, args: &[&str]) -> ProdeRun {
        self.prode_with_input(args, "")
    }

    fn prode_with_input(&self, args: &[&str], input: &str) -> ProdeRun {
        self.repo.prode_in(&self.environment(), args, input)
    }

    /// The same, not yet started.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.repo.prode_command();
        command.args(args).envs(self.environment());
        command
    }

    /// A learning's id, put on the inbox.
    fn learning(&self, words: &str) -> String {
        let args = ["inbox", "add", "-", "--json", "--target", AT];
        let added = self.prode_with_input(&args, words).ok().json();
        added["id"].as_str().unwrap().to_owned()
    }

    fn promoted(&self, words: &str) -> String {
        let id = self.learning(words);
        self.prode(&["promote", &id]).ok();
        id
    }

    /// The pull requests of a learning.
    fn pulls(&self, id: &str) -> Vec<Pull> {
        let pulls = self.forge.world().pulls.clone();
        pulls.into_iter().filter(|it| it.head == branch(id)).collect()
    }

    /// How often the inbox says which one it is.
    fn records(&self, id: &str) -> usize {
        let name = format!("{}:{REPO}{}", self.forge.kind().name(), self.forge.kind().mark());
        let shown = self.prode(&["inbox", "show", id, "--json"]).ok().json();
        let changes = shown["decisions"].as_array().unwrap().iter();
        let changes = changes.filter_map(|it| it["change"].as_str());
        changes.filter(|it| it.starts_with(&name)).count()
    }

    /// The decision that led to a state.
    fn decision(&self, id: &str, state: &str) -> serde_json::Value {
        let shown = self.prode(&["inbox", "show", id, "--json"]).ok().json();
        let decisions = shown["decisions"].as_array().unwrap().clone();
        decisions.into_iter().rfind(|it| it["what"] == state).unwrap()
    }

    fn state(&self, id: &str) -> String {
        let shown = self.prode(&["inbox", "show", id, "--json"]).ok().json();
        shown["state"].as_str().unwrap().to_owned()
    }

    /// Somebody pushes the button; the commit that the trunk got.
    fn merge(&self, id: &str, how: Button, by: &str) -> String {
        let branch = branch(id);
        let parents: &[&str] = match how {
            Button::FastForward => &[],
            Button::Squash => &["-p", "main"],
            Button::Merge => &["-p", "main", "-p", &branch],
        };
        let tree = format!("{branch}^{{tree}}");
        let commit = match parents {
            [] => self.server.git(&["rev-parse", &branch]),
            _ => self.server.git(&[&["commit-tree", &tree, "-m", "Merged"], parents].concat()),
        };
        let number = self.pulls(id)[0].number;
        self.forge.world().decide(number, State::Merged(commit.clone()), by);
        self.server.git(&["update-ref", "refs/heads/main", &commit]);
        commit
    }

    /// The page as the server's trunk has it.
    fn page(&self) -> String {
        self.server.git(&["show", "main:wiki/queue.md"])
    }
}

/// What a person can choose.
#[derive(Debug, Clone, Copy)]
enum Button {
    Merge,
    Squash,
    FastForward,
}

fn branch(id: &str) -> String {
    format!("prode/promote/{id}")
}
