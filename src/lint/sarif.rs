//! Findings as SARIF 2.1.0. Source: OASIS Standard, "Static Analysis Results
//! Interchange Format Version 2.1.0", 27 March 2020.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::{Value, json};

use super::context::Silent;
use super::engine::{Outcome, Skipped};
use super::finding::{Edit, Finding};
use super::rule::Rule;
use super::rules::RULES;
use crate::diagnostic::Severity;
use crate::repo_path::RepoPath;

/// What stays readable in a URI's path.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// The log of one run. Columns count characters; what was skipped is a
/// notification, never silence.
pub fn document(outcome: &Outcome) -> Value {
    let results: Vec<Value> = outcome.findings.iter().map(result).collect();
    let skipped = outcome.skipped.iter().map(notification);
    let notes: Vec<Value> = skipped.chain(outcome.silent.iter().map(unlooked)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "prode",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notes,
            }],
            "results": results,
        }],
    })
}

fn unlooked(silent: &Silent) -> Value {
    let text = format!("{} could not look: {}", silent.rule, silent.why);
    json!({"level": "warning", "message": {"text": text}})
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.repair},
        "defaultConfiguration": {"level": level(rule.level)},
        "properties": {"tags": [rule.family.name()]},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn result(finding: &Finding) -> Value {
    let index = RULES.iter().position(|rule| rule.id == finding.rule);
    let mut location = json!({"artifactLocation": artifact(&finding.path)});
    if finding.line > 0 {
        location["region"] = json!({"startLine": finding.line});
    }
    if finding.column > 0 {
        location["region"]["startColumn"] = finding.column.into();
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": {"text": format!("{}. Repair: {}", finding.message, finding.hint)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"prode/v1": finding.print()},
    });
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([{
            "description": {"text": finding.hint},
            "artifactChanges": [{
                "artifactLocation": artifact(&finding.path),
                "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
            }],
        }]);
    }
    result
}

fn replacement(edit: &Edit) -> Value {
    let length = edit.span.end - edit.span.start;
    json!({
        "deletedRegion": {"byteOffset": edit.span.start, "byteLength": length},
        "insertedContent": {"text": edit.text},
    })
}

fn notification(skipped: &Skipped) -> Value {
    json!({
        "level": "warning",
        "message": {"text": format!("not checked: {}", skipped.why)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact(&skipped.path)}}],
    })
}

fn artifact(path: &RepoPath) -> Value {
    json!({"uri": percent_encode(path.as_bytes(), PATH).to_string(), "uriBaseId": "%SRCROOT%"})
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fixture::{Memory, lint};
    use super::*;

    #[test]
    fn a_result_names_its_rule_place_and_fix() {
        let memory =
            Memory::new("== wiki/a b.md\n# A\n\n[b](B.md)\n== wiki/b.md\n# B\n\n[a](a%20b.md)\n");
        let log = document(&lint(&memory, &json!({}), &["links"]));
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["ruleId"], "link-case");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "link-case");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "wiki/a%20b.md");
        assert_eq!(place["region"], json!({"startLine": 3, "startColumn": 1}));
        let edit = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(edit["insertedContent"]["text"], "b.md");
        assert_eq!(edit["deletedRegion"], json!({"byteOffset": 9, "byteLength": 4}));
    }

    #[test]
    fn what_was_skipped_is_a_notification() {
        let memory = Memory::new("== wiki/a.md\n# A\n");
        let outcome = memory.run(&json!({}), &super::super::Selection::default(), true);
        let log = document(&outcome);
        let notes = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
        assert_eq!(notes.as_array().unwrap().len(), 1);
    }
}
