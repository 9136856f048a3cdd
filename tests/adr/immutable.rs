//! Immutability over generated histories: what is forbidden is found, and
//! what is allowed is not.

use prode::clock::Clock;
use prode::config::Environment;
use prode::ops::adr::immutable::{self, Finding};
use prode::workspace::{Asked, Options, Workspace};

use crate::support::TestRepo;

/// How a decision comes to be accepted on the trunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Directly,
    InTwoCommits,
    ByMerge,
    BySquash,
}

/// What happens to it afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Nothing,
    Superseded,
    Amended,
    Linked,
    FrontMatter,
    LineEnds,
    Renamed,
    RenamedAndRenumbered,
    Comment,
    Words,
    WordsInARename,
    WordsInAMerge,
    WordsWithItsStatus,
    WordsAfterComingBack,
    Restored,
}

impl Event {
    const ALL: [Self; 15] = [
        Self::Nothing,
        Self::Superseded,
        Self::Amended,
        Self::Linked,
        Self::FrontMatter,
        Self::LineEnds,
        Self::Renamed,
        Self::RenamedAndRenumbered,
        Self::Comment,
        Self::Words,
        Self::WordsInARename,
        Self::WordsInAMerge,
        Self::WordsWithItsStatus,
        Self::WordsAfterComingBack,
        Self::Restored,
    ];

    fn is_forbidden(self) -> bool {
        use Event::{
            Words, WordsAfterComingBack, WordsInAMerge, WordsInARename, WordsWithItsStatus,
        };
        matches!(
            self,
            Words | WordsInARename | WordsInAMerge | WordsWithItsStatus | WordsAfterComingBack
        )
    }
}

/// One decision, whose words no other has.
fn text(number: u32, status: &str, madr: bool) -> String {
    let words = |what: &str| format!("The {what} of {number} is {} and stays so.", number * 7919);
    let head = if madr {
        format!("---\nstatus: {}\n---\n\n# Choose {number}\n", status.to_lowercase())
    } else {
        format!("# {number}. Choose {number}\n\nDate: 2026-01-02\n\n## Status\n\n{status}\n")
    };
    let (context, decision) = if madr {
        ("Context and Problem Statement", "Decision Outcome")
    } else {
        ("Context", "Decision")
    };
    format!(
        "{head}\n## {context}\n\n{}\n\nMore {number}.\n\n## {decision}\n\n{}\n\n### Consequences\n\n{}\n",
        words("context"),
        words("decision"),
        words("end")
    )
}

fn path(number: u32) -> String {
    format!("adr/{number:04}-choose.md")
}

fn read(repo: &TestRepo, path: &str) -> String {
    std::fs::read_to_string(repo.path().join(path)).unwrap()
}

fn accept(repo: &TestRepo, number: u32, way: Way, madr: bool) {
    let file = path(number);
    let accepted = text(number, "Accepted", madr);
    match way {
        Way::Directly => {
            repo.write(&file, accepted);
        }
        Way::InTwoCommits => {
            repo.write(&file, text(number, "Proposed", madr).replace("More", "Less"));
            repo.commit("proposed");
            repo.write(&file, accepted);
        }
        Way::ByMerge | Way::BySquash => {
            repo.git(&["checkout", "-q", "-b", "work"]);
            repo.write(&file, text(number, "Accepted", madr).replace("More", "On a branch"));
            repo.commit("accepted on a branch");
            repo.write(&file, accepted);
            repo.commit("edited on a branch, which is free");
            repo.git(&["checkout", "-q", "main"]);
            let how: &[&str] = if way == Way::ByMerge {
                &["merge", "-q", "--no-ff", "--no-edit", "work"]
            } else {
                &["merge", "-q", "--squash", "work"]
            };
            repo.git(how);
            repo.git(&["branch", "-q", "-D", "work"]);
        }
    }
    repo.commit("accepted");
}

fn happen(repo: &TestRepo, number: u32, event: Event, madr: bool) {
    if event.is_forbidden() {
        forbidden(repo, number, event, madr);
    } else {
        allowed(repo, number, event, madr);
    }
    repo.commit("after");
}

fn moved(number: u32) -> String {
    format!("adr/{:04}-moved.md", number + 5000)
}

fn allowed(repo: &TestRepo, number: u32, event: Event, madr: bool) {
    let file = path(number);
    let now = read(repo, &file);
    let moved = moved(number);
    let new = match event {
        Event::Superseded if madr => now.replacen("accepted", "superseded by ADR-0001", 1),
        Event::Superseded => now.replacen("Accepted", "Superseded by [1. A](0001-a.md)", 1),
        Event::Amended => format!("{now}\n## Amendments\n\n- 2026-02-03: also this\n"),
        Event::Linked => format!("{now}\n## Links\n\n- Amends [1. A](0001-a.md)\n"),
        Event::FrontMatter => {
            let with = now.strip_prefix("---\n").unwrap_or(&now);
            format!("---\nowner: somebody\n{}{with}", if madr { "" } else { "---\n\n" })
        }
        Event::LineEnds => now.replace('\n', "\r\n"),
        Event::Comment => now.replace("More", "<!-- a\n\ncomment -->More"),
        Event::Renamed => {
            repo.rename(&file, &moved);
            return;
        }
        Event::RenamedAndRenumbered => {
            let text = now.replace(&format!("# {number}. "), "# 9999. ");
            repo.remove(&file).write(&moved, text);
            return;
        }
        Event::Restored => {
            repo.write(&file, now.replace("is ", "was "));
            repo.commit("changed");
            now
        }
        _ => now,
    };
    repo.write(&file, new);
}

fn forbidden(repo: &TestRepo, number: u32, event: Event, madr: bool) {
    let file = path(number);
    let now = read(repo, &file);
    let changed = now.replace("is ", "was ");
    let (from, to) = if madr { ("accepted", "deprecated") } else { ("Accepted", "Deprecated") };
    match event {
        Event::WordsInARename => {
            repo.remove(&file).write(moved(number), now.replacen("is ", "was ", 1));
        }
        Event::WordsInAMerge => {
            repo.git(&["checkout", "-q", "-b", "edit"]);
            repo.write(&file, changed);
            repo.commit("edited on a branch");
            repo.git(&["checkout", "-q", "main"]);
            repo.git(&["merge", "-q", "--no-ff", "--no-edit", "edit"]);
            repo.git(&["branch", "-q", "-D", "edit"]);
        }
        Event::WordsWithItsStatus => {
            repo.write(&file, changed.replacen(from, to, 1));
        }
        Event::WordsAfterComingBack => {
            repo.remove(&file);
            repo.commit("gone");
            repo.write(&file, changed);
        }
        _ => {
            repo.write(&file, changed);
        }
    }
}

fn findings(repo: &TestRepo) -> Vec<Finding> {
    let workspace = Workspace::open(Options {
        repo: None,
        current: repo.path().to_owned(),
        overrides: Vec::new(),
        environment: Environment::default(),
        clock: Clock::at("2026-11-25T00:00:00Z".parse().unwrap()),
    });
    immutable::run(&workspace.unwrap(), &Asked::WorkTree).unwrap()
}

/// 240 histories of one decision each, side by side in few repositories.
#[test]
fn what_is_forbidden_is_found_and_what_is_allowed_is_not() {
    let ways = [Way::Directly, Way::InTwoCommits, Way::ByMerge, Way::BySquash];
    let (mut histories, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for madr in [false, true] {
        let repo = TestRepo::new();
        repo.write("README.md", "x");
        repo.commit("begin");
        let mut cases = Vec::new();
        for (at, event) in Event::ALL.into_iter().enumerate() {
            for (nth, way) in ways.into_iter().enumerate() {
                for again in 0..2 {
                    let number = u32::try_from(10 + at * 8 + nth * 2 + again).unwrap();
                    cases.push((number, way, event));
                }
            }
        }
        for (number, way, _) in &cases {
            accept(&repo, *number, *way, madr);
        }
        for (number, _, event) in &cases {
            happen(&repo, *number, *event, madr);
        }
        let found = findings(&repo);
        for (number, way, event) in cases {
            histories += 1;
            let names = [format!("{number:04}-"), format!("{:04}-", number + 5000)];
            let is_found = found.iter().any(|it| names.iter().any(|name| it.path.contains(name)));
            match (event.is_forbidden(), is_found) {
                (true, false) => missed.push((number, way, event, madr)),
                (false, true) => wrong.push((number, way, event, madr)),
                _ => {}
            }
        }
    }
    assert_eq!(histories, 240);
    assert_eq!((missed, wrong), (Vec::new(), Vec::new()), "recall and precision are whole");
}

#[test]
fn a_finding_names_the_commit_the_line_and_the_words() {
    let repo = TestRepo::new();
    repo.write(path(1), text(1, "Accepted", false));
    let accepted = repo.commit("accepted");
    repo.write(path(1), text(1, "Accepted", false).replace("More 1.", "Less 1."));
    let found = findings(&repo);
    assert_eq!(found.len(), 1, "what is not committed yet counts");
    assert_eq!((found[0].rule.as_str(), found[0].line), ("adr-accepted-text-changed", 13));
    assert_eq!(found[0].commit.as_deref(), Some(accepted.as_str()));
    assert!(found[0].message.ends_with("'More 1.' became 'Less 1.'"), "{}", found[0].message);
}

#[test]
fn a_branch_is_free_until_it_lands_and_a_stale_one_is_not_blamed() {
    let repo = TestRepo::new();
    repo.write(path(1), text(1, "Proposed", false));
    repo.commit("proposed");
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write(path(2), text(2, "Accepted", false));
    repo.commit("accepted here only");
    repo.write(path(2), text(2, "Accepted", false).replace("More", "Less"));
    repo.commit("edited");
    repo.git(&["checkout", "-q", "main"]);
    repo.write(path(1), text(1, "Accepted", false).replace("More", "Other"));
    repo.commit("accepted on the trunk, with other words");
    repo.git(&["checkout", "-q", "work"]);
    assert_eq!(findings(&repo), []);
}
