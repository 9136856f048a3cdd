//! What an allowance is called.

use std::fmt;
use std::str::FromStr;

use super::FOLDER;
use super::error::AllowanceError;
use crate::ids;

/// Random bytes of a name.
const BYTES: usize = 6;

/// `X-` and twelve random hex digits: a name tells nothing of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AllowanceId(String);

impl AllowanceId {
    /// Of bytes that were drawn.
    pub fn drawn(random: [u8; BYTES]) -> Self {
        Self(format!("X-{}", ids::hex(&random)))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its file, from the top of the repository.
    pub fn file(&self) -> String {
        format!("{FOLDER}/{self}.yaml")
    }

    /// The allowance that a file holds, by the file's path.
    pub fn of_file(path: &str) -> Option<Self> {
        let name = path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".yaml")?;
        name.parse().ok()
    }
}

impl fmt::Display for AllowanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AllowanceId {
    type Err = AllowanceError;

    fn from_str(typed: &str) -> Result<Self, AllowanceError> {
        let digits = typed.strip_prefix("X-").unwrap_or_default();
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if digits.len() == 2 * BYTES && digits.bytes().all(is_hex) {
            Ok(Self(typed.to_owned()))
        } else {
            Err(AllowanceError::NoName(typed.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_as_the_name_of_a_file() {
        let id = AllowanceId::drawn([0, 1, 2, 0xfe, 0xff, 9]);
        assert_eq!(id.file(), ".prode/allowances/X-000102feff09.yaml");
        assert_eq!(AllowanceId::of_file(&id.file()), Some(id));
        for other in ["X-1", "X-000102FEFF09", "000102feff09", "X-000102feff0z"] {
            assert!(other.parse::<AllowanceId>().is_err(), "{other}");
        }
        assert_eq!(AllowanceId::of_file(".prode/allowances/README.md"), None);
    }
}
