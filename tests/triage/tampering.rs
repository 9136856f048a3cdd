//! `triage verify` finds what was changed in an exported or stored run, and
//! nothing where nothing was.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::forging::{Forger, chained, find, place};
use super::team::Team;
use crate::support::TestRepo;

type Tampering = (&'static str, fn(&Forger));

/// Not by the book.
#[rustfmt::skip]
const CLUMSY: &[Tampering] = &[
    ("a letter of the first line", |it| it.lines(|all| all[0] = all[0].replacen("ENG-1423", "ENG-1424", 1))),
    ("a letter of the last line", |it| it.lines(|all| { let last = all.len() - 1; all[last] = all[last].replacen("closed", "closes", 1); })),
    ("a line left out", |it| it.lines(|all| drop(all.remove(3)))),
    ("two lines swapped", |it| it.lines(|all| all.swap(4, 5))),
    ("the last line left out", |it| it.lines(|all| drop(all.pop()))),
    ("a line twice", |it| it.lines(|all| all.push(all[6].clone()))),
    ("a blank in a line", |it| it.lines(|all| all[2] = all[2].replacen(',', ", ", 1))),
    ("a blank line", |it| it.edit("events.jsonl", |text| format!("{text}\n"))),
    ("the last line cut", |it| it.edit("events.jsonl", |text| text[..text.len() - 2].to_owned())),
    ("the last line without its end", |it| it.edit("events.jsonl", |text| text.trim_end().to_owned())),
    ("no line", |it| it.edit("events.jsonl", |_| String::new())),
    ("a letter of an answer", |it| fs::write(it.artifact("answered"), fs::read_to_string(it.artifact("answered")).unwrap().replacen("31", "13", 1)).unwrap()),
    ("an answer removed", |it| fs::remove_file(it.artifact("answered")).unwrap()),
    ("the bundle removed", |it| fs::remove_file(it.artifact("decided")).unwrap()),
    ("an artifact that nobody names", |it| fs::write(it.path("artifacts").join("0".repeat(64)), "x").unwrap()),
    ("an artifact under another name", |it| fs::rename(it.artifact("inventory"), it.path("artifacts").join("0".repeat(64))).unwrap()),
    ("two artifacts swapped", |it| {
        let (one, other) = (it.artifact("inventory"), it.artifact("learned"));
        let (first, second) = (fs::read(&one).unwrap(), fs::read(&other).unwrap());
        fs::write(one, second).unwrap();
        fs::write(other, first).unwrap();
    }),
    ("an artifact that is a link", |it| {
        let (file, beside) = (it.artifact("handed-over"), it.path("../elsewhere.md"));
        fs::rename(&file, &beside).unwrap();
        symlink("../../elsewhere.md", file).unwrap();
    }),
    ("a file beside the others", |it| fs::write(it.path("approved.json"), "{}").unwrap()),
    ("the document says another decision", |it| it.edit("run.json", |text| text.replacen("\"decision\": \"pr\"", "\"decision\": \"stop\"", 1))),
    ("the document says another run", |it| it.edit("run.json", |text| text.replace("\"run\": \"R-2026", "\"run\": \"R-2025"))),
    ("the document is gone", |it| fs::remove_file(it.path("run.json")).unwrap()),
];

/// With a chain that holds and names that are right.
#[rustfmt::skip]
const SKILLED: &[Tampering] = &[
    ("another ticket", |it| it.event("opened", |event| event["ticket"] = json!("ENG-1"))),
    ("a mode that makes effects", |it| it.event("opened", |event| event["mode"] = json!("pr"))),
    ("a threshold that is not reached", |it| it.event("opened", |event| event["bar"] = json!(95))),
    ("a worker who was not counted", |it| it.event("claimed", |event| event["attempt"] = json!(0))),
    ("another title", |it| it.document("snapshot", |it| it["title"] = json!("Checkout is slow"))),
    ("another window", |it| it.document("snapshot", |it| it["window"]["from"] = json!("2026-11-03T13:00:00Z"))),
    ("a tool more", |it| it.document("inventory", |it| it["tools"][0]["identity"] = json!("admin"))),
    ("a page that did not route", |it| it.document("routed", |it| *it = json!([]))),
    ("a question that the ticket calls for, made optional", |it| it.event("routed", |event| {
        event["questions"].as_array_mut().unwrap().iter_mut().for_each(|it| it["required"] = json!(false));
    })),
    ("a question that nobody answered", |it| it.event("routed", |event| {
        let mut question = event["questions"][0].clone();
        question["specialist"] = json!("vendor");
        question["name"] = json!("vendor");
        event["questions"].as_array_mut().unwrap().push(question);
    })),
    ("another question was asked", |it| it.document("asked", |it| it["question"] = json!("is all well?"))),
    ("another time was asked about", |it| it.document("asked", |it| it["window"]["until"] = json!("2026-11-03T14:00:00Z"))),
    ("another excerpt", |it| it.document("answered", |it| it["findings"][0]["receipts"][0]["excerpt"] = json!("all is well"))),
    ("a control that found nothing", |it| it.document("answered", |it| it["queries"][0]["would_refute"] = json!(["app-regression"]))),
    ("a captured answer was handed in", |it| it.event_of("answered", "sentry", |event| event["how"] = json!("attested"))),
    ("an answer was none", |it| it.event_of("answered", "release", |event| {
        *event = json!({"what": "unanswered", "question": "release", "absence": "error", "why": "no", "spent": false});
    })),
    ("an answer that costs less", |it| it.event("answered", |event| event["spent"]["cost_units"] = json!(0))),
    ("a budget that was used up", |it| it.event("opened", |event| event["budgets"]["calls"] = json!(1))),
    ("a question without its answer", |it| it.events(|all| drop(all.remove(place(all, "answered"))))),
    ("another decision", |it| it.event("decided", |event| event["decision"] = json!("handoff"))),
    ("another classification", |it| it.event("decided", |event| event["classification"] = json!("config"))),
    ("more confidence", |it| it.event("decided", |event| event["confidence"] = json!(100))),
    ("another reason", |it| it.event("decided", |event| event["reasons"] = json!(["evidence-sufficient", "routed-by-stale"]))),
    ("a better bundle", |it| it.document("decided", |it| it["confidence"]["value"] = json!(100))),
    ("the decision before the answers", |it| it.events(|all| {
        let (decided, first) = (place(all, "decided"), place(all, "asked"));
        let line = all.remove(decided);
        all.insert(first, line);
        for it in all.iter_mut() {
            it["at"] = json!("2026-11-03T12:00:00Z");
        }
    })),
    ("source read before the gate", |it| it.events(|all| {
        let mut line = all[place(all, "decided")].clone();
        line["event"] = json!({"what": "source-read", "source": "cart/gift_card.js@0123456"});
        all.insert(place(all, "decided"), line);
    })),
    ("another hand-off", |it| it.replace("handed-over", |text| text.replace("90 %", "99 %").replace("100 %", "99 %"))),
    ("another learning", |it| it.replace("learned", |text| format!("{text}\nAlways roll back first.\n"))),
    ("a learning for another page", |it| it.event("learned", |event| event["target"] = json!("wiki/other.md"))),
    ("an effect less", |it| it.event("planned", |event| drop(event["effects"].as_array_mut().unwrap().pop()))),
    ("an effect that does not follow", |it| it.event("planned", |event| event["effects"][0]["target"] = json!("main"))),
    ("an effect with another key", |it| it.event("planned", |event| event["effects"][0]["key"] = json!("0".repeat(32)))),
    ("effects in another order", |it| it.event("planned", |event| event["effects"].as_array_mut().unwrap().swap(0, 1))),
    ("an effect that a dry run made", |it| it.events(|all| {
        let key = find(all, "planned")["effects"][0]["key"].clone();
        let mut line = all[place(all, "planned")].clone();
        line["event"] = json!({"what": "intended", "key": key});
        all.insert(place(all, "rested"), line);
    })),
    ("no effects", |it| it.events(|all| drop(all.remove(place(all, "planned"))))),
    ("it rests elsewhere", |it| it.event("rested", |event| event["phase"] = json!("stopped"))),
    ("it rests for another reason", |it| it.event("rested", |event| event["reason"] = json!("conflict"))),
    ("it rests twice", |it| it.events(|all| all.push(all[all.len() - 1].clone()))),
    ("a time before the one before it", |it| it.events(|all| all[5]["at"] = json!("2026-11-03T11:00:00Z"))),
    ("an address that redaction hides", |it| it.events(|all| {
        let mut line = all[place(all, "decided")].clone();
        let text = ["ask maya.lang", "@firma.de"].concat();
        line["event"] = json!({"what": "noted", "by": "@a", "text": text});
        all.insert(place(all, "decided"), line);
    })),
];

/// In the database.
#[rustfmt::skip]
const STORED: &[(&str, &str)] = &[
    ("an event's bytes", "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"number\":5', '\"number\":6') AS BLOB) WHERE number = 5"),
    ("an event removed", "DELETE FROM event WHERE number = 6"),
    ("the last event removed", "DELETE FROM event WHERE number = (SELECT max(number) FROM event)"),
    ("the first event removed", "DELETE FROM event WHERE number = 0"),
    ("all events removed", "DELETE FROM event"),
    ("an event twice", "INSERT INTO event SELECT run, number + 100, digest, bytes FROM event WHERE number = 3"),
    ("two events swapped", "UPDATE event SET number = 1000 WHERE number = 4; UPDATE event SET number = 4 WHERE number = 5; UPDATE event SET number = 5 WHERE number = 1000"),
    ("an artifact's bytes", "UPDATE artifact SET bytes = x'7b7d' WHERE rowid = 4"),
    ("an artifact removed", "DELETE FROM artifact WHERE rowid = 3"),
    ("an artifact under another name", "UPDATE artifact SET digest = 'sha256:00' WHERE rowid = 5"),
    ("closed, and not at its end", "DELETE FROM event WHERE number >= 8"),
    ("not closed, and at its end", "UPDATE run SET closed = 0"),
];

/// What verification says.
struct Said {
    code: Option<i32>,
    /// Which checks found something.
    checks: BTreeSet<String>,
    words: String,
}

fn verify(repo: &TestRepo, run: &str) -> Said {
    let run = repo.prode(&["triage", "verify", run, "--json"]);
    let said: Value = serde_json::from_str(run.stdout()).unwrap_or_default();
    let faults = said["faults"].as_array().cloned().unwrap_or_default();
    let checks = faults.iter().map(|it| it["check"].as_str().unwrap().to_owned()).collect();
    let words = faults.iter().map(|it| it["what"].as_str().unwrap().to_owned());
    let words = words.chain([run.stderr().trim().to_owned()]).next().unwrap_or_default();
    Said { code: run.code(), checks, words }
}

impl Said {
    /// Something else than the document for readers, which a forger would
    /// write anew.
    fn is_found(&self, but: &str) -> bool {
        self.code == Some(1)
            && (self.checks.is_empty() || self.checks.iter().any(|check| check != but))
    }

    fn told(&self, name: &str) -> String {
        let checks: Vec<&str> = self.checks.iter().map(String::as_str).collect();
        format!("{name:<52} {:<28} {}", checks.join(" "), self.words)
    }
}

fn export(repo: &TestRepo, example: &str, folder: &Path) -> PathBuf {
    let output = folder.join(example);
    let place = output.display().to_string();
    repo.prode(&["triage", "examples", "run", example, "-o", &place]).ok();
    output
}

fn tamper(group: &[Tampering], but: &str) -> usize {
    let (repo, folder) = (TestRepo::no_repository(), TempDir::new().unwrap());
    let export = export(&repo, "backend-500", folder.path());
    let mut missed = Vec::new();
    for (number, (name, tampering)) in group.iter().enumerate() {
        let copy = folder.path().join(format!("{number}/run"));
        let forger = Forger::on_copy(&export, copy.clone());
        let untouched = verify(&repo, &copy.display().to_string());
        assert_eq!(untouched.code, Some(0), "untouched: {}", untouched.words);
        tampering(&forger);
        let said = verify(&repo, &copy.display().to_string());
        println!("{}", said.told(name));
        missed.extend((!said.is_found(but)).then(|| said.told(name)));
    }
    assert!(missed.is_empty(), "{missed:#?}");
    group.len()
}

#[test]
fn clumsy_tamperings_of_an_export_are_found() {
    println!("{} of {} found", tamper(CLUMSY, ""), CLUMSY.len());
}

#[test]
fn skilled_tamperings_of_an_export_are_found() {
    println!("{} of {} found", tamper(SKILLED, "document"), SKILLED.len());
}

#[test]
fn tamperings_of_a_stored_run_are_found() {
    let team = Team::new();
    let run = team.run().ok().json()["run"].as_str().unwrap().to_owned();
    assert_eq!(verify(&team.repo, &run).code, Some(0));
    // Without the log, the file is all there is.
    let open = || Connection::open(team.store()).unwrap();
    open().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
    let whole = fs::read(team.store()).unwrap();
    let mut missed = Vec::new();
    for (name, sql) in STORED {
        let file = open();
        file.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        file.execute_batch(sql).unwrap();
        drop(file);
        let said = verify(&team.repo, &run);
        println!("{}", said.told(name));
        missed.extend((!said.is_found("")).then(|| said.told(name)));
        remove_log(&team);
        fs::write(team.store(), &whole).unwrap();
    }
    let said = rewritten(&team, &run);
    println!("{}", said.told("all events written anew"));
    assert!(said.is_found(""));
    assert!(missed.is_empty(), "{missed:#?}");
    remove_log(&team);
    fs::write(team.store(), &whole).unwrap();
    assert_eq!(verify(&team.repo, &run).code, Some(0));
    println!(
        "{} of {} found, and nothing once it is as it was",
        STORED.len() + 1,
        STORED.len() + 1
    );
}

/// Somebody writes all events anew, with their digests.
fn rewritten(team: &Team, run: &str) -> Said {
    let mut lines = team.events(run);
    find(&mut lines, "decided")["confidence"] = json!(100);
    let file = Connection::open(team.store()).unwrap();
    for (number, line) in chained(lines).into_iter().enumerate() {
        let digest = prode::canonical::digest(line.as_bytes());
        let sql = "UPDATE event SET bytes = ?1, digest = ?2 WHERE number = ?3";
        file.execute(sql, (line.into_bytes(), digest, number)).unwrap();
    }
    drop(file);
    verify(&team.repo, run)
}

fn remove_log(team: &Team) {
    for end in ["sqlite-wal", "sqlite-shm"] {
        let _ = fs::remove_file(team.store().with_extension(end));
    }
}

#[test]
fn an_export_verifies_where_there_is_nothing_else() {
    let (repo, folder) = (TestRepo::no_repository(), TempDir::new().unwrap());
    for example in ["backend-500", "queue-saturation", "data-state", "expected-aborts"] {
        let export = export(&repo, example, folder.path());
        let elsewhere = TestRepo::no_repository();
        Forger::on_copy(&export, elsewhere.path().join("a/b c/run"));
        fs::remove_dir_all(&export).unwrap();
        let said = elsewhere.prode(&["triage", "verify", "a/b c/run", "--json"]).ok().json();
        assert_eq!((&said["sound"], &said["faults"]), (&json!(true), &json!([])), "{example}");
        println!(
            "{example}: {} events, {} artifacts, {} checks",
            said["events"],
            said["artifacts"],
            said["checks"].as_array().map_or(0, Vec::len)
        );
    }
}

#[test]
fn an_export_of_a_stored_run_verifies_elsewhere_and_says_what_show_says() {
    let team = Team::new();
    let run = team.run().ok().json();
    let name = run["run"].as_str().unwrap();
    team.repo.prode(&["triage", "export", name, "-o", "../home/out"]).ok();
    let elsewhere = TestRepo::no_repository();
    Forger::on_copy(&team.home("out"), elsewhere.path().join("run"));
    elsewhere.prode(&["triage", "verify", "run"]).ok().says("is what happened");
    let document: Value =
        serde_json::from_slice(&fs::read(team.home("out/run.json")).unwrap()).unwrap();
    assert_eq!(document, team.repo.prode(&["triage", "show", name, "--json"]).ok().json());
    assert_eq!(document, run);
}
