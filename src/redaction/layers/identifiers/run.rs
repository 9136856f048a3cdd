//! A run of digits with what stands around it.

use std::cell::OnceCell;

use super::super::super::text::Text;
use super::telling::Telling;

/// A run of digits and what may separate them.
#[derive(Debug)]
pub(super) struct Run<'t> {
    pub(super) raw: &'t str,
    pub(super) digits: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands before it on its line, or alone on the line above.
    pub(super) before: &'t str,
    /// What stands behind it on its line.
    pub(super) after: &'t str,
    telling: OnceCell<Telling>,
}

impl<'t> Run<'t> {
    /// The bytes from `start` to `end`, between what stands before and behind.
    pub(super) fn new(text: &Text<'t>, start: usize, end: usize, before: &'t str) -> Self {
        let raw = &text.raw[start..end];
        let digits = raw.chars().filter(char::is_ascii_digit).collect();
        let after = text.line_from(end, 48);
        Self { raw, digits, start, end, before, after, telling: OnceCell::new() }
    }

    /// What the words before it say; looked at when first asked.
    pub(super) fn telling(&self) -> &Telling {
        self.telling.get_or_init(|| Telling::of(self.before))
    }
}

/// The check digit of ISO/IEC 7812.
pub(super) fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}
