//! Runs in mode `pr`: a real program changes a real repository, real commands
//! verify it, a forge loses replies, and there is one branch and one pull request.

mod allowing;
mod boundaries;
mod by_hand;
mod faults;
mod leaks;
mod moving;
mod refusing;
mod templates;
mod whole;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::TestRepo;
use crate::support::forge::{Issue, Kind, REPO, StandIn, State, token};

/// What a test run is: every test must end well.
const CHECK: &str = "for it in tests/*.sh; do sh \"$it\" || exit 1; done\n";

/// The change: it mends the pool, and its test tells.
const MENDING: &str = "sed -i s/size=3/size=10/ src/pool.sh
echo '. src/pool.sh; [ \"$size\" -eq 10 ]' > tests/pool.sh
";

/// A team with a forge that is its tracker too, and a program that codes.
pub(super) struct Desk {
    pub(super) there: StandIn,
    pub(super) repo: TestRepo,
    pub(super) server: TestRepo,
}

impl Desk {
    /// The program makes the change that mends it.
    pub(super) fn new(kind: Kind) -> Self {
        let desk = Self::without_coder(kind);
        desk.coder(MENDING, &reply());
        desk
    }

    /// Nobody but a person makes changes.
    pub(super) fn without_coder(kind: Kind) -> Self {
        let repo = TestRepo::new();
        for (key, value) in [("user.name", "Robot"), ("user.email", "robot@example.org")] {
            repo.git(&["config", key, value]);
        }
        repo.write(
            "wiki/pool.md",
            "---\nowner: '@edge'\nevidence: [aws, sentry]\nsignals: [{alert: PoolExhausted}]\n---\n# The pool is exhausted\n\nPoolExhausted in checkout.\n",
        )
        .write("src/pool.sh", "size=3\n")
        .write("check.sh", CHECK)
        .write("tests/usual.sh", ". src/pool.sh; [ \"$size\" -gt 0 ]\n")
        .write(
            "prode.yaml",
            format!("trunk: main\nforge: {{kind: {}, repo: {REPO}}}\n", kind.name()),
        )
        .commit("the beginning");
        let server = repo.clone_to(&["--bare"]);
        repo.git(&["remote", "add", "origin", &server.path().display().to_string()]);
        repo.git(&["fetch", "--quiet", "origin"]);
        let there = StandIn::serve(kind, server.path());
        let desk = Self { there, repo, server };
        desk.settings("triage: {verify: ['sh check.sh'], budgets: {answer_time: 2s}, window: {after: 10m}}\nlease: 1\ncoder: {time: 5}\n");
        desk
    }

    /// The user's own settings.
    pub(super) fn settings(&self, text: &str) {
        let path = self.repo.home().join(".config/prode/config.yaml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A program in the user's home, as lines of a shell.
    pub(super) fn program(&self, name: &str, lines: &str) -> String {
        let path = self.repo.home().join(name);
        fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }

    /// Who codes: keeps what it was told, changes files, says what it did.
    pub(super) fn coder(&self, lines: &str, reply: &Value) {
        fs::write(self.repo.home().join("reply.json"), reply.to_string()).unwrap();
        let lines = format!("cat > \"$HOME/told.json\"\n{lines}\ncat \"$HOME/reply.json\"");
        self.program("coder", &lines);
    }

    /// What the coder was told last.
    pub(super) fn told(&self) -> Value {
        serde_json::from_slice(&fs::read(self.repo.home().join("told.json")).unwrap()).unwrap()
    }

    /// A ticket as it is typed, and its number; answers of its own time.
    pub(super) fn ticket(&self) -> (String, u64) {
        let number = self.there.world().issue(Issue {
            title: "The pool is exhausted".to_owned(),
            body: "PoolExhausted at take (src/pool.sh:1), alertname=PoolExhausted".to_owned(),
            labels: vec!["service:checkout".to_owned()],
            files: Vec::new(),
            comments: Vec::new(),
        });
        let typed = format!("{}:{REPO}#{number}", self.there.kind().name());
        self.answers(&typed);
        (typed, number)
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.repo.prode_command();
        command.args(["triage"]).args(args).arg("--json");
        for place in ["TRACKER", "FORGE"] {
            command.env(format!("PRODE_{place}__ENDPOINT"), self.there.endpoint());
            command.env(format!("PRODE_{place}__TOKEN"), token());
            command.env(format!("PRODE_{place}__TIMEOUT"), "1");
        }
        command.env("PRODE_TRACKER__KIND", self.there.kind().name());
        for name in ["aws", "sentry"] {
            let file = self.repo.home().join(format!("{name}.json"));
            let program = format!("[/bin/cat, {}]", file.display());
            command.env(format!("PRODE_SPECIALISTS__{}__PROGRAM", name.to_uppercase()), program);
        }
        let coder = self.repo.home().join("coder");
        if coder.exists() {
            command.env("PRODE_CODER__PROGRAM", format!("[{}]", coder.display()));
        }
        let reviewer = self.repo.home().join("reviewer");
        if reviewer.exists() {
            let program = format!("[{}]", reviewer.display());
            command.env("PRODE_SPECIALISTS__REVIEW__PROGRAM", program);
        }
        command
    }

    /// What a command says as JSON, its exit code, and what it says beside.
    pub(super) fn says(&self, args: &[&str]) -> (Value, i32, String) {
        let output = self.command(args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code().unwrap();
        (serde_json::from_slice(&output.stdout).unwrap_or(Value::Null), code, said)
    }

    /// A run in mode `pr`, which must not fail.
    #[track_caller]
    pub(super) fn run(&self, typed: &str) -> Value {
        let (run, code, said) = self.says(&["run", typed, "--mode", "pr"]);
        assert_eq!(code, 0, "{said}");
        run
    }

    #[track_caller]
    pub(super) fn resume(&self, run: &Value) -> Value {
        let (run, code, said) = self.says(&["resume", run["run"].as_str().unwrap()]);
        assert_eq!(code, 0, "{said}");
        run
    }

    /// Until it is done, as whoever is told that it is not known runs it again.
    pub(super) fn until_done(&self, args: &[&str]) -> (Value, usize) {
        let mut last = String::new();
        for runs in 1..=12 {
            match self.says(args) {
                (run, 0, _) => return (run, runs),
                (_, code, said) => {
                    assert!(matches!(code, 3 | 5), "{code}: {said}");
                    last = said;
                }
            }
            sleep(Duration::from_millis(1_100));
        }
        panic!("it was never done: {last}");
    }

    /// Two systems saw it, each with a control that found nothing.
    fn answers(&self, typed: &str) {
        let window = self.says(&["run", typed, "--mode", "dry-run"]).0["ticket"]["window"].clone();
        for name in ["aws", "sentry"] {
            let answer = json!({
                "schema": "prode.specialist.output/v1", "question": "what is there?",
                "queries": [{"source": name, "query": format!("{name}: other causes"),
                    "window": window, "result": "empty", "would_refute": ["app-regression"]}],
                "findings": [{"id": "F1", "claim": format!("{name} saw the pool run dry"),
                    "supports": ["app-regression"], "observed_at": window["from"],
                    "receipts": [{"source": name, "query": format!("{name}: pool"),
                        "window": window, "at": window["until"],
                        "excerpt": "PoolExhausted at take (/app/src/pool.sh:1)"}]}],
            });
            self.answer(name, &answer);
        }
    }

    fn answer(&self, name: &str, answer: &Value) {
        fs::write(self.repo.home().join(format!("{name}.json")), answer.to_string()).unwrap();
    }

    /// From now on nobody sees the fault, whatever time is asked about.
    pub(super) fn is_mended(&self) {
        for name in ["aws", "sentry"] {
            self.answer(name, &json!({
                "schema": "prode.specialist.output/v1", "question": "is it still there?",
                "queries": [{"source": name, "query": "pool", "result": "empty",
                    "window": {"from": "2000-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}}],
            }));
        }
    }

    /// People decide on the pull request.
    pub(super) fn decide(&self, state: State) {
        let number = self.there.world().pulls.last().unwrap().number;
        self.there.world().decide(number, state, "grace");
    }

    pub(super) fn branches(&self) -> Vec<String> {
        let refs =
            self.server.git(&["for-each-ref", "--format=%(refname:short)", "refs/heads/prode"]);
        refs.lines().map(str::to_owned).collect()
    }

    pub(super) fn pulls(&self, branch: &str) -> usize {
        self.there.world().pulls.iter().filter(|it| it.head == branch).count()
    }

    pub(super) fn learnings(&self) -> Vec<Value> {
        let listed = self.repo.prode(&["inbox", "list", "--json"]).ok().json();
        listed["learnings"].as_array().unwrap().clone()
    }

    /// The names of a run's events, in order.
    pub(super) fn events(&self, run: &Value) -> Vec<Value> {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("run");
        let name = run["run"].as_str().unwrap();
        self.repo.prode(&["triage", "export", name, "-o", &place.display().to_string()]).ok();
        super::team::events(&place)
    }

    #[track_caller]
    pub(super) fn is_sound(&self, run: &Value) {
        self.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
        self.there.is_sound();
    }

    /// Nothing of a change is outside, and the user's own files are as they were.
    #[track_caller]
    pub(super) fn is_untouched(&self) {
        assert!(self.branches().is_empty(), "{:?}", self.branches());
        assert!(self.there.world().pulls.is_empty());
        assert_eq!(self.repo.git(&["status", "--porcelain"]), "");
        assert_eq!(
            self.repo.git(&["branch", "--list", "--format=%(refname:short)"]).trim(),
            "main"
        );
    }
}

/// What the coder says.
pub(super) fn reply() -> Value {
    json!({"schema": "prode.change.reply/v1", "title": "A pool of ten",
        "summary": "Three connections were too few since the last release.",
        "tests": ["tests/pool.sh"], "rollback": "Revert it.", "monitoring": "Errors of the pool."})
}

/// The codes of a run's reasons.
pub(super) fn reasons(run: &Value) -> Vec<&str> {
    run["reasons"].as_array().unwrap().iter().filter_map(Value::as_str).collect()
}
