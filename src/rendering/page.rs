//! A page's Markdown as HTML for a browser: links that can be followed, code and
//! tables that can be scrolled, stop conditions set off.
//!
//! Every element is written here or by comrak, none comes from the file: its HTML is
//! shown as text, but for a few signs without attributes. A destination is followed
//! only where it begins as one of a short list; everything else is text.

mod far;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write as _};

use comrak::html::{
    ChildRendering, Context, escape, escape_href, format_document_with_formatter,
    format_node_default,
};
use comrak::nodes::{NodeCodeBlock, NodeHeading, NodeValue};
use comrak::{Arena, Node, options::Plugins, parse_document};

use self::far::Far;
use super::html::is_comment;
use super::inline::plain;
use super::visible;
use crate::document::mentioned;
use crate::sop::{is_stop_heading, is_stop_text};

/// Schemes that a link may have.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
/// What a file may write as HTML: marks of running text, without attributes.
const MARKS: [&str; 9] =
    ["<br>", "<br/>", "<br />", "<kbd>", "</kbd>", "<sub>", "</sub>", "<sup>", "</sup>"];

/// Where a link leads that stays within the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// There.
    To(String),
    /// To a picture, which is shown.
    Picture(String),
    /// Nowhere, and why.
    Nowhere(String),
}

/// What a page is dressed with.
pub struct Dressing<'a> {
    /// Lines of headings, 1-based in the text that is rendered, and their anchors.
    pub anchors: Vec<(usize, String)>,
    /// Where the destination of a link leads; `None` is nowhere.
    pub leads: &'a dyn Fn(&str) -> Option<Leads>,
    /// Where `Page` and `ADR-12` lead, which plain text mentions; `None` leaves them as
    /// text. A page of that name is something else than a path of that name.
    pub mentions: &'a dyn Fn(&str) -> Option<Leads>,
    /// Leave out a title that stands first: somebody else writes it.
    pub without_title: bool,
}

/// `markdown` as HTML, without control characters.
pub fn page(markdown: &str, dressing: &Dressing<'_>) -> String {
    let text = markdown.replace("\r\n", "\n");
    let text = visible(&text);
    let arena = Arena::new();
    let options = super::options();
    let root = parse_document(&arena, &text, &options);
    let (opens, closes) = stops(root);
    let far = Far::of(&arena, root, &text, (&opens, &closes));
    let writing = Writing {
        anchors: dressing.anchors.iter().cloned().collect(),
        leads: dressing.leads,
        mentions: dressing.mentions,
        title: dressing.without_title.then(|| title(root)).flatten(),
        opens,
        closes,
        far,
    };
    let mut html = String::new();
    let plugins = Plugins::default();
    let written =
        format_document_with_formatter(root, &options, &mut html, &plugins, node, writing);
    match written {
        Ok(_) => html,
        Err(fmt::Error) => String::new(),
    }
}

/// What is known while the page is written. Blocks at its top are named by their lines.
struct Writing<'a> {
    anchors: HashMap<usize, String>,
    leads: &'a dyn Fn(&str) -> Option<Leads>,
    mentions: &'a dyn Fn(&str) -> Option<Leads>,
    title: Option<usize>,
    opens: HashSet<usize>,
    closes: HashSet<usize>,
    far: Far,
}

type Writer<'o, 'c, 'a> = Context<'o, 'c, Writing<'a>>;

/// The line of a title that stands before everything else.
fn title(root: Node<'_>) -> Option<usize> {
    let first = root.children().find(
        |it| !matches!(&it.data().value, NodeValue::HtmlBlock(block) if is_comment(&block.literal)),
    )?;
    let data = first.data();
    let is_title = matches!(&data.value, NodeValue::Heading(NodeHeading { level: 1, .. }));
    is_title.then_some(data.sourcepos.start.line)
}

/// Where stop conditions begin and end, among the blocks at the page's top: a section
/// under such a heading, a paragraph with such a label, and the list behind a bare one.
fn stops(root: Node<'_>) -> (HashSet<usize>, HashSet<usize>) {
    let (mut opens, mut closes) = (HashSet::new(), HashSet::new());
    let blocks: Vec<Node<'_>> = root.children().collect();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let behind = &blocks[at + 1..];
        let more = match &block.data().value {
            NodeValue::Heading(head) if head.level > 1 && is_stop_heading(&plain(block)) => {
                let ends = |it: &&Node<'_>| matches!(&it.data().value, NodeValue::Heading(next) if next.level <= head.level);
                Some(behind.iter().take_while(|it| !ends(it)).count())
            }
            NodeValue::Paragraph if is_stop_text(&plain(block)) => {
                let is_bare = plain(block).trim_end_matches(['.', ':', ' ']).len() < 20;
                let list =
                    behind.first().is_some_and(|it| matches!(it.data().value, NodeValue::List(_)));
                Some(usize::from(is_bare && list))
            }
            _ => None,
        };
        if let Some(more) = more {
            opens.insert(line(block));
            at += more;
            closes.insert(line(blocks[at]));
        }
        at += 1;
    }
    (opens, closes)
}

fn line(node: Node<'_>) -> usize {
    node.data().sourcepos.start.line
}

fn node(
    context: &mut Writer<'_, '_, '_>,
    node: Node<'_>,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    let is_top = node.parent().is_some_and(|it| matches!(it.data().value, NodeValue::Document));
    if is_top && context.user.title == Some(line(node)) {
        return Ok(ChildRendering::Skip);
    }
    if is_top && entering && context.user.far.begins(node) {
        context.cr()?;
        context.write_str("<div class=\"far\">\n")?;
    }
    if is_top && entering && context.user.opens.contains(&line(node)) {
        context.cr()?;
        context.write_str("<div class=\"stop\" role=\"note\" aria-label=\"Stop conditions\">")?;
    }
    let rendering = one(context, node, entering)?;
    if is_top && !entering && context.user.closes.contains(&line(node)) {
        context.write_str("</div>\n")?;
    }
    if is_top && !entering && context.user.far.ends(node) {
        context.write_str("</div>\n")?;
    }
    Ok(rendering)
}

fn one(
    context: &mut Writer<'_, '_, '_>,
    node: Node<'_>,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    let value = node.data().value.clone();
    match &value {
        NodeValue::Heading(head) => heading(context, node, head.level, entering),
        NodeValue::CodeBlock(block) => code(context, block, entering),
        NodeValue::Link(link) => anchor(context, &link.url, entering),
        NodeValue::Image(image) => picture(context, node, &image.url, entering),
        NodeValue::Text(text) if entering => words(context, node, text),
        NodeValue::TaskItem(task) if entering => {
            context.cr()?;
            let (sign, says) =
                if task.symbol.is_some() { ("☑", "done") } else { ("☐", "open") };
            let box_ =
                format!("<span class=\"box\" role=\"img\" aria-label=\"{says}\">{sign}</span> ");
            context.write_str("<li class=\"task\">")?;
            context.write_str(&box_)?;
            Ok(ChildRendering::HTML)
        }
        NodeValue::TaskItem(_) => {
            context.write_str("</li>\n")?;
            Ok(ChildRendering::HTML)
        }
        NodeValue::Table(_) if entering => {
            context.cr()?;
            context.write_str("<div class=\"table\" tabindex=\"0\">")?;
            format_node_default(context, node, true)
        }
        NodeValue::Table(_) => {
            let rendering = format_node_default(context, node, false)?;
            context.write_str("</div>\n")?;
            Ok(rendering)
        }
        NodeValue::HtmlBlock(block) if is_comment(&block.literal) => Ok(ChildRendering::Skip),
        NodeValue::HtmlInline(html) if is_comment(html) => Ok(ChildRendering::Skip),
        NodeValue::HtmlInline(html) => match mark(html) {
            Some(mark) if entering => context.write_str(mark).map(|()| ChildRendering::HTML),
            Some(_) => Ok(ChildRendering::HTML),
            None => format_node_default(context, node, entering),
        },
        _ => format_node_default(context, node, entering),
    }
}

/// The mark that a file's HTML is, as it is written here.
fn mark(html: &str) -> Option<&'static str> {
    let mark = MARKS.into_iter().find(|mark| mark.eq_ignore_ascii_case(html))?;
    Some(if mark.starts_with("<br") { "<br>" } else { mark })
}

fn heading(
    context: &mut Writer<'_, '_, '_>,
    node: Node<'_>,
    level: u8,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    let name = context.user.anchors.get(&line(node)).cloned().filter(|it| !it.is_empty());
    if entering {
        context.cr()?;
        write!(context, "<h{level}")?;
        if let Some(name) = &name {
            context.write_str(" id=\"")?;
            escape(context, name)?;
            context.write_str("\"")?;
        }
        context.write_str(">")?;
        return Ok(ChildRendering::HTML);
    }
    if let Some(name) = &name {
        context.write_str(" <a class=\"here\" href=\"#")?;
        escape_href(context, name, false)?;
        context.write_str("\" aria-label=\"Link to: ")?;
        escape(context, &plain(node))?;
        context.write_str("\">#</a>")?;
    }
    writeln!(context, "</h{level}>")?;
    Ok(ChildRendering::HTML)
}

/// Scrolls by itself, and so must be reachable by keyboard.
fn code(
    context: &mut Writer<'_, '_, '_>,
    block: &NodeCodeBlock,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    if entering {
        context.cr()?;
        let language = block.info.split_whitespace().next().unwrap_or_default();
        let language: String =
            language.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
        context.write_str("<div class=\"code\"><pre tabindex=\"0\"><code")?;
        if !language.is_empty() {
            write!(context, " class=\"language-{language}\"")?;
        }
        context.write_str(">")?;
        escape(context, &block.literal)?;
        context.write_str("</code></pre></div>\n")?;
    }
    Ok(ChildRendering::HTML)
}

fn anchor(
    context: &mut Writer<'_, '_, '_>,
    url: &str,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    let mut leads = leads(context.user.leads, url);
    // A picture that stands in the page itself is no place to go to.
    if matches!(&leads, Leads::Picture(place) if place.starts_with("data:")) {
        leads = Leads::Nowhere("a drawing, which is shown in pages alone".to_owned());
    }
    if entering {
        open(context, &leads)?;
    } else {
        close(context, &leads)?;
    }
    Ok(ChildRendering::HTML)
}

/// A picture of the memory is shown; any other is a link to where it is.
fn picture(
    context: &mut Writer<'_, '_, '_>,
    node: Node<'_>,
    url: &str,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    let mut leads = leads(context.user.leads, url);
    // A link in a link leads nowhere on its own.
    if is_in_link(node) && matches!(leads, Leads::To(_)) {
        leads = Leads::Nowhere("a picture that is not shown".to_owned());
    }
    match (&leads, entering) {
        (Leads::Picture(place), true) => {
            context.write_str("<img loading=\"lazy\" src=\"")?;
            escape_href(context, place, false)?;
            context.write_str("\" alt=\"")?;
        }
        (Leads::Picture(_), false) => context.write_str("\">")?,
        (leads, true) => {
            open(context, leads)?;
            context.write_str("Picture: ")?;
        }
        (leads, false) => close(context, leads)?,
    }
    Ok(ChildRendering::Plain)
}

fn is_in_link(node: Node<'_>) -> bool {
    node.ancestors().skip(1).any(|it| matches!(it.data().value, NodeValue::Link(_)))
}

fn open(context: &mut Writer<'_, '_, '_>, leads: &Leads) -> fmt::Result {
    match leads {
        Leads::To(place) | Leads::Picture(place) => {
            context.write_str("<a href=\"")?;
            escape_href(context, place, false)?;
            let is_outside = scheme(place).is_some();
            context.write_str(if is_outside { "\" rel=\"noreferrer\">" } else { "\">" })
        }
        Leads::Nowhere(why) => {
            context.write_str("<span class=\"dead\" title=\"")?;
            escape(context, why)?;
            context.write_str("\">")
        }
    }
}

fn close(context: &mut Writer<'_, '_, '_>, leads: &Leads) -> fmt::Result {
    context.write_str(if matches!(leads, Leads::Nowhere(_)) { "</span>" } else { "</a>" })
}

/// Words, and links of the decisions and pages that they mention.
fn words(
    context: &mut Writer<'_, '_, '_>,
    node: Node<'_>,
    text: &str,
) -> Result<ChildRendering, fmt::Error> {
    let mentions = if is_in_link(node) { Vec::new() } else { mentioned(text) };
    let mut at = 0;
    for mention in mentions {
        let Some(leads) = (context.user.mentions)(&mention.written) else { continue };
        escape(context, &text[at..mention.range.start])?;
        open(context, &leads)?;
        escape(context, text[mention.range.clone()].trim_matches(['[', ']']))?;
        close(context, &leads)?;
        at = mention.range.end;
    }
    escape(context, &text[at..])?;
    Ok(ChildRendering::HTML)
}

/// Where a destination leads, as it may be followed.
fn leads(within: &dyn Fn(&str) -> Option<Leads>, url: &str) -> Leads {
    let not = |why: &str| Leads::Nowhere(why.to_owned());
    let bare = bare(url);
    match scheme(&bare) {
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Leads::To(bare.into_owned()),
        Some(_) => not("links of this kind are not followed"),
        None if bare.starts_with("//") || url.contains('\\') => not("it names no page"),
        None => within(url).unwrap_or_else(|| not("it leads nowhere")),
    }
}

/// As browsers read an address: without spaces around it, and without line ends and
/// tabs anywhere.
fn bare(url: &str) -> Cow<'_, str> {
    let inner = url.trim_matches(|c: char| c <= ' ');
    // Nearly all are plain, and a page may have thousands of long ones.
    if inner.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(inner.chars().filter(|c| !c.is_control()).collect())
}

/// The scheme of an address that is [`bare`], in lower case.
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c));
    is_one.then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
