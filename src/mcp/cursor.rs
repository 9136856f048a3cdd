//! Where an answer goes on: opaque to clients, the same for the same place.
//!
//! A cursor carries the commit of the answer, so that the next part comes from
//! the same one although the trunk has moved, and digests of the arguments and
//! of the whole answer, so that parts of different answers are never joined.
//! It grants nothing that the arguments do not, so it is checked, not signed.

use sha2::{Digest as _, Sha256};

use super::error::CallError;
use crate::ids::{CommitId, OID_LEN, hex};

/// The first byte: another layout has another number.
const LAYOUT: u8 = 1;
/// Layout, commit flag, commit, offset, two digests.
const BODY: usize = 2 + OID_LEN + 8 + 8 + 8;
/// Length of a cursor in characters: the body and its check in hex.
pub(super) const LENGTH: usize = (BODY + 8) * 2;

/// The first bytes of a SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest([u8; 8]);

impl Digest {
    /// The digest of `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut first = [0; 8];
        first.copy_from_slice(&Sha256::digest(bytes)[..8]);
        Self(first)
    }

    /// As text.
    pub(super) fn hex(self) -> String {
        hex(&self.0)
    }
}

/// A place in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The commit that was answered for; none for files outside Git.
    pub commit: Option<CommitId>,
    /// How much of the answer was given.
    pub offset: usize,
    /// The tool and its arguments.
    pub arguments: Digest,
    /// The whole answer.
    pub answer: Digest,
}

impl Cursor {
    /// The text that a client gives back.
    pub(super) fn encode(&self) -> String {
        let mut bytes = vec![LAYOUT, u8::from(self.commit.is_some())];
        bytes.extend(self.commit.map_or([0; OID_LEN], |commit| commit.0));
        bytes.extend((self.offset as u64).to_be_bytes());
        bytes.extend(self.arguments.0);
        bytes.extend(self.answer.0);
        bytes.extend(Digest::of(&bytes).0);
        hex(&bytes)
    }

    /// Reads what [`Cursor::encode`] wrote.
    pub(super) fn decode(text: &str) -> Result<Self, CallError> {
        Self::read(text).ok_or(CallError::CursorDamaged)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = bytes_of_hex(text).filter(|bytes| bytes.len() == BODY + 8)?;
        let (body, check) = bytes.split_at(BODY);
        let is_sound = Digest::of(body).0 == check && body[0] == LAYOUT;
        let (flag, rest) = body[1..].split_first().filter(|_| is_sound)?;
        let (commit, rest) = rest.split_first_chunk::<OID_LEN>()?;
        let (offset, rest) = rest.split_first_chunk::<8>()?;
        let (arguments, answer) = rest.split_first_chunk::<8>()?;
        Some(Self {
            commit: (*flag == 1).then_some(CommitId(*commit)),
            offset: usize::try_from(u64::from_be_bytes(*offset)).ok()?,
            arguments: Digest(*arguments),
            answer: Digest(answer.try_into().ok()?),
        })
    }
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != LENGTH || !text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cursor(offset: usize, commit: Option<[u8; OID_LEN]>) -> Cursor {
        let commit = commit.map(CommitId);
        Cursor { commit, offset, arguments: Digest::of(b"a"), answer: Digest::of(b"b") }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(offset: u32, commit: Option<[u8; OID_LEN]>) {
            let cursor = cursor(offset as usize, commit);
            let text = cursor.encode();
            prop_assert_eq!(text.len(), LENGTH);
            prop_assert_eq!(Cursor::decode(&text).unwrap(), cursor);
        }

        #[test]
        fn one_changed_character_is_noticed(at in 0..LENGTH, offset: u32) {
            let mut text = cursor(offset as usize, None).encode().into_bytes();
            text[at] = if text[at] == b'0' { b'1' } else { b'0' };
            prop_assert!(Cursor::decode(std::str::from_utf8(&text).unwrap()).is_err());
        }

        #[test]
        fn any_text_is_refused_calmly(text: String) {
            prop_assert!(Cursor::decode(&text).is_err());
        }
    }
}
