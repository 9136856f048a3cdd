//! Any bytes as a whole file: its sections cover it, its anchors differ.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use prode::document;
use prode::repo_path::RepoPath;

fuzz_target!(|data: &[u8]| {
    let path = RepoPath::from_git("wiki/fuzz.md");
    let (document, _) = document::parse(&path, data);
    let mut at = 0;
    for section in &document.sections {
        assert_eq!(section.span.start, at);
        at = section.span.end;
    }
    assert_eq!(at as usize, data.len());
    let distinct: HashSet<_> = document.anchors.iter().collect();
    assert_eq!(distinct.len(), document.anchors.len());
    for link in &document.links {
        assert!(link.span.start < link.span.end && link.span.end as usize <= data.len());
    }
    let _ = prode::adr::recognise(&RepoPath::from_git("adr/0001-fuzz.md"), &document, data);
});
