//! `prode show`

use crate::support::TestRepo;

const RUNBOOK: &str = "---\nkind: runbook\nowner: team-a\nreviewed: 2026-01-02\nreview_every: 9000d\n---\n# Queue full\n\nTop.\n\n## Restart it\n\n1. run\n\n   ```sh\n   systemctl restart  queue\n   ```\n\n### Why\n\nBecause.\n\n## Why\n\nSee [it](other.md#x).\n";

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/queue.md", RUNBOOK)
        .write("wiki/other.md", "# Other\n\nSee [queue](queue.md).\n")
        .write("adr/0001-use-git.md", "# 1. Use Git\n\n## Status\n\nAccepted\n")
        .write("skills/triage/SKILL.md", "---\nname: triage\ndescription: d\n---\n# Triage\n")
        .write("skills/triage/scripts/run.sh", "true\n")
        .write("templates/runbook.md", "---\ntemplate: runbook\n---\n# {{ title }}\n");
    repo.commit("pages");
    repo
}

#[test]
fn a_page_shows_its_state_then_its_text() {
    let shown = repo().prode(&["show", "wiki/queue.md"]).ok();
    let text = shown.stdout();
    let head =
        "runbook \u{b7} team-a \u{b7} active \u{b7} reviewed 2026-01-02 \u{b7} wiki/queue.md@";
    assert!(text.starts_with(head), "{text}");
    assert!(text.contains("\n## Restart it\n") && !text.contains("review_every"), "{text}");
    assert!(text.contains("\n```sh\nsystemctl restart  queue\n```\n"), "{text}");
    assert!(text.contains("it <other.md#x>"), "{text}");
}

#[test]
fn every_name_of_a_page_finds_it() {
    let repo = repo();
    for (name, path) in [
        ("wiki/queue", "wiki/queue.md"),
        ("Queue full", "wiki/queue.md"),
        ("queue", "wiki/queue.md"),
        ("adr/1", "adr/0001-use-git.md"),
        ("ADR-0001", "adr/0001-use-git.md"),
        ("adr/adr/1", "adr/0001-use-git.md"),
        ("skill:triage", "skills/triage/SKILL.md"),
        ("template:runbook", "templates/runbook.md"),
        ("templates/runbook.md", "templates/runbook.md"),
        ("wiki/../wiki/./queue.md", "wiki/queue.md"),
    ] {
        for from in [&["--worktree"][..], &[]] {
            let shown = repo.prode(&[&["show", name, "--json"], from].concat()).ok().json();
            assert_eq!(shown["path"], path, "{name}");
        }
    }
}

#[test]
fn a_section_is_given_byte_by_byte() {
    let repo = repo();
    let md = repo.prode(&["show", "wiki/queue.md#restart-it", "--format", "md"]).ok();
    let wanted = "## Restart it\n\n1. run\n\n   ```sh\n   systemctl restart  queue\n   ```\n\n";
    assert_eq!(md.stdout(), wanted);
    let whole = repo.prode(&["show", "wiki/queue.md", "--format", "md"]).ok();
    assert_eq!(whole.stdout(), RUNBOOK);
    let json = repo.prode(&["show", "wiki/queue.md#restart-it", "--json"]).ok().json();
    assert_eq!((&json["schema"], &json["lines"]), (&"prode.show/v1".into(), &[11, 18].into()));
    assert_eq!((&json["markdown"], &json["backlinks"]), (&wanted.into(), &1.into()));
    assert_eq!(json["sections"][0]["anchor"], "why");
    repo.prode(&["show", "wiki/queue.md#restart-it"]).ok().says("below: #why");
}

#[test]
fn html_headings_carry_the_anchors_of_citations() {
    let repo = repo();
    for reference in ["wiki/queue.md", "wiki/queue.md#restart-it", "wiki/queue.md#why-1"] {
        let html = repo.prode(&["show", reference, "--format", "html"]).ok();
        let json = repo.prode(&["show", reference, "--json"]).ok().json();
        let parts = json["sections"].as_array().unwrap().iter().map(|part| &part["anchor"]);
        let own = Some(&json["anchor"]).filter(|anchor| *anchor != "");
        let shown = own.map_or_else(|| parts.collect(), |own| vec![own]);
        for anchor in shown {
            let id = format!("id=\"{}\"", anchor.as_str().unwrap());
            assert!(html.stdout().contains(&id), "no {id} in {}", html.stdout());
        }
    }
}

#[test]
fn the_commit_of_a_reference_decides_unless_another_is_asked() {
    let repo = repo();
    let old = repo.git(&["rev-parse", "HEAD"]);
    repo.write("wiki/other.md", "# Other\n\nNew.\n").commit("new");
    let at_old = format!("wiki/other.md@{}", &old[..8]);
    repo.prode(&["show", &at_old]).ok().says("See queue").says(&old);
    repo.prode(&["show", &at_old, "--rev", "HEAD"]).ok().says("New.");
    repo.prode(&["show", "wiki/other.md@feedbeef"]).fails(1).warns("no revision 'feedbeef'");
    repo.write("wiki/other.md", "# Other\n\nDisk.\n");
    repo.prode(&["show", "wiki/other.md"]).ok().says("New.").warns("add --worktree");
    let disk = repo.prode(&["show", "wiki/other.md", "--worktree", "--json"]).ok().json();
    assert_eq!(disk["cite"], "wiki/other.md");
}

#[test]
fn what_must_not_be_missed_stands_first() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "---\nreviewed: 2020-01-01\n---\n# A\n")
        .write("wiki/b.md", "---\nstatus: archived\narchived: the queue is gone\n---\n# B\n")
        .write("wiki/c.md", "---\nsupersedes: [wiki/a.md]\n---\n# C\n")
        .commit("pages");
    let a = repo.prode(&["show", "wiki/a.md"]).ok();
    assert!(a.stdout().starts_with("SUPERSEDED by wiki/c.md\nSTALE: reviewed 2020-01-01"));
    let b = repo.prode(&["show", "wiki/b.md"]).ok();
    assert!(b.stdout().starts_with("ARCHIVED: the queue is gone\n"), "{}", b.stdout());
}

#[test]
fn an_error_names_the_value_and_a_next_step() {
    let repo = repo();
    repo.write("wiki/x/same.md", "# Same\n").write("wiki/y/same.md", "# Same\n").commit("two");
    for (reference, code, message, hint) in [
        ("wiki/quue.md", 1, "'wiki/quue.md' does not exist", "did you mean 'wiki/queue.md'?"),
        ("wiki/queue.md#restart-i", 1, "no section 'restart-i'", "did you mean 'restart-it'?"),
        ("wiki/queue.md#zzz", 1, "no section 'zzz'", "#queue-full #restart-it"),
        ("Same", 1, "'Same' is ambiguous", "write 'wiki/x/same.md'"),
        ("adr/12", 1, "'adr/12' does not exist", "prode list adr"),
        ("skill:triag", 1, "'skill:triag' does not exist", "'skill:triage'"),
        ("template:runbok", 1, "'template:runbok' does not exist", "'template:runbook'"),
        ("L-3f2a91c07be4", 1, "there is no learning 'L-3f2a91c07be4'", "prode inbox list"),
        ("F-3f2a91c07be4", 1, "there is no finding 'F-3f2a91c07be4'", "prode finding list"),
        ("skills/triage/scripts/run.sh", 1, "it is no page", "prode list"),
        ("../../etc/passwd", 2, "leaves the repository", "a reference is a path"),
        ("%2e%2e/x.md", 2, "leaves the repository", "a reference is a path"),
        ("", 2, "the reference is empty", "a reference is a path"),
    ] {
        repo.prode(&["show", reference]).fails(code).warns(message).warns(hint);
    }
    let missing = repo.prode(&["show", "wiki/quue.md", "--json"]).fails(1);
    assert!(missing.stderr().starts_with("{\"schema\":\"prode.error/v1\",\"kind\":\"not_found\""));
}

#[test]
fn a_skill_lists_its_files() {
    let repo = repo();
    for from in ["--worktree", "--rev=HEAD"] {
        repo.prode(&["show", "skill:triage", from]).ok().says("\n  skills/triage/scripts/run.sh\n");
    }
}

#[cfg(unix)]
#[test]
fn strange_names_and_bytes_are_shown_safely() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let repo = TestRepo::new();
    repo.write("wiki/a b'\"#@%.md", "# Odd\n")
        .write("wiki/line\nend.md", b"# Es\x1b[31mcape \xff\r\n\r\ntext \x1b]0;t\x07\r\n")
        .write(std::path::Path::new(OsStr::from_bytes(b"wiki/\xe9.md")), "# Latin\n")
        .commit("odd");
    for (name, title) in [("Odd", "# Odd"), ("wiki/line%0Aend.md", "cape"), ("Latin", "# Latin")] {
        let shown = repo.prode(&["show", name, "--color", "never"]).ok().says(title);
        assert!(!shown.stdout().contains(['\u{1b}', '\u{7}', '\r']), "{:?}", shown.stdout());
        let json = repo.prode(&["show", name, "--json"]).ok().json();
        let cite = json["cite"].as_str().unwrap();
        repo.prode(&["show", cite]).ok().says(title);
        repo.prode(&["cite", "check", cite]).ok();
    }
}

#[test]
fn a_large_page_is_shown_and_a_larger_one_is_named() {
    let repo = TestRepo::new();
    let line = "word and word and word and word and word and word\n";
    let text = format!("# Large\n\n{}", line.repeat(99_900));
    assert!(text.len() < 5_000_000);
    repo.write("wiki/large.md", &text).write("wiki/over.md", line.repeat(100_001)).commit("large");
    let md = repo.prode(&["show", "wiki/large.md", "--format", "md"]).ok();
    assert_eq!(md.stdout().len(), text.len());
    repo.prode(&["show", "wiki/large.md"]).ok().says("# Large");
    repo.prode(&["show", "wiki/over.md"]).ok().says("more than 5000000 bytes");
    repo.prode(&["show", "wiki/over.md", "--format", "md"]).fails(1).warns("git show");
}

#[test]
fn a_bare_repository_answers_and_nothing_of_the_user_changes() {
    let repo = repo();
    let bare = repo.clone_to(&["--bare"]);
    bare.prode(&["show", "skill:triage"]).ok().says("scripts/run.sh");
    bare.prode(&["list", "template"]).ok().says("templates/runbook.md");
    repo.write("wiki/new.md", "# New\n");
    let before = repo.snapshot();
    let cite = format!("wiki/queue.md@{}", repo.git(&["rev-parse", "HEAD"]));
    for args in [
        &["show", "wiki/queue.md"][..],
        &["show", "wiki/new.md", "--worktree"],
        &["list", "--worktree"],
        &["links", "wiki/queue.md", "--as-of", "2026-02-01"],
        &["cite", "check", &cite],
    ] {
        repo.prode(args).ok();
    }
    assert_eq!(repo.snapshot(), before);
}
