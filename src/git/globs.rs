//! Many globs, asked about many paths: which of them name this one?
//!
//! Each answers as [`glob_names`](super::glob_names) does. The part of a glob
//! without wildcards is looked up among the folders above a path, so that the
//! cost follows the globs that could name it and not their number.

use std::collections::HashMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::repo_path::RepoPath;

/// Signs that make more of a name than its letters.
const WILD: [char; 8] = ['*', '?', '[', ']', '{', '}', '\\', '!'];

/// Globs in the language of `.gitignore`, anchored at the top folder.
pub struct Globs {
    /// By the folders, or the whole path, that a glob begins with.
    by_start: HashMap<String, Starting>,
}

/// Globs that begin alike.
#[derive(Default)]
struct Starting {
    /// Those that end there, and name the path itself too.
    whole: Vec<usize>,
    /// Those that end there, and name only what lies below it.
    below: Vec<usize>,
    wild: Vec<Wild>,
    /// All of `wild` at once; most paths are none of theirs.
    any: Option<Gitignore>,
}

struct Wild {
    number: usize,
    line: String,
    rule: Gitignore,
}

impl Globs {
    /// Reads `globs`; one that is none names nothing.
    pub fn new<'a>(globs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_start: HashMap<String, Starting> = HashMap::new();
        for (number, glob) in globs.into_iter().enumerate() {
            let (start, rest) = parted(glob.trim_start_matches('/'));
            let starting = by_start.entry(start.to_owned()).or_default();
            match rest {
                Rest::Nothing => starting.whole.push(number),
                Rest::Below => starting.below.push(number),
                Rest::Wild => {
                    let line = format!("/{}", glob.trim_start_matches('/'));
                    let rule = rules([line.as_str()]);
                    starting.wild.extend(rule.map(|rule| Wild { number, line, rule }));
                }
            }
        }
        for starting in by_start.values_mut().filter(|it| it.wild.len() > 1) {
            starting.any = rules(starting.wild.iter().map(|it| it.line.as_str()));
        }
        Self { by_start }
    }

    /// True if one of the globs names `path` or a folder above it; sooner than
    /// which ones do.
    pub fn name(&self, path: &RepoPath) -> bool {
        let text = path.text();
        let starts = std::iter::successors(Some(&*text), |at| above(at));
        starts.filter_map(|at| Some((at, self.by_start.get(at)?))).any(|(at, starting)| {
            let is_below = at.len() < text.len();
            !starting.whole.is_empty()
                || (is_below && !starting.below.is_empty())
                || match &starting.any {
                    Some(any) => names(any, &text),
                    None => starting.wild.iter().any(|it| names(&it.rule, &text)),
                }
        })
    }

    /// The numbers of the globs that name `path` or a folder above it, counted
    /// from 0 in the order in which they were given; ascending.
    pub fn naming(&self, path: &RepoPath) -> Vec<usize> {
        let text = path.text();
        let mut found = Vec::new();
        let mut start = Some(&*text);
        while let Some(at) = start {
            if let Some(starting) = self.by_start.get(at) {
                starting.naming(&text, at.len() < text.len(), &mut found);
            }
            start = above(at);
        }
        found.sort_unstable();
        found
    }
}

impl Starting {
    fn naming(&self, path: &str, is_below: bool, found: &mut Vec<usize>) {
        found.extend(&self.whole);
        if is_below {
            found.extend(&self.below);
        }
        if self.any.as_ref().is_none_or(|any| names(any, path)) {
            let wild = self.wild.iter().filter(|it| names(&it.rule, path));
            found.extend(wild.map(|it| it.number));
        }
    }
}

/// What follows the part of a glob that holds no wildcard.
enum Rest {
    Nothing,
    Below,
    Wild,
}

/// The folders or the path that a glob begins with, and what follows.
fn parted(glob: &str) -> (&str, Rest) {
    let is_plain = |text: &str| {
        let odd = text.contains("//") || text.starts_with("./") || text.contains("/.");
        !text.is_empty() && !text.contains(WILD) && !odd && text.trim_end() == text
    };
    let folder = ["/**", "/*", "/"].iter().find_map(|end| glob.strip_suffix(end));
    match folder {
        Some(folder) if is_plain(folder) => return (folder, Rest::Below),
        None if is_plain(glob) => return (glob, Rest::Nothing),
        _ => {}
    }
    let wild = glob.find(WILD).unwrap_or(0);
    let start = above(&glob[..wild]).filter(|start| is_plain(start));
    (start.unwrap_or_default(), Rest::Wild)
}

/// The folder above a path; the top folder is the empty text, above it is none.
fn above(path: &str) -> Option<&str> {
    if path.is_empty() { None } else { Some(path.rfind('/').map_or("", |cut| &path[..cut])) }
}

fn rules<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Gitignore> {
    let mut rules = GitignoreBuilder::new("");
    for line in lines {
        rules.add_line(None, line).ok()?;
    }
    rules.build().ok()
}

fn names(rules: &Gitignore, path: &str) -> bool {
    rules.matched_path_or_any_parents(path, false).is_ignore()
}

#[cfg(test)]
mod tests {
    use super::super::glob_names;
    use super::*;

    #[rustfmt::skip]
    const GLOBS: &[&str] = &[
        "src/**", "src/*", "src", "src/", "/src/a.rs", "src/**/mod.rs", "src/a*", "**/*.rs", "*.rs",
        "**", "*", "", "/", "src/[ab].rs", "src/{a,b}.rs", "src/a.rs ", "src/\\*.rs", "./src",
        "src//a.rs", "!src/a.rs", "#x", "src/b/c/**", "src/b/?", "src/.hidden", "a b/**",
        "src/b/c/d.rs", "SRC/**", "src/[", "src/**/", "../src/**", "src/./a.rs", "wiki/**/x/*",
        "**/b/**",
    ];

    #[rustfmt::skip]
    const PATHS: &[&str] = &[
        "src/a.rs", "src/b.rs", "src", "src/b/c/d.rs", "src/b/c", "src/b/mod.rs", "src/mod.rs",
        "a.rs", "a b/c", "src/.hidden", "#x", "!src/a.rs", "src/*.rs", "srcx/a.rs", "wiki/q/x/y",
        "wiki/x/y/z", "SRC/a", "b/b/b",
    ];

    #[test]
    fn together_they_say_what_each_says_alone() {
        let all = Globs::new(GLOBS.iter().copied());
        for path in PATHS {
            let path = RepoPath::from_git(*path);
            let alone: Vec<usize> =
                (0..GLOBS.len()).filter(|&number| glob_names(GLOBS[number], &path)).collect();
            assert_eq!(all.naming(&path), alone, "{path}");
            assert_eq!(all.name(&path), !alone.is_empty(), "{path}");
        }
        assert!(all.naming(&RepoPath::from_git("src/a.rs")).len() > 9);
    }

    #[test]
    fn a_path_that_is_no_text_is_named_by_its_folder() {
        let all = Globs::new(["src/**"]);
        assert_eq!(all.naming(&RepoPath::from_git(b"src/\xff".to_vec())), [0]);
    }
}
