//! Numbers and file names of decisions that arrive somewhere.

use std::collections::BTreeSet;

use super::Item;
use crate::adr::{Format, file_slug, next_number, slug_of};
use crate::repo_path::RepoPath;

/// The number of each item that `needs` one, in order: its own where nobody
/// ever had it, else the next above all. `taken` are the numbers ever used.
/// Those without a number follow by day and name.
pub(in crate::ops::adr) fn assign(
    items: &[Item],
    needs: &[bool],
    taken: &[u32],
) -> Vec<Option<u32>> {
    let mut used: BTreeSet<u32> = taken.iter().copied().collect();
    let mut numbers = vec![None; items.len()];
    for (at, item) in items.iter().enumerate().filter(|(at, _)| needs[*at]) {
        numbers[at] = item.record().number.filter(|number| used.insert(*number));
    }
    let mut open: Vec<usize> =
        (0..items.len()).filter(|&at| needs[at] && numbers[at].is_none()).collect();
    open.sort_by_cached_key(|&at| {
        let record = items[at].record();
        (record.number.unwrap_or(u32::MAX), record.date, items[at].old().clone())
    });
    for at in open {
        let number = next_number(used.iter().copied());
        used.insert(number);
        numbers[at] = Some(number);
    }
    numbers
}

/// The file name of `item` under its number, with the words that it had.
pub(in crate::ops::adr) fn name(
    item: &Item,
    format: Format,
    number: Option<u32>,
    digits: usize,
) -> String {
    let record = item.record();
    let slug = slug_of(item.old()).unwrap_or_else(|| file_slug(&record.title));
    match (format, number, record.date) {
        (Format::Log4brains, _, Some(day)) => format!("{}-{slug}.md", day.strftime("%Y%m%d")),
        (Format::Backlog, Some(number), _) => format!("decision-{number} - {slug}.md"),
        (_, Some(number), _) => format!("{number:0digits$}-{slug}.md"),
        (_, None, _) => item.old().file_name().into_owned(),
    }
}

/// `path`, or the first like it with `-2`, `-3` that `is_taken` does not know.
pub(in crate::ops::adr) fn free(path: RepoPath, is_taken: &dyn Fn(&RepoPath) -> bool) -> RepoPath {
    let folder = path.parent();
    let stem = path.file_stem();
    let mut tried = path;
    for nth in 2.. {
        if !is_taken(&tried) {
            break;
        }
        tried = folder.join(format!("{stem}-{nth}.md")).unwrap_or_default();
    }
    tried
}
