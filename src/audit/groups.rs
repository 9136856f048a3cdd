//! Findings by who settles them.

use std::collections::BTreeMap;

use super::finding::Finding;

/// The group of pages that nobody owns.
pub const NOBODY: &str = "nobody";

/// One owner's findings, the riskiest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The first owner of the pages.
    pub owner: String,
    /// Those to settle first.
    pub findings: Vec<&'a Finding>,
    /// How many are left out.
    pub more: usize,
}

/// Groups `findings`, which are in order; no group shows more than `cap`. The
/// group with the riskiest finding comes first.
pub fn grouped(findings: &[Finding], cap: usize) -> Vec<Group<'_>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in findings {
        let owner = finding.owner.first().map_or(NOBODY, String::as_str);
        let at = *places.entry(owner).or_insert_with(|| {
            groups.push(Group { owner: owner.to_owned(), findings: Vec::new(), more: 0 });
            groups.len() - 1
        });
        let group = &mut groups[at];
        if group.findings.len() < cap { group.findings.push(finding) } else { group.more += 1 }
    }
    groups
}
