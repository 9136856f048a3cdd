//! Any bytes between the fences of a YAML or TOML block.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prode::ids::BlobId;
use prode::repo_path::RepoPath;

fuzz_target!(|data: &[u8]| {
    for fence in ["---\n", "+++\n"] {
        let bytes = [fence.as_bytes(), data, b"\n", fence.as_bytes(), b"# Title\n"].concat();
        for path in ["adr/0001-fuzz.md", "skills/fuzz/SKILL.md"] {
            let (page, texts) =
                prode::corpus::Page::read(RepoPath::from_git(path), BlobId([0; 20]), &bytes);
            assert_eq!(page.headings.len(), texts.len());
            assert!(page.front.body_start as usize <= bytes.len());
        }
    }
});
