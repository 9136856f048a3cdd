//! `prode index`

use crate::support::TestRepo;

fn two_pages() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# Alpha\n").write("wiki/b.md", "# Beta\n").commit("two");
    repo
}

#[test]
fn the_first_time_indexes_and_the_second_finds_nothing_new() {
    let repo = two_pages();
    let first = repo.prode(&["index", "--json"]).ok().json();
    assert_eq!((&first["pages"], &first["indexed"]), (&2.into(), &2.into()));
    let second = repo.prode(&["index", "--stats", "--json"]).ok().json();
    assert_eq!((&second["pages"], &second["indexed"]), (&2.into(), &0.into()));
    assert_eq!(second["stats"]["shards"], 1);
    assert!(second["folder"].as_str().unwrap().contains(".git/prode"));
}

#[test]
fn a_rebuild_reads_everything_again_and_an_older_revision_its_own() {
    let repo = two_pages();
    let old = repo.git(&["rev-parse", "HEAD"]);
    repo.write("wiki/c.md", "# Gamma\n").commit("three");
    repo.prode(&["index"]).ok().says("3 pages now");
    let again = repo.prode(&["index", "--rebuild", "--json"]).ok().json();
    assert_eq!((&again["rebuilt"], &again["indexed"]), (&true.into(), &3.into()));
    let older = repo.prode(&["index", "--rev", &old, "--json"]).ok().json();
    assert_eq!((&older["pages"], &older["indexed"]), (&2.into(), &0.into()));
}
