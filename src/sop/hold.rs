//! How long a gate is held: `hold_for: 24h`.

/// A unit, what it is called, and its seconds.
const UNITS: &[(&[&str], u64)] = &[
    (&["s", "second", "seconds"], 1),
    (&["m", "min", "minute", "minutes"], 60),
    (&["h", "hour", "hours"], 3_600),
    (&["d", "day", "days"], 86_400),
    (&["w", "week", "weeks"], 604_800),
];

/// The longest that a gate may be held: a year.
const MOST: u64 = 366 * 86_400;

/// Seconds of a text such as `24h`, `30 minutes` or `2 days`.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let number: u64 = text[..digits].parse().ok()?;
    let (_, unit) = UNITS.iter().find(|(names, _)| names.contains(&text[digits..].trim()))?;
    number.checked_mul(*unit).filter(|it| *it <= MOST)
}

/// The same seconds for people, in the largest unit that fits: `24h`, `90m`.
pub fn told(seconds: u64) -> String {
    let fits = |(_, unit): &&(&[&str], u64)| *unit <= 3_600 && seconds.is_multiple_of(*unit);
    match UNITS.iter().rev().find(fits) {
        Some((names, unit)) if seconds > 0 => format!("{}{}", seconds / unit, names[0]),
        _ => "0s".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_a_unit_and_nothing_else() {
        for (text, is) in [
            ("24h", Some(86_400)),
            ("30 minutes", Some(1_800)),
            ("2 Days", Some(172_800)),
            ("1w", Some(604_800)),
            ("a day", None),
            ("24", None),
            ("h", None),
            ("1.5h", None),
            ("-1h", None),
            ("99999999999999999999h", None),
            ("400d", None),
        ] {
            assert_eq!(seconds(text), is, "{text}");
        }
        assert_eq!([86_400, 5_400, 61, 0].map(told), ["24h", "90m", "61s", "0s"]);
    }
}
