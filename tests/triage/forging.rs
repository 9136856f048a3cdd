//! An exported run in the hands of somebody who knows how it is made: events
//! are rewritten with a chain that holds, artifacts with names that are right.

use std::fs;
use std::path::{Path, PathBuf};

use prode::canonical::{digest, to_bytes};
use serde_json::{Value, json};

pub(super) struct Forger {
    folder: PathBuf,
}

impl Forger {
    /// Works on a copy of an export.
    pub(super) fn on_copy(export: &Path, folder: PathBuf) -> Self {
        fs::create_dir_all(folder.join("artifacts")).unwrap();
        for name in ["events.jsonl", "run.json"] {
            fs::copy(export.join(name), folder.join(name)).unwrap();
        }
        for entry in fs::read_dir(export.join("artifacts")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.join("artifacts").join(entry.file_name())).unwrap();
        }
        Self { folder }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Changes a file's text.
    pub(super) fn edit(&self, name: &str, change: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        let changed = change(text.clone());
        assert_ne!(changed, text, "nothing was changed in {name}");
        fs::write(self.path(name), changed).unwrap();
    }

    /// Changes lines without a new chain.
    pub(super) fn lines(&self, change: impl FnOnce(&mut Vec<String>)) {
        self.edit("events.jsonl", |text| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            change(&mut lines);
            lines.join("\n") + if lines.is_empty() { "" } else { "\n" }
        });
    }

    /// Changes events, and writes the chain anew.
    pub(super) fn events(&self, change: impl FnOnce(&mut Vec<Value>)) {
        self.edit("events.jsonl", |text| {
            let mut lines: Vec<Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            change(&mut lines);
            chained(lines).join("\n") + "\n"
        });
    }

    /// Changes the one event that is called so.
    pub(super) fn event(&self, what: &str, change: impl FnOnce(&mut Value)) {
        self.events(|lines| change(find(lines, what)));
    }

    /// Changes the event of a specialist.
    pub(super) fn event_of(&self, what: &str, specialist: &str, change: impl FnOnce(&mut Value)) {
        self.events(|lines| {
            let line = lines
                .iter_mut()
                .find(|it| it["event"]["what"] == what && it["event"]["question"] == specialist);
            change(&mut line.unwrap()["event"]);
        });
    }

    /// The file of what an event keeps.
    pub(super) fn artifact(&self, what: &str) -> PathBuf {
        let text = fs::read_to_string(self.path("events.jsonl")).unwrap();
        let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let line = lines.find(|it| it["event"]["what"] == what).unwrap();
        self.file(line["event"]["artifact"].as_str().unwrap())
    }

    fn file(&self, digest: &str) -> PathBuf {
        self.path("artifacts").join(digest.trim_start_matches("sha256:"))
    }

    /// Replaces what an event keeps, and names it rightly.
    pub(super) fn replace(&self, what: &str, change: impl FnOnce(&str) -> String) {
        let old = self.artifact(what);
        let text = fs::read_to_string(&old).unwrap();
        let changed = change(&text);
        assert_ne!(changed, text, "nothing was changed in what '{what}' keeps");
        let name = digest(changed.as_bytes());
        fs::remove_file(old).unwrap();
        fs::write(self.file(&name), changed).unwrap();
        self.event(what, |event| event["artifact"] = json!(name));
    }

    /// The same for a document.
    pub(super) fn document(&self, what: &str, change: impl FnOnce(&mut Value)) {
        self.replace(what, |text| {
            let mut value: Value = serde_json::from_str(text).unwrap();
            change(&mut value);
            String::from_utf8(to_bytes(&value).unwrap()).unwrap()
        });
    }
}

/// The event that is called so.
pub(super) fn find<'a>(lines: &'a mut [Value], what: &str) -> &'a mut Value {
    let line = lines.iter_mut().find(|it| it["event"]["what"] == what);
    &mut line.unwrap_or_else(|| panic!("there is no {what}"))["event"]
}

/// Where the event that is called so stands.
pub(super) fn place(lines: &[Value], what: &str) -> usize {
    lines.iter().position(|it| it["event"]["what"] == what).unwrap()
}

/// Lines that follow each other, whatever they say.
pub(super) fn chained(lines: Vec<Value>) -> Vec<String> {
    let mut before = "sha256:".to_owned();
    let mut all = Vec::new();
    for (number, mut line) in lines.into_iter().enumerate() {
        line["number"] = json!(number);
        line["before"] = json!(before);
        let bytes = to_bytes(&line).unwrap();
        before = digest(&bytes);
        all.push(String::from_utf8(bytes).unwrap());
    }
    all
}
