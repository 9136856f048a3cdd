//! `codeowners-problem`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "codeowners-problem",
    family: Family::Settings,
    level: Severity::Warning,
    summary: "a line of CODEOWNERS has no effect",
    why: "The pages that it was written for belong to somebody else, or to nobody.",
    repair: "mend that line",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some((path, problems)) = &context.inputs.owners else { return };
    let lines = problems.iter().map(|it| Found::on_line(path, it.line, it.message.clone()));
    found.extend(lines);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::corpus::{CodeOwners, OwnersDialect};
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn a_line_that_means_nothing_is_found() {
        let with = |text: &str| {
            let mut memory = Memory::new("== wiki/a.md\n# A\n");
            let (_, problems) = CodeOwners::parse(text.as_bytes(), OwnersDialect::GitHub);
            memory.inputs.owners = Some((RepoPath::new("CODEOWNERS").unwrap(), problems));
            findings(&RULE, &memory).len()
        };
        assert_eq!((with("* @a\n/x team\n"), with("* @a\n")), (1, 0));
    }
}
