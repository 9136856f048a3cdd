//! `prode hook`

use std::fs;

use crate::support::TestRepo;

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n\n[b](b.md) [old](gone.md)\n").write("wiki/b.md", "# B\n");
    repo.write(
        "adr/0001-x.md",
        "# 1. X\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n",
    );
    repo.commit("pages");
    repo
}

#[test]
fn what_is_staged_is_judged_not_what_lies_on_disk() {
    let repo = repo();
    repo.prode(&["hook", "run", "pre-commit"]).ok();
    repo.write("wiki/a.md", "# A\n\n[b](no.md) [old](gone.md)\n");
    repo.prode(&["hook", "run", "pre-commit"]).ok();
    repo.git(&["add", "wiki/a.md"]);
    repo.write("wiki/a.md", "# A\n");
    let run = repo.prode(&["hook", "run", "pre-commit"]).fails(1).says("wiki/a.md:3");
    assert!(run.stdout().contains("no file is at 'wiki/no.md'"), "{}", run.stdout());
    assert!(!run.stdout().contains("gone.md"), "old trouble is not this commit's");
    let json = repo.prode(&["hook", "run", "pre-commit", "--json"]).fails(1).json();
    assert_eq!((&json["schema"], &json["errors"]), (&"prode.hook/v1".into(), &1.into()));
}

#[test]
fn a_page_that_goes_breaks_links_of_others() {
    let repo = repo();
    repo.git(&["rm", "--quiet", "wiki/b.md"]);
    repo.prode(&["hook", "run", "pre-commit"]).fails(1).says("wiki/a.md:3");
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.prode(&["mv", "wiki/a.md", "wiki/deep/a.md"]).ok();
    repo.git(&["add", "--all"]);
    repo.prode(&["hook", "run", "pre-commit"]).ok();
}

#[test]
fn a_message_is_warned_about_and_never_refused() {
    let repo = repo();
    repo.write("message", "Use ADR-1 and ADR-7\n\nProde-Page: wiki/nothing.md\n# ADR-9\n");
    let run = repo.prode(&["hook", "run", "commit-msg", "message"]).ok();
    let run = run.says("'adr/7' does not exist").says("'wiki/nothing.md' does not exist");
    assert_eq!(run.stdout().lines().count(), 2, "{}", run.stdout());
    repo.prode(&["hook", "run", "commit-msg"]).fails(2).warns("file is missing");
    repo.prode(&["hook", "run", "pre-comit"]).fails(2).warns("did you mean 'pre-commit'?");
}

#[test]
fn a_push_is_judged_against_what_the_remote_has() {
    let repo = repo();
    let old = repo.git(&["rev-parse", "HEAD"]);
    repo.write("wiki/b.md", "# B\n[x](no.md)\n");
    let new = repo.commit("break");
    let line = format!("refs/heads/main {new} refs/heads/main {old}\n");
    repo.prode_with_input(&["hook", "run", "pre-push"], &line).fails(1).says("wiki/b.md:2");
    let line = format!("refs/heads/main {new} refs/heads/main {new}\n");
    repo.prode_with_input(&["hook", "run", "pre-push"], &line).ok();
}

/// Git with the tested program in its `PATH`: whether it did it, and what it said.
#[cfg(unix)]
fn git(repo: &TestRepo, words: &str) -> (bool, String) {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let line = format!("PATH={}:$PATH git {words} 2>&1", folder.display());
    let mut shell = crate::support::hermetic("sh", &repo.home());
    let done = shell.current_dir(repo.path()).args(["-c", &line]).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

#[cfg(unix)]
#[test]
fn a_server_refuses_what_a_push_would_bring() {
    let repo = repo();
    let server = repo.clone_to(&["--bare"]);
    server.prode(&["hook", "install", "--hook", "pre-receive"]).ok().says("created");
    let push = |what: &str| git(&repo, &format!("push {} {what}", server.path().display()));
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    repo.write("wiki/b.md", "# B\n[x](no.md)\n");
    repo.commit("break");
    let before = server.git(&["rev-parse", "main"]);
    for branch in ["main", "side"] {
        let (is_done, said) = push(&format!("side:{branch}"));
        assert!(!is_done && said.contains("no file is at 'wiki/no.md'"), "{said}");
        assert!(
            !said.contains("gone.md"),
            "what the server has already is not this push's: {said}"
        );
    }
    assert_eq!(server.git(&["rev-parse", "main"]), before);
    repo.write("wiki/b.md", "# B\n[x](c.md)\n").write("wiki/c.md", "# C\n");
    repo.commit("mend");
    let (is_done, said) = push("side side:main");
    assert!(is_done, "{said}");
    let (is_done, said) = push("--delete side");
    assert!(is_done, "{said}");
}

#[cfg(unix)]
#[test]
fn an_installed_hook_keeps_the_one_that_was_there() {
    use std::os::unix::fs::PermissionsExt;
    let repo = repo();
    let hook = repo.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho mine >> .git/ran\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    repo.prode(&["hook", "install"])
        .ok()
        .says("created")
        .says("pre-commit.before-prode")
        .says("undo:");
    repo.prode(&["hook", "install"]).ok().says("kept");
    let kept = fs::read_to_string(hook.with_file_name("pre-commit.before-prode")).unwrap();
    assert_eq!(kept, "#!/bin/sh\necho mine >> .git/ran\n");
    assert_eq!(fs::metadata(&hook).unwrap().permissions().mode() & 0o111, 0o111);
    repo.write("wiki/b.md", "# B\n[x](no.md)\n").git(&["add", "--all"]);
    let commit = |message: &str| {
        git(&repo, &format!("-c user.name=A -c user.email=a@b.c commit -qm '{message}'"))
    };
    let (is_done, said) = commit("break");
    assert!(!is_done && said.contains("no file is at 'wiki/no.md'"), "{said}");
    assert_eq!(fs::read_to_string(repo.path().join(".git/ran")).unwrap(), "mine\n");
    repo.write("wiki/b.md", "# B\n").write("wiki/c.md", "# C\n").git(&["add", "--all"]);
    let (is_done, said) = commit("add ADR-8");
    assert!(is_done && said.contains("'adr/8' does not exist"), "{said}");
}

#[test]
fn hooks_go_where_git_looks_for_them() {
    let repo = repo();
    repo.git(&["config", "core.hooksPath", "tools/hooks"]);
    repo.prode(&["hook", "install", "--hook", "pre-push"]).ok();
    assert!(repo.path().join("tools/hooks/pre-push").exists());
    let elsewhere = repo.home().join("hooks");
    repo.git(&["config", "core.hooksPath", &elsewhere.display().to_string()]);
    repo.prode(&["hook", "install"]).fails(1).warns("shared by other repositories");
    assert!(!elsewhere.exists());
    repo.git(&["config", "--unset", "core.hooksPath"]);
    let linked = repo.linked(&["-b", "side"]);
    linked.prode(&["hook", "install"]).ok();
    assert!(repo.path().join(".git/hooks/pre-commit").exists(), "work trees share their hooks");
}
