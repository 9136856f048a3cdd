//! Words without which a form of copied data is not there: a text that holds
//! none of a form's words is not looked through for it. They are found
//! together with the keywords, so that asking costs nothing.

use std::ops::Range;

/// Every cue, as it is written; its place is its bit.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "\"Statement\"", "IpPermissions", "\"Effect\"", "\"roleDefinition", "\"bindings\"", "\"notActions\"", "\"dataActions\"", "\"securityRules\"", "AddressPrefix\"", "\"verbs\"", "\"members\"", "\"dst\"", "rivileges", "SourceCidrIp",
    "ocals", "ocal variables", "heap dump", "______", "args: (", "args=(", "params=[", "params: [", "frame", "Instance variables", "Chosen variables", "  = ", "\nE  ", "\n>  ", "Traceback",
    "VALUES", "values", "stdin;", "STDIN;", "arameters:", "arameter [", "UPDATE ", "update ", "WHERE ", "where ", "ow contains (",
    "</", "=\"", "form-data; name=", "] => ", "\"]=>", ") \"", "||", "{|", "<td", "<TD",
    "MSH|", "PID|", "8=FIX", "BEGIN:V", "\"SET", "\"HSET", "\"LPUSH", "\"PUBLISH", "sms", "SMS", ":20:", ":32A:", ":86:", "UNB+", "UNH+", "NAD+", "ISA*", "NM1*", "ST*",
    "resourceType:", "(String)", "|===", "{tabular", "PARAMS: (", "EXEC ", "exec ", "\\x0", "\\u000", "\\00",
    " one is ", " one's ", " one: ", " one was ", "secrets.",
    "-----BEGIN ", "=3D", "=20", "=C3=", "=E2=80",
];

/// A word, or one of the words of a row of a table, that is looked for in
/// every text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Cue(u8);

impl Cue {
    /// Every cue of a word of its own, and the word.
    pub(super) fn all() -> impl Iterator<Item = (Self, &'static str)> {
        (0..).map(Self).zip(WORDS.iter().copied())
    }

    /// The cue of a row of the rules of policies of a line each.
    pub(in super::super) fn of_rule(row: usize) -> Self {
        Self(128 + u8::try_from(row % 64).unwrap_or(0))
    }

    /// The cue of a row of the languages of policies.
    pub(in super::super) fn of_language(row: usize) -> Self {
        Self(192 + u8::try_from(row % 64).unwrap_or(0))
    }
}

/// The cue of a word; does not compile for one that no text is asked for.
pub(in super::super) const fn cue(word: &str) -> Cue {
    let mut at = 0;
    while !is_same(WORDS[at as usize], word) {
        at += 1;
    }
    Cue(at)
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The cues that a text holds, and where those of rows stand.
#[derive(Debug, Default)]
pub(in super::super) struct Cues {
    held: [u64; 4],
    rows: Vec<(Cue, usize)>,
}

impl Cues {
    pub(super) fn add(&mut self, cue: Cue, place: usize) {
        self.held[usize::from(cue.0 / 64)] |= 1 << (cue.0 % 64);
        if cue.0 >= 128 {
            self.rows.push((cue, place));
        }
    }

    pub(super) fn sort(&mut self) {
        self.rows.sort_unstable();
    }

    pub(in super::super) fn hold(&self, cue: Cue) -> bool {
        self.held[usize::from(cue.0 / 64)] & 1 << (cue.0 % 64) != 0
    }

    /// True if a word of a row begins within a part of the text.
    pub(in super::super) fn hold_within(&self, cue: Cue, part: &Range<usize>) -> bool {
        let first = self.rows.partition_point(|it| *it < (cue, part.start));
        self.rows.get(first).is_some_and(|it| it.0 == cue && it.1 < part.end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::text::Text;
    use super::super::Keywords;
    use super::*;

    #[test]
    fn a_text_tells_which_cues_it_holds_as_they_are_written() {
        let keywords = Keywords::new();
        for (cue, word) in Cue::all() {
            assert!(Text::new(&format!("x{word}x"), &keywords).holds(cue), "{word}");
        }
        let text = Text::new("insert VALUES, Sms", &keywords);
        assert!(text.holds(cue("VALUES")));
        assert!(!text.holds(cue("values")) && !text.holds(cue("sms")) && !text.holds(cue("SMS")));
    }
}
