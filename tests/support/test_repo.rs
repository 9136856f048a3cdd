//! A repository to test with: `TestRepo::new()`, then write, commit, ask.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::{ProdeRun, hermetic, run};

/// A repository in a temporary folder that goes with the last one of its clones.
pub(crate) struct TestRepo {
    folder: Rc<TempDir>,
    path: PathBuf,
    clock: Cell<Timestamp>,
}

/// The time of the first commit; each later one is a minute on.
const BEGINNING: &str = "2026-01-01T00:00:00Z";

impl TestRepo {
    /// An empty repository whose first branch will be `main`.
    pub(crate) fn new() -> Self {
        Self::init(&[])
    }

    /// An empty bare repository.
    pub(crate) fn bare() -> Self {
        Self::init(&["--bare"])
    }

    /// An empty repository made by `git init` with more options.
    pub(crate) fn init(options: &[&str]) -> Self {
        let repo = Self::no_repository();
        repo.git(&[&["init", "--quiet", "--initial-branch=main"], options].concat());
        repo
    }

    /// A folder that no repository holds, with a home beside it.
    pub(crate) fn no_repository() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name| {
            let path = fs::canonicalize(folder.path()).expect("it is there").join(name);
            fs::create_dir(&path).expect("a folder");
            path
        };
        at("home");
        let path = at("repo");
        Self::at(Rc::new(folder), path)
    }

    /// All of it again in a folder of its own: the repository, the home, what lies beside.
    pub(crate) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let to = fs::canonicalize(folder.path()).expect("it is there");
        let from = self.folder.path();
        for entry in walkdir::WalkDir::new(from).min_depth(1) {
            let entry = entry.expect("a readable folder");
            let at = to.join(entry.path().strip_prefix(from).expect("it is below"));
            if entry.file_type().is_dir() {
                fs::create_dir(at).expect("a folder");
            } else {
                fs::copy(entry.path(), at).expect("a copied file");
            }
        }
        let path = to.join("repo");
        Self { folder: Rc::new(folder), path, clock: self.clock.clone() }
    }

    /// Another clone beside this one, by `git clone` with more options.
    /// It goes through `file://`, so that `--depth` and `--filter` count.
    pub(crate) fn clone_to(&self, options: &[&str]) -> Self {
        let (path, name) = self.beside("clone");
        let source = format!("file://{}", self.path.display());
        self.git(&[&["clone", "--quiet"], options, &[&source, &name]].concat());
        Self::at(Rc::clone(&self.folder), path)
    }

    /// A linked work tree beside this one, by `git worktree add` with more options.
    pub(crate) fn linked(&self, options: &[&str]) -> Self {
        let (path, name) = self.beside("linked");
        self.git(&[&["worktree", "add", "--quiet", &name], options].concat());
        Self::at(Rc::clone(&self.folder), path)
    }

    fn at(folder: Rc<TempDir>, path: PathBuf) -> Self {
        let clock = Cell::new(BEGINNING.parse().expect("a time"));
        Self { folder, path, clock }
    }

    fn beside(&self, stem: &str) -> (PathBuf, String) {
        let root = self.path.parent().expect("a repository stands in a folder");
        let free = (1..1_000).map(|n| root.join(format!("{stem}{n}"))).find(|path| !path.exists());
        let path = free.expect("a test has few clones");
        let name = path.display().to_string();
        (path, name)
    }

    /// The top folder.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The user's home in this test.
    pub(crate) fn home(&self) -> PathBuf {
        self.path.parent().expect("a repository stands in a folder").join("home")
    }

    /// Writes a file, its folders too.
    pub(crate) fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders");
        fs::write(path, bytes).expect("a written file");
        self
    }

    /// Removes a file or a folder.
    pub(crate) fn remove(&self, path: impl AsRef<Path>) -> &Self {
        let path = self.path.join(path);
        let is_folder = fs::symlink_metadata(&path).expect("it is there").is_dir();
        if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
        self
    }

    /// Renames a file or a folder.
    pub(crate) fn rename(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> &Self {
        let to = self.path.join(to);
        fs::create_dir_all(to.parent().expect("a file stands in a folder")).expect("folders");
        fs::rename(self.path.join(from), to).expect("renamed");
        self
    }

    /// Commits everything on disk; the commit's id.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commits everything on disk at an RFC 3339 time; the commit's id.
    pub(crate) fn commit_at(&self, message: &str, time: &str) -> String {
        self.clock.set(time.parse().expect("an RFC 3339 time"));
        self.commit(message)
    }

    /// Runs `git`, which must succeed; its output without the last line end.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let output = self.try_git(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {args:?} failed: {stderr}");
        let stdout = String::from_utf8(output.stdout).expect("git wrote UTF-8");
        stdout.trim_end_matches('\n').to_owned()
    }

    /// Runs `git`, which may fail.
    pub(crate) fn try_git(&self, args: &[&str]) -> Output {
        run(self.git_command(args), b"")
    }

    /// Runs `git` with `input`, which must succeed; its output without the last line end.
    pub(crate) fn git_with_input(&self, args: &[&str], input: impl AsRef<[u8]>) -> String {
        let output = run(self.git_command(args), input.as_ref());
        assert!(output.status.success(), "git {args:?} failed");
        String::from_utf8(output.stdout).expect("git wrote UTF-8").trim_end().to_owned()
    }

    fn git_command(&self, args: &[&str]) -> Command {
        let mut command = hermetic("git", &self.home());
        command
            .current_dir(&self.path)
            .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
            .args(args);
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ada Example");
            command.env(format!("GIT_{role}_EMAIL"), "ada@example.org");
            command.env(format!("GIT_{role}_DATE"), self.clock.get().to_string());
        }
        if args.contains(&"commit") {
            self.clock.set(self.clock.get() + SignedDuration::from_mins(1));
        }
        command
    }

    /// Runs `prode` in the top folder.
    pub(crate) fn prode(&self, args: &[&str]) -> ProdeRun {
        self.prode_with_input(args, b"")
    }

    /// Runs `prode` in the top folder with `input` on stdin.
    pub(crate) fn prode_with_input(&self, args: &[&str], input: impl AsRef<[u8]>) -> ProdeRun {
        let mut command = self.prode_command();
        command.args(args);
        ProdeRun::new(args, run(command, input.as_ref()))
    }

    /// Runs `prode` in the top folder with more variables and `input` on stdin.
    pub(crate) fn prode_in(
        &self,
        environment: &[(&str, String)],
        args: &[&str],
        input: impl AsRef<[u8]>,
    ) -> ProdeRun {
        let mut command = self.prode_command();
        command.args(args).envs(environment.iter().map(|(name, value)| (name, value)));
        ProdeRun::new(args, run(command, input.as_ref()))
    }

    /// `prode` in the top folder, for a test that adds to its environment.
    pub(crate) fn prode_command(&self) -> Command {
        let mut command = hermetic(env!("CARGO_BIN_EXE_prode"), &self.home());
        command.current_dir(&self.path);
        command
    }

    /// Every file's bytes and what Git says of them, to prove that nothing
    /// changed. prode's own folder below the Git folder is left out.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let own =
            |path: &Path| path == self.path.join(".git/prode") || path == self.path.join("prode");
        let walk = walkdir::WalkDir::new(&self.path).into_iter();
        for entry in walk.filter_entry(|entry| !own(entry.path())) {
            let entry = entry.expect("a readable folder");
            let bytes = match entry.file_type() {
                kind if kind.is_dir() => continue,
                kind if kind.is_symlink() => {
                    let target = fs::read_link(entry.path()).expect("a link");
                    target.into_os_string().into_encoded_bytes()
                }
                _ => fs::read(entry.path()).unwrap_or_default(),
            };
            files.insert(entry.into_path(), bytes);
        }
        let status = ["--no-optional-locks", "status", "--porcelain=v2", "--branch"];
        files.insert("git status".into(), self.try_git(&status).stdout);
        files
    }
}
