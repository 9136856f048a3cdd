//! Links by path: which change, and to what.

use super::edit::Edit;
use super::relative::{Spelling, without_extension};
use super::{Left, Renaming, wikilink};
use crate::corpus::{Page, Target};
use crate::document::{Destination, Form, Link, LinkKind, destinations};
use crate::repo_path::RepoPath;

/// What becomes of a link.
enum Fate {
    Stays,
    /// It has to name this, where it led to that.
    Follows {
        was: RepoPath,
        is: RepoPath,
    },
    /// It leads there, perhaps by a way that is longer than it must be now.
    Shortens {
        was: RepoPath,
        is: RepoPath,
    },
    Told(String),
}

/// True if some link of the page is not as good after as before, so that its
/// bytes must be read; the links that the page keeps are enough to say so.
pub fn needs_reading(renaming: &Renaming<'_>, old: &Page, new: &Page) -> bool {
    old.path != new.path
        || old.links.iter().any(|link| !matches!(fate(renaming, old, new, link), Fate::Stays))
}

/// What changes in the links of one page, whose bytes are `bytes`: `old` as it
/// stands before, `new` as it will. `None` where the file is not UTF-8.
pub fn relink(
    renaming: &Renaming<'_>,
    old: &Page,
    new: &Page,
    bytes: &[u8],
) -> Option<(Vec<Edit>, Vec<Left>)> {
    let (mut edits, mut left) = (Vec::new(), Vec::new());
    let told = |link: &Link, text: &str, why: String| Left {
        line: link.line,
        text: text.trim().to_owned(),
        why,
    };
    for destination in destinations(bytes)? {
        let link = &destination.link;
        let whole = slice(bytes, link.span.start, link.span.end);
        match fate(renaming, old, new, link) {
            Fate::Stays => {}
            Fate::Shortens { was, is } => {
                edits.extend(rewritten(renaming, old, new, &destination, bytes, (&was, &is)));
            }
            Fate::Told(why) => left.push(told(link, whole, why)),
            Fate::Follows { was, is } => {
                match rewritten(renaming, old, new, &destination, bytes, (&was, &is)) {
                    Some(edit) => edits.push(edit),
                    // Its definition is a link of its own.
                    None if is_by_label(&destination) => {}
                    None => left.push(told(link, whole, format!("it led to '{was}', now '{is}'"))),
                }
            }
        }
    }
    Some((edits, left))
}

fn is_by_label(destination: &Destination) -> bool {
    destination.span.is_none()
        && matches!(destination.link.kind, LinkKind::Markdown | LinkKind::Image)
}

fn fate(renaming: &Renaming<'_>, old: &Page, new: &Page, link: &Link) -> Fate {
    if link.fragment.as_deref().is_some_and(names_a_commit) {
        return Fate::Stays;
    }
    let after = || renaming.after.resolve(new, link);
    match renaming.before.resolve(old, link) {
        Target::Page { path, .. } | Target::File(path) => {
            let is = renaming.moves.of(&path);
            if renaming.after.leads(new, link, &is) {
                let is_climbing = link.target.starts_with("..");
                let may_shorten = is_climbing && old.path.parent() != new.path.parent();
                return if may_shorten { Fate::Shortens { was: path, is } } else { Fate::Stays };
            }
            Fate::Follows { was: path, is }
        }
        Target::Ambiguous(paths) if paths.iter().any(|path| renaming.moves.takes(path)) => {
            let names: Vec<_> = paths.iter().map(|path| path.text()).collect();
            Fate::Told(format!("several pages have the name: {}", names.join(", ")))
        }
        Target::Missing { .. } => match after() {
            Target::Page { path, .. } | Target::File(path) => {
                Fate::Told(format!("it was broken and leads to '{path}' now"))
            }
            _ => Fate::Stays,
        },
        Target::External if on_a_forge(&link.target, renaming) => {
            Fate::Told("an address outside; the forge does not follow renames".to_owned())
        }
        Target::External | Target::Ambiguous(_) => Fate::Stays,
    }
}

/// `anchor@commit` in a citation: it names what was there at that commit.
fn names_a_commit(fragment: &str) -> bool {
    fragment.rsplit_once('@').is_some_and(|(_, commit)| {
        (7..=40).contains(&commit.len()) && commit.bytes().all(|it| it.is_ascii_hexdigit())
    })
}

/// `https://forge/org/repo/blob/main/<path>` of a file that moves.
fn on_a_forge(target: &str, renaming: &Renaming<'_>) -> bool {
    let behind = ["/blob/", "/tree/", "/raw/", "/edit/"].iter().find_map(|it| {
        let (_, rest) = target.split_once(it)?;
        rest.split_once('/').map(|(_, path)| path)
    });
    let path = behind.and_then(|path| RepoPath::from_cite(path.split('?').next()?).ok());
    path.is_some_and(|path| renaming.moves.takes(&path))
}

fn rewritten(
    renaming: &Renaming<'_>,
    old: &Page,
    new: &Page,
    destination: &Destination,
    bytes: &[u8],
    (was, is): (&RepoPath, &RepoPath),
) -> Option<Edit> {
    let span = destination.span?;
    let raw = slice(bytes, span.start, span.end);
    let candidates = match destination.form {
        Form::Wiki => wikilink::candidates(renaming, old, new, raw, (was, is)),
        Form::Auto => return None,
        form => spellings(
            old,
            new,
            &Spelling::of(raw, form, is_dotted(old)),
            &destination.link,
            (was, is),
        ),
    };
    let right = |text: &String| {
        let link = destination.read_as(text);
        link.fragment == destination.link.fragment && renaming.after.leads(new, &link, is)
    };
    let text = candidates.into_iter().find(right).filter(|text| text != raw)?;
    Some(Edit::new(span.start as usize..span.end as usize, text))
}

/// Ways to write the new path, the one most like the old first: whole,
/// without its extension, or as the folder that it is the front page of.
fn spellings(
    old: &Page,
    new: &Page,
    spelling: &Spelling<'_>,
    link: &Link,
    (was, is): (&RepoPath, &RepoPath),
) -> Vec<String> {
    let from = new.path.parent();
    let whole = || spelling.spell(&from, is, spelling.has_slash());
    let mut all = Vec::new();
    match old.path.parent().join(&link.target) {
        Some(named) if named == *was => all.push(whole()),
        Some(named) if is_without_extension(&named, was) => {
            all.extend(without_extension(is).map(|is| spelling.spell(&from, &is, false)));
        }
        _ if is.file_name() == was.file_name() => {
            all.push(spelling.spell(&from, &is.parent(), spelling.has_slash()));
        }
        _ => {}
    }
    all.push(spelling.spell(&from, is, false));
    all
}

/// True if the page writes `./` before names in its own folder.
fn is_dotted(page: &Page) -> bool {
    page.links.iter().any(|link| link.target.starts_with("./"))
}

fn is_without_extension(named: &RepoPath, path: &RepoPath) -> bool {
    without_extension(path).as_ref() == Some(named)
}

fn slice(bytes: &[u8], start: u32, end: u32) -> &str {
    bytes
        .get(start as usize..end as usize)
        .and_then(|it| std::str::from_utf8(it).ok())
        .unwrap_or_default()
}
