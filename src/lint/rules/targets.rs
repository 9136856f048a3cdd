//! Which links are worth judging, and how a link to a page is written.

use std::sync::LazyLock;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use regex::Regex;

use super::prelude::pattern;
use crate::document::{Link, LinkKind};
use crate::lint::context::Context;
use crate::lint::subject::Subject;
use crate::repo_path::RepoPath;

/// What cannot stand in a Markdown destination as it is.
const DESTINATION: &AsciiSet =
    &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'%').add(b'#').add(b'?');

/// Pages of a forge beside the files: `../../issues/3` works on GitHub.
static FORGE_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\.\./)+(?:issues|pulls?|wiki|releases|actions|discussions|tree|blob|raw|commits?|compare|labels|milestones?|projects|security|graphs)(?:/|$)",
    )
});

/// True where the link names one of a forge's own pages, if it is no file.
pub(super) fn is_forge_page(link: &Link) -> bool {
    FORGE_PAGE.is_match(&link.target)
}

/// Links of the page that name something inside the repository: no
/// placeholder of a template, no route of a site generator.
pub(super) fn judged<'a>(
    context: &'a Context<'_>,
    subject: &'a Subject<'_>,
) -> impl Iterator<Item = &'a Link> {
    let is_judged = |link: &&Link| {
        !link.is_external()
            && !link.target.contains(['{', '}', '<', '>', '$', '\u{2026}'])
            && !is_site_route(context, subject, link)
    };
    subject.document.links.iter().filter(is_judged)
}

/// A site generator gives pages addresses of its own: `/docs/x` from the
/// site's top, `x.html` for `x.md`.
fn is_site_route(context: &Context<'_>, subject: &Subject<'_>, link: &Link) -> bool {
    if let Some(path) = link.target.strip_prefix('/') {
        let first = path.split('/').next().unwrap_or_default();
        return RepoPath::new(first).is_ok_and(|top| !(context.exists)(&top));
    }
    let page = link.target.strip_suffix(".html").map(|stem| format!("{stem}.md"));
    let page = page.and_then(|page| subject.page.path.parent().join(page));
    page.is_some_and(|page| context.catalogue.page(&page).is_some())
}

/// True for `![…](…)` and `<img src=…>`.
pub(super) fn is_image(subject: &Subject<'_>, link: &Link) -> bool {
    let starts = |name: &str| {
        let tag = subject.slice(link.span).get(..name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    link.kind == LinkKind::Image || (link.kind == LinkKind::Html && starts("<img"))
}

/// `to` as a link on the page `from` writes it; from the top where `like` is.
pub(super) fn written(from: &RepoPath, to: &RepoPath, like: &str) -> String {
    let text = if like.starts_with('/') {
        format!("/{}", to.text())
    } else {
        relative(&from.parent().text(), &to.text())
    };
    utf8_percent_encode(&text, DESTINATION).to_string()
}

fn relative(folder: &str, to: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let shared = shared.min(to.len() - 1);
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_written_from_where_the_link_stands() {
        let path = |text: &str| RepoPath::new(text).unwrap();
        let write = |from, to, like| written(&path(from), &path(to), like);
        assert_eq!(write("wiki/a.md", "wiki/b c.md", ""), "b%20c.md");
        assert_eq!(write("wiki/x/a.md", "adr/1.md", ""), "../../adr/1.md");
        assert_eq!(write("wiki/a.md", "adr/1.md", "/adr/2.md"), "/adr/1.md");
        assert_eq!(write("a.md", "b.md", ""), "b.md");
    }

    #[test]
    fn a_forges_own_pages_are_no_files() {
        assert!(FORGE_PAGE.is_match("../../issues/3") && FORGE_PAGE.is_match("../../wiki"));
        assert!(!FORGE_PAGE.is_match("../issues.md") && !FORGE_PAGE.is_match("issues/3"));
    }
}
