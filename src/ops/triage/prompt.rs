//! `triage prompt`: one text for an agent that drives runs by commands alone.
//!
//! Its words are one file, `prompt.md`; what is known comes from the run's
//! events, which are redacted, and stands between marks that nothing in it can
//! close. The same run gives the same text, and never more than
//! 12,000 bytes of data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::journal::Kept;
use super::sop;
use crate::canonical::digest;
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::store::Store;
use crate::template::Template;
use crate::triage::bundle::names;
use crate::triage::phase::Phase;
use crate::triage::run::Run;
use crate::triage::state::State;
use crate::workspace::Workspace;

/// Bytes of what is told of a run.
const MOST: usize = 12_000;

/// Characters of one text of it, and items of one list.
const LONGEST: usize = 300;
const ITEMS: usize = 20;

/// The text, and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Prompt {
    /// `prode.triage_prompt/v1`.
    pub schema: String,
    /// The run that it is about; null where it tells how to begin.
    pub run: Option<String>,
    /// Where that is; null without one.
    pub stands: Option<String>,
    /// What to type next.
    pub next: Vec<String>,
    /// All of it, as Markdown.
    pub text: String,
}

/// What is told of one run.
struct Known {
    run: String,
    stands: String,
    data: Value,
    next: Vec<String>,
}

/// Writes it, for a run (`R-…`), for the newest run of a ticket, or without one.
///
/// # Errors
/// There is no such run.
pub fn prompt(workspace: &Workspace, about: Option<&str>) -> Result<Prompt, OpError> {
    let known = about.map(|it| known(workspace, it)).transpose()?;
    let next = known.as_ref().map_or_else(begin, |it| it.next.clone());
    let data = known.as_ref().map(|it| bounded(&it.data)).unwrap_or_default();
    let name = |of: fn(&Known) -> &String| known.as_ref().map(of).cloned();
    let (run, stands) = (name(|it| &it.run), name(|it| &it.stands));
    let lines: Vec<String> = next.iter().map(|it| format!("- `{it}`\n")).collect();
    let values = [
        ("run", run.clone().unwrap_or_default()),
        ("stands", stands.clone().unwrap_or_default()),
        ("mark", digest(data.as_bytes())[7..19].to_owned()),
        ("data", data),
        ("next", lines.concat()),
    ];
    let values: BTreeMap<String, String> =
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let text = words().filled_in(&values)?;
    Ok(Prompt { schema: "prode.triage_prompt/v1".to_owned(), run, stands, next, text })
}

fn words() -> Template {
    Template {
        name: "prompt".to_owned(),
        kind: "prompt".to_owned(),
        description: String::new(),
        fields: Vec::new(),
        sections: Vec::new(),
        body: include_str!("prompt.md").to_owned(),
    }
}

fn begin() -> Vec<String> {
    [
        "prode triage run ticket.json --json",
        "prode triage list",
        "prode triage examples run backend-500",
        "prode list sop",
        "prode triage sop start PAGE",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn known(workspace: &Workspace, about: &str) -> Result<Known, OpError> {
    let store = super::store_with_runs(workspace)?;
    let run = named(&*store, about)?;
    if sop::is_one(&store.run(&run)?.ticket) {
        return walked(workspace, &run);
    }
    let read = super::read(&*store, &run)?;
    let document = Run::of(run.as_str(), &read.state, &Kept(&*store))?;
    Ok(Known {
        stands: stands(&document),
        data: of_ticket(&document, &read.state),
        next: next(&document, &read.state),
        run: run.to_string(),
    })
}

/// A run by its name, or the newest one of a ticket.
fn named(store: &dyn Store, about: &str) -> Result<RunId, OpError> {
    if let Ok(run) = about.parse::<RunId>() {
        return Ok(run);
    }
    let found = store.runs()?.into_iter().find(|it| it.ticket == about);
    found.map(|it| it.run).ok_or_else(|| OpError::NotFound {
        message: format!("there is no run of the ticket '{about}' here"),
        hint: "see the runs: prode triage list".to_owned(),
    })
}

fn walked(workspace: &Workspace, id: &RunId) -> Result<Known, OpError> {
    let run = sop::show(workspace, id)?;
    let gate = run.gate.and_then(|it| run.gates.get(it as usize - 1));
    let stands = match gate {
        Some(gate) => {
            format!("It walks a procedure, and is {} at gate {}.", run.status, gate.number)
        }
        None => "It walked a procedure, and every gate is passed.".to_owned(),
    };
    let data = json!({
        "title": run.title,
        "sop": run.sop,
        "outdated": run.outdated,
        "ticket": run.ticket,
        "not_passed_since": run.refusals,
        "gate": gate,
    });
    let done = format!("prode triage sop start --run {id} --record");
    let next = if run.next.is_empty() { vec![done] } else { run.next };
    Ok(Known { run: id.to_string(), stands, data, next })
}

fn stands(run: &Run) -> String {
    let decided = match (&run.decision, &run.classification, run.confidence) {
        (Some(decision), Some(class), Some(confidence)) => {
            format!(" It decided: {decision}, {class}, {confidence} % confidence.")
        }
        _ => " Nothing is decided yet.".to_owned(),
    };
    format!("It works in mode {} and is in phase {}.{decided}", run.mode.name(), run.phase)
}

fn of_ticket(run: &Run, state: &State) -> Value {
    let bundle = run.bundle.as_ref();
    let questions = run.questions.iter().map(|it| {
        let answered = state.answers.contains_key(&it.specialist);
        json!({"specialist": it.specialist, "because": it.because, "needed": it.required, "answered": answered})
    });
    let findings = bundle.iter().flat_map(|it| &it.findings);
    let findings = findings.map(|it| json!({"id": it.id, "claim": it.claim}));
    let gaps = bundle.iter().flat_map(|it| &it.gaps);
    let gaps = gaps.map(|it| json!({"specialist": it.specialist, "what": it.what}));
    let memory = bundle.iter().flat_map(|it| &it.memory).map(|it| &it.cite);
    json!({
        "ticket": run.ticket.as_ref().map(|it| json!({"id": it.id, "title": it.title, "window": it.window})),
        "reasons": run.reasons.iter().map(|it| json!({"code": it.code(), "about": it.about()})).collect::<Vec<_>>(),
        "questions": questions.collect::<Vec<_>>(),
        "gaps": gaps.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "routed_by": memory.collect::<Vec<_>>(),
        "waits_for": names(&run.run, &run.waiting),
    })
}

fn next(run: &Run, state: &State) -> Vec<String> {
    let name = &run.run;
    let show = format!("prode triage show {name} --handoff");
    if run.phase == Phase::Waiting {
        let approve = names(name, &run.waiting).into_iter();
        let approve = approve.map(|it| format!("prode approve {it}   # a person, at a terminal"));
        return approve.chain([format!("prode triage resume {name} --json"), show]).collect();
    }
    if matches!(run.phase, Phase::AwaitMerge | Phase::Monitor) {
        return vec![
            format!("prode triage resume {name} --json   # looks what became of it"),
            show,
        ];
    }
    if run.phase.is_over() {
        let verify = format!("prode triage verify {name}");
        let export = format!("prode triage export {name} -o run/");
        let learn = format!("prode inbox add learning.md --target PAGE#SECTION --run {name}");
        return vec![verify, show, export, learn];
    }
    let open = run.questions.iter().filter(|it| !state.answers.contains_key(&it.specialist));
    let answer = open.take(ITEMS).map(|it| {
        format!("prode schema specialist_output   # the form of answers/{}.json", it.specialist)
    });
    answer.chain([format!("prode triage resume {name} --answers answers/ --json")]).collect()
}

/// As JSON, one member a line; what is too long is cut, and how much is said.
fn bounded(data: &Value) -> String {
    for (longest, items) in [(LONGEST, ITEMS), (LONGEST / 2, ITEMS / 2), (LONGEST / 4, 3)] {
        let text = pretty(&cut(data, longest, items));
        if text.len() <= MOST {
            return text;
        }
    }
    let text = pretty(&cut(data, LONGEST / 8, 1));
    text.chars().take(MOST / 4).collect()
}

fn cut(value: &Value, longest: usize, items: usize) -> Value {
    match value {
        Value::String(text) => match text.char_indices().nth(longest) {
            Some((at, _)) => Value::String(format!("{}…", &text[..at])),
            None => value.clone(),
        },
        Value::Array(all) => {
            let mut some: Vec<Value> =
                all.iter().take(items).map(|it| cut(it, longest, items)).collect();
            if all.len() > items {
                some.push(json!(format!("… {} more", all.len() - items)));
            }
            Value::Array(some)
        }
        Value::Object(members) => {
            let members = members.iter();
            Value::Object(members.map(|(key, it)| (key.clone(), cut(it, longest, items))).collect())
        }
        other => other.clone(),
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_a_run_is_bounded_and_says_what_is_left_out() {
        let claim = "x".repeat(5_000);
        let data = json!({"findings": vec![json!({"claim": claim}); 400]});
        let told = bounded(&data);
        assert!(told.len() <= MOST, "{}", told.len());
        assert!(told.contains("more\""), "{told}");
        let deep = json!({"gates": vec![vec![vec![claim; 40]; 40]; 40]});
        assert!(bounded(&deep).len() <= MOST);
        assert_eq!(bounded(&json!({"a": "b"})), "{\n  \"a\": \"b\"\n}");
    }
}
