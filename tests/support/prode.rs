//! One finished run of the `prode` program, and what may be asserted of it.

use std::process::Output;

/// What a run printed and how it ended.
pub(crate) struct ProdeRun {
    args: String,
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

impl ProdeRun {
    pub(super) fn new(args: &[&str], output: Output) -> Self {
        Self {
            args: args.join(" "),
            stdout: String::from_utf8(output.stdout).expect("prode writes UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("prode writes UTF-8"),
            code: output.status.code(),
        }
    }

    /// What it printed as data.
    pub(crate) fn stdout(&self) -> &str {
        &self.stdout
    }

    /// What it told the person.
    pub(crate) fn stderr(&self) -> &str {
        &self.stderr
    }

    /// Its exit code; `None` if a signal ended it.
    pub(crate) fn code(&self) -> Option<i32> {
        self.code
    }

    /// The data as one JSON document.
    pub(crate) fn json(&self) -> serde_json::Value {
        let parsed = serde_json::from_str(&self.stdout);
        parsed.unwrap_or_else(|error| panic!("{error} in the JSON of {}", self.whole()))
    }

    /// The data as JSON lines.
    pub(crate) fn json_lines(&self) -> Vec<serde_json::Value> {
        let parsed: Result<_, _> = self.stdout.lines().map(serde_json::from_str).collect();
        parsed.unwrap_or_else(|error| panic!("{error} in a line of {}", self.whole()))
    }

    /// Asserts that it succeeded.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        self.fails(0)
    }

    /// Asserts how it ended.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.whole());
        self
    }

    /// Asserts that the data holds `text`.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no '{text}' in {}", self.whole());
        self
    }

    /// Asserts that the person is told `text`.
    #[track_caller]
    pub(crate) fn warns(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no '{text}' on stderr of {}", self.whole());
        self
    }

    fn whole(&self) -> String {
        let Self { args, stdout, stderr, code } = self;
        format!("prode {args}\ncode: {code:?}\nstdout:\n{stdout}\nstderr:\n{stderr}")
    }
}
