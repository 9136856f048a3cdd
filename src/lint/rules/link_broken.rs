//! `link-broken`

use super::prelude::*;
use super::targets::{is_forge_page, is_image, judged, written};
use crate::corpus::{Catalogue, MissingReason, Page, Target};
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "link-broken",
    family: Family::Links,
    level: Severity::Error,
    summary: "a link leads to a file or a name that is not there",
    why: "A reader at night, or an agent, follows it and finds nothing. Links in code, placeholders of \
        templates, addresses of a site generator (`/docs/x` where no folder `docs` stands at the top) and \
        a forge's own pages (`../../issues/3`) are left alone.",
    repair: "link to the file that was meant, or take the link away",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in
        judged(context, subject).filter(|link| !is_image(subject, link) && !is_forge_page(link))
    {
        let Target::Missing { wanted, reason } = context.resolve(subject.page, link) else {
            continue;
        };
        let message = match reason {
            MissingReason::NoFile => format!("no file is at '{wanted}'"),
            MissingReason::Outside => format!("'{wanted}' leaves the repository"),
            MissingReason::NoName => format!("no page has the name '{wanted}'"),
            MissingReason::Case(_) | MissingReason::NoDecision => continue,
        };
        let here = subject.found(link.span, message);
        found.push(match namesake(context.catalogue, &wanted) {
            Some(page) => {
                let text = written(&subject.page.path, &page.path, &link.target);
                here.hint(format!("did you mean {text}?"))
            }
            None if is_address(&link.target) => here.hint(format!("write https://{}", link.target)),
            None => here,
        });
    }
}

/// A web address whose scheme was left out.
fn is_address(target: &str) -> bool {
    let host = target.split('/').next().unwrap_or_default();
    target.starts_with("www.") || [".com", ".org", ".io"].iter().any(|end| host.ends_with(end))
}

/// The one page with this file name, where it moved to another folder.
fn namesake<'a>(catalogue: &'a Catalogue, wanted: &str) -> Option<&'a Page> {
    let stem = RepoPath::new(wanted).ok()?.file_stem();
    let name = |page: &&Page| wanted.ends_with(&*page.path.file_name());
    let mut named = catalogue.named(&stem).into_iter().filter(name);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn what_is_not_there_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}[x](gone.md)\u{bb} \u{ab}[y](../../up.md)\u{bb} \u{ab}[[Nobody]]\u{bb}\n\n\u{ab}<a href=\"no/\">\u{bb}z</a>\n",
        );
        assert_eq!(messages[0], "no file is at 'wiki/gone.md'");
        assert_eq!(messages[1], "'../../up.md' leaves the repository");
    }

    #[test]
    fn what_is_there_or_is_no_link_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n[b](b.md) [f](x.txt) [d](sub/) [o](https://x.example/) [t]({{ url }}) \
             [s](/docs/x) [i](../../issues/3) [h](b.html) `[c](gone.md)`\n\n```\n[x](gone.md)\n```\n\
             == wiki/b.md\n# B\n== wiki/x.txt\nx\n== wiki/sub/c.md\n# C\n",
        );
    }

    #[test]
    fn a_page_that_moved_is_offered() {
        let memory = Memory::new("== wiki/a.md\n# A\n\n[b](b.md)\n== wiki/new/b.md\n# B\n");
        assert_eq!(findings(&RULE, &memory)[0].hint, "did you mean new/b.md?");
    }
}
