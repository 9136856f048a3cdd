//! Skills: procedures as portable packages in the open Agent Skills format.
//!
//! [`read_manifest`] reads what a page says of itself, with the forgiving eyes
//! of a reader. [`validate`] judges a whole package as strictly as the
//! format's reference validators. [`Lock`] proves that what was installed is
//! unchanged. Reading folders and archives is left to others; nothing of a
//! package is ever run.

mod contents;
mod front;
mod hash;
mod lock;
mod package;
mod prompt;
mod strict;
#[cfg(test)]
mod verdicts;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use hash::{computed_hash, sha256};
pub use lock::{Lock, LockError, Locked};
pub use package::{File, Finding, MANIFEST, MAX_FILES, MAX_TOTAL, Package, unsafe_path};
pub use prompt::{Offered, to_prompt};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::repo_path::RepoPath;

/// Longest name, in characters.
const MAX_NAME: usize = 64;
/// Longest description, in characters.
const MAX_DESCRIPTION: usize = 1024;
/// Longest statement of compatibility, in characters.
const MAX_COMPATIBILITY: usize = 500;

/// Keys that the format knows.
const KEYS: [&str; 6] =
    ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

/// What a package says of itself in the front matter of its `SKILL.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Equals the package's folder.
    pub name: String,
    /// What it does and when to use it.
    pub description: String,
    /// Licence, as written.
    pub license: Option<String>,
    /// What it needs, as written.
    pub compatibility: Option<String>,
    /// Owner, review dates and whatever else a team keeps.
    pub metadata: Vec<(String, String)>,
}

/// Everything that is wrong with `package`, errors of the format first. It is
/// valid where no finding is an error.
pub fn validate(package: &Package) -> Vec<Finding> {
    let (mut found, body) = strict::judge(package);
    if let (Some(manifest), Some(body)) = (package.manifest(), body) {
        found.extend(contents::look(package, manifest, body));
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

/// What clients do not agree on in the notation of a manifest's bytes, and what
/// no client reads. Part of what [`validate`] finds; needs no package.
pub fn notation(manifest: &[u8]) -> Vec<Finding> {
    strict::notation(manifest)
}

/// Name and description of `package`, read as strictly as [`validate`] reads
/// them; what bars the way where there are none.
pub fn offer(package: &Package) -> Result<(String, String), Finding> {
    strict::offer(package)
}

/// Reads the manifest of a `SKILL.md`; `None` for any other file, and where
/// there is no front matter to read. A manifest that breaks a rule is still
/// given, with a diagnostic for each broken one.
pub fn read_manifest(path: &RepoPath, document: &Document) -> (Option<Manifest>, Vec<Diagnostic>) {
    if path.file_name() != "SKILL.md" {
        return (None, Vec::new());
    }
    if document.front.dialect.is_none() {
        let message = "SKILL.md has no front matter with `name` and `description`";
        return (None, vec![broken("skill-manifest", message)]);
    }
    let raw = document.front.raw();
    let text = |key: &str| document.front.text(key);
    let (metadata, wrong) = metadata(raw.get("metadata"));
    let manifest = Manifest {
        name: text("name").unwrap_or_default(),
        description: text("description").unwrap_or_default(),
        license: text("license"),
        compatibility: text("compatibility"),
        metadata,
    };
    let mut diagnostics = Vec::new();
    diagnostics.extend(name_rule(path, &manifest.name));
    diagnostics.extend(length_rule(
        "skill-description",
        "description",
        Some(&manifest.description),
        1,
        MAX_DESCRIPTION,
    ));
    diagnostics.extend(length_rule(
        "skill-compatibility",
        "compatibility",
        manifest.compatibility.as_deref(),
        0,
        MAX_COMPATIBILITY,
    ));
    diagnostics.extend(wrong);
    diagnostics.extend(tools_rule(raw.get("allowed-tools")));
    diagnostics
        .extend(raw.keys().filter(|key| !KEYS.contains(&key.as_str())).map(|key| unknown_key(key)));
    (Some(manifest), diagnostics)
}

fn broken(rule: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(rule, 1, 0, message)
}

/// Lower-case letters, digits and single `-` between them, equal to the folder.
fn name_rule(path: &RepoPath, name: &str) -> Option<Diagnostic> {
    let folder = path.parent();
    let folder = folder.file_name();
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let message = if name.is_empty() {
        "`name` is missing".to_owned()
    } else if name.chars().count() > MAX_NAME {
        format!("`name` has {} characters, at most {MAX_NAME} are allowed", name.chars().count())
    } else if !name.split('-').all(is_part) {
        format!("`name` '{name}' is not made of a-z, 0-9 and single '-' between them")
    } else if !path.parent().is_root() && name != folder {
        format!("`name` '{name}' is not the name of its folder, '{folder}'")
    } else {
        return None;
    };
    Some(broken("skill-name", message))
}

fn length_rule(
    rule: &str,
    key: &str,
    text: Option<&str>,
    min: usize,
    max: usize,
) -> Option<Diagnostic> {
    let length = text?.chars().count();
    if length < min {
        Some(broken(rule, format!("`{key}` is missing")))
    } else if length > max {
        Some(broken(rule, format!("`{key}` has {length} characters, at most {max} are allowed")))
    } else {
        None
    }
}

/// A map of strings; a number or a boolean is read as the text that it is.
fn metadata(value: Option<&Value>) -> (Vec<(String, String)>, Option<Diagnostic>) {
    let map = match value {
        None | Some(Value::Null) => return (Vec::new(), None),
        Some(Value::Object(map)) => map,
        Some(_) => {
            return (
                Vec::new(),
                Some(broken("skill-metadata", "`metadata` is not a map of texts")),
            );
        }
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let pairs = map.iter().filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect();
    let wrong = map.iter().find(|(_, value)| !value.is_string());
    let wrong =
        wrong.map(|(key, _)| broken("skill-metadata", format!("`metadata.{key}` is not a text")));
    (pairs, wrong)
}

fn tools_rule(value: Option<&Value>) -> Option<Diagnostic> {
    let is_text = value.is_none_or(Value::is_string);
    (!is_text).then(|| broken("skill-tools", "`allowed-tools` is not one text with spaces"))
}

/// Some clients add keys of their own; others refuse what the format does not name.
fn unknown_key(key: &str) -> Diagnostic {
    let message = format!("`{key}` is not a key of the format; some clients refuse it");
    Diagnostic::warning("skill-key", 1, 0, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    fn read(path: &str, text: &str) -> (Option<Manifest>, Vec<String>) {
        let path = RepoPath::new(path).unwrap();
        let (document, _) = document::parse(&path, text.as_bytes());
        let (manifest, diagnostics) = read_manifest(&path, &document);
        (manifest, diagnostics.into_iter().map(|found| found.rule).collect())
    }

    #[test]
    fn a_sound_manifest_has_no_complaint() {
        let (manifest, rules) = read(
            "skills/triage-2/SKILL.md",
            "---\nname: triage-2\ndescription: What and when\nmetadata:\n  owner: team-a\n  reviewed: '2026-10-02'\nallowed-tools: Read Grep\n---\n# T\n",
        );
        let manifest = manifest.unwrap();
        assert_eq!((manifest.name.as_str(), rules.len()), ("triage-2", 0));
        assert_eq!(manifest.metadata[0], ("owner".to_owned(), "team-a".to_owned()));
    }

    #[test]
    fn each_broken_rule_is_named() {
        for (front, rule) in [
            ("name: other\ndescription: d", "skill-name"),
            ("name: -triage\ndescription: d", "skill-name"),
            ("name: a--b\ndescription: d", "skill-name"),
            ("description: d", "skill-name"),
            ("name: triage", "skill-description"),
            ("name: triage\ndescription: d\nmetadata: {n: 1}", "skill-metadata"),
            ("name: triage\ndescription: d\nmetadata: [a]", "skill-metadata"),
            ("name: triage\ndescription: d\nallowed-tools: [a]", "skill-tools"),
            ("name: triage\ndescription: d\nmodel: x", "skill-key"),
        ] {
            let (manifest, rules) = read("skills/triage/SKILL.md", &format!("---\n{front}\n---\n"));
            assert!(manifest.is_some());
            assert_eq!(rules, [rule], "{front}");
        }
        let long = format!("---\nname: triage\ndescription: {}\n---\n", "\u{e9}".repeat(1025));
        assert_eq!(read("skills/triage/SKILL.md", &long).1, ["skill-description"]);
    }

    #[test]
    fn other_files_are_no_manifests() {
        assert_eq!(read("skills/triage/notes.md", "---\nname: x\n---\n"), (None, vec![]));
        assert_eq!(read("skills/triage/SKILL.md", "# T\n").1, ["skill-manifest"]);
    }
}
