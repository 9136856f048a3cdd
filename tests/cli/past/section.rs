//! `prode log` of sections: the commits that changed their own lines.

use super::{PAGE, array, log, repo, subjects};
use crate::support::TestRepo;

#[test]
fn only_what_changed_the_section_is_told() {
    let (repo, _) = repo();
    let causes = log(&repo, &["wiki/queue.md#causes"]);
    assert_eq!(causes["anchor"], "causes");
    assert_eq!(subjects(&causes), ["wiki: disks fill", "wiki: a page"]);
    assert_eq!(causes["entries"][0]["path"], "wiki/old.md");
    let repair = log(&repo, &["wiki/queue.md#repair"]);
    assert_eq!(subjects(&repair), ["wiki: do not restart", "wiki: a page"]);
    let first = &repair["entries"][0];
    assert_eq!((&first["added"], &first["removed"]), (&1.into(), &1.into()));
}

/// One page, changed step by step; the last word of each step is its subject.
fn steps(texts: &[(&str, &str)]) -> TestRepo {
    let repo = TestRepo::new();
    for (subject, text) in texts {
        repo.write("wiki/a.md", text);
        repo.commit(subject);
    }
    repo
}

#[test]
fn a_section_is_followed_where_its_heading_is_reworded_and_where_it_moves() {
    let reworded = PAGE.replace("## Causes", "## Known causes");
    let (head, rest) = reworded.split_once("## Known").unwrap();
    let (body, end) = rest.split_once("## Repair").unwrap();
    let moved = format!("{head}## Repair{end}\n## Known{body}");
    let above = moved.replace("# Queue\n", "# Queue\n\nMore words above.\n");
    let repo =
        steps(&[("begun", PAGE), ("reworded", &reworded), ("moved", &moved), ("above", &above)]);
    let log = log(&repo, &["wiki/a.md#known-causes"]);
    assert_eq!(subjects(&log), ["reworded", "begun"]);
    assert_eq!(array(&log, "entries")[0]["previous_anchor"], "causes");
    repo.prode(&["log", "wiki/a.md#known-causes"]).ok().says("#causes -> #known-causes");
}

#[test]
fn a_second_section_of_the_same_name_has_its_own_past() {
    let two = format!("{PAGE}\n## Causes\n\nOf something else.\n");
    let changed = two.replace("something else", "something new");
    let repo = steps(&[("begun", PAGE), ("second", &two), ("changed", &changed)]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#causes"])), ["begun"]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#causes-1"])), ["changed", "second"]);
}

#[test]
fn line_ends_change_no_section() {
    let repo = steps(&[("begun", PAGE), ("windows", &PAGE.replace('\n', "\r\n"))]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#causes"])), ["begun"]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md"])), ["windows", "begun"]);
}

#[test]
fn a_section_that_a_merge_brought_belongs_to_who_wrote_it() {
    let repo = steps(&[("begun", PAGE)]);
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("wiki/a.md", PAGE.replace("A slow", "A very slow"));
    repo.commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("wiki/a.md", PAGE.replace("Restart", "Drain"));
    repo.commit("main");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#causes"])), ["side", "begun"]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#repair"])), ["main", "begun"]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md"])), ["merge", "main", "side", "begun"]);
}

#[test]
fn a_section_on_disk_is_told_where_it_is_another() {
    let repo = steps(&[("begun", PAGE)]);
    repo.write("wiki/a.md", PAGE.replace("A slow", "A very slow"));
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#causes", "--worktree"])), ["-", "begun"]);
    assert_eq!(subjects(&log(&repo, &["wiki/a.md#repair", "--worktree"])), ["begun"]);
}
