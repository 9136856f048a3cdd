//! `unverified_review`: a stamp that is only claimed.

#[cfg(unix)]
use super::found;
#[cfg(unix)]
use crate::support::TestRepo;

#[cfg(unix)]
fn key(repo: &TestRepo, name: &str) -> String {
    let path = repo.home().join(name);
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
        .arg(&path)
        .status();
    assert!(made.unwrap().success());
    path.display().to_string()
}

#[cfg(unix)]
#[test]
fn a_stamp_counts_where_its_person_signed_it_or_the_merge() {
    let repo = TestRepo::new();
    let ada = key(&repo, "ada");
    let public = std::fs::read_to_string(format!("{ada}.pub")).unwrap();
    repo.write(".prode/allowed_signers", format!("human:ada {public}"));
    repo.write("prode.yaml", "people: {human:ada: {email: ada@example.org}}\n");
    let stamp = |day: &str| {
        let front = format!("owner: human:ada\nreviewed: {{by: human:ada, at: {day}}}\n");
        repo.write("wiki/a.md", format!("---\n{front}---\n# A\n"));
    };
    stamp("2026-01-01");
    repo.commit("by an agent in her name");
    assert_eq!(found(&repo, "2026-01-09"), ["wiki/a.md unverified_review"]);
    let signed = |args: &[&str]| {
        let key = format!("user.signingkey={ada}");
        let sign = ["-c", "gpg.format=ssh", "-c", &key];
        repo.git(&[&sign, args].concat());
    };
    stamp("2026-01-02");
    repo.git(&["add", "--all"]);
    signed(&["commit", "-q", "-S", "-m", "by herself"]);
    assert!(found(&repo, "2026-01-09").is_empty());
    repo.git(&["checkout", "-q", "-b", "side"]);
    stamp("2026-01-03");
    repo.commit_at("by an agent, on a branch", "2026-01-03T00:00:00Z");
    repo.git(&["checkout", "-q", "main"]);
    signed(&["merge", "-q", "-S", "--no-ff", "-m", "merged by herself", "side"]);
    assert!(found(&repo, "2026-01-09").is_empty());
    stamp("2026-01-04");
    repo.commit_at("by an agent again", "2026-01-04T00:00:00Z");
    assert_eq!(found(&repo, "2026-01-09"), ["wiki/a.md unverified_review"]);
}

#[cfg(unix)]
#[test]
fn where_nobody_has_a_key_it_is_said_once() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", super::page("reviewed: {by: human:ada, at: 2026-01-01}\n", "A"));
    repo.commit("a");
    let answer = super::audited(&repo, &["--as-of", "2026-01-02"]);
    assert_eq!(answer["skipped"][0]["what"], "unverified_review");
}
