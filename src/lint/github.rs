//! Findings as GitHub's workflow commands: annotations on a pull request.
//! Source: "Workflow commands for GitHub Actions", setting a notice, warning
//! or error message, and the escapes of `actions/toolkit`.

use std::fmt::Write as _;

use super::finding::Finding;
use crate::diagnostic::Severity;

/// One command a line.
pub fn workflow_commands(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut text, finding| {
        let command = match finding.severity {
            Severity::Info => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let _ = write!(text, "::{command} file={}", property(&finding.path.text()));
        if finding.line > 0 {
            let _ = write!(text, ",line={}", finding.line);
        }
        if finding.column > 0 {
            let _ = write!(text, ",col={}", finding.column);
        }
        let said = format!("{} ({})", finding.message, finding.hint);
        let _ = writeln!(text, ",title={}::{}", property(finding.rule), data(&said));
        text
    })
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo_path::RepoPath;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let finding = Finding {
            rule: "link-broken",
            severity: Severity::Error,
            path: RepoPath::new("wiki/a,b:c%.md").unwrap(),
            line: 3,
            column: 0,
            span: None,
            message: "no file '\n::error::x'".to_owned(),
            hint: "mend it".to_owned(),
            fix: None,
            known_by: None,
        };
        assert_eq!(
            workflow_commands(&[finding]),
            "::error file=wiki/a%2Cb%3Ac%25.md,line=3,title=link-broken::no file '%0A::error::x' (mend it)\n"
        );
    }
}
