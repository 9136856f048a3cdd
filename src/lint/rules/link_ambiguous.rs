//! `link-ambiguous`

use super::prelude::*;
use super::targets::judged;
use crate::corpus::Target;
use crate::document::LinkKind;

pub(super) static RULE: Rule = Rule {
    id: "link-ambiguous",
    family: Family::Links,
    level: Severity::Warning,
    summary: "a wikilink or a decision's number fits several pages",
    why: "Which of them opens depends on the reader's program; prode follows none of them.",
    repair: "write the path of the page that was meant",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in judged(context, subject) {
        let Target::Ambiguous(paths) = context.resolve(subject.page, link) else { continue };
        let name = match link.kind {
            LinkKind::Adr => format!("ADR-{}", link.target),
            _ => link.target.clone(),
        };
        let names: Vec<_> = paths.iter().take(3).map(|path| path.text().into_owned()).collect();
        let message = format!("'{name}' may mean {} pages", paths.len());
        let here = subject.found(link.span, message);
        found.push(
            here.hint(format!("write the path of the one that was meant: {}", names.join(", "))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_name_that_two_pages_have_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}[[Many]]\u{bb} [[One]]\n== wiki/x/many.md\n# Many\n\
             == wiki/y/many.md\n# Many\n== wiki/one.md\n# One\n",
        );
    }
}
