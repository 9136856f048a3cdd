//! `adr-accepted-text-changed`

use super::decisions::faults;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "adr-accepted-text-changed",
    family: Family::Adr,
    level: Severity::Error,
    summary: "the words of an accepted decision changed since it landed",
    why: "People acted on what was accepted; a later edit rewrites what they agreed to. The words are compared with \
        those of the first commit of the trunk in which the decision was accepted, through renames. Status, links, \
        front matter, comments and amendments may change, and a branch is free until it lands. A shallow clone has \
        no such history: then nothing is compared, and lint says so.",
    repair: "take the edit back; write a new decision that supersedes it, or amend it: prode adr amend N --reason WHY",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    found.extend(faults(context.inputs.changed.as_deref()));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::context::DecisionFault;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn what_history_says_of_a_decision_is_found() {
        let mut memory = Memory::new("== adr/0001-a.md\n# 1. A\n");
        let fault = |path: &str| DecisionFault {
            path: RepoPath::new(path).unwrap(),
            line: 1,
            message: "accepted in abc, and changed since".to_owned(),
        };
        memory.inputs.changed = Some(vec![fault("adr/0001-a.md")]);
        let found = findings(&RULE, &memory);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].path.text().as_ref(), found[0].line), ("adr/0001-a.md", 1));
    }
}
