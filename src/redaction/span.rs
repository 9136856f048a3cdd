//! Matches of rules, and how many of them become few.

use std::borrow::Cow;
use std::ops::Range;

use super::blocked::Reason;
use super::stop::Stop;

/// What one rule says about one span of the text that it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) rule: Cow<'static, str>,
    pub(super) kind: Cow<'static, str>,
    pub(super) span: Range<usize>,
    pub(super) confidence: u8,
    /// Where what it found cannot be bounded; it is never replaced.
    pub(super) open: Option<Open>,
}

/// Why a match has no bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) reason: Reason,
    /// Nothing but the shape of its own bytes is found within.
    pub(super) is_alone: bool,
}

impl Open {
    fn and(self, is_alone: bool) -> Self {
        Self { is_alone: self.is_alone && is_alone, ..self }
    }

    /// What two overlapping matches are together.
    fn of_both(one: &Match, other: &Match) -> Option<Self> {
        match (one.open, other.open) {
            (None, None) => None,
            (Some(open), None) => Some(open.and(is_its_shape(other, one))),
            (None, Some(open)) => Some(open.and(is_its_shape(one, other))),
            (Some(open), Some(more)) => Some(open.and(more.is_alone && open.reason == more.reason)),
        }
    }
}

/// True for a token that looks drawn, which bytes of a key or of an encoding do.
fn is_its_shape(found: &Match, open: &Match) -> bool {
    let (inner, outer) = (&found.span, &open.span);
    found.rule == "drawn-token" && outer.start <= inner.start && inner.end <= outer.end
}

impl Match {
    /// One that has no bounds of its kind, where it ends by itself.
    pub(super) fn open(reason: Reason, span: Range<usize>) -> Self {
        let open = Some(Open { reason, is_alone: true });
        Self { open, ..Self::new(reason.name(), "UNDECIDED", span, 100) }
    }

    /// How it stops the text.
    pub(super) fn stop(&self) -> Option<Stop> {
        let Open { reason, is_alone } = self.open?;
        Some(Stop { end: is_alone.then_some(self.span.end), ..Stop::at(reason, self.span.start) })
    }

    /// True where a person may be asked about exactly these bytes.
    pub(super) fn may_be_asked_about(&self) -> bool {
        self.open.is_none_or(|it| it.is_alone)
    }
}

impl Match {
    pub(super) fn new(
        rule: impl Into<Cow<'static, str>>,
        kind: impl Into<Cow<'static, str>>,
        span: Range<usize>,
        confidence: u8,
    ) -> Self {
        Self { rule: rule.into(), kind: kind.into(), span, confidence, open: None }
    }
}

impl Match {
    /// How far around its placeholder a large text is looked at again, in
    /// bytes; whole lines always. A placeholder of an address tells hardly any
    /// rule anything, one of a number only those that read numbers beside it.
    pub(super) fn reach(&self) -> Option<usize> {
        match self.kind.as_ref() {
            "IPV4" | "IPV6" | "MAC" | "EMAIL" | "USER" => None,
            "PHONE" | "NATIONAL_ID" | "CARD" | "IBAN" => Some(0),
            _ => Some(256),
        }
    }

    /// True if they share a byte.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.span.start < other.span.end && other.span.start < self.span.end
    }

    /// The same in a text that has so many bytes more before it.
    pub(super) fn moved(self, by: usize) -> Self {
        Self { span: self.span.start + by..self.span.end + by, ..self }
    }
}

/// Matches in order, none over another: those that overlap become one over
/// both, named by the surest, and by what cannot be bounded before all others.
/// Placeholders in their way are cut out.
pub(super) fn settled(mut found: Vec<Match>, text: &str, holes: &[Range<usize>]) -> Vec<Match> {
    found.retain(|it| !it.span.is_empty());
    found.sort_by_key(|it| (it.span.start, it.span.end));
    found.dedup_by(|next, last| {
        let is_over = next.span.start < last.span.end;
        if is_over {
            absorb(last, next);
        }
        is_over
    });
    if holes.is_empty() {
        return found;
    }
    found.into_iter().flat_map(|it| around(it, text, holes)).collect()
}

fn absorb(last: &mut Match, next: &mut Match) {
    let span = last.span.start..last.span.end.max(next.span.end);
    let open = Open::of_both(last, next);
    let rank = |it: &Match| (it.open.is_some(), it.confidence);
    if rank(next) > rank(last) {
        std::mem::swap(last, next);
    }
    (last.span, last.open) = (span, open);
}

/// The parts of a match beside placeholders that hold more than punctuation.
fn around(found: Match, text: &str, holes: &[Range<usize>]) -> Vec<Match> {
    let first = holes.partition_point(|hole| hole.end <= found.span.start);
    if let Some(open) = found.open {
        let is_cut = holes.get(first).is_some_and(|hole| hole.start < found.span.end);
        return vec![Match { open: Some(open.and(!is_cut)), ..found }];
    }
    let inside = holes[first..].iter().take_while(|hole| hole.start < found.span.end);
    let mut parts = Vec::new();
    let mut at = found.span.start;
    let mut is_cut = false;
    for hole in inside {
        parts.push(at..hole.start.max(at));
        at = hole.end;
        is_cut = true;
    }
    if !is_cut {
        return vec![found];
    }
    parts.push(at..found.span.end.max(at));
    let tells = |part: &Range<usize>| text[part.clone()].chars().any(char::is_alphanumeric);
    let part = |span| Match { span, ..found.clone() };
    parts.into_iter().filter(tells).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_becomes_one_under_the_surer_name() {
        let found = vec![
            Match::new("b", "B", 4..9, 90),
            Match::new("a", "A", 0..5, 50),
            Match::new("c", "C", 9..10, 50),
        ];
        let all = settled(found, "0123456789", &[]);
        assert_eq!(all, [Match::new("b", "B", 0..9, 90), Match::new("c", "C", 9..10, 50)]);
    }

    #[test]
    fn a_placeholder_is_never_covered() {
        let text = "pw-<A_1>-x <A_1>";
        let holes = super::super::placeholder::holes(text);
        let found = vec![Match::new("a", "A", 0..10, 50), Match::new("a", "A", 11..16, 50)];
        let all = settled(found, text, &holes);
        assert_eq!(all, [Match::new("a", "A", 0..3, 50), Match::new("a", "A", 8..10, 50)]);
    }

    #[test]
    fn matches_that_only_touch_do_not_overlap() {
        let it = |span| Match::new("a", "A", span, 50);
        for (one, other, is_over) in
            [(0..3, 3..5, false), (3..5, 0..3, false), (0..4, 3..5, true), (3..4, 0..9, true)]
        {
            assert_eq!(it(one.clone()).overlaps(&it(other.clone())), is_over, "{one:?} {other:?}");
        }
        assert_eq!(it(2..5).moved(3).span, 5..8);
    }

    #[test]
    fn the_first_of_two_that_are_as_sure_gives_the_name() {
        let found = vec![Match::new("a", "A", 0..5, 50), Match::new("b", "B", 2..9, 50)];
        assert_eq!(settled(found, "0123456789", &[]), [Match::new("a", "A", 0..9, 50)]);
        let found = vec![Match::new("a", "A", 3..3, 90), Match::new("b", "B", 2..9, 50)];
        assert_eq!(settled(found, "0123456789", &[]), [Match::new("b", "B", 2..9, 50)]);
    }

    #[test]
    fn what_cannot_be_bounded_goes_before_what_is_sure() {
        let open = |span| Match::open(Reason::UnclosedQuote, span);
        let alone = |found: Vec<Match>| {
            let all = settled(found, "0123456789", &[]);
            assert_eq!((all.len(), all[0].rule.as_ref()), (1, "unclosed-quote"));
            (all[0].span.clone(), all[0].may_be_asked_about())
        };
        let drawn = |span| Match::new("drawn-token", "SECRET", span, 100);
        assert_eq!(alone(vec![open(2..8)]), (2..8, true));
        assert_eq!(alone(vec![open(2..8), drawn(3..7)]), (2..8, true));
        assert_eq!(alone(vec![open(2..8), drawn(3..8)]), (2..8, true));
        assert_eq!(alone(vec![open(2..8), drawn(2..9)]), (2..9, false));
        assert_eq!(alone(vec![open(2..8), drawn(1..8)]), (1..8, false));
        assert_eq!(alone(vec![open(2..8), Match::new("x", "X", 3..4, 100)]), (2..8, false));
        assert_eq!(alone(vec![Match::new("x", "X", 1..4, 100), open(2..8)]), (1..8, false));
        assert_eq!(alone(vec![open(2..8), open(3..9)]), (2..9, true));
        let two = vec![open(2..8), Match::open(Reason::TooDeep, 3..9)];
        assert_eq!(alone(two), (2..9, false));
    }

    #[test]
    fn how_it_stops_the_text_tells_its_end_where_it_may_be_asked_about() {
        let open = Match::open(Reason::TooDeep, 2..8);
        assert_eq!(open.stop(), Some(Stop { reason: Reason::TooDeep, start: 2, end: Some(8) }));
        assert_eq!((open.confidence, open.kind.as_ref()), (100, "UNDECIDED"));
        let text = "01<A_1>7890";
        let holes = super::super::placeholder::holes(text);
        let cut = settled(vec![open], text, &holes);
        assert_eq!(cut[0].stop(), Some(Stop { reason: Reason::TooDeep, start: 2, end: None }));
        let beside = settled(vec![Match::open(Reason::TooDeep, 7..9)], text, &holes);
        assert!(beside[0].may_be_asked_about());
        assert_eq!(Match::new("a", "A", 0..1, 50).stop(), None);
    }

    #[test]
    fn what_is_left_beside_a_placeholder_has_to_say_something() {
        let text = "-<A_1>- a<B_1>b<C_1>";
        let holes = super::super::placeholder::holes(text);
        let all = settled(vec![Match::new("a", "A", 0..20, 50)], text, &holes);
        let spans: Vec<_> = all.into_iter().map(|it| it.span).collect();
        assert_eq!(spans, [6..9, 14..15]);
        let all = settled(vec![Match::new("a", "A", 3..16, 50)], text, &holes);
        let spans: Vec<_> = all.into_iter().map(|it| it.span).collect();
        assert_eq!(spans, [6..9, 14..15]);
    }

    #[test]
    fn placeholders_of_addresses_tell_no_rule_anything() {
        let reach = |kind: &'static str| Match::new("a", kind, 0..1, 50).reach();
        for kind in ["IPV4", "IPV6", "MAC", "EMAIL", "USER"] {
            assert_eq!(reach(kind), None, "{kind}");
        }
        for kind in ["PHONE", "NATIONAL_ID", "CARD", "IBAN"] {
            assert_eq!(reach(kind), Some(0), "{kind}");
        }
        assert_eq!(reach("PASSWORD"), Some(256));
    }
}
