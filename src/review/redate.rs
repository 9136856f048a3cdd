//! A day written in the form of another.

use jiff::civil::Date;

/// `day` as `like` is written: `2026-10-02`, `2026/10/02`, `10/02/2026` (month
/// first), `02.10.2026`; whatever else it was, the first of these. A time
/// behind the old day goes: it was the old review's.
pub(super) fn redated(like: &str, day: Date) -> String {
    let first = like.trim().split(['T', 't', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = first.split(['-', '/', '.']).collect();
    let sign = first.chars().find(|c| !c.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let (y, m, d) = (day.year(), day.month(), day.day());
    match (sign, lengths.as_slice()) {
        (Some('/'), [4, _, _]) => format!("{y:04}/{m:02}/{d:02}"),
        (Some(sign @ ('/' | '-')), [_, _, 4]) => format!("{m:02}{sign}{d:02}{sign}{y:04}"),
        (Some('.'), [_, _, 4]) => format!("{d:02}.{m:02}.{y:04}"),
        _ => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::read_date;

    #[test]
    fn a_day_keeps_the_form_and_reads_as_itself() {
        let day = date(2026, 11, 6);
        for (like, new) in [
            ("2025-01-02", "2026-11-06"),
            ("2025/01/02", "2026/11/06"),
            ("01/02/2025", "11/06/2026"),
            ("01-02-2025", "11-06-2026"),
            ("02.01.2025", "06.11.2026"),
            ("2025-01-02T10:00:00Z", "2026-11-06"),
            ("2 January 2025", "2026-11-06"),
            ("soon", "2026-11-06"),
            ("", "2026-11-06"),
        ] {
            assert_eq!(redated(like, day), new, "{like}");
            assert_eq!(read_date(new), Some(day), "{new}");
        }
    }
}
