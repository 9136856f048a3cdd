//! `image-missing`

use super::prelude::*;
use super::targets::{is_image, judged};
use crate::corpus::Target;

pub(super) static RULE: Rule = Rule {
    id: "image-missing",
    family: Family::Links,
    level: Severity::Error,
    summary: "an image is not there",
    why: "The page shows a broken frame where it meant to explain something.",
    repair: "add the file, or mend its path",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in judged(context, subject).filter(|link| is_image(subject, link)) {
        if let Target::Missing { wanted, .. } = context.resolve(subject.page, link) {
            found.push(subject.found(link.span, format!("no image is at '{wanted}'")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn an_image_that_is_not_there_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}![x](no.png)\u{bb} ![y](yes.png) ![z](https://x.example/z.png)\n\n\
             \u{ab}<img src=\"no.gif\">\u{bb}\n== wiki/yes.png\nx\n",
        );
    }
}
