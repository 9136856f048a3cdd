//! A procedure, as it is walked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::canonical::{digest, to_bytes};
use crate::hint::{ErrorKind, Helpful};

/// What of a page is walked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Procedure {
    /// The page's title.
    pub title: String,
    /// In their order.
    pub gates: Vec<Gate>,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gate {
    /// Its heading.
    pub heading: String,
    /// Where that stands, 1-based.
    pub line: u32,
    /// What is done.
    pub steps: Vec<Step>,
    /// When nobody goes on; as the page words them.
    pub stops: Vec<String>,
    /// Who decides on what; as the page words it.
    pub decision: String,
    /// Seconds that it is held after its last step, or, where none is recorded,
    /// after the gate before was passed.
    pub hold_for: u64,
    /// What must not be so when it is passed.
    pub blocked_while: Vec<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What it is.
    pub text: String,
    /// What is typed; null where it is no command.
    pub command: Option<String>,
}

/// A page that cannot be walked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Gates are missing.
    #[error("it has no gate for {}", .0.join(", "))]
    NoGate(Vec<&'static str>),
    /// Gates stand in another order.
    #[error("'{after}' stands above '{before}' in line {line}")]
    Order {
        /// What stands too early.
        after: String,
        /// What stands too late.
        before: String,
        /// Where.
        line: u32,
    },
    /// More than anybody walks.
    #[error("it has {found} {what}, and at most {most} are walked")]
    Large {
        /// `gates`, `steps of a gate`, `stop conditions of a gate`.
        what: &'static str,
        /// How many.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// A time that cannot be read holds nobody.
    #[error("line {line}: 'hold_for: {value}' is no time")]
    Hold {
        /// As written.
        value: String,
        /// Where.
        line: u32,
    },
    /// A condition without a name.
    #[error("line {line}: 'blocked_while' names nothing")]
    Blocked {
        /// Where.
        line: u32,
    },
}

impl Helpful for Unusable {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoGate(_) | Self::Order { .. } => {
                "see what a procedure has: prode show template:sop; check the page: prode lint"
            }
            Self::Large { .. } => "make it several procedures, each with its own decisions",
            Self::Hold { .. } => "write a number and a unit, such as hold_for: 24h",
            Self::Blocked { .. } => "name one thing, such as blocked_while: incident",
        };
        vec![hint.to_owned()]
    }
}

impl Procedure {
    /// What names everything that is walked: two pages of the same gates have
    /// the same.
    pub fn digest(&self) -> String {
        // Texts and whole numbers always have a canonical form.
        digest(&to_bytes(&self.gates).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\nkind: sop\n---\n# Raise the limit\n\n## Gate 1: Design review\n\n\
        ### Risks\n\n| Risk | Likelihood |\n|---|---|\n| it grows | low |\n\n\
        **Stop conditions.** The scope grows: stop, ask @lead. A key is\nmissing: stop.\n\n\
        **Decision.** @lead decides on the scope.\n\n## Gate 2: Implementation\n\n\
        hold_for: 24h, then on.\n\nBuild it:\n\n```sh\nmake\n```\n\n1. Tell the others.\n\n   ```sh\n   say hi\n   ```\n\n\
        2. Wait.\n\n**Stop conditions.**\n\n- It fails twice.\n- It is late.\n\n**Decision.** @lead.\n\n\
        ## Gate 3: Testing\n\n- `blocked_while`: incident\n\n| Scenario | Input | Expected | Actual |\n|---|---|---|---|\n| one | a | b | |\n\n\
        Stop if it breaks; @lead decides.\n\n## Gate 4: Pull request\n\n### Stop\n\n- No review.\n\n### Decision\n\nThe owner merges.\n";

    fn read(page: &str) -> Result<Procedure, Unusable> {
        Procedure::read(page.as_bytes())
    }

    #[test]
    fn a_page_is_read_as_it_is_walked() {
        let read = read(PAGE).unwrap();
        assert_eq!(read.title, "Raise the limit");
        let [design, build, test, pr] = &read.gates[..] else { panic!("{read:?}") };
        assert!(design.steps.is_empty(), "{design:?}");
        assert_eq!(design.stops, ["The scope grows: stop, ask @lead.", "A key is missing: stop."]);
        assert_eq!(design.decision, "@lead decides on the scope.");
        let steps: Vec<_> =
            build.steps.iter().map(|it| (it.text.as_str(), it.command.as_deref())).collect();
        let is =
            [("Build it:", Some("make")), ("Tell the others.", Some("say hi")), ("Wait.", None)];
        assert_eq!(steps, is);
        assert_eq!(build.stops, ["It fails twice.", "It is late."]);
        assert_eq!((build.hold_for, build.decision.as_str()), (86_400, "@lead."));
        assert_eq!(test.blocked_while, ["incident"]);
        assert_eq!(test.steps[0].text, "one | a | b");
        assert_eq!(test.stops, ["Stop if it breaks; @lead decides."]);
        assert_eq!(test.decision, "Stop if it breaks; @lead decides.");
        assert_eq!((pr.stops.len(), pr.decision.as_str()), (1, "The owner merges."));
    }

    #[test]
    fn another_word_in_a_gate_is_another_digest_and_one_outside_is_not() {
        let digest = |page: &str| read(page).unwrap().digest();
        assert_eq!(digest(PAGE), digest(&PAGE.replace("kind: sop", "kind: SOP")));
        for (from, to) in [("make", "make -B"), ("24h", "1h"), ("late", "early"), ("@lead.", "me.")]
        {
            assert_ne!(digest(PAGE), digest(&PAGE.replace(from, to)), "{to}");
        }
    }

    #[test]
    fn what_cannot_be_walked_says_why() {
        let why = |page: &str| read(page).unwrap_err().to_string();
        assert_eq!(
            why("# A\n\n## Gate 1: Design\n\n## Gate 3: Testing\n"),
            "it has no gate for implementation, pull request"
        );
        let swapped = PAGE.replace("Gate 2: Implementation", "Gate 2: Tests");
        let swapped = swapped.replace("Gate 3: Testing", "Gate 3: Build");
        assert_eq!(why(&swapped), "'Gate 2: Tests' stands above 'Gate 3: Build' in line 19");
        assert_eq!(
            why(&PAGE.replace("24h, then on", "a day")),
            "line 21: 'hold_for: a day' is no time"
        );
        let many: Vec<String> = (5..205).map(|it| format!("\n## Gate {it}: More\n")).collect();
        assert_eq!(
            why(&format!("{PAGE}{}", many.concat())),
            "it has 204 gates, and at most 20 are walked"
        );
        let steps = "\n- a step\n".repeat(300);
        assert_eq!(
            why(&format!("{PAGE}\n## Gate 5: Long\n{steps}")),
            "it has 300 steps of a gate, and at most 200 are walked"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_page_makes_it_fail(text in "(?s).{0,400}", gates in "(## [A-Za-z0-9: ]{0,20}\n|\\*\\*Stop|```|- |\\||hold_for: ?|\n|<!--){0,60}") {
            let four = "\n## Design\n\n## Build\n\n## Test\n\n## PR\n\n";
            for page in [format!("{text}{gates}"), format!("{four}{gates}{text}")] {
                let _ = read(&page);
            }
        }
    }
}
