//! What a run decided, as it is kept.

use super::journal::Journal;
use crate::ops::OpError;
use crate::triage::bundle::Bundle;
use crate::triage::rebuild::{self, Unbuildable};

/// The bundle that was decided on, as it is kept, and its digest.
pub(super) fn decided(journal: &Journal<'_>) -> Result<(Bundle, String), OpError> {
    let said = journal.state().decided.as_ref();
    let digest = said.map(|it| it.bundle.clone()).ok_or(Unbuildable::TooEarly("bundle"))?;
    Ok((rebuild::document(&journal.kept(), "bundle", &digest)?, digest))
}
