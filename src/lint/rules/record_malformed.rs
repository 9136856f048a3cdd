//! `record-malformed`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "record-malformed",
    family: Family::Settings,
    level: Severity::Error,
    summary: ".prode/reviews.yaml or .prode/dismissed.yaml cannot be read",
    why: "Nothing of a record that cannot be read counts: its pages are taken for never reviewed, and \
        findings that were dismissed come back.",
    repair: "mend that line; a merge may have left both sides, of which both entries stay",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let faults = context.inputs.records.iter().filter(|it| it.is_malformed);
    found.extend(faults.map(RecordFault::found));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::RecordFault;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn a_record_that_cannot_be_read_is_found_and_an_entry_is_not() {
        let with = |is_malformed: bool| {
            let mut memory = Memory::new("== wiki/a.md\n# A\n");
            let path = RepoPath::new(".prode/reviews.yaml").unwrap();
            let message = "no day".to_owned();
            memory.inputs.records =
                vec![RecordFault { path, line: 2, column: 7, message, is_malformed }];
            findings(&RULE, &memory).len()
        };
        assert_eq!((with(true), with(false)), (1, 0));
    }
}
