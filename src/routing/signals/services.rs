//! Which words after "service" are a system's name.

use super::word::Word;

/// `service payments-api`, but not `service level-based`.
pub(super) fn is_named(word: &Word<'_>) -> bool {
    let tail = word.value().rsplit('-').next().unwrap_or_default();
    let mut after = word.after().chars();
    let goes_on =
        matches!(after.next(), Some('/' | '.')) && after.next().is_some_and(char::is_alphanumeric);
    !goes_on && !ADJECTIVE_TAILS.contains(&tail)
}

/// Last parts that make words with a hyphen an adjective.
const ADJECTIVE_TAILS: &[&str] = &[
    "aware", "based", "bound", "driven", "down", "end", "facing", "first", "free", "hosted",
    "level", "like", "oriented", "out", "party", "path", "ready", "related", "running", "side",
    "specific", "time", "to", "up", "wide",
];
