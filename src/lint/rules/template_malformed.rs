//! `template-malformed`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "template-malformed",
    family: Family::Template,
    level: Severity::Warning,
    summary: "a rule of a template cannot be read",
    why: "A rule that cannot be read does not hold, and nobody is told by the pages. The other rules of the template \
        hold. A template without rules of its own (`template:`, `fields:`, `sections:`) is left alone, whatever its \
        front matter looks like.",
    repair: "mend that line of the template: which rules there are is in wiki/templates.md of prode",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for (path, problem) in &context.inputs.template_problems {
        let here = Found::on_line(path, problem.line, problem.message.clone());
        found.push(Found { column: problem.column, ..here });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diagnostic::Diagnostic;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn a_problem_is_found_where_it_stands() {
        let mut memory = Memory::new("== wiki/a.md\n# A\n");
        let problem =
            Diagnostic::error("template-rules", 3, 5, "'heding' is no rule of a template");
        memory.inputs.template_problems.push((RepoPath::from_git("templates/a.md"), problem));
        let found = findings(&RULE, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.path.text(), it.line, it.column)).collect();
        assert_eq!(seen, [("templates/a.md".into(), 3, 5)]);
    }
}
