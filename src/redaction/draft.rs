//! A text with its matches replaced, and the way back from it.

use std::ops::Range;

use super::placeholder::{Numbers, holes};
use super::scan::Stop;
use super::span::{Match, settled};

/// The text with placeholders, and which part of it came from where.
pub(super) struct Draft {
    pub(super) text: String,
    /// Begin in the draft and in the input of every part that was kept.
    kept: Vec<(usize, usize)>,
}

impl Draft {
    /// `found` is in order and none overlap.
    pub(super) fn of(text: &str, found: &[Match]) -> Self {
        let mut numbers = Numbers::after(text, &holes(text));
        let mut draft = Self { text: String::with_capacity(text.len()), kept: Vec::new() };
        let mut at = 0;
        for it in found {
            draft.keep(text, at..it.span.start);
            draft.text.push_str(&numbers.placeholder(it, &text[it.span.clone()]));
            at = it.span.end;
        }
        draft.keep(text, at..text.len());
        draft
    }

    fn keep(&mut self, text: &str, part: Range<usize>) {
        self.kept.push((self.text.len(), part.start));
        self.text.push_str(&text[part]);
    }

    /// The byte of the input that a byte of the draft came from.
    fn input(&self, at: usize) -> usize {
        let part = self.kept.partition_point(|(begin, _)| *begin <= at).max(1) - 1;
        let (begin, input) = self.kept[part];
        input + at.saturating_sub(begin)
    }

    pub(super) fn stop(&self, stop: Stop) -> Stop {
        Stop { start: self.input(stop.start), ..stop }
    }

    /// What was found, and what a look at the draft found more.
    pub(super) fn with(&self, mut found: Vec<Match>, more: Vec<Match>, text: &str) -> Vec<Match> {
        found.extend(more.into_iter().map(|it| {
            let start = self.input(it.span.start);
            let end = self.input(it.span.end - 1) + 1;
            Match { span: start..end.max(start), ..it }
        }));
        settled(found, text, &holes(text))
    }
}
