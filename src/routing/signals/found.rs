//! The signals found so far: each once, bounded, placed in the input.

use std::collections::{BTreeMap, HashSet};

use super::{FoundSignal, MAX_TEXT, SignalKind, words};

/// Signals of one kind; a log dump names thousands and means one.
const MAX_PER_KIND: usize = 32;
/// Bytes of one signal.
const MAX_VALUE: usize = 300;
/// Places of one value that are looked at for one where it is a whole word.
const MAX_PLACES: usize = 64;

pub(super) struct Found<'i> {
    input: &'i str,
    seen: HashSet<(SignalKind, String)>,
    counts: BTreeMap<SignalKind, usize>,
    signals: Vec<FoundSignal>,
}

impl<'i> Found<'i> {
    pub(super) fn new(input: &'i str) -> Self {
        Self { input, seen: HashSet::new(), counts: BTreeMap::new(), signals: Vec::new() }
    }

    /// Adds a signal read at this offset of the input; where the input has
    /// other bytes there, such as a removed escape, it has no place.
    pub(super) fn add_at(&mut self, kind: SignalKind, value: &str, at: usize) {
        let span = [at, at + value.len()];
        let literal = self.input.get(at..span[1]) == Some(value);
        self.push(kind, value, |_| literal.then_some(span));
    }

    /// Adds a signal and looks for its place.
    pub(super) fn add(&mut self, kind: SignalKind, value: &str) {
        self.push(kind, value, |input| place(input, value));
    }

    fn push(
        &mut self,
        kind: SignalKind,
        value: &str,
        place: impl FnOnce(&str) -> Option<[usize; 2]>,
    ) {
        let count = self.counts.entry(kind).or_default();
        let fits = *count < MAX_PER_KIND && !value.is_empty() && value.len() <= MAX_VALUE;
        if fits && self.seen.insert((kind, value.to_owned())) {
            *count += 1;
            let span = place(self.input);
            self.signals.push(FoundSignal { kind, value: value.to_owned(), span });
        }
    }

    pub(super) fn into_signals(mut self) -> Vec<FoundSignal> {
        self.signals.sort_by(|a, b| {
            let key = |it: &FoundSignal| (it.span.is_none(), it.span, it.kind);
            key(a).cmp(&key(b)).then_with(|| a.value.cmp(&b.value))
        });
        self.signals
    }
}

/// The first place where the value stands as a whole word. Looks at a bounded
/// part of the input, because every signal of a payload asks.
fn place(input: &str, value: &str) -> Option<[usize; 2]> {
    let input = words::cut(input, MAX_TEXT);
    let places = input.match_indices(value).map(|(at, _)| [at, at + value.len()]);
    places.take(MAX_PLACES).find(|[start, end]| {
        let touches =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        !touches(input[..*start].chars().next_back()) && !touches(input[*end..].chars().next())
    })
}
