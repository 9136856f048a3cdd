//! What a run does outside, and what it would do.
//!
//! Which effects follow from a decision is worked out here, from the bundle
//! and from where the ticket stood alone. Each has a key made of run, step and content, so that whoever repeats
//! a step finds what stands outside already.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bundle::Bundle;
use super::class::Decision;
use super::mode::Mode;
use super::moving::{Move, Moves};
use crate::canonical::digest;

/// What sort of effect it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A comment on the ticket, with the hand-off.
    Comment,
    /// A branch with the change.
    Branch,
    /// A pull request of that branch.
    PullRequest,
    /// A request for a person's approval.
    ApprovalRequest,
    /// The ticket gets another state, or a label.
    Move,
    /// A learning in the inbox.
    Learning,
}

impl Sort {
    /// What people read of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Branch => "branch",
            Self::PullRequest => "pull request",
            Self::ApprovalRequest => "request for approval",
            Self::Move => "move",
            Self::Learning => "learning",
        }
    }
}

/// One thing done outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// What.
    pub sort: Sort,
    /// Where it would stand: a ticket's name, a branch, a page.
    pub target: String,
    /// What it would say, in one line.
    pub summary: String,
    /// 32 hexadecimal digits of run, step and content: the same step has the
    /// same key whoever repeats it.
    pub key: String,
    /// From where the ticket goes, and whereto: for a move, and for the request to
    /// approve one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves: Option<Move>,
}

impl Mode {
    /// True if such an effect is made, not only listed.
    pub fn allows(self, effect: &Effect) -> bool {
        let least = match effect.sort {
            Sort::Comment | Sort::ApprovalRequest | Sort::Move | Sort::Learning => Self::Comment,
            Sort::Branch | Sort::PullRequest => Self::Pr,
        };
        self >= effect.moves.as_ref().map_or(least, |it| it.when.least())
    }
}

/// What follows from a decision, in the order in which it is done. `learning` is
/// where what was learned would go; `moves` where the ticket may go.
pub fn effects(
    run: &str,
    bundle: &Bundle,
    digest: &str,
    learning: Option<&str>,
    moves: Option<&Moves>,
) -> Vec<Effect> {
    let mut all = Vec::new();
    let step = moves.and_then(|it| it.follows(bundle.decision));
    let mut add = |sort: Sort, target: String, summary: String| {
        let key = key(run, sort, &target, digest);
        all.push(Effect { sort, target, summary, key, moves: None });
    };
    let (id, class) = (&bundle.ticket.id, bundle.classification);
    if bundle.decision == Decision::Pr {
        let branch = format!("prode/run/{run}");
        add(Sort::Branch, branch.clone(), format!("the smallest change for {class}"));
        add(Sort::PullRequest, branch, format!("{id}: {class}, a draft for the owners"));
    }
    let end = step.as_ref().and_then(|it| it.waiting(id));
    for waiting in bundle.waiting.iter().chain(&end) {
        let what = format!("{} on {}", waiting.wanted.action, waiting.wanted.target);
        add(Sort::ApprovalRequest, waiting.digest.clone(), what);
    }
    let value = bundle.confidence.value;
    let said = format!("{}: {class}, confidence {value} %, with the hand-off", bundle.decision);
    add(Sort::Comment, id.clone(), said);
    if let Some(step) = &step {
        add(Sort::Move, id.clone(), step.told());
    }
    if let Some(target) = learning {
        add(Sort::Learning, target.to_owned(), "what would have routed this faster".to_owned());
    }
    for effect in &mut all {
        let is_of_it = effect.sort == Sort::Move
            || end.as_ref().is_some_and(|end| effect.target == end.digest);
        effect.moves = step.clone().filter(|_| is_of_it);
    }
    all
}

/// The key of a step.
fn key(run: &str, sort: Sort, target: &str, content: &str) -> String {
    let step = format!("{run}\0{sort:?}\0{target}\0{content}");
    digest(step.as_bytes())["sha256:".len()..][..32].to_owned()
}
