//! `settings-problem`

use super::prelude::*;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "settings-problem",
    family: Family::Settings,
    level: Severity::Warning,
    summary: "prode.yaml holds something that has no effect",
    why: "A value that is wrong is left out and the default counts, which may be the opposite of \
        what was meant.",
    repair: "mend that line; every key: prode config list --all",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let path = RepoPath::from_git("prode.yaml");
    for problem in &context.inputs.settings {
        let here = Found::on_line(&path, problem.line, problem.message.clone());
        found.push(Found { column: problem.column, ..here });
    }
    let own = context.inputs.level_problems.iter();
    found.extend(own.map(|problem| Found::in_file(&path, problem.clone())));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::RULE;
    use crate::diagnostic::Diagnostic;
    use crate::lint::fixture::{Memory, lint};

    #[test]
    fn problems_of_settings_and_of_their_section_lint_are_found() {
        let mut memory = Memory::new("== wiki/a.md\n# A\n");
        memory.inputs.settings = vec![Diagnostic::warning("settings-unknown-key", 3, 0, "unknown")];
        let outcome = lint(&memory, &json!({"rules": {"link-brokn": "off"}}), &["settings"]);
        let lines: Vec<_> = outcome.findings.iter().map(|it| (it.rule, it.line)).collect();
        assert_eq!(lines, [(RULE.id, 0), (RULE.id, 3)]);
        assert!(
            lint(&Memory::new("== wiki/a.md\n# A\n"), &json!({}), &["settings"])
                .findings
                .is_empty()
        );
    }
}
