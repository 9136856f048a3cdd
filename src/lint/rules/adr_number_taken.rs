//! `adr-number-taken`

use super::decisions::faults;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "adr-number-taken",
    family: Family::Adr,
    level: Severity::Error,
    summary: "another branch or work tree has a decision of this number",
    why: "Both files merge without a conflict, and then every mention of the number is ambiguous. Looked at are \
        decisions that are new since the trunk, or since the revision of `--against`; they are compared with every \
        branch here and at remotes as it was last fetched, with the other work trees of this repository, committed \
        or not, and with decisions that landed on the trunk and went since.",
    repair: "give this one the next free number: prode adr renumber N",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let renumber = |it: Found| {
        let hint =
            format!("give it the next free number: prode adr renumber {}", it.path.cite_text());
        it.hint(hint)
    };
    found.extend(faults(context.inputs.taken.as_deref()).map(renumber));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::context::DecisionFault;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn the_repair_names_the_file() {
        let mut memory = Memory::new("== adr/0002-a.md\n# 2. A\n");
        assert!(findings(&RULE, &memory).is_empty(), "what was not looked at is not reported");
        memory.inputs.taken = Some(vec![DecisionFault {
            path: RepoPath::new("adr/0002-a.md").unwrap(),
            line: 1,
            message: "number 2 is 'adr/0002-b.md' in 'main'".to_owned(),
        }]);
        let found = findings(&RULE, &memory);
        assert_eq!(found[0].hint, "give it the next free number: prode adr renumber adr/0002-a.md");
    }
}
