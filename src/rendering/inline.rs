//! Running text for a terminal: words with their styles, wrapped.

use anstyle::{AnsiColor, Style};
use comrak::Node;
use comrak::nodes::NodeValue;
use unicode_width::UnicodeWidthStr;

use super::html::is_comment;
use super::{MAX_DEPTH, visible, visible_line};

const STRONG: Style = Style::new().bold();
const EMPHASIS: Style = Style::new().italic();
const STRUCK: Style = Style::new().strikethrough();
const CODE: Style = AnsiColor::Green.on_default();
const TARGET: Style = AnsiColor::Cyan.on_default();

/// The words of one paragraph, heading or cell.
#[derive(Debug, Default)]
pub(super) struct Words {
    done: Vec<Word>,
    current: Word,
    styles: Vec<Style>,
}

/// What no line break may cut: letters, or code and targets with their spaces.
#[derive(Debug, Default, Clone)]
struct Word {
    letters: String,
    /// Columns; styles take none.
    width: usize,
    /// The author broke the line here.
    ends_line: bool,
}

impl Words {
    /// The running text of `node`, in `style`.
    pub(super) fn of(node: Node<'_>, style: Option<Style>) -> Self {
        let mut words = Self::default();
        words.styled(style, |words| words.children(node, 0));
        words.end_word(false);
        words
    }

    /// Columns on one line.
    pub(super) fn width(&self) -> usize {
        let words: usize = self.done.iter().map(|word| word.width + 1).sum();
        words.saturating_sub(1)
    }

    /// All on one line.
    pub(super) fn line(&self) -> String {
        self.done.iter().map(|word| word.letters.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// On lines of at most `width` columns, unless one word is wider.
    pub(super) fn wrapped(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut used) = (String::new(), 0);
        for word in &self.done {
            if used > 0 && used + 1 + word.width > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(&word.letters);
            used += word.width;
            if word.ends_line {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    fn children(&mut self, node: Node<'_>, depth: usize) {
        for child in node.children() {
            self.node(child, depth + 1);
        }
    }

    fn node(&mut self, node: Node<'_>, depth: usize) {
        if depth > MAX_DEPTH {
            return self.text(&plain(node));
        }
        match &node.data().value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak => self.end_word(false),
            NodeValue::LineBreak => self.end_word(true),
            NodeValue::Code(code) => {
                let fence = if code.literal.contains('`') { "``" } else { "`" };
                let text = format!("{fence}{}{fence}", visible_line(&code.literal));
                self.styled(Some(CODE), |words| words.push(&text));
            }
            NodeValue::HtmlInline(html) if is_comment(html) => {}
            NodeValue::HtmlInline(html) if html.to_ascii_lowercase().starts_with("<br") => {
                self.end_word(true);
            }
            NodeValue::HtmlInline(html) => self.text(html),
            NodeValue::Strong => self.styled(Some(STRONG), |words| words.children(node, depth)),
            NodeValue::Emph => self.styled(Some(EMPHASIS), |words| words.children(node, depth)),
            NodeValue::Strikethrough => {
                self.styled(Some(STRUCK), |words| words.children(node, depth));
            }
            NodeValue::Link(link) => {
                self.children(node, depth);
                self.target(&link.url, &plain(node));
            }
            NodeValue::Image(image) => {
                self.push("[image: ");
                self.children(node, depth);
                self.push("]");
                self.target(&image.url, "");
            }
            NodeValue::FootnoteReference(footnote) => {
                self.push(&format!("[^{}]", visible_line(&footnote.name)));
            }
            _ => self.children(node, depth),
        }
    }

    /// Where a link leads, unless its text says so already.
    fn target(&mut self, url: &str, text: &str) {
        if url == text || url.strip_prefix("mailto:") == Some(text) || url.is_empty() {
            return;
        }
        self.end_word(false);
        let target = format!("<{}>", visible_line(url));
        self.styled(Some(TARGET), |words| words.push(&target));
    }

    fn text(&mut self, text: &str) {
        let text = visible(text);
        for (at, part) in text.split(char::is_whitespace).enumerate() {
            if at > 0 {
                self.end_word(false);
            }
            self.push(part);
        }
    }

    fn push(&mut self, text: &str) {
        self.current.letters.push_str(text);
        self.current.width += text.width();
    }

    fn styled(&mut self, style: Option<Style>, inside: impl FnOnce(&mut Self)) {
        let Some(style) = style else { return inside(self) };
        self.styles.push(style);
        self.current.letters.push_str(&style.render().to_string());
        inside(self);
        self.current.letters.push_str(&style.render_reset().to_string());
        self.styles.pop();
        for outer in &self.styles {
            self.current.letters.push_str(&outer.render().to_string());
        }
    }

    /// Styles never reach over the end of a word, so that wrapped lines can
    /// be set off at their left.
    fn end_word(&mut self, ends_line: bool) {
        if self.current.width == 0 {
            if let (true, Some(last)) = (ends_line, self.done.last_mut()) {
                last.ends_line = true;
            }
            // A style that ends behind the last word still has to be closed.
            if let (true, Some(last)) = (self.styles.is_empty(), self.done.last_mut()) {
                last.letters.push_str(&std::mem::take(&mut self.current.letters));
            }
            return;
        }
        let mut word = std::mem::take(&mut self.current);
        for style in &self.styles {
            word.letters.push_str(&style.render_reset().to_string());
            self.current.letters.push_str(&style.render().to_string());
        }
        word.ends_line = ends_line;
        self.done.push(word);
    }
}

/// The text of a node without markup.
pub(super) fn plain(node: Node<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
