//! The layers: what each looks for, one visible table.
//!
//! A layer is given a text with its keywords already found, and adds matches.
//! Layers know nothing of one another; overlaps are settled afterwards.

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
pub(super) const LAYERS: &[Layer] = &[];
