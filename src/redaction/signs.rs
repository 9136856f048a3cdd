//! What the bytes of each line are, in one pass over a text: most lines have
//! nothing that a layer would look at, and are passed over.

use std::ops::Range;

use super::table::table;

/// Classes of bytes; one byte may have several.
pub(super) mod sign {
    pub(crate) const DIGIT: u32 = 1;
    /// What a token can have.
    pub(crate) const TOKEN: u32 = 1 << 1;
    /// `@`
    pub(crate) const AT: u32 = 1 << 2;
    /// `%` `\` `&`
    pub(crate) const ESCAPE: u32 = 1 << 3;
    /// `|`
    pub(crate) const PIPE: u32 = 1 << 4;
    /// Every byte that no ASCII text has.
    pub(crate) const WIDE: u32 = 1 << 5;
    /// `,` `;` and the tabulator.
    pub(crate) const LIST: u32 = 1 << 6;
    pub(crate) const EQUALS: u32 = 1 << 7;
    pub(crate) const AMPERSAND: u32 = 1 << 8;
    pub(crate) const PERCENT: u32 = 1 << 9;
    pub(crate) const STAR: u32 = 1 << 10;
    pub(crate) const LETTER: u32 = 1 << 11;
    pub(crate) const DASH: u32 = 1 << 12;
    /// `{` `[` `(` `<`
    pub(crate) const OPEN: u32 = 1 << 13;
    pub(crate) const COLON: u32 = 1 << 14;
    pub(crate) const LESS: u32 = 1 << 15;
    /// `#`
    pub(crate) const HASH: u32 = 1 << 16;
    /// Of a line that draws a ruler no byte has another class.
    pub(crate) const RULER: u32 = DASH | TOKEN | EQUALS;
}

/// The classes of each byte.
pub(super) const CLASSES: [u32; 256] = table!(u32, byte => match byte {
    b'0'..=b'9' => sign::DIGIT | sign::TOKEN,
    b'a'..=b'z' | b'A'..=b'Z' => sign::LETTER | sign::TOKEN,
    b'-' => sign::DASH | sign::TOKEN,
    b'_' | b'+' | b'/' | b'~' | b'.' | b'!' => sign::TOKEN,
    b'=' => sign::TOKEN | sign::EQUALS,
    b'@' => sign::AT,
    b'%' => sign::ESCAPE | sign::PERCENT,
    b'&' => sign::ESCAPE | sign::AMPERSAND,
    b'\\' => sign::ESCAPE,
    b'|' => sign::PIPE,
    b'*' => sign::STAR,
    b',' | b';' | b'\t' => sign::LIST,
    b'{' | b'[' | b'(' => sign::OPEN,
    b'<' => sign::OPEN | sign::LESS,
    b':' => sign::COLON,
    b'#' => sign::HASH,
    128..=255 => sign::WIDE,
    _ => 0,
});

/// True if a byte has one of the classes.
pub(super) fn is(byte: u8, classes: u32) -> bool {
    CLASSES[usize::from(byte)] & classes != 0
}

/// One line, and what its bytes are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: usize,
    /// One past the last byte, without the line's end.
    pub(super) end: usize,
    /// Classes of the bytes in it.
    pub(super) signs: u32,
    /// Digits in it.
    pub(super) digits: u32,
}

/// Shorter runs of a token's bytes are words.
pub(super) const LONG: usize = 12;

/// What one pass tells of a text.
#[derive(Debug)]
pub(super) struct Signs {
    pub(super) lines: Vec<Line>,
    /// Where runs of a token's bytes stand that are [`LONG`] or longer.
    pub(super) runs: Vec<Range<usize>>,
    /// Classes of all bytes.
    pub(super) all: u32,
}

impl Signs {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut signs =
            Self { lines: Vec::with_capacity(bytes.len() / 64 + 1), runs: Vec::new(), all: 0 };
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            let cut = usize::from(end > start && bytes[end - 1] == b'\r');
            signs.add(bytes, start, end, end - cut);
            start = end + 1;
        }
        signs.add(bytes, start, bytes.len(), bytes.len());
        signs
    }

    /// A line that reads up to `shown`.
    fn add(&mut self, bytes: &[u8], start: usize, end: usize, shown: usize) {
        let line = &bytes[start..end];
        let signs = line.iter().fold(0, |all, byte| all | CLASSES[usize::from(*byte)]);
        let digits = if signs & sign::DIGIT == 0 { 0 } else { digits(line) };
        self.all |= signs;
        self.lines.push(Line { start, end: shown, signs, digits });
        self.add_runs(line, start);
    }

    /// Long runs of a line that begins at `start`. A run has a byte at every
    /// place that is so far from where it may begin; most places have another.
    fn add_runs(&mut self, line: &[u8], start: usize) {
        let mut begin = 0;
        while let Some(most) = line.get(begin..begin + LONG) {
            if let Some(other) = most.iter().rposition(|byte| !is(*byte, sign::TOKEN)) {
                begin += other + 1;
                continue;
            }
            let rest = line[begin + LONG..].iter();
            let end = begin + LONG + rest.take_while(|byte| is(**byte, sign::TOKEN)).count();
            self.runs.push(start + begin..start + end);
            begin = end + 1;
        }
    }
}

/// How many digits a line has; in parts so small that a byte holds their sum.
fn digits(line: &[u8]) -> u32 {
    let part = |part: &[u8]| part.iter().map(|it| u8::from(it.is_ascii_digit())).sum::<u8>();
    line.chunks(255).map(|it| u32::from(part(it))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_bytes() {
        let signs = Signs::of(b"ab12 c\r\nx@y\n");
        let first = signs.lines[0];
        assert_eq!((first.start..first.end, first.digits), (0..6, 2));
        assert!(signs.lines[1].signs & sign::AT != 0 && signs.all & sign::AT != 0);
        assert_eq!(signs.lines.len(), 3);
    }

    #[test]
    fn long_runs_are_told_wherever_they_end() {
        let signs = Signs::of(b"short abcdef-12345 x\nabcdefghijkl\r\nabcdefghijk\nab_0123456789");
        assert_eq!(signs.runs, [6..18, 21..33, 47..60]);
    }

    #[test]
    fn each_byte_has_its_classes() {
        for (bytes, classes) in [
            ("09", sign::DIGIT | sign::TOKEN),
            ("azAZ", sign::LETTER | sign::TOKEN),
            ("-", sign::DASH | sign::TOKEN),
            ("_+/~.!", sign::TOKEN),
            ("=", sign::TOKEN | sign::EQUALS),
            ("@", sign::AT),
            ("%", sign::ESCAPE | sign::PERCENT),
            ("&", sign::ESCAPE | sign::AMPERSAND),
            ("\\", sign::ESCAPE),
            ("|", sign::PIPE),
            ("*", sign::STAR),
            (",;\t", sign::LIST),
            ("{[(", sign::OPEN),
            ("<", sign::OPEN | sign::LESS),
            (":", sign::COLON),
            ("#", sign::HASH),
            ("é", sign::WIDE),
            (" \"')}]>", 0),
        ] {
            for byte in bytes.bytes() {
                assert_eq!(CLASSES[usize::from(byte)], classes, "{bytes}");
            }
        }
        let all = [
            sign::DIGIT,
            sign::TOKEN,
            sign::AT,
            sign::ESCAPE,
            sign::PIPE,
            sign::WIDE,
            sign::LIST,
            sign::EQUALS,
            sign::AMPERSAND,
            sign::PERCENT,
            sign::STAR,
            sign::LETTER,
            sign::DASH,
            sign::OPEN,
            sign::COLON,
            sign::LESS,
            sign::HASH,
        ];
        assert_eq!(all.iter().fold(0, |sum, it| sum | it).count_ones(), 17);
        assert_eq!(sign::RULER, sign::DASH | sign::TOKEN | sign::EQUALS);
    }

    #[test]
    fn digits_of_a_long_line_are_all_counted() {
        for count in [0, 1, 254, 255, 256, 600] {
            let line = format!("x{}\n", "7".repeat(count));
            assert_eq!(Signs::of(line.as_bytes()).lines[0].digits as usize, count);
        }
        assert!(is(b'7', sign::DIGIT | sign::AT) && !is(b'7', sign::AT));
    }

    #[test]
    fn lines_end_before_a_carriage_return_and_know_only_their_own_bytes() {
        let signs = Signs::of(b"\r\n\na7\r\n@");
        let lines: Vec<_> = signs.lines.iter().map(|it| it.start..it.end).collect();
        assert_eq!(lines, [0..0, 2..2, 3..5, 7..8]);
        assert_eq!(signs.lines[2].signs, sign::LETTER | sign::DIGIT | sign::TOKEN);
        assert_eq!((signs.lines[3].signs, signs.lines[3].digits), (sign::AT, 0));
        assert_eq!(signs.all, sign::LETTER | sign::DIGIT | sign::TOKEN | sign::AT);
    }
}
