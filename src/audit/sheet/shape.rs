//! What a chart is drawn with: whole pixels of a picture that is 360 wide, so that
//! a phone shows it in its own size.

use serde::Serialize;

/// The width of every chart.
pub(super) const WIDTH: usize = 360;

/// One thing that is drawn.
#[derive(Debug, Serialize)]
#[serde(tag = "sort", rename_all = "lowercase")]
pub(super) enum Shape {
    /// A rectangle; `title` is read out, and shown under a pointer.
    Rect { x: usize, y: usize, width: usize, height: usize, class: String, title: String },
    /// A text; `class` says where `x` is in it.
    Text { x: usize, y: usize, class: &'static str, text: String },
    /// A line through points, as SVG writes them.
    Line { points: String, class: &'static str },
}

/// A chart, what it says in words, and its numbers.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What one sees, in a sentence.
    pub(super) says: String,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) shapes: Vec<Shape>,
    /// Classes of colours and what they stand for.
    pub(super) legend: Vec<(&'static str, &'static str)>,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A part of `whole` on a scale of `length` pixels.
pub(super) fn scaled(part: usize, whole: usize, length: usize) -> usize {
    (part * length + whole / 2).checked_div(whole).unwrap_or(0)
}

/// A name that a chart has room for.
pub(super) fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
}

pub(super) fn text(x: usize, y: usize, class: &'static str, text: impl Into<String>) -> Shape {
    Shape::Text { x, y, class, text: text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_rounded_and_nothing_of_nothing_is_nothing() {
        assert_eq!((scaled(1, 3, 100), scaled(2, 3, 100), scaled(1, 0, 100)), (33, 67, 0));
    }

    #[test]
    fn long_names_end_in_a_sign() {
        assert_eq!((shortened("abc", 3), shortened("abcd", 3)), ("abc".into(), "ab…".into()));
    }
}
