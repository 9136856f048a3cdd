//! Why a run was decided as it was: one row for each reason.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $blocks:literal, $about:literal;)*) => {
        /// A reason, named by its code wherever it is printed or stored.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum Reason {
            $($(#[$doc])* #[serde(rename = $code)] #[doc = $about] $name,)*
        }

        impl Reason {
            /// All of them, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it says.
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)* }
            }

            /// True if nothing is decided but `stop` where it holds.
            pub fn blocks(self) -> bool {
                match self { $(Self::$name => $blocks,)* }
            }
        }
    };
}

reasons! {
    Sufficient = "evidence-sufficient", false, "every condition of the gate holds";
    ActionElsewhere = "action-elsewhere", false, "what has to be done is not a change of this repository";
    NothingToDo = "nothing-to-do", false, "nobody has to act";
    CodeAtFault = "code-at-fault", false, "the data is wrong since this repository's code or settings made it so";
    ApprovalWaiting = "approval-waiting", false, "a separate action waits for an approval of its own";
    RoutedByStale = "routed-by-stale", false, "a page that routed is stale, archived or superseded";
    RaiseRefused = "raise-refused", false, "the coordinator gave more confidence than the evidence has; its figure was not taken";
    Unknown = "unknown", true, "the evidence speaks for no explanation";
    Competing = "competing-hypotheses", true, "the evidence speaks for explanations that cannot both hold";
    Conflict = "conflict", true, "what supports the explanation is contradicted";
    NoClaim = "no-claim", true, "the classification rests on no claim";
    MemoryAlone = "memory-alone", true, "a claim has no source but memory";
    StaleSupport = "stale-sole-support", true, "a claim has no source but a page that is stale or superseded";
    AttestedOnly = "attested-only", true, "a claim has only receipts that somebody handed in";
    NoReceipt = "no-receipt", true, "a claim has no receipt";
    OutsideWindow = "outside-window", true, "a claim's receipts are not of the incident's window";
    NoControl = "no-negative-control", true, "no independent query was tried that could have refuted it";
    RequiredMissing = "required-missing", true, "evidence that the ticket calls for was not searched";
    RequiredError = "required-error", true, "a source that the ticket calls for answered with an error";
    ConfidenceBelow = "confidence-below", true, "the confidence is below the threshold";
    BudgetSpent = "budget-spent", true, "a budget or breaker ended the investigation early";
    PlanInadequate = "plan-inadequate", true, "three attempts at the change failed, or it cannot be verified here";
    NewDependency = "new-dependency", true, "the change needs something that the repository did not need";
    InterfaceChanged = "interface-changed", true, "the change alters what others rely on";
    BoundaryCrossed = "boundary-crossed", true, "the change touches what no run may touch, or too much";
    ReviewFailed = "review-failed", true, "nobody but its maker looked at the change";
    ApprovalOutstanding = "approval-outstanding", true, "the change itself waits for an approval";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_stored_by_its_code_and_no_code_is_used_twice() {
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
            assert_eq!(Reason::ALL.iter().filter(|it| it.code() == reason.code()).count(), 1);
        }
    }
}
