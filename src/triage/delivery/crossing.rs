//! Where a change goes too far to be proposed without a person's word: a new
//! dependency, a changed interface, a boundary.
//!
//! Names and lines are compared, never understood: what is taken for a crossing
//! and is none costs a look; the other way round nobody would look.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Files that a change may touch at most.
const MOST_FILES: usize = 20;

/// Lines that it may change at most.
const MOST_LINES: usize = 400;

/// Why a change stops.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It needs something that the repository did not need.
    Dependency,
    /// What others rely on reads otherwise.
    Interface,
    /// It touches what no run may touch, or too much.
    Boundary,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Crossing {
    /// Which.
    pub kind: Kind,
    /// The file.
    pub path: String,
    /// What of it.
    pub what: String,
}

/// A file before and after. No text: none there, or not a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File<'a> {
    /// From the top of the repository.
    pub path: &'a str,
    /// Before; `None` where nothing was.
    pub old: Option<&'a str>,
    /// After; `None` where nothing is.
    pub new: Option<&'a str>,
    /// False for links, submodules and files that are no text.
    pub is_text: bool,
}

/// Manifests and locks of package managers, by the end of their path.
const MANIFESTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "package.json",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "bun.lock",
    "deno.json",
    "deno.lock",
    "go.mod",
    "go.sum",
    "pyproject.toml",
    "poetry.lock",
    "uv.lock",
    "Pipfile",
    "Pipfile.lock",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "Gemfile",
    "Gemfile.lock",
    "composer.json",
    "composer.lock",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "libs.versions.toml",
    "packages.lock.json",
    "mix.exs",
    "mix.lock",
    "Package.swift",
    "Package.resolved",
    "pubspec.yaml",
    "pubspec.lock",
    "flake.lock",
    "vcpkg.json",
    "conanfile.txt",
    "conanfile.py",
];

/// Ends of paths that hold what others rely on.
const INTERFACES: &[&str] = &[
    ".proto",
    ".graphql",
    ".avsc",
    ".thrift",
    ".wsdl",
    ".xsd",
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "swagger.yaml",
    "swagger.json",
    "asyncapi.yaml",
];

/// Folders and files that no run changes: how the repository is built, let in
/// and remembered, and what runs in production.
const FOLDERS: &[&str] = &[
    ".github/",
    ".gitlab/",
    ".circleci/",
    ".gitea/",
    ".forgejo/",
    ".ci/",
    ".buildkite/",
    ".prode/",
    "infra/",
    "terraform/",
    "deploy/",
    "helm/",
    "k8s/",
    "charts/",
    "migrations/",
];

/// The same, by the end of the path.
const FILES: &[&str] = &[
    "prode.yaml",
    "CODEOWNERS",
    ".gitlab-ci.yml",
    "Jenkinsfile",
    ".gitattributes",
    ".gitmodules",
    ".pre-commit-config.yaml",
    ".tf",
    ".tfvars",
    "Dockerfile",
    "docker-compose.yml",
];

/// Everything in which a change goes too far. `memory`: the memory's own
/// folders, which are changed by promotion alone.
pub fn crossings(files: &[File<'_>], memory: &[String]) -> Vec<Crossing> {
    let mut all: BTreeSet<Crossing> = BTreeSet::new();
    let mut lines = 0_usize;
    for file in files {
        let mut cross = |kind, what: &str| {
            all.insert(Crossing { kind, path: file.path.to_owned(), what: what.to_owned() });
        };
        if ends(file.path, MANIFESTS) || is_requirements(file.path) {
            cross(Kind::Dependency, "it says what the repository depends on");
        }
        if ends(file.path, INTERFACES) {
            cross(Kind::Interface, "others are built against it");
        }
        if is_closed(file.path) || memory.iter().any(|it| is_below(file.path, it)) {
            cross(Kind::Boundary, "no run changes it");
        }
        if !file.is_text {
            cross(Kind::Boundary, "it is no text");
        }
        for gone in lost_interfaces(file) {
            cross(Kind::Interface, &format!("'{gone}' reads otherwise or is gone"));
        }
        lines += changed_lines(file);
    }
    let size = |what: String| Crossing { kind: Kind::Boundary, path: String::new(), what };
    if files.len() > MOST_FILES {
        all.insert(size(format!("{} files, and {MOST_FILES} are the most", files.len())));
    }
    if lines > MOST_LINES {
        all.insert(size(format!("{lines} lines, and {MOST_LINES} are the most")));
    }
    all.into_iter().collect()
}

fn ends(path: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        path.strip_suffix(name)
            .is_some_and(|rest| name.starts_with('.') || rest.is_empty() || rest.ends_with('/'))
    })
}

/// `requirements-dev.txt`, `requirements/test.txt`.
fn is_requirements(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ends(path, &[".txt"]) && (name.starts_with("requirements") || path.contains("requirements/"))
}

fn is_closed(path: &str) -> bool {
    let within = |folder: &str| path.starts_with(folder) || path.contains(&format!("/{folder}"));
    FOLDERS.iter().any(|it| within(it)) || ends(path, FILES)
}

fn is_below(path: &str, folder: &str) -> bool {
    // The top folder as a root would close everything.
    !matches!(folder, "" | ".")
        && path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|it| it.starts_with('/'))
}

/// True for a path that holds tests by its name.
pub fn looks_like_test(path: &str) -> bool {
    let lower = path.to_lowercase();
    let is_word = |it: &str| matches!(it, "test" | "tests" | "spec" | "specs" | "testdata");
    lower.split(|it: char| !it.is_alphanumeric()).any(is_word)
        || lower.rsplit('/').next().is_some_and(|it| it.starts_with("test"))
}

/// Declarations that others can see, and that the file has no more as they were.
fn lost_interfaces<'a>(file: &File<'a>) -> Vec<&'a str> {
    let Some(old) = file.old else { return Vec::new() };
    if looks_like_test(file.path) {
        return Vec::new();
    }
    let new: BTreeSet<&str> = file.new.unwrap_or_default().lines().map(str::trim).collect();
    let declared = old.lines().map(str::trim).filter(|line| is_declaration(file.path, line));
    declared.filter(|line| !new.contains(line)).collect()
}

/// The first line of a declaration that other code may name.
fn is_declaration(path: &str, line: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|it| line.starts_with(it));
    match path.rsplit('.').next().unwrap_or_default() {
        "rs" => begins(&[
            "pub fn",
            "pub async fn",
            "pub unsafe fn",
            "pub const fn",
            "pub struct",
            "pub enum",
            "pub trait",
            "pub type",
            "pub const",
            "pub static",
            "pub mod",
            "pub use",
        ]),
        "ts" | "tsx" | "js" | "jsx" | "mjs" | "cjs" => begins(&["export ", "module.exports"]),
        "go" => {
            let name = line.strip_prefix("func ").or_else(|| line.strip_prefix("type "));
            let name = name.map(|it| {
                it.split_once(") ").filter(|_| it.starts_with('(')).map_or(it, |(_, name)| name)
            });
            name.is_some_and(|it| it.starts_with(char::is_uppercase))
        }
        "java" | "kt" | "cs" | "scala" => begins(&["public ", "protected "]) && line.contains('('),
        "py" => {
            let name = ["def ", "async def ", "class "].iter().find_map(|it| line.strip_prefix(it));
            name.is_some_and(|it| !it.starts_with('_') && line.ends_with(':'))
        }
        "rb" => begins(&["def self."]),
        _ => false,
    }
}

/// Lines of which one side has more.
fn changed_lines(file: &File<'_>) -> usize {
    let (old, new) = (file.old.unwrap_or_default(), file.new.unwrap_or_default());
    let diff = similar::TextDiff::from_lines(old, new);
    diff.iter_all_changes().filter(|it| it.tag() != similar::ChangeTag::Equal).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file<'a>(path: &'a str, old: Option<&'a str>, new: Option<&'a str>) -> File<'a> {
        File { path, old, new, is_text: true }
    }

    fn kinds(files: &[File<'_>]) -> Vec<Kind> {
        let memory = ["wiki".to_owned(), ".".to_owned()];
        crossings(files, &memory).into_iter().map(|it| it.kind).collect()
    }

    #[test]
    fn a_body_may_change_and_a_declaration_may_not() {
        let old = "pub fn take(&self) -> u8 {\n    1\n}\n";
        let body = "pub fn take(&self) -> u8 {\n    2\n}\npub fn new() {}\n";
        let other = "pub fn take(&self, n: u8) -> u8 {\n    1\n}\n";
        assert_eq!(kinds(&[file("src/a.rs", Some(old), Some(body))]), []);
        assert_eq!(kinds(&[file("src/a.rs", Some(old), Some(other))]), [Kind::Interface]);
        assert_eq!(kinds(&[file("src/a.rs", Some(old), None)]), [Kind::Interface]);
        assert_eq!(kinds(&[file("tests/a.rs", Some(old), None)]), []);
        for (path, line) in [
            ("a.go", "func (p *Pool) Take(n int) {"),
            ("a.py", "def take(n):"),
            ("a.ts", "export const take = 1"),
            ("A.java", "public int take(int n) {"),
        ] {
            assert_eq!(kinds(&[file(path, Some(line), Some("x"))]), [Kind::Interface], "{path}");
        }
        for (path, line) in [("a.go", "func (p *Pool) take() {"), ("a.py", "def _take(n):")] {
            assert_eq!(kinds(&[file(path, Some(line), Some("x"))]), [], "{path}");
        }
    }

    #[test]
    fn what_it_depends_on_and_what_is_closed_stops() {
        for path in ["Cargo.toml", "web/package.json", "requirements-dev.txt", "go.sum"] {
            assert_eq!(kinds(&[file(path, None, Some("x"))]), [Kind::Dependency], "{path}");
        }
        for path in [
            ".github/workflows/a.yml",
            "db/migrations/1.sql",
            "wiki/a.md",
            "prode.yaml",
            "infra/a",
            "a/main.tf",
        ] {
            assert_eq!(kinds(&[file(path, None, Some("x"))]), [Kind::Boundary], "{path}");
        }
        for path in ["MyCargo.toml", "src/wiki.rs", "wikis/a.md", "src/deployment.rs"] {
            assert_eq!(kinds(&[file(path, None, Some("x"))]), [], "{path}");
        }
        let link = File { path: "a", old: None, new: None, is_text: false };
        assert_eq!(kinds(&[link]), [Kind::Boundary]);
    }

    #[test]
    fn a_large_change_stops() {
        let long = "x\n".repeat(MOST_LINES + 1);
        assert_eq!(kinds(&[file("a", None, Some(&long))]), [Kind::Boundary]);
        let names: Vec<String> = (0..=MOST_FILES).map(|it| format!("src/{it}")).collect();
        let many: Vec<File<'_>> = names.iter().map(|it| file(it, None, Some("x"))).collect();
        assert_eq!(kinds(&many), [Kind::Boundary]);
        assert_eq!(kinds(&many[1..]), []);
    }

    #[test]
    fn tests_are_known_by_their_names() {
        for path in ["tests/a.rs", "src/a_test.go", "a.spec.ts", "test_a.py", "src/test/A.java"] {
            assert!(looks_like_test(path), "{path}");
        }
        for path in ["src/latest.rs", "src/contest/a.rs", "attestation.go"] {
            assert!(!looks_like_test(path), "{path}");
        }
    }
}
