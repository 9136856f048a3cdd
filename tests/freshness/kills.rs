//! The indexing program dies at any moment; the next one is right.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::check;
use super::door::Door;
use super::wiki::{EVERYWHERE, Wiki};
use crate::support::{Random, TestRepo, rounds};

#[test]
fn the_next_question_after_a_kill_is_answered_right() {
    let kills = rounds("FRESHNESS_KILLS", 10);
    let repo = TestRepo::new();
    let (mut wiki, mut random) = (Wiki::new(9), Random::new(9));
    wiki.grow(&repo, 300);
    repo.commit("begin");
    let door = Door::of(&repo);
    let (mut cut, mut number) = (0, 0);
    // A moment after the end proves nothing, and does not count.
    while cut < kills {
        number += 1;
        assert!(number < 6 * kills, "only {cut} of {number} were killed before the end");
        if random.once_in(5) {
            fs::remove_dir_all(repo.path().join(".git/prode")).ok();
        }
        wiki.edit(&repo, 150);
        repo.commit(&format!("move {number}"));
        // How long such work takes just now, on this machine.
        let whole = time(&door, number);
        wiki.edit(&repo, 150);
        repo.commit(&format!("again {number}"));
        let mut child = door.begin(&["query", EVERYWHERE]);
        let share = u32::try_from(random.below(1000)).unwrap();
        thread::sleep(whole * share / 1000);
        child.kill().ok();
        cut += usize::from(child.wait().unwrap().code().is_none());
        check(&repo, &format!("kill {number} at {share}/1000 of {whole:?}"));
    }
    eprintln!("{cut} kills before the end, of {number}: every next answer exact");
}

fn time(door: &Door, number: usize) -> Duration {
    let begun = Instant::now();
    let status = door.begin(&["query", EVERYWHERE]).wait().unwrap();
    assert!(status.success(), "before kill {number}");
    begun.elapsed()
}
