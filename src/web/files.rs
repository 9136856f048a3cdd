//! What the files of a memory are called where no server answers.
//!
//! A page keeps its path, with `.html` for `.md`, so that its address can be guessed and
//! its Markdown stands beside it. A name that some system or host would not take (a
//! colon, a dot in front, bytes that are no text, two names that differ in case alone)
//! is written with a digest of the path, so that it is the same in every build.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::place::{DECIDED, LISTED, Place};
use crate::ids::hex;

/// Characters of a digest in a name.
const DIGITS: usize = 8;
/// Bytes of one part of a path; systems take 255.
const LONGEST: usize = 180;
/// Names that Windows keeps for itself, with any end.
const KEPT: [&str; 10] =
    ["con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2", "lpt3"];

/// What is in the folder, as far as addresses depend on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// By a page's path, its file without `.html`.
    pages: BTreeMap<String, String>,
    /// By a picture's path, its file, or all of it as an address.
    pictures: BTreeMap<String, String>,
    /// By the number that one decision alone has, its path.
    decisions: BTreeMap<u32, String>,
    /// By a skill's name, its file without `.html`.
    skills: BTreeMap<String, String>,
}

impl Files {
    /// Names for pages by their paths. `decisions` are those that a number names.
    pub fn new<'a>(
        paths: impl Iterator<Item = &'a str> + Clone,
        decisions: BTreeMap<u32, String>,
        skills: impl Iterator<Item = &'a str>,
    ) -> Self {
        let pages = apart(paths, |path| path.strip_suffix(".md").unwrap_or(path));
        let skills = skills.map(|name| (name.to_owned(), format!("skills/{}", part(name))));
        let pages = pages.into_iter().map(|(path, name)| (path, format!("wiki/{name}")));
        Self {
            pages: pages.collect(),
            pictures: BTreeMap::new(),
            decisions,
            skills: skills.collect(),
        }
    }

    /// The same with pictures: by path all of one as an address, or `None` for a file.
    #[must_use]
    pub fn with_pictures(self, pictures: BTreeMap<String, Option<String>>) -> Self {
        let files = pictures.iter().filter(|(_, whole)| whole.is_none());
        let mut names = apart(files.map(|(path, _)| path.as_str()), |path| path);
        let all = pictures.into_iter().filter_map(|(path, whole)| {
            let place = whole.or_else(|| names.remove(&path).map(|it| format!("picture/{it}")))?;
            Some((path, place))
        });
        Self { pictures: all.collect(), ..self }
    }

    /// True if the page at `path` is written.
    pub fn has_page(&self, path: &str) -> bool {
        self.pages.contains_key(path)
    }

    /// Where a picture is; `None` where it is not written.
    pub fn picture(&self, path: &str) -> Option<&str> {
        self.pictures.get(path).map(String::as_str)
    }

    /// The file of `place`. What is not written leads to the front page.
    pub fn name(&self, place: Place<'_>, parameters: &[(&str, &str)]) -> String {
        let one = |name: &str| {
            parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
        };
        let from = one("from").and_then(|it| it.parse().ok()).unwrap_or(0);
        let home = || "index.html".to_owned();
        match place {
            Place::Home
            | Place::Inbox
            | Place::Learning(_)
            | Place::Blame(_)
            | Place::Diff(_)
            | Place::Audit
            | Place::Finding(_)
            | Place::Runs
            | Place::Run(_) => home(),
            Place::Search => listed("search", ("kinds", one("kind")), from / LISTED),
            Place::Decisions => listed("decisions", ("statuses", one("status")), from / DECIDED),
            Place::Page(path) => self.pages.get(path).map_or_else(home, |it| format!("{it}.html")),
            Place::Raw(path) => self.pages.get(path).map_or_else(home, |it| format!("{it}.md")),
            Place::History(path) => {
                let stem = self.pages.get(path).and_then(|it| it.strip_prefix("wiki/"));
                stem.map_or_else(home, |it| format!("history/{it}.html"))
            }
            Place::Picture(path) => self.picture(path).map_or_else(home, str::to_owned),
            Place::Decision(number) => match self.decisions.get(&number) {
                Some(path) => self.name(Place::Page(path), &[]),
                None => home(),
            },
            Place::Skills => "skills.html".to_owned(),
            Place::Skill(name) => {
                self.skills.get(name).map_or_else(home, |it| format!("{it}.html"))
            }
            Place::Graph => listed("graph", ("graphs", one("kind")), 0),
            Place::GraphPicture => {
                let page = listed("graph", ("graphs", one("kind")), 0);
                page.replace(".html", ".svg")
            }
        }
    }
}

/// A list of several pages: all of it, or what `of` names of it.
fn listed(all: &str, (folder, of): (&str, Option<&str>), page: usize) -> String {
    // A dot could make it the file of another one.
    let named = |it: &str| part(&it.to_lowercase().replace('.', ":"));
    match (of.map(named), page) {
        (None, 0) => format!("{all}.html"),
        (None, page) => format!("{all}/{}.html", page + 1),
        (Some(of), 0) => format!("{folder}/{of}.html"),
        (Some(of), page) => format!("{folder}/{of}/{}.html", page + 1),
    }
}

/// A name for each path, none of which stands in the way of another on any system.
fn apart<'a>(
    paths: impl Iterator<Item = &'a str>,
    stem: impl Fn(&'a str) -> &'a str,
) -> BTreeMap<String, String> {
    let named: Vec<(&str, String)> = paths.map(|path| (path, safe(stem(path)))).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut folders = BTreeSet::new();
    for (_, name) in &named {
        let name = name.to_lowercase();
        folders.extend(name.match_indices('/').map(|(at, _)| name[..at].to_owned()));
        *counts.entry(name).or_default() += 1;
    }
    let is_taken = |name: &str| {
        let low = name.to_lowercase();
        let ends = ["", ".html", ".md"].map(|end| format!("{low}{end}"));
        counts.get(&low) != Some(&1) || ends.iter().any(|it| folders.contains(it))
    };
    let of = |(path, name): (&str, String)| {
        let name = if is_taken(&name) { format!("{name}.{}", digest(path)) } else { name };
        (path.to_owned(), name)
    };
    named.into_iter().map(of).collect()
}

/// A path of which every system takes every part.
fn safe(path: &str) -> String {
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// One part of a path, with a digest where it could not stay as it is.
fn part(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " -_.+~,()".contains(c);
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let may_stay = name.chars().all(is_plain)
        && name.len() <= LONGEST
        && !name.starts_with(['.', ' ', '_', '-', '~'])
        && !name.ends_with(['.', ' '])
        && !name.is_empty()
        && !KEPT.contains(&stem.as_str());
    if may_stay {
        return name.to_owned();
    }
    let left: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    let left = &left[..left.floor_char_boundary(LONGEST / 2)];
    let left = left.trim_matches(['.', ' ', '_', '-', '~']);
    format!("{left}.{}", digest(name)).trim_start_matches('.').to_owned()
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))[..DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(paths: &[&str], path: &str) -> String {
        let files = Files::new(paths.iter().copied(), BTreeMap::new(), std::iter::empty());
        files.name(Place::Page(path), &[])
    }

    #[test]
    fn a_page_keeps_its_path() {
        assert_eq!(name(&["wiki/a b.md"], "wiki/a b.md"), "wiki/wiki/a b.html");
        assert_eq!(name(&["a.markdown"], "a.markdown"), "wiki/a.markdown.html");
        assert_eq!(name(&["a.md"], "gone.md"), "index.html");
    }

    #[test]
    fn a_name_that_a_system_would_not_take_is_another_one() {
        for path in ["a:b.md", ".x/a.md", "con.md", "_a.md", "a?.md", "a\\b.md", "x /a.md", "\"><"]
        {
            let name = name(&[path], path);
            assert!(!name.contains([':', '?', '\\', '"', '<', '>']), "{name}");
            assert!(name.split('/').all(|it| !it.starts_with(['.', '_']) && !it.contains(" /")));
            assert_ne!(name, format!("wiki/{}.html", path.trim_end_matches(".md")), "{path}");
        }
        let long = format!("{}.md", "ä".repeat(200));
        assert!(name(&[&long], &long).len() < 255);
    }

    #[test]
    fn no_name_stands_in_the_way_of_another() {
        let paths = ["A.md", "a.md", "b.md", "b.html/c.md", "d.markdown", "d.markdown.md"];
        let names: BTreeSet<String> =
            paths.iter().map(|path| name(&paths, path).to_lowercase()).collect();
        assert_eq!(names.len(), paths.len(), "{names:?}");
        assert!(!names.contains("wiki/b.html"), "{names:?}");
        assert_eq!(name(&paths, "b.html/c.md"), "wiki/b.html/c.html");
    }

    #[test]
    fn lists_have_a_file_for_each_part() {
        let files = Files::default();
        let of = |place, parameters: &[(&str, &str)]| files.name(place, parameters);
        assert_eq!(of(Place::Search, &[]), "search.html");
        assert_eq!(of(Place::Search, &[("from", "100")]), "search/2.html");
        assert_eq!(of(Place::Search, &[("kind", "adr")]), "kinds/adr.html");
        assert_eq!(of(Place::Search, &[("kind", "adr"), ("from", "200")]), "kinds/adr/3.html");
        assert_eq!(of(Place::Decisions, &[("status", "Accepted")]), "statuses/accepted.html");
        assert_eq!(of(Place::GraphPicture, &[("kind", "adr")]), "graphs/adr.svg");
    }
}
