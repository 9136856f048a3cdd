//! A story in the hands of somebody who knows how it is kept: names and chain are
//! made right again after every change.

use prode::canonical::{digest, to_bytes};
use prode::triage::event::Event;
use prode::triage::run::Run;
use prode::triage::verification::{Fault, Kept, verify};
use serde_json::{Value, json};

use super::script::RUN;
use super::story::{Story, chained, replayed};

/// What redaction hides in these tests.
pub(super) const SECRET: &str = "hunter2";

fn hides(text: &str) -> Option<String> {
    text.contains(SECRET).then(|| "password".to_owned())
}

/// What does not hold, one line each: `check: what`.
pub(super) fn faults(kept: &Kept) -> Vec<String> {
    let told = |it: Fault| {
        let check = serde_json::to_value(it.check).unwrap();
        format!("{}: {}", check.as_str().unwrap(), it.what)
    };
    verify(kept, &hides).into_iter().map(told).collect()
}

impl Story {
    /// As it is kept now; the document for readers is written anew where its events
    /// can be replayed.
    pub(super) fn forged(&self) -> Kept {
        let state = replayed(&self.events).ok();
        let run = state.as_ref().and_then(|it| Run::of(RUN, it, &self.kept).ok());
        Kept {
            run: RUN.to_owned(),
            lines: chained(&self.events),
            artifacts: self.kept.clone(),
            document: run.map(|it| serde_json::to_value(it).unwrap()),
            closed: state.map(|it| it.phase().is_over()),
        }
    }

    /// Where the first event that is called so stands.
    pub(super) fn place(&self, what: &str) -> usize {
        let is = |event: &Event| serde_json::to_value(event).unwrap()["what"] == what;
        let place = self.events.iter().position(|(_, event)| is(event));
        place.unwrap_or_else(|| panic!("there is no {what}"))
    }

    /// Changes the first event that is called so.
    pub(super) fn event(&mut self, what: &str, change: impl FnOnce(&mut Value)) {
        let place = self.place(what);
        let mut value = serde_json::to_value(&self.events[place].1).unwrap();
        let before = value.clone();
        change(&mut value);
        assert_ne!(value, before, "nothing was changed in {what}");
        self.events[place].1 = serde_json::from_value(value).unwrap();
    }

    /// Changes what the first event that is called so keeps.
    pub(super) fn document(&mut self, what: &str, change: impl FnOnce(&mut Value)) {
        self.rewrite(what, |bytes| {
            let mut value: Value = serde_json::from_slice(bytes).unwrap();
            change(&mut value);
            to_bytes(&value).unwrap()
        });
    }

    /// The same for what is no JSON.
    pub(super) fn rewrite(&mut self, what: &str, change: impl FnOnce(&[u8]) -> Vec<u8>) {
        let name = self.events[self.place(what)].1.artifact().unwrap().to_owned();
        let before = self.kept.remove(&name).unwrap();
        let after = change(&before);
        assert_ne!(after, before, "nothing was changed in what {what} keeps");
        let new = digest(&after);
        self.kept.insert(new.clone(), after);
        self.event(what, |event| event["artifact"] = json!(new));
    }
}
