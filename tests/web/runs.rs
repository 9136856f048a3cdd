//! Runs of tickets, as whoever has to decide reads them.

use percent_encoding::NON_ALPHANUMERIC;
use serde_json::{Value, json};

use super::hostile::{UNBOUNDED, attacks, is_dead};
use super::page;
use crate::serve::Served;
use crate::support::TestRepo;
use crate::triage::walk::laid_out;

/// A run of an example, whose specialists answer as they did.
fn ran(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[&["triage", "run", "ticket.json", "--json"], args].concat()).ok().json()
}

fn show(repo: &TestRepo, run: &Value, how: &[&str]) -> Value {
    let run = run["run"].as_str().unwrap();
    repo.prode(&[&["triage", "show", run, "--json"], how].concat()).ok().json()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn address(run: &Value) -> String {
    format!("/runs/{}", text(&run["run"]))
}

/// Another ticket of the same example.
fn renamed(repo: &TestRepo, name: &str) {
    let text = std::fs::read_to_string(repo.path().join("ticket.json")).unwrap();
    let mut ticket: Value = serde_json::from_str(&text).unwrap();
    ticket["identifier"] = name.into();
    repo.write("ticket.json", ticket.to_string());
}

#[test]
fn where_no_run_is_a_page_says_what_to_type() {
    let repo = laid_out("data-state");
    let server = Served::start(&repo, &[]);
    let dom = page(&server, "/runs");
    assert!(dom.texts("div.code code").contains(&"prode triage run ticket.json".to_owned()));
    assert!(dom.all("table").is_empty());
    for (path, status) in [
        ("/runs/R-20261126-3f9a1c", 404),
        ("/runs/R-1", 404),
        ("/runs/../x", 404),
        ("/runs?phase=lost", 400),
        ("/runs?from=x", 400),
        ("/runs/R-20261126-3f9a1c?from=x", 400),
    ] {
        let answer = server.get(path, &["Accept: text/html"]);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
    }
}

#[test]
fn runs_are_listed_as_the_command_lists_them() {
    let repo = laid_out("data-state");
    let waiting = ran(&repo, &[]);
    assert_eq!(waiting["phase"], "waiting");
    renamed(&repo, "ENG-2");
    repo.write(
        "answers/sentry.json",
        json!({"schema": "prode.specialist.output/v1", "question": "x"}).to_string(),
    );
    let stopped = ran(&repo, &["--answers", "answers", "--only-answers"]);
    assert_eq!(stopped["phase"], "stopped");
    let listing = repo.prode(&["triage", "list", "--json"]).ok().json();
    let rows = listing["runs"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let server = Served::start(&repo, &[]);
    let dom = page(&server, "/runs");
    let links: Vec<String> = rows.iter().map(address).collect();
    assert_eq!(dom.links("table.runs th a"), links);
    for (row, words) in rows.iter().zip(dom.texts("table.runs tbody tr")) {
        for what in ["run", "ticket", "phase", "decision", "classification"] {
            assert!(words.contains(text(&row[what])), "{words} {row}");
        }
        assert!(words.contains(&format!("{} %", row["confidence"])), "{words} {row}");
        assert!(words.contains(&text(&row["opened"])[..10]), "{words} {row}");
        let waits = if row["phase"] == "waiting" { "1 approval" } else { text(&row["outcome"]) };
        assert!(words.ends_with(waits), "{words} {row}");
    }
    assert_eq!(dom.texts("nav.chips a"), ["all 2", "stopped 1", "waiting 1"]);
    let dom = page(&server, "/runs?phase=waiting");
    assert_eq!(dom.links("table.runs th a"), [address(&waiting)]);
    assert_eq!(
        page(&server, "/runs?phase=intake").one("p.none").text,
        "No run is in such a phase."
    );
    repo.prode(&["triage", "freeze", "on", "--why", "a <b>drill</b>"]).ok();
    assert!(page(&server, "/runs").one("p.banner.over").text.contains("a <b>drill</b>"));
}

#[test]
fn claims_stand_with_their_receipts() {
    let repo = laid_out("data-state");
    let run = ran(&repo, &[]);
    let server = Served::start(&repo, &[]);
    let dom = page(&server, &address(&run));
    let bundle = &run["bundle"];
    assert_eq!(dom.one("h1").text, text(&run["ticket"]["title"]));
    assert!(dom.one("p.banner.open").text.contains("It waits for a person: 1 approval"));
    let findings = bundle["findings"].as_array().unwrap();
    let claims: Vec<&str> = findings.iter().map(|it| text(&it["claim"])).collect();
    assert!(!claims.is_empty());
    assert_eq!(dom.texts("section.claim h3"), claims);
    for (finding, words) in findings.iter().zip(dom.texts("section.claim")) {
        for receipt in finding["receipts"].as_array().unwrap() {
            let receipts = bundle["receipts"].as_array().unwrap();
            let receipt = receipts.iter().find(|it| it["id"] == *receipt).unwrap();
            for said in ["how", "source", "query", "digest", "excerpt"] {
                let said = text(&receipt[said]).split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(words.contains(&said), "{words} {receipt}");
            }
        }
    }
    let controls = bundle["negative_controls"].as_array().unwrap();
    for (control, row) in controls.iter().zip(dom.texts("table.controls tbody tr")) {
        let result = text(&control["result"]).replace('_', " ");
        assert!(row.contains(text(&control["query"])) && row.contains(&result), "{row} {control}");
    }
    assert_eq!(dom.all("table.controls tbody tr").len(), controls.len());
}

#[test]
fn the_gate_is_told_with_its_reasons_sums_and_explanations() {
    let repo = laid_out("data-state");
    let run = ran(&repo, &[]);
    let server = Served::start(&repo, &[]);
    let dom = page(&server, &address(&run));
    let bundle = &run["bundle"];
    assert_eq!(json!(dom.texts("ul.reasons li code")), run["reasons"]);
    let rows = dom.texts("table.hypotheses tbody tr");
    let hypotheses = bundle["hypotheses"].as_array().unwrap();
    assert_eq!(rows.len(), hypotheses.len());
    for it in hypotheses {
        let row = rows.iter().find(|row| row.starts_with(text(&it["id"]))).expect("each has a row");
        let state = if it["state"] == "proposed" { "not shown" } else { text(&it["state"]) };
        assert!(row.contains(state), "{row} {it}");
        for claim in it["supported_by"].as_array().unwrap() {
            assert!(row.contains(text(claim)), "{row} {it}");
        }
    }
    let parts =
        ["captured", "second_source", "negative_control", "correlation", "reproduction", "total"];
    let sums = bundle["confidence"]["claims"].as_array().unwrap();
    let wanted: Vec<String> =
        sums.iter().flat_map(|it| parts.map(|part| it[part].to_string())).collect();
    assert!(!wanted.is_empty());
    assert_eq!(dom.texts("table.gate tbody td"), wanted);
    let facts = dom.texts("dl.gate dd");
    assert!(facts.contains(&format!("{} %", bundle["confidence"]["value"])), "{facts:?}");
    assert!(facts.last().unwrap().ends_with(": reached"), "{facts:?}");
    // What a link names is there.
    for link in dom.links("table.gate th a") {
        let anchor = link.split('#').nth(1).unwrap();
        let claims = dom.all("section.claim");
        assert!(claims.iter().any(|it| it.attributes["id"] == anchor), "{link}");
    }
}

#[test]
fn pages_that_routed_are_shown_as_they_were_then() {
    let repo = laid_out("data-state");
    let run = ran(&repo, &[]);
    repo.write("wiki/invoices-are-wrong.md", "# Now another text\n");
    repo.commit("another text");
    let server = Served::start(&repo, &[]);
    let routed = page(&server, &address(&run)).links("aside section ul li a");
    let memory = run["bundle"]["memory"].as_array().unwrap();
    assert!(!memory.is_empty());
    assert_eq!(routed.len(), memory.len());
    for (link, it) in routed.iter().zip(memory) {
        let (place, commit) = text(&it["cite"]).split_once('@').unwrap();
        let path = place.split('#').next().unwrap();
        assert!(link.starts_with(&format!("/wiki/{path}?rev={commit}")), "{link} {it}");
        let then = page(&server, link.split('#').next().unwrap());
        assert!(!then.one("div.words").text.contains("another text"), "{link}");
    }
}

#[test]
fn its_events_stand_along_time_in_their_phases() {
    let repo = laid_out("data-state");
    let run = ran(&repo, &[]);
    let timeline = show(&repo, &run, &["--timeline"]);
    let schema = repo.prode(&["schema", "triage_timeline"]).ok().json();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&timeline), "{timeline}");
    let moments = timeline["moments"].as_array().unwrap();
    let names: Vec<String> = moments.iter().map(|it| text(&it["what"]).replace('-', " ")).collect();
    assert_eq!((names[0].as_str(), names.last().unwrap().as_str()), ("opened", "rested"));
    let server = Served::start(&repo, &[]);
    let dom = page(&server, &address(&run));
    assert_eq!(dom.texts("ol.phases span.what"), names);
    let mut phases: Vec<&str> = moments.iter().map(|it| text(&it["phase"])).collect();
    phases.dedup();
    assert_eq!(phases.last(), Some(&"waiting"));
    assert_eq!(dom.texts("ol.phases span.badge"), phases);
    for phase in ["intake", "inventory", "route", "investigate", "decide"] {
        assert!(phases.contains(&phase), "{phases:?}");
    }
    let told = repo.prode(&["triage", "show", text(&run["run"]), "--timeline"]).ok();
    for moment in moments {
        assert!(told.stdout().contains(text(&moment["at"])), "{}", told.stdout());
    }
}

#[test]
fn what_waits_is_shown_as_it_is_signed_and_no_button_signs_it() {
    let repo = laid_out("data-state");
    let run = ran(&repo, &[]);
    let timeline = show(&repo, &run, &["--timeline"]);
    let ask = &timeline["asks"][0];
    let digest = prode::canonical::digest(text(&ask["document"]).as_bytes());
    assert_eq!(text(&ask["digest"]), digest);
    let document: Value = serde_json::from_str(text(&ask["document"])).unwrap();
    assert_eq!(document["what"], run["waiting"][0]["what"]);
    assert_eq!(document["preconditions"]["bundle"], run["bundle_digest"]);
    let server = Served::start(&repo, &[]);
    let dom = page(&server, &address(&run));
    let words = dom.texts("section.approval").remove(0);
    for said in
        [digest.as_str(), text(&ask["request"]), text(&document["what"]), text(&document["reason"])]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    let commands = dom.texts("section.approval div.code code");
    assert!(commands.contains(&format!("prode approve {}", text(&ask["request"]))), "{commands:?}");
    assert!(
        commands.contains(&format!("prode triage resume {}", text(&run["run"]))),
        "{commands:?}"
    );
    assert!(dom.all("article form").is_empty() && dom.all("article button").is_empty());
    // Whoever would sign it reads the same subject.
    let asked = repo.prode(&["approve", text(&ask["request"])]);
    assert_ne!(asked.code(), Some(0), "nobody is at a terminal");
}

#[test]
fn what_was_handed_in_is_said_to_weigh_nothing() {
    let repo = crate::mcp::memory();
    let run = ran(&repo, &["--answers", "answers", "--only-answers"]);
    let server = Served::start(&repo, &[]);
    let dom = page(&server, &address(&run));
    assert!(dom.texts("div.receipt span.badge.open").iter().all(|it| it.starts_with("attested")));
    assert!(!dom.all("div.receipt span.badge.open").is_empty());
    let blocking = dom.texts("ul.reasons li");
    assert!(blocking.iter().any(|it| it.starts_with("blocks attested-only")), "{blocking:?}");
    assert!(dom.texts("dl.gate dd").last().unwrap().ends_with("not reached"));
    assert!(
        dom.texts("aside section li").iter().any(|it| it.contains("no answer"))
            || run["questions"].as_array().unwrap().len() == 1
    );
}

#[test]
fn a_token_opens_runs_by_their_own_scope() {
    let repo = laid_out("data-state");
    let run = ran(&repo, &[]);
    let add = |name: &str, scope: &str| {
        let args = ["serve", "token", "add", name, "--scope", scope, "--json"];
        let token = repo.prode(&args).ok().json()["token"].as_str().unwrap().to_owned();
        format!("Authorization: Bearer {token}")
    };
    let (reader, watcher) = (add("reader", "get"), add("watcher", "triage_status"));
    let server = Served::start(&repo, &[]);
    for (path, header, status) in [
        ("/runs", &reader, 403),
        (address(&run).as_str(), &reader, 403),
        ("/runs", &watcher, 200),
        (address(&run).as_str(), &watcher, 200),
        ("/audit", &watcher, 403),
    ] {
        let answer = server.get(path, &[header]);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.body.contains("tax country"), status == 200 && path != "/runs", "{path}");
    }
}

/// An answer whose every field is an attack, a claim for each.
fn attacking(window: &Value) -> Value {
    let finding = |(at, attack): (usize, &&str)| {
        json!({
            "id": format!("F{at} {attack}"), "claim": attack, "supports": ["app-regression", attack],
            "refutes": [attack], "observed_at": window["from"],
            "receipts": [{"source": attack, "query": attack, "window": window, "at": window["until"],
                "excerpt": attack, "link": attack}],
        })
    };
    let query = |attack: &&str| json!({"source": attack, "query": attack, "window": window, "result": "empty", "would_refute": [attack]});
    let gap = |attack: &&str| json!({"what": attack, "absence": "not_searched"});
    let all = attacks();
    json!({
        "schema": "prode.specialist.output/v1", "question": all[0],
        "findings": all.iter().enumerate().map(finding).collect::<Vec<_>>(),
        "queries": all.iter().map(query).collect::<Vec<_>>(),
        "gaps": all.iter().map(gap).collect::<Vec<_>>(),
        "requests": all.iter().take(5).map(|it| json!({"action": "deploy", "what": it, "target": it, "reason": it})).collect::<Vec<_>>(),
        "next_pivot": all[1],
    })
}

#[test]
fn nothing_of_a_run_runs() {
    let repo = crate::mcp::memory();
    let ticket: Value =
        serde_json::from_str(&std::fs::read_to_string(repo.path().join("ticket.json")).unwrap())
            .unwrap();
    repo.write("answers/sentry.json", attacking(&ticket["window"]).to_string());
    let server = Served::start(&repo, &UNBOUNDED);
    let mut addresses = Vec::new();
    for attack in attacks().iter().step_by(4) {
        let mut ticket = ticket.clone();
        ticket["identifier"] = (*attack).into();
        ticket["title"] = (*attack).into();
        ticket["description"] = format!("alertname=QueueOldestMessageAge {attack}").into();
        ticket["comments"] = json!([attack]);
        let args = ["triage", "run", "-", "--answers", "answers", "--only-answers", "--json"];
        let run = repo.prode_with_input(&args, ticket.to_string()).ok().json();
        addresses.push(address(&run));
    }
    assert!(addresses.len() > 20, "{}", addresses.len());
    for path in &addresses {
        assert_eq!(is_dead(&server, path), 200, "{path}");
    }
    let mut shown = 0;
    for from in (0..attacks().len()).step_by(15) {
        let path = format!("{}?from={from}", addresses[0]);
        assert_eq!(is_dead(&server, &path), 200, "{path}");
        let answer = server.get(&path, &[]);
        // The bound is on what the run adds, as before the style came with the page; bytes
        // over the wire are `benches/run paint`'s to hold.
        let own = answer.body.len() - super::dom::STYLE.len();
        assert!(own < 100_000, "{path}: {own}");
        shown += super::Dom::of(&answer.body).all("section.claim").len();
    }
    assert_eq!(shown, attacks().len(), "every claim stands on one of its pages");
    assert_eq!(is_dead(&server, "/runs"), 200);
    for attack in attacks() {
        let attack = percent_encoding::utf8_percent_encode(attack, NON_ALPHANUMERIC);
        assert_eq!(is_dead(&server, &format!("/runs/{attack}")), 404);
        assert_eq!(is_dead(&server, &format!("/runs?phase={attack}")), 400);
    }
}
