//! Which rule counts how much, where: defaults, `lint.rules`, `lint.paths`.
//!
//! A name is a rule's or a family's; the rule's wins. A path is a pattern as
//! CODEOWNERS has them, or a folder; where several match the longest wins.

use serde_json::Value;

use super::rule::Rule;
use super::rules::{RULES, named};
use crate::corpus::{OwnersDialect, Pattern};
use crate::diagnostic::Severity;
use crate::hint::nearest;
use crate::repo_path::RepoPath;

/// What a name is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Off,
    At(Severity),
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::At(severity) => Some(severity),
        }
    }
}

/// What the section `lint` of settings says.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// By rule or family.
    rules: Vec<(String, Level)>,
    /// The shortest pattern first.
    paths: Vec<Paths>,
    /// Statuses that prode does not know are no finding.
    pub accept_unknown_status: bool,
    /// What is wrong with the section.
    pub problems: Vec<String>,
}

#[derive(Debug, Clone)]
struct Paths {
    text: String,
    pattern: Pattern,
    rules: Vec<(String, Level)>,
}

impl Levels {
    /// Reads the section as settings give it.
    pub fn read(section: &Value) -> Self {
        let mut levels = Self::default();
        levels.rules = levels.names(section.get("rules"), "lint.rules");
        for (text, rules) in section.get("paths").and_then(Value::as_object).into_iter().flatten() {
            let rules = levels.names(Some(rules), &format!("lint.paths.{text}"));
            match Pattern::compile(text.as_bytes(), OwnersDialect::GitHub) {
                Ok(pattern) => levels.paths.push(Paths { text: text.clone(), pattern, rules }),
                Err(why) => levels.problems.push(format!("the path '{text}' of lint.paths {why}")),
            }
        }
        levels.paths.sort_by(|a, b| a.text.len().cmp(&b.text.len()).then(a.text.cmp(&b.text)));
        levels.accept_unknown_status =
            section.get("accept_unknown_status").and_then(Value::as_bool).unwrap_or(false);
        levels
    }

    fn names(&mut self, rules: Option<&Value>, place: &str) -> Vec<(String, Level)> {
        let mut read = Vec::new();
        for (name, level) in rules.and_then(Value::as_object).into_iter().flatten() {
            let is_family = RULES.iter().any(|rule| rule.family.name() == name);
            if !is_family && named(name).is_none() {
                self.problems.push(unknown(name, place));
            }
            let level = match level.as_str() {
                Some("off") => Level::Off,
                Some("info") => Level::At(Severity::Info),
                Some("warning") => Level::At(Severity::Warning),
                Some("error") => Level::At(Severity::Error),
                _ => continue,
            };
            read.push((name.clone(), level));
        }
        read
    }

    /// The rule's level for a file; `None` is off.
    pub fn level(&self, rule: &Rule, path: &RepoPath) -> Option<Severity> {
        let mut level = of(&self.rules, rule).unwrap_or(Level::At(rule.level));
        if self.paths.is_empty() {
            return level.severity();
        }
        let parts: Vec<&[u8]> = path.as_bytes().split(|&byte| byte == b'/').collect();
        for paths in self.paths.iter().filter(|paths| paths.pattern.matches(&parts)) {
            level = of(&paths.rules, rule).unwrap_or(level);
        }
        level.severity()
    }

    /// True if no file can have a finding of this rule.
    pub fn is_off(&self, rule: &Rule) -> bool {
        let somewhere = |paths: &Paths| matches!(of(&paths.rules, rule), Some(Level::At(_)));
        of(&self.rules, rule) == Some(Level::Off) && !self.paths.iter().any(somewhere)
    }
}

fn of(rules: &[(String, Level)], rule: &Rule) -> Option<Level> {
    let find = |name: &str| rules.iter().find(|(it, _)| it == name).map(|(_, level)| *level);
    find(rule.id).or_else(|| find(rule.family.name()))
}

fn unknown(name: &str, place: &str) -> String {
    match nearest(name, RULES.iter().map(|rule| rule.id)) {
        Some(near) => format!("{place} names no rule with '{name}'; did you mean '{near}'?"),
        None => format!("{place} names no rule with '{name}'"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn level(section: &Value, id: &str, path: &str) -> Option<Severity> {
        Levels::read(section).level(named(id).unwrap(), &RepoPath::new(path).unwrap())
    }

    #[test]
    fn a_rule_wins_over_its_family_and_a_path_over_both() {
        let section = json!({
            "rules": {"links": "info", "link-broken": "warning"},
            "paths": {"wiki/archive/**": {"link-broken": "off"}, "wiki": {"links": "error"}},
        });
        assert_eq!(level(&section, "link-broken", "adr/1.md"), Some(Severity::Warning));
        assert_eq!(level(&section, "link-anchor", "adr/1.md"), Some(Severity::Info));
        assert_eq!(level(&section, "link-anchor", "wiki/a.md"), Some(Severity::Error));
        assert_eq!(level(&section, "link-broken", "wiki/archive/a.md"), None);
        assert_eq!(level(&json!({}), "link-broken", "a.md"), Some(Severity::Error));
    }

    #[test]
    fn a_rule_that_is_on_somewhere_is_not_off() {
        let section =
            json!({"rules": {"link-orphan": "off"}, "paths": {"wiki": {"links": "info"}}});
        assert!(!Levels::read(&section).is_off(named("link-orphan").unwrap()));
        let section = json!({"rules": {"link-orphan": "off"}});
        assert!(Levels::read(&section).is_off(named("link-orphan").unwrap()));
    }

    #[test]
    fn an_unknown_name_is_a_problem_with_the_nearest() {
        let levels = Levels::read(&json!({"rules": {"link-brokn": "off"}}));
        assert_eq!(
            levels.problems,
            ["lint.rules names no rule with 'link-brokn'; did you mean 'link-broken'?"]
        );
    }
}
