//! YAML as a tree whose nodes know where they stand and how they are written.
//!
//! For readers that must name a line, or that care for notation: strict
//! manifests and the rules of templates. Nothing is resolved: every scalar is
//! the text that its author sees. A document is one mapping, list or text;
//! more than one is an error. Linear in the text; nesting is bounded.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StructureStyle};

/// Nesting of lists and mappings.
const MAX_DEPTH: usize = 32;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// 1-based line in the text.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
    /// Byte offsets of a scalar in the text; for others where they begin.
    pub span: (usize, usize),
    /// What it is.
    pub shape: Shape,
    /// The `!tag` that it carries, as written.
    pub tag: Option<String>,
    /// True if it carries an `&anchor`, or is an `*alias`.
    pub anchored: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A scalar, with its escapes read.
    Text(String, Notation),
    /// Items in order.
    List(Vec<Node>, Layout),
    /// Pairs in order, equal keys included.
    Mapping(Vec<(Node, Node)>, Layout),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Without quotes.
    Plain,
    /// Between `'`.
    Single,
    /// Between `"`.
    Double,
    /// After `|` or `>`.
    Block,
}

/// How a list or a mapping is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// By indentation.
    Block,
    /// Between `[ ]` or `{ }`.
    Flow,
}

/// A text that is no YAML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Malformed {
    /// 1-based line in the text.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
    /// What is wrong: lower-case, no full stop.
    pub message: String,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// The pairs of a mapping.
    pub fn pairs(&self) -> Option<&[(Node, Node)]> {
        match &self.shape {
            Shape::Mapping(pairs, _) => Some(pairs),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.shape {
            Shape::List(items, _) => Some(items),
            _ => None,
        }
    }

    /// True where nothing is written, or `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.shape, Shape::Text(text, Notation::Plain)
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Calls `each` for this node and every one below it, keys included.
    pub fn walk(&self, each: &mut dyn FnMut(&Node)) {
        each(self);
        match &self.shape {
            Shape::Text(..) => {}
            Shape::List(items, _) => items.iter().for_each(|item| item.walk(each)),
            Shape::Mapping(pairs, _) => pairs.iter().for_each(|(key, value)| {
                key.walk(each);
                value.walk(each);
            }),
        }
    }
}

/// Reads one document; `None` where the text holds none.
pub fn read(text: &str) -> Result<Option<Node>, Malformed> {
    let mut reader = Reader { text, events: Parser::new_from_str(text), anchors: HashMap::new() };
    let mut root = None;
    let mut documents = 0;
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    return Err(at(&span, "a second document begins"));
                }
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            event => root = Some(reader.node(event, &span, 0)?),
        }
    }
    Ok(root)
}

/// Reads a stream of documents; what is wrong ends it, and what stands above
/// that is kept.
pub fn read_all(text: &str) -> (Vec<Node>, Option<Malformed>) {
    let mut reader = Reader { text, events: Parser::new_from_str(text), anchors: HashMap::new() };
    let mut roots = Vec::new();
    loop {
        let root = match reader.next() {
            Ok(None) => return (roots, None),
            Ok(Some((
                Event::DocumentStart(..)
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentEnd,
                _,
            ))) => continue,
            Ok(Some((event, span))) => reader.node(event, &span, 0),
            Err(error) => Err(error),
        };
        match root {
            Ok(root) => roots.push(root),
            Err(error) => return (roots, Some(error)),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    events: Parser<'a, granit_parser::StrInput<'a>>,
    /// Scalars that have a name; larger things are not repeated.
    anchors: HashMap<usize, Shape>,
}

impl<'a> Reader<'a> {
    /// The next event that is no comment.
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Malformed> {
        loop {
            match self.events.next() {
                None => return Ok(None),
                Some(Err(error)) => return Err(malformed(&error)),
                Some(Ok((Event::Comment(..), _))) => {}
                Some(Ok(found)) => return Ok(Some(found)),
            }
        }
    }

    fn expect(&mut self) -> Result<(Event<'a>, Span), Malformed> {
        let end = Malformed { line: 1, column: 1, message: "the text ends too early".to_owned() };
        self.next()?.ok_or(end)
    }

    fn node(&mut self, event: Event<'a>, span: &Span, depth: usize) -> Result<Node, Malformed> {
        if depth > MAX_DEPTH {
            return Err(at(span, &format!("nesting is deeper than {MAX_DEPTH}")));
        }
        let tag = span.tag_span().and_then(|tag| tag.slice(self.text)).map(str::to_owned);
        let (shape, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                // Where nothing is written the parser says `~`.
                let is_written = span.slice(self.text).is_none_or(|it| !it.is_empty());
                let text = if is_written { text.into_owned() } else { String::new() };
                let shape = Shape::Text(text, notation(style));
                self.anchors.extend((anchor > 0).then(|| (anchor, shape.clone())));
                (shape, anchor)
            }
            Event::SequenceStart(style, anchor, _) => {
                let mut items = Vec::new();
                loop {
                    match self.expect()? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => items.push(self.node(event, &span, depth + 1)?),
                    }
                }
                (Shape::List(items, layout(style)), anchor)
            }
            Event::MappingStart(style, anchor, _) => {
                let mut pairs = Vec::new();
                loop {
                    let (event, span) = self.expect()?;
                    if matches!(event, Event::MappingEnd) {
                        break;
                    }
                    let key = self.node(event, &span, depth + 1)?;
                    let (event, span) = self.expect()?;
                    pairs.push((key, self.node(event, &span, depth + 1)?));
                }
                (Shape::Mapping(pairs, layout(style)), anchor)
            }
            Event::Alias(id) => {
                let known = self.anchors.get(&id).cloned();
                (known.unwrap_or(Shape::List(Vec::new(), Layout::Flow)), id)
            }
            _ => return Err(at(span, "a value is missing")),
        };
        let (line, column) = place(span);
        let span = span.byte_range().map_or((0, 0), |range| (range.start, range.end));
        Ok(Node { line, column, span, shape, tag, anchored: anchor > 0 })
    }
}

fn notation(style: ScalarStyle) -> Notation {
    match style {
        ScalarStyle::Plain => Notation::Plain,
        ScalarStyle::SingleQuoted => Notation::Single,
        ScalarStyle::DoubleQuoted => Notation::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => Notation::Block,
    }
}

fn layout(style: StructureStyle) -> Layout {
    match style {
        StructureStyle::Block => Layout::Block,
        StructureStyle::Flow => Layout::Flow,
    }
}

fn place(span: &Span) -> (u32, u32) {
    numbers(span.start.line(), span.start.col())
}

/// The parser counts lines from 1 and columns from 0.
fn numbers(line: usize, column: usize) -> (u32, u32) {
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
}

fn at(span: &Span, message: &str) -> Malformed {
    let (line, column) = place(span);
    Malformed { line, column, message: message.to_owned() }
}

fn malformed(error: &ScanError) -> Malformed {
    let (line, column) = numbers(error.marker().line(), error.marker().col());
    let info = error.info();
    let message = info.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    Malformed { line, column, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_lines_and_notations() {
        let text = "a: 0012\nb: [x, 'y']\nc:\n  - \"z\"\n";
        let root = read(text).unwrap().unwrap();
        let pairs = root.pairs().unwrap();
        let lines: Vec<u32> = pairs.iter().map(|(key, _)| key.line).collect();
        assert_eq!(lines, [1, 2, 3]);
        assert_eq!(pairs[0].1.shape, Shape::Text("0012".to_owned(), Notation::Plain));
        assert!(matches!(&pairs[1].1.shape, Shape::List(items, Layout::Flow) if items.len() == 2));
        let deep = &pairs[2].1.items().unwrap()[0];
        assert_eq!((deep.line, deep.column, &text[deep.span.0..deep.span.1]), (4, 5, "\"z\""));
    }

    #[test]
    fn names_and_tags_are_noticed_and_bombs_are_not_blown_up() {
        let root = read("a: &n x\nb: *n\nc: !t y\n").unwrap().unwrap();
        let pairs = root.pairs().unwrap();
        assert!(pairs[0].1.anchored && pairs[1].1.anchored);
        assert_eq!(pairs[2].1.tag.as_deref(), Some("!t"));
        assert_eq!(pairs[1].1.text(), Some("x"));
        let mut bomb = "a0: &a0 [x,x,x]\n".to_owned();
        for i in 1..40 {
            bomb.push_str(&format!("a{i}: &a{i} [*a{0},*a{0},*a{0}]\n", i - 1));
        }
        assert!(read(&bomb).is_ok());
        assert!(read(&"[".repeat(10_000)).is_err());
    }

    #[test]
    fn documents_of_a_stream_are_read_up_to_what_is_wrong() {
        let (roots, wrong) = read_all("a: 1\n---\nb: 2\n---\n");
        assert_eq!((roots[1].pairs().unwrap()[0].0.line, wrong), (3, None));
        let (roots, wrong) = read_all("a: 1\n---\nb: [x\nc: d\n");
        assert_eq!((roots.len(), wrong.map(|it| it.line > 2)), (1, Some(true)));
        assert_eq!(read_all(""), (Vec::new(), None));
    }

    #[test]
    fn what_is_no_single_document_is_an_error_with_its_line() {
        assert_eq!(read("a: 1\nb: [x\nc: d: e\n").map_err(|it| it.line > 1), Err(true));
        assert!(read("a: 1\n---\nb: 2\n").is_err());
        assert_eq!(read("# nothing\n"), Ok(None));
        let root = read("a:\nb: ~\n").unwrap().unwrap();
        let texts: Vec<_> = root.pairs().unwrap().iter().map(|(_, value)| value.text()).collect();
        assert_eq!(texts, [Some(""), Some("~")]);
    }
}
