//! What a change brings: lint's findings that were not there before.

use std::collections::{HashMap, HashSet};

use super::{Finding, Level};
use crate::diagnostic::Severity;
use crate::ops::OpError;
use crate::ops::lint::{self, Item, Options};
use crate::workspace::{Asked, Workspace};

/// Where a repository keeps the findings that it lives with.
const BASELINE: &str = ".prode/lint-baseline.json";

/// What is wrong at `after` and was not at the revision `before`; with none,
/// everything. Notes of level info stop nobody and are left out.
pub(super) fn introduced(
    workspace: &Workspace,
    before: Option<&str>,
    after: &Asked,
) -> Result<Vec<Finding>, OpError> {
    let baseline = workspace.folder().map(|top| top.join(BASELINE)).filter(|file| file.is_file());
    let options = Options {
        asked: after.clone(),
        against: before.map(str::to_owned),
        baseline,
        ..Options::default()
    };
    let (report, _) = lint::run(workspace, &options)?;
    let mut items = report.answer.findings;
    items.retain(|it| it.severity > Severity::Info);
    if let Some(before) = before.filter(|_| !items.is_empty()) {
        let was = paths(workspace, &Asked::Rev(before.to_owned()))?;
        let is = paths(workspace, after)?;
        // Only pages that came can have come from elsewhere.
        if items.iter().any(|it| !was.contains(&it.path)) && was.iter().any(|it| !is.contains(it)) {
            let asked = Asked::Rev(before.to_owned());
            let (then, _) = lint::run(workspace, &Options { asked, ..Options::default() })?;
            excuse_moved(&mut items, &then.answer.findings, &was, &is);
        }
    }
    Ok(items.into_iter().map(finding).collect())
}

fn paths(workspace: &Workspace, asked: &Asked) -> Result<HashSet<String>, OpError> {
    let pages = workspace.memory(asked)?.snapshot.pages()?;
    Ok(pages.into_iter().map(|page| page.path.text().into_owned()).collect())
}

/// A page that moved brings its old trouble along: as many findings of a rule
/// on pages that came are let pass as stood on pages that went.
fn excuse_moved(items: &mut Vec<Item>, then: &[Item], was: &HashSet<String>, is: &HashSet<String>) {
    let mut excused: HashMap<&str, usize> = HashMap::new();
    for item in then.iter().filter(|it| !is.contains(&it.path)) {
        *excused.entry(&item.rule).or_default() += 1;
    }
    items.retain(|item| match excused.get_mut(item.rule.as_str()) {
        Some(count) if *count > 0 && !was.contains(&item.path) => {
            *count -= 1;
            false
        }
        _ => true,
    });
}

fn finding(item: Item) -> Finding {
    let level = if item.severity == Severity::Error { Level::Error } else { Level::Warning };
    let message = if item.hint.is_empty() {
        item.message
    } else {
        format!("{}; {}", item.message, item.hint)
    };
    Finding { path: item.path, line: item.line, level, rule: item.rule, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(path: &str, rule: &str) -> Item {
        Item {
            rule: rule.to_owned(),
            severity: Severity::Error,
            path: path.to_owned(),
            line: 1,
            column: 1,
            span: None,
            message: String::new(),
            hint: String::new(),
            fixable: false,
            print: String::new(),
        }
    }

    #[test]
    fn a_moved_page_brings_its_old_trouble_and_no_more() {
        let set = |paths: &[&str]| paths.iter().map(|it| (*it).to_owned()).collect();
        let then = [item("old", "r"), item("stays", "r")];
        let mut items =
            vec![item("new", "r"), item("new", "r"), item("stays", "r"), item("new", "s")];
        excuse_moved(&mut items, &then, &set(&["old", "stays"]), &set(&["new", "stays"]));
        assert_eq!(items, [item("new", "r"), item("stays", "r"), item("new", "s")]);
    }
}
