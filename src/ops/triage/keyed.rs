//! Answers as they came, by a name that only their store can make.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::ids::hex;

/// What must not be kept, as a name that only the holder of the key can make.
pub(in crate::ops) fn keyed(key: &[u8; 32], bytes: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(bytes);
    format!("hmac-sha256:{}", hex(&mac.finalize().into_bytes()))
}
