//! Figures of plain search, beside the same worked out here word by word.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{Question, lines, services};
use crate::support::TestRepo;

fn words(text: &str) -> Vec<String> {
    let runs = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    runs.map(str::to_lowercase).collect()
}

fn once(text: &str) -> Vec<String> {
    let mut seen = words(text);
    seen.sort();
    seen.dedup();
    seen
}

/// What a text is worth for a question.
type Score<'a> = dyn Fn(&str, &str) -> f64 + 'a;

/// The share of questions whose page is among the first `k` by `score`, equal pages by path.
#[expect(clippy::cast_precision_loss, reason = "few questions")]
fn recall(
    pages: &BTreeMap<String, String>,
    questions: &[Question],
    k: usize,
    score: &Score<'_>,
) -> f64 {
    let found = questions.iter().filter(|question| {
        let scored = pages.iter().map(|(path, text)| (score(&question.text, text), path));
        let mut scored: Vec<_> = scored.filter(|(score, _)| *score > 0.0).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        scored.iter().take(k).any(|(_, path)| **path == question.relevant[0])
    });
    let share = found.count() as f64 / questions.len() as f64;
    (share * 1e4).round() / 1e4
}

/// BM25 with the rarity that `idf` gives a word that so many of so many pages hold.
#[expect(clippy::cast_precision_loss, reason = "few words")]
fn bm25(pages: &BTreeMap<String, String>, idf: fn(f64, f64) -> f64) -> impl Fn(&str, &str) -> f64 {
    let bags: Vec<Vec<String>> = pages.values().map(|text| words(text)).collect();
    let count = bags.len() as f64;
    let average = bags.iter().map(Vec::len).sum::<usize>() as f64 / count;
    let mut holding: HashMap<String, f64> = HashMap::new();
    for word in pages.values().flat_map(|text| once(text)) {
        *holding.entry(word).or_default() += 1.0;
    }
    move |question, text| {
        let bag = words(text);
        let size = bag.len() as f64 / average;
        let score = once(question).into_iter().map(|word| {
            let times = bag.iter().filter(|it| **it == word).count() as f64;
            let rarity = idf(count, holding.get(&word).copied().unwrap_or(0.0));
            rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * size))
        });
        score.sum()
    }
}

/// Matches of each telling word.
fn matches(question: &str, text: &str) -> Vec<u32> {
    let text = text.to_lowercase();
    // Function words of the questions here; `not` is none.
    let function = ["the", "and", "after", "has", "was"];
    let is_telling = |word: &String| word.len() > 2 && !function.contains(&word.as_str());
    let asked = once(question).into_iter().filter(is_telling);
    asked.map(|word| u32::try_from(text.matches(&word).count()).unwrap()).collect()
}

fn grep(question: &str, text: &str) -> f64 {
    matches(question, text).into_iter().sum::<u32>().into()
}

fn grep_words(question: &str, text: &str) -> f64 {
    let held = matches(question, text).into_iter().filter(|times| *times > 0).count();
    f64::from(u32::try_from(held).unwrap() * 1_000) + grep(question, text)
}

fn set(repo: &TestRepo, questions: &[Question]) -> String {
    let set = repo.home().join("set.jsonl");
    std::fs::write(&set, lines(questions)).unwrap();
    set.to_str().unwrap().to_owned()
}

#[test]
fn four_ways_of_plain_search_are_measured_beside() {
    let (repo, mut questions) = services();
    let ask = |text: &str, page: &str| Question {
        text: text.to_owned(),
        relevant: vec![format!("wiki/{page}.md")],
    };
    questions.extend([ask("the worker", "queue"), ask("log volume", "disk"), ask("CACHE", "dns")]);
    // What prode leaves out is left out beside it, however well it fits.
    let all: Vec<&str> = questions.iter().map(|it| it.text.as_str()).collect();
    let old = format!("---\nstatus: archived\n---\n# Old\n\n{}\n", all.join("\n"));
    repo.write("wiki/archived.md", old).commit("an archived page");
    let tracked = repo.git(&["ls-files", "*.md"]);
    let pages: BTreeMap<String, String> = tracked
        .lines()
        .filter(|path| *path != "wiki/archived.md")
        .map(|path| (path.to_owned(), std::fs::read_to_string(repo.path().join(path)).unwrap()))
        .collect();
    let report =
        repo.prode(&["eval", &set(&repo, &questions), "--baselines", "--json"]).ok().json();
    let usual =
        bm25(&pages, |count, holding| ((count - holding + 0.5) / (holding + 0.5) + 1.0).ln());
    // SQLite's manual: a word that more than half of all hold still counts a little.
    let of_sqlite =
        bm25(&pages, |count, holding| ((count - holding + 0.5) / (holding + 0.5)).ln().max(1e-6));
    let ways: [(&str, &Score<'_>); 4] =
        [("grep", &grep), ("grep_words", &grep_words), ("bm25", &usual), ("fts5", &of_sqlite)];
    for (at, (name, score)) in ways.into_iter().enumerate() {
        let baseline = &report["baselines"][at];
        assert_eq!(baseline["name"], name);
        for (figure, k) in [("recall1", 1), ("recall3", 3), ("recall5", 5)] {
            let expected = recall(&pages, &questions, k, score);
            assert_eq!(baseline["figures"][figure], expected, "{name} {figure}");
        }
    }
    let first = |value: &Value| value["figures"]["recall1"].as_f64().unwrap();
    assert!(first(&report) > first(&report["baselines"][0]), "prode is better than grep");
}

#[test]
fn thresholds_judge_prode_alone_and_the_table_shows_all() {
    let (repo, questions) = services();
    let set = set(&repo, &questions);
    let run = repo.prode(&["eval", &set, "--baselines", "--min-recall3", "0.9"]).ok();
    for name in ["prode  ", "grep  ", "grep_words  ", "bm25  ", "fts5  "] {
        assert!(run.stdout().lines().any(|line| line.starts_with(name)), "{}", run.stdout());
    }
    assert!(repo.prode(&["eval", &set, "--json"]).ok().json().get("baselines").is_none());
}
