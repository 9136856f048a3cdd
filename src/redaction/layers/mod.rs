//! The layers: what each looks for, one visible table.
//!
//! A layer is given a text with its keywords already found, and adds matches.
//! Layers know nothing of one another; overlaps are settled afterwards.

mod blocks;
mod copied;
mod drawn;
mod identifiers;
mod keys;
mod structures;
mod tokens;
mod topology;

use super::rules::Additions;
use super::scan::Stop;
use super::span::Match;
use super::text::Text;

/// How a layer looks at a text.
pub(super) type Find = fn(&Text<'_>, &Additions, &mut Vec<Match>) -> Result<(), Stop>;

/// One layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer {
    /// Stable name; a fault names it.
    pub(super) name: &'static str,
    pub(super) find: Find,
}

/// Every layer.
pub(super) const LAYERS: &[Layer] = &[
    Layer { name: "tokens", find: tokens::find },
    Layer { name: "structures", find: structures::find },
    Layer { name: "blocks", find: blocks::find },
    Layer { name: "keys", find: keys::find },
    Layer { name: "drawn", find: drawn::find },
    Layer { name: "identifiers", find: identifiers::find },
    Layer { name: "team", find: topology::find },
    Layer { name: "copied", find: copied::find },
];
