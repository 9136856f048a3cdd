//! Finding what one commit changed among many files: prode's comparison alone.
//!
//! Arguments: a repository and two commits. Prints, a line each, the median and
//! the fastest microseconds of a comparison whose objects are in memory's cache
//! but not yet in this process's (each round opens the repository again), and
//! the number of changes.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand"
)]

use std::path::Path;
use std::time::Instant;

use prode::git::Repository;

const ROUNDS: usize = 201;

fn main() {
    let args: Vec<String> = std::env::args().filter(|it| it != "--bench").collect();
    let [_, path, old, new] = &args[..] else {
        println!("nothing to compare; see benches/run delta");
        return;
    };
    let mut times: Vec<u128> = (0..ROUNDS).map(|_| compare(Path::new(path), old, new).0).collect();
    times.sort_unstable();
    println!("median_us {}", times[ROUNDS / 2]);
    println!("fastest_us {}", times[0]);
    println!("changes {}", compare(Path::new(path), old, new).1);
}

/// Microseconds and changes of one comparison.
fn compare(path: &Path, old: &str, new: &str) -> (u128, usize) {
    let begun = Instant::now();
    let repository = Repository::open(path).unwrap();
    let tree = |rev: &str| repository.commit(repository.resolve(rev).unwrap()).unwrap().tree;
    let changes = repository.changes(tree(old), tree(new), &mut |_, _| true).unwrap();
    (begun.elapsed().as_micros(), changes.len())
}
