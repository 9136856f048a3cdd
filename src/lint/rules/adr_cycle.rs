//! `adr-cycle`

use super::decisions::all;
use super::prelude::*;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "adr-cycle",
    family: Family::Adr,
    level: Severity::Error,
    summary: "decisions replace each other in a circle",
    why: "None of them holds, and nobody can say which one does.",
    repair: "take one of the replacements away",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for (page, _) in all(context) {
        let mut chain: Vec<&RepoPath> = vec![&page.path];
        while let Some(next) = context.graph.superseded_by(chain[chain.len() - 1]) {
            if *next == page.path {
                // Each circle is told once, on its first file.
                if chain.iter().all(|path| **path >= page.path) {
                    let names: Vec<_> = chain.iter().map(|path| path.text()).collect();
                    let message =
                        format!("they replace each other in a circle: {}", names.join(", "));
                    found.push(Found::in_file(&page.path, message));
                }
                break;
            }
            if chain.contains(&next) {
                break;
            }
            chain.push(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    const STATUS: &str = "\n\n## Status\n\nSuperseded by";

    #[test]
    fn a_circle_is_told_once() {
        let text = format!(
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A{STATUS} ADR-2\n\n## Decision\n== adr/0002-b.md\n# 2. B{STATUS} ADR-1\n\n## Decision\n\
             == adr/0003-c.md\n# 3. C{STATUS} ADR-1\n\n## Decision\n"
        );
        marked(&RULE, &text);
    }
}
