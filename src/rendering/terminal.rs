//! Markdown as a terminal shows it: readable without colour, code to copy.

use anstyle::{AnsiColor, Style};
use comrak::nodes::{ListType, NodeCodeBlock, NodeList, NodeValue};
use comrak::{Arena, Node, parse_document};

use super::html::is_comment;
use super::inline::Words;
use super::{MAX_DEPTH, table, visible, visible_line};

const HEADING: Style = Style::new().bold();
const FENCE: Style = Style::new().dimmed();
const CODE: Style = AnsiColor::Green.on_default();

/// How it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns that running text may fill.
    pub width: usize,
}

/// `markdown` as lines with ANSI styles. Lines of code stand at the margin as
/// they are, between fences, so that they can be copied whole.
pub fn terminal(markdown: &str, look: Look) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &super::options());
    let mut text = String::new();
    for line in children(root, look.width.max(20), 0, true) {
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

/// One line; code is never set off at its left.
struct Line {
    text: String,
    is_code: bool,
}

fn children(node: Node<'_>, width: usize, depth: usize, loose: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for child in node.children() {
        let block = block(child, width, depth + 1);
        if block.is_empty() {
            continue;
        }
        if !lines.is_empty() && (loose || starts_apart(child)) {
            lines.push(prose(String::new()));
        }
        lines.extend(block);
    }
    lines
}

/// Code stands apart even in a tight list.
fn starts_apart(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::CodeBlock(_) | NodeValue::Table(_))
}

fn block(node: Node<'_>, width: usize, depth: usize) -> Vec<Line> {
    let width = width.max(20);
    if depth > MAX_DEPTH {
        return Words::of(node, None).wrapped(width).into_iter().map(prose).collect();
    }
    match &node.data().value {
        NodeValue::Heading(heading) => {
            let marks = "#".repeat(heading.level.into());
            let text = Words::of(node, Some(HEADING)).line();
            vec![prose(format!("{HEADING}{marks}{HEADING:#} {text}"))]
        }
        NodeValue::CodeBlock(code) => code_lines(code),
        NodeValue::HtmlBlock(html) if is_comment(&html.literal) => Vec::new(),
        NodeValue::HtmlBlock(html) => {
            html.literal.lines().map(|line| prose(visible_line(line).into_owned())).collect()
        }
        NodeValue::ThematicBreak => vec![prose("---".to_owned())],
        NodeValue::List(list) => list_lines(node, list, width, depth),
        NodeValue::BlockQuote => {
            set_off(children(node, width - 2, depth, true), "\u{2502} ", "\u{2502} ")
        }
        NodeValue::FootnoteDefinition(footnote) => {
            let label = format!("[^{}]: ", visible_line(&footnote.name));
            set_off(children(node, width.saturating_sub(4), depth, true), &label, "    ")
        }
        NodeValue::Table(found) => {
            table::lines(node, &found.alignments, width).into_iter().map(prose).collect()
        }
        _ => Words::of(node, None).wrapped(width).into_iter().map(prose).collect(),
    }
}

fn prose(text: String) -> Line {
    Line { text, is_code: false }
}

fn code_lines(code: &NodeCodeBlock) -> Vec<Line> {
    let longest = code.literal.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let line = |text: String| Line { text, is_code: true };
    let mut lines = vec![line(format!("{FENCE}{fence}{}{FENCE:#}", visible_line(&code.info)))];
    lines.extend(code.literal.lines().map(|text| {
        let text = visible(text);
        line(if text.is_empty() { String::new() } else { format!("{CODE}{text}{CODE:#}") })
    }));
    lines.push(line(format!("{FENCE}{fence}{FENCE:#}")));
    lines
}

fn list_lines(node: Node<'_>, list: &NodeList, width: usize, depth: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, item) in node.children().enumerate() {
        let mark = match list.list_type {
            ListType::Ordered => format!("{}. ", list.start.saturating_add(at)),
            ListType::Bullet => "- ".to_owned(),
        };
        let mark = match &item.data().value {
            NodeValue::TaskItem(task) if task.symbol.is_some() => format!("{mark}[x] "),
            NodeValue::TaskItem(_) => format!("{mark}[ ] "),
            _ => mark,
        };
        if at > 0 && !list.tight {
            lines.push(prose(String::new()));
        }
        let inner = children(item, width.saturating_sub(mark.len()), depth + 1, !list.tight);
        let inner = if inner.is_empty() { vec![prose(String::new())] } else { inner };
        lines.extend(set_off(inner, &mark, &" ".repeat(mark.len())));
    }
    lines
}

/// Puts `first` before the first line and `rest` before the others.
fn set_off(lines: Vec<Line>, first: &str, rest: &str) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let prefix = if out.is_empty() { first } else { rest };
        if line.is_code {
            if out.is_empty() {
                out.push(prose(first.trim_end().to_owned()));
            }
            out.push(line);
        } else {
            out.push(prose(format!("{prefix}{}", line.text).trim_end().to_owned()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        anstream::adapter::strip_str(&terminal(markdown, Look { width: 40 })).to_string()
    }

    #[test]
    fn code_stands_at_the_margin_as_it_is() {
        let text = plain("1. do:\n\n   ```sh\n   kubectl  get \\\n     pods\n   ```\n2. then\n");
        assert_eq!(text, "1. do:\n\n```sh\nkubectl  get \\\n  pods\n```\n\n2. then\n");
    }

    #[test]
    fn links_show_where_they_lead() {
        assert_eq!(plain("[a b](c.md#d) <https://x.y>\n"), "a b <c.md#d> https://x.y\n");
    }

    #[test]
    fn text_is_wrapped_and_lists_are_set_off() {
        let text = plain("- one two three four five six seven eight nine\n  - [x] done\n\n> q\n");
        let wanted =
            "- one two three four five six seven\n  eight nine\n  - [x] done\n\n\u{2502} q\n";
        assert_eq!(text, wanted);
    }

    #[test]
    fn tables_are_aligned_where_they_fit() {
        assert_eq!(plain("|a|bc|\n|-|-:|\n|xx|y|\n"), "a   bc\n--  --\nxx   y\n");
        let wide = "y".repeat(50);
        assert_eq!(plain(&format!("|a|b|\n|-|-|\n|x|{wide}|\n")), format!("a | b\nx | {wide}\n"));
    }

    #[test]
    fn control_characters_do_not_pass() {
        for markdown in [
            "a\u{1b}[2Jb\n",
            "```\n\u{1b}]0;x\u{7}\n```\n",
            "`\u{1b}c`\n",
            "[x](<a\u{1b}b>)\n",
            "<i\u{1b}>\n",
        ] {
            assert!(!plain(markdown).contains('\u{1b}'), "{markdown:?}");
        }
        assert_eq!(plain("```\r\nx\r\n```\r\n"), "```\nx\n```\n");
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(plain(&format!("{}x\n", "> ".repeat(5_000))).len() < 100_000);
        assert!(plain(&format!("{}x{}\n", "*".repeat(5_000), "*".repeat(5_000))).contains('x'));
    }
}
