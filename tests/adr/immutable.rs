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

fn write_all(repo: &TestRepo, numbers: &[u32], text: impl Fn(u32) -> String) {
    for number in numbers {
        repo.write(path(*number), text(*number));
    }
}

fn accept(repo: &TestRepo, numbers: &[u32], way: Way, madr: bool) {
    let accepted = |number| text(number, "Accepted", madr);
    match way {
        Way::Directly => write_all(repo, numbers, accepted),
        Way::InTwoCommits => {
            let proposed = |number| text(number, "Proposed", madr).replace("More", "Less");
            write_all(repo, numbers, proposed);
            repo.commit("proposed");
            write_all(repo, numbers, accepted);
        }
        Way::ByMerge | Way::BySquash => {
            repo.git(&["checkout", "-q", "-b", "work"]);
            write_all(repo, numbers, |number| accepted(number).replace("More", "On a branch"));
            repo.commit("accepted on a branch");
            write_all(repo, numbers, accepted);
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

fn happen(repo: &TestRepo, numbers: &[u32], event: Event, madr: bool) {
    let all = |step: &dyn Fn(u32)| numbers.iter().for_each(|number| step(*number));
    match event {
        Event::WordsInAMerge => {
            repo.git(&["checkout", "-q", "-b", "edit"]);
            all(&|number| changed(repo, number, event, madr));
            repo.commit("edited on a branch");
            repo.git(&["checkout", "-q", "main"]);
            repo.git(&["merge", "-q", "--no-ff", "--no-edit", "edit"]);
            repo.git(&["branch", "-q", "-D", "edit"]);
        }
        Event::WordsAfterComingBack => {
            let before: Vec<String> = numbers.iter().map(|it| read(repo, &path(*it))).collect();
            all(&|number| {
                repo.remove(path(number));
            });
            repo.commit("gone");
            for (number, before) in numbers.iter().zip(before) {
                repo.write(path(*number), before.replace("is ", "was "));
            }
        }
        Event::Restored => {
            let before: Vec<String> = numbers.iter().map(|it| read(repo, &path(*it))).collect();
            all(&|number| changed(repo, number, Event::Words, madr));
            repo.commit("changed");
            for (number, before) in numbers.iter().zip(before) {
                repo.write(path(*number), before);
            }
        }
        _ => all(&|number| changed(repo, number, event, madr)),
    }
    repo.commit("after");
}

fn moved(number: u32) -> String {
    format!("adr/{:04}-moved.md", number + 5000)
}

/// The decision's file after the event, which is not committed yet.
fn changed(repo: &TestRepo, number: u32, event: Event, madr: bool) {
    let (file, moved) = (path(number), moved(number));
    let now = read(repo, &file);
    let words = now.replace("is ", "was ");
    let (from, to) = if madr { ("accepted", "deprecated") } else { ("Accepted", "Deprecated") };
    let (path, text) = match event {
        Event::Superseded if madr => (file, now.replacen(from, "superseded by ADR-0001", 1)),
        Event::Superseded => (file, now.replacen(from, "Superseded by [1. A](0001-a.md)", 1)),
        Event::Amended => (file, format!("{now}\n## Amendments\n\n- 2026-02-03: also this\n")),
        Event::Linked => (file, format!("{now}\n## Links\n\n- Amends [1. A](0001-a.md)\n")),
        Event::FrontMatter => {
            let with = now.strip_prefix("---\n").unwrap_or(&now);
            let end = if madr { "" } else { "---\n\n" };
            (file, format!("---\nowner: somebody\n{end}{with}"))
        }
        Event::LineEnds => (file, now.replace('\n', "\r\n")),
        Event::Comment => (file, now.replace("More", "<!-- a\n\ncomment -->More")),
        Event::Renamed => (moved, now),
        Event::RenamedAndRenumbered => {
            (moved, now.replace(&format!("# {number}. "), &format!("# {}. ", number + 5000)))
        }
        Event::WordsInARename => (moved, now.replacen("is ", "was ", 1)),
        Event::Words | Event::WordsInAMerge => (file, words),
        Event::WordsWithItsStatus => (file, words.replacen(from, to, 1)),
        _ => (file, now),
    };
    repo.remove(self::path(number)).write(path, text);
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

/// 240 histories of one decision each, side by side in two repositories.
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
        let of = |takes: &dyn Fn(Way, Event) -> bool| -> Vec<u32> {
            let cases = cases.iter().filter(|(_, way, event)| takes(*way, *event));
            cases.map(|(number, ..)| *number).collect()
        };
        for way in ways {
            accept(&repo, &of(&|it, _| it == way), way, madr);
        }
        for event in Event::ALL {
            happen(&repo, &of(&|_, it| it == event), event, madr);
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
