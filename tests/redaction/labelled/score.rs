//! Counts what a redactor hides, leaks and loses on labelled documents.
//!
//! A miss is told by document, kind and label, never by its value.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::ops::Range;

use super::item::{Blocking, Class, Item, Span};
use super::outcome::{Outcome, Redact, covered, follows, meet, overlap};

/// A value survives where a run of this many bytes does.
const RUN: usize = 6;

#[derive(Default)]
pub(super) struct Score {
    pub(super) classes: BTreeMap<Class, Counts>,
    /// Words outside of every label, and how many of them came out as they were.
    pub(super) words: usize,
    pub(super) same_words: usize,
    /// Labelled values of which a run is left.
    pub(super) residue: usize,
    /// What it is a defect to lose, and was touched.
    pub(super) lost: usize,
    /// Outputs that a second run changes or still finds something in.
    pub(super) unstable: usize,
    /// Outputs that are not the input with placeholders for the findings.
    pub(super) astray: usize,
    /// Documents that were blocked and should not be, or the other way round.
    pub(super) misjudged: usize,
    pub(super) misses: Vec<Miss>,
}

#[derive(Default)]
pub(super) struct Counts {
    pub(super) all: usize,
    pub(super) touched: usize,
    /// Hidden whole; white space inside of a value may stay.
    pub(super) covered: usize,
}

pub(super) struct Miss {
    topic: Topic,
    id: String,
    kind: String,
    what: String,
}

/// What a miss is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Value(Class),
    Residue,
    Words,
    Kept,
    Stable,
    Blocking,
}

pub(super) fn score(items: &[Item], redact: Redact) -> Score {
    let mut score = Score::default();
    for item in items {
        score.judge(item, redact);
    }
    score
}

impl Score {
    /// The share of harmless words that came out byte for byte.
    pub(super) fn kept(&self) -> f64 {
        ratio(self.same_words, self.words)
    }

    /// Percent of a class's values that are hidden whole.
    pub(super) fn share(&self, class: Class) -> f64 {
        self.classes.get(&class).map_or(100.0, |counts| 100.0 * ratio(counts.covered, counts.all))
    }

    /// The misses of these topics, one a line.
    pub(super) fn told(&self, topics: &[Topic]) -> String {
        let misses = self.misses.iter().filter(|miss| topics.contains(&miss.topic));
        let lines = misses.map(|Miss { id, kind, what, .. }| format!("{id} ({kind}): {what}\n"));
        lines.collect::<Vec<_>>().concat()
    }

    pub(super) fn leaked(&self, class: Class) -> usize {
        self.classes.get(&class).map_or(0, |counts| counts.all - counts.covered)
    }

    fn judge(&mut self, item: &Item, redact: Redact) {
        match (redact(&item.text, &item.settings), item.blocked) {
            (Outcome::Blocked, None) => self.misjudge(item, "blocked"),
            (Outcome::Blocked, Some(_)) => {}
            (Outcome::Redacted { .. }, Some(Blocking::Must)) => self.misjudge(item, "not blocked"),
            (Outcome::Redacted { text, found }, _) => {
                let ranges = covered(&found);
                self.values(item, &ranges, &text);
                self.harmless(item, &ranges, &text);
                for range in item.keep.iter().filter(|range| overlap(&ranges, range)) {
                    self.lost += 1;
                    let rules: Vec<_> = found
                        .iter()
                        .filter(|it| meet(&it.range, range))
                        .map(|it| &it.rule)
                        .collect();
                    self.miss(
                        Topic::Kept,
                        item,
                        format!("lost what is kept at {range:?} by {rules:?}"),
                    );
                }
                self.stable(item, &text, redact);
            }
        }
    }

    fn misjudge(&mut self, item: &Item, what: &str) {
        self.misjudged += 1;
        self.miss(Topic::Blocking, item, what.to_owned());
    }

    fn values(&mut self, item: &Item, ranges: &[Range<usize>], output: &str) {
        for span in &item.spans {
            let counts = self.classes.entry(span.class).or_default();
            let (touched, whole) = (overlap(ranges, &span.range), is_whole(item, span, ranges));
            counts.all += 1;
            counts.touched += usize::from(touched);
            counts.covered += usize::from(whole);
            if !whole {
                let how = if touched { "in part" } else { "missed" };
                self.miss(
                    Topic::Value(span.class),
                    item,
                    format!("{:?} {} {how} at {:?}", span.class, span.type_, span.range),
                );
            }
        }
        self.left_over(item, output);
    }

    fn left_over(&mut self, item: &Item, output: &str) {
        let outside = outside(item);
        let (left, outside) = (runs(output.as_bytes()), runs(outside.as_bytes()));
        for span in &item.spans {
            let mut own = runs(item.value(span).as_bytes()).into_iter();
            if own.any(|run| left.contains(run) && !outside.contains(run)) {
                self.residue += 1;
                let told =
                    format!("{:?} {} left over from {:?}", span.class, span.type_, span.range);
                self.miss(Topic::Residue, item, told);
            }
        }
    }

    fn harmless(&mut self, item: &Item, ranges: &[Range<usize>], output: &str) {
        let words = words(item);
        self.words += words.len();
        if !follows(&item.text, output, ranges) {
            self.astray += 1;
            self.miss(Topic::Words, item, "the text does not follow from the findings".to_owned());
            return;
        }
        let lost: Vec<_> = words.iter().filter(|word| overlap(ranges, word)).collect();
        self.same_words += words.len() - lost.len();
        if !lost.is_empty() {
            self.miss(
                Topic::Words,
                item,
                format!("{} of {} harmless words lost, at {:?}", lost.len(), words.len(), lost[0]),
            );
        }
    }

    fn stable(&mut self, item: &Item, output: &str, redact: Redact) {
        let again = redact(output, &item.settings);
        let same = matches!(&again, Outcome::Redacted { text, found } if text == output && found.is_empty());
        if !same {
            self.unstable += 1;
            self.miss(Topic::Stable, item, "changes when redacted again".to_owned());
        }
    }

    fn miss(&mut self, topic: Topic, item: &Item, what: String) {
        self.misses.push(Miss { topic, id: item.id.clone(), kind: item.kind.clone(), what });
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (class, Counts { all, touched, covered }) in &self.classes {
            let (touched, covered) = (100.0 * ratio(*touched, *all), 100.0 * ratio(*covered, *all));
            writeln!(f, "{class:?}: {all}, touched {touched:.2} %, covered {covered:.2} %")?;
        }
        let Self { words, residue, lost, unstable, astray, misjudged, .. } = self;
        writeln!(f, "harmless words: {words}, {:.2} % byte-identical", 100.0 * self.kept())?;
        write!(
            f,
            "residue {residue}, kept spans lost {lost}, unstable {unstable}, astray {astray}, misjudged {misjudged}"
        )
    }
}

/// Whether findings hide all of it but white space.
fn is_whole(item: &Item, span: &Span, ranges: &[Range<usize>]) -> bool {
    let value = item.value(span).char_indices();
    value.filter(|(_, letter)| !letter.is_whitespace()).all(|(at, letter)| {
        let start = span.range.start + at;
        ranges.iter().any(|range| range.start <= start && range.end >= start + letter.len_utf8())
    })
}

/// Words between white space that touch neither a label nor what is left open.
fn words(item: &Item) -> Vec<Range<usize>> {
    let mut labelled: Vec<_> = item.spans.iter().map(|span| span.range.clone()).collect();
    labelled.extend(item.free.iter().cloned());
    let start = item.text.as_ptr() as usize;
    let words = item.text.split_whitespace().map(|word| {
        let at = word.as_ptr() as usize - start;
        at..at + word.len()
    });
    words.filter(|word| !overlap(&labelled, word)).collect()
}

/// The text without its labelled values.
fn outside(item: &Item) -> String {
    let mut text = String::new();
    let mut at = 0;
    for span in &item.spans {
        text.push_str(&item.text[at..span.range.start]);
        text.push('\0');
        at = span.range.end;
    }
    text + &item.text[at..]
}

/// Every run of [`RUN`] bytes.
fn runs(bytes: &[u8]) -> HashSet<&[u8]> {
    bytes.windows(RUN).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
fn ratio(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

#[cfg(test)]
mod tests;
