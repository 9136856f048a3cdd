//! What nobody can guess: nonces, names and salts.

use super::OpError;

/// So many random bytes.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N], OpError> {
    let mut random = [0; N];
    getrandom::fill(&mut random).map_err(|error| OpError::File {
        path: "the system's source of random numbers".to_owned(),
        reason: error.to_string(),
    })?;
    Ok(random)
}

/// Random bytes as lower-case hexadecimal digits.
pub(super) fn hex<const N: usize>() -> Result<String, OpError> {
    Ok(crate::ids::hex(&bytes::<N>()?))
}
