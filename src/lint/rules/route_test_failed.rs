//! `route-test-failed`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "route-test-failed",
    family: Family::Settings,
    level: Severity::Error,
    summary: "a route test fails",
    why: "A ticket that used to find its page no longer does: the page, or another one that now \
        outranks it, changed.",
    repair: "see what came: prode eval; then mend the page, or the test",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for failure in context.inputs.routes.iter().flatten() {
        let short: String = failure.ticket.chars().take(80).collect();
        let message = if short.is_empty() {
            failure.message.clone()
        } else {
            format!("'{short}': {}", failure.message)
        };
        found.push(Found::in_file(&failure.path, message).known_by(failure.ticket.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::context::RouteFailure;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn each_failure_is_found_and_known_by_its_ticket() {
        let mut memory = Memory::new("== wiki/a.md\n# A\n");
        assert!(findings(&RULE, &memory).is_empty());
        memory.inputs.routes = Some(vec![RouteFailure {
            path: RepoPath::new("wiki/routes.yaml").unwrap(),
            ticket: "queue stuck".to_owned(),
            message: "expected wiki/a.md, got wiki/b.md".to_owned(),
        }]);
        let found = findings(&RULE, &memory);
        assert_eq!(found[0].message, "'queue stuck': expected wiki/a.md, got wiki/b.md");
    }
}
