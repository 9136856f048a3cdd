//! A revision is of this repository; a date is of all.

use super::{answer, billing, infra, name, places, settings};
use crate::support::TestRepo;

fn found(repo: &TestRepo, args: &[&str]) -> Vec<String> {
    places(&answer(repo, &[&["query"], args].concat()), "hits")
}

#[test]
fn a_revision_of_this_repository_leaves_others_at_their_trunks_and_says_so() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    let before = own.git(&["rev-parse", "HEAD"]);
    own.write("wiki/queues.md", "# Queues\n\nEvery queue.\n");
    own.commit("queues");
    other.write("wiki/queues.md", "# Queue of infra\n\nOur queue.\n");
    other.commit("queues");
    let at = found(&own, &["queue", "--rev", &before]);
    assert!(at.contains(&"infra:wiki/queues.md".to_owned()), "{at:?}");
    assert!(!at.contains(&"wiki/queues.md".to_owned()), "{at:?}");
    let note = format!("'{before}' is of this repository alone: infra answered from the trunk");
    own.prode(&["query", "queue", "--rev", &before]).ok().warns(&note);
    // The trunk's own tip is the same question.
    let run = own.prode(&["query", "queue", "--rev", "HEAD"]).ok();
    assert!(!run.stderr().contains("alone"), "{}", run.stderr());
}

#[test]
fn files_on_disk_are_this_repositorys() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    own.write("wiki/draft.md", "# Queue here\n\nA queue on disk.\n");
    other.write("wiki/draft.md", "# Queue there\n\nA queue on disk.\n");
    let disk = found(&own, &["queue on disk", "--worktree"]);
    assert!(disk.contains(&"wiki/draft.md".to_owned()), "{disk:?}");
    assert!(!disk.contains(&"infra:wiki/draft.md".to_owned()), "{disk:?}");
    own.prode(&["query", "queue", "--worktree"])
        .ok()
        .warns("'work tree' is of this repository alone");
    let run = own.prode(&["query", "queue"]).ok();
    run.warns("1 page changed in your work tree is not searched");
    let run = own.prode(&["show", "infra:wiki/runbooks/broker.md"]).ok();
    assert!(!run.stderr().contains("your work tree"), "{}", run.stderr());
}

#[test]
fn a_date_is_taken_for_all_of_them() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    other.write("wiki/later.md", "# Later\n\nA later queue.\n");
    other.commit_at("later", "2026-05-01T00:00:00Z");
    let later = "infra:wiki/later.md".to_owned();
    assert!(found(&own, &["queue"]).contains(&later));
    assert!(!found(&own, &["queue", "--as-of", "2026-04-30"]).contains(&later));
    let at = answer(&own, &["query", "queue", "--as-of", "2026-04-30"]);
    assert_eq!(at["memories"][0]["commit"], other.git(&["rev-parse", "HEAD~1"]));
    // A memory that did not exist then takes nothing from the answer.
    let young = TestRepo::new();
    young.write("wiki/a.md", "# A queue\n\nA queue.\n");
    young.commit_at("young", "2026-09-01T00:00:00Z");
    name(&own, &[("young", &young)]);
    let run = own.prode(&["query", "queue", "--as-of", "2026-04-30"]).ok();
    run.says("wiki/runbooks/invoices.md")
        .warns("the memory 'young' is not asked")
        .warns("no commit before");
}

#[test]
fn a_memory_has_the_trunk_that_is_named_and_else_its_own() {
    let (own, other) = (billing(), infra());
    other.git(&["checkout", "--quiet", "-b", "release"]);
    other.write("wiki/release.md", "# Released queue\n\nA queue that was released.\n");
    other.commit("release");
    name(&own, &[("infra", &other)]);
    let released = "infra:wiki/release.md".to_owned();
    assert!(!found(&own, &["queue"]).contains(&released));
    let place = other.path().display();
    settings(&own, &format!("memories: [{{name: infra, path: '{place}', trunk: release}}]\n"));
    assert!(found(&own, &["queue"]).contains(&released));
    own.prode(&["show", "infra:wiki/release.md"]).ok();
    settings(&own, &format!("memories: [{{name: infra, path: '{place}', trunk: nowhere}}]\n"));
    own.prode(&["query", "queue"]).ok().warns("the memory 'infra' is not asked").warns("nowhere");
}

#[test]
fn what_is_set_for_one_call_is_about_this_repository() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    own.git(&["checkout", "--quiet", "-b", "work"]);
    own.write("wiki/work.md", "# Work on a queue\n\nA queue.\n");
    own.commit("work");
    let all = found(&own, &["queue", "--config", "trunk=work"]);
    assert!(
        all.contains(&"wiki/work.md".to_owned())
            && all.contains(&"infra:wiki/runbooks/broker.md".to_owned()),
        "{all:?}"
    );
    let by_variable = own
        .prode_in(&[("PRODE_TRUNK", "work".to_owned())], &["query", "queue", "--json"], b"")
        .ok();
    assert_eq!(places(&by_variable.json(), "hits"), all);
}

#[test]
fn bare_repositories_clones_and_linked_work_trees_are_memories() {
    let (own, other) = (billing(), infra());
    let wanted = "infra:wiki/runbooks/broker.md".to_owned();
    let bare = other.clone_to(&["--bare"]);
    let linked = other.linked(&["--detach"]);
    let shallow = other.clone_to(&["--depth", "1"]);
    for repo in [&bare, &linked, &shallow] {
        name(&own, &[("infra", repo)]);
        assert!(found(&own, &["broker refuses"]).contains(&wanted), "{}", repo.path().display());
        own.prode(&["show", "infra:wiki/runbooks/broker.md#confirm", "--format", "md"])
            .ok()
            .says("no space");
    }
    // A bare repository that is asked, beside one with files.
    let asked = own.clone_to(&["--bare"]);
    name(&asked, &[("infra", &other)]);
    assert!(found(&asked, &["broker refuses"]).contains(&wanted));
}
