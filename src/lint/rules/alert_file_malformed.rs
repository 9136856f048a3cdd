//! `alert-file-malformed`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "alert-file-malformed",
    family: Family::Alerts,
    level: Severity::Error,
    summary: "a file of --alerts cannot be read, or holds a rule that cannot work",
    why: "Prometheus would refuse it, and what stands below the place is not looked at. Templates of a chart are no YAML: \
        name the files that it renders.",
    repair: "mend the file; promtool check rules says more",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for file in context.inputs.alerts.iter().flatten() {
        for problem in &file.problems {
            let here = Found::on_line(&file.path, problem.line, problem.message.clone());
            found.push(Found { column: problem.column, ..here });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::alerts::AlertFile;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn what_is_no_yaml_is_found_with_its_place() {
        let mut memory = Memory::new("== wiki/a.md\n# A\n");
        let path = RepoPath::from_git("rules/a.yaml");
        memory.inputs.alerts = Some(vec![AlertFile::read(path, b"groups: [x\na: b: c\n")]);
        let found = findings(&RULE, &memory);
        assert_eq!((found.len(), found[0].path.text().as_ref()), (1, "rules/a.yaml"));
        assert!(found[0].line > 0 && found[0].message.starts_with("it is no YAML"), "{found:#?}");
    }
}
