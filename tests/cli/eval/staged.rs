//! Ten staged edits: what `--against` names is what `query --batch` ranks
//! otherwise, worked out here from both of its answers.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::edits::{EDITS, Place, renamed};
use super::{Question, lines, ranked, services};
use crate::support::{Random, TestRepo, rounds};

/// Every question that moved by its text: how, and which pages from where to where behind what.
type Moves = BTreeMap<String, Value>;

/// What moved, from two lists for each question; `was` and `is` are the two
/// names of a page that was renamed.
fn worked_out(
    questions: &[Question],
    before: &[Vec<String>],
    now: &[Vec<String>],
    (was, is): (&str, &str),
) -> Moves {
    let mut moves = Moves::new();
    for (question, (before, now)) in questions.iter().zip(before.iter().zip(now)) {
        let (mut pages, mut left, mut entered) = (Vec::new(), false, false);
        for expect in &question.relevant {
            let called = if expect == is { was } else { expect };
            let from = before.iter().position(|it| it == called);
            let to = now.iter().position(|it| it == expect);
            if from == to {
                continue;
            }
            let (from_first, to_first) =
                (from.is_some_and(|at| at < 3), to.is_some_and(|at| at < 3));
            left |= from_first && !to_first;
            entered |= to_first && !from_first;
            let ahead: Vec<&String> = now.iter().take(to.unwrap_or(3).min(3)).collect();
            let [from, to] = [from, to].map(|it| it.map(|at| at + 1));
            pages.push(json!({"expect": expect, "before": from, "now": to, "ahead": ahead}));
        }
        if !pages.is_empty() {
            let how = match (left, entered) {
                (true, _) => "left_first_three",
                (false, true) => "entered_first_three",
                (false, false) => "rank",
            };
            moves.insert(question.text.clone(), json!({"how": how, "pages": pages}));
        }
    }
    moves
}

/// The same as `--against` names it.
fn named(report: &Value) -> Moves {
    let mut moves = Moves::new();
    for it in report["against"]["moved"].as_array().unwrap() {
        let text = it["text"].as_str().unwrap().to_owned();
        let known = moves.insert(text, json!({"how": it["how"], "pages": it["pages"]}));
        assert!(known.is_none(), "named twice: {it}");
    }
    moves
}

/// One edit's questions that moved.
fn stage(
    repo: &TestRepo,
    base: &str,
    questions: &[Question],
    before: &[Vec<String>],
    number: usize,
    place: &Place<'_>,
) -> Moves {
    let (name, edit) = EDITS[number];
    edit(place);
    let was_renamed = name == "the page renamed";
    let is = if was_renamed { renamed(place.page) } else { place.page.to_owned() };
    let follow = |it: &String| if it == place.page { is.clone() } else { it.clone() };
    let questions: Vec<Question> = questions
        .iter()
        .map(|it| Question {
            text: it.text.clone(),
            relevant: it.relevant.iter().map(follow).collect(),
        })
        .collect();
    let set = repo.home().join("set.jsonl");
    std::fs::write(&set, lines(&questions)).unwrap();
    let set = set.to_str().unwrap();
    let now = ranked(repo, &questions, &["--worktree"]);
    let moves = worked_out(&questions, before, &now, (place.page, &is));
    let lost = moves.values().any(|it| it["how"] == "left_first_three");
    let run = repo.prode(&["eval", set, "--against", base, "--json"]).fails(i32::from(lost));
    assert_eq!(named(&run.json()), moves, "{name} of {}", place.page);
    repo.commit(name);
    let committed = repo.prode(&["eval", set, "--rev", "HEAD", "--against", base, "--json"]);
    assert_eq!(committed.json()["against"], run.json()["against"], "{name}: committed");
    repo.git(&["reset", "--quiet", "--hard", base]);
    repo.git(&["clean", "--quiet", "-fd"]);
    moves
}

#[test]
fn on_ten_edits_exactly_the_questions_that_moved_are_named() {
    let (repo, questions) = services();
    let base = repo.git(&["rev-parse", "HEAD"]);
    let before = ranked(&repo, &questions, &[]);
    let place = Place {
        repo: &repo,
        page: "wiki/backup.md",
        other: "wiki/deploy.md",
        question: "stale lock of a backup",
    };
    let all: BTreeMap<&str, Moves> = (0..EDITS.len())
        .map(|number| {
            let moves = stage(&repo, &base, &questions, &before, number, &place);
            (EDITS[number].0, moves)
        })
        .collect();
    let how = |edit: &str| all[edit].get(place.question).map(|it| it["how"].clone());
    for lost in ["the page deleted", "the page archived", "a competitor added"] {
        assert_eq!(how(lost), Some("left_first_three".into()), "{lost}: {:?}", all[lost]);
    }
    // Which other questions an edit reaches is the ranking's business; most reach some.
    let moving = all.values().filter(|moves| !moves.is_empty()).count();
    assert!(moving >= 5, "{moving} of ten edits moved a question: {all:?}");
    for still in ["nothing that is a page", "the page renamed"] {
        assert_eq!(all[still], Moves::new(), "{still}");
    }
}

/// Pages that can be edited: no front matter, and a section below the title.
fn is_plain(repo: &TestRepo, page: &str) -> bool {
    let text = std::fs::read_to_string(repo.path().join(page)).unwrap_or_default();
    text.starts_with("# ") && text.contains("\n## ")
}

fn of_benchmark(data: &Path) -> (TestRepo, Vec<Question>) {
    let repo = TestRepo::new();
    let corpus = data.join("corpus");
    for entry in walkdir::WalkDir::new(&corpus).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&corpus).unwrap();
            repo.write(path, std::fs::read(entry.path()).unwrap());
        }
    }
    repo.commit("corpus");
    let text = std::fs::read_to_string(data.join("queries.jsonl")).unwrap();
    let read = |line: &str| -> Question {
        let line: Value = serde_json::from_str(line).unwrap();
        Question {
            text: line["query"].as_str().unwrap().to_owned(),
            relevant: serde_json::from_value(line["relevant"].clone()).unwrap(),
        }
    };
    let mut questions: Vec<Question> = text.lines().map(read).collect();
    // Moves are told by text: each stands once.
    questions.sort_by(|a, b| a.text.cmp(&b.text));
    questions.dedup_by(|a, b| a.text == b.text);
    (repo, questions)
}

#[test]
#[allow(clippy::print_stderr, reason = "the figure is for the reader")]
fn on_ten_edits_of_a_real_corpus_too() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/retrieval");
    if !data.join("corpus").is_dir() {
        eprintln!("skipped: {} is not there", data.display());
        return;
    }
    let (repo, mut questions) = of_benchmark(&data);
    let mut random = Random::new(20_261_127);
    let most = rounds("EVAL_QUESTIONS", 40);
    while questions.len() > most {
        questions.swap_remove(random.below(questions.len()));
    }
    let base = repo.git(&["rev-parse", "HEAD"]);
    let before = ranked(&repo, &questions, &[]);
    // An edit of a page that is not found moves nothing.
    let is_found = |(question, ranked): &(&Question, &Vec<String>)| {
        let page = &question.relevant[0];
        is_plain(&repo, page) && ranked.iter().take(3).any(|it| it == page)
    };
    let plain = questions.iter().zip(&before).filter(is_found).map(|(question, _)| question);
    let plain: Vec<&Question> = plain.collect();
    let (mut moving, mut told) = (0, 0);
    for (number, (name, _)) in EDITS.iter().enumerate() {
        let asked = *random.pick(&plain);
        let page = &asked.relevant[0];
        let other = std::iter::repeat_with(|| &random.pick(&plain).relevant[0]);
        let other = { other }.find(|other| *other != page).unwrap();
        let place = Place { repo: &repo, page, other, question: &asked.text };
        let moves = stage(&repo, &base, &questions, &before, number, &place);
        moving += usize::from(!moves.is_empty());
        told += moves.len();
        let is_still = ["nothing that is a page", "the page renamed"].contains(name);
        assert!(!is_still || moves.is_empty(), "{name}: {moves:?}");
        let is_lost = ["the page deleted", "the page archived"].contains(name);
        assert!(!is_lost || moves.contains_key(&asked.text), "{name}: {moves:?}");
    }
    // Which edits reach a question whose page stands first by far is the ranking's business.
    assert!(moving >= 4, "{moving} of ten edits moved a question");
    eprintln!("{} questions, ten edits: {moving} moved {told} in all", questions.len());
}
