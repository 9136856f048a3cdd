//! Words of names, looked up instead of searched for.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::finder::Finder;
use super::{SECRET_WORDS, VENDORS};

/// Of every secret's word its place in the table and its kind.
static WORDS: LazyLock<HashMap<&str, (usize, &'static str)>> = LazyLock::new(|| {
    let mut words = HashMap::with_capacity(SECRET_WORDS.len());
    for (place, (word, kind)) in SECRET_WORDS.iter().enumerate() {
        words.entry(*word).or_insert((place, *kind));
    }
    words
});

/// What such words end in: most others end in something else.
static ENDS: LazyLock<HashSet<&[u8]>> =
    LazyLock::new(|| SECRET_WORDS.iter().map(|it| last_three(it.0)).collect());

/// The last three bytes; two where these are letters that end a word alone.
fn last_three(word: &str) -> &[u8] {
    let length = if word.ends_with("pw") { 2 } else { 3 };
    &word.as_bytes()[word.len().saturating_sub(length)..]
}

/// What placeholders call the value of a name that ends in such a word.
pub(in super::super) fn secret_kind(word: &str) -> Option<&'static str> {
    WORDS.get(word).map(|it| it.1)
}

/// The same for a word that ends in one that is long enough to end no other:
/// `oktatoken`. Of several the first in the table counts.
pub(in super::super) fn secret_ending(word: &str) -> Option<&'static str> {
    if !ENDS.contains(last_three(word)) {
        return None;
    }
    let is_telling = |end: &&str| end.len() >= 5 || matches!(*end, "pwd" | "pw");
    let ends = word.char_indices().map(|(at, _)| &word[at..]).filter(is_telling);
    ends.filter_map(|end| WORDS.get(end)).min_by_key(|it| it.0).map(|it| it.1)
}

/// True for a word that holds the name of a vendor.
pub(in super::super) fn names_vendor(word: &str) -> bool {
    static NAMES: LazyLock<Finder> =
        LazyLock::new(|| Finder::new(VENDORS.iter().map(|it| (*it).to_owned())));
    let mut is_one = false;
    NAMES.each(word.as_bytes(), |_, _| is_one = true);
    is_one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_whole_and_by_their_ends() {
        assert_eq!(secret_kind("password"), Some("PASSWORD"));
        assert_eq!(secret_kind("oktatoken"), None);
        assert_eq!(secret_ending("oktatoken"), Some("TOKEN"));
        assert_eq!(secret_ending("mypwd"), Some("PASSWORD"));
        assert_eq!(secret_ending("compass"), None);
        assert!(names_vendor("mygithubname") && !names_vendor("gitter2".split_at(3).0));
    }
}
