//! The reference of all rules, written from the rules' own text.

use std::fmt::Write as _;

use super::rule::{Check, Family, Rule};
use super::rules::RULES;
use crate::diagnostic::Severity;

const HEAD: &str = "---
title: Lint rules
kind: reference
owner: \"@maintainers\"
services: [prode]
tags: [lint, rules]
---

# Lint rules

Written from the rules' own text in `src/lint/rules`; change it there, then `prode lint --explain >
wiki/lint-rules.md`. A test holds the two to each other. How to run lint, levels, ignores and baselines:
[Lint](lint.md).
";

const FAMILIES: &[(Family, &str)] = &[
    (Family::Links, "Links between pages and to files"),
    (Family::Document, "One page: its form and its metadata"),
    (Family::Template, "What the templates ask of their kinds"),
    (Family::Adr, "Decisions and their logs"),
    (Family::Skill, "Skill packages"),
    (Family::Security, "What could harm a reader or an agent"),
    (Family::Settings, "Settings, CODEOWNERS and route tests"),
    (Family::Runbook, "Runbooks, and services that need them"),
    (Family::Alerts, "Alert rules and their runbooks"),
    (Family::Slo, "What a service promises"),
    (Family::Change, "Procedures and changes"),
    (Family::Work, "Plans, prompts, reviews and front pages"),
    (Family::Ignore, "Comments that ignore a finding"),
];

/// The page `wiki/lint-rules.md`.
pub fn page() -> String {
    let mut text = HEAD.to_owned();
    for (family, title) in FAMILIES {
        let rules: Vec<&&Rule> = RULES.iter().filter(|rule| rule.family == *family).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {title}\n\nThe family `{}`.\n", family.name());
        for rule in rules {
            section(&mut text, rule);
        }
    }
    text
}

fn section(text: &mut String, rule: &Rule) {
    let level = match rule.level {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let fixes = if rule.fixes { ", `--fix` mends what is safe" } else { "" };
    let looks = match rule.check {
        Check::Memory(_) => ", looks at all pages together",
        Check::Page(_) | Check::Reading | Check::Engine => "",
    };
    let _ = write!(text, "\n### {}\n\n", rule.id);
    let _ = write!(text, "{}: {level}{fixes}{looks}.\n\n", sentence(rule.summary));
    let _ = writeln!(text, "{}\n\nRepair: {}.", rule.why, rule.repair.replace('<', "\\<"));
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_this_repository_says_what_the_rules_say() {
        let kept = include_str!("../../wiki/lint-rules.md");
        assert!(kept == page(), "write it again: prode lint --explain > wiki/lint-rules.md");
    }

    #[test]
    fn every_family_has_a_heading() {
        let is_there = |rule: &&Rule| FAMILIES.iter().any(|(family, _)| *family == rule.family);
        assert!(RULES.iter().all(is_there));
    }
}
