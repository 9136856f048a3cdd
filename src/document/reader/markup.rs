//! HTML blocks and inline HTML: text, code, links, anchors, comments.

use std::ops::Range;

use super::links::OpenLink;
use super::prose::end_line;
use super::{Reader, Written, span};
use crate::document::LinkKind;
use crate::document::front_matter;
use crate::document::html::{self, Attribute, Piece};
use crate::document::mention;
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
                    self.found.code.push(span(&(place(range.start)..place(range.end - 1) + 1)));
                    let text = html::decode(&html[range]);
                    self.section().code.push_str(&text);
                }
                Piece::Text(range) => {
                    self.html_mentions(&html[range.clone()], |at| place(range.start + at));
                    self.html_text(&html::decode(&html[range.clone()]));
                }
                Piece::Comment(range) => {
                    let file = place(range.start)..place(range.end - 1) + 1;
                    self.comment(&html[range], &file);
                }
                Piece::Raw(range) => {
                    self.found.code.push(span(&(place(range.start)..place(range.end - 1) + 1)));
                    let code = &mut self.section().code;
                    code.push_str(&html[range]);
                    end_line(code);
                }
                Piece::Tag { name, closing, range } => {
                    let mut attributes = html::attributes(html, range.clone());
                    for it in attributes.iter_mut().filter(|it| !it.range.is_empty()) {
                        it.range = place(it.range.start)..place(it.range.end - 1) + 1;
                    }
                    let file = place(range.start)..place(range.end - 1) + 1;
                    self.tag(&name, closing, attributes, file);
                }
            }
        }
    }

    /// Decisions that HTML's text mentions; `place` gives an offset in the file.
    fn html_mentions(&mut self, text: &str, place: impl Fn(usize) -> usize) {
        for found in mention::find(text, true) {
            let range = place(found.range.start)..place(found.range.end - 1) + 1;
            self.add_link(found.kind, &found.target, range, Written::Elsewhere);
            if let Some(link) = self.found.links.last_mut() {
                text[found.range].clone_into(&mut link.text);
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

    fn comment(&mut self, comment: &str, at: &Range<usize>) {
        self.gap(' ');
        if comment.starts_with("<!--") {
            self.found.comments.push(span(at));
        }
        if self.found.freshness.is_none() && front_matter::is_freshness(comment) {
            self.found.freshness = Some((offset(at.start), comment.to_owned()));
        }
    }

    fn tag(&mut self, name: &str, closing: bool, attributes: Vec<Attribute>, at: Range<usize>) {
        self.gap(' ');
        if name == "pre" {
            self.in_pre = !closing;
            end_line(&mut self.section().code);
        }
        if name == "a" && closing {
            self.close_html_link();
        }
        if !closing {
            self.attributes(name, attributes, &at);
        }
        self.gap(' ');
    }

    fn attributes(&mut self, name: &str, attributes: Vec<Attribute>, at: &Range<usize>) {
        for Attribute { name: key, value, range } in
            attributes.into_iter().filter(|it| !it.value.is_empty())
        {
            match key.as_str() {
                "href" | "src" => {
                    self.html_link(name, &value, at.clone(), Written::at(range));
                }
                "alt" => self.say(&value),
                "id" => self.found.html_anchors.push(value),
                "name" if name == "a" => self.found.html_anchors.push(value),
                _ => {}
            }
        }
    }

    fn html_link(&mut self, name: &str, dest: &str, at: Range<usize>, written: Written) {
        let index = self.found.links.len();
        self.add_link(LinkKind::Html, dest, at, written);
        if name == "a" {
            self.close_html_link();
            self.keep_inline_short();
            let from = self.inline.len();
            self.html_link = Some(OpenLink { index, from, is_auto: false });
        }
    }
}
