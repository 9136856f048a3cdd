//! What a text encodes: views of its parts, and the way back from them.

mod view;

pub(super) use view::View;

use super::text::Text;

/// Every view of a text.
pub(super) fn views(_: &Text<'_>) -> Vec<View> {
    Vec::new()
}
