//! The digest of a value that may stay: salted, and slow to try.
//!
//! Argon2id (RFC 9106) with the parameters of its second recommended option.
//! Whoever has the file and not the value needs about a tenth of a second of a
//! processor and 64 MiB for each guess, so that not even six digits are cheap.
//! Rule and place go into the salt: the same value elsewhere has another seal.

use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest as _, Sha256};

/// Bytes of a salt.
pub const SALT: usize = 16;

/// Bytes of a digest.
const DIGEST: usize = 32;

/// Bytes of both, as a file has them.
pub(super) const BYTES: usize = SALT + DIGEST;

/// RFC 9106, section 4: 64 MiB, three passes, four lanes.
const KIBIBYTES: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;

/// What is kept of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    salt: [u8; SALT],
    digest: [u8; DIGEST],
}

impl Seal {
    /// Of a value that `rule` found in `place`; `None` if Argon2 refuses, and
    /// then nothing stays.
    pub fn of(salt: [u8; SALT], [rule, place, value]: [&str; 3]) -> Option<Self> {
        let params = Params::new(KIBIBYTES, PASSES, LANES, Some(DIGEST)).ok()?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut salted = Sha256::new_with_prefix(salt);
        for word in [rule, place] {
            salted.update((word.len() as u64).to_be_bytes());
            salted.update(word);
        }
        let mut digest = [0; DIGEST];
        argon.hash_password_into(value.as_bytes(), &salted.finalize(), &mut digest).ok()?;
        Some(Self { salt, digest })
    }

    /// The salt and then the digest.
    pub(super) fn bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        bytes[..SALT].copy_from_slice(&self.salt);
        bytes[SALT..].copy_from_slice(&self.digest);
        bytes
    }

    /// Of what [`Seal::bytes`] gives.
    pub(super) fn from_bytes(bytes: [u8; BYTES]) -> Self {
        let (mut salt, mut digest) = ([0; SALT], [0; DIGEST]);
        salt.copy_from_slice(&bytes[..SALT]);
        digest.copy_from_slice(&bytes[SALT..]);
        Self { salt, digest }
    }

    /// The salt, which further seals of a place may share.
    pub fn salt(&self) -> [u8; SALT] {
        self.salt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_of_one_value_one_rule_one_place_and_one_salt() {
        let seal = |salt, words| Seal::of([salt; SALT], words).unwrap().digest;
        let one = seal(1, ["r", "p", "v"]);
        assert_eq!(one, seal(1, ["r", "p", "v"]));
        let others = [
            seal(2, ["r", "p", "v"]),
            seal(1, ["s", "p", "v"]),
            seal(1, ["r", "q", "v"]),
            seal(1, ["r", "p", "w"]),
            seal(1, ["rp", "", "v"]),
        ];
        assert!(others.iter().all(|other| *other != one));
    }
}
