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
/// group with the riskiest finding comes first. No signal takes more than half
/// of a group that is cut while others wait: what is said of every page hides
/// what is said of one.
pub fn grouped(findings: &[Finding], cap: usize) -> Vec<Group<'_>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in findings {
        let owner = finding.owner.first().map_or(NOBODY, String::as_str);
        let at = *places.entry(owner).or_insert_with(|| {
            groups.push(Group { owner: owner.to_owned(), findings: Vec::new(), more: 0 });
            groups.len() - 1
        });
        groups[at].findings.push(finding);
    }
    for group in &mut groups {
        cut(group, cap);
    }
    groups
}

/// Leaves no more than `cap` findings, in their order.
fn cut(group: &mut Group<'_>, cap: usize) {
    group.more = group.findings.len().saturating_sub(cap);
    if group.more == 0 {
        return;
    }
    let mut by_signal: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (at, finding) in group.findings.iter().enumerate() {
        let count = by_signal.entry(finding.signal).or_default();
        *count += 1;
        if *count <= cap.div_ceil(2) { first.push(at) } else { rest.push(at) }
    }
    let mut kept: Vec<usize> = first.into_iter().chain(rest).take(cap).collect();
    kept.sort_unstable();
    group.findings = kept.into_iter().map(|at| group.findings[at]).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::finding::Risk;
    use crate::repo_path::RepoPath;

    fn one(signal: &'static str, at: usize) -> Finding {
        Finding {
            id: format!("A-{at:08x}"),
            path: RepoPath::from_git(format!("wiki/{at}.md")),
            title: String::new(),
            kind: "guide".to_owned(),
            signal,
            owner: Vec::new(),
            risk: Risk::default(),
            why: String::new(),
            changed: Vec::new(),
            changed_total: 0,
            settle: Vec::new(),
            local: false,
            confidence: 100,
            of: String::new(),
        }
    }

    fn shown(findings: &[Finding], cap: usize) -> Vec<String> {
        let groups = grouped(findings, cap);
        let all = groups.iter().flat_map(|it| &it.findings);
        all.map(|it| it.path.file_stem()).collect()
    }

    #[test]
    fn what_is_said_of_every_page_hides_nothing() {
        let all: Vec<Finding> =
            (0..8).map(|at| one(if at < 6 { "unowned" } else { "broken" }, at)).collect();
        assert_eq!(shown(&all, 4), ["0", "1", "6", "7"]);
        assert_eq!(grouped(&all, 4)[0].more, 4);
        // Nothing else waits, or nothing is cut.
        assert_eq!(shown(&all[..6], 4), ["0", "1", "2", "3"]);
        assert_eq!(shown(&all, 8).len(), 8);
    }
}
