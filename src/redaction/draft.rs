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

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(text: &str, found: &[(usize, usize, &'static str)]) -> Draft {
        let found: Vec<Match> =
            found.iter().map(|it| Match::new("a", it.2, it.0..it.1, 50)).collect();
        Draft::of(text, &found)
    }

    #[test]
    fn places_of_a_draft_lead_back_to_the_text() {
        let draft = drafted("ab secret cd mail e", &[(3, 9, "A"), (13, 17, "EMAIL")]);
        assert_eq!(draft.text, "ab <A_1> cd <EMAIL_1> e");
        for (at, input) in [(0, 0), (2, 2), (8, 9), (9, 10), (11, 12), (21, 17), (22, 18)] {
            assert_eq!(draft.input(at), input, "{at}");
        }
        let stop =
            draft.stop(Stop { reason: super::super::Reason::TooDeep, start: 9, end: Some(12) });
        assert_eq!((stop.start, stop.end), (10, None));
    }

    #[test]
    fn what_is_found_more_is_found_in_the_text() {
        let text = "ab secret cd mail e";
        let first = vec![Match::new("a", "A", 3..9, 50)];
        let draft = Draft::of(text, &first);
        let more = vec![Match::new("b", "B", 9..16, 50), Match::new("c", "C", 0..1, 50)];
        let all = draft.with(first, more, text);
        let spans: Vec<_> = all.iter().map(|it| (it.span.clone(), it.kind.as_ref())).collect();
        assert_eq!(spans, [(0..1, "C"), (3..9, "A"), (10..17, "B")]);
    }

    #[test]
    fn windows_are_whole_lines_around_what_may_tell_something() {
        let line = "0123456789\n".repeat(100);
        let text = format!("{line}a secret b\n{line}");
        let at = line.len();
        let window = |kind| drafted(&text, &[(at + 2, at + 8, kind)]).windows();
        assert!(window("EMAIL").is_empty());
        let all = drafted(&text, &[(at + 2, at + 8, "PHONE")]);
        let shown: Vec<&str> = all.windows().into_iter().map(|it| &all.text[it]).collect();
        assert_eq!(shown, ["a <PHONE_1> b"]);
        let all = drafted(&text, &[(at + 2, at + 8, "A")]);
        let windows = all.windows();
        let end = at + 7;
        let start = (end - 256) / 11 * 11;
        assert_eq!(windows.len(), 1);
        assert_eq!(windows[0].start, start);
        assert!(windows[0].end >= end + 256 && windows[0].end < end + 256 + 11);
    }

    #[test]
    fn windows_that_touch_are_one_and_those_apart_are_not() {
        let text = format!("{}\n", "x".repeat(9)).repeat(200);
        let at = |line: usize| (line * 10 + 1, line * 10 + 4, "PASSWORD");
        assert_eq!(drafted(&text, &[at(10), at(11)]).windows().len(), 1);
        assert_eq!(drafted(&text, &[at(10), at(50)]).windows().len(), 1);
        assert_eq!(drafted(&text, &[at(10), at(150)]).windows().len(), 2);
        let ends = drafted(&text, &[at(0), at(199)]).windows();
        assert_eq!(ends[0].start, 0);
        assert_eq!(ends[1].end, text.len() + 2 * ("<PASSWORD_1>".len() - 3));
        let phone = |line: usize| (line * 10 + 1, line * 10 + 4, "PHONE");
        assert_eq!(drafted(&text, &[phone(10), phone(11)]).windows().len(), 2);
        let line = |from: usize| (from, from + 1, "PHONE");
        assert_eq!(drafted(&text, &[line(11), line(14)]).windows().len(), 1);
    }

    #[test]
    fn a_cut_of_something_open_that_stands_is_known() {
        let text = "ab open rest cd";
        let draft = drafted(text, &[]);
        let open = |span| Match::open(super::super::Reason::UnclosedQuote, span);
        let allowed = [open(3..12)];
        assert!(draft.is_cut_of(&open(3..7), &allowed, text));
        assert!(draft.is_cut_of(&open(3..12), &allowed, text));
        assert!(!draft.is_cut_of(&open(4..7), &allowed, text));
        assert!(!draft.is_cut_of(&open(3..13), &allowed, text));
        assert!(!draft.is_cut_of(&Match::new("unclosed-quote", "A", 3..7, 50), &allowed, text));
        let other = Match::open(super::super::Reason::TooDeep, 3..7);
        assert!(!draft.is_cut_of(&other, &allowed, text));
        let closed = [Match::new("unclosed-quote", "A", 3..12, 50)];
        assert!(!draft.is_cut_of(&open(3..7), &closed, text));
    }
}
