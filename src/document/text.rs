//! A file's bytes as text that a parser can read, with every offset unchanged.
//!
//! Each byte that is not part of valid UTF-8 is replaced by one `?` (by `.`
//! behind `<`, where `<?` would open HTML), so that an offset into the text is
//! the offset into the file. A byte order mark is skipped, not removed. Lines end at `\n`; a `\r` before it belongs to it.

use std::borrow::Cow;

/// The byte order mark, in UTF-8.
const BOM: &str = "\u{feff}";

/// A file's text and where its lines begin.
pub struct Text<'a> {
    content: Cow<'a, str>,
    /// Byte offset of each line's first byte.
    line_starts: Vec<u32>,
    /// Offset of the first invalid byte, and how many there are.
    pub(super) invalid: Option<(u32, usize)>,
}

impl<'a> Text<'a> {
    /// Reads `bytes`; what lies above 4 GiB is left out, as offsets are 32 bits.
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(u32::MAX as usize)];
        let (content, invalid) = match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), None),
            Err(error) => {
                let (text, count) = stand_in(bytes);
                (Cow::Owned(text), Some((offset(error.valid_up_to()), count)))
            }
        };
        Self { line_starts: line_starts(&content), content, invalid }
    }

    /// The whole file.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Length in bytes; the file's own.
    pub(super) fn len(&self) -> u32 {
        offset(self.content.len())
    }

    /// Where the text begins: behind the byte order mark.
    pub fn start(&self) -> usize {
        if self.content.starts_with(BOM) { BOM.len() } else { 0 }
    }

    /// 1-based line of a byte.
    pub fn line(&self, at: u32) -> u32 {
        offset(self.line_starts.partition_point(|&start| start <= at))
    }

    /// 1-based line and column (in characters) of a byte.
    pub fn position(&self, at: u32) -> (u32, u32) {
        let line = self.line(at);
        let start = self.line_starts[line as usize - 1] as usize;
        let before = &self.content[start..(at as usize).clamp(start, self.content.len())];
        (line, offset(before.trim_start_matches(BOM).chars().count()) + 1)
    }

    /// Offset of the first byte of the line that holds `at`.
    pub fn line_start(&self, at: u32) -> u32 {
        self.line_starts[self.line(at) as usize - 1]
    }
}

/// A `usize` offset as the 32 bits that spans keep; [`Text::new`] bounds it.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Valid text with one stand-in for each other byte, and how many those are.
fn stand_in(bytes: &[u8]) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        count += chunk.invalid().len();
        for _ in chunk.invalid() {
            text.push(if text.ends_with('<') { '.' } else { '?' });
        }
    }
    (text, count)
}

fn line_starts(text: &str) -> Vec<u32> {
    let mut starts = vec![0];
    starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| offset(at + 1)));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_byte_keeps_every_offset() {
        let text = Text::new(b"a\xffb\xe2\x82c\n\xe2\x82\xac");
        assert_eq!(text.as_str(), "a?b??c\n\u{20ac}");
        assert_eq!(text.invalid, Some((1, 3)));
        assert_eq!(text.len(), 10);
        assert_eq!(Text::new(b"<\xff\xff").as_str(), "<.?");
    }

    #[test]
    fn lines_end_at_line_feeds_and_columns_count_characters() {
        let text = Text::new("\u{feff}a\r\n\u{e9}x\n".as_bytes());
        assert_eq!(text.start(), 3);
        assert_eq!(text.position(3), (1, 1));
        assert_eq!(text.position(8), (2, 2));
        assert_eq!(text.line_start(8), 6);
        assert_eq!(text.line(10), 3);
    }

    #[test]
    fn an_empty_file_has_one_line() {
        assert_eq!(Text::new(b"").position(0), (1, 1));
    }
}
