//! Learnings that wait, as their owners read them.

use percent_encoding::NON_ALPHANUMERIC;

use super::hostile::{UNBOUNDED, attacks, is_dead};
use super::{memory, page};
use crate::serve::Served;
use crate::support::TestRepo;

pub(super) fn add(repo: &TestRepo, words: &str, target: &str) -> String {
    let args = ["inbox", "add", "-", "--target", target, "--run", "R-20261126-3f9a1c", "--json"];
    let learning = format!("---\nconfidence: 70\n---\n{words}");
    repo.prode_with_input(&args, &learning).ok().json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn learnings_are_listed_as_the_command_lists_them() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let empty = page(&server, "/inbox");
    assert_eq!(empty.one("p.none").text, "No learning fits.");
    let first =
        add(&repo, "The worker of shard 7 ran out of file descriptors.\n", "wiki/workers.md");
    let second = add(&repo, "A queue that is paused answers with 409.\n", "wiki/workers.md");
    repo.prode(&["inbox", "reject", &first, "--why", "a symptom, not a cause"]).ok();
    for (query, states) in
        [("", &[][..]), ("?state=all", &["--all"]), ("?state=rejected", &["--state", "rejected"])]
    {
        let listing = repo.prode(&[&["inbox", "list", "--json"], states].concat()).json();
        let dom = page(&server, &format!("/inbox{query}"));
        let rows = listing["learnings"].as_array().unwrap();
        let ids: Vec<String> =
            rows.iter().map(|row| format!("/inbox/{}", row["id"].as_str().unwrap())).collect();
        assert_eq!(dom.links("ul.catalogue li a"), ids, "{query}");
        let words: Vec<&str> = rows.iter().map(|row| row["summary"].as_str().unwrap()).collect();
        assert_eq!(dom.texts("ul.catalogue li a"), words, "{query}");
        for (row, labels) in rows.iter().zip(dom.texts("ul.catalogue p.labels")) {
            for what in ["state", "action", "target"] {
                assert!(labels.contains(row[what].as_str().unwrap()), "{labels} {row}");
            }
            assert!(labels.contains("1 run") && labels.contains("70 % sure"), "{labels}");
        }
    }
    assert_eq!(page(&server, "/inbox").links("ul.catalogue li a"), [format!("/inbox/{second}")]);
}

#[test]
fn a_learning_says_what_it_rests_on_and_what_to_type() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let id = add(
        &repo,
        "Look first: the queue of `shard 7`.\n\nThen **drain** it.\n",
        "wiki/workers.md",
    );
    let dom = page(&server, &format!("/inbox/{id}"));
    assert_eq!(dom.one("article div.words code").text, "shard 7");
    assert_eq!(dom.one("article div.words strong").text, "drain");
    assert_eq!(dom.links("article p.labels a"), ["/wiki/wiki/workers.md"]);
    assert!(dom.one("p.banner.open").text.starts_with("Not reviewed"));
    let facts = dom.texts("aside dl.facts dd");
    assert!(facts.contains(&"R-20261126-3f9a1c".to_owned()), "{facts:?}");
    let then = page(&server, &format!("/inbox/{id}?rev=HEAD"));
    let facts = then.texts("dl.facts dd");
    assert!(facts.contains(&format!("prode promote {id}")), "{facts:?}");
    repo.prode(&["inbox", "reject", &id, "--why", "a symptom <b>only</b>"]).ok();
    let dom = page(&server, &format!("/inbox/{id}"));
    assert!(dom.texts("ol.log li")[0].contains("a symptom <b>only</b>"));
    assert!(!dom.texts("h2").contains(&"Decide".to_owned()));
    let missing = server.get("/inbox/L-000000000000", &["Accept: text/html"]);
    assert_eq!(missing.status, 404, "{}", missing.body);
}

#[test]
fn nothing_of_a_learning_runs() {
    let repo = memory();
    let server = Served::start(&repo, &UNBOUNDED);
    let mut added = 0;
    for attack in attacks() {
        // What redaction takes for an order to agents is refused before it is there.
        let args = ["inbox", "add", "-", "--target", "wiki/workers.md", "--json"];
        let words = format!("{attack}\n\nWhat was seen:\n\n{attack}\n");
        let run = repo.prode_with_input(&args, &words);
        if run.code() != Some(0) {
            continue;
        }
        added += 1;
        let id = run.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(is_dead(&server, &format!("/inbox/{id}")), 200, "{attack}");
    }
    assert!(added > 40, "{added}");
    assert_eq!(is_dead(&server, "/inbox"), 200);
    assert_eq!(is_dead(&server, "/inbox?from=50"), 200);
    for attack in attacks() {
        let attack = percent_encoding::utf8_percent_encode(attack, NON_ALPHANUMERIC);
        assert_eq!(is_dead(&server, &format!("/inbox?owner={attack}")), 200);
        assert_eq!(is_dead(&server, &format!("/inbox?state={attack}")), 400);
        assert_eq!(is_dead(&server, &format!("/inbox/{attack}")), 404);
    }
}
