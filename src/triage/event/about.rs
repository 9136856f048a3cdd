//! What an event says, in a few words for people.

use super::Event;
use crate::triage::effect::Effect;
use crate::triage::evidence::How;

impl Event {
    /// Its name, as it is stored.
    pub fn name(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value["what"].as_str().unwrap_or_default().to_owned()
    }

    /// What it says, in one line; empty where its name says all. `planned`: effects of
    /// the run, by whose keys later events name them.
    pub fn about(&self, planned: &[Effect]) -> String {
        match self {
            Self::Opened { mode, bar, .. } => format!("mode {}, at least {bar} %", mode.name()),
            Self::Claimed { worker, attempt } => format!("{worker}, attempt {attempt}"),
            Self::Stood { .. }
            | Self::Snapshot { .. }
            | Self::Inventory { .. }
            | Self::HandedOver { .. }
            | Self::Dropped { .. } => String::new(),
            Self::Routed { questions, .. } => {
                let names: Vec<&str> = questions.iter().map(|it| it.name.as_str()).collect();
                format!("to ask: {}", names.join(", "))
            }
            Self::Coordinated { settled: true, .. } => "nothing more to ask".to_owned(),
            Self::Coordinated { questions, .. } => format!("{} questions by now", questions.len()),
            Self::Asked { question, .. } => question.clone(),
            Self::Answered { question, how: How::Captured, spent, .. } => {
                format!(
                    "{question}, captured: {} pieces of evidence in {} s",
                    spent.evidence, spent.seconds
                )
            }
            Self::Answered { question, how: How::Attested, .. } => {
                format!("{question}, handed in: it weighs nothing")
            }
            Self::Unanswered { question, absence, why, .. } => {
                format!("{question}, {absence}: {why}")
            }
            Self::Decided { classification, decision, confidence, .. } => {
                format!("{decision}, {classification}, {confidence} %")
            }
            Self::Approved { request, strength, .. } => format!("{request}, {strength}"),
            Self::Noted { text, by } => format!("{by}: {text}"),
            Self::Rested { phase, reason } => format!("{phase}: {reason}"),
            Self::Planned { effects } => format!("{} effects", effects.len()),
            Self::Intended { key } => effect(planned, key),
            Self::Done { key, reference } => format!("{}: {reference}", effect(planned, key)),
            Self::Left { key, why } => format!("{}: {why}", effect(planned, key)),
            other => other.of_the_change(),
        }
    }

    /// The same of what happens past the gate.
    fn of_the_change(&self) -> String {
        let short = |commit: &str| commit.chars().take(12).collect::<String>();
        match self {
            Self::Uncoordinated { why } | Self::Unchanged { why } => why.clone(),
            Self::SourceRead { source } => source.clone(),
            Self::Prepared { base, .. } => format!("from {}", short(base)),
            Self::Changed { commit, .. } | Self::Merged { commit, .. } => short(commit),
            Self::Verified { passed: true, .. } => "it holds".to_owned(),
            Self::Verified { .. } => "it does not hold".to_owned(),
            Self::Reviewed { accepted: true, .. } => "nothing speaks against it".to_owned(),
            Self::Reviewed { .. } => "something speaks against it".to_owned(),
            Self::TurnedBack { reason, why } => format!("{reason}: {why}"),
            Self::Monitored { seen, .. } => seen.name().to_owned(),
            Self::Learned { target: Some(target), .. } => format!("for {target}"),
            Self::Learned { .. } => "nothing".to_owned(),
            _ => String::new(),
        }
    }
}

fn effect(planned: &[Effect], key: &str) -> String {
    let found = planned.iter().find(|it| it.key == key);
    found.map_or_else(|| key.to_owned(), |it| format!("{} on {}", it.sort.words(), it.target))
}
