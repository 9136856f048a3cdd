//! Identities of things that Git keeps: blobs, trees, commits.
//!
//! An id is the raw object id (20 bytes of SHA-1), shown as lower-case hex.
//! Whether the object exists is the business of `git`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Length of an object id in bytes (SHA-1).
pub const OID_LEN: usize = 20;

/// A text that is not a full object id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a full object id of 40 hex digits")]
pub struct BadId(pub String);

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    halves.map(|half| char::from(b"0123456789abcdef"[usize::from(half)])).collect()
}

macro_rules! object_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; OID_LEN]);

        impl $name {
            /// The first `n` hex digits, for people.
            pub fn short(&self, n: usize) -> String {
                self.to_string().chars().take(n).collect()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let bad = || BadId(text.to_owned());
                if text.len() != OID_LEN * 2 || !text.is_ascii() {
                    return Err(bad());
                }
                let mut bytes = [0; OID_LEN];
                for (i, byte) in bytes.iter_mut().enumerate() {
                    *byte = u8::from_str_radix(&text[i * 2..i * 2 + 2], 16).map_err(|_| bad())?;
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

object_id!(
    /// Content of one file, as Git names it.
    BlobId
);
object_id!(
    /// A folder's content, as Git names it.
    TreeId
);
object_id!(
    /// One commit.
    CommitId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id: BlobId = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391".parse().unwrap();
        assert_eq!(id.to_string(), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(id.short(7), "e69de29");
    }

    #[test]
    fn a_short_id_is_refused() {
        assert_eq!("e69de".parse::<BlobId>(), Err(BadId("e69de".to_owned())));
    }
}
