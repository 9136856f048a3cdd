//! `adr-cited-superseded`

use super::prelude::*;
use super::targets::judged;
use crate::adr::AdrStatus;
use crate::corpus::{Page, Target};
use crate::document::Link;

pub(super) static RULE: Rule = Rule {
    id: "adr-cited-superseded",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "a page or a skill cites a decision that no longer holds",
    why: "A reader follows it. Lines that say so themselves (superseded, replaced, rejected, \
        formerly), archived pages, and the front page of the log are left alone.",
    repair: "cite the decision that holds now, or say that this one no longer does",
    fixes: false,
    check: Check::Page(check),
};

/// Words of a line that says itself that something no longer holds.
pub(super) static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:super[sc]eded|supersedes|replaced|rejected|deprecated|formerly|no longer|until|previous|history|obsolete)",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.page.adr.is_some() || subject.facts.archived {
        return;
    }
    for link in judged(context, subject) {
        let Target::Page { path, .. } = context.resolve(subject.page, link) else { continue };
        let Some(cited) = context.catalogue.page(&path) else { continue };
        let state = match cited.adr.as_ref().and_then(|record| record.status.as_ref()) {
            Some(AdrStatus::Superseded) => "superseded",
            Some(AdrStatus::Rejected) => "rejected",
            _ => continue,
        };
        if is_front_page(context, subject.page, cited) || is_said(subject, link) {
            continue;
        }
        let here = subject.found(link.span, format!("{path} is {state}"));
        found.push(match context.live_successor(&path) {
            Some(new) => here.hint(format!("cite {} instead", new.path)),
            None => here,
        });
    }
}

fn is_front_page(context: &Context<'_>, page: &Page, cited: &Page) -> bool {
    page.path.parent().is_below(&context.catalogue.log_of(&cited.path))
}

fn is_said(subject: &Subject<'_>, link: &Link) -> bool {
    let line = subject.text.as_str().lines().nth(link.line as usize - 1).unwrap_or_default();
    SAID.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked};

    const LOG: &str = "== adr/0001-a.md\n# 1. A\n\n## Status\n\nSuperseded by [2. B](0002-b.md)\n\n## Decision\n\nx\n\
         == adr/0002-b.md\n# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n\n## Decision\n\nx\n";

    #[test]
    fn a_citation_of_what_no_longer_holds_is_found() {
        let text = format!(
            "== wiki/a.md\n# A\n\nAs \u{ab}[decided](../adr/0001-a.md)\u{bb}, see \u{ab}ADR-1\u{bb} and ADR-2.\n\n\
             ADR-1 was replaced.\n== adr/README.md\n# Log\n\n[1](0001-a.md)\n{LOG}"
        );
        marked(&RULE, &text);
    }

    #[test]
    fn the_successor_is_offered() {
        let memory = Memory::new(&format!("== wiki/a.md\n# A\n\nADR-1\n{LOG}"));
        assert_eq!(findings(&RULE, &memory)[0].hint, "cite adr/0002-b.md instead");
    }
}
