//! Links by name: `[[Page]]`, `[[Page|Text]]`, `[[Page#Section]]`.

use std::ops::Range;

use super::relative::{relative, without_extension};
use super::{Renaming, Side};
use crate::corpus::{Page, WikilinkOrder};
use crate::repo_path::RepoPath;

/// Ways to write what stands between the brackets (`raw`) for the new path,
/// the one most like the old first. Text and section keep their bytes.
pub(super) fn candidates(
    renaming: &Renaming<'_>,
    old: &Page,
    new: &Page,
    raw: &str,
    (was, is): (&RepoPath, &RepoPath),
) -> Vec<String> {
    let order = renaming.before.catalogue.rules().wikilinks.order_in(&old.path);
    let place = name_in(raw, order);
    let name = &raw[place.clone()];
    let names = names(renaming, (old, new), name, (was, is));
    names
        .into_iter()
        .map(|it| format!("{}{it}{}", &raw[..place.start], &raw[place.end..]))
        .collect()
}

/// Where the page's name stands: in its half, before the section.
fn name_in(raw: &str, order: WikilinkOrder) -> Range<usize> {
    let half = match (raw.find('|'), order) {
        (Some(bar), WikilinkOrder::TextFirst) => bar + 1..raw.len(),
        (Some(bar), WikilinkOrder::PageFirst) => 0..bar - usize::from(raw[..bar].ends_with('\\')),
        (None, _) => 0..raw.len(),
    };
    let text = &raw[half.clone()];
    let text = text.split_once('#').map_or(text, |(name, _)| name);
    let start = half.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

fn names(
    renaming: &Renaming<'_>,
    (old, new): (&Page, &Page),
    name: &str,
    (was, is): (&RepoPath, &RepoPath),
) -> Vec<String> {
    let has_extension = crate::repo_path::is_markdown_name(name.as_bytes()) || !was.is_markdown();
    let cut = |path: &RepoPath| {
        let bare = without_extension(path).filter(|_| !has_extension);
        bare.unwrap_or_else(|| path.clone())
    };
    let spelled = |folder: &RepoPath| {
        String::from_utf8(relative(folder, &cut(is)).join(&b'/')).ok().filter(|it| !it.is_empty())
    };
    if name.starts_with('/') {
        return spelled(&RepoPath::root()).map(|path| format!("/{path}")).into_iter().collect();
    }
    let root = |side: &Side<'_>, page: &Page| {
        side.catalogue.rules().roots.classify(&page.path).map(|it| it.root)
    };
    // Paths are looked for from the root, the top and the page's own folder.
    let mut folders =
        vec![(RepoPath::root(), RepoPath::root()), (old.path.parent(), new.path.parent())];
    let roots = root(&renaming.before, old).zip(root(&renaming.after, new));
    folders.splice(0..0, roots);
    let named = |folder: &RepoPath| folder.join(name);
    folders.sort_by_key(|(folder, _)| named(folder) != Some(cut(was)));
    let by_path = folders.iter().filter_map(|(_, folder)| spelled(folder));
    let stem = if has_extension { is.file_name().into_owned() } else { is.file_stem() };
    let by_name = [like(name, &was.file_stem(), &stem), stem];
    if name.contains('/') {
        by_path.chain(by_name).collect()
    } else {
        by_name.into_iter().chain(by_path).collect()
    }
}

/// The new stem, written with blanks and a capital where the old one was.
fn like(name: &str, was: &str, stem: &str) -> String {
    let spaced = name.contains(' ') && !was.contains(' ');
    let text = if spaced { stem.replace('-', " ") } else { stem.to_owned() };
    let upper = |text: &str| text.starts_with(char::is_uppercase);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if upper(name) && !upper(was) => first.to_uppercase().chain(chars).collect(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_in_its_half() {
        let name = |raw: &'static str, order| &raw[name_in(raw, order)];
        assert_eq!(name(" A b #C|T", WikilinkOrder::PageFirst), "A b");
        assert_eq!(name("T|A#C", WikilinkOrder::TextFirst), "A");
        assert_eq!(name("A\\|T", WikilinkOrder::PageFirst), "A");
        assert_eq!(name("A", WikilinkOrder::TextFirst), "A");
    }

    #[test]
    fn a_new_name_is_written_as_the_old_one_was() {
        assert_eq!(like("Queue saturation", "queue-saturation", "worker-lag"), "Worker lag");
        assert_eq!(like("queue-saturation", "queue-saturation", "worker-lag"), "worker-lag");
        assert_eq!(like("A b", "A b", "c-d"), "c-d");
    }
}
