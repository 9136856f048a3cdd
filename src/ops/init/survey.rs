//! What a memory is like on its first day: links that lead nowhere, and
//! questions that it answers.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::DeadLinks;
use crate::corpus::{Catalogue, Page, Target};
use crate::document::LinkKind;
use crate::ops::query::{self, Options};
use crate::ops::{Include, OpError};
use crate::workspace::{Asked, Memory, Workspace};

/// Pages that are named as the worst.
const WORST: usize = 3;

/// Questions that are shown.
const SHOWN: usize = 3;

/// Pages whose titles are tried as questions.
const TRIED: usize = 60;

/// Links to files that are not there. A mention of a decision is no link, and
/// a page's sections are left to rules that know how it is rendered.
pub(super) fn dead_links(workspace: &Workspace, memory: &Memory) -> Result<DeadLinks, OpError> {
    let catalogue = memory.catalogue()?;
    let mut pages: Vec<(String, usize)> = catalogue
        .pages()
        .iter()
        .map(|page| (page.path.text().into_owned(), dead_on(workspace, memory, &catalogue, page)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let count = pages.iter().map(|(_, count)| count).sum();
    let on = pages.len();
    pages.sort_by_key(|(path, count)| (Reverse(*count), path.clone()));
    pages.truncate(WORST);
    Ok(DeadLinks { count, pages: on, worst: pages.into_iter().map(Into::into).collect() })
}

fn dead_on(workspace: &Workspace, memory: &Memory, catalogue: &Catalogue, page: &Page) -> usize {
    let is_file = |path: &crate::repo_path::RepoPath| workspace.exists(memory, path);
    let links = page.links.iter().filter(|link| link.kind != LinkKind::Adr);
    let targets = links.map(|link| catalogue.resolve(page, link, &is_file));
    targets.filter(|target| matches!(target, Target::Missing { .. })).count()
}

/// Commands whose first answer is the page that their words come from: each
/// was asked. Pages of different kinds come first.
pub(super) fn queries(workspace: &Workspace, memory: &Memory) -> Result<Vec<String>, OpError> {
    let trunk = workspace.memory(&Asked::Trunk)?;
    let mut pages = memory.snapshot.pages()?;
    pages.sort_by_key(|page| (rank(&memory.facts(page).kind), page.path.clone()));
    let spread = spread(memory, pages);
    let mut commands = Vec::new();
    for page in spread.iter().take(TRIED) {
        let Some(words) = words(&page.title) else { continue };
        let quoted = format!("prode query \"{words}\"");
        if finds(workspace, &trunk, &words, page)? {
            commands.push(quoted);
        } else if finds(workspace, memory, &words, page)? {
            commands.push(format!("{quoted} --worktree"));
        }
        if commands.len() == SHOWN {
            break;
        }
    }
    Ok(commands)
}

/// The first page of every kind, then the second, and so on; what only goes
/// with another page comes last.
fn spread(memory: &Memory, pages: Vec<Page>) -> Vec<Page> {
    let mut met: Vec<(String, usize)> = Vec::new();
    let mut numbered: Vec<((bool, usize), Page)> = Vec::with_capacity(pages.len());
    for page in pages {
        let kind = memory.facts(&page).kind;
        let at = met.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            met.push((kind, 0));
            met.len() - 1
        });
        numbered.push(((met[at].0 == "reference", met[at].1), page));
        met[at].1 += 1;
    }
    numbered.sort_by_key(|(order, _)| *order);
    numbered.into_iter().map(|(_, page)| page).collect()
}

/// What is woken for first.
fn rank(kind: &str) -> usize {
    const FIRST: &[&str] = &["runbook", "sop", "adr", "pattern", "service", "guide", "skill"];
    FIRST.iter().position(|known| *known == kind).unwrap_or(FIRST.len())
}

/// A title as somebody would type it; `None` where it is too short or too
/// long for a question.
fn words(title: &str) -> Option<String> {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let different: HashSet<&String> = words.iter().collect();
    ((2..=7).contains(&words.len()) && different.len() == words.len()).then(|| words.join(" "))
}

fn finds(
    workspace: &Workspace,
    memory: &Memory,
    words: &str,
    page: &Page,
) -> Result<bool, OpError> {
    let options = Options {
        text: words.to_owned(),
        limit: 1,
        include: Include::default(),
        brief: true,
        ..Options::default()
    };
    let answer = query::ask(workspace, memory, &options)?;
    Ok(answer.hits.first().is_some_and(|hit| hit.path == page.path.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_words_that_a_shell_leaves_alone() {
        assert_eq!(words("Queue \"$(x)\" saturation!").as_deref(), Some("queue x saturation"));
        assert_eq!(words("Index"), None);
        assert_eq!(words("to be or not to be"), None);
    }
}
