//! The layers: what each looks for, one visible table.
//!
//! A layer is given a text with its keywords already found, and adds matches.
//! Layers know nothing of one another; overlaps are settled afterwards.

mod blocks;
mod copied;
mod drawn;
mod identifiers;
mod keys;
mod manifest;
#[cfg(test)]
mod samples;
mod structures;
mod tokens;
mod topology;

use super::rules::{Additions, Keywords};
use super::span::Match;
use super::stop::Stop;
use super::text::Text;
#[cfg(test)]
pub(super) use tokens::drawn;

/// How a layer looks at a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Find {
    /// It can always say what it found.
    Always(fn(&Text<'_>, &Additions, &mut Vec<Match>)),
    /// It may be unable to decide.
    Deciding(fn(&Text<'_>, &Additions, &mut Vec<Match>) -> Result<(), Stop>),
}

/// One layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer {
    /// Stable name; a fault names it.
    pub(super) name: &'static str,
    find: Find,
}

impl Layer {
    pub(super) const fn new(name: &'static str, find: Find) -> Self {
        Self { name, find }
    }

    /// Adds what the layer finds in a text.
    pub(super) fn find(
        &self,
        text: &Text<'_>,
        additions: &Additions,
        found: &mut Vec<Match>,
    ) -> Result<(), Stop> {
        match self.find {
            Find::Always(find) => find(text, additions, found),
            Find::Deciding(find) => find(text, additions, found)?,
        }
        Ok(())
    }
}

/// Every keyword of every rule, and the words that rows of layers ask for.
pub(super) fn keywords() -> Keywords {
    Keywords::and(copied::cues())
}

/// Every layer.
pub(super) const LAYERS: &[Layer] = &[
    Layer::new("tokens", Find::Always(tokens::find)),
    Layer::new("structures", Find::Always(structures::find)),
    Layer::new("blocks", Find::Deciding(blocks::find)),
    Layer::new("keys", Find::Deciding(keys::find)),
    Layer::new("drawn", Find::Always(drawn::find)),
    Layer::new("identifiers", Find::Always(identifiers::find)),
    Layer::new("team", Find::Always(topology::find)),
    Layer::new("copied", Find::Deciding(copied::find)),
];
