//! What the allowed commands said of a change: `prode.verification/v1`.
//!
//! They are run three times: on the base, on the base with the new test, on the
//! change. A test that passes without the change proves nothing of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a command was run on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// The trunk as it was.
    Base,
    /// The same with the new test.
    Test,
    /// The change.
    Change,
}

/// One command that was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ran {
    /// As the settings write it.
    pub command: String,
    /// What it was run on.
    pub on: Against,
    /// Its exit code was 0.
    pub passed: bool,
    /// SHA-256 of the whole redacted output.
    pub digest: String,
    /// The end of it.
    pub output: String,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verification {
    /// `prode.verification/v1`.
    pub schema: String,
    /// The commit that was verified.
    pub commit: String,
    /// Files of the new test; none where the change says why.
    pub tests: Vec<String>,
    /// In the order in which they were run.
    pub commands: Vec<Ran>,
}

impl Verification {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.verification/v1";

    /// True if everything passes on the change, and its test fails without it.
    pub fn passed(&self) -> bool {
        self.fault().is_none()
    }

    /// True if the base itself fails: no change can be verified there.
    pub fn is_hopeless(&self) -> bool {
        self.on(Against::Base).any(|it| !it.passed)
    }

    /// What is wrong, in one sentence and the output behind it.
    pub fn fault(&self) -> Option<(String, Option<&Ran>)> {
        if let Some(ran) = self.on(Against::Base).find(|it| !it.passed) {
            return Some((
                format!("'{}' fails without the change already", ran.command),
                Some(ran),
            ));
        }
        if let Some(ran) = self.on(Against::Change).find(|it| !it.passed) {
            return Some((format!("'{}' fails on the change", ran.command), Some(ran)));
        }
        if self.on(Against::Change).next().is_none() {
            return Some(("nothing was run on the change".to_owned(), None));
        }
        let fails_without = self.on(Against::Test).any(|it| !it.passed);
        (!self.tests.is_empty() && !fails_without)
            .then(|| ("the new test passes without the change: it proves nothing".to_owned(), None))
    }

    fn on(&self, what: Against) -> impl Iterator<Item = &Ran> {
        self.commands.iter().filter(move |it| it.on == what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verification(tests: bool, runs: &[(Against, bool)]) -> Verification {
        let ran = |&(on, passed): &(Against, bool)| {
            let (command, digest, output) = ("make test".into(), String::new(), String::new());
            Ran { command, on, passed, digest, output }
        };
        Verification {
            schema: Verification::SCHEMA.into(),
            commit: "c".into(),
            tests: if tests { vec!["tests/a".into()] } else { Vec::new() },
            commands: runs.iter().map(ran).collect(),
        }
    }

    #[test]
    fn a_test_must_fail_without_the_change_and_pass_with_it() {
        use Against::{Base, Change, Test};
        for (tests, runs, passes) in [
            (true, &[(Base, true), (Test, false), (Change, true)][..], true),
            (true, &[(Base, true), (Test, true), (Change, true)], false),
            (true, &[(Base, true), (Test, false), (Change, false)], false),
            (true, &[(Base, false), (Test, false), (Change, true)], false),
            (true, &[(Base, true), (Change, true)], false),
            (false, &[(Base, true), (Change, true)], true),
            (false, &[(Base, true)], false),
            (false, &[], false),
        ] {
            assert_eq!(verification(tests, runs).passed(), passes, "{tests} {runs:?}");
        }
    }
}
