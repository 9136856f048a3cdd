//! Events as lines that hang together: a list that is only ever added to.
//!
//! A line is canonical JSON that names the digest of the line before it, so
//! that one that was changed, left out or moved is seen. What an event means is
//! left to whoever writes it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, digest, from_bytes, to_bytes};

/// What the first line names as the one before it.
const BEGIN: &str = "sha256:";

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line<E> {
    /// 0, 1, 2 …
    pub number: u64,
    /// When it was written down.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// The digest of the line before; `sha256:` alone in the first.
    pub before: String,
    /// What happened.
    pub event: E,
}

/// Lines that are no history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {number}: {why}")]
pub struct BrokenChain {
    /// Which line, counted from 0.
    pub number: usize,
    /// What is wrong with it.
    pub why: String,
}

/// Writes events as lines that go on after those before.
#[derive(Debug, Clone)]
pub struct Chain {
    next: u64,
    before: String,
}

impl Chain {
    /// Before the first line.
    pub fn begin() -> Self {
        Self { next: 0, before: BEGIN.to_owned() }
    }

    /// The number of the line to come.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The digest of the last line; `sha256:` alone before the first. It stands
    /// for every line.
    pub fn head(&self) -> &str {
        &self.before
    }

    /// The next line's bytes.
    ///
    /// # Errors
    /// A text in it has no canonical form.
    pub fn line<E: Serialize>(
        &mut self,
        at: Timestamp,
        event: &E,
    ) -> Result<Vec<u8>, CanonicalError> {
        let line = Line { number: self.next, at, before: self.before.clone(), event };
        let bytes = to_bytes(&line)?;
        self.before = digest(&bytes);
        self.next += 1;
        Ok(bytes)
    }
}

/// Reads lines, and holds them to each other.
///
/// # Errors
/// The first line that is no event, not canonical, out of number, out of time,
/// or does not follow the one before it.
pub fn read<E: Serialize + DeserializeOwned>(
    lines: &[Vec<u8>],
) -> Result<(Vec<Line<E>>, Chain), BrokenChain> {
    let mut chain = Chain::begin();
    let mut all: Vec<Line<E>> = Vec::with_capacity(lines.len());
    for (number, bytes) in lines.iter().enumerate() {
        let broken = |why: String| BrokenChain { number, why };
        let line: Line<E> = from_bytes(bytes).map_err(|error| broken(error.to_string()))?;
        if line.number != chain.next {
            return Err(broken(format!("its number is {}", line.number)));
        }
        if line.before != chain.before {
            return Err(broken("it does not follow the line before it".to_owned()));
        }
        if all.last().is_some_and(|last| last.at > line.at) {
            return Err(broken("it is older than the line before it".to_owned()));
        }
        chain = Chain { next: chain.next + 1, before: digest(bytes) };
        all.push(line);
    }
    Ok((all, chain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Vec<u8>> {
        let mut chain = Chain::begin();
        let at = "2026-11-03T04:00:00Z".parse().unwrap();
        ["one", "two", "three"].iter().map(|text| chain.line(at, text).unwrap()).collect()
    }

    fn first_wrong(lines: &[Vec<u8>]) -> usize {
        read::<String>(lines).unwrap_err().number
    }

    #[test]
    fn what_was_written_is_read() {
        let (read, chain) = read::<String>(&lines()).unwrap();
        assert_eq!((read.len(), chain.next()), (3, 3));
        assert_eq!(chain.head(), digest(&lines()[2]));
    }

    #[test]
    fn a_line_changed_left_out_moved_or_cut_is_seen() {
        let text = |lines: &[Vec<u8>], at: usize| String::from_utf8(lines[at].clone()).unwrap();
        let mut changed = lines();
        changed[0] = text(&changed, 0).replace("one", "0ne").into_bytes();
        assert_eq!(first_wrong(&changed), 1);
        let mut left_out = lines();
        left_out.remove(1);
        assert_eq!(first_wrong(&left_out), 1);
        let mut moved = lines();
        moved.swap(1, 2);
        assert_eq!(first_wrong(&moved), 1);
        let mut cut = lines();
        cut[2].pop();
        assert_eq!(first_wrong(&cut), 2);
    }
}
