//! `index-misses-page`

use std::collections::HashSet;

use super::prelude::*;
use super::targets::{judged, written};
use crate::corpus::{Page, Target};
use crate::document::{LinkKind, Span};
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "index-misses-page",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a folder's index.md does not link to a page beside it",
    why: "A front page that lists its folder and misses one hides it. Only an index that lists \
        most of its folder, in a list, is judged; archived pages, drafts and route tests are \
        left alone. The fix adds the page behind the last item of that list.",
    repair: "add the page to the list",
    fixes: true,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let here = &subject.page.path;
    let is_index = matches!(here.file_stem().to_lowercase().as_str(), "index" | "readme");
    if !is_index || subject.facts.archived {
        return;
    }
    let beside: Vec<&Page> = pages_beside(context, here);
    let linked: HashSet<RepoPath> = targets(context, subject);
    let missed: Vec<&Page> =
        beside.iter().copied().filter(|page| !linked.contains(&page.path)).collect();
    let lists_most = beside.len() >= 3 && missed.len() * 3 <= beside.len();
    let Some(end) = list_end(subject).filter(|_| lists_most && !missed.is_empty()) else { return };
    let newline = if subject.text.as_str().contains("\r\n") { "\r\n" } else { "\n" };
    let links = missed.iter().map(|page| {
        let title = page.title.replace(['[', ']'], "");
        format!("{newline}{}[{title}]({})", end.mark, written(here, &page.path, ""))
    });
    let fix = Fix { edits: vec![Edit { span: end.at, text: links.collect() }] };
    // One fix adds all of them, so that the first finding carries it.
    let mut fix = Some(fix);
    for page in missed {
        let message = format!("it does not link to {}", page.path);
        let one = subject.found_in_file(message);
        found.push(match fix.take() {
            Some(fix) => one.fix(fix),
            None => one,
        });
    }
}

fn pages_beside<'a>(context: &'a Context<'_>, here: &RepoPath) -> Vec<&'a Page> {
    let folder = here.parent();
    let facts = |page: &Page| context.catalogue.rules().facts(page, context.today);
    let is_beside = |page: &&Page| page.path.parent() == folder && page.path != *here;
    let pages = context.catalogue.pages().iter().filter(is_beside);
    let is_live = |page: &&Page| {
        let facts = facts(page);
        !facts.archived && !facts.draft && page.adr.is_none()
    };
    pages.filter(is_live).collect()
}

fn targets(context: &Context<'_>, subject: &Subject<'_>) -> HashSet<RepoPath> {
    let links = judged(context, subject).filter(|link| link.kind != LinkKind::Image);
    let path = |target| match target {
        Target::Page { path, .. } => Some(path),
        _ => None,
    };
    links.filter_map(|link| path(context.resolve(subject.page, link))).collect()
}

/// Where the last item of a list of links ends, and how its items begin.
struct ListEnd {
    at: Span,
    mark: String,
}

fn list_end(subject: &Subject<'_>) -> Option<ListEnd> {
    let mut last = None;
    let mut at = 0;
    for line in subject.visible().split_inclusive('\n') {
        let end = at + line.trim_end().len();
        let mark = line.find(|c: char| !c.is_whitespace()).map(|from| from + 2);
        let item = mark.filter(|&mark| {
            matches!(line.get(mark - 2..mark), Some("- " | "* " | "+ "))
                && line[mark..].starts_with('[')
                && line.contains("](")
        });
        if let Some(mark) = item {
            let end = u32::try_from(end).ok()?;
            last = Some(ListEnd { at: Span { start: end, end }, mark: line[..mark].to_owned() });
        }
        at += line.len();
    }
    last
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{fixed, marked};

    const PAGES: &str = "== wiki/a.md\n# A\n== wiki/b.md\n# B\n== wiki/c.md\n# C [x]\n== wiki/d.md\n---\nstatus: draft\n---\n# D\n";

    #[test]
    fn a_page_that_the_list_misses_is_found() {
        marked(
            &RULE,
            &format!("== wiki/index.md\n\u{ab}\u{bb}# All\n\n- [A](a.md)\n- [B](b.md)\n{PAGES}"),
        );
    }

    #[test]
    fn an_index_that_lists_little_or_everything_is_left_alone() {
        marked(&RULE, &format!("== wiki/index.md\n# All\n\n- [A](a.md)\n{PAGES}"));
        marked(
            &RULE,
            &format!("== wiki/index.md\n# All\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n{PAGES}"),
        );
    }

    #[test]
    fn the_page_is_added_behind_the_last_item() {
        fixed(
            &RULE,
            &format!(
                "== wiki/index.md\n# All\r\n\r\n  * [A](a.md)\r\n  * [B](b.md): b\r\n\r\nEnd.\r\n{PAGES}"
            ),
            "# All\r\n\r\n  * [A](a.md)\r\n  * [B](b.md): b\r\n  * [C x](c.md)\r\n\r\nEnd.\r\n",
        );
    }
}
