//! Which findings of a text may stay.

use std::collections::HashMap;

use jiff::civil::Date;

use super::error::AllowanceError;
use super::file::Allowance;
use super::seal::{SALT, Seal};

/// Values of one text that are tried beyond the number of allowances there:
/// each takes a tenth of a second, and nobody shall be made to wait for hours.
/// What is not tried does not stay.
const TRIES: usize = 64;

/// All allowances, and the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowances {
    all: Vec<Allowance>,
    today: Date,
}

/// One text looked at with the allowances for its place.
#[derive(Debug)]
pub struct Sight<'a> {
    place: &'a str,
    here: Vec<&'a Allowance>,
    today: Date,
    tries: usize,
    /// By rule and value: which it is, of those that are here.
    known: HashMap<(String, String), Option<&'a Allowance>>,
}

impl Allowances {
    /// On the day (UTC) that it is.
    pub fn on(today: Date, all: Vec<Allowance>) -> Self {
        Self { all, today }
    }

    /// Every one.
    pub fn all(&self) -> &[Allowance] {
        &self.all
    }

    /// For one text of a place.
    pub fn sight<'a>(&'a self, place: &'a str) -> Sight<'a> {
        let here: Vec<_> = self.all.iter().filter(|it| it.path == place).collect();
        let tries = TRIES + here.len();
        Sight { place, here, today: self.today, tries, known: HashMap::new() }
    }
}

impl<'a> Sight<'a> {
    /// True for a finding whose allowance holds today.
    pub fn stays(&mut self, rule: &str, value: &str) -> bool {
        self.of(rule, value).is_some_and(|it| holds(it, self.today))
    }

    /// The allowance of exactly this finding, whether it holds or not; of
    /// several one that holds.
    pub fn of(&mut self, rule: &str, value: &str) -> Option<&'a Allowance> {
        if self.here.iter().all(|it| it.rule != rule) {
            return None;
        }
        let key = (rule.to_owned(), value.to_owned());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let found = self.tried(rule, value);
        self.known.insert(key, found);
        found
    }

    /// Every allowance of exactly this finding.
    pub fn every(&self, rule: &str, value: &str) -> Vec<&'a Allowance> {
        let mut seals: HashMap<[u8; SALT], Option<Seal>> = HashMap::new();
        let words = [rule, self.place, value];
        let mut is_it = |it: &Allowance| {
            let salt = it.seal.salt();
            let seal = seals.entry(salt).or_insert_with(|| Seal::of(salt, words));
            seal.as_ref() == Some(&it.seal)
        };
        self.here.iter().copied().filter(|it| it.rule == rule && is_it(it)).collect()
    }

    fn tried(&mut self, rule: &str, value: &str) -> Option<&'a Allowance> {
        self.tries = self.tries.checked_sub(1)?;
        let same = self.every(rule, value).into_iter();
        same.max_by_key(|it| (holds(it, self.today), it.until))
    }

    /// Why a finding does not stay although somebody once said so; `None`
    /// where nobody did, or it does. Where it stands is said as it is given.
    pub fn refusal(
        &mut self,
        [rule, value]: [&str; 2],
        [line, column]: [u32; 2],
    ) -> Option<AllowanceError> {
        let today = self.today;
        let it = self.of(rule, value).filter(|it| !holds(it, today))?;
        let (id, by, rule) = (it.id.to_string(), it.by.clone(), it.rule.clone());
        if today < it.begins() {
            return Some(AllowanceError::NotBegun { id, by, rule, at: it.begins(), today });
        }
        let place = self.place.to_owned();
        Some(AllowanceError::Ended { id, by, rule, until: it.until, place, line, column })
    }
}

fn holds(it: &Allowance, today: Date) -> bool {
    it.begins() <= today && today <= it.until
}

#[cfg(test)]
mod tests {
    use super::super::file::tests::sample;
    use super::*;

    fn on(day: &str, all: Vec<Allowance>) -> Allowances {
        Allowances::on(day.parse().unwrap(), all)
    }

    #[test]
    fn only_its_own_finding_stays() {
        let all = on("2026-12-01", vec![sample(1, ["email", "wiki/a.md", "v"])]);
        assert!(all.sight("wiki/a.md").stays("email", "v"));
        assert!(!all.sight("wiki/b.md").stays("email", "v"));
        assert!(!all.sight("wiki/a.md").stays("phone", "v"));
        assert!(!all.sight("wiki/a.md").stays("email", "w"));
    }

    #[test]
    fn it_holds_from_its_first_day_to_its_last() {
        let cases = [
            ("2026-10-31", false),
            ("2026-11-01", true),
            ("2027-01-31", true),
            ("2027-02-01", false),
        ];
        for (day, holds) in cases {
            let all = on(day, vec![sample(1, ["email", "-", "v"])]);
            assert_eq!(all.sight("-").stays("email", "v"), holds, "{day}");
            let refusal = all.sight("-").refusal(["email", "v"], [3, 4]);
            assert_eq!(refusal.is_none(), holds, "{day}");
        }
    }

    #[test]
    fn one_that_ended_names_itself_its_owner_and_what_to_type() {
        use crate::hint::{ErrorKind, Helpful as _};
        let all = on("2027-02-01", vec![sample(1, ["email", "wiki/a.md", "v"])]);
        let refusal = all.sight("wiki/a.md").refusal(["email", "v"], [3, 4]).unwrap();
        assert_eq!(
            refusal.to_string(),
            "allowance X-010101010101 of human:ada for 'email' ended on 2027-01-31; \
             what it let stand is at line 3, column 4"
        );
        assert!(refusal.hints()[0].contains("prode redact allow 'wiki/a.md:3:4'"));
        assert_eq!(refusal.kind(), ErrorKind::Waiting);
    }

    #[test]
    fn a_newer_one_of_the_same_finding_counts() {
        let mut newer = sample(2, ["email", "-", "v"]);
        newer.until = "2027-03-31".parse().unwrap();
        let all = on("2027-02-01", vec![sample(1, ["email", "-", "v"]), newer]);
        assert!(all.sight("-").stays("email", "v"));
        assert_eq!(all.sight("-").of("email", "v").unwrap().id.as_str(), "X-020202020202");
    }

    #[test]
    fn a_text_of_many_values_is_not_tried_without_end() {
        let all = on("2026-12-01", vec![sample(1, ["email", "-", "v"])]);
        let mut sight = all.sight("-");
        sight.tries = 1;
        assert!(!sight.stays("email", "w"));
        assert!(!sight.stays("email", "v"), "what is not tried does not stay");
    }
}
