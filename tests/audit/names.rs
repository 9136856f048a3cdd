//! `broken`: names that the code had and has no more.

use super::{commit_by, finding, found, page};
use crate::support::TestRepo;

const PAGE: &str = "wiki/a.md";
const CODE: &str = "src/main.rs";
const DAY: &str = "2026-02-01";

/// A page that names a flag which a program has.
fn flagged() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(CODE, "fn main() {\n    app.arg(Arg::new(\"max-open-files\"));\n}\n");
    repo.write(PAGE, page("reviewed: 2026-01-01\n", "A\n\nStart it with `--max-open-files 9`."));
    repo.commit("a flag");
    repo
}

fn without_flag(repo: &TestRepo) -> &TestRepo {
    repo.write(CODE, "fn main() {}\n")
}

fn why(repo: &TestRepo) -> String {
    finding(repo, DAY, PAGE, "broken")["why"].as_str().unwrap().to_owned()
}

#[test]
fn a_flag_that_went_is_told_with_who_took_it() {
    let repo = flagged();
    assert!(found(&repo, DAY).is_empty());
    without_flag(&repo);
    repo.write("README.md", "Use `--max-open-files`.\n");
    commit_by(&repo, "Bob", "no flag", "2026-01-05T00:00:00Z");
    let id = repo.git(&["rev-parse", "--short=7", "HEAD"]);
    let told = format!(
        "it names '--max-open-files', which went from src/main.rs on 2026-01-01 with {id} by Bob"
    );
    assert_eq!(why(&repo), told);
    let broken = finding(&repo, DAY, PAGE, "broken");
    assert_eq!(
        (&broken["confidence"], &broken["settle"][0]),
        (&70.into(), &"edit wiki/a.md".into())
    );
    // A review after that saw that it went.
    repo.write(PAGE, page("reviewed: 2026-01-06\n", "A\n\nOnce it was `--max-open-files 9`."));
    repo.commit("reviewed");
    assert!(found(&repo, DAY).is_empty());
}

#[test]
fn what_the_code_has_in_any_notation_is_there() {
    for kept in [
        ("src/other.rs", "struct Args {\n    max_open_files: u32,\n}\n"),
        ("deploy/app.yaml", "maxOpenFiles: 9\n"),
        ("vendor/lib/flags.go", "var x = Flag(\"max-open-files\")\n"),
        ("tests/flags.py", "run('--max-open-files')\n"),
    ] {
        let repo = flagged();
        without_flag(&repo).write(kept.0, kept.1).commit("elsewhere");
        assert!(found(&repo, DAY).is_empty(), "{}", kept.0);
    }
}

#[test]
fn what_was_never_made_here_is_somebody_elses() {
    for used in [
        ("run.sh", "server --max-open-files 9\n"),
        ("tests/flags.rs", "fn f() { arg(\"max-open-files\"); }\n"),
        ("src/a.rs", "// arg(\"max-open-files\")\n"),
        ("docs/b.md", "`--max-open-files`\n"),
    ] {
        let repo = TestRepo::new();
        repo.write(used.0, used.1);
        repo.write(PAGE, page("reviewed: 2026-01-01\n", "A\n\nUse `--max-open-files`."));
        repo.commit("used");
        repo.remove(used.0).write("b", "").commit("gone");
        assert!(found(&repo, DAY).is_empty(), "{}", used.0);
    }
}

#[test]
fn what_may_live_on_in_a_dependency_is_not_gone() {
    let repo = flagged();
    without_flag(&repo).write("Cargo.toml", "[dependencies]\nflags = \"1\"\n").commit("to a crate");
    assert!(found(&repo, DAY).is_empty());
}

#[test]
fn a_page_that_says_so_itself_knows() {
    for text in ["`--max-open-files` was removed in 2.0.", "Deprecated:\n- `--max-open-files`"] {
        let repo = flagged();
        repo.write(PAGE, page("reviewed: 2026-01-01\n", &format!("A\n\n{text}"))).commit("said");
        without_flag(&repo).commit("no flag");
        let broken = found(&repo, DAY);
        assert!(!broken.contains(&format!("{PAGE} broken")), "{text}: {broken:?}");
    }
}

#[test]
fn a_name_is_followed_from_file_to_file() {
    let repo = flagged();
    let body = "fn flags() {\n    app.arg(Arg::new(\"max-open-files\"));\n}\n";
    without_flag(&repo).write("src/flags.rs", body).commit("move it");
    assert!(found(&repo, DAY).is_empty());
    repo.write("src/flags.rs", "fn flags() {}\n").commit("and take it away");
    let id = repo.git(&["rev-parse", "--short=7", "HEAD"]);
    let why = why(&repo);
    assert!(why.contains("went from src/flags.rs") && why.contains(&id), "{why}");
}

#[test]
fn a_page_without_a_review_answers_from_when_the_name_came() {
    let repo = TestRepo::new();
    repo.write(CODE, "fn main() {}\n\npub fn open_all_shards() {}\n");
    repo.write("wiki/old.md", page("", "A\n\nIt calls `Store::open_all_shards()`.")).commit("a");
    repo.write(CODE, "fn main() {}\n").commit("b");
    repo.rename("wiki/old.md", PAGE).commit("the page moves");
    repo.write(PAGE, page("", "A\n\nIt calls `Store::open_all_shards()`. Really.")).commit("c");
    assert!(why(&repo).starts_with("it names 'open_all_shards', which went from src/main.rs"));
    // Whoever writes it when it is gone writes of something else.
    repo.write("wiki/b.md", page("", "B\n\n`open_all_shards`")).commit("d");
    assert!(!found(&repo, DAY).contains(&"wiki/b.md broken".to_owned()));
}

#[test]
fn targets_are_looked_for_in_files_of_their_program() {
    let repo = TestRepo::new();
    repo.write("Makefile", "all: lint\n\nlint:\n\tcheck\n\nserve:\n\trun serve\n");
    repo.write("justfile", "serve:\n    run\n");
    let text = "A\n\n```sh\nmake lint\njust serve\nmake docs\n```";
    repo.write(PAGE, page("reviewed: 2026-01-01\n", text)).commit("targets");
    assert!(found(&repo, DAY).is_empty());
    repo.write("Makefile", "all:\n\tcheck\n").commit("no lint");
    assert!(why(&repo).starts_with("it names 'make lint', which went from Makefile"));
}

#[test]
fn decisions_and_proposals_say_how_it_was() {
    let repo = flagged();
    let text = "A\n\nWe add `--max-open-files`.";
    repo.write("wiki/proposals/a.md", page("reviewed: 2026-01-01\n", text));
    let decision =
        format!("---\nstatus: accepted\nowner: team-a\nreviewed: 2026-01-01\n---\n# {text}\n");
    repo.write("adr/0001-a.md", decision).commit("say why");
    without_flag(&repo).commit("no flag");
    let broken: Vec<String> =
        found(&repo, DAY).into_iter().filter(|it| it.ends_with("broken")).collect();
    assert_eq!(broken, ["wiki/a.md broken"]);
}

#[test]
fn a_cited_file_that_moved_is_told_where_it_is() {
    let repo = TestRepo::new();
    repo.write("ops/old.yaml", "a: 1\n");
    repo.write(PAGE, page("reviewed: 2026-01-01\n", "A\n\nApply `ops/old.yaml`.")).commit("a");
    repo.rename("ops/old.yaml", "deploy/new.yaml").commit("move");
    assert!(why(&repo).starts_with("it cites ops/old.yaml, which became deploy/new.yaml on "));
}
