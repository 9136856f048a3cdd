//! What every store says of bytes that it kept, and of runs that it does not have.

use super::error::StoreError;
use crate::canonical;
use crate::hint::nearest;
use crate::run_id::RunId;

/// The bytes, if they are still those that were kept: a database notices
/// only some of the ways in which a disk loses bytes.
pub(super) fn unaltered(
    digest: &str,
    bytes: Vec<u8>,
    what: impl FnOnce() -> String,
) -> Result<Vec<u8>, StoreError> {
    let found = canonical::digest(&bytes);
    if found == digest {
        return Ok(bytes);
    }
    Err(StoreError::Altered { what: what(), digest: digest.to_owned(), found })
}

/// That a run is not among those that are `known`, and which one may have been meant.
pub(super) fn no_run(run: &RunId, known: &[String]) -> StoreError {
    let near = nearest(run.as_str(), known.iter().map(String::as_str));
    StoreError::NoRun { run: run.clone(), near: near.and_then(|it| it.parse().ok()) }
}
