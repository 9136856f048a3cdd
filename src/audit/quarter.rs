//! Quarters of a year, as audits are asked for.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A quarter, such as `2026Q4`. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    number: i8,
}

/// A text that names no quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no quarter")]
pub struct BadQuarter(pub String);

impl Quarter {
    /// The quarter that `day` is in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month() - 1) / 3 + 1 }
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        let month = self.number * 3;
        let last = if matches!(month, 3 | 12) { 31 } else { 30 };
        jiff::civil::date(self.year, month, last)
    }

    /// The one before it; of the first that a calendar has, itself.
    #[must_use]
    pub fn previous(self) -> Self {
        match self.number {
            1 if self.year > -9999 => Self { year: self.year - 1, number: 4 },
            1 => self,
            number => Self { number: number - 1, ..self },
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = BadQuarter;

    /// `2026Q4`, in either case, with or without a `-`.
    fn from_str(text: &str) -> Result<Self, BadQuarter> {
        let bad = || BadQuarter(text.to_owned());
        let (year, number) = text.trim().split_once(['q', 'Q']).ok_or_else(bad)?;
        let year = year.strip_suffix('-').unwrap_or(year);
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|number| (1..=4).contains(number));
        match (is_year, year.parse(), number) {
            (true, Ok(year), Some(number)) => Ok(Self { year, number }),
            _ => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_read_named_and_ended() {
        for (text, last) in [
            ("2026Q1", "2026-03-31"),
            ("2024-q2", "2024-06-30"),
            ("2026Q3", "2026-09-30"),
            ("2026q4", "2026-12-31"),
        ] {
            let quarter: Quarter = text.parse().unwrap();
            assert_eq!(quarter.last_day().to_string(), last);
            assert_eq!(Quarter::of(quarter.last_day()), quarter);
            assert_eq!(quarter.to_string().parse(), Ok(quarter));
        }
        let first: Quarter = "2026Q1".parse().unwrap();
        assert_eq!(first.previous().to_string(), "2025Q4");
        assert!(first.previous() < first);
    }

    #[test]
    fn what_is_no_quarter_is_refused() {
        for text in ["", "2026", "Q4", "2026Q5", "2026Q0", "26Q1", "2026Q", "+026Q1", "2026--Q1"] {
            assert_eq!(text.parse::<Quarter>(), Err(BadQuarter(text.to_owned())));
        }
    }
}
