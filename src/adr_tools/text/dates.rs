//! Dates as the first versions of adr-tools wrote them: `31/12/2016`.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// The first one of each line.
static OLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(.*?)Date: ([0-9]{2})/([0-9]{2})/([0-9]{4})")
        .expect("a fixed pattern that a test compiles")
});

/// `text` with `Date: DD/MM/YYYY` written as `Date: YYYY-MM-DD`.
pub(in crate::adr_tools) fn upgraded(text: &str) -> Cow<'_, str> {
    OLD.replace_all(text, "${1}Date: ${4}-${3}-${2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_month_and_year_change_places() {
        assert_eq!(
            upgraded("# 1. A\r\n\r\nDate: 12/01/1992\r\n"),
            "# 1. A\r\n\r\nDate: 1992-01-12\r\n"
        );
        assert_eq!(
            upgraded("* Date: 31/12/2016 (Date: 01/02/2017)"),
            "* Date: 2016-12-31 (Date: 01/02/2017)"
        );
        for kept in ["Date: 1992-01-12\n", "Date: 1/2/1992", "date: 12/01/1992", "on 12/01/1992"] {
            assert!(matches!(upgraded(kept), Cow::Borrowed(_)), "{kept}");
        }
    }
}
