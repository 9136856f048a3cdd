//! Any bytes as a CODEOWNERS file, asked about the paths that it names itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prode::corpus::{CodeOwners, OwnersDialect};
use prode::repo_path::RepoPath;

fuzz_target!(|data: &[u8]| {
    for dialect in [OwnersDialect::GitHub, OwnersDialect::GitLab] {
        let (owners, problems) = CodeOwners::parse(data, dialect);
        assert!(problems.len() <= data.len() + 1);
        let everybody = owners.everybody();
        let written = data.split(|byte| b"\n \t*".contains(byte)).take(50);
        for path in written.chain([&b"wiki/a/b.md"[..], b"", b"/"]) {
            let found = owners.owners(&RepoPath::from_git(path));
            assert!(found.iter().all(|owner| everybody.contains(&owner.as_str())));
        }
    }
});
