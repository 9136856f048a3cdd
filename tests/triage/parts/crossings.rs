//! Where a change goes too far.

use prode::triage::delivery::{Crossing, File, Kind, crossings, looks_like_test};

fn found(files: &[File<'_>]) -> Vec<(Kind, String)> {
    let memory = ["wiki/".to_owned(), "docs/adr".to_owned(), String::new()];
    let told = |it: Crossing| (it.kind, format!("{}: {}", it.path, it.what));
    crossings(files, &memory).into_iter().map(told).collect()
}

/// Of one file, whose text begins.
fn kinds(path: &str) -> Vec<Kind> {
    let file = File { path, old: None, new: Some("x\n"), is_text: true };
    found(&[file]).into_iter().map(|it| it.0).collect()
}

#[test]
fn what_a_repository_depends_on_is_known_by_the_whole_name() {
    for path in [
        "Cargo.lock",
        "a/b/go.mod",
        "requirements.txt",
        "requirements-dev.txt",
        "api/requirements/test.txt",
        "requirements/base.txt",
    ] {
        assert_eq!(kinds(path), [Kind::Dependency], "{path}");
    }
    for path in [
        "notes.txt",
        "requirements.md",
        "a/requirements/why.md",
        "old-go.mod",
        "go.mod/a.rs",
        "txt",
        "myrequirements.txt",
    ] {
        assert_eq!(kinds(path), [], "{path}");
    }
}

#[test]
fn what_others_are_built_against_is_an_interface() {
    for path in ["api/pay.proto", "schema.graphql", "web/openapi.yaml", "swagger.json"] {
        assert_eq!(kinds(path), [Kind::Interface], "{path}");
    }
    for path in ["proto", "my-openapi.yaml", "a.proto.md"] {
        assert_eq!(kinds(path), [], "{path}");
    }
}

#[test]
fn no_run_changes_how_things_are_built_run_and_remembered() {
    for path in [
        ".github/workflows/a.yml",
        "a/.gitlab/b",
        "deploy/a",
        "apps/helm/a.yaml",
        "CODEOWNERS",
        "docs/CODEOWNERS",
        "net/main.tf",
        "api/Dockerfile",
        "wiki/checkout.md",
        "docs/adr/0001-a.md",
    ] {
        assert_eq!(kinds(path), [Kind::Boundary], "{path}");
    }
    for path in
        ["deploy", "redeploy/a", "wiki", "wiki.md", "docs/adr.md", "docs/adrs/a.md", "MyDockerfile"]
    {
        assert_eq!(kinds(path), [], "{path}");
    }
}

#[test]
fn a_declaration_that_others_see_stays_as_it_reads() {
    let lost = |path: &str, line: &str| {
        let file = File { path, old: Some(line), new: Some("other"), is_text: true };
        !found(&[file]).is_empty()
    };
    for (path, line) in [
        ("a.rs", "    pub async fn take() {"),
        ("a.rs", "pub use pool::Pool;"),
        ("a.tsx", "export default Pool"),
        ("a.cjs", "module.exports = pool"),
        ("a.go", "func Take(n int) {"),
        ("a.go", "type Pool struct {"),
        ("A.kt", "protected fun take(n: Int)"),
        ("a.py", "async def take(n):"),
        ("a.py", "class Pool:"),
        ("a.rb", "def self.take"),
    ] {
        assert!(lost(path, line), "{path}: {line}");
    }
    for (path, line) in [
        ("a.rs", "fn take() {"),
        ("a.rs", "pub(crate) fn take() {"),
        ("a.ts", "const take = 1"),
        ("a.go", "func (p *Pool) take(n int) {"),
        ("a.go", "func take(n int) Pool {"),
        ("a.go", "var Pool = 1"),
        ("A.java", "public int size;"),
        ("A.java", "private int take(int n) {"),
        ("a.py", "def _take(n):"),
        ("a.py", "def take(n): return 1"),
        ("a.py", "take(n):"),
        ("a.rb", "def take"),
        ("a.c", "public int take(int n) {"),
        ("spec/a.rb", "def self.take"),
    ] {
        assert!(!lost(path, line), "{path}: {line}");
    }
    let file = |new| File { path: "a.rs", old: Some("pub fn a() {\n"), new, is_text: true };
    let gone = "a.rs: 'pub fn a() {' reads otherwise or is gone".to_owned();
    assert_eq!(found(&[file(None)]), [(Kind::Interface, gone)]);
    assert_eq!(found(&[file(Some("  pub fn a() {  \n    1\n"))]), []);
    let new = File { old: None, ..file(Some("pub fn b() {\n")) };
    assert_eq!(found(&[new]), []);
}

#[test]
fn twenty_files_and_four_hundred_lines_are_the_most_together() {
    let lines = |count: usize| "x\n".repeat(count);
    let (some, rest, more) = (lines(150), lines(250), lines(251));
    let file = |path, old, new| File { path, old, new, is_text: true };
    let added = file("a", None, Some(some.as_str()));
    assert_eq!(found(&[added.clone(), file("b", None, Some(&rest))]), []);
    assert_eq!(found(&[added.clone(), file("b", Some(&rest), None)]), []);
    let large = [added, file("b", Some(&more), None)];
    let what = ": 401 lines, and 400 are the most".to_owned();
    assert_eq!(found(&large), [(Kind::Boundary, what)]);
    // What stays as it was is no change.
    let long = lines(1_000);
    assert_eq!(found(&[file("a", Some(&long), Some(&long))]), []);
    let names: Vec<String> = (0..21).map(|it| format!("f{it}")).collect();
    let many: Vec<File<'_>> = names.iter().map(|it| file(it, None, Some("x"))).collect();
    let what = ": 21 files, and 20 are the most".to_owned();
    assert_eq!(found(&many), [(Kind::Boundary, what)]);
    assert_eq!(found(&many[..20]), []);
}

#[test]
fn what_is_no_text_is_nobody_s_to_change() {
    let file = File { path: "logo.png", old: None, new: None, is_text: false };
    assert_eq!(found(&[file]), [(Kind::Boundary, "logo.png: it is no text".to_owned())]);
}

#[test]
fn a_file_of_tests_is_known_by_a_word_of_its_path() {
    for path in ["TESTS/a.rs", "a/specs/b.rb", "testdata/a", "src/testing.rs", "src/a.test.ts"] {
        assert!(looks_like_test(path), "{path}");
    }
    for path in ["src/a.rs", "protest/a.rs", "testing/a.rs", "src/inspect.rs"] {
        assert!(!looks_like_test(path), "{path}");
    }
}
