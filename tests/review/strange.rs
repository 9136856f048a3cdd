//! Pages and records that are written in strange ways, and people who are not there.

use std::fs;

use super::{memory, read, reviewed};
use crate::support::TestRepo;

#[test]
fn without_a_terminal_a_person_must_have_said_yes() {
    let repo = memory();
    let before = repo.snapshot();
    repo.prode(&["review", "wiki/queue.md"]).fails(2).warns("a person's word").warns("--yes");
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn all_pages_are_stamped_or_none() {
    let repo = memory();
    repo.write("wiki/broken.md", "---\ntitle: [x\nowner: y\n---\n# Broken\n")
        .write("wiki/anchored.md", "---\nreviewed: &r {at: 2026-01-02}\n---\n# Anchored\n")
        .write("wiki/twice.md", "---\nreviewed: 2026-01-02\nreviewed: 2026-01-03\n---\n# Twice\n")
        .write("wiki/latin.md", b"---\ntitle: x\n---\n# Caf\xe9\n")
        .write("wiki/large.md", format!("---\ntitle: x\n---\n{}", "word ".repeat(1_000_001)));
    let before = repo.snapshot();
    for (page, said) in [
        ("wiki/broken.md", "wiki/broken.md:"),
        ("wiki/anchored.md", "'reviewed' is written so that it cannot be changed in place"),
        ("wiki/twice.md", "wiki/twice.md:2"),
        ("wiki/latin.md", "is not UTF-8"),
        ("wiki/large.md", "at most 5000000 are read"),
        ("wiki/none.md", "wiki/none.md"),
        ("src/other.rs", "no page"),
        ("wiki/plain.md@main", "names a commit"),
        ("L-3f2a91c07be4", "L-3f2a91c07be4"),
    ] {
        let args = ["review", "--yes", "wiki/queue.md", page];
        let run = repo.prode(&args);
        let code = run.code().unwrap();
        assert!(matches!(code, 1 | 2), "{page}: {code}");
        run.warns(said);
        assert_eq!(repo.snapshot(), before, "{page}");
    }
}

#[test]
fn a_record_that_cannot_be_read_is_told_and_left_alone() {
    let repo = memory();
    repo.write(".prode/reviews.yaml", "wiki/bare.md: soon\n");
    repo.commit("a bad record");
    let args = ["review", "--yes", "wiki/bare.md"];
    repo.prode(&args)
        .fails(1)
        .warns(".prode/reviews.yaml:1:15: no review and no day")
        .warns("mend");
    assert_eq!(read(&repo, ".prode/reviews.yaml"), "wiki/bare.md: soon\n");
    repo.prode(&["list"]).ok().warns(".prode/reviews.yaml:1:15");
    reviewed(&repo, &["wiki/plain.md"]);
}

#[test]
fn names_are_people_or_refused() {
    let repo = memory();
    for (typed, by) in [
        ("human:ada", "human:ada"),
        ("ada@example.org", "human:ada"),
        ("Grace Hopper", "human:grace-hopper"),
    ] {
        assert_eq!(reviewed(&repo, &["wiki/plain.md", "--as", typed])["by"], by);
    }
    for typed in ["", " ", "???"] {
        repo.prode(&["review", "--yes", "wiki/plain.md", "--as", typed])
            .fails(2)
            .warns("is no name");
    }
    let nobody = repo.clone_to(&[]);
    let args = ["review", "--yes", "wiki/plain.md"];
    nobody.prode(&args).fails(1).warns("user.name");
}

#[test]
fn a_folder_that_is_no_repository_is_stamped_too() {
    let folder = TestRepo::no_repository();
    folder.write("wiki/a.md", "---\nsources: [src/**]\n---\n# A\n").write("src/x.rs", "x\n");
    folder.prode(&["review", "--yes", "wiki/a.md"]).fails(2).warns("--as NAME");
    let answer = reviewed(&folder, &["wiki/a.md", "--as", "Ada"]);
    assert_eq!(answer["pages"][0]["sources"]["files"], 1);
    assert!(read(&folder, "wiki/a.md").contains("reviewed: {by: human:ada, at: "));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_modes_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let repo = memory();
    symlink(repo.path().join("wiki/plain.md"), repo.path().join("wiki/link.md")).unwrap();
    let before = repo.snapshot();
    repo.prode(&["review", "--yes", "wiki/link.md"]).fails(1);
    assert_eq!(repo.snapshot(), before);
    let page = repo.path().join("wiki/plain.md");
    fs::set_permissions(&page, fs::Permissions::from_mode(0o444)).unwrap();
    reviewed(&repo, &["wiki/plain.md"]);
    assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o444);
    let outside = repo.home().join("outside");
    fs::create_dir(&outside).unwrap();
    symlink(&outside, repo.path().join(".prode")).unwrap();
    repo.prode(&["review", "--yes", "wiki/bare.md"]).fails(1).warns("not a regular file");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn what_somebody_else_writes_meanwhile_is_not_lost() {
    let repo = memory();
    let pages = ["wiki/bare.md", "adr/1", "skill:drain"];
    let runs: Vec<_> = pages
        .iter()
        .map(|page| {
            let mut command = repo.prode_command();
            command
                .args(["review", "--yes", "--json", page])
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let ended: Vec<_> = runs.into_iter().map(|run| run.wait_with_output().unwrap()).collect();
    let done = ended.iter().filter(|it| it.status.success()).count();
    let record = read(&repo, ".prode/reviews.yaml");
    assert_eq!(record.lines().count(), done, "{record}");
    assert!(done > 0 && ended.iter().all(|it| matches!(it.status.code(), Some(0 | 3))));
}
