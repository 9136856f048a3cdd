//! `remote-image`

use super::prelude::*;
use super::targets::is_image;

pub(super) static RULE: Rule = Rule {
    id: "remote-image",
    family: Family::Security,
    level: Severity::Info,
    summary: "a page shows an image from elsewhere",
    why: "Whoever opens the page tells that server so, and what it shows can change after review \
        or go away. Badges are no exception.",
    repair: "copy the image into the repository, or turn this rule off if badges are wanted: lint.rules.remote-image: off",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in &subject.document.links {
        let is_remote = link.target.starts_with("http:")
            || link.target.starts_with("https:")
            || link.target.starts_with("//");
        if is_remote && is_image(subject, link) {
            found.push(
                subject.found(link.span, format!("the image comes from {}", host(&link.target))),
            );
        }
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', ':']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn an_image_from_elsewhere_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}![b](https://img.example/b.svg?x)\u{bb} ![c](c.png) [d](https://x.example/d.png)\n\n\
             \u{ab}<img src=\"//x.example/e.png\">\u{bb}\n\
             == wiki/b.md\n# B\n\n![c](c.png) `![b](https://img.example/b.svg)`\n",
        );
        assert_eq!(messages[0], "the image comes from img.example");
    }
}
