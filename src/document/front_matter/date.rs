//! Days and intervals in the spellings that pages use.

use jiff::civil::Date;

/// English month names by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a day: `2026-10-02`, `2026/10/02`, `10/02/2026` (month first, as in
/// `ms.date`), `02.10.2026`, `Oct 2, 2026`, `2 October 2026`, each with or
/// without a time behind it. The day is the one that is written, whatever
/// the time's offset.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim().trim_matches(['"', '\'']);
    let day = text.split(['T', 't']).next().filter(|day| numbers(day).is_some()).unwrap_or(text);
    let first = day.split_whitespace().next()?;
    numbers(first).and_then(from_numbers).or_else(|| from_words(text))
}

/// Three numbers and the sign between them.
fn numbers(text: &str) -> Option<([&str; 3], char)> {
    let sign = text.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = text.split(sign);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let digits =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    (parts.next().is_none() && three.iter().all(digits)).then_some((three, sign))
}

fn from_numbers((parts, sign): ([&str; 3], char)) -> Option<Date> {
    match (parts, sign) {
        ([y, m, d], '-' | '/' | '.') if y.len() == 4 => date(y, m, d),
        ([m, d, y], '/' | '-') if y.len() == 4 => date(y, m, d),
        ([d, m, y], '.') if y.len() == 4 => date(y, m, d),
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A month's name, a day of one or two digits and a year of four, in any order.
fn from_words(text: &str) -> Option<Date> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match digits.len() {
            0 if month.is_none() => month = month_of(word),
            4 if year.is_none() => year = digits.parse().ok(),
            1 | 2 if day.is_none() => day = digits.parse().ok(),
            _ => {}
        }
    }
    Date::new(year?, month?, day?).ok()
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

/// Reads an interval in days: `90d`, `12w`, `6m`, `1y`, `6 months`, `90`.
/// A month counts 30 days and a year 365.
pub fn read_interval(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let cut = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let count: u32 = text[..cut].parse().ok()?;
    let days = match text[cut..].trim() {
        "" | "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        "m" | "mo" | "month" | "months" => 30,
        "y" | "year" | "years" => 365,
        _ => return None,
    };
    count.checked_mul(days).filter(|days| *days > 0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_spelling_is_the_same_day() {
        for text in [
            "2026-10-02",
            "2026/10/02",
            "10/02/2026",
            "02.10.2026",
            "Oct 2, 2026",
            "2 October 2026",
            "October 2nd, 2026",
            "2026-10-02T23:59:00-08:00",
            "2026-10-02 10:00",
            "2026-10-02T10:00:00Z",
            "2026-10-2",
            " '2026-10-02' ",
            "Fri, 02 Oct 2026 10:11:12 GMT",
        ] {
            assert_eq!(read_date(text), Some(date(2026, 10, 2)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for text in [
            "",
            "soon",
            "2026",
            "2026-13-02",
            "2026-02-30",
            "10-02",
            "Q4 2026",
            "YYYY-MM-DD",
            "1.2.3",
            "October 2026",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn intervals_are_days() {
        let days = ["90d", "12w", "6m", "1y", "6 months", "90", "2 Weeks"].map(read_interval);
        assert_eq!(days, [90, 84, 180, 365, 180, 90, 14].map(Some));
        let bad = ["", "soon", "d", "0d", "99999999999y", "4294967295y"].map(read_interval);
        assert_eq!(bad, [None; 6]);
    }
}
