//! What a person approved, and whether it counts.
//!
//! A [`Statement`] says exactly what is approved; a [`Policy`] says who may, how
//! many, how strongly and for how long; [`judge`] holds one statement against
//! both, and [`decide`] counts. All of it is pure: the time, the signature's
//! verification and what was used before are handed in. Every refusal has a
//! reason of its own.
//!
//! Making and checking signatures is left to `signing`, where statements are
//! kept and who owns a page to `ops`.

mod action;
mod decision;
mod demand;
mod judge;
mod policy;
mod refusal;
mod request;
mod review;
mod signers;
mod statement;
mod verification;

pub use action::Action;
pub use decision::{Decision, Eligible, Group, decide};
pub use demand::{Demand, Who};
pub use judge::{Approval, Evidence, Expected, judge};
pub use policy::Policy;
pub use refusal::Refusal;
pub use request::{BadRequest, Request};
pub use review::{Review, ReviewEvidence, judge_review};
pub use signers::{SignerLine, Signers};
pub use statement::{BadStatement, Signed, Statement, Subject};
pub use verification::{NAMESPACE, Signer, Strength, Verification};
