//! Words without which a form of copied data is not there: a text that holds
//! none of a form's words is not looked through for it. They are found
//! together with the keywords, so that asking costs nothing.

/// Every cue, as it is written; its place is its bit.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "\"Statement\"", "IpPermissions", "\"Effect\"", "\"roleDefinition", "\"bindings\"", "\"notActions\"", "\"dataActions\"", "\"securityRules\"", "AddressPrefix\"", "\"verbs\"", "\"members\"", "\"dst\"", "rivileges", "SourceCidrIp",
    "ocals", "OCALS", "ocal variables", "OCAL VARIABLES", "heap dump", "HEAP DUMP", "______", "args: (", "args=(", "args: [", "args=[", "params=[", "params: [", "params=(", "params: (", "frame", "nstance variables", "hosen variables", "  = ",
    "parameters=[", "parameters=(", "parameters: [", "parameters: (", "binds", "\nE  ", "\n>  ", "Traceback",
    "VALUES", "values", "stdin;", "STDIN;", "arameters:", "arameter [", "UPDATE ", "update ", "WHERE ", "where ", "ow contains (",
    "</", "=\"", "form-data; name=", "] => ", "\"]=>", ") \"", "||", "{|", "<td", "<TD",
    "MSH|", "PID|", "8=FIX", "BEGIN:V", "\"SET", "\"HSET", "\"LPUSH", "\"PUBLISH", "sms", "SMS", ":20:", ":32A:", ":86:", "UNB+", "UNH+", "NAD+", "ISA*", "NM1*", "ST*",
    "cod", "Cod", "kod", "Kod", "kood", "Kood", "ód", "код", "Код",
    "resourceType:", "(String)", "|===", "{tabular", "{longtable", "PARAMS: (", "EXEC ", "exec ", "\\x0", "\\u000", "\\00",
    " one is ", " one's ", " one: ", " one was ", "secrets.",
    "-----BEGIN ", "=3D", "=20", "=C3=", "=E2=80",
];

/// Places above are those of rows.
const _: () = assert!(WORDS.len() <= 128);

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

/// The cues that a text holds, and where they stand.
#[derive(Debug, Default)]
pub(in super::super) struct Cues {
    held: [u64; 4],
    places: Vec<(Cue, usize)>,
}

impl Cues {
    pub(super) fn add(&mut self, cue: Cue, place: usize) {
        self.held[usize::from(cue.0 / 64)] |= 1 << (cue.0 % 64);
        self.places.push((cue, place));
    }

    pub(super) fn sort(&mut self) {
        self.places.sort_unstable();
    }

    pub(in super::super) fn hold(&self, cue: Cue) -> bool {
        self.held[usize::from(cue.0 / 64)] & 1 << (cue.0 % 64) != 0
    }

    /// Where any of some cues begins, in order.
    pub(in super::super) fn places(&self, cues: &[Cue]) -> Vec<usize> {
        if !cues.iter().any(|it| self.hold(*it)) {
            return Vec::new();
        }
        let held = cues.iter().filter(|it| self.hold(**it));
        let mut all: Vec<usize> = held.flat_map(|it| self.places_of(*it)).map(|it| it.1).collect();
        if cues.len() > 1 {
            all.sort_unstable();
        }
        all
    }

    fn places_of(&self, cue: Cue) -> &[(Cue, usize)] {
        let first = self.places.partition_point(|it| it.0 < cue);
        let rest = &self.places[first..];
        &rest[..rest.partition_point(|it| it.0 == cue)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::text::Text;
    use super::*;
    use crate::redaction::layers::keywords;

    #[test]
    fn a_text_tells_which_cues_it_holds_as_they_are_written() {
        let all = keywords();
        for (cue, word) in Cue::all() {
            assert!(Text::new(&format!("x{word}x"), &all).holds(cue), "{word}");
        }
        let text = Text::new("insert VALUES, Sms", &all);
        assert!(text.holds(cue("VALUES")));
        assert!(!text.holds(cue("values")) && !text.holds(cue("sms")) && !text.holds(cue("SMS")));
    }

    #[test]
    fn places_of_several_cues_are_in_order() {
        let mut cues = Cues::default();
        for (word, place) in [("values", 9), ("VALUES", 4), ("sms", 1), ("values", 2)] {
            cues.add(
                match word {
                    "values" => cue("values"),
                    "sms" => cue("sms"),
                    _ => cue("VALUES"),
                },
                place,
            );
        }
        cues.sort();
        assert_eq!(cues.places(&[cue("values"), cue("VALUES"), cue("SMS")]), [2, 4, 9]);
    }
}
