//! One walk over the Markdown events: sections, anchors, prose, code, links.
//!
//! A heading opens a section only at the top level; one inside a list, a
//! quote or a footnote is text of the section around it, but takes an anchor
//! as it does when the page is rendered. Every step is linear in the file.

mod links;
mod markup;
mod outline;
mod prose;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::link::{Link, LinkKind};
use super::section::{Section, Span};
use super::slug::Slugs;
use super::text::{Text, offset};
use links::OpenLink;
use outline::Heading;
use prose::end_line;

/// What a walk found.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) h1: Option<String>,
    pub(super) sections: Vec<Section>,
    pub(super) links: Vec<Link>,
    /// Where each of `links` writes its destination.
    pub(super) written: Vec<Written>,
    /// In file order.
    pub(super) definitions: Vec<Definition>,
    pub(super) anchors: Vec<String>,
    pub(super) html_anchors: Vec<String>,
    pub(super) code: Vec<Span>,
    pub(super) comments: Vec<Span>,
    /// The first HTML comment that speaks of freshness, with its offset.
    pub(super) freshness: Option<(u32, String)>,
}

/// Where a link's destination is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// In the parentheses that follow this offset, where the link's text ends.
    Behind(usize),
    /// Here.
    At(Span),
    /// In a definition, or nowhere.
    Elsewhere,
}

/// `[label]: destination`, the first of its label.
pub(super) struct Definition {
    pub(super) range: Range<usize>,
    /// Unescaped.
    pub(super) dest: String,
}

/// Reads the file's text from `body` on.
pub(super) fn read(text: &Text<'_>, body: usize) -> Reading {
    let source = &text.as_str()[body..];
    let mut reader = Reader::new(text);
    let events = Parser::new_ext(source, options()).into_offset_iter();
    let definitions = events.reference_definitions().iter().map(|(_, it)| Definition {
        range: body + it.span.start..body + it.span.end,
        dest: it.dest.to_string(),
    });
    reader.found.definitions.extend(definitions);
    reader.found.definitions.sort_by_key(|it| it.range.start);
    for (event, range) in events {
        reader.event(event, body + range.start..body + range.end);
    }
    reader.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

struct Reader<'a> {
    text: &'a Text<'a>,
    found: Reading,
    slugs: Slugs,
    /// Open lists, items, quotes, footnotes.
    depth: usize,
    heading: Option<Heading>,
    in_code: bool,
    /// The HTML block that is being read, and where its lines stand in the file.
    html: Option<(String, Vec<(usize, usize)>)>,
    /// Inside `<pre>`, whose text is code.
    in_pre: bool,
    /// Text since the first link that is still open.
    inline: String,
    open_links: Vec<OpenLink>,
    html_link: Option<OpenLink>,
    /// Where the last link or image ended.
    link_end: usize,
    /// Plain text that has not been searched for mentions.
    run: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Text<'a>) -> Self {
        let found = Reading { sections: vec![Section::default()], ..Reading::default() };
        Self {
            text,
            found,
            slugs: Slugs::default(),
            depth: 0,
            heading: None,
            in_code: false,
            html: None,
            in_pre: false,
            inline: String::new(),
            open_links: Vec::new(),
            html_link: None,
            link_end: usize::MAX,
            run: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if !matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) {
            self.pass(range.end);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if self.in_code => self.section().code.push_str(&text),
            Event::Text(text) => {
                self.extend_run(range);
                self.say(&text);
            }
            Event::Code(text) => {
                self.search_run();
                self.found.code.push(span(&range));
                self.say(&text);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.say(&text),
            Event::Html(text) => match &mut self.html {
                Some((buffer, places)) => {
                    places.push((buffer.len(), range.start));
                    buffer.push_str(&text);
                }
                None => self.read_html(&text, &[(0, range.start)]),
            },
            Event::InlineHtml(text) => {
                self.search_run();
                self.read_html(&text, &[(0, range.start)]);
            }
            Event::FootnoteReference(_) => {
                self.search_run();
                self.gap(' ');
            }
            Event::SoftBreak | Event::HardBreak => {
                self.extend_run(range);
                self.line_break();
            }
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.extend_run(range.start..range.start + 1);
                return;
            }
            Tag::Link { link_type, dest_url, .. } => {
                let written = Written::of(link_type, &range, 1);
                return self.open_link(LinkKind::of(link_type), &dest_url, range, written);
            }
            Tag::Image { link_type, dest_url, .. } => {
                let written = Written::of(link_type, &range, 2);
                return self.open_link(LinkKind::Image, &dest_url, range, written);
            }
            Tag::TableCell => {
                self.search_run();
                return self.cell();
            }
            _ => self.search_run(),
        }
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level as u8, &range),
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.found.code.push(span(&range));
            }
            Tag::HtmlBlock => {
                self.in_pre = false;
                self.html = Some((String::new(), Vec::new()));
            }
            Tag::List(_) | Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.depth += 1;
            }
            _ => {}
        }
        self.gap('\n');
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                if let Some(run) = &mut self.run {
                    run.end = range.end;
                }
                return;
            }
            TagEnd::Link | TagEnd::Image => return self.close_link(range.end),
            TagEnd::TableCell => return self.search_run(),
            _ => self.search_run(),
        }
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                end_line(&mut self.section().code);
            }
            TagEnd::HtmlBlock => {
                if let Some((buffer, places)) = self.html.take() {
                    self.read_html(&buffer, &places);
                }
            }
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
        self.gap('\n');
    }

    fn finish(mut self) -> Reading {
        self.search_run();
        self.close_html_link();
        let end = self.text.len();
        self.close_section(end);
        self.found.sort_links();
        self.found
    }
}

impl Reading {
    fn sort_links(&mut self) {
        let links = std::mem::take(&mut self.links).into_iter();
        let mut both: Vec<_> = links.zip(std::mem::take(&mut self.written)).collect();
        both.sort_by_key(|(link, _)| link.span.start);
        (self.links, self.written) = both.into_iter().unzip();
    }
}

fn span(range: &Range<usize>) -> Span {
    Span { start: offset(range.start), end: offset(range.end) }
}
