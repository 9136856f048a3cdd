//! `page-near-duplicate`

use std::collections::{BTreeSet, HashMap};

use super::prelude::*;

pub(in crate::lint) const ID: &str = "page-near-duplicate";

pub(super) static RULE: Rule = Rule {
    id: ID,
    family: Family::Document,
    level: Severity::Info,
    summary: "two pages of a wiki say nearly the same",
    why: "One of them will be kept up and the other will mislead. Pages are compared by the shingles of four words \
        that both have; from 85 % on the pair is told. Short pages are left alone.",
    repair: "merge them, or link from one to the other and keep only what differs",
    fixes: false,
    check: Check::Memory(check),
};

/// Shared shingles in per cent from which a pair is told.
const NEAR: usize = 85;
/// A pair that is this near shares at least this many of the smallest hashes.
const SHARED: usize = 40;
/// Hashes that more pages have are boilerplate.
const COMMON: usize = 50;

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut holders: Vec<(u64, usize)> = Vec::new();
    for (at, (_, sketch)) in context.sketches.iter().enumerate() {
        holders.extend(sketch.hashes().iter().map(|hash| (*hash, at)));
    }
    holders.sort_unstable();
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    let of_one_hash = holders.chunk_by(|a, b| a.0 == b.0);
    for pages in of_one_hash.filter(|pages| (2..=COMMON).contains(&pages.len())) {
        for (nth, (_, later)) in pages.iter().enumerate() {
            for (_, earlier) in &pages[..nth] {
                *shared.entry((*later, *earlier)).or_default() += 1;
            }
        }
    }
    let near = shared.into_iter().filter(|(_, count)| *count >= SHARED);
    let mut near: Vec<(usize, usize)> = near.map(|(pair, _)| pair).collect();
    near.sort_unstable();
    let mut told = BTreeSet::new();
    for (later, earlier) in near {
        let ((path, a), (other, b)) = (&context.sketches[later], &context.sketches[earlier]);
        let near = a.resemblance(b);
        if near >= NEAR && told.insert(later) {
            let message = format!("about {near} % of it stands in {other} too");
            found.push(Found::in_file(path, message).known_by(other.text()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("word{n} ")).collect::<Vec<_>>().concat()
    }

    #[test]
    fn the_later_of_a_pair_is_found() {
        let (all, most, other) = (words(0, 300), words(5, 300), words(1_000, 1_300));
        let text = format!(
            "== wiki/a.md\n# A\n\n{all}\n== wiki/b.md\n\u{ab}\u{bb}# B\n\n{most}\n== wiki/c.md\n# C\n\n{other}\n"
        );
        assert!(marked(&RULE, &text)[0].ends_with("% of it stands in wiki/a.md too"));
    }

    #[test]
    fn pages_that_share_half_are_left_alone() {
        let text = format!(
            "== wiki/a.md\n# A\n\n{}\n== wiki/b.md\n# B\n\n{}\n",
            words(0, 300),
            words(150, 450)
        );
        marked(&RULE, &text);
    }
}
