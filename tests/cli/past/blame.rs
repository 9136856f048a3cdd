//! `prode blame`, against what `git blame` says.

use serde_json::Value;

use super::{PAGE, array, repo};
use crate::support::{Random, TestRepo};

fn blame(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[&["blame"], args, &["--json"]].concat()).ok().json()
}

/// `commit line` for each line of the page.
fn told(blame: &Value) -> Vec<String> {
    let line = |it: &Value| format!("{} {}", it["commit"].as_str().unwrap(), it["original_line"]);
    array(blame, "lines").iter().map(line).collect()
}

/// The same by the `git` program.
fn by_git(repo: &TestRepo, path: &str) -> Vec<String> {
    let text = repo.git(&["blame", "--porcelain", "HEAD", "--", path]);
    let head = |line: &str| {
        let mut words = line.split(' ');
        let (id, old) = (words.next()?, words.next()?);
        let is_head = id.len() == 40 && words.next()?.parse::<usize>().is_ok();
        is_head.then(|| format!("{id} {old}"))
    };
    text.lines().filter_map(head).collect()
}

#[test]
fn each_line_has_its_commit_through_a_rename() {
    let (repo, [first, second, _, fourth]) = repo();
    let blame = blame(&repo, &["wiki/queue.md"]);
    assert_eq!(blame["schema"], "prode.blame/v1");
    let lines = array(&blame, "lines");
    assert_eq!(
        (&lines[0]["commit"], &lines[0]["path"]),
        (&first.clone().into(), &"wiki/old.md".into())
    );
    assert_eq!(
        (&lines[8]["commit"], &lines[8]["text"]),
        (&second.into(), &"A full disk, too.".into())
    );
    assert_eq!(
        (&lines[12]["commit"], &lines[12]["path"]),
        (&fourth.into(), &"wiki/queue.md".into())
    );
    let first = array(&blame, "commits").iter().find(|it| it["id"] == first.as_str()).unwrap();
    assert_eq!((&first["lines"], &first["is_cut"]), (&11.into(), &false.into()));
    assert_eq!(told(&blame), by_git(&repo, "wiki/queue.md"));
}

#[test]
fn a_section_has_its_own_lines_under_the_numbers_of_the_page() {
    let (repo, [first, ..]) = repo();
    let section = blame(&repo, &["wiki/queue.md#repair"]);
    let numbers: Vec<_> = array(&section, "lines").iter().map(|it| &it["line"]).collect();
    assert_eq!(numbers, [11, 12, 13]);
    let text = repo.prode(&["blame", "wiki/queue.md#repair"]).ok();
    text.says(&format!(" {} 2026-01-01 Ada Example 11  ## Repair\n", &first[..10]));
}

#[test]
fn lines_on_disk_are_nobodys_yet() {
    let (repo, [first, ..]) = repo();
    repo.write("wiki/queue.md", PAGE.replace("A slow consumer.", "A slow consumer.\n\nA new one."));
    let blame = blame(&repo, &["wiki/queue.md", "--worktree"]);
    let lines = array(&blame, "lines");
    assert_eq!((&lines[6]["commit"], &lines[8]["commit"]), (&first.into(), &Value::Null));
    repo.prode(&["blame", "wiki/queue.md", "--worktree"]).ok().says("on disk, not committed");
}

#[test]
fn a_change_of_line_ends_writes_no_line() {
    let (repo, [first, ..]) = repo();
    let text = std::fs::read_to_string(repo.path().join("wiki/queue.md")).unwrap();
    repo.write("wiki/queue.md", text.replace('\n', "\r\n"));
    repo.commit("wiki: line ends");
    let blame = blame(&repo, &["wiki/queue.md"]);
    assert_eq!(array(&blame, "lines")[0]["commit"], first.as_str());
    assert_eq!(array(&blame, "commits").len(), 3);
    assert_eq!(array(&blame, "lines")[0]["text"], "# Queue");
}

#[test]
fn whatever_happened_git_says_the_same() {
    let mut lines = 0;
    for seed in 0..6 {
        let repo = TestRepo::new();
        let mut random = Random::new(seed);
        let path = wander(&repo, &mut random);
        let blame = blame(&repo, &[&path, "--rev", "HEAD"]);
        let (ours, theirs) = (told(&blame), by_git(&repo, &path));
        lines += ours.len();
        assert_eq!(ours, theirs, "seed {seed}");
    }
    assert!(lines > 100, "{lines} lines are too few to differ");
}

/// A page that is changed on branches, renamed and merged; where it ends.
fn wander(repo: &TestRepo, random: &mut Random) -> String {
    let mut path = "wiki/a0.md".to_owned();
    let mut page: Vec<String> = (0..30).map(|_| random.word()).collect();
    let write = |path: &str, page: &[String]| {
        repo.write(path, page.join("\n") + "\n");
    };
    write(&path, &page);
    repo.commit("begun");
    for at in 1..15 {
        match random.below(5) {
            0 => {
                let new = format!("wiki/a{at}.md");
                repo.rename(&path, &new);
                path = new;
            }
            1 => {
                // Both sides change, far from each other.
                repo.git(&["checkout", "-q", "-b", &format!("b{at}")]);
                let place = random.below(5);
                let mut side = page.clone();
                side[place] = random.word();
                write(&path, &side);
                repo.commit("side");
                repo.git(&["checkout", "-q", "main"]);
                let last = page.len() - 1 - random.below(5);
                page[last] = random.word();
                write(&path, &page);
                repo.commit("main");
                repo.git(&["merge", "-q", "--no-ff", "-m", "merge", &format!("b{at}")]);
                page[place].clone_from(&side[place]);
                continue;
            }
            2 => page.insert(random.below(page.len()), random.word()),
            3 => _ = page.remove(random.below(page.len() - 20) + 10),
            _ => {
                let place = random.below(page.len());
                page[place] = random.word();
            }
        }
        write(&path, &page);
        repo.commit(&format!("step {at}"));
    }
    path
}

#[test]
fn a_hundred_thousand_lines_are_told() {
    let repo = TestRepo::new();
    let lines: Vec<String> = (0..100_000).map(|at| format!("line {at}")).collect();
    repo.write("wiki/long.md", "# Long\n".to_owned() + &lines.join("\n") + "\n");
    let first = repo.commit("long");
    let text = lines.join("\n").replace("line 77\n", "line seventy-seven\n");
    repo.write("wiki/long.md", "# Long\n".to_owned() + &text + "\n");
    let second = repo.commit("a word");
    let blame = blame(&repo, &["wiki/long.md"]);
    let counts: Vec<_> =
        array(&blame, "commits").iter().map(|it| (it["id"].clone(), it["lines"].clone())).collect();
    assert_eq!(counts, [(second.into(), 1.into()), (first.into(), 100_000.into())]);
}
