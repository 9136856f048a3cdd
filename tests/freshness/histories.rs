//! Whatever way led to a tree, its ranked lists are the same, to the last digit.

use crate::support::{Random, TestRepo, rounds};

/// Words that the pages and the questions are made of.
const WORDS: &[&str] = &[
    "queue",
    "backlog",
    "worker",
    "certificate",
    "expired",
    "disk",
    "full",
    "latency",
    "database",
    "replica",
    "failover",
    "timeout",
    "KubeNodeNotReady",
    "retry",
    "billing",
    "alert",
    "restart",
    "pod",
    "memory",
    "leak",
    "ERR_CONN_RESET",
    "gateway",
    "throttle",
    "quota",
];

#[test]
fn histories_that_end_alike_rank_alike() {
    let histories = rounds("FRESHNESS_HISTORIES", 6);
    let pages = pages(60);
    let questions = questions(40);
    let direct = TestRepo::new();
    write(&direct, &pages);
    direct.commit("at once");
    let expected = ranked(&direct, &questions);
    assert!(expected.matches("\"score\"").count() > 400, "the lists are long enough to differ");
    for seed in 0..histories {
        let repo = wander(u64::try_from(seed).unwrap(), &pages, &questions);
        assert_eq!(
            repo.git(&["rev-parse", "HEAD^{tree}"]),
            direct.git(&["rev-parse", "HEAD^{tree}"])
        );
        let actual = ranked(&repo, &questions);
        let differs = actual.lines().zip(expected.lines()).find(|(a, b)| a != b);
        assert_eq!(differs, None, "history {seed}");
    }
    eprintln!(
        "{histories} histories to one tree: {} ranked lists, equal bit for bit",
        histories * 40
    );
}

/// A repository that reached `pages` by detours, with questions on the way.
fn wander(seed: u64, pages: &[(String, String)], questions: &str) -> TestRepo {
    let mut random = Random::new(seed);
    let repo = TestRepo::new();
    for step in 0..4 + random.below(8) {
        for _ in 0..=random.below(30) {
            let (path, text) = random.pick(pages);
            match random.below(4) {
                0 => repo.write(
                    path,
                    format!("# Not yet\n\n{} {}\n", random.word(), random.pick(WORDS)),
                ),
                1 => repo.write(format!("gone/{step}-{}.md", random.below(20)), text),
                2 if repo.path().join(path).is_file() => repo.remove(path),
                _ => repo.write(path, text),
            };
        }
        repo.commit(&format!("step {step}"));
        if random.once_in(2) {
            ranked(&repo, questions);
        }
    }
    if repo.path().join("gone").is_dir() {
        repo.remove("gone");
    }
    write(&repo, pages);
    repo.commit("arrived");
    repo
}

fn pages(count: usize) -> Vec<(String, String)> {
    let mut random = Random::new(60);
    let mut words = |count: usize| {
        let words: Vec<&str> = (0..count).map(|_| *random.pick(WORDS)).collect();
        words.join(" ")
    };
    let page = |number: usize| {
        let (title, first, second) = (words(3), words(30), words(5 + number));
        let text = format!("# {title}\n\n{first}\n\n## {}\n\n{second}\n", words(2));
        (format!("wiki/{}/page-{number}.md", number % 7), text)
    };
    (0..count).map(page).collect()
}

fn questions(count: usize) -> String {
    let mut random = Random::new(40);
    let question = |number| {
        let (a, b, c) = (random.pick(WORDS), random.pick(WORDS), random.pick(WORDS));
        format!("{{\"qid\":{number},\"query\":\"{a} {b} {c}\"}}\n")
    };
    (0..count).map(question).collect()
}

fn write(repo: &TestRepo, pages: &[(String, String)]) {
    for (path, text) in pages {
        repo.write(path, text);
    }
}

fn ranked(repo: &TestRepo, questions: &str) -> String {
    repo.prode_with_input(&["query", "--batch", "-"], questions).ok().stdout().to_owned()
}
