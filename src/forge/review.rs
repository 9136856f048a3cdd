//! What accounts said last of a pull request.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::approval::Review;

/// One verdict of one account; a mere remark is none.
pub(super) struct Verdict {
    pub(super) account: String,
    pub(super) approves: bool,
    /// The commit that it is about.
    pub(super) head: String,
    pub(super) at: Timestamp,
}

/// The approvals that stand: of each account the last verdict counts.
/// `names_head`: the forge itself says which commit a verdict is about.
pub(super) fn standing(pull: &str, names_head: bool, verdicts: Vec<Verdict>) -> Vec<Review> {
    let mut last: BTreeMap<String, Verdict> = BTreeMap::new();
    for verdict in verdicts {
        let before = last.get(&verdict.account);
        if before.is_none_or(|it| it.at <= verdict.at) {
            last.insert(verdict.account.clone(), verdict);
        }
    }
    let approving = last.into_values().filter(|it| it.approves);
    approving
        .map(|it| Review {
            pull: pull.to_owned(),
            account: it.account,
            head: it.head,
            names_head,
            at: it.at,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_verdict_of_an_account_counts() {
        let said = |account: &str, approves, head: &str, second| Verdict {
            account: account.into(),
            approves,
            head: head.into(),
            at: Timestamp::from_second(second).unwrap(),
        };
        let reviews = standing(
            "github:a/b#1",
            true,
            vec![
                said("ada", true, "1", 1),
                said("ada", true, "2", 2),
                said("bob", true, "2", 3),
                said("bob", false, "2", 4),
                said("eve", true, "2", 6),
                said("eve", false, "2", 5),
            ],
        );
        let told: Vec<(&str, &str)> =
            reviews.iter().map(|it| (it.account.as_str(), it.head.as_str())).collect();
        assert_eq!(told, [("ada", "2"), ("eve", "2")]);
    }
}
