//! The same documents as they are pasted: quoted, indented, in a fence, with
//! the line ends of another system. The labels move along.

use std::ops::Range;

use super::item::{Item, Span};

/// How lines change on their way into a ticket.
pub(super) struct Way {
    pub(super) name: &'static str,
    /// Before the text and behind it.
    around: (&'static str, &'static str),
    /// Instead of each line feed.
    line_end: &'static str,
}

pub(super) const WAYS: &[Way] = &[
    Way { name: "with carriage returns", around: ("", "\r\n"), line_end: "\r\n" },
    Way { name: "quoted", around: ("They wrote:\n\n> ", "\n\nThanks!\n"), line_end: "\n> " },
    Way {
        name: "indented",
        around: ("From the log:\n\n    ", "\n\nThat is all.\n"),
        line_end: "\n    ",
    },
    Way { name: "in a list", around: ("- first\n- ", "\n- last\n"), line_end: "\n  " },
    Way {
        name: "in a fence",
        around: ("# Learning\n\n~~~text\n", "\n~~~\n\nTo do: nothing.\n"),
        line_end: "\n",
    },
];

/// The items, pasted in one way.
pub(super) fn pasted(items: Vec<Item>, way: &Way) -> Vec<Item> {
    items.into_iter().map(|item| moved(item, way)).collect()
}

fn moved(item: Item, way: &Way) -> Item {
    let (before, behind) = way.around;
    let text = item.text.trim_end_matches('\n');
    let moved = |at: usize| {
        let breaks = text[..at.min(text.len())].matches('\n').count();
        before.len() + at + breaks * (way.line_end.len() - 1)
    };
    let range = |range: &Range<usize>| moved(range.start)..moved(range.end);
    let span = |span: &Span| Span {
        range: range(&span.range),
        class: span.class,
        type_: span.type_.clone(),
    };
    Item {
        spans: item.spans.iter().map(span).collect(),
        keep: item.keep.iter().map(range).collect(),
        free: item.free.iter().map(range).collect(),
        text: format!("{before}{}{behind}", text.replace('\n', way.line_end)),
        parts: Vec::new(),
        id: format!("{} {}", item.id, way.name),
        ..item
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::all;
    use super::{WAYS, pasted};

    #[test]
    fn labels_move_along() {
        for way in WAYS {
            for (item, moved) in all().iter().zip(pasted(all(), way)) {
                for (before, after) in item.spans.iter().zip(&moved.spans) {
                    let value = item.value(before).replace('\n', way.line_end);
                    assert_eq!(moved.value(after), value, "{} {:?}", moved.id, before.range);
                }
            }
        }
    }
}
