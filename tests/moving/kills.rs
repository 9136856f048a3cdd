//! Killed at random moments, one command brings the new tree.

use std::process::Stdio;
use std::thread;
use std::time::Instant;

use crate::support::{Random, TestRepo, rounds};

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    let links: Vec<String> = (0..40).map(|n| format!("[{n}](page-{n}.md)\n")).collect();
    let links = links.concat();
    for number in 0..40 {
        repo.write(format!("wiki/old/page-{number}.md"), format!("# {number}\n\n{links}"));
        repo.write(format!("wiki/from-{number}.md"), format!("[x](old/page-{number}.md)\n"));
    }
    repo.commit("pages");
    repo
}

#[test]
fn killed_anywhere_the_same_command_ends_it() {
    let args = ["mv", "wiki/old", "wiki/deep/new"];
    let whole = repo();
    let begun = Instant::now();
    whole.prode(&args).ok();
    let took = begun.elapsed();
    let wanted: Vec<_> = tree(&whole);
    let mut random = Random::new(7);
    let mut cut = 0;
    for number in 0..rounds("MV_KILLS", 4) {
        let repo = repo();
        let old = tree(&repo);
        let mut command = repo.prode_command();
        command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // The second half of the time is where files are written.
        let share = u32::try_from(300 + random.below(700)).unwrap();
        thread::sleep(took * share / 1000);
        child.kill().ok();
        let killed = child.wait().unwrap().code().is_none();
        cut += usize::from(killed);
        let left = tree(&repo);
        let run = repo.prode(&args);
        if run.code() != Some(0) {
            assert_eq!(left, wanted, "kill {number}: {}", run.stderr());
        }
        assert_eq!(tree(&repo), wanted, "kill {number} at {share}/1000 of {took:?}");
        assert!(old != wanted);
    }
    eprintln!("{cut} kills before the end: the same command ended each");
}

/// Every file below the top but Git's, with its bytes.
fn tree(repo: &TestRepo) -> Vec<(String, Vec<u8>)> {
    let files = repo.snapshot().into_iter().filter_map(|(path, bytes)| {
        let path = path.strip_prefix(repo.path()).ok()?.to_str()?.to_owned();
        (!path.starts_with(".git/")).then_some((path, bytes))
    });
    files.collect()
}
