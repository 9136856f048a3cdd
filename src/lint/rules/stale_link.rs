//! `stale-link`

use super::prelude::*;
use super::targets::{judged, written};
use crate::corpus::{Page, Target};

pub(super) static RULE: Rule = Rule {
    id: "stale-link",
    family: Family::Links,
    level: Severity::Warning,
    summary: "a link leads to a page that is archived or replaced",
    why: "Whoever follows it acts on what no longer holds. A page that says what it replaced, archived pages, \
        decisions and the front page of the same folder may name it.",
    repair: "link to what holds now, or take the link away",
    fixes: true,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.facts.archived || subject.page.adr.is_some() {
        return;
    }
    for link in judged(context, subject) {
        let Target::Page { path, .. } = context.resolve(subject.page, link) else { continue };
        let Some(target) = context.catalogue.page(&path) else { continue };
        let replaced = context.graph.superseded_by(&path);
        let is_archived = context.is_archived(target);
        if !(is_archived || replaced.is_some()) || may_name(context, subject, target) {
            continue;
        }
        let state = if is_archived { "is archived" } else { "was replaced" };
        let here = subject.found(link.span, format!("{path} {state}"));
        found.push(match context.live_successor(&path) {
            Some(new) => {
                let text = written(&subject.page.path, &new.path, &link.target);
                let here = here.hint(format!("link to its successor: {text}"));
                let plain = link.fragment.is_none();
                match subject.destination(link, &link.target).filter(|_| plain) {
                    Some(span) => here.fix(Fix::replace(span, text)),
                    None => here,
                }
            }
            None => here,
        });
    }
}

fn may_name(context: &Context<'_>, subject: &Subject<'_>, target: &Page) -> bool {
    let here = &subject.page.path;
    let is_front = matches!(here.file_stem().to_lowercase().as_str(), "index" | "readme");
    target.adr.is_some()
        || here == &target.path
        || context.graph.superseded_by(&target.path) == Some(here)
        || (is_front && here.parent() == target.path.parent())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{fixed, marked};

    const OLD: &str = "== wiki/old/old.md\n---\narchived: replaced\n---\n# Old\n";
    const NEW: &str = "== wiki/new.md\n---\nsupersedes: [wiki/old/old.md]\n---\n# New\n\nReplaces [old](old/old.md).\n";

    #[test]
    fn a_link_to_what_is_archived_is_found() {
        let messages =
            marked(&RULE, &format!("== wiki/a.md\n# A\n\n\u{ab}[old](old/old.md)\u{bb}\n{OLD}"));
        assert_eq!(messages, ["wiki/old/old.md is archived"]);
    }

    #[test]
    fn its_successor_and_its_folders_front_page_may_name_it() {
        marked(&RULE, &format!("== wiki/old/index.md\n# Old pages\n\n[old](old.md)\n{OLD}{NEW}"));
    }

    #[test]
    fn the_live_successor_is_written() {
        let text = format!("== wiki/a.md\n# A\n\n[old](old/old.md)\n{OLD}{NEW}");
        fixed(&RULE, &text, "# A\n\n[old](new.md)\n");
    }
}
