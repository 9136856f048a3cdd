//! What a chart is drawn with: whole pixels of a picture that is 360 wide, so that
//! a phone shows it in its own size.

use serde::Serialize;

/// The width of every chart.
pub(super) const WIDTH: usize = 360;

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "sort", rename_all = "lowercase")]
pub enum Shape {
    /// A rectangle; `title` is read out, and shown under a pointer.
    Rect {
        /// Its left side.
        x: usize,
        /// Its upper side.
        y: usize,
        /// How wide.
        width: usize,
        /// How high.
        height: usize,
        /// What its colour stands for.
        class: String,
        /// What it says.
        title: String,
    },
    /// A text; `class` says where `x` is in it.
    Text {
        /// Where it stands.
        x: usize,
        /// Its base line.
        y: usize,
        /// `begin`, `middle`, `end`, or `on-dark`.
        class: &'static str,
        /// What it says.
        text: String,
    },
    /// A line through points, as SVG writes them.
    Line {
        /// `x,y x,y …`.
        points: String,
        /// What it stands for.
        class: &'static str,
    },
}

/// A chart, what it says in words, and its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// A name that no other chart has.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// What one sees, in a sentence.
    pub says: String,
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// What is drawn, in this order.
    pub shapes: Vec<Shape>,
    /// Classes of colours and what they stand for.
    pub legend: Vec<(&'static str, &'static str)>,
    /// Names of the columns of its numbers.
    pub head: Vec<String>,
    /// Its numbers, the name of each row first.
    pub rows: Vec<Vec<String>>,
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
