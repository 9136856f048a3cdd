//! A run as the store keeps it, whole.

use crate::ops::OpError;
use crate::run_id::RunId;
use crate::store::Store;
use crate::triage::verification::Kept;

/// All that the store keeps of a run.
pub(super) fn kept(store: &dyn Store, run: &RunId) -> Result<Kept, OpError> {
    super::of_ticket(store, run)?;
    let lines = store.events(run)?;
    let (run, artifacts) = (run.to_string(), std::collections::BTreeMap::new());
    let mut kept = Kept { run, lines, artifacts, document: None, closed: None };
    for line in &kept.lines {
        let named = serde_json::from_slice::<serde_json::Value>(line).ok();
        let named = named.and_then(|it| Some(it["event"]["artifact"].as_str()?.to_owned()));
        let Some(digest) = named else { continue };
        if let Some(bytes) = store.artifact(&digest)? {
            kept.artifacts.insert(digest, bytes);
        }
    }
    Ok(kept)
}
