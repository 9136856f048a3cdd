//! How languages print a line of a stack trace.

/// `File "billing/worker.py", line 42, in drain`
pub(super) const PYTHON: &str = r#"File "[^"\n]+", line [0-9]+(?:, in [A-Za-z0-9_.<>]+)?"#;

/// `at com.acme.billing.Worker.drain(Worker.java:42)`
pub(super) const JVM: &str = r"\bat\s+([A-Za-z0-9_.$/<>@]+\((?:[A-Za-z0-9_$]+\.(?:java|kt|scala|groovy|clj):[0-9]+|Native Method|Unknown Source)\))";

/// `at Acme.Billing.Worker.Drain(Queue queue) in /src/Worker.cs:line 42`
pub(super) const DOTNET: &str =
    r"\bat\s+([A-Za-z0-9_.`<>\[\]]+\([^()\n]*\) in [^\n]+?:line [0-9]+)";

/// `at Worker.drain (/srv/app/worker.js:10:5)`
pub(super) const JAVASCRIPT: &str =
    r"\bat\s+((?:async |new )?[A-Za-z0-9_.$<>?/-]+ (?:\[as [A-Za-z0-9_$]+\] )?\([^()\s]+:[0-9]+\))";

/// `at /srv/app/worker.js:10:5`
pub(super) const JAVASCRIPT_ANONYMOUS: &str =
    r"\bat\s+((?:file:|node:|webpack:|/)[^\s()]+:[0-9]+:[0-9]+)";

/// ``worker.rb:42:in `drain'``
pub(super) const RUBY: &str = r"[A-Za-z0-9_./-]+\.rb:[0-9]+:in [`'][^'`\n]+'";

/// `#0 /srv/app/Worker.php(42): Acme\Billing\Worker->drain()`
pub(super) const PHP: &str = r"#[0-9]+\s+([^\s()]+\.php\([0-9]+\): [^\s(]+)";

/// A source file with a line, as Go, Rust and compilers print it: `src/drain.rs:42:9`
pub(super) const SOURCE_LINE: &str = r"[A-Za-z0-9_./@-]*[A-Za-z0-9_]\.(?:go|rs|py|rb|js|jsx|ts|tsx|mjs|java|kt|scala|cs|cpp|cc|c|h|hpp|ex|exs|erl|php|swift|clj):[0-9]+(?::[0-9]+)?";
