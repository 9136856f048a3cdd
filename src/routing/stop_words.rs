//! Words that tell nothing about what a page is on.
//!
//! They are indexed, so that phrases keep their order, and left out of a
//! question unless it holds nothing else.

/// English function words, sorted. Negations and quantities that tell alerts
/// apart (`not`, `no`, `all`, `any`, `some`, `down`, `over`, `below`, `above`) are
/// left out on purpose.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "also", "am", "an", "and", "are", "as", "at", "be", "because", "been",
    "being", "but", "by", "can", "could", "did", "do", "does", "doing", "for", "from", "had",
    "has", "have", "having", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into",
    "is", "it", "its", "itself", "just", "me", "my", "of", "on", "or", "our", "please", "she",
    "should", "so", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "us", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "why", "will", "with", "would", "you", "your",
];

/// True for a lower-case word that tells nothing.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn negation_tells() {
        assert!(is_stop_word("the"));
        assert!(!is_stop_word("not"));
    }
}
