//! Addresses of resources: what is written, and what it names.

use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::skill::{MANIFEST, unsafe_path};

/// What stands in a path as it is.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Characters of an address that a message repeats.
const SHOWN: usize = 120;

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uri {
    /// `wiki://{+path}`: a page, by its path in the repository.
    Page(RepoPath),
    /// `adr://{number}`: a decision whose number no other has.
    Decision(u32),
    /// `skill://{name}/{+file}`: a file of a skill's package.
    Skill {
        /// The skill.
        name: String,
        /// The path below its folder, `SKILL.md` for the manifest.
        file: String,
    },
}

/// A text that is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{uri}' is no address of a page, a decision or a skill: {why}")]
pub struct BadUri {
    /// The beginning of what was given.
    pub uri: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl From<BadUri> for OpError {
    fn from(error: BadUri) -> Self {
        Self::NotFound {
            message: error.to_string(),
            hint: "addresses are wiki://path, adr://number and skill://name/SKILL.md; list them"
                .to_owned(),
        }
    }
}

impl Uri {
    /// The manifest of a skill.
    pub fn manifest(name: &str) -> Self {
        Self::Skill { name: name.to_owned(), file: MANIFEST.to_owned() }
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Bytes that are no text keep the spelling of citations below `%`.
            Self::Page(path) => write!(f, "wiki://{}", encoded(path)),
            Self::Decision(number) => write!(f, "adr://{number}"),
            Self::Skill { name, file } => {
                write!(f, "skill://{name}/{}", utf8_percent_encode(file, PATH))
            }
        }
    }
}

fn encoded(path: &RepoPath) -> String {
    percent_encoding::percent_encode(path.as_bytes(), PATH).to_string()
}

impl FromStr for Uri {
    type Err = BadUri;

    fn from_str(text: &str) -> Result<Self, BadUri> {
        let bad = |why| BadUri { uri: shown(text), why };
        let (scheme, rest) = text.split_once("://").ok_or_else(|| bad("it has no scheme"))?;
        match scheme {
            "wiki" => Ok(Self::Page(RepoPath::from_git(path(rest).map_err(bad)?))),
            "adr" => {
                let is_number = !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit());
                let number = rest.parse().ok().filter(|_| is_number);
                number.map(Self::Decision).ok_or_else(|| bad("the number is none"))
            }
            "skill" => {
                let (name, file) = rest.split_once('/').ok_or_else(|| bad("it names no file"))?;
                if !is_name(name) {
                    return Err(bad("the skill's name is none"));
                }
                let file = String::from_utf8(path(file).map_err(bad)?);
                let file = file.map_err(|_| bad("its path is not UTF-8"))?;
                match unsafe_path(&file) {
                    Some(_) => Err(bad("its path leads out of the package")),
                    None => Ok(Self::Skill { name: name.to_owned(), file }),
                }
            }
            _ => Err(bad("its scheme is another")),
        }
    }
}

/// A name that can stand in an address as it is.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
    !name.is_empty() && name.len() <= 64 && name.bytes().all(fits) && !matches!(name, "." | "..")
}

/// The bytes of a path whose parts are names, none of which leads anywhere else.
fn path(text: &str) -> Result<Vec<u8>, &'static str> {
    if text.contains(['?', '#']) {
        return Err("it has a query or a fragment");
    }
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    let is_odd = |part: &[u8]| matches!(part, b"" | b"." | b"..");
    if bytes.split(|&it| it == b'/').any(is_odd) {
        return Err("its path is not made of names");
    }
    if bytes.iter().any(|it| matches!(it, 0 | b'\\')) {
        return Err("its path holds what no name holds");
    }
    Ok(bytes)
}

fn shown(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(parts in prop::collection::vec("[^/\\\\\0]{1,12}", 1..4)) {
            prop_assume!(parts.iter().all(|it| it != "." && it != ".."));
            let uri = Uri::Page(RepoPath::from_git(parts.join("/").into_bytes()));
            prop_assert_eq!(uri.to_string().parse::<Uri>().unwrap(), uri);
        }

        #[test]
        fn any_text_is_read_or_refused_calmly(text in ".{0,80}") {
            if let Ok(uri) = format!("wiki://{text}").parse::<Uri>() {
                prop_assert_eq!(uri.to_string().parse::<Uri>().unwrap(), uri);
            }
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for text in [
            "wiki://../x",
            "wiki://wiki/%2e%2e/%2e%2e/etc/passwd",
            "wiki:///etc/passwd",
            "wiki://wiki//x.md",
            "wiki://",
            "wiki://a\\..\\b",
            "wiki://a%00.md",
            "wiki://a.md?x",
            "wiki://a.md#b",
            "file:///etc/passwd",
            "adr://-1",
            "adr://99999999999",
            "adr://",
            "skill://drain",
            "skill://../SKILL.md",
            "skill://drain/../../x",
            "skill://drain/%2e%2e/x",
            "skill://drain/.git/config",
            "skill://a%2fb/SKILL.md",
            "wiki",
        ] {
            assert!(text.parse::<Uri>().is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_spelled_one_way() {
        let path = RepoPath::from_git("wiki/a b\u{fc}.md".as_bytes());
        assert_eq!(Uri::Page(path).to_string(), "wiki://wiki/a%20b%C3%BC.md");
        assert_eq!("adr://0012".parse::<Uri>().unwrap().to_string(), "adr://12");
        assert_eq!(Uri::manifest("drain").to_string(), "skill://drain/SKILL.md");
        let long = format!("file://{}\u{1b}", "x".repeat(10_000)).parse::<Uri>().unwrap_err();
        assert!(long.to_string().len() < 250 && !long.to_string().contains('\u{1b}'));
    }
}
