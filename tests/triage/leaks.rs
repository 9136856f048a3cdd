//! A secret in every input: nothing that a run writes or says holds it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::team::{Team, answer, page, ticket};
use crate::support::Random;

/// A value that a redactor promises to find, with what stands around it.
struct Planted {
    whole: String,
    value: String,
}

/// Each place has its own value, so that a leak says where it came from.
fn planted(random: &mut Random, sort: usize) -> Planted {
    let (word, other) = (random.word(), random.word());
    let (before, value) = match sort % 4 {
        0 => (
            "",
            format!(
                "ghp_{}",
                format!("{word}{other}{word}").repeat(2).chars().take(36).collect::<String>()
            ),
        ),
        1 => ("password=", format!("{word}-{}{other}", random.below(90) + 10)),
        2 => ("", format!("{word}.{other}@{}.de", random.word())),
        _ => ("postgres://app:", format!("{word}{}{other}", random.below(900) + 100)),
    };
    let behind = if sort % 4 == 3 { "@db.internal:5432/app" } else { "" };
    Planted { whole: format!("{before}{value}{behind}"), value }
}

/// Every place of a JSON document at which a text stands, but those that have
/// a fixed form.
fn texts(value: &Value, place: &str, all: &mut Vec<String>) {
    const FIXED: &[&str] = &[
        "schema",
        "from",
        "until",
        "at",
        "observed_at",
        "result",
        "kind",
        "absence",
        "createdAt",
        "updatedAt",
        "supports",
        "refutes",
        "would_refute",
    ];
    match value {
        Value::String(_) => all.push(place.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, it)| texts(it, &format!("{place}/{at}"), all));
        }
        Value::Object(members) => {
            for (key, it) in members.iter().filter(|(key, _)| !FIXED.contains(&key.as_str())) {
                texts(it, &format!("{place}/{key}"), all);
            }
        }
        _ => {}
    }
}

struct Hunt {
    team: Team,
    random: Random,
    /// Where each value was planted.
    values: Vec<(String, String)>,
}

impl Hunt {
    fn new() -> Self {
        Self { team: Team::new(), random: Random::new(5), values: Vec::new() }
    }

    fn plant(&mut self, place: &str) -> String {
        let planted = planted(&mut self.random, self.values.len());
        self.values.push((place.to_owned(), planted.value));
        planted.whole
    }

    /// One behind each text of a document.
    fn plant_all(&mut self, name: &str, document: &mut Value) {
        let mut places = Vec::new();
        texts(document, "", &mut places);
        for place in places {
            let planted = self.plant(&format!("{name}{place}"));
            let text = document.pointer_mut(&place).unwrap();
            *text = json!(format!("{} {planted}", text.as_str().unwrap()));
        }
    }

    /// Fails where a value stands in bytes, as it is or as JSON writes it.
    fn search(&self, what: &str, bytes: &[u8], found: &mut Vec<String>) {
        for (place, value) in &self.values {
            let holds = bytes.windows(value.len()).any(|it| it == value.as_bytes());
            if holds {
                found.push(format!("that of {place} in {what}"));
            }
        }
    }

    fn search_files(&self, folder: &Path, found: &mut Vec<String>) -> usize {
        let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
        let files: Vec<PathBuf> =
            files.filter(|it| it.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
        for file in &files {
            self.search(&file.display().to_string(), &fs::read(file).unwrap(), found);
        }
        files.len()
    }
}

/// One in each text of the ticket, the answers, the page, and what goes wrong.
fn everywhere() -> Hunt {
    let mut hunt = Hunt::new();
    let mut ticket = ticket();
    ticket["comments"]["nodes"].as_array_mut().unwrap().push(json!({"body": "one more"}));
    ticket["attachments"] = json!([{"title": "graph.png"}]);
    ticket["labels"]["nodes"].as_array_mut().unwrap().push(json!({"name": "team:payments"}));
    hunt.plant_all("ticket", &mut ticket);
    hunt.team.ticket(&ticket);
    for name in ["sentry", "aws", "release"] {
        let mut answer = answer(name);
        answer["gaps"] = json!([{"what": "the other half", "absence": "not_searched"}]);
        answer["requests"] = json!([{"action": "data-correction", "what": "UPDATE a SET b = 1", "target": "db", "reason": "wrong"}]);
        answer["queries"][0]["parameters"] = json!({"project": "checkout"});
        hunt.plant_all(name, &mut answer);
        let key = hunt.plant(&format!("{name}: a parameter called password"));
        answer["queries"][0]["parameters"]["password"] = json!(key);
        hunt.team.answer(name, &answer.to_string());
    }
    let planted = hunt.plant("stderr of a program");
    let script = format!("cat > /dev/null; echo 'denied for {planted}' >&2; exit 1");
    hunt.team.program("vendor", &script);
    let planted = hunt.plant("an answer that is none");
    hunt.team.program("support", &format!("cat > /dev/null; echo '{{\"schema\": \"{planted}\"'"));
    let bin = |name: &str| hunt.team.home(&format!("bin/{name}")).display().to_string();
    let more = format!(
        "  vendor: {{program: [\"{}\"]}}\n  support: {{program: [\"{}\"]}}\n",
        bin("vendor"),
        bin("support")
    );
    let settings = fs::read_to_string(hunt.team.home(".config/prode/config.yaml")).unwrap();
    let settings =
        settings.replace("aws: required", "aws: required, vendor: required, support: required");
    hunt.team.put(".config/prode/config.yaml", settings + &more);
    let (heading, body) = (hunt.plant("a page's heading"), hunt.plant("a page's text"));
    let text = page().replace(
        "evidence: [sentry, aws, release]",
        "evidence: [sentry, aws, release, vendor, support]",
    );
    assert_ne!(text, page());
    let text = text.replace("## Initial triage", &format!("## Initial triage {heading}"));
    hunt.team.page(&format!("{text}\nTypeError at checkout: {body}\n"));

    hunt
}

#[test]
fn a_secret_in_every_input_is_in_no_artifact_log_or_output() {
    let hunt = everywhere();
    let mut found = Vec::new();
    let mut said = 0;
    let mut say = |hunt: &Hunt, args: &[&str], found: &mut Vec<String>| {
        let run = hunt.team.repo.prode(args);
        assert!(matches!(run.code(), Some(0 | 1)), "{args:?}: {:?} {}", run.code(), run.stderr());
        hunt.search(&format!("stdout of {args:?}"), run.stdout().as_bytes(), found);
        hunt.search(&format!("stderr of {args:?}"), run.stderr().as_bytes(), found);
        said += 1;
        run.stdout().to_owned()
    };
    say(&hunt, &["triage", "run", "../home/ticket.json"], &mut found);
    let list: Value =
        serde_json::from_str(&say(&hunt, &["triage", "list", "--json"], &mut found)).unwrap();
    let run = list["runs"][0]["run"].as_str().unwrap();
    for args in [
        &["list"][..],
        &["show", run],
        &["show", run, "--json"],
        &["show", run, "--handoff"],
        &["decide", run, "--json"],
        &["decide", run],
        &["verify", run, "--json"],
        &["verify", run],
        &["resume", run, "--json"],
        &["export", run, "-o", "../home/out"],
    ] {
        say(&hunt, &[&["triage"], args].concat(), &mut found);
    }
    hunt.team.repo.prode(&["triage", "verify", run]).ok();
    let store = hunt.team.store();
    let files = hunt.search_files(store.parent().unwrap(), &mut found)
        + hunt.search_files(&hunt.team.home("out"), &mut found);
    let asked = ["sentry", "aws", "release"].map(|it| hunt.team.home(&format!("asked-{it}.json")));
    for file in &asked {
        hunt.search("what a program is asked", &fs::read(file).unwrap(), &mut found);
    }
    println!(
        "{} values planted, {said} commands, {files} files, {} questions: {} found",
        hunt.values.len(),
        asked.len(),
        found.len()
    );
    assert!(found.is_empty(), "{found:#?}");
    // The hunt finds what is there.
    let mut there = Vec::new();
    hunt.search("the ticket", &fs::read(hunt.team.home("ticket.json")).unwrap(), &mut there);
    assert!(there.len() > 5);
}

#[test]
fn why_and_by_whom_is_frozen_is_redacted_too() {
    let mut hunt = Hunt::new();
    let (why, who) = (hunt.plant("why"), hunt.plant("who"));
    let run = hunt.team.repo.prode(&["triage", "freeze", "on", "--why", &why, "--as", &who]).ok();
    let mut found = Vec::new();
    hunt.search("stdout", run.stdout().as_bytes(), &mut found);
    hunt.search_files(hunt.team.store().parent().unwrap(), &mut found);
    assert!(found.is_empty(), "{found:#?}");
}
