//! `prode mv`

use std::fs;

use crate::support::TestRepo;

fn text(repo: &TestRepo, path: &str) -> String {
    fs::read_to_string(repo.path().join(path)).unwrap()
}

/// Every file below the top but Git's, with its bytes.
fn files(repo: &TestRepo) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let is_own = |path: &std::path::Path| {
        path.strip_prefix(repo.path()).is_ok_and(|path| !path.starts_with(".git"))
    };
    repo.snapshot().into_iter().filter(|(path, _)| is_own(path)).collect()
}

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(
        "wiki/index.md",
        "# Home\r\n\r\n[Queue](queue.md#Now 'T') [[queue]] `wiki/queue.md`\r\n",
    )
    .write(
        "wiki/queue.md",
        "---\ntitle: Queue saturation\n---\n# Now\n[home](index.md) ![i](img/q.png)\n",
    )
    .write("wiki/img/q.png", b"\x89PNG\xff")
    .write("wiki/routes.yaml", "- ticket: \"a queue\"\n  expect: wiki/queue.md\n")
    .write("README.md", "See [the queue](wiki/queue.md).\n")
    .write("CODEOWNERS", "wiki/queue.md @ops\n")
    .write(
        "adr/0001-use-x.md",
        "---\nstatus: accepted\n---\n# Use X\n\n## Decision\n[q](../wiki/queue.md)\n",
    );
    repo.commit("pages");
    repo
}

#[test]
fn everything_that_names_a_page_follows_it() {
    let repo = repo();
    let run = repo.prode(&["mv", "wiki/queue.md", "wiki/runbooks/workers.md"]).ok();
    let run = run.says("moved").says("wiki/index.md").says("CODEOWNERS:1").says("next:");
    assert!(
        run.stdout().contains("git add --all -- README.md adr/0001-use-x.md"),
        "{}",
        run.stdout()
    );
    assert_eq!(
        text(&repo, "wiki/index.md"),
        "# Home\r\n\r\n[Queue](runbooks/workers.md#Now 'T') [[workers]] `wiki/queue.md`\r\n"
    );
    assert_eq!(
        text(&repo, "wiki/runbooks/workers.md"),
        "---\ntitle: Queue saturation\naliases: [queue]\n---\n# Now\n[home](../index.md) ![i](../img/q.png)\n"
    );
    assert!(text(&repo, "wiki/routes.yaml").ends_with("expect: wiki/runbooks/workers.md\n"));
    assert_eq!(text(&repo, "README.md"), "See [the queue](wiki/runbooks/workers.md).\n");
    assert!(text(&repo, "adr/0001-use-x.md").contains("(../wiki/runbooks/workers.md)"));
    assert!(!repo.path().join("wiki/queue.md").exists());
    assert_eq!(repo.git(&["diff", "--cached", "--name-only"]), "", "nothing is staged");
    repo.prode(&["show", "queue", "--worktree"]).ok();
}

#[test]
fn a_dry_run_is_a_patch_that_git_applies() {
    let repo = repo();
    let before = repo.snapshot();
    let patch = repo.prode(&["mv", "wiki/queue.md", "wiki/x/", "--dry-run"]).ok();
    assert_eq!(repo.snapshot(), before, "nothing is written");
    let json = repo.prode(&["mv", "wiki/queue.md", "wiki/x/", "--dry-run", "--json"]).ok().json();
    assert_eq!((&json["schema"], &json["dry_run"]), (&"prode.mv/v1".into(), &true.into()));
    assert_eq!(json["moved"][0]["to"], "wiki/x/queue.md");
    repo.git_with_input(&["apply", "-"], json["diff"].as_str().unwrap());
    let by_git = files(&repo);
    assert!(patch.stdout().starts_with("--- a/README.md\n+++ b/README.md\n"), "{}", patch.stdout());
    repo.git(&["checkout", "--quiet", "."]);
    repo.remove("wiki/x");
    repo.prode(&["mv", "wiki/queue.md", "wiki/x/"]).ok();
    assert!(files(&repo) == by_git, "git and prode differ");
}

#[test]
fn a_folder_moves_with_its_files_and_settings() {
    let repo = repo();
    repo.write("prode.yaml", "version: 1\nroots: {wiki: [wiki], adr: [adr]} # ours\n")
        .write("wiki/run.sh", "#!/bin/sh\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let script = repo.path().join("wiki/run.sh");
        fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
    }
    repo.commit("settings");
    repo.prode(&["mv", "wiki", "handbook"]).ok().says("5 files");
    assert_eq!(
        text(&repo, "prode.yaml"),
        "version: 1\nroots: {wiki: [handbook], adr: [adr]} # ours\n"
    );
    assert_eq!(text(&repo, "README.md"), "See [the queue](handbook/queue.md).\n");
    assert_eq!(fs::read(repo.path().join("handbook/img/q.png")).unwrap(), b"\x89PNG\xff");
    assert!(!repo.path().join("wiki").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(repo.path().join("handbook/run.sh")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o755, "a script stays one");
    }
    repo.prode(&["mv", "handbook", "wiki"]).ok();
    assert_eq!(repo.git(&["status", "--porcelain"]), "", "there and back is the same");
}

#[test]
fn a_name_may_change_in_case_alone() {
    let repo = repo();
    repo.prode(&["mv", "wiki/queue.md", "wiki/Queue.md"]).ok();
    assert!(text(&repo, "wiki/index.md").contains("(Queue.md#Now 'T')"));
    assert!(repo.path().join("wiki/Queue.md").exists());
}

#[test]
fn a_path_may_be_typed_from_where_one_stands() {
    let repo = repo();
    let mut command = repo.prode_command();
    let output =
        command.current_dir(repo.path().join("wiki")).args(["mv", "queue.md", "x/"]).output();
    assert!(output.unwrap().status.success());
    assert!(repo.path().join("wiki/x/queue.md").exists());
    repo.prode(&["mv", "adr/1", "adr/0001-use-y.md"]).ok().says("adr/0001-use-y.md");
}

#[test]
fn what_cannot_be_is_refused_and_nothing_changes() {
    let repo = repo();
    let before = repo.snapshot();
    let fails = |old: &str, new: &str, code: i32| repo.prode(&["mv", old, new]).fails(code);
    fails("wiki/queue.md", "wiki/index.md", 3).warns("is there already");
    fails("wiki/queue.md", "../x.md", 2).warns("leaves the repository");
    fails("wiki/queue.md", "/elsewhere/x.md", 2).warns("leaves the repository");
    fails("wiki", "wiki/inner", 1).warns("into itself");
    fails("wiki/queue.md", "wiki/queue.md", 1).warns("is that already");
    fails("wiki/queue.md", "wiki/workers", 2).warns("wiki/workers.md");
    fails("wiki/queue.md", ".git/x.md", 1).warns("not a regular file");
    fails("wiki/quue.md", "wiki/x.md", 1).warns("queue.md");
    fails("adr/0001-use-x.md", "adr/0002-use-x.md", 1).warns("prode adr renumber 1");
    fails("wiki/queue.md#now", "wiki/x.md", 2).warns("not a file");
    assert_eq!(repo.snapshot(), before);
    TestRepo::bare().prode(&["mv", "a.md", "b.md"]).fails(2).warns("is bare");
}

#[test]
fn a_skill_is_called_like_its_folder() {
    let repo = repo();
    repo.write(
        "skills/a-b/SKILL.md",
        "---\nname: a-b\ndescription: x\n---\n[r](references/r.md)\n",
    )
    .write("skills/a-b/references/r.md", "# R\n")
    .commit("skill");
    repo.prode(&["mv", "skills/a-b", "skills/c-d"]).ok();
    assert!(text(&repo, "skills/c-d/SKILL.md").starts_with("---\nname: c-d\n"));
    assert!(repo.path().join("skills/c-d/references/r.md").exists());
}

#[test]
fn redirects_of_a_site_get_a_line_and_can_be_left_out() {
    let repo = repo();
    repo.write("wiki/_redirects", "/a /b 301\n").commit("site");
    repo.prode(&["mv", "wiki/queue.md", "wiki/x/workers.md"]).ok().says("/queue /x/workers 301");
    assert_eq!(text(&repo, "wiki/_redirects"), "/a /b 301\n/queue /x/workers 301\n");
    repo.git(&["checkout", "--quiet", "."]);
    repo.remove("wiki/x");
    repo.prode(&["mv", "wiki/queue.md", "wiki/x/workers.md", "--no-redirect"]).ok();
    assert_eq!(text(&repo, "wiki/_redirects"), "/a /b 301\n");
    assert!(!text(&repo, "wiki/x/workers.md").contains("aliases"));
}
