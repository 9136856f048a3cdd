//! What pages say themselves, each read once.

use std::collections::BTreeSet;

use super::stamps::Reviews;
use super::{drift, names, threads};
use crate::audit::Name;
use crate::corpus::{Facts, Page};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// One page as it stands.
pub(super) struct Reading {
    /// Paths that it cites.
    pub(super) cited: BTreeSet<RepoPath>,
    /// Names of code for which it answers.
    pub(super) names: Vec<Name>,
}

/// Reads `pages`, on all processors. A page that cannot be read says nothing.
pub(super) fn of(reviews: Reviews<'_>, pages: &[(&Page, Facts)]) -> Result<Vec<Reading>, OpError> {
    threads::each(reviews, pages.len(), |reviews, at| {
        let (page, facts) = &pages[at];
        let bytes = reviews.chronicle.repository.blob(page.blob).unwrap_or_default();
        reviews.understood(page, &bytes);
        let names = names::of_page(page, facts, &bytes);
        Ok(Reading { cited: drift::cited(page, &bytes), names })
    })
}
