//! The fuzzers' seeds, replayed without a fuzzer.

use std::fs;

use prode::corpus::Page;
use prode::ids::BlobId;
use prode::repo_path::RepoPath;

use super::files::repository;
use super::{laws, parse};

/// Every seed of a fuzz target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = repository().join("fuzz/corpus").join(target);
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| fs::read(entry.path()).unwrap()).collect()
}

#[test]
fn seeds_of_sections_keep_the_laws() {
    let seeds = seeds("sections");
    assert!(!seeds.is_empty());
    for seed in seeds {
        laws::check(&seed, &parse(&seed));
    }
}

#[test]
fn seeds_of_front_matter_become_pages() {
    let seeds = seeds("front_matter");
    assert!(!seeds.is_empty());
    for seed in seeds {
        for fence in ["---\n", "+++\n"] {
            let bytes = [fence.as_bytes(), &seed, b"\n", fence.as_bytes(), b"# Title\n"].concat();
            laws::check(&bytes, &parse(&bytes));
            for path in ["adr/0001-fuzz.md", "skills/fuzz/SKILL.md"] {
                let (page, texts) = Page::read(RepoPath::from_git(path), BlobId([0; 20]), &bytes);
                assert_eq!(page.headings.len(), texts.len());
            }
        }
    }
}
