//! This repository's own memory has nothing that must be mended.

use crate::support::hermetic;

#[test]
fn this_repository_is_clean() {
    let home = tempfile::tempdir().unwrap();
    let mut command = hermetic(env!("CARGO_BIN_EXE_prode"), home.path());
    command.args(["lint", "--all", "--repo", env!("CARGO_MANIFEST_DIR")]);
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains(" 0 errors, 0 warnings, "), "{text}");
}
