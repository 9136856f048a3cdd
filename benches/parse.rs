//! Reading and parsing every page of a folder, and nothing else: what a run of
//! lint is compared with.
//!
//! Argument: a repository. Reads the pages that Git lists in its work tree, as
//! lint does, and parses each; prints how many pages and bytes those were.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement, run by hand")]

use std::path::Path;

use prode::document;
use prode::git::{EntryKind, Repository};
use prode::repo_path::is_markdown_name;

fn main() {
    let path = std::env::args().nth(1).expect("a repository; see benches/run lint");
    let repository = Repository::open(Path::new(&path)).unwrap();
    let (mut pages, mut bytes, mut sections) = (0, 0, 0);
    let wanted = &mut |path: &[u8], kind| kind == EntryKind::Folder || is_markdown_name(path);
    for path in repository.work_tree_files(wanted).unwrap() {
        let content = repository.read_work_tree(&path).unwrap();
        let (document, _) = document::parse(&path, &content);
        pages += 1;
        bytes += content.len();
        sections += document.sections.len();
    }
    println!("{pages} pages, {bytes} bytes, {sections} sections");
}
