//! From bytes to alerts.

use super::{Alert, AlertFile, Placed};
use crate::diagnostic::Diagnostic;
use crate::document::{MAX_BYTES, Span};
use crate::repo_path::RepoPath;
use crate::yaml::{self, Node};

/// Values of the label `severity` that wake somebody.
const PAGING: &[&str] = &[
    "page",
    "paging",
    "pager",
    "critical",
    "crit",
    "emergency",
    "fatal",
    "disaster",
    "p0",
    "p1",
    "sev0",
    "sev1",
    "sev-0",
    "sev-1",
];
/// Labels that say so beside the severity, with a true value.
const PAGING_LABELS: &[&str] = &["page", "pager", "paging"];
/// Keys that name a runbook.
const RUNBOOK: &[&str] = &["runbook_url", "runbook", "runbook_link", "playbook_url", "playbook"];
/// Keys that say whom an alert calls.
const ROTATION: &[&str] = &[
    "team",
    "owner",
    "rotation",
    "receiver",
    "oncall",
    "on_call",
    "on-call",
    "squad",
    "escalation",
    "pagerduty",
    "pagerduty_service",
    "opsgenie_team",
    "responder",
    "notify",
];

impl AlertFile {
    /// Reads a file; what is wrong with it stands beside what could be read.
    pub fn read(path: RepoPath, bytes: &[u8]) -> Self {
        let mut file = Self { path, alerts: Vec::new(), problems: Vec::new(), is_whole: false };
        if bytes.len() as u64 > MAX_BYTES {
            let why = format!("it has {} bytes, and at most {MAX_BYTES} are read", bytes.len());
            file.say(0, 0, why);
            return file;
        }
        let (bare, skipped) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) => (rest, 3),
            None => (bytes, 0),
        };
        let text = match std::str::from_utf8(bare) {
            Ok(text) => text,
            Err(error) => {
                let at = error.valid_up_to();
                let line = 1 + bare[..at].split(|&byte| byte == b'\n').skip(1).count();
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                file.say(line, 0, format!("it is not UTF-8 at byte {}", at + skipped));
                return file;
            }
        };
        let (roots, wrong) = yaml::read_all(text);
        file.is_whole = wrong.is_none();
        for root in &roots {
            file.groups_below(root, skipped);
        }
        if let Some(wrong) = wrong {
            file.say(wrong.line, wrong.column, format!("it is no YAML: {}", wrong.message));
        }
        file
    }

    fn say(&mut self, line: u32, column: u32, message: String) {
        self.problems.push(Diagnostic::error("alert-file-malformed", line, column, message));
    }

    /// Groups stand at the top, below `spec` of a resource, or below the
    /// names of a chart's values.
    fn groups_below(&mut self, node: &Node, skipped: usize) {
        for item in node.items().unwrap_or_default() {
            self.groups_below(item, skipped);
        }
        for (key, value) in node.pairs().unwrap_or_default() {
            match (key.text(), value.items()) {
                (Some("groups"), Some(groups)) => {
                    for group in groups {
                        self.group(group, skipped);
                    }
                }
                _ => self.groups_below(value, skipped),
            }
        }
    }

    fn group(&mut self, group: &Node, skipped: usize) {
        // A group's own labels are those of its rules.
        let shared: Vec<&(Node, Node)> = below(group, "labels").iter().collect();
        let rules = value(group, "rules").and_then(Node::items).unwrap_or_default();
        for rule in rules {
            if let Some(name) = value(rule, "alert") {
                self.alert(rule, name, &shared, skipped);
            } else if value(rule, "record").is_none() {
                let message = "a rule has neither `alert` nor `record`".to_owned();
                self.say(rule.line, rule.column, message);
            }
        }
    }

    fn alert(&mut self, rule: &Node, name: &Node, shared: &[&(Node, Node)], skipped: usize) {
        let Some(name) = placed(name, skipped) else {
            self.say(name.line, name.column, "an alert has no name".to_owned());
            return;
        };
        if value(rule, "expr").and_then(Node::text).is_none_or(|it| it.trim().is_empty()) {
            self.say(name.line, name.column, format!("the alert '{}' has no `expr`", name.text));
        }
        let labels: Vec<&(Node, Node)> =
            below(rule, "labels").iter().chain(shared.iter().copied()).collect();
        let all: Vec<&(Node, Node)> =
            below(rule, "annotations").iter().chain(labels.iter().copied()).collect();
        let severity = find(&labels, &["severity"]).map(|it| it.trim().to_owned());
        let is_true = |it: &str| ["true", "yes", "1"].contains(&it.to_lowercase().as_str());
        let pages =
            severity.as_ref().is_some_and(|it| PAGING.contains(&it.to_lowercase().as_str()))
                || find(&labels, PAGING_LABELS).is_some_and(is_true);
        let runbook = RUNBOOK.iter().find_map(|key| {
            let pair = all.iter().find(|(name, _)| name.text() == Some(*key))?;
            placed(&pair.1, skipped)
        });
        let has_rotation = find(&all, ROTATION).is_some();
        self.alerts.push(Alert { name, severity, pages, runbook, has_rotation });
    }
}

fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.pairs()?.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
}

fn below<'a>(node: &'a Node, key: &str) -> &'a [(Node, Node)] {
    value(node, key).and_then(Node::pairs).unwrap_or_default()
}

/// The first of `keys` that says something.
fn find<'a>(pairs: &[&'a (Node, Node)], keys: &[&str]) -> Option<&'a str> {
    let named = |key: &str| {
        let pair = pairs.iter().find(|(name, _)| name.text() == Some(key))?;
        pair.1.text().filter(|text| !text.trim().is_empty())
    };
    keys.iter().find_map(|key| named(key))
}

/// A scalar that says something; what is written between quotes counts.
fn placed(node: &Node, skipped: usize) -> Option<Placed> {
    let text = node.text().map(str::trim).filter(|text| !text.is_empty())?.to_owned();
    let offset = |at: usize| u32::try_from(at + skipped).unwrap_or(u32::MAX);
    let span = Span { start: offset(node.span.0), end: offset(node.span.1) };
    Some(Placed { text, line: node.line, column: node.column, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> AlertFile {
        AlertFile::read(RepoPath::from_git("rules.yaml"), text.as_bytes())
    }

    const PLAIN: &str = "groups:\n- name: a\n  labels: {team: storage}\n  rules:\n  - record: x:y\n    expr: up\n  \
        - alert: DiskFull\n    expr: free < 1\n    labels:\n      severity: Critical\n    annotations:\n      \
        runbook_url: https://x.example/{{ $labels.alertname }}\n  - alert: Slow\n    expr: lag > 1\n    labels: {severity: warning}\n";

    #[test]
    fn alerts_of_a_plain_file_are_read_with_their_places() {
        let file = read(PLAIN);
        assert_eq!((file.alerts.len(), file.problems.len(), file.is_whole), (2, 0, true));
        let first = &file.alerts[0];
        assert_eq!(
            (first.name.text.as_str(), first.name.line, first.name.column),
            ("DiskFull", 7, 12)
        );
        assert_eq!(
            &PLAIN[first.name.span.start as usize..first.name.span.end as usize],
            "DiskFull"
        );
        assert!(first.pages && first.has_rotation, "a group's label is its rules'");
        assert_eq!(first.runbook.as_ref().unwrap().line, 12);
        assert!(!file.alerts[1].pages && file.alerts[1].runbook.is_none());
    }

    #[test]
    fn resources_lists_and_values_hold_groups_as_well() {
        let below = PLAIN.replace('\n', "\n    ");
        let resource = format!(
            "apiVersion: v1\nkind: Service\n---\nkind: PrometheusRule\nspec:\n    {below}\n"
        );
        assert_eq!(read(&resource).alerts.len(), 2);
        let list = format!("kind: List\nitems:\n- spec:\n    {below}\n");
        assert_eq!(read(&list).alerts.len(), 2);
        let values = format!("additionalPrometheusRulesMap:\n  own:\n    {below}\n");
        assert_eq!(read(&values).alerts.len(), 2);
    }

    #[test]
    fn a_byte_order_mark_and_line_ends_move_no_place() {
        let file = read(&format!("\u{feff}{}", PLAIN.replace('\n', "\r\n")));
        let name = &file.alerts[0].name;
        assert_eq!((name.line, name.column), (7, 12));
        let text = format!("\u{feff}{}", PLAIN.replace('\n', "\r\n"));
        assert_eq!(&text[name.span.start as usize..name.span.end as usize], "DiskFull");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let said = |text: &str| -> Vec<(u32, String)> {
            read(text).problems.into_iter().map(|it| (it.line, it.message)).collect()
        };
        let rules = "groups:\n- rules:\n  - expr: up\n  - alert:\n  - alert: X\n";
        assert_eq!(
            said(rules),
            [
                (3, "a rule has neither `alert` nor `record`".to_owned()),
                (4, "an alert has no name".to_owned()),
                (5, "the alert 'X' has no `expr`".to_owned()),
            ]
        );
        let broken = read(&format!("{PLAIN}---\n{{{{- if .Values.x }}}}\ngroups: [\n"));
        assert_eq!((broken.alerts.len(), broken.is_whole, broken.problems.len()), (2, false, 1));
        let file = AlertFile::read(RepoPath::from_git("a.yaml"), b"groups:\n- \xff\n");
        assert_eq!((file.problems[0].line, file.is_whole), (2, false));
        assert_eq!(file.problems[0].message, "it is not UTF-8 at byte 10");
        assert!(said("kind: Deployment\n").is_empty());
    }
}
