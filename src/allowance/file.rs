//! One allowance as its file.
//!
//! Seven lines of YAML, each key once, none besides. What a person reads is
//! plain; of the value there is nothing but the seal.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::error::AllowanceError;
use super::name::AllowanceId;
use super::seal::Seal;
use crate::ids;
use crate::yaml::{self, Node};

/// The longest time in days; a year, whichever.
pub const MAX_DAYS: i32 = 366;

/// A file larger than this is none.
const MAX_BYTES: usize = 16 * 1024;

/// A finding that may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// Its name.
    pub id: AllowanceId,
    /// The rule that finds the value.
    pub rule: String,
    /// The file that the value may stand in, from the top of the repository;
    /// `-` for texts that are no file.
    pub path: String,
    /// What is kept of the value.
    pub seal: Seal,
    /// Why it may stay.
    pub why: String,
    /// Who answers for it.
    pub by: String,
    /// When it was made, in whole seconds.
    pub at: Timestamp,
    /// The last day (UTC) on which it holds.
    pub until: Date,
}

impl Allowance {
    /// The day (UTC) on which it was made.
    pub fn begins(&self) -> Date {
        self.at.to_zoned(TimeZone::UTC).date()
    }

    /// The file.
    pub fn file(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let lines = [
            ("rule", quoted(&self.rule)),
            ("path", quoted(&self.path)),
            ("digest", ids::hex(&self.seal.bytes())),
            ("why", quoted(&self.why)),
            ("by", quoted(&self.by)),
            ("at", self.at.to_string()),
            ("until", self.until.to_string()),
        ];
        lines.map(|(key, value)| format!("{key}: {value}\n")).concat()
    }

    /// The allowance in the file at `path`.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, AllowanceError> {
        parse(path, bytes)
            .map_err(|reason| AllowanceError::Malformed { file: path.to_owned(), reason })
    }
}

/// What is wrong is told without the words of the file: they may be a value.
fn parse(path: &str, bytes: &[u8]) -> Result<Allowance, String> {
    let id = AllowanceId::of_file(path).ok_or("its name is not X-, 12 hex digits and .yaml")?;
    if bytes.len() > MAX_BYTES {
        return Err(format!("it is larger than {MAX_BYTES} bytes"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
    let root = yaml::read(text).map_err(|error| format!("line {} is no YAML", error.line))?;
    let fields = Fields::of(root.as_ref())?;
    let until =
        fields.told("until", |text| text.parse::<Date>().ok(), "a day such as 2027-01-31")?;
    let allowance = Allowance {
        id,
        rule: fields.text("rule")?,
        path: fields.text("path")?,
        seal: fields.told(
            "digest",
            |text| bytes_of(text).map(Seal::from_bytes),
            "96 hex digits",
        )?,
        why: fields.text("why")?,
        by: fields.text("by")?,
        at: fields.told("at", |text| text.parse().ok(), "a time in UTC")?,
        until,
    };
    let days = (until - allowance.begins()).get_days();
    if !(0..=MAX_DAYS).contains(&days) {
        return Err(format!("'until' is not within {MAX_DAYS} days of 'at'"));
    }
    Ok(allowance)
}

/// The keys, in the order of the file.
const KEYS: [&str; 7] = ["rule", "path", "digest", "why", "by", "at", "until"];

/// The fields of a file, each known and there once.
struct Fields<'n>(Vec<(&'n str, &'n str)>);

impl<'n> Fields<'n> {
    fn of(root: Option<&'n Node>) -> Result<Self, String> {
        let pairs = root.and_then(Node::pairs).ok_or("it is no mapping")?;
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for (key, value) in pairs {
            let line = key.line;
            let name = key.text().filter(|name| KEYS.contains(name));
            let name = name.ok_or_else(|| format!("line {line} has an unknown key"))?;
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(format!("line {line} says '{name}' a second time"));
            }
            let text = value.text().filter(|text| !text.is_empty());
            fields.push((name, text.ok_or_else(|| format!("line {line} has no text"))?));
        }
        Ok(Self(fields))
    }

    fn text(&self, name: &str) -> Result<String, String> {
        self.told(name, |text| Some(text.to_owned()), "a text")
    }

    fn told<T>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
        form: &str,
    ) -> Result<T, String> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        let (_, text) = found.ok_or_else(|| format!("'{name}' is missing"))?;
        read(text).ok_or_else(|| format!("'{name}' is not {form}"))
    }
}

/// So many bytes, written as lower-case hex digits.
fn bytes_of<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    (ids::hex(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn sample(id: u8, [rule, path, value]: [&str; 3]) -> Allowance {
        Allowance {
            id: AllowanceId::drawn([id; 6]),
            rule: rule.to_owned(),
            path: path.to_owned(),
            seal: Seal::of([7; super::super::SALT], [rule, path, value]).unwrap(),
            why: "it is: a \"sample\"".to_owned(),
            by: "human:ada".to_owned(),
            at: "2026-11-01T23:59:59Z".parse().unwrap(),
            until: "2027-01-31".parse().unwrap(),
        }
    }

    #[test]
    fn a_file_survives() {
        let allowance = sample(1, ["email", "wiki/a.md", "v"]);
        let file = allowance.file();
        assert_eq!(Allowance::read(&allowance.id.file(), file.as_bytes()), Ok(allowance));
        assert!(file.starts_with("rule: \"email\"\npath: \"wiki/a.md\"\ndigest: 0707"), "{file}");
    }

    #[test]
    fn whatever_is_not_exactly_an_allowance_is_refused_and_not_repeated() {
        let allowance = sample(1, ["email", "wiki/a.md", "v"]);
        let (path, file) = (allowance.id.file(), allowance.file());
        let refused = |from: &str, to: &str| {
            assert!(file.contains(from), "{from}");
            let file = file.replace(from, to);
            Allowance::read(&path, file.as_bytes()).unwrap_err().to_string()
        };
        assert!(refused("until: 2027-01-31", "until: soon").contains("a day such as"));
        assert!(refused("2027-01-31", "2027-11-03").contains("within 366 days"));
        assert!(refused("2027-01-31", "2026-10-31").contains("within 366 days"));
        assert!(refused("digest: 07", "digest: 0").contains("96 hex digits"));
        assert!(refused("digest: 07", "digest: zz").contains("96 hex digits"));
        assert!(refused("why:", "whi:").contains("line 4 has an unknown key"));
        assert!(refused("why:", "by: x\nwhy:").contains("line 6 says 'by' a second time"));
        assert!(refused("by: \"human:ada\"\n", "").contains("'by' is missing"));
        assert!(refused("\"email\"", "[hidden]").contains("line 1 has no text"));
        assert!(refused("rule:", "- rule:").contains("no YAML"));
        let error = Allowance::read(".prode/allowances/x.yaml", b"").unwrap_err();
        assert!(error.to_string().contains("12 hex digits and .yaml"));
        assert!(Allowance::read(&path, b"\xff").unwrap_err().to_string().contains("UTF-8"));
        assert!(Allowance::read(&path, "a".repeat(MAX_BYTES + 1).as_bytes()).is_err());
        assert!(Allowance::read(&path, b"").unwrap_err().to_string().contains("no mapping"));
    }
}
