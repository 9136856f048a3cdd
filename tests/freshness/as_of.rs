//! Asking as of a time equals asking a checkout of that time.

use std::fs;

use jiff::{SignedDuration, Timestamp};

use super::wiki::{EVERYWHERE, Wiki};
use super::{answered, held};
use crate::support::{Random, TestRepo, rounds};

#[test]
fn as_of_equals_a_checkout_of_that_commit() {
    let pairs = rounds("FRESHNESS_AS_OF", 8);
    let repo = TestRepo::new();
    let mut random = Random::new(31);
    let times = history(&repo, &mut random, 10 + pairs * 6);
    let trunk = repo.git(&["log", "--first-parent", "--format=%H %ct", "main"]);
    let trunk: Vec<(&str, i64)> = trunk
        .lines()
        .map(|line| {
            line.split_once(' ').map(|(commit, time)| (commit, time.parse().unwrap())).unwrap()
        })
        .collect();
    for number in 0..pairs {
        let time = *random.pick(&times) + SignedDuration::from_secs(i64::from(!random.once_in(3)));
        let (asked, end) = moment(time, random.once_in(3));
        let (commit, _) = trunk.iter().find(|(_, at)| *at <= end).expect("some commit is as old");
        compare(&repo, &asked, commit, number);
    }
    eprintln!("{pairs} times on a trunk of {} commits: each as its checkout", trunk.len());
}

/// What is typed for a time, and the last second that counts.
fn moment(time: Timestamp, whole_day: bool) -> (String, i64) {
    if whole_day {
        let day = time.to_zoned(jiff::tz::TimeZone::UTC).date();
        let next = day.tomorrow().unwrap().to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        return (day.to_string(), next.timestamp().as_second() - 1);
    }
    (time.to_string(), time.as_second())
}

/// Commits and merges hours apart; the times of the trunk's own.
fn history(repo: &TestRepo, random: &mut Random, commits: usize) -> Vec<Timestamp> {
    let mut wiki = Wiki::new(32);
    let mut time: Timestamp = "2025-03-01T10:00:00Z".parse().unwrap();
    let mut times = Vec::new();
    wiki.grow(repo, 40);
    for number in 0..commits {
        time += SignedDuration::from_mins(i64::try_from(random.below(1_500)).unwrap());
        repo.commit_at(&format!("step {number}"), &time.to_string());
        times.push(time);
        if number % 9 == 8 {
            merge(repo, number, time);
        }
        wiki.step(repo);
    }
    times
}

/// A side branch whose commit is older than its merge, and no trunk commit.
fn merge(repo: &TestRepo, number: usize, time: Timestamp) {
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    repo.write(format!("side/{number}.md"), format!("# Side {number}\n\n{EVERYWHERE}\n"));
    repo.commit_at("side", &(time + SignedDuration::from_secs(1)).to_string());
    repo.git(&["checkout", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", "--no-ff", "--message", "merge", "side"]);
    repo.git(&["branch", "--quiet", "-D", "side"]);
}

fn compare(repo: &TestRepo, asked: &str, commit: &str, number: usize) {
    let args = ["query", EVERYWHERE, "-n", "100000", "--json"];
    let then = repo.prode(&[&args[..], &["--as-of", asked]].concat()).ok().json();
    assert_eq!(then["commit"], commit, "pair {number}: as of {asked}");
    let checkout = repo.clone_to(&[]);
    checkout.git(&["reset", "--quiet", "--hard", commit]);
    let now = checkout.prode(&args).ok().json();
    assert_eq!(now["commit"], commit, "pair {number}");
    assert_eq!(then["hits"], now["hits"], "pair {number}: as of {asked}");
    assert_eq!(answered(&then), held(repo, commit), "pair {number}");
    fs::remove_dir_all(checkout.path()).unwrap();
}
