//! What says nearly the same: words in a row that two texts share.

use std::collections::BTreeSet;

/// Words in a row that are compared.
const WORDS: usize = 3;

/// Texts that share so much of themselves, in per cent, are near-duplicates.
pub const NEAR: usize = 60;

/// The rows of words in a text, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(BTreeSet<Vec<String>>);

impl Words {
    /// Of a text; marks and line ends do not count.
    pub fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        let rows = words.windows(WORDS.min(words.len().max(1)));
        Self(rows.map(<[String]>::to_vec).collect())
    }

    /// How much of both the two share, in per cent (Jaccard's index).
    pub fn resemblance(&self, other: &Self) -> usize {
        let shared = self.0.intersection(&other.0).count();
        100 * shared / (self.0.len() + other.0.len() - shared).max(1)
    }

    /// How much of this one the other says too, in per cent.
    pub fn contained_in(&self, other: &Self) -> usize {
        100 * self.0.intersection(&other.0).count() / self.0.len().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_tell_texts_apart() {
        let one = Words::of("The visibility timeout was too short for the batch.");
        let other = Words::of("the VISIBILITY timeout: was too short\nfor the *batch*");
        assert_eq!((one.resemblance(&other), one.contained_in(&other)), (100, 100));
    }

    #[test]
    fn a_page_may_say_more_than_a_learning() {
        let learning = Words::of("raise the visibility timeout to six minutes");
        let page = Words::of(
            "When it is late, raise the visibility timeout to six minutes. Then wait for the queue to drain and close the alarm.",
        );
        assert!(learning.contained_in(&page) == 100 && learning.resemblance(&page) < NEAR);
        assert_eq!(learning.contained_in(&Words::of("")), 0);
        assert_eq!(Words::of("").resemblance(&Words::of("")), 0);
        assert_eq!(Words::of("short").contained_in(&Words::of("short")), 100);
    }
}
