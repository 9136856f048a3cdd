//! What a team added, made ready to look for.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::{Regex, RegexBuilder};

use super::super::placeholder::is_kind;
use super::super::settings::{Settings, SettingsError};

/// The largest program that a team's pattern may become, in bytes.
const MAX_PROGRAM: usize = 1 << 20;

/// What a team added.
#[derive(Debug)]
pub(in super::super) struct Additions {
    /// Private domains, in lower case without a leading dot.
    pub(in super::super) hosts: Option<AhoCorasick>,
    /// Names, longest first.
    pub(in super::super) names: Option<AhoCorasick>,
    /// Patterns by the kind of their placeholders.
    pub(in super::super) patterns: Vec<(String, Regex)>,
}

impl Additions {
    pub(in super::super) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let hosts = settings.hosts.iter().map(|it| it.trim().trim_start_matches(['*', '.']));
        let names = settings.names.iter().map(|it| it.trim());
        let patterns = settings.patterns.iter().map(|(name, source)| pattern(name, source));
        Ok(Self {
            hosts: words("hosts", hosts)?,
            names: words("names", names)?,
            patterns: patterns.collect::<Result<_, _>>()?,
        })
    }
}

fn words<'a>(
    which: &'static str,
    words: impl Iterator<Item = &'a str>,
) -> Result<Option<AhoCorasick>, SettingsError> {
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
    let count = words.len();
    builder.build(words).map(Some).map_err(|_| SettingsError::TooMany { which, count })
}

fn pattern(name: &str, source: &str) -> Result<(String, Regex), SettingsError> {
    if !is_kind(name) {
        return Err(SettingsError::Name { name: name.to_owned() });
    }
    let refused = |reason: String| SettingsError::Pattern { name: name.to_owned(), reason };
    let built = RegexBuilder::new(source).size_limit(MAX_PROGRAM).build();
    let regex = built.map_err(|error| refused(told(&error)))?;
    if regex.is_match("") {
        return Err(refused("it matches the empty text".to_owned()));
    }
    Ok((name.to_owned(), regex))
}

/// What is wrong, without repeating the pattern.
fn told(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(limit) => format!("it becomes larger than {limit} bytes"),
        _ => "it is no regular expression".to_owned(),
    }
}
