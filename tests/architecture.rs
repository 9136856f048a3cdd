//! The house's rules, held against the source: which room may use which, who
//! may use a foreign crate, print, or ask for the time; how large a file and a
//! function may grow.

#![allow(clippy::print_stderr, reason = "the measure of the code is told in passing")]

mod circles;
mod dependencies;
mod lint_rules;
mod rules;
mod tokens;

use std::fs;
use std::path::Path;

use rules::{FOREIGN, IMPORTS, PURE, RANKS, SIGNS};
use tokens::{Token, functions, modules, paths, tokens};

/// One file of `src`.
struct File {
    /// From `src`, such as `git/tree.rs`.
    name: String,
    text: String,
    tokens: Vec<Token>,
}

impl File {
    /// The room that it stands in: the first folder, or the file's own name.
    fn room(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// Every path that it writes, `super` resolved, as `crate::…` or foreign.
    fn paths(&self) -> Vec<(Vec<String>, usize)> {
        paths(&self.tokens)
    }
}

fn source() -> Vec<File> {
    rust_files("src")
}

/// The Rust files of one folder of the package.
fn rust_files(folder: &str) -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter();
    let files: Vec<File> = files
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            File { name, tokens: tokens(&text), text }
        })
        .collect();
    assert!(files.len() > 100, "the files of {} were not found", folder.display());
    files
}

fn rank(room: &str) -> Option<usize> {
    RANKS.iter().position(|rooms| rooms.contains(&room))
}

#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_room_has_a_rank() {
    let unknown: Vec<String> = source()
        .iter()
        .filter(|file| !["lib", "main"].contains(&file.room()) && rank(file.room()).is_none())
        .map(|file| format!("src/{}: its room stands in no rank", file.name))
        .collect();
    none(&unknown);
}

#[test]
fn rooms_import_only_what_stands_below_them() {
    let mut found = Vec::new();
    for file in source().iter().filter(|file| !["lib", "main"].contains(&file.room())) {
        for (path, line) in file.paths() {
            if path[0] != "crate" || path.len() < 2 || path[1] == file.room() {
                continue;
            }
            let used = path[1..].join("::");
            let lower = rank(&path[1]).is_none_or(|other| Some(other) < rank(file.room()));
            if !lower && !is_excepted(file, &used) {
                found.push(format!("src/{}:{line}: uses {used}", file.name));
            }
        }
    }
    none(&found);
}

const GATEWAYS: &[&str] =
    &["config", "edits", "fts5", "git", "http", "index", "program", "signing", "store", "tracker"];

#[test]
fn adapters_leave_gateways_to_operations() {
    let mut found = Vec::new();
    for file in source().iter().filter(|file| ["cli", "mcp"].contains(&file.room())) {
        for (path, line) in file.paths() {
            let used = path[1..].join("::");
            let gateway = path.get(1).is_some_and(|room| GATEWAYS.contains(&room.as_str()));
            if path[0] == "crate" && gateway && !is_excepted(file, &used) {
                found.push(format!("src/{}:{line}: uses {used}", file.name));
            }
        }
    }
    none(&found);
}

fn is_excepted(file: &File, used: &str) -> bool {
    IMPORTS
        .iter()
        .any(|exception| file.name.starts_with(exception.from) && used.starts_with(exception.to))
}

#[test]
fn nothing_climbs_out_of_its_room_by_super() {
    let mut found = Vec::new();
    for file in source() {
        let stem = file.name.trim_end_matches(".rs").trim_end_matches("/mod");
        let inner = modules(&file.tokens);
        for (path, line) in file.paths() {
            let inside = inner.iter().filter(|lines| lines.contains(&line)).count();
            let depth = stem.split('/').count() + inside;
            let climbed = path.iter().take_while(|step| *step == "super").count();
            if climbed >= depth && climbed < path.len() {
                found.push(format!("src/{}:{line}: {}", file.name, path.join("::")));
            }
        }
    }
    none(&found);
}

#[test]
fn foreign_crates_stop_at_their_gateways() {
    let mut found = Vec::new();
    for file in source() {
        for (path, line) in file.paths() {
            let row = FOREIGN.iter().find(|(name, _)| *name == path[0]);
            let Some((name, rooms)) = row else { continue };
            if !rooms.iter().any(|room| file.name.starts_with(room)) {
                found.push(format!("src/{}:{line}: uses {name}", file.name));
            }
        }
    }
    none(&found);
}

#[test]
fn the_table_of_foreign_crates_is_whole() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    let manifest: toml::Table = manifest.unwrap().parse().unwrap();
    let names: Vec<String> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .map(|name| name.replace('-', "_"))
        .collect();
    let missing = names.iter().filter(|name| FOREIGN.iter().all(|(row, _)| row != name));
    let stale = FOREIGN.iter().filter(|(row, _)| names.iter().all(|name| name != row));
    let found: Vec<String> = missing
        .map(|name| format!("{name} has no row"))
        .chain(stale.map(|(row, _)| format!("{row} is no dependency")))
        .collect();
    none(&found);
}

#[test]
fn signs_of_the_outside_stay_where_they_belong() {
    let mut found = Vec::new();
    for file in source() {
        for sign in SIGNS {
            let words = tokens(sign.code);
            let wide = file.tokens.windows(words.len());
            let here =
                wide.filter(|window| window.iter().zip(&words).all(|(a, b)| a.text == b.text));
            let allowed = sign.files.iter().any(|allowed| file.name.starts_with(allowed));
            if !allowed && !file.name.ends_with("tests.rs") {
                found.extend(
                    here.map(|at| format!("src/{}:{}: {}", file.name, at[0].line, sign.code)),
                );
            }
        }
    }
    none(&found);
}

#[test]
fn the_model_is_pure() {
    let mut found = Vec::new();
    for file in source().iter().filter(|file| PURE.contains(&file.room())) {
        for (path, line) in file.paths() {
            let outside = ["fs", "net", "process", "env", "thread"];
            // Addresses are values; so are paths and the traits of io.
            let is_value = path.last().is_some_and(|name| name.ends_with("Addr"));
            let is_outside = path.get(1).is_some_and(|it| outside.contains(&it.as_str()));
            if path[0] == "std" && is_outside && !is_value {
                found.push(format!("src/{}:{line}: {}", file.name, path.join("::")));
            }
        }
        let waiting = file.tokens.iter().filter(|token| token.text == "async");
        found.extend(waiting.map(|token| format!("src/{}:{}: async", file.name, token.line)));
    }
    none(&found);
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = |file: &&File| !file.text.starts_with("//! ");
    let is_test = |file: &File| file.name.ends_with("tests.rs");
    let files = source();
    let found = files.iter().filter(silent).filter(|file| !is_test(file) || file.text.is_empty());
    none(
        &found.map(|file| format!("src/{} does not open with //!", file.name)).collect::<Vec<_>>(),
    );
}

/// Lines that a file may have.
const FILE_LIMIT: usize = 400;

/// Lines that a function may have.
const FUNCTION_LIMIT: usize = 60;

#[test]
fn files_and_functions_stay_small() {
    let files = source();
    let measured =
        files.iter().map(|file| (file.text.lines().count(), format!("src/{}", file.name)));
    let file_sizes: Vec<(usize, String)> = measured.collect();
    let function_sizes: Vec<(usize, String)> = files
        .iter()
        .flat_map(|file| {
            functions(&file.tokens)
                .into_iter()
                .map(|(name, line, lines)| (lines, format!("src/{}:{line} {name}", file.name)))
        })
        .collect();
    tell("file", file_sizes.clone());
    tell("function", function_sizes.clone());
    let over = |sizes: Vec<(usize, String)>, limit: usize| {
        sizes.into_iter().filter(move |(lines, _)| *lines > limit)
    };
    let found: Vec<String> = over(file_sizes, FILE_LIMIT)
        .chain(over(function_sizes, FUNCTION_LIMIT))
        .map(|(lines, name)| format!("{name} has {lines} lines"))
        .collect();
    none(&found);
}

/// Prints how many lines the median and the largest have.
fn tell(kind: &str, mut sizes: Vec<(usize, String)>) {
    sizes.sort_unstable();
    let (median, _) = &sizes[sizes.len() / 2];
    let (largest, name) = &sizes[sizes.len() - 1];
    eprintln!("{kind}s: {}, median {median} lines, largest {largest} ({name})", sizes.len());
}

/// A file that no module names is neither compiled nor tested, and nothing
/// says so: a line lost in a merge once took a whole folder of tests away.
#[test]
fn every_file_is_named_by_the_module_above_it() {
    let mut lost = Vec::new();
    for folder in ["src", "tests"] {
        let files = rust_files(folder);
        let own = |file: &&File| {
            !["fixtures/", "peers/"].iter().any(|apart| file.name.starts_with(apart))
        };
        for file in files.iter().filter(own) {
            let path = file.name.trim_end_matches(".rs").trim_end_matches("/mod");
            let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
            if above.is_empty() && ["main", "lib"].contains(&name) {
                continue;
            }
            let parents = match above {
                "" => ["main.rs".to_owned(), "lib.rs".to_owned()],
                above => [format!("{above}.rs"), format!("{above}/mod.rs")],
            };
            let mut parents = files.iter().filter(|it| parents.contains(&it.name));
            if !parents.any(|it| declares(it, name)) {
                lost.push(format!("{folder}/{}: no module names it", file.name));
            }
        }
    }
    none(&lost);
}

/// True where `file` has a line `mod name;`.
fn declares(file: &File, name: &str) -> bool {
    let mut places = file.tokens.windows(3);
    places.any(|it| it[0].text == "mod" && it[1].text == name && it[2].text == ";")
}
