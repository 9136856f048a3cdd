//! Numbers that no branch, work tree or deleted file ever had.

use std::collections::BTreeSet;

use super::{log, nygard};
use crate::support::rounds;

#[test]
fn a_number_is_above_every_one_that_was_ever_used() {
    let repo = log();
    let next = |expected: &str| {
        let made = repo.prode(&["adr", "new", "X"]).ok();
        assert_eq!(made.stdout().trim(), format!("doc/adr/{expected}-x.md"));
        repo.remove(format!("doc/adr/{expected}-x.md"));
    };
    next("0004");
    repo.git(&["checkout", "-q", "-b", "other"]);
    repo.write("doc/adr/0006-branch.md", nygard(6, "Branch", "Accepted"));
    repo.commit("on a branch");
    repo.git(&["checkout", "-q", "main"]);
    next("0007");
    repo.write("doc/adr/0008-gone.md", nygard(8, "Gone", "Accepted"));
    repo.commit("comes");
    repo.rename("doc/adr/0008-gone.md", "doc/adr/0005-renamed.md");
    repo.commit("renamed");
    repo.remove("doc/adr/0005-renamed.md");
    repo.commit("goes");
    next("0009");
    repo.write(".gitignore", "doc/adr/0010-*\n").write("doc/adr/0010-untracked.md", "");
    next("0011");
    let linked = repo.linked(&["-b", "third"]);
    linked.write("doc/adr/0012-elsewhere.md", nygard(12, "Elsewhere", "Proposed"));
    next("0013");
    let clone = repo.clone_to(&["--branch", "main"]);
    clone.prode(&["adr", "new", "X"]).ok().says("doc/adr/0009-x.md");
}

#[test]
#[allow(clippy::print_stderr, reason = "figures are told in passing")]
fn two_work_trees_at_once_never_get_the_same_number() {
    let repo = log();
    let linked = repo.linked(&["-b", "other"]);
    let rounds = rounds("ADR_CREATIONS", 8);
    let mut numbers = BTreeSet::new();
    for round in 0..rounds {
        let children = [&repo, &linked].map(|tree| {
            let mut command = tree.prode_command();
            command.args(["adr", "new", &format!("Made {round}")]);
            command.stdout(std::process::Stdio::piped()).spawn().unwrap()
        });
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success());
            let path = String::from_utf8(output.stdout).unwrap();
            let number: u32 = path["doc/adr/".len()..][..4].parse().unwrap();
            assert!(numbers.insert(number), "round {round}: {number} twice");
        }
        // A commit in between: numbers come from branches as well as from disk.
        if round % 3 == 0 {
            linked.commit("decisions");
        }
    }
    let last = u32::try_from(3 + 2 * rounds).unwrap();
    assert_eq!((numbers.first(), numbers.last()), (Some(&4), Some(&last)), "none is left out");
    eprintln!("{rounds} times two work trees at once: {} numbers, none twice", numbers.len());
}
