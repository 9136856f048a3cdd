//! What a text encodes: views of its parts, and the way back from them.
//!
//! A view is judged like a text of its own; what is found in it hides what it
//! was decoded from. Nothing is decoded twice at one depth, and a part that
//! does not decode to text is left alone.

mod escapes;
mod folded;
mod heads;
mod pairs;
mod prefixed;
mod quoted;
mod runs;
mod view;
mod wraps;

pub(super) use view::View;

use super::stop::Stop;
use super::text::Text;

/// Every block of a text whose lines share what stands before them, without it.
pub(super) fn unprefixed(text: &Text<'_>) -> Vec<View> {
    let mut views = Vec::new();
    if text.lines.len() > 1 {
        prefixed::add(text, &mut views);
    }
    views
}

/// Every view of a text; an error for one that is made to take long.
pub(super) fn views(text: &Text<'_>) -> Result<Vec<View>, Stop> {
    let mut views = Vec::new();
    escapes::add(text, &mut views);
    folded::add(text, &mut views);
    quoted::add(text, &mut views);
    pairs::add(text, &mut views);
    runs::add(text, &mut views)?;
    wraps::add(text, &mut views);
    Ok(views)
}

#[cfg(test)]
mod tests;
