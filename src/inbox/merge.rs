//! Two machines' branches become one tree.

use std::collections::{BTreeMap, BTreeSet};

use super::places::Place;
use crate::repo_path::RepoPath;

/// Files of the branch.
pub type Files = BTreeMap<RepoPath, Vec<u8>>;

/// All that either side has. Files are named after what they say, so that two
/// of one name are the same thing told twice: the smaller bytes are kept,
/// whoever merges. What one side purged is gone from both, tombstone apart.
pub fn union(one: &Files, other: &Files) -> Files {
    let mut all = one.clone();
    for (path, bytes) in other {
        let kept = all.entry(path.clone()).or_insert_with(|| bytes.clone());
        if bytes < kept {
            kept.clone_from(bytes);
        }
    }
    let purged = purged(&all);
    all.retain(|path, _| match Place::of(path) {
        Some((id, place)) => place == Place::Tombstone || !purged.contains(id),
        None => true,
    });
    all
}

/// Names of what was purged.
pub fn purged(files: &Files) -> BTreeSet<String> {
    let tombs = files.keys().filter_map(Place::of).filter(|(_, it)| *it == Place::Tombstone);
    tombs.map(|(id, _)| id.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn files(names: &[(&str, &str)]) -> Files {
        let file =
            |(path, text): &(&str, &str)| (RepoPath::new(path).unwrap(), text.as_bytes().to_vec());
        names.iter().map(file).collect()
    }

    #[test]
    fn what_was_purged_does_not_come_back() {
        let one = files(&[("inbox/L-1/purged", "why"), ("inbox/L-2/learning.md", "b")]);
        let other = files(&[("inbox/L-1/learning.md", "secret"), ("inbox/L-1/seen/R-1", "x")]);
        let all = union(&one, &other);
        assert_eq!(
            all.keys().map(|it| it.text().into_owned()).collect::<Vec<_>>(),
            ["inbox/L-1/purged", "inbox/L-2/learning.md"]
        );
    }

    fn tree() -> impl Strategy<Value = Files> {
        let path = prop_oneof![
            "inbox/L-[ab]/(learning.md|purged)",
            "inbox/L-[ab]/(seen|state)/[xy]",
            "findings/F-[ab]/(finding.md|purged|events/[xy])",
            "[a-c]",
        ];
        let file = path.prop_map(|it| RepoPath::new(it).unwrap());
        prop::collection::btree_map(file, prop::collection::vec(0u8..3, 0..2), 0..8)
    }

    proptest! {
        #[test]
        fn whoever_merges_gets_the_same(a in tree(), b in tree(), c in tree()) {
            prop_assert_eq!(union(&a, &b), union(&b, &a));
            prop_assert_eq!(union(&union(&a, &b), &c), union(&a, &union(&b, &c)));
            let all = union(&a, &b);
            prop_assert_eq!(union(&all, &b), all);
        }
    }
}
