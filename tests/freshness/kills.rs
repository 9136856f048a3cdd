//! The indexing program dies at any moment; the next one is right.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::door::Door;
use super::random::Random;
use super::wiki::{EVERYWHERE, Wiki};
use super::{check, rounds};
use crate::support::TestRepo;

#[test]
fn the_next_question_after_a_kill_is_answered_right() {
    let kills = rounds("FRESHNESS_KILLS", 10);
    let repo = TestRepo::new();
    let (mut wiki, mut random) = (Wiki::new(9), Random::new(9));
    wiki.grow(&repo, 300);
    repo.commit("begin");
    let door = Door::of(&repo);
    let (mut cut, mut longest) = (0, Duration::ZERO);
    for number in 0..kills {
        if random.once_in(5) {
            fs::remove_dir_all(repo.path().join(".git/prode")).ok();
        }
        wiki.edit(&repo, 150);
        wiki.grow(&repo, 2);
        repo.commit(&format!("move {number}"));
        // Two spare runs on other commits say how long the work takes now.
        longest = longest.max(time(&door, number));
        wiki.edit(&repo, 150);
        repo.commit(&format!("again {number}"));
        let mut child = door.begin(&["query", EVERYWHERE]);
        let share = u32::try_from(random.below(1000)).unwrap();
        thread::sleep(longest * share / 1000);
        child.kill().ok();
        cut += usize::from(child.wait().unwrap().code().is_none());
        check(&repo, &format!("kill {number} at {share}/1000 of {longest:?}"));
    }
    assert!(cut * 3 > kills, "only {cut} of {kills} were killed in time to prove anything");
    eprintln!("{kills} kills, {cut} of them before the end: every next answer exact");
}

fn time(door: &Door, number: usize) -> Duration {
    let begun = Instant::now();
    let status = door.begin(&["query", EVERYWHERE]).wait().unwrap();
    assert!(status.success(), "before kill {number}");
    begun.elapsed()
}
