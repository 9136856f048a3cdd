//! Random values in random places and encodings: whatever a redactor says,
//! nothing of the value may be in it. Case `n` is the same in every run.

mod encoding;
mod place;
mod secret;

use std::ops::Range;

use crate::support::Random;

/// A run of this many bytes of a value gives it away.
const RUN: usize = 6;

/// What a redactor says of one text.
pub(super) struct Answer {
    /// The redacted text, if it let one through.
    pub(super) text: Option<String>,
    /// Everything else that it says: reports, messages, debugging forms.
    pub(super) told: String,
}

/// One document with one value in it.
struct Case {
    number: usize,
    text: String,
    /// The value as it is meant.
    plain: String,
    /// The part of the text that carries it.
    carrier: String,
    /// How it came about.
    told: String,
}

#[derive(Default)]
pub(super) struct Judged {
    /// Which cases failed, why, and what they are made of; never the value.
    pub(super) failures: Vec<String>,
    /// Cases that were not let through, likewise.
    pub(super) blocked: Vec<String>,
}

/// Judges the cases of these numbers on every core.
pub(super) fn judged(numbers: Range<usize>, answer: impl Fn(&str) -> Answer + Sync) -> Judged {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut judged = Judged::default();
    std::thread::scope(|scope| {
        let (numbers, answer) = (&numbers, &answer);
        let start =
            |first| scope.spawn(move || each(numbers.clone().skip(first).step_by(threads), answer));
        let running: Vec<_> = (0..threads).map(start).collect();
        for thread in running {
            let part = thread.join().unwrap();
            judged.failures.extend(part.failures);
            judged.blocked.extend(part.blocked);
        }
    });
    judged
}

fn each(numbers: impl Iterator<Item = usize>, answer: impl Fn(&str) -> Answer) -> Judged {
    let mut judged = Judged::default();
    for case in numbers.map(Case::new) {
        let given = answer(&case.text);
        if given.text.is_none() {
            judged.blocked.push(format!("case {} ({})", case.number, case.told));
        }
        if let Some(fault) = case.fault(&given, &answer) {
            judged.failures.push(format!("case {}: {fault} ({})", case.number, case.told));
        }
    }
    judged
}

impl Case {
    /// Case `number` is the same in every run.
    fn new(number: usize) -> Self {
        let mut random = Random::new(number as u64);
        let (kind, planted) = secret::any(&mut random);
        let plain = planted.value();
        let (chain, encoded) = encoding::any(&planted, &mut random);
        let (place, text) = place::any(&encoded, &mut random);
        let told = format!("{kind} in {place}, {chain}");
        Self { number, text, plain, carrier: encoded.value(), told }
    }

    /// What is wrong with an answer; never the value.
    fn fault(&self, given: &Answer, answer: impl Fn(&str) -> Answer) -> Option<&'static str> {
        let output = given.text.as_deref().unwrap_or_default();
        if self.survives(&self.plain, RUN, output) {
            return Some("the value is left");
        }
        if self.survives(&self.plain, RUN, &given.told) {
            return Some("a message or a report tells the value");
        }
        // As many bytes as carry a run of the value.
        let run = (RUN * self.carrier.len()).div_ceil(self.plain.len()).max(8);
        if self.survives(&self.carrier, run, output) {
            return Some("the encoded value is left");
        }
        let again = given.text.as_ref().map(|text| answer(text).text);
        (again.is_some_and(|text| text != given.text)).then_some("redacting again changes it")
    }

    /// Whether a run of `value` is in `text` that is not there for another reason.
    fn survives(&self, value: &str, run: usize, text: &str) -> bool {
        let around = self.text.replacen(&self.carrier, "\0", 1);
        let starts = value.char_indices().map(|(start, _)| start);
        let mut runs =
            starts.filter_map(|start| value.get(start..value.ceil_char_boundary(start + run)));
        runs.any(|part| part.len() >= run && text.contains(part) && !around.contains(part))
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Case, judged};

    /// Hides what the case planted, as only the test can know it.
    fn perfect(case: &Case) -> Answer {
        Answer {
            text: Some(case.text.replacen(&case.carrier, "<HIDDEN_1>", 1)),
            told: String::new(),
        }
    }

    fn unchanged(text: &str) -> Answer {
        Answer { text: Some(text.to_owned()), told: String::new() }
    }

    #[test]
    fn who_hides_the_value_passes() {
        for case in (0..3000).map(Case::new) {
            assert_eq!(case.fault(&perfect(&case), unchanged), None, "{}", case.told);
        }
    }

    #[test]
    fn who_hides_nothing_fails_each_case() {
        assert_eq!(judged(0..3000, unchanged).failures.len(), 3000);
    }

    #[test]
    fn who_leaves_most_of_the_value_fails_each_case() {
        for case in (0..3000).map(Case::new) {
            let end = case.carrier.char_indices().nth_back(1).unwrap().0;
            let most = format!("{}<HIDDEN_1>", &case.carrier[..end]);
            let text = case.text.replacen(&case.carrier, &most, 1);
            let given = Answer { text: Some(text), told: String::new() };
            assert!(case.fault(&given, unchanged).is_some(), "{}", case.told);
        }
    }

    #[test]
    fn a_report_that_tells_the_value_fails() {
        let case = Case::new(1);
        let mut given = perfect(&case);
        given.told = format!("found {} there", case.plain);
        assert!(case.fault(&given, unchanged).is_some());
    }

    #[test]
    fn an_output_that_changes_again_fails() {
        let case = Case::new(1);
        let fault = case.fault(&perfect(&case), |text| unchanged(&format!("{text}!")));
        assert!(fault.is_some());
    }

    #[test]
    fn a_failure_does_not_tell_the_value() {
        for case in (0..500).map(Case::new) {
            assert!(!case.told.contains(&case.plain), "case {}", case.number);
        }
    }
}
