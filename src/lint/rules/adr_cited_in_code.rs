//! `adr-cited-in-code`

use super::adr_cited_superseded::SAID;
use super::prelude::*;
use crate::adr::AdrStatus;

pub(super) static RULE: Rule = Rule {
    id: "adr-cited-in-code",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "code cites a decision that no longer holds",
    why: "Whoever changes the code follows it. Looked through are all text files that are no pages, up to a megabyte each, \
        for `ADR-12`, `adr/12`, `@adr 12` and the decision's file name. What stands in quotes is data; lines that say so \
        themselves (superseded, replaced, rejected, formerly) are left alone.",
    repair: "cite the decision that holds now, and look whether the code still follows it",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for mention in context.inputs.code.iter().flatten() {
        let page = context.catalogue.page(&mention.decision);
        let state = match page.and_then(|page| page.adr.as_ref()?.status.as_ref()) {
            Some(AdrStatus::Superseded) => "superseded",
            Some(AdrStatus::Rejected) => "rejected",
            _ => continue,
        };
        if SAID.is_match(&mention.text) {
            continue;
        }
        let message = format!("{} is {state}", mention.decision);
        let here = Found::on_line(&mention.path, mention.line, message);
        let here = Found { column: mention.column, span: Some(mention.span), ..here };
        found.push(match context.live_successor(&mention.decision) {
            Some(new) => here.hint(format!("cite {} instead", new.path)),
            None => here,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::Span;
    use crate::lint::context::CodeMention;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn a_mention_of_what_no_longer_holds_is_found_with_the_successor() {
        let mut memory = Memory::new(
            "== adr/0001-a.md\n# 1. A\n\n## Status\n\nSuperseded by [2. B](0002-b.md)\n\n## Decision\n\nx\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n\n## Decision\n\nx\n",
        );
        let mention = |text: &str, decision: &str| CodeMention {
            path: RepoPath::from_git("src/a.rs"),
            line: 3,
            column: 8,
            span: Span { start: 10, end: 11 },
            decision: RepoPath::from_git(decision),
            text: text.to_owned(),
        };
        memory.inputs.code = Some(vec![
            mention("// see ADR-1", "adr/0001-a.md"),
            mention("// ADR-1 was replaced", "adr/0001-a.md"),
            mention("// see ADR-2", "adr/0002-b.md"),
        ]);
        let found = findings(&RULE, &memory);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].message.as_str(), found[0].line), ("adr/0001-a.md is superseded", 3));
        assert_eq!(found[0].hint, "cite adr/0002-b.md instead");
    }
}
