//! A change of a page block by block, as readers see it: paragraphs, list items,
//! tables and code, each whole. What a diff of lines shows of Markdown's source, this
//! shows of what it says.

use comrak::nodes::NodeValue;
use comrak::{Arena, Node, parse_document};
use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};

use super::options;

/// Blocks shown before and behind what changed.
const AROUND: usize = 1;

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Same,
    /// It goes.
    Gone,
    /// It comes.
    New,
}

/// A part of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// A block, as Markdown.
    Block(Fate, String),
    /// Blocks that stay and are left out.
    Gap,
}

/// A block's source, and whether it is a heading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Block {
    text: String,
    is_heading: bool,
}

/// What changes between two texts of a page, without their front matter, with the
/// heading that each change stands under; empty where no block changes.
pub fn changed(before: &str, after: &str) -> Vec<Changed> {
    let (before, after) = (blocks(before), blocks(after));
    let operations = capture_diff_slices(Algorithm::Myers, &before, &after);
    let mut parts = Vec::new();
    let mut shown = 0;
    for group in group_diff_ops(operations, AROUND) {
        let from = group.first().map_or(0, |operation| operation.old_range().start);
        let heading = before[shown..from].iter().rposition(|block| block.is_heading);
        if let Some(heading) = heading.map(|at| shown + at) {
            gap(&mut parts, heading > shown);
            parts.push(Changed::Block(Fate::Same, before[heading].text.clone()));
            gap(&mut parts, heading + 1 < from);
        } else {
            gap(&mut parts, from > shown);
        }
        for operation in &group {
            parts.extend(told(operation, &before, &after));
            shown = operation.old_range().end;
        }
    }
    let is_cut = !parts.is_empty() && shown < before.len();
    gap(&mut parts, is_cut);
    parts
}

fn gap(parts: &mut Vec<Changed>, is_there: bool) {
    if is_there {
        parts.push(Changed::Gap);
    }
}

fn told(operation: &DiffOp, before: &[Block], after: &[Block]) -> Vec<Changed> {
    let fate = |tag| match tag {
        ChangeTag::Equal => Fate::Same,
        ChangeTag::Delete => Fate::Gone,
        ChangeTag::Insert => Fate::New,
    };
    let changes = operation.iter_changes(before, after);
    changes.map(|it| Changed::Block(fate(it.tag()), it.value().text)).collect()
}

fn blocks(text: &str) -> Vec<Block> {
    let front = crate::document::front_block(text.as_bytes());
    // All of a file that has no such block is given back.
    let body = if front.len() == text.len() { text } else { &text[front.len()..] };
    let body = body.replace("\r\n", "\n");
    let lines: Vec<&str> = body.split('\n').collect();
    let arena = Arena::new();
    let root = parse_document(&arena, &body, &options());
    let mut blocks = Vec::new();
    for node in root.children() {
        let is_list = matches!(node.data().value, NodeValue::List(_));
        if is_list {
            blocks.extend(node.children().map(|item| block(item, &lines)));
        } else {
            blocks.push(block(node, &lines));
        }
    }
    blocks
}

fn block(node: Node<'_>, lines: &[&str]) -> Block {
    let data = node.data();
    let (start, end) = (data.sourcepos.start.line, data.sourcepos.end.line);
    let lines = lines.get(start.saturating_sub(1)..end.min(lines.len())).unwrap_or_default();
    let text = lines.join("\n").trim_end().to_owned();
    Block { text, is_heading: matches!(data.value, NodeValue::Heading(_)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let one = |it: &Changed| match it {
            Changed::Gap => "…".to_owned(),
            Changed::Block(Fate::Same, text) => format!("={text}"),
            Changed::Block(Fate::Gone, text) => format!("-{text}"),
            Changed::Block(Fate::New, text) => format!("+{text}"),
        };
        changed(before, after).iter().map(one).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_change_stands_under_its_heading() {
        let before =
            "---\nkind: runbook\n---\n# T\n\none\n\n## A\n\ntwo\n\nthree\n\n## B\n\nfour\n";
        let after = before.replace("three\n", "three\n\nthree *and a half*\n");
        assert_eq!(shown(before, &after), "…|=## A|…|=three|+three *and a half*|=## B|…");
        assert_eq!(shown(before, &before.replace("kind: runbook", "kind: sop")), "");
        assert_eq!(shown("", "# New\n\nwords\n"), "+# New|+words");
        assert_eq!(shown("a\r\n\r\nb\r\n", "a\n\nc\n"), "=a|-b|+c");
    }

    #[test]
    fn items_and_code_are_blocks() {
        let before = "## Steps\n\n1. look\n2. drain\n\n```sh\na\n\nb\n```\n";
        let after = before.replace("2. drain\n", "2. drain it\n   - slowly\n3. say so\n");
        assert_eq!(
            shown(before, &after),
            "=## Steps|=1. look|-2. drain|+2. drain it\n   - slowly|+3. say so|=```sh\na\n\nb\n```"
        );
    }
}
