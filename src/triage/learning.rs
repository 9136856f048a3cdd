//! What a run learned, as a candidate for the inbox.

use super::bundle::Bundle;
use super::gate::State;
use super::reason::Reason;

/// A learning, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Markdown with a head, as `inbox add` takes it; else a sentence.
    pub text: String,
    /// The page that it is for.
    pub target: Option<String>,
}

/// The learning of a bundle. `outcome`: what became of a change that the run
/// proposed.
pub fn learning(run: &str, bundle: &Bundle, outcome: Option<&str>) -> Candidate {
    if !bundle.reasons.contains(&Reason::Sufficient) {
        let text = "Nothing was learned: the evidence is not sufficient.\n".to_owned();
        return Candidate { text, target: None };
    }
    let target = target(bundle);
    let action = if target.starts_with("new:") { "new" } else { "append" };
    let head = format!(
        "---\ntarget: {target}\naction: {action}\nkind: pattern\nconfidence: {}\nfirst: {{run: {run}, ticket: {}}}\n---\n",
        bundle.confidence.value,
        quoted(&bundle.ticket.id),
    );
    let seen: Vec<String> = decisive(bundle);
    let seen: Vec<String> = seen.iter().map(|claim| format!("- {claim}\n")).collect();
    let routed = match bundle.memory.first() {
        Some(page) => format!("The run was routed by {}.", page.cite),
        None => "No page routed this; a page of this kind would have.".to_owned(),
    };
    let text = format!(
        "{head}\n**Seen in {}**: {}.\n\n{}\n{routed}\n{}",
        bundle.ticket.id,
        bundle.classification,
        seen.concat(),
        outcome.map(|it| format!("\nWhat became of the change: {it}.\n")).unwrap_or_default()
    );
    Candidate { text, target: Some(target) }
}

/// The page that routed, else a new one.
fn target(bundle: &Bundle) -> String {
    match bundle.memory.iter().find(|page| page.superseded_by.is_none()) {
        Some(page) => {
            let cite = page.cite.rsplit_once('@').map_or(page.cite.as_str(), |(place, _)| place);
            cite.to_owned()
        }
        None => format!("new:wiki/patterns/{}.md", bundle.classification),
    }
}

/// What the classification rests on, in the bundle's words.
fn decisive(bundle: &Bundle) -> Vec<String> {
    let standing = bundle.hypotheses.iter().filter(|it| it.state == State::Supported);
    let names: Vec<&String> = standing.flat_map(|it| &it.supported_by).collect();
    let claims = bundle.findings.iter().filter(|it| names.contains(&&it.id));
    claims.map(|it| it.claim.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
