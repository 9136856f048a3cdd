//! `skills-lock.json`: what was installed, from where, and its hash.
//!
//! Version 1 of the file that the popular `skills` installer writes: without
//! times, sorted by name, so that branches merge. Entries and keys that are
//! not known here are kept as they are.

use serde_json::{Map, Value, json};

use crate::hint::{ErrorKind, Helpful};

/// The version that is read and written.
const VERSION: u64 = 1;

/// The file's whole content.
#[derive(Debug, Clone, PartialEq)]
pub struct Lock {
    root: Map<String, Value>,
}

/// One installed skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// The skill's name.
    pub name: String,
    /// Where it came from: `owner/repo`, a package, a path.
    pub source: String,
    /// `github`, `node_modules`, `local`, …
    pub source_type: String,
    /// What its files hashed to; empty where the entry has none.
    pub computed_hash: String,
}

/// A lock file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Git left both sides of a merge in it.
    #[error("skills-lock.json holds the marks of a merge that is not settled")]
    Conflict,
    /// It is no JSON, or not of this shape.
    #[error("skills-lock.json cannot be read: {0}")]
    Malformed(String),
    /// Another version.
    #[error("skills-lock.json has version {0}, and version 1 is known")]
    Version(String),
}

impl Helpful for LockError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Conflict => "keep the entries of both sides; each skill has its own key",
            Self::Malformed(_) => "restore it: git checkout -- skills-lock.json",
            Self::Version(_) => "use the version of the installer that wrote it",
        };
        vec![hint.to_owned()]
    }
}

impl Default for Lock {
    fn default() -> Self {
        let mut root = Map::new();
        root.insert("version".to_owned(), VERSION.into());
        root.insert("skills".to_owned(), Value::Object(Map::new()));
        Self { root }
    }
}

impl Lock {
    /// The file's name, at the top of the repository.
    pub const FILE: &str = "skills-lock.json";

    /// Reads the file.
    pub fn read(text: &str) -> Result<Self, LockError> {
        if text.lines().any(|line| line.starts_with("<<<<<<<")) {
            return Err(LockError::Conflict);
        }
        let malformed = |why: &str| LockError::Malformed(why.to_owned());
        let value: Value =
            serde_json::from_str(text).map_err(|error| malformed(&error.to_string()))?;
        let Value::Object(root) = value else { return Err(malformed("it is no object")) };
        match root.get("version") {
            Some(version) if version.as_u64() == Some(VERSION) => {}
            other => {
                let version = other.map_or_else(|| "none".to_owned(), Value::to_string);
                return Err(LockError::Version(version));
            }
        }
        match root.get("skills") {
            Some(Value::Object(skills)) if skills.values().all(Value::is_object) => {
                Ok(Self { root })
            }
            _ => Err(malformed("'skills' is no object of entries")),
        }
    }

    /// Every entry, by name.
    pub fn entries(&self) -> Vec<Locked> {
        let skills = self.root.get("skills").and_then(Value::as_object);
        let text = |entry: &Value, key: &str| {
            entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let locked = |(name, entry): (&String, &Value)| Locked {
            name: name.clone(),
            source: text(entry, "source"),
            source_type: text(entry, "sourceType"),
            computed_hash: text(entry, "computedHash"),
        };
        let mut entries: Vec<Locked> =
            skills.map(|skills| skills.iter().map(locked).collect()).unwrap_or_default();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries
    }

    /// Puts one entry in place of what was known of that skill.
    pub fn put(&mut self, locked: &Locked) {
        let entry = json!({
            "source": locked.source,
            "sourceType": locked.source_type,
            "computedHash": locked.computed_hash,
        });
        if let Some(Value::Object(skills)) = self.root.get_mut("skills") {
            skills.insert(locked.name.clone(), entry);
            skills.sort_keys();
        }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(&self.root).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked(name: &str) -> Locked {
        Locked {
            name: name.to_owned(),
            source: "../x".to_owned(),
            source_type: "local".to_owned(),
            computed_hash: "ab".to_owned(),
        }
    }

    #[test]
    fn entries_are_sorted_and_what_is_unknown_is_kept() {
        let text = r#"{"version": 1, "note": "ours", "skills": {"b": {"source": "o/r",
            "ref": "main", "sourceType": "github", "skillPath": "s/SKILL.md", "computedHash": "cd"}}}"#;
        let mut lock = Lock::read(text).unwrap();
        lock.put(&locked("a"));
        let written = lock.text();
        assert!(
            written.contains("\"skillPath\": \"s/SKILL.md\"")
                && written.contains("\"note\": \"ours\"")
        );
        assert!(written.find("\"a\"").unwrap() < written.find("\"b\"").unwrap());
        let again = Lock::read(&written).unwrap();
        assert_eq!(again, lock);
        assert_eq!(again.entries()[0], locked("a"));
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(Lock::read("<<<<<<< ours\n"), Err(LockError::Conflict));
        assert_eq!(
            Lock::read(r#"{"version": 2, "skills": {}}"#),
            Err(LockError::Version("2".into()))
        );
        for text in ["", "[]", r#"{"version": 1}"#, r#"{"version": 1, "skills": {"a": 3}}"#] {
            assert!(Lock::read(text).is_err(), "{text}");
        }
        assert_eq!(Lock::read(&Lock::default().text()), Ok(Lock::default()));
    }
}
