//! Names of runs: the day they were opened and some random digits.
//!
//! A name is made once, by whoever opens the run, and goes into branches, refs
//! and markers outside; so it is short, sorts by day and needs no escaping.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::hint::{ErrorKind, Helpful};
use crate::ids;

/// The fewest hexadecimal digits behind the day.
const FEWEST: usize = 6;

/// The most, so that a branch can be named after a run everywhere.
const MOST: usize = 40;

/// A text that names no run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no name of a run")]
pub struct BadRunId(pub String);

impl Helpful for BadRunId {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Usage
    }

    fn hints(&self) -> Vec<String> {
        vec!["a run is named like R-20261126-3f9a1c; see them: prode triage list".to_owned()]
    }
}

/// `R-`, the day as eight digits, `-`, and 6 to 40 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(String);

impl RunId {
    /// The name of a run opened on `day` (UTC), from bytes that nobody else has drawn.
    pub fn new(day: Date, random: [u8; 3]) -> Self {
        Self(format!("R-{}-{}", day.strftime("%Y%m%d"), ids::hex(&random)))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RunId {
    type Err = BadRunId;

    /// Capital and small letters count alike.
    fn from_str(typed: &str) -> Result<Self, BadRunId> {
        let parts = typed.strip_prefix(['R', 'r']).and_then(|rest| rest.strip_prefix('-'));
        let (day, digits) = parts
            .and_then(|rest| rest.split_once('-'))
            .filter(|(day, digits)| is_day(day) && is_random(digits))
            .ok_or_else(|| BadRunId(typed.to_owned()))?;
        Ok(Self(format!("R-{day}-{}", digits.to_lowercase())))
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 8
        && text.bytes().all(|it| it.is_ascii_digit())
        && Date::strptime("%Y%m%d", text).is_ok()
}

fn is_random(text: &str) -> bool {
    (FEWEST..=MOST).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
}

impl Serialize for RunId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RunId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_day_and_what_was_drawn() {
        let id = RunId::new(jiff::civil::date(2026, 11, 26), [0x3f, 0x9a, 0x1c]);
        assert_eq!(id.as_str(), "R-20261126-3f9a1c");
    }

    #[test]
    fn a_name_survives_its_text_and_json() {
        let id: RunId = "r-20261126-3F9A1C0".parse().unwrap();
        assert_eq!(id.to_string(), "R-20261126-3f9a1c0");
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"R-20261126-3f9a1c0\"");
        assert_eq!(serde_json::from_str::<RunId>(&json).unwrap(), id);
    }

    #[test]
    fn what_is_no_name_is_told_with_its_form() {
        for typed in [
            "",
            "R-",
            "R-20261126",
            "R-20261126-3f9a1",
            "R-20261126-3f9a1g",
            "R-20261326-3f9a1c",
            "R-2026112-3f9a1cc",
            "R-+2026112-3f9a1c",
            "L-20261126-3f9a1c",
            "R-20261126-3f9a1c ",
            "R-20261126-3f9a1c-1",
            "R20261126-3f9a1c",
        ] {
            let error = typed.parse::<RunId>().unwrap_err();
            assert_eq!(error.to_string(), format!("'{typed}' is no name of a run"));
            assert_eq!(error.kind(), ErrorKind::Usage);
            assert!(error.hints()[0].contains("R-20261126-3f9a1c"), "{typed}");
        }
        assert!(format!("R-20261126-{}", "a".repeat(40)).parse::<RunId>().is_ok());
        assert!(format!("R-20261126-{}", "a".repeat(41)).parse::<RunId>().is_err());
    }
}
