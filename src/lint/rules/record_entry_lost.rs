//! `record-entry-lost`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "record-entry-lost",
    family: Family::Settings,
    level: Severity::Warning,
    summary: "an entry of a record of reviews or dismissals is about nothing",
    why: "It is kept for a page that is not there, a signal that no audit has, or a day that is yet to \
        come: it settles nothing, and whoever reads it believes that it does.",
    repair: "take the entry out, or write the page's path as it is now; prode mv takes entries along",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let faults = context.inputs.records.iter().filter(|it| !it.is_malformed);
    found.extend(faults.map(RecordFault::found));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::RecordFault;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn an_entry_about_nothing_is_found_and_a_record_that_cannot_be_read_is_not() {
        let with = |is_malformed: bool| {
            let mut memory = Memory::new("== wiki/a.md\n# A\n");
            let path = RepoPath::new(".prode/dismissed.yaml").unwrap();
            let message = "there is no page 'wiki/b.md'".to_owned();
            memory.inputs.records =
                vec![RecordFault { path, line: 2, column: 0, message, is_malformed }];
            findings(&RULE, &memory).len()
        };
        assert_eq!((with(false), with(true)), (1, 0));
    }
}
