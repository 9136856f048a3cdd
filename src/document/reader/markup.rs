//! HTML blocks and inline HTML: text, code, links, anchors, comments.

use std::ops::Range;

use super::Reader;
use super::links::OpenLink;
use super::prose::end_line;
use crate::document::LinkKind;
use crate::document::html::{self, Piece};
use crate::document::text::offset;

impl Reader<'_> {
    /// Reads HTML whose parts stand at `places`: (offset in `html`, offset in the file).
    pub(super) fn read_html(&mut self, html: &str, places: &[(usize, usize)]) {
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

    pub(super) fn html_text(&mut self, text: &str) {
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

    pub(super) fn comment(&mut self, comment: &str, at: usize) {
        self.gap(' ');
        if comment.contains("freshness:") {
            self.found.comments.push((offset(at), comment.to_owned()));
        }
    }

    pub(super) fn tag(
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
                        self.html_link =
                            Some(OpenLink { index, from: self.inline.len(), is_auto: false });
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
