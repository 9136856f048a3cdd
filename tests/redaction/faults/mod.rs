//! Faults, injected at every door that redaction guards: nothing is written,
//! nothing comes out, and the exit code says that a person has to look.
//!
//! `cargo test --test main redaction::faults -- --nocapture` prints the table.
//! A panic in a rule is injected where one can be: beside the engine and
//! beside `ops::redact`, in unit tests. The program has no way to make one.

mod door;
mod hooks;
mod inputs;
mod policies;
mod reading;

use door::{Door, Seen};

use crate::support::TestRepo;

/// One fault at one door.
struct Fault {
    /// What is wrong.
    what: &'static str,
    /// Makes it so in a repository with a page, `wiki/q.md`, and a learning.
    inject: fn(&TestRepo),
    /// Where it is met.
    door: Door,
    /// The exit code that is right.
    code: i32,
    /// What the person is told.
    told: &'static str,
}

/// Faults that leave the decision to a person.
const LEAST: usize = 40;

#[test]
fn every_fault_lets_nothing_through() {
    let rows: Vec<&Fault> =
        [inputs::ROWS, policies::ROWS, hooks::ROWS, reading::ROWS].into_iter().flatten().collect();
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let halves = rows.chunks(rows.len().div_ceil(2)).map(|half| {
            scope.spawn(move || half.iter().map(|fault| fault.meet()).collect::<Vec<_>>())
        });
        let halves: Vec<_> = halves.collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    for (fault, seen) in rows.iter().zip(&seen) {
        eprintln!("{:3}  {:28} {}", seen.code, fault.door.name(), fault.what);
    }
    let wrong: Vec<String> =
        rows.iter().zip(&seen).filter_map(|(fault, it)| fault.judge(it)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let waiting = rows.iter().filter(|fault| fault.code == 4).count();
    eprintln!(
        "{waiting} faults end with 4, {} with what the spec says of them",
        rows.len() - waiting
    );
    assert!(waiting >= LEAST);
}

impl Fault {
    fn meet(&self) -> Seen {
        let repo = super::allow::repo();
        let learning = door::learning(&repo);
        (self.inject)(&repo);
        let before = repo.snapshot();
        let mut seen = self.door.run(&repo, &learning);
        let after = repo.snapshot();
        let names = after.keys().chain(before.keys());
        let changed = names.filter(|name| before.get(*name) != after.get(*name));
        seen.written = changed.map(|path| path.display().to_string()).collect();
        seen
    }

    /// What is wrong with what was seen.
    fn judge(&self, seen: &Seen) -> Option<String> {
        let is_right = seen.code == self.code
            && seen.written.is_empty()
            && seen.out.is_empty()
            && seen.told.contains(self.told)
            && !seen.told.contains(&super::allow::secret()[..6]);
        (!is_right).then(|| format!("{} at {}: {seen:?}", self.what, self.door.name()))
    }
}
