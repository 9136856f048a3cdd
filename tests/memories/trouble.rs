//! A memory that cannot be asked is told, and takes nothing from the answer.

use serde_json::{Value, json};

use super::{answer, billing, infra, name, places, settings};
use crate::support::TestRepo;

/// The answer without what several memories add to it.
fn bare(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("memories");
    answer
}

#[test]
fn where_no_memory_is_named_nothing_is_another_byte() {
    let own = billing();
    let other = infra();
    let asks: [&[&str]; 4] = [
        &["query", "queue", "printer"],
        &["route", "InvoicesLate: the queue"],
        &["runbook", "InvoicesLate"],
        &["show", "wiki/glossary.md"],
    ];
    let alone: Vec<Value> = asks.iter().map(|args| answer(&own, args)).collect();
    for answer in &alone {
        let text = answer.to_string();
        assert!(
            !text.contains("\"memory\"")
                && !text.contains("\"memories\"")
                && !text.contains("\"also\"")
        );
    }
    let text = own.prode(&["query", "queue"]).ok();
    settings(&own, "memories: []\n");
    assert_eq!(asks.map(|args| answer(&own, args)).as_slice(), alone.as_slice());
    name(&own, &[("infra", &other)]);
    let only = |args: &[&str]| answer(&own, &[&["--config", "memories=[]"], args].concat());
    assert_eq!(asks.map(only).as_slice(), alone.as_slice());
    let again = own.prode(&["query", "queue", "--config", "memories=[]"]).ok();
    assert_eq!((again.stdout(), again.stderr()), (text.stdout(), text.stderr()));
    // Asking this repository alone opens no other: nothing was indexed there.
    assert!(!other.path().join(".git/prode").exists());
    answer(&own, &["query", "queue"]);
    assert!(other.path().join(".git/prode").exists());
}

/// A memory with these settings is told with these words, and the answer is else
/// what it is without it.
fn is_told(own: &TestRepo, (called, yaml): (&str, &str), words: &[&str]) {
    settings(own, "");
    let alone = answer(own, &["query", "queue"]);
    settings(own, yaml);
    let run = own.prode(&["query", "queue", "--json"]).ok();
    assert!(!run.stderr().contains("hunter2") && !run.stdout().contains("hunter2"));
    let mut found = run.json();
    found.as_object_mut().unwrap().remove("took_ms");
    let told = &found["memories"][0];
    assert_eq!((&told["name"], &told["commit"]), (&called.into(), &Value::Null));
    for word in words {
        assert!(told["problem"].as_str().unwrap().contains(word), "no '{word}' in {told}");
        assert!(run.stderr().contains(word), "no '{word}' in {}", run.stderr());
    }
    assert_eq!(bare(found), alone, "{yaml}");
}

#[test]
fn each_folder_that_is_no_memory_says_which_and_what_to_type() {
    let own = billing();
    let (plain, empty, other) = (TestRepo::no_repository(), TestRepo::new(), infra());
    let at = |repo: &TestRepo| repo.path().display().to_string();
    let cases: [(String, &[&str]); 5] = [
        (own.path().join("gone").display().to_string(), &["'infra' is not asked", "gone"]),
        (at(&plain), &["'infra' is not asked", "Git repository"]),
        (other.path().join("wiki").display().to_string(), &["'infra' is not asked", "wiki"]),
        (at(&empty), &["has no commit on its trunk", "branch --all"]),
        ("../infra".to_owned(), &["'../infra' is no folder from the top", "~/"]),
    ];
    for (path, words) in cases {
        let yaml = format!("memories: [{{name: infra, path: '{path}'}}]\n");
        is_told(&own, ("infra", &yaml), words);
    }
}

#[test]
fn an_address_without_a_clone_and_a_name_that_none_may_have_are_told() {
    let (own, other) = (billing(), infra());
    other.git(&["remote", "add", "origin", "https://forge.example/org/else.git"]);
    let url = |user: &str| format!("url: 'https://{user}forge.example/org/infra.git'");
    let yaml = format!("memories: [{{name: infra, {}}}]\n", url("me:hunter2@"));
    let name = "audit.repositories: {forge.example/org/infra: FOLDER}";
    let no_clone = "no clone of 'https://forge.example/org/infra.git'";
    is_told(&own, ("infra", &yaml), &[no_clone, name]);
    let place = other.path().display();
    let yaml = format!(
        "audit:\n  repositories: {{'https://forge.example/org/infra': '{place}'}}\n\
         memories: [{{name: infra, {}}}]\n",
        url("")
    );
    let other_clone = "is a clone of forge.example/org/else";
    is_told(&own, ("infra", &yaml), &[other_clone, "audit.repositories"]);
    for called in ["my infra", "adr", "infra:", "größe", "a/b"] {
        let yaml = format!("memories: [{{name: '{called}', path: '{place}'}}]\n");
        let words = [&*format!("no memory can be called '{called}'"), "letters, digits"];
        is_told(&own, (called, &yaml), &words);
    }
}

#[test]
fn an_address_means_the_clone_that_the_user_names_for_it() {
    let (own, other) = (billing(), infra());
    other.git(&["remote", "add", "origin", "git@forge.example:org/infra.git"]);
    settings(
        &own,
        &format!(
            "memories: [{{name: infra, url: 'https://forge.example/org/infra'}}]\n\
         audit:\n  repositories: {{'ssh://git@forge.example/org/infra.git': '{}'}}\n",
            other.path().display()
        ),
    );
    let found = answer(&own, &["query", "broker refuses"]);
    assert_eq!(places(&found, "hits")[0], "infra:wiki/runbooks/broker.md");
}

#[test]
fn a_path_may_begin_at_the_home() {
    let own = billing();
    let at = own.home().join("infra").display().to_string();
    own.git(&["clone", "--quiet", &infra().path().display().to_string(), &at]);
    settings(&own, "memories: [{name: infra, path: ~/infra}]\n");
    assert_eq!(answer(&own, &["show", "infra:adr/7"])["title"], "One broker");
}

#[test]
fn one_that_is_gone_spoils_no_other() {
    let (own, other) = (billing(), infra());
    let place = other.path().display();
    settings(
        &own,
        &format!(
            "memories:\n  - {{name: gone, path: /nowhere/at/all}}\n  - {{name: infra, path: '{place}'}}\n"
        ),
    );
    let found = answer(&own, &["query", "broker refuses"]);
    assert_eq!(places(&found, "hits")[0], "infra:wiki/runbooks/broker.md");
    let names: Vec<&Value> =
        found["memories"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, [&json!("infra"), &json!("gone")]);
    let run = own.prode(&["show", "gone:wiki/a.md"]).fails(1);
    run.warns("the memory 'gone' is not asked").warns("take it out of memories");
    let checked = own
        .prode(&["cite", "check", "gone:wiki/a.md", "wiki/glossary.md", "--json"])
        .fails(1)
        .json();
    assert_eq!(checked["checks"][0]["state"], "unknown-commit");
    assert!(checked["checks"][0]["message"].as_str().unwrap().contains("'gone' is not asked"));
    assert_eq!(checked["checks"][1]["state"], "ok");
}

#[test]
fn one_name_and_one_repository_count_once() {
    let (own, other, third) = (billing(), infra(), infra());
    third.write("wiki/third.md", "# Third broker\n\nRefuses.\n");
    third.commit("third");
    name(&own, &[("infra", &other), ("infra", &third)]);
    let run = own.prode(&["query", "broker refuses", "--json"]).ok();
    assert!(!places(&run.json(), "hits").contains(&"infra:wiki/third.md".to_owned()));
    run.warns("two memories are called 'infra', and the second").warns("a name of its own");
    let linked = other.linked(&["--detach"]);
    name(&own, &[("infra", &other), ("again", &linked)]);
    let run = own.prode(&["query", "broker refuses", "--json"]).ok();
    assert!(places(&run.json(), "hits").iter().all(|place| !place.starts_with("again:")));
    run.warns("the memory 'again' is 'infra' under a second name").warns("take 'again' out");
}

#[test]
fn a_memory_that_names_this_repository_is_this_repository() {
    let (own, other) = (billing(), infra());
    // One list for every repository: each is asked beside the others and not beside itself.
    let list = [("billing", &own), ("infra", &other)];
    for (repo, wanted) in [(&own, "infra"), (&other, "billing")] {
        name(repo, &list);
        let run = repo.prode(&["query", "queue", "--json"]).ok();
        assert_eq!(run.stderr(), "");
        let found = run.json();
        assert_eq!(found["memories"].as_array().unwrap().len(), 1);
        assert_eq!(found["memories"][0]["name"], wanted);
        let places = places(&found, "hits");
        assert!(places.iter().any(|place| place.starts_with(wanted)), "{places:?}");
        assert!(places.iter().any(|place| place.starts_with("wiki/")), "{places:?}");
    }
    // Its name reads its pages all the same, so that citations of others can be handed on.
    assert_eq!(answer(&own, &["show", "billing:wiki/glossary.md"])["title"], "Glossary");
    let linked = own.linked(&["--detach"]);
    name(&linked, &list);
    let before = own.git(&["rev-parse", "HEAD"]);
    own.write("wiki/new.md", "# A new queue\n\nQueue.\n");
    own.commit("new");
    let found = answer(&linked, &["query", "queue", "--rev", &before]);
    assert!(places(&found, "hits").iter().all(|place| !place.ends_with("new.md")));
}

#[test]
fn a_repository_names_no_other() {
    let (own, other, third) = (billing(), infra(), infra());
    let line =
        |repo: &TestRepo| format!("memories: [{{name: x, path: '{}'}}]\n", repo.path().display());
    own.write("prode.yaml", line(&other));
    own.commit("settings");
    let run = own.prode(&["query", "broker refuses"]).ok();
    run.warns("'memories' may not come from a repository");
    assert!(!other.path().join(".git/prode").exists());
    // Nor does one that is asked bring others.
    other.write("prode.yaml", line(&third));
    other.commit("settings");
    name(&own, &[("infra", &other)]);
    let found = answer(&own, &["query", "broker refuses"]);
    assert_eq!(found["memories"].as_array().unwrap().len(), 1);
    assert!(!third.path().join(".git/prode").exists());
    own.prode(&["query", "broker"])
        .ok()
        .warns("infra: prode.yaml: 'memories' may not come from a repository");
}

#[test]
fn a_folder_outside_git_asks_others_too() {
    let other = infra();
    let own = TestRepo::no_repository();
    own.write("wiki/a.md", "# Queue\n\nA queue.\n");
    name(&own, &[("infra", &other)]);
    let found = answer(&own, &["query", "queue"]);
    assert_eq!(found["commit"], Value::Null);
    assert!(places(&found, "hits").contains(&"infra:wiki/runbooks/broker.md".to_owned()));
}
