//! A text with its matches replaced, and the way back from it.

use std::ops::Range;

use super::placeholder::{Numbers, holes};
use super::span::{Match, settled};
use super::stop::Stop;

/// The text with placeholders, and which part of it came from where.
pub(super) struct Draft {
    pub(super) text: String,
    /// Begin in the draft and in the input of every part that was kept.
    kept: Vec<(usize, usize)>,
    /// Where placeholders end that may tell a rule something, and how far
    /// around them.
    loud: Vec<(usize, usize)>,
}

impl Draft {
    /// `found` is in order and none overlap.
    pub(super) fn of(text: &str, found: &[Match]) -> Self {
        let mut numbers = Numbers::after(text, &holes(text));
        let mut draft =
            Self { text: String::with_capacity(text.len()), kept: Vec::new(), loud: Vec::new() };
        let mut at = 0;
        for it in found {
            draft.keep(text, at..it.span.start);
            numbers.write(&it.kind, &text[it.span.clone()], &mut draft.text);
            at = it.span.end;
            draft.loud.extend(it.reach().map(|reach| (draft.text.len(), reach)));
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

    /// The parts of the draft around its new placeholders: whole lines, so many
    /// on each side; none touch.
    pub(super) fn windows(&self) -> Vec<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut all: Vec<Range<usize>> = Vec::new();
        for (begin, reach) in &self.loud {
            if all.last().is_some_and(|last| begin + reach < last.end) {
                continue;
            }
            let start = begin.saturating_sub(*reach);
            let start = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |at| at + 1);
            let end = bytes.len().min(begin + reach);
            let end = memchr::memchr(b'\n', &bytes[end..]).map_or(bytes.len(), |at| end + at);
            match all.last_mut() {
                Some(last) if last.end >= start => last.end = end.max(last.end),
                _ => all.push(start..end),
            }
        }
        all
    }

    /// True for what a window of the draft shows of something open that stands:
    /// the same from its begin on, up to the window's end.
    pub(super) fn is_cut_of(&self, it: &Match, allowed: &[Match], text: &str) -> bool {
        let start = self.input(it.span.start);
        let shown = &self.text[it.span.clone()];
        it.open.is_some_and(|open| open.is_alone)
            && allowed.iter().any(|whole| {
                whole.open.is_some()
                    && whole.rule == it.rule
                    && whole.span.start == start
                    && text[whole.span.clone()].starts_with(shown)
            })
    }

    pub(super) fn stop(&self, stop: Stop) -> Stop {
        Stop::at(stop.reason, self.input(stop.start))
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
