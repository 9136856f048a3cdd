//! Every lint rule has its cases: a page that it finds, one that it leaves
//! alone, and where it mends something a fix that was tried.

use std::fs;
use std::path::Path;

use super::none;

/// Rules whose tests are written out, and why.
const BY_HAND: &[(&str, &str)] = &[
    ("page_problem", "it looks at what no rule is named for"),
    ("reading", "a table of words, with a table of cases that its own test holds complete"),
    ("settings_problem", "it is of the family whose levels it reports"),
];

#[test]
fn every_lint_rule_has_its_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules");
    let mut found = Vec::new();
    let mut rules = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        if !text.contains(": Rule = Rule {") {
            continue;
        }
        rules += 1;
        let lacks = lacks(&text);
        if !lacks.is_empty() && !BY_HAND.iter().any(|(it, _)| *it == name) {
            found.push(format!("src/lint/rules/{name}.rs has no {}", lacks.join(", no ")));
        }
    }
    assert!(rules > 80, "the rules were not found");
    none(&found);
}

/// What a rule's file lacks. Pages of a fixture begin with `== path`, and the
/// bytes that are found are marked. What only the outside knows stands on no
/// page: then the findings are asked for.
fn lacks(text: &str) -> Vec<&'static str> {
    let (rule, tests) = text.split_once("mod tests").unwrap_or((text, ""));
    let pages: Vec<&str> = tests.split("== ").skip(1).collect();
    let is_marked = |page: &&str| page.contains("\\u{ab}");
    let named = |line: &str| {
        let (before, _) = line.split_once(": Rule = Rule {")?;
        let (_, name) = before.split_once(" static ")?;
        Some(name.to_owned())
    };
    let rules: Vec<String> = rule.lines().filter_map(named).collect();
    if rules.is_empty() {
        return vec!["rule that its table could name"];
    }
    let has = |function: &str, rule: &str| {
        let on_lines = format!("{function}(\n            &{rule},");
        tests.contains(&format!("{function}(&{rule}")) || tests.contains(&on_lines)
    };
    // Of a table each rule is tried.
    let tries = |functions: &[&str]| {
        rules.iter().all(|rule| functions.iter().any(|function| has(function, rule)))
    };
    let mut lacks = Vec::new();
    let fixes = rule.contains("fixes: true");
    lacks.extend((fixes && !tries(&["fixed", "fixed_in"])).then_some("test of its fix"));
    let asks_outside = tests.contains(".inputs.") && tries(&["findings", "marked_in"]);
    if asks_outside || tries(&["of_alerts"]) {
        return lacks;
    }
    lacks.extend((!tries(&["marked", "marked_in"])).then_some("test with marked pages"));
    lacks.extend((!pages.iter().any(is_marked)).then_some("page that is found"));
    lacks.extend(pages.iter().all(is_marked).then_some("page that is left alone"));
    lacks
}
