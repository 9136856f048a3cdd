//! What is far down in a long page is set apart, so that a browser lays it out when it is
//! looked at and not before anything is seen.
//!
//! A part is some neighbouring blocks at the page's top. A list or a table that would fill
//! several is divided first, a table under the same heads. Stop conditions stay together.

use std::cell::RefCell;
use std::collections::HashSet;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Node};

/// Bytes of Markdown from which on a page is long.
const LONG: usize = 40_000;
/// Bytes that are laid out in any case, about: more than two screens.
const FIRST: usize = 4_000;
/// Bytes of each part behind them, about.
const PART: usize = 12_000;
/// Rows of a table that stand together however long they are: heads in short turns are in
/// the way of who reads.
const ROWS: usize = 12;

/// Blocks before which a part begins, and behind which one ends.
#[derive(Default)]
pub(super) struct Far {
    begin: HashSet<*const ()>,
    end: HashSet<*const ()>,
}

impl Far {
    /// True where a part begins before `block`.
    pub(super) fn begins(&self, block: Node<'_>) -> bool {
        self.begin.contains(&name(block))
    }

    /// True where a part ends behind `block`.
    pub(super) fn ends(&self, block: Node<'_>) -> bool {
        self.end.contains(&name(block))
    }

    /// The parts of a page that was read from `text`. `opens` and `closes` are the lines of
    /// blocks with which stop conditions begin and end.
    pub(super) fn of<'a>(
        arena: &'a Arena<'a>,
        root: Node<'a>,
        text: &str,
        (opens, closes): (&HashSet<usize>, &HashSet<usize>),
    ) -> Self {
        let mut far = Self::default();
        if text.len() < LONG {
            return far;
        }
        let lines = Lines::of(text);
        let is_note = |it: &Node<'_>| matches!(it.data().value, NodeValue::FootnoteDefinition(_));
        // Notes are written as one list behind everything, and are not many.
        let blocks: Vec<Node<'a>> = root.children().take_while(|it| !is_note(it)).collect();
        let (mut left, mut last, mut is_in_stop) = (FIRST, None, false);
        for block in blocks {
            let line = block.data().sourcepos.start.line;
            let may_begin = !is_in_stop;
            is_in_stop = (is_in_stop || opens.contains(&line)) && !closes.contains(&line);
            let is_stop = !may_begin || opens.contains(&line);
            let pieces = if is_stop { vec![block] } else { divided(arena, block, &lines, left) };
            for piece in pieces {
                let size = lines.bytes(piece);
                // A piece that is large of itself must not make a part large that is near.
                if may_begin && (left == 0 || size > left && last.is_some()) {
                    far.end.extend(last.filter(|_| !far.begin.is_empty()).map(name));
                    far.begin.insert(name(piece));
                    left = PART;
                }
                left = left.saturating_sub(size);
                last = Some(piece);
            }
        }
        far.end.extend(last.filter(|_| !far.begin.is_empty()).map(name));
        far
    }
}

/// What tells a block from every other: lines do not always.
fn name(block: Node<'_>) -> *const () {
    std::ptr::from_ref(block).cast()
}

/// `block` as several, where it has rows or items to divide: one of about `left` bytes, and
/// parts.
fn divided<'a>(
    arena: &'a Arena<'a>,
    block: Node<'a>,
    lines: &Lines,
    mut left: usize,
) -> Vec<Node<'a>> {
    let value = block.data().value.clone();
    let (heads, least) = match &value {
        NodeValue::Table(_) => (block.first_child(), ROWS),
        NodeValue::List(_) => (None, 1),
        _ => return vec![block],
    };
    let children: Vec<Node<'a>> = block.children().skip(usize::from(heads.is_some())).collect();
    let (mut pieces, mut at, mut together) = (vec![block], block, 0);
    for (before, child) in children.into_iter().enumerate() {
        if left == 0 && together >= least {
            let mut piece = block.data().clone();
            piece.sourcepos.start = child.data().sourcepos.start;
            if let NodeValue::List(list) = &mut piece.value {
                list.start += before;
            }
            let piece: Node<'a> = arena.alloc(AstNode::new(RefCell::new(piece)));
            if let Some(heads) = heads {
                piece.append(copied(arena, heads));
            }
            at.insert_after(piece);
            pieces.push(piece);
            (at, left, together) = (piece, PART, 0);
        }
        together += 1;
        left = left.saturating_sub(lines.bytes(child));
        if pieces.len() > 1 {
            at.append(child);
        }
    }
    pieces
}

/// `node` and all below it once more.
fn copied<'a>(arena: &'a Arena<'a>, node: Node<'a>) -> Node<'a> {
    let copy: Node<'a> = arena.alloc(AstNode::new(RefCell::new(node.data().clone())));
    for child in node.children() {
        copy.append(copied(arena, child));
    }
    copy
}

/// Where the lines of a text begin, as byte offsets.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        Self(std::iter::once(0).chain(ends).chain([text.len()]).collect())
    }

    /// Bytes of the lines that `node` stands on.
    fn bytes(&self, node: Node<'_>) -> usize {
        let lines = node.data().sourcepos;
        let at = |line: usize| self.0.get(line).or(self.0.last()).copied().unwrap_or_default();
        at(lines.end.line).saturating_sub(at(lines.start.line.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use crate::rendering::page::tests::dressed;

    /// How often a tag begins and ends.
    fn count(html: &str, tag: &str) -> (usize, usize) {
        (html.matches(&format!("<{tag}")).count(), html.matches(&format!("</{tag}>")).count())
    }

    fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
        (0..count).map(|number| line(number) + "\n").collect()
    }

    #[test]
    fn a_short_page_is_one() {
        assert!(!dressed(&lines(300, |n| format!("Paragraph {n}.\n"))).contains("class=\"far\""));
    }

    #[test]
    fn what_is_far_down_is_set_apart_and_nothing_is_lost() {
        let html = dressed(&lines(3_000, |n| format!("Paragraph {n} of many.\n")));
        let far = html.matches("<div class=\"far\">").count();
        assert!((6..10).contains(&far), "{far}");
        assert_eq!(count(&html, "div"), (far, far));
        assert_eq!(count(&html, "p"), (3_000, 3_000));
        let first = html.find("<div class=\"far\">").unwrap();
        assert!((4_000..10_000).contains(&first), "{first}");
        let told: Vec<usize> =
            (0..3_000).map(|n| html.find(&format!(" {n} of")).unwrap()).collect();
        assert!(told.is_sorted());
    }

    #[test]
    fn a_table_goes_on_under_the_same_heads() {
        let rows = lines(2_000, |n| format!("| {n} | right | `code` of {n} |"));
        let html = dressed(&format!("| A | *B* | C |\n|---|--:|---|\n{rows}"));
        let tables = html.matches("<table>").count();
        assert!(tables > 4, "{tables}");
        assert_eq!(html.matches("<div class=\"table\" tabindex=\"0\">").count(), tables);
        assert_eq!(html.matches("<th align=\"right\"><em>B</em></th>").count(), tables);
        for (tag, times) in [("table", tables), ("thead>", tables), ("tbody", tables)] {
            assert_eq!(html.matches(&format!("<{tag}")).count(), times, "{tag}");
        }
        assert_eq!(count(&html, "tr"), (2_000 + tables, 2_000 + tables));
        assert_eq!(html.matches("<td align=\"right\">right</td>").count(), 2_000);
        let (begun, ended) = count(&html, "div");
        assert_eq!(begun, ended);
    }

    #[test]
    fn long_rows_stand_together_under_their_heads() {
        let wide = "many words ".repeat(300);
        let rows = lines(50, |n| format!("| {n} | {wide} |"));
        let html = dressed(&format!("| A | B |\n|---|---|\n{rows}"));
        let rows: Vec<usize> =
            html.split("<table>").skip(1).map(|table| table.matches("<tr>").count() - 1).collect();
        assert_eq!(rows, [12, 12, 12, 12, 2]);
    }

    #[test]
    fn a_list_goes_on_with_its_numbers() {
        let html = dressed(&lines(2_000, |n| format!("{}. item with several words", n + 1)));
        let (lists, ended) = count(&html, "ol");
        assert!(lists > 4 && lists == ended, "{lists}");
        assert_eq!(count(&html, "li"), (2_000, 2_000));
        let mut items = 0;
        for list in html.split("<ol").skip(1) {
            let start = list.strip_prefix(" start=\"").and_then(|it| it.split_once('"'));
            assert_eq!(start.map_or(1, |(start, _)| start.parse().unwrap()), items + 1);
            items += list.matches("<li>").count();
        }
    }

    #[test]
    fn stop_conditions_stay_together() {
        let many = lines(900, |n| format!("Paragraph {n} before.\n"));
        let stop = lines(900, |n| format!("- Stop where it says {n}."));
        let html = dressed(&format!("{many}\n## Stop conditions\n\n{stop}\n## After\n\n{many}"));
        let (_, inside) = html.split_once("<div class=\"stop\"").unwrap();
        let (inside, behind) = inside.split_once("</ul>").unwrap();
        assert_eq!(inside.matches("<li>").count(), 900);
        assert!(!inside.contains("<div"), "a part within stop conditions");
        assert!(behind.starts_with("\n</div>"), "{}", &behind[..80]);
        let (begun, ended) = count(&html, "div");
        assert_eq!(begun, ended);
        let mut depth = 0_i32;
        for piece in html.split('<') {
            depth += i32::from(piece.starts_with("div")) - i32::from(piece.starts_with("/div"));
            assert!((0..=2).contains(&depth), "{piece}");
        }
    }
}
