//! `page-problem`

use super::prelude::*;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "page-problem",
    family: Family::Document,
    level: Severity::Warning,
    summary: "reading a page reported something that has no rule of its own",
    why: "What is wrong with a file is never hidden. The message begins with the name under which it was reported.",
    repair: "mend what the message names",
    fixes: false,
    check: Check::Engine,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::corpus::Page;
    use crate::diagnostic::Diagnostic;
    use crate::ids::BlobId;
    use crate::lint::engine::unruled;
    use crate::repo_path::RepoPath;

    #[test]
    fn a_diagnostic_without_a_rule_is_not_lost() {
        let path = RepoPath::new("wiki/a.md").unwrap();
        let (mut page, _) = Page::read(path, BlobId([0; 20]), b"# A\n");
        page.diagnostics = vec![
            Diagnostic::warning("moon-phase", 3, 0, "the moon is full"),
            Diagnostic::warning("invalid-utf8", 4, 0, "x"),
        ];
        let found = unruled(&page);
        assert_eq!((found.len(), found[0].line), (1, 3));
        assert_eq!(found[0].message, "moon-phase: the moon is full");
        assert_eq!(RULE.id, "page-problem");
    }
}
