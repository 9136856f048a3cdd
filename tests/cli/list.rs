//! `prode list`

use serde_json::Value;

use crate::support::TestRepo;

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(
        "wiki/runbooks/queue.md",
        "---\nowner: team-a\ntags: [sqs]\nservices: [billing]\nreviewed: 2020-02-01\n---\n# Queue\n",
    )
    .write("wiki/b.md", "---\nstatus: archived\narchived: old\nowner: '@org/b'\n---\n# Zebra\n")
    .write("wiki/a.md", "---\nstatus: draft\n---\n# Apple\n")
    .write("adr/0001-x.md", "# 1. X\n\n## Status\n\nAccepted\n")
    .write("skills/triage/SKILL.md", "---\nname: triage\ndescription: d\n---\n# T\n")
    .write("templates/runbook.md", "# {{ title }}\n");
    repo.commit("pages");
    repo
}

fn paths(repo: &TestRepo, args: &[&str]) -> Vec<String> {
    let list = repo.prode(&[&["list", "--json"], args].concat()).ok().json();
    assert_eq!(list["schema"], "prode.list/v1");
    let path = |page: &Value| page["path"].as_str().unwrap().to_owned();
    list["pages"].as_array().unwrap().iter().map(path).collect()
}

#[test]
fn everything_is_listed_unless_filtered() {
    let repo = repo();
    let all = [
        "adr/0001-x.md",
        "skills/triage/SKILL.md",
        "templates/runbook.md",
        "wiki/a.md",
        "wiki/b.md",
        "wiki/runbooks/queue.md",
    ];
    assert_eq!(paths(&repo, &[]), all);
    assert_eq!(paths(&repo, &["--worktree"]), all);
    for (args, only) in [
        (&["adr"][..], "adr/0001-x.md"),
        (&["Skill"], "skills/triage/SKILL.md"),
        (&["template"], "templates/runbook.md"),
        (&["--owner", "team-a"], "wiki/runbooks/queue.md"),
        (&["--tag", "SQS"], "wiki/runbooks/queue.md"),
        (&["--service", "billing", "runbook"], "wiki/runbooks/queue.md"),
        (&["--status", "archived"], "wiki/b.md"),
    ] {
        assert_eq!(paths(&repo, args), [only], "{args:?}");
    }
}

#[test]
fn an_order_can_be_asked() {
    let repo = repo();
    let titles = paths(&repo, &["guide", "--sort", "title"]);
    assert_eq!(titles, ["wiki/a.md", "wiki/b.md"]);
    let owners = paths(&repo, &["--sort", "owner"]);
    assert_eq!(owners[..2], ["wiki/b.md", "wiki/runbooks/queue.md"]);
    assert_eq!(paths(&repo, &["--sort", "reviewed"]).last().unwrap(), "wiki/runbooks/queue.md");
}

#[test]
fn columns_are_aligned_and_states_are_marked() {
    let list = repo().prode(&["list"]).ok();
    let lines: Vec<&str> = list.stdout().lines().collect();
    assert!(lines[3].contains("draft") && lines[4].contains("archived"), "{lines:#?}");
    assert!(lines[5].contains("active, stale  2020-02-01  team-a"), "{lines:#?}");
    let at = |line: &str, word: &str| line.find(word).unwrap();
    assert_eq!(at(lines[3], "Apple"), at(lines[5], "Queue"));
}

#[test]
fn an_empty_list_says_why() {
    let repo = repo();
    repo.prode(&["list", "runbok"]).ok().warns("'runbok'; did you mean 'runbook'? kinds are: ");
    repo.prode(&["list", "xylophone"]).ok().warns("of kind 'xylophone'; kinds are: ");
    repo.prode(&["list", "adr", "--tag", "x", "--fail-empty"]).fails(1).warns("none of 6 pages");
    TestRepo::new().prode(&["list"]).ok().warns("there are no pages yet");
    repo.prode(&["list", "--sort", "size"]).fails(2);
}

#[test]
fn a_limit_lists_the_first_and_tells_of_the_others() {
    let repo = repo();
    assert_eq!(paths(&repo, &["-n", "2"]), ["adr/0001-x.md", "skills/triage/SKILL.md"]);
    let list = repo.prode(&["list", "--limit", "2", "--sort", "title", "--json"]).ok().json();
    assert_eq!((&list["found"], list["pages"].as_array().unwrap().len()), (&6.into(), 2));
    assert_eq!(list["pages"][0]["title"], "Apple");
    let said = repo.prode(&["list", "-n", "4"]).ok();
    assert!(said.stderr().contains("2 more; show them with a higher -n"), "{}", said.stderr());
    assert!(!repo.prode(&["list", "-n", "6"]).ok().stderr().contains("more"));
    // None wanted is not nothing found.
    assert!(repo.prode(&["list", "-n", "0"]).ok().stderr().contains("6 more"));
    assert!(paths(&repo, &["nosuch", "-n", "3"]).is_empty());
}
