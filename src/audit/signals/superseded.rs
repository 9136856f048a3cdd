//! `superseded`: replaced and still active, or no longer an answer and still
//! linked as if it were one.

use super::{counted, some};
use crate::audit::case::{Case, shell_word};
use crate::audit::found::Found;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    if let Some(successor) = case.evidence.replaced_by.as_ref().filter(|_| !case.is_out_of_use()) {
        let why = format!("{successor} replaced it, and it is still active");
        let successor = shell_word(&successor.cite_text());
        let command =
            format!("prode archive {} --why 'replaced' --successor {successor}", case.typed());
        return Some(Found::of(why, successor).settle([command]));
    }
    let linked = &case.evidence.linked_from;
    if linked.is_empty() {
        return None;
    }
    let state = if case.facts.archived { "archived" } else { "superseded" };
    let names: Vec<String> = linked.iter().map(|it| it.text().into_owned()).collect();
    let verb = if names.len() == 1 { "links" } else { "link" };
    let pages = counted(names.len(), "page");
    let why = format!("it is {state}, and {pages} still {verb} to it: {}", some(&names, 3));
    let command = |page: &crate::repo_path::RepoPath| {
        format!("prode lint {} --rule stale-link --fix", shell_word(&page.cite_text()))
    };
    Some(Found::of(why, names.join("\n")).settle(linked.iter().take(3).map(command)))
}
