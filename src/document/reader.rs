//! One walk over the Markdown events: sections, anchors, prose, code, links.
//!
//! A heading opens a section only at the top level; one inside a list, a
//! quote or a footnote is text of the section around it, but takes an anchor
//! as it does when the page is rendered. Every step is linear in the file.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::html::{self, Piece};
use super::link::{self, Link, LinkKind};
use super::mention;
use super::section::{Section, Span};
use super::slug::Slugs;
use super::text::{Text, offset};

/// Longest text that a link keeps, in bytes; nested links would repeat it.
const MAX_LINK_TEXT: usize = 300;

/// What a walk found.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) h1: Option<String>,
    pub(super) sections: Vec<Section>,
    pub(super) links: Vec<Link>,
    pub(super) anchors: Vec<String>,
    pub(super) html_anchors: Vec<String>,
    /// HTML comments that speak of freshness, with their offsets.
    pub(super) comments: Vec<(u32, String)>,
}

/// Reads the file's text from `body` on.
pub(super) fn read(text: &Text<'_>, body: usize) -> Reading {
    let source = &text.as_str()[body..];
    let mut reader = Reader::new(text, body);
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
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

/// A heading that is being read.
struct Heading {
    level: u8,
    /// At the top level, so that it opens a section.
    top: bool,
    text: String,
}

/// A link whose text is being read.
struct OpenLink {
    index: usize,
    /// Where its text begins in `inline`.
    from: usize,
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
    /// Inside a link whose text is its own target.
    in_autolink: bool,
    /// The last event closed a link or an image.
    after_link: bool,
    /// Plain text that has not been searched for mentions.
    run: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Text<'a>, _body: usize) -> Self {
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
            in_autolink: false,
            after_link: false,
            run: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let closes_link = matches!(event, Event::End(TagEnd::Link | TagEnd::Image));
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
        self.after_link = closes_link;
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.extend_run(range.start..range.start + 1);
                return;
            }
            Tag::Link { link_type, dest_url, .. } => {
                return self.open_link(LinkKind::of(link_type), &dest_url, range);
            }
            Tag::Image { dest_url, .. } => {
                return self.open_link(LinkKind::Image, &dest_url, range);
            }
            Tag::TableCell => {
                self.search_run();
                return self.cell();
            }
            _ => self.search_run(),
        }
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level as u8, &range),
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::HtmlBlock => self.html = Some((String::new(), Vec::new())),
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
            TagEnd::Link | TagEnd::Image => return self.close_link(),
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
        let end = self.text.len();
        self.close_section(end);
        self.found.links.sort_by_key(|link| link.span.start);
        self.found
    }
}

/// Sections and headings.
impl Reader<'_> {
    fn section(&mut self) -> &mut Section {
        if self.found.sections.is_empty() {
            self.found.sections.push(Section::default());
        }
        let last = self.found.sections.len() - 1;
        &mut self.found.sections[last]
    }

    fn start_heading(&mut self, level: u8, range: &Range<usize>) {
        let top = self.depth == 0;
        if top {
            let start = self.text.line_start(offset(range.start));
            self.close_section(start);
            let span = Span { start, end: start };
            self.found.sections.push(Section { level, span, ..Section::default() });
        }
        self.heading = Some(Heading { level, top, text: String::new() });
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let anchor = self.slugs.anchor(&heading.text);
        self.found.anchors.push(anchor.clone());
        if heading.top {
            let title = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if heading.level == 1 && self.found.h1.is_none() && !title.is_empty() {
                self.found.h1 = Some(title.clone());
            }
            let section = self.section();
            section.heading = title;
            section.anchor = anchor;
        }
    }

    fn close_section(&mut self, end: u32) {
        let text = self.text;
        let section = self.section();
        section.span.end = end;
        let last = end.max(section.span.start + 1) - 1;
        section.lines = [text.line(section.span.start), text.line(last)];
        section.prose.truncate(section.prose.trim_end().len());
        section.code.truncate(section.code.trim_end().len());
    }
}

/// Text that a reader sees.
impl Reader<'_> {
    fn say(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if !self.in_top_heading() {
            self.section().prose.push_str(text);
        }
        self.say_in_link(text);
    }

    fn say_in_link(&mut self, text: &str) {
        if let Some(open) = &self.html_link
            && self.inline.len() > open.from + MAX_LINK_TEXT
        {
            self.close_html_link();
        }
        if self.html_link.is_some() || !self.open_links.is_empty() {
            self.inline.push_str(text);
        }
    }

    fn in_top_heading(&self) -> bool {
        self.heading.as_ref().is_some_and(|heading| heading.top)
    }

    /// Keeps the words on both sides of a boundary apart.
    fn gap(&mut self, separator: char) {
        if !self.in_top_heading() {
            let prose = &mut self.section().prose;
            if !prose.is_empty() && !prose.ends_with(['\n', separator]) {
                prose.push(separator);
            }
        }
        self.say_in_link(" ");
    }

    fn line_break(&mut self) {
        if let Some(heading) = &mut self.heading {
            heading.text.push(' ');
        }
        self.gap(' ');
    }

    fn cell(&mut self) {
        let prose = &mut self.section().prose;
        if !prose.is_empty() && !prose.ends_with('\n') {
            prose.push_str(" | ");
        }
    }
}

/// Links and mentions.
impl Reader<'_> {
    fn open_link(&mut self, kind: LinkKind, dest: &str, range: Range<usize>) {
        self.search_run();
        if self.after_link {
            self.gap(' ');
        }
        self.in_autolink = kind == LinkKind::Autolink;
        let index = self.found.links.len();
        self.add_link(kind, dest, range);
        self.keep_inline_short();
        self.open_links.push(OpenLink { index, from: self.inline.len() });
    }

    fn close_link(&mut self) {
        self.search_run();
        self.in_autolink = false;
        if let Some(open) = self.open_links.pop() {
            self.found.links[open.index].text = link_text(&self.inline[open.from..]);
        }
    }

    fn close_html_link(&mut self) {
        if let Some(open) = self.html_link.take() {
            self.found.links[open.index].text = link_text(&self.inline[open.from..]);
        }
    }

    fn keep_inline_short(&mut self) {
        if self.open_links.is_empty() && self.html_link.is_none() {
            self.inline.clear();
        }
    }

    fn add_link(&mut self, kind: LinkKind, dest: &str, range: Range<usize>) {
        let (target, fragment) = link::split_target(kind, dest);
        let span = Span { start: offset(range.start), end: offset(range.end) };
        let line = self.text.line(span.start);
        self.found.links.push(Link { kind, target, fragment, text: String::new(), span, line });
    }

    fn extend_run(&mut self, range: Range<usize>) {
        match &mut self.run {
            Some(run) => run.end = run.end.max(range.end),
            None => self.run = Some(range),
        }
    }

    /// Looks for mentions in the text since the last code, tag or link.
    fn search_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        if self.in_autolink {
            return;
        }
        let text = self.text.as_str();
        // An emphasis that ends in a multi-byte character's middle cannot be, but costs nothing to bear.
        let Some(slice) = text.get(run.clone()) else { return };
        for found in mention::find(slice, !self.open_links.is_empty()) {
            let range = run.start + found.range.start..run.start + found.range.end;
            let seen = &slice[found.range];
            let shown = if found.kind == LinkKind::Wiki { found.target.as_str() } else { seen };
            self.add_link(found.kind, &found.target, range);
            if let Some(link) = self.found.links.last_mut() {
                link.text = link_text(shown);
            }
        }
    }
}

/// HTML.
impl Reader<'_> {
    /// Reads HTML whose parts stand at `places`: (offset in `html`, offset in the file).
    fn read_html(&mut self, html: &str, places: &[(usize, usize)]) {
        let place = |at: usize| {
            let part = places.partition_point(|(start, _)| *start <= at).max(1) - 1;
            places.get(part).map_or(0, |(start, file)| file + at - start)
        };
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(range) if self.in_pre => {
                    let text = html::decode(&html[range]);
                    self.section().code.push_str(&text);
                }
                Piece::Text(range) => self.html_text(&html::decode(&html[range])),
                Piece::Comment(range) => self.comment(&html[range.clone()], place(range.start)),
                Piece::Raw(range) => {
                    let code = &mut self.section().code;
                    code.push_str(&html[range]);
                    end_line(code);
                }
                Piece::Tag { name, closing, range } => {
                    let attributes = html::attributes(html, range.clone());
                    let file = place(range.start)..place(range.end - 1) + 1;
                    self.tag(&name, closing, attributes, file);
                }
            }
        }
    }

    fn html_text(&mut self, text: &str) {
        for (at, line) in text.lines().enumerate() {
            if at > 0 {
                self.gap('\n');
            }
            self.say(line.trim_end_matches('\r'));
        }
        if text.ends_with('\n') {
            self.gap('\n');
        }
    }

    fn comment(&mut self, comment: &str, at: usize) {
        if comment.contains("freshness:") {
            self.found.comments.push((offset(at), comment.to_owned()));
        }
    }

    fn tag(
        &mut self,
        name: &str,
        closing: bool,
        attributes: Vec<(String, String)>,
        at: Range<usize>,
    ) {
        self.gap(' ');
        match (name, closing) {
            ("pre", _) => {
                self.in_pre = !closing;
                end_line(&mut self.section().code);
            }
            ("a", true) => self.close_html_link(),
            _ => {}
        }
        for (key, value) in
            attributes.into_iter().filter(|(_, value)| !closing && !value.is_empty())
        {
            match key.as_str() {
                "href" | "src" => {
                    let index = self.found.links.len();
                    self.add_link(LinkKind::Html, &value, at.clone());
                    if name == "a" {
                        self.close_html_link();
                        self.keep_inline_short();
                        self.html_link = Some(OpenLink { index, from: self.inline.len() });
                    }
                }
                "alt" => self.say(&value),
                "id" => self.found.html_anchors.push(value),
                "name" if name == "a" => self.found.html_anchors.push(value),
                _ => {}
            }
        }
        self.gap(' ');
    }
}

impl LinkKind {
    fn of(link_type: LinkType) -> Self {
        match link_type {
            LinkType::Autolink | LinkType::Email => Self::Autolink,
            _ => Self::Markdown,
        }
    }
}

fn link_text(text: &str) -> String {
    let short = &text[..text.floor_char_boundary(MAX_LINK_TEXT)];
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn end_line(code: &mut String) {
    if !code.is_empty() && !code.ends_with('\n') {
        code.push('\n');
    }
}
