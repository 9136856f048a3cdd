//! Amendments: what may be said about a decision after it was taken.
//!
//! They stand in the last section of the file, one dated item each. The text
//! above them stays what was accepted.

use jiff::civil::Date;

use super::{AdrEditError, AdrText};

/// The heading below which amendments stand.
pub const AMENDMENTS: &str = "Amendments";

impl AdrText {
    /// Adds a dated amendment. Line ends in `reason` become spaces.
    pub fn amend(&mut self, reason: &str, today: Date) -> Result<(), AdrEditError> {
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = format!("{today}: {reason}");
        let sign = self.list_sign();
        if let Some(section) = self.section(&AMENDMENTS.to_lowercase()) {
            return self.add_item(section, sign, &words);
        }
        let newline = self.newline();
        let (at, added) = self.at_end(&format!("## {AMENDMENTS}{newline}{newline}{sign} {words}"));
        let mut amended = self.clone();
        amended.replace(at..at, &added)?;
        if amended.section(&AMENDMENTS.to_lowercase()).is_none() {
            return Err(AdrEditError::Unclosed(self.path.clone()));
        }
        *self = amended;
        Ok(())
    }
}
