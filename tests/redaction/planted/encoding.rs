//! Encodings that know which letters carry the value, one in another.

use crate::support::Random;

/// Text whose letters say whether they belong to the value.
#[derive(Clone)]
pub(super) struct Marked(Vec<(char, bool)>);

impl Marked {
    /// `value` between what stands before and behind it.
    pub(super) fn new(before: &str, value: &str, behind: &str) -> Self {
        let part =
            |text: &str, own| text.chars().map(move |letter| (letter, own)).collect::<Vec<_>>();
        Self([part(before, false), part(value, true), part(behind, false)].concat())
    }

    pub(super) fn text(&self) -> String {
        self.0.iter().map(|(letter, _)| letter).collect()
    }

    pub(super) fn value(&self) -> String {
        self.0.iter().filter(|(_, own)| *own).map(|(letter, _)| letter).collect()
    }

    fn each(&self, encode: impl Fn(char) -> String) -> Self {
        let letters = self.0.iter().flat_map(|(letter, own)| {
            let encoded: Vec<_> = encode(*letter).chars().map(|letter| (letter, *own)).collect();
            encoded
        });
        Self(letters.collect())
    }

    fn bytes(&self) -> Vec<(u8, bool)> {
        let bytes = self.0.iter().flat_map(|(letter, own)| {
            let bytes = letter.to_string().into_bytes();
            bytes.into_iter().map(move |byte| (byte, *own))
        });
        bytes.collect()
    }
}

struct Encoding {
    name: &'static str,
    encode: fn(&Marked) -> Marked,
}

/// What may stand in one another.
const LAYERS: &[Encoding] = &[
    Encoding { name: "percent", encode: |text| text.each(percent) },
    Encoding {
        name: "percent of each letter",
        encode: |text| text.each(|c| of_bytes(c, |b| format!("%{b:02x}"))),
    },
    Encoding { name: "base64", encode: |text| base64(text, STANDARD, true) },
    Encoding { name: "base64 without padding", encode: |text| base64(text, STANDARD, false) },
    Encoding { name: "base64url", encode: |text| base64(text, URL, false) },
    Encoding { name: "hex", encode: |text| text.each(|c| of_bytes(c, |b| format!("{b:02x}"))) },
    Encoding {
        name: "hex escapes",
        encode: |text| text.each(|c| of_bytes(c, |b| format!("\\x{b:02x}"))),
    },
    Encoding {
        name: "unicode escapes",
        encode: |text| text.each(|c| format!("\\u{:04x}", u32::from(c))),
    },
    Encoding { name: "quoted-printable", encode: quoted_printable },
    Encoding { name: "entities", encode: |text| text.each(|c| format!("&#{};", u32::from(c))) },
    Encoding {
        name: "hex entities",
        encode: |text| text.each(|c| format!("&#x{:x};", u32::from(c))),
    },
];

/// What is done to a text as it is copied, and to nothing encoded.
const COPIES: &[Encoding] = &[
    Encoding { name: "zero-width letters", encode: zero_width },
    Encoding { name: "full-width letters", encode: |text| text.each(full_width) },
];

/// How deep encodings stand in one another.
const DEPTH: usize = 3;
/// A layer more would make a text that nobody pastes.
const LONGEST: usize = 4000;

/// The text in up to [`DEPTH`] encodings, and their names from within.
pub(super) fn any(planted: &Marked, random: &mut Random) -> (String, Marked) {
    let mut names = Vec::new();
    let mut text = planted.clone();
    if random.once_in(12) && is_one_line(planted) {
        let copy = random.pick(COPIES);
        return (copy.name.to_owned(), (copy.encode)(&text));
    }
    for _ in 0..random.below(DEPTH + 1) {
        let layer = random.pick(LAYERS);
        let encoded = (layer.encode)(&text);
        if encoded.0.len() > LONGEST || encoded.0 == text.0 {
            continue;
        }
        names.push(layer.name);
        text = encoded;
    }
    (if names.is_empty() { "plain".to_owned() } else { names.join(" in ") }, text)
}

fn is_one_line(text: &Marked) -> bool {
    !text.0.iter().any(|(letter, _)| *letter == '\n')
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// RFC 4648. A letter belongs to the value if one of its bits does.
fn base64(text: &Marked, alphabet: &[u8; 64], padded: bool) -> Marked {
    let mut letters = Vec::new();
    for group in text.bytes().chunks(3) {
        let byte = |at: usize| group.get(at).map_or(0, |(byte, _)| u32::from(*byte));
        let own = |at: usize| group.get(at).is_some_and(|(_, own)| *own);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let owned = [own(0), own(0) || own(1), own(1) || own(2), own(2)];
        for (at, own) in owned.into_iter().enumerate() {
            let letter = char::from(alphabet[(bits >> (18 - 6 * at) & 63) as usize]);
            if at <= group.len() {
                letters.push((letter, own));
            } else if padded {
                letters.push(('=', false));
            }
        }
    }
    Marked(letters)
}

fn percent(letter: char) -> String {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | '~' => letter.to_string(),
        _ => of_bytes(letter, |byte| format!("%{byte:02X}")),
    }
}

fn of_bytes(letter: char, encode: impl Fn(u8) -> String) -> String {
    letter.to_string().bytes().map(encode).collect()
}

/// RFC 2045, with soft line breaks.
fn quoted_printable(text: &Marked) -> Marked {
    let mut letters = Vec::new();
    let mut column = 0;
    for (byte, own) in text.bytes() {
        if byte == b'\n' {
            letters.push(('\n', own));
            column = 0;
            continue;
        }
        let plain = matches!(byte, b' '..=b'~') && byte != b'=';
        let encoded = if plain { char::from(byte).to_string() } else { format!("={byte:02X}") };
        if column + encoded.len() > 75 {
            letters.extend([('=', own), ('\n', own)]);
            column = 0;
        }
        column += encoded.len();
        letters.extend(encoded.chars().map(|letter| (letter, own)));
    }
    Marked(letters)
}

/// Every fourth letter is followed by something that is not seen.
fn zero_width(text: &Marked) -> Marked {
    const UNSEEN: [char; 4] = ['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}'];
    let mut letters = Vec::new();
    for (at, (letter, own)) in text.0.iter().enumerate() {
        letters.push((*letter, *own));
        if at % 4 == 2 {
            letters.push((UNSEEN[at / 4 % 4], *own));
        }
    }
    Marked(letters)
}

fn full_width(letter: char) -> String {
    let moved =
        matches!(letter, '!'..='~').then(|| char::from_u32(u32::from(letter) + 0xfee0)).flatten();
    moved.unwrap_or(letter).to_string()
}

#[cfg(test)]
mod tests {
    use super::{LAYERS, Marked, full_width, zero_width};

    fn encoded(name: &str, before: &str, value: &str, behind: &str) -> (String, String) {
        let layer = LAYERS.iter().find(|layer| layer.name == name).unwrap();
        let text = (layer.encode)(&Marked::new(before, value, behind));
        (text.text(), text.value())
    }

    fn both(text: &str, value: &str) -> (String, String) {
        (text.to_owned(), value.to_owned())
    }

    #[test]
    fn base64_knows_the_letters_of_a_value() {
        assert_eq!(encoded("base64", "fo", "ob", "ar"), both("Zm9vYmFy", "9vYm"));
        assert_eq!(encoded("base64", "", "foob", ""), both("Zm9vYg==", "Zm9vYg"));
        assert_eq!(encoded("base64 without padding", "", "foob", "a"), both("Zm9vYmE", "Zm9vYm"));
        assert_eq!(encoded("base64url", "", "~~>>??", ""), both("fn4-Pj8_", "fn4-Pj8_"));
    }

    #[test]
    fn escapes_know_the_letters_of_a_value() {
        assert_eq!(encoded("percent", "a=", "b&ü", ""), both("a%3Db%26%C3%BC", "b%26%C3%BC"));
        assert_eq!(encoded("percent of each letter", "a", "b", ""), both("%61%62", "%62"));
        assert_eq!(encoded("hex", "a", "bc", ""), both("616263", "6263"));
        assert_eq!(encoded("hex escapes", "", "b", "c"), both("\\x62\\x63", "\\x62"));
        assert_eq!(encoded("unicode escapes", "", "b", "c"), both("\\u0062\\u0063", "\\u0062"));
        assert_eq!(encoded("entities", "", "b", "c"), both("&#98;&#99;", "&#98;"));
        assert_eq!(encoded("hex entities", "", "b", "c"), both("&#x62;&#x63;", "&#x62;"));
    }

    #[test]
    fn quoted_printable_breaks_long_lines() {
        let (text, value) = encoded("quoted-printable", "p=", &"x".repeat(80), "");
        assert_eq!(text, format!("p=3D{}=\n{}", "x".repeat(71), "x".repeat(9)));
        assert_eq!(value.len(), 82, "the break belongs to the value");
    }

    #[test]
    fn copies_stay_readable() {
        let text = Marked::new("", "abcdef", "");
        assert_eq!(zero_width(&text).text(), "abc\u{200b}def");
        assert_eq!(text.each(full_width).text(), "ａｂｃｄｅｆ");
    }
}
