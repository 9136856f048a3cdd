//! Which files pages describe, asked of a whole tree at once.
//!
//! Pages that name the same globs share one answer, and a tree is gone through
//! once for all of them. What a glob names is not known here: whoever asks
//! brings the function that says it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::digest::sources_digest;
use super::{DISMISSED, REVIEWS};
use crate::document::Source;
use crate::ids::BlobId;
use crate::repo_path::RepoPath;

/// The glob of a source in this repository; `None` for one in another, and for
/// an address.
pub fn own_glob(source: &Source) -> Option<&str> {
    let is_here = source.repo.is_none() && !source.path.contains("://");
    is_here.then_some(source.path.as_str()).filter(|glob| !glob.trim().is_empty())
}

/// What pages say that they describe.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Each glob once.
    globs: Vec<String>,
    /// Each set of globs once, by their numbers.
    sets: Vec<BTreeSet<usize>>,
    /// Each page and its set; a page that names nothing of this repository has none.
    pages: BTreeMap<RepoPath, usize>,
}

impl Sources {
    /// Of pages and what their `sources` say.
    pub fn of<'a>(pages: impl IntoIterator<Item = (&'a RepoPath, &'a [Source])>) -> Self {
        let mut sources = Self::default();
        let (mut globs, mut sets) = (BTreeMap::new(), BTreeMap::new());
        for (page, named) in pages {
            let mut numbered = |glob: &str| {
                let next = globs.len();
                *globs.entry(glob.to_owned()).or_insert(next)
            };
            let set: BTreeSet<usize> =
                named.iter().filter_map(own_glob).map(&mut numbered).collect();
            if set.is_empty() {
                continue;
            }
            let next = sets.len();
            sources.pages.insert(page.clone(), *sets.entry(set).or_insert(next));
        }
        sources.globs = in_order(globs);
        sources.sets = in_order(sets);
        sources
    }

    /// Every glob once; a glob's number is its place here.
    pub fn globs(&self) -> impl Iterator<Item = &str> {
        self.globs.iter().map(String::as_str)
    }

    /// Goes through the files of a tree once. `naming` gives the numbers of the
    /// globs that name a path. Linear in the files and in what is named.
    pub fn find<'a>(
        &self,
        files: impl IntoIterator<Item = (&'a RepoPath, BlobId)>,
        naming: impl Fn(&RepoPath) -> Vec<usize>,
    ) -> Described {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.globs.len()];
        for (set, globs) in self.sets.iter().enumerate() {
            for &glob in globs {
                users[glob].push(set);
            }
        }
        let mut found = Described {
            pages: self.pages.clone(),
            files: Vec::new(),
            numbers: HashMap::new(),
            by_set: vec![Vec::new(); self.sets.len()],
        };
        for (path, blob) in files {
            let sets: BTreeSet<usize> = naming(path)
                .into_iter()
                .filter_map(|glob| users.get(glob))
                .flatten()
                .copied()
                .collect();
            if sets.is_empty() || is_own_record(path) {
                continue;
            }
            let number = found.files.len();
            for set in sets {
                found.by_set[set].push(number);
            }
            found.numbers.insert(path.clone(), number);
            found.files.push((path.clone(), blob));
        }
        found
    }
}

/// What was found in one tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pages: BTreeMap<RepoPath, usize>,
    files: Vec<(RepoPath, BlobId)>,
    /// Places in `files`.
    numbers: HashMap<RepoPath, usize>,
    by_set: Vec<Vec<usize>>,
}

impl Described {
    /// The files that `page` describes, in the order of the tree; `None` where
    /// it names nothing of this repository. A page never describes itself, nor
    /// the files that stamps are kept in: a stamp would make itself untrue.
    pub fn files_of<'a>(
        &'a self,
        page: &RepoPath,
    ) -> Option<impl Iterator<Item = (&'a RepoPath, BlobId)> + use<'a>> {
        let numbers = &self.by_set[*self.pages.get(page)?];
        let files = numbers.iter().map(|&number| &self.files[number]);
        let page = page.clone();
        Some(files.filter(move |(path, _)| *path != page).map(|(path, blob)| (path, *blob)))
    }

    /// Has a file another content from now on, where a page describes it.
    pub fn set_blob(&mut self, path: &RepoPath, blob: BlobId) {
        if let Some(&number) = self.numbers.get(path) {
            self.files[number].1 = blob;
        }
    }

    /// The digest of what `page` describes; `None` where it names nothing of
    /// this repository.
    pub fn digest_of(&self, page: &RepoPath) -> Option<String> {
        self.files_of(page).map(sources_digest)
    }
}

fn is_own_record(path: &RepoPath) -> bool {
    [REVIEWS, DISMISSED].iter().any(|record| path.as_bytes() == record.as_bytes())
}

/// Keys by their numbers, which count from 0 without a gap.
fn in_order<T: Ord>(numbered: BTreeMap<T, usize>) -> Vec<T> {
    let mut pairs: Vec<(T, usize)> = numbered.into_iter().collect();
    pairs.sort_unstable_by_key(|(_, number)| *number);
    pairs.into_iter().map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    fn source(path: &str) -> Source {
        Source { repo: None, path: path.to_owned() }
    }

    /// A glob is a beginning.
    fn find(sources: &Sources, files: &[&str]) -> Described {
        let files: Vec<RepoPath> = files.iter().map(|it| path(it)).collect();
        let globs: Vec<&str> = sources.globs().collect();
        sources.find(files.iter().map(|it| (it, BlobId([1; 20]))), |file| {
            let names = |&number: &usize| file.text().starts_with(globs[number]);
            (0..globs.len()).filter(names).collect()
        })
    }

    fn names(described: &Described, page: &str) -> Option<Vec<String>> {
        let files = described.files_of(&path(page))?;
        Some(files.map(|(path, _)| path.text().into_owned()).collect())
    }

    #[test]
    fn each_page_has_its_files_once() {
        let lists = [
            vec![source("src/b"), source("src/")],
            vec![source("src/"), source("src/b")],
            vec![source("x")],
        ];
        let pages = [path("a.md"), path("b.md"), path("c.md")];
        let sources = Sources::of(pages.iter().zip(lists.iter().map(Vec::as_slice)));
        assert_eq!((sources.globs.len(), sources.sets.len()), (3, 2));
        let found = find(&sources, &["src/a", "src/b", "y"]);
        let both = Some(vec!["src/a".to_owned(), "src/b".to_owned()]);
        assert_eq!((names(&found, "a.md"), names(&found, "b.md")), (both.clone(), both));
        assert_eq!(names(&found, "c.md"), Some(Vec::new()));
        assert_eq!(found.digest_of(&path("a.md")), found.digest_of(&path("b.md")));
        assert_eq!(found.digest_of(&path("c.md")), Some(sources_digest([])));
        assert_eq!(found.digest_of(&path("d.md")), None);
    }

    #[test]
    fn what_lies_elsewhere_is_no_file_of_this_tree() {
        let abroad =
            Source { repo: Some("https://x.example/r".to_owned()), path: "src/**".to_owned() };
        let list = [abroad, source("https://x.example/page"), source(" ")];
        let page = path("a.md");
        let sources = Sources::of([(&page, &list[..])]);
        assert_eq!(sources.globs().count(), 0);
        assert_eq!(find(&sources, &["src/a"]).digest_of(&page), None);
    }

    #[test]
    fn a_page_does_not_describe_itself_nor_its_stamp() {
        let (page, other) = (path("wiki/a.md"), path("wiki/b.md"));
        let list = [source("")];
        let all = [Source { path: "w".to_owned(), ..list[0].clone() }, source(".prode")];
        let sources = Sources::of([(&page, &all[..]), (&other, &all[..])]);
        let found = find(
            &sources,
            &["wiki/a.md", "wiki/b.md", REVIEWS, DISMISSED, ".prode/allowed_signers"],
        );
        let expected =
            |name: &str| Some(vec![name.to_owned(), ".prode/allowed_signers".to_owned()]);
        assert_eq!(names(&found, "wiki/a.md"), expected("wiki/b.md"));
        assert_eq!(names(&found, "wiki/b.md"), expected("wiki/a.md"));
    }
}
