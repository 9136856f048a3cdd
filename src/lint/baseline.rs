//! What was there already: findings by their prints, each with a count.
//!
//! A print holds no line, so that a baseline survives text that moves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::Finding;

/// The name of the format.
const SCHEMA: &str = "prode.lint-baseline/v1";

/// Findings that are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    schema: String,
    /// For people who read the file; the print alone decides.
    findings: Vec<Known>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    rule: String,
    path: String,
    print: String,
    count: usize,
}

impl Baseline {
    /// Records `findings`, which are ordered by path.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts: BTreeMap<(String, &str, String), usize> = BTreeMap::new();
        for finding in findings {
            let key = (finding.path.text().into_owned(), finding.rule, finding.print());
            *counts.entry(key).or_default() += 1;
        }
        let known = |((path, rule, print), count): ((String, &str, String), usize)| Known {
            rule: rule.to_owned(),
            path,
            print,
            count,
        };
        Self { schema: SCHEMA.to_owned(), findings: counts.into_iter().map(known).collect() }
    }

    /// Reads a file that [`Baseline::text`] wrote; an error says what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        match read.schema.as_str() {
            SCHEMA => Ok(read),
            other => Err(format!("its schema is '{other}', not '{SCHEMA}'")),
        }
    }

    /// The file: one finding a line, so that a merge is a merge of lines.
    pub fn text(&self) -> String {
        let line = |known: &Known| serde_json::to_string(known).unwrap_or_default();
        let lines: Vec<String> = self.findings.iter().map(line).collect();
        let body = if lines.is_empty() {
            String::new()
        } else {
            format!("\n    {}\n  ", lines.join(",\n    "))
        };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [{body}]\n}}\n")
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.findings.iter().map(|known| known.count).sum()
    }

    /// True if it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes what is known out of `findings`, each as often as it is known;
    /// gives how many that were.
    pub fn leave_new(&self, findings: &mut Vec<Finding>) -> usize {
        let known = self.findings.iter().map(|known| (known.print.as_str(), known.count));
        let mut left: BTreeMap<&str, usize> = known.collect();
        let before = findings.len();
        findings.retain(|finding| match left.get_mut(finding.print().as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        before - findings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::finding;
    use super::*;

    #[test]
    fn only_what_is_new_stays_wherever_lines_went() {
        let baseline = Baseline::of(&[finding(1, "x"), finding(2, "x"), finding(3, "y")]);
        let baseline = Baseline::read(baseline.text().as_bytes()).unwrap();
        assert_eq!(baseline.len(), 3);
        let mut now = vec![finding(9, "x"), finding(10, "x"), finding(11, "x"), finding(12, "z")];
        assert_eq!(baseline.leave_new(&mut now), 2);
        let left: Vec<_> = now.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(left, [(11, "x"), (12, "z")]);
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        assert!(Baseline::read(b"{}").is_err());
        let other = br#"{"schema": "x", "findings": []}"#;
        assert_eq!(
            Baseline::read(other).unwrap_err(),
            "its schema is 'x', not 'prode.lint-baseline/v1'"
        );
        assert!(Baseline::read(Baseline::of(&[]).text().as_bytes()).unwrap().is_empty());
    }
}
