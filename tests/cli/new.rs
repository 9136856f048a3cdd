//! `prode new`

use crate::support::TestRepo;

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/index.md", "# Index\n")
        .write("CODEOWNERS", "* @org/all\n/wiki/runbooks/ @org/oncall\n");
    repo.commit("a wiki");
    repo
}

fn read(repo: &TestRepo, path: &str) -> String {
    std::fs::read_to_string(repo.path().join(path)).unwrap()
}

#[test]
fn every_kind_is_offered() {
    let repo = repo();
    repo.prode(&["new", "--list"]).ok().says("runbook").says("3 am").says("built in");
    let list = repo.prode(&["new", "--list", "--json"]).ok().json();
    assert!(list["templates"].as_array().unwrap().len() >= 30);
    repo.prode(&["new"]).fails(2);
    repo.prode(&["new", "runbok", "--title", "x"]).fails(1).warns("did you mean 'runbook'?");
}

#[test]
fn a_runbook_goes_where_runbooks_are_and_has_an_owner() {
    let repo = repo();
    let args = ["new", "runbook", "--title", "Queue: \"full\"", "--set", "services=a, b"];
    assert_eq!(repo.prode(&args).ok().stdout(), "wiki/runbooks/queue-full.md\n");
    let text = read(&repo, "wiki/runbooks/queue-full.md");
    assert!(text.starts_with("---\ntitle: \"Queue: \\\"full\\\"\"\nkind: runbook\nowner: \"@org/oncall\"\nservices: [a, b]\n"), "{text}");
    assert!(text.contains("\n# Queue: \"full\"\n") && text.contains("call @org/oncall."), "{text}");
    let list = repo.prode(&["list", "runbook", "--worktree", "--json"]).ok().json();
    assert_eq!(list["pages"][0]["title"], "Queue: \"full\"");
    repo.prode(&args).fails(1).warns("is there already");
    assert_eq!(read(&repo, "wiki/runbooks/queue-full.md"), text);
}

#[test]
fn strange_titles_and_paths_are_safe() {
    let repo = repo();
    for (title, path) in [
        ("../../escape", "wiki/escape.md"),
        ("--force", "wiki/force.md"),
        ("-x | y", "wiki/x-y.md"),
        ("\u{65e5}\u{672c}", "wiki/\u{65e5}\u{672c}.md"),
        ("two\nlines", "wiki/twolines.md"),
    ] {
        repo.prode(&["new", "guide", "--title", title]).ok().says(path);
        assert!(repo.path().join(path).is_file(), "{path}");
    }
    repo.prode(&["new", "guide", "--title", "///"]).fails(2).warns("-o PATH");
    for path in ["../x.md", "/tmp/prode-x.md", ".git/x.md"] {
        repo.prode(&["new", "guide", "--title", "x", "-o", path])
            .fails(2)
            .warns("leaves the repository");
    }
    repo.prode(&["new", "guide", "--title", "x", "-o", "wiki/deep/./a/../x.md"])
        .ok()
        .says("wiki/deep/x.md");
}

#[test]
fn a_new_page_hides_no_other() {
    let repo = TestRepo::new();
    repo.write("a/page.md", "# Page\n").commit("no wiki folder");
    repo.prode(&["new", "runbook", "--title", "Queue"]).ok().says("queue.md");
    let list = repo.prode(&["list", "--worktree"]).ok();
    assert!(list.stdout().contains("a/page.md") && list.stdout().contains("queue.md"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let repo = repo();
    std::os::unix::fs::symlink(repo.home(), repo.path().join("wiki/out")).unwrap();
    repo.prode(&["new", "guide", "--title", "x", "-o", "wiki/out/x.md"]).fails(2);
    assert!(!repo.home().join("x.md").exists());
}

#[test]
fn values_that_are_missing_or_unknown_are_named() {
    let repo = repo();
    repo.prode(&["new", "guide"]).fails(2).warns("--title");
    repo.prode(&["new", "guide", "--set", "title=Set"]).ok().says("wiki/set.md");
    repo.prode(&["new", "rfc", "--title", "x"]).fails(2).warns("--set thin_slice=");
    repo.prode(&["new", "rfc", "--title", "x", "--set", "thinslice=1"])
        .fails(2)
        .warns("'thin_slice'");
    repo.prode(&["new", "rfc", "--title", "x", "--set", "nothing"]).fails(2).warns("KEY=VALUE");
    assert!(!repo.path().join("wiki/rfcs").exists());
}

#[test]
fn a_decision_gets_the_number_above_all_others() {
    let repo = repo();
    repo.write("adr/0008-x.md", "# X\n\n## Status\n\nAccepted\n\n## Decision\n")
        .commit("a decision");
    repo.prode(&["new", "adr-nygard", "--title", "Use Y"]).ok().says("adr/0009-use-y.md");
    assert!(read(&repo, "adr/0009-use-y.md").starts_with("# 9. Use Y\n\nDate: "));
    repo.write("docs/adr/0003-y.md", "# Y\n\n## Status\n\nAccepted\n\n## Decision\n");
    repo.write("prode.yaml", "version: 1\nroots: {wiki: [wiki], adr: [adr, docs/adr]}\n");
    repo.prode(&["new", "adr-nygard", "--title", "Z"]).fails(1).warns("adr, docs/adr");
    let args = ["new", "adr-nygard", "--title", "Z", "-o", "docs/adr/0004-z.md"];
    repo.prode(&args).ok();
    assert!(read(&repo, "docs/adr/0004-z.md").starts_with("# 4. Z\n"));
    repo.remove("prode.yaml").remove("docs");
    repo.git(&["config", "user.name", "Ada \"A\" Example"]);
    repo.prode(&["new", "adr-madr", "--title", "Use Z"]).ok().says("adr/0010-use-z.md");
    let text = read(&repo, "adr/0010-use-z.md");
    assert!(text.contains("decision-makers: [\"Ada \\\"A\\\" Example\"]\n"), "{text}");
}

#[test]
fn a_decision_gets_its_number_from_the_same_function_as_adr_new() {
    let repo = repo();
    let text = "# X\n\n## Status\n\nAccepted\n\n## Decision\n";
    repo.write("adr/0001-x.md", text).commit("first");
    repo.git(&["checkout", "-q", "-b", "other"]);
    repo.write("adr/0006-branch.md", text).commit("on a branch");
    repo.git(&["checkout", "-q", "main"]);
    repo.prode(&["new", "adr-madr", "--title", "A|B"]).ok().says("adr/0007-a-b.md");
    repo.write("adr/0009-gone.md", text).commit("comes");
    repo.remove("adr/0009-gone.md").commit("goes");
    let linked = repo.linked(&["-b", "third"]);
    linked.write("adr/0011-elsewhere.md", text);
    repo.prode(&["new", "adr-nygard", "--title", "Z"]).ok().says("adr/0012-z.md");
    let args = ["new", "adr-nygard", "--title", "Y", "-o", "adr/0009-y.md"];
    repo.prode(&args).fails(1).warns("number 9 was used in 'adr' before").warns("free one is 13");
    let args = ["new", "adr-nygard", "--title", "Y", "-o", "adr/0020-y.md"];
    repo.prode(&args).ok();
    assert!(read(&repo, "adr/0020-y.md").starts_with("# 20. Y\n"));
}

#[test]
fn both_commands_at_once_never_give_one_number_twice() {
    let repo = repo();
    repo.write("adr/0001-x.md", "# X\n\n## Status\n\nAccepted\n\n## Decision\n").commit("first");
    let children: Vec<_> = (0..10)
        .map(|at| {
            let title = format!("Made {at}");
            let mut command = repo.prode_command();
            if at % 2 == 0 {
                command.args(["new", "adr-nygard", "--title", &title]);
            } else {
                command.args(["adr", "new", &title]);
            }
            command.stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    let names = std::fs::read_dir(repo.path().join("adr")).unwrap();
    let numbers: std::collections::BTreeSet<String> =
        names.map(|it| it.unwrap().file_name().to_string_lossy()[..4].to_owned()).collect();
    assert_eq!(numbers.len(), 11, "{numbers:?}");
}

#[test]
fn a_template_of_the_repository_wins() {
    let repo = repo();
    repo.write(
        "templates/guide.md",
        "---\ntemplate: guide\ndescription: Ours\n---\n# {{ title }}\n\nOurs.\n",
    );
    repo.write("templates/poem.md", "# {{ title }}\n\nBy {{ poet }}\n");
    repo.write("templates/odd.md", "---\ntemplate: odd\nsetions: []\n---\n# {{ title }}\n");
    let list = repo.prode(&["new", "--list"]).ok().says("Ours").says("templates/poem.md");
    list.warns("templates/odd.md:3: 'setions' is no rule of a template; did you mean 'sections'?");
    repo.prode(&["new", "guide", "--title", "T"]).ok();
    assert_eq!(read(&repo, "wiki/t.md"), "# T\n\nOurs.\n");
    repo.prode(&["new", "poem", "--title", "P", "--set", "poet=Ada"]).ok();
    assert!(read(&repo, "wiki/p.md").contains("By Ada"));
}

#[test]
fn a_skill_is_made_sound() {
    let repo = repo();
    let args = ["new", "skill", "--title", "Sort tickets", "--set", "description=Sorts: use it"];
    repo.prode(&args).ok().says("skills/sort-tickets/SKILL.md");
    repo.prode(&["skill", "validate"]).ok().says("1 skill checked, 0 invalid, 0 warnings");
}

#[cfg(unix)]
#[test]
fn the_editor_opens_the_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let repo = repo();
    repo.write("../editor", "#!/bin/sh\necho edited >> \"$2\"\n");
    let editor = repo.path().join("../editor");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = repo.prode_command();
    command.args(["new", "guide", "--title", "T", "--edit"]);
    command.env("EDITOR", format!("{} --wait", editor.display()));
    assert!(command.output().unwrap().status.success());
    assert!(read(&repo, "wiki/t.md").ends_with("edited\n"));
    repo.prode(&["new", "guide", "--title", "U", "--edit"]).ok().warns("no editor");
}
