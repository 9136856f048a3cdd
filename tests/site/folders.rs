//! What a build may do to a folder.

use super::{built, files, memory, place, site};
use crate::support::TestRepo;

fn build(repo: &TestRepo, folder: &str) -> crate::support::ProdeRun {
    repo.prode(&["site", "build", "-o", folder])
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let repo = memory();
    repo.write("mine/keep.txt", "mine");
    repo.write("file.txt", "mine");
    for folder in ["mine", "file.txt", ".", "..", "wiki", "/"] {
        let run = build(&repo, folder).fails(1);
        assert!(
            run.stderr().contains(&format!("'{folder}'")) && run.stderr().contains("hint: "),
            "{folder}: {}",
            run.stderr()
        );
    }
    assert_eq!(std::fs::read(repo.path().join("mine/keep.txt")).unwrap(), b"mine");
    // What only says that it is a site is none.
    repo.write("mine/prode-site.json", "{}");
    build(&repo, "mine").fails(1);
    std::fs::create_dir(repo.path().join("empty")).unwrap();
    build(&repo, "empty").ok();
    assert!(repo.path().join("empty/index.html").exists());
}

#[test]
fn what_somebody_put_into_a_site_is_named_and_stays() {
    let repo = memory();
    built(&repo, &[]);
    let folder = place(&repo).display().to_string();
    std::fs::write(place(&repo).join("CNAME"), "docs.example.org\n").unwrap();
    let run = build(&repo, &folder).fails(1);
    assert!(run.stderr().contains("holds what the site did not write: CNAME"), "{}", run.stderr());
    assert!(place(&repo).join("CNAME").exists());
    std::fs::remove_file(place(&repo).join("CNAME")).unwrap();
    std::fs::create_dir(place(&repo).join("wiki/extra")).unwrap();
    let run = build(&repo, &folder).fails(1);
    assert!(run.stderr().contains("wiki/extra"), "{}", run.stderr());
    std::fs::remove_dir(place(&repo).join("wiki/extra")).unwrap();
    std::os::unix::fs::symlink("/etc", place(&repo).join("link")).unwrap();
    build(&repo, &folder).fails(1);
    assert!(std::path::Path::new("/etc/passwd").exists());
}

#[test]
fn a_link_to_a_folder_stays_a_link() {
    let repo = memory();
    let real = repo.home().join("real");
    std::fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, place(&repo)).unwrap();
    built(&repo, &[]);
    built(&repo, &["--title", "Other"]);
    assert!(place(&repo).is_symlink());
    assert!(real.join("index.html").exists());
}

#[test]
fn a_site_in_the_work_tree_is_told_of_until_git_ignores_it() {
    let repo = memory();
    let run = build(&repo, "public").ok();
    assert!(run.stderr().contains("add /public/ to .gitignore"), "{}", run.stderr());
    repo.write(".gitignore", "/public/\n");
    let run = build(&repo, "public").ok();
    assert!(!run.stderr().contains(".gitignore"), "{}", run.stderr());
    assert_eq!(repo.git(&["status", "--porcelain", "--", "public", ".public*"]), "");
}

#[test]
fn one_build_at_a_time_writes_a_folder() {
    let repo = memory();
    let lock = repo.home().join(".site.prode-lock");
    let held = std::fs::File::create(&lock).unwrap();
    held.lock().unwrap();
    let folder = place(&repo).display().to_string();
    let run = build(&repo, &folder).fails(3);
    assert!(run.stderr().contains("another build writes"), "{}", run.stderr());
    assert!(!place(&repo).exists());
    // A process that another test is starting holds a copy for a moment: closing is not enough.
    held.unlock().unwrap();
    build(&repo, &folder).ok();
    assert!(!lock.exists(), "the lock goes with its build");
}

#[test]
fn many_builds_at_once_leave_one_whole_site() {
    let repo = memory();
    let wanted = site(&repo, &[]);
    std::fs::remove_dir_all(place(&repo)).unwrap();
    let folder = place(&repo).display().to_string();
    let start = || {
        let mut run = repo.prode_command();
        run.args(["site", "build", "-q", "-o", &folder])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        run.spawn().unwrap()
    };
    let mut runs: Vec<_> = (0..6).map(|_| start()).collect();
    let codes: Vec<_> = runs.iter_mut().map(|run| run.wait().unwrap().code().unwrap()).collect();
    assert!(codes.contains(&0) && codes.iter().all(|code| [0, 3].contains(code)), "{codes:?}");
    assert_eq!(files(&place(&repo)), wanted);
    let left: Vec<_> = std::fs::read_dir(repo.home())
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .filter(|it| it.to_string_lossy().contains(".prode-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn there_is_no_site_without_a_commit() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n");
    let run = build(&repo, "../out").fails(1);
    assert!(run.stderr().contains("no commit to make a site from"), "{}", run.stderr());
    let folder = TestRepo::no_repository();
    folder.write("a.md", "# A\n");
    build(&folder, "../out").fails(1);
    build(&repo, "").fails(2);
    let bad = repo.prode(&["site", "build", "-o", "x", "--base-url", "example.org"]).fails(2);
    assert!(bad.stderr().contains("'example.org' is no address of a folder"), "{}", bad.stderr());
}
