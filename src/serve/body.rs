//! The body of a request, as a whole: so long and within such a time.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use http_body_util::LengthLimitError;
use tokio::time::timeout;

use super::refusal::Refusal;

/// Reads it.
///
/// # Errors
/// It has more than `most` bytes, takes longer than `within`, or breaks off.
pub(super) async fn whole(body: Body, most: usize, within: Duration) -> Result<Bytes, Refusal> {
    let read = timeout(within, to_bytes(body, most)).await;
    match read.map_err(|_| Refusal::BodyTime(within))? {
        Ok(bytes) => Ok(bytes),
        Err(error) => {
            let error = error.into_inner();
            let is_long = error.downcast_ref::<LengthLimitError>().is_some();
            Err(if is_long {
                Refusal::BodyLength(most)
            } else {
                Refusal::BodyEnd(error.to_string())
            })
        }
    }
}
