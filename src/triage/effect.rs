//! What a run does outside, and what it would do.
//!
//! Which effects follow from a decision is worked out here, from the bundle
//! alone. Each has a key made of run, step and content, so that whoever repeats
//! a step finds what stands outside already.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bundle::Bundle;
use super::class::Decision;
use crate::canonical::digest;

/// What a run may do outside. It is the user's side that says so.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Nothing.
    #[default]
    DryRun,
    /// Comments and hand-offs.
    Comment,
    /// Branches and pull requests too.
    Pr,
}

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
    /// A learning in the inbox.
    Learning,
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
}

impl Mode {
    /// True if effects of that sort are made, not only listed.
    pub fn allows(self, sort: Sort) -> bool {
        match sort {
            Sort::Comment | Sort::ApprovalRequest | Sort::Learning => self >= Self::Comment,
            Sort::Branch | Sort::PullRequest => self >= Self::Pr,
        }
    }

    /// As settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DryRun => "dry-run",
            Self::Comment => "comment",
            Self::Pr => "pr",
        }
    }

    /// The mode called this.
    pub fn named(name: &str) -> Option<Self> {
        [Self::DryRun, Self::Comment, Self::Pr].into_iter().find(|mode| mode.name() == name)
    }
}

/// What follows from a decision, in the order in which it is done. `learning` is
/// where what was learned would go.
pub fn effects(run: &str, bundle: &Bundle, digest: &str, learning: Option<&str>) -> Vec<Effect> {
    let mut all = Vec::new();
    let mut add = |sort: Sort, target: String, summary: String| {
        let key = key(run, sort, &target, digest);
        all.push(Effect { sort, target, summary, key });
    };
    let (id, class) = (&bundle.ticket.id, bundle.classification);
    if bundle.decision == Decision::Pr {
        let branch = format!("prode/run/{run}");
        add(Sort::Branch, branch.clone(), format!("the smallest change for {class}"));
        add(Sort::PullRequest, branch, format!("{id}: {class}, a draft for the owners"));
    }
    for waiting in &bundle.waiting {
        let what = format!("{} on {}", waiting.wanted.action, waiting.wanted.target);
        add(Sort::ApprovalRequest, waiting.digest.clone(), what);
    }
    let value = bundle.confidence.value;
    let said = format!("{}: {class}, confidence {value} %, with the hand-off", bundle.decision);
    add(Sort::Comment, id.clone(), said);
    if let Some(target) = learning {
        add(Sort::Learning, target.to_owned(), "what would have routed this faster".to_owned());
    }
    all
}

/// The key of a step.
fn key(run: &str, sort: Sort, target: &str, content: &str) -> String {
    let step = format!("{run}\0{sort:?}\0{target}\0{content}");
    digest(step.as_bytes())["sha256:".len()..][..32].to_owned()
}
