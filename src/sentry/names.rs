//! Names that become part of a question: each is looked at before it does.

use std::fmt;

/// Characters of the longest name.
const LONGEST: usize = 200;

/// Why a name is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no {1}")]
pub struct BadName(String, &'static str);

fn checked(
    text: &str,
    what: &'static str,
    is_sound: impl Fn(&str) -> bool,
) -> Result<String, BadName> {
    let is_sound = !text.is_empty() && text.len() <= LONGEST && is_sound(text);
    let shown = || text.chars().filter(|it| !it.is_control()).take(40).collect();
    if is_sound { Ok(text.to_owned()) } else { Err(BadName(shown(), what)) }
}

/// What an organization or a project is called in an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug(String);

impl Slug {
    /// Small letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// It has something else in it.
    pub fn new(text: &str) -> Result<Self, BadName> {
        let is_letter =
            |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "-_".contains(it);
        let is_sound = |it: &str| it.chars().all(is_letter) && !it.starts_with('-');
        Ok(Self(checked(text, "name of an organization or a project", is_sound)?))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What people call an issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueName {
    /// The number in its address.
    Number(u64),
    /// `CHECKOUT-2F7`.
    Short(String),
}

impl IssueName {
    /// Digits, or words of letters and digits with `-` between them.
    ///
    /// # Errors
    /// It is neither.
    pub fn new(text: &str) -> Result<Self, BadName> {
        let what = "issue of Sentry, which has a number or a short id such as CHECKOUT-2F7";
        if text.chars().all(|it| it.is_ascii_digit()) {
            let number = checked(text, what, |it| it.parse::<u64>().is_ok_and(|it| it > 0))?;
            return Ok(Self::Number(number.parse().unwrap_or_default()));
        }
        let upper = text.to_ascii_uppercase();
        let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let is_word = |it: &str| !it.is_empty() && it.chars().all(is_letter);
        let is_sound = |it: &str| it.split('-').count() > 1 && it.split('-').all(is_word);
        Ok(Self::Short(checked(&upper, what, is_sound)?))
    }
}

impl fmt::Display for IssueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Short(short) => f.write_str(short),
        }
    }
}

/// A release that may stand in a search: nothing in it is more than a letter there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(String);

impl Version {
    /// Letters, digits and `@ . _ + - :`.
    ///
    /// # Errors
    /// It has something else in it; `*` would mean any.
    pub fn new(text: &str) -> Result<Self, BadName> {
        let is_letter = |it: char| it.is_ascii_alphanumeric() || "@._+-:".contains(it);
        let is_sound = |it: &str| it.chars().all(is_letter);
        Ok(Self(checked(text, "release that can be searched for", is_sound)?))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_leads_nowhere_else() {
        for good in ["acme", "check-out_2", "0"] {
            assert!(Slug::new(good).is_ok(), "{good}");
        }
        for bad in ["", "Acme", "a/b", "..", "a b", "a?b", "-a", "a\n", "ä", &"a".repeat(201)] {
            assert!(Slug::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_issue_is_a_number_or_a_short_id() {
        assert_eq!(IssueName::new("4711"), Ok(IssueName::Number(4711)));
        let short = IssueName::Short("CHECKOUT-2F7".to_owned());
        assert_eq!(IssueName::new("checkout-2f7"), Ok(short));
        assert!(IssueName::new("MY_APP-WEB-1").is_ok());
        for bad in [
            "",
            "0",
            "CHECKOUT",
            "A-",
            "-A",
            "A--B",
            "A-1 OR B-2",
            "A-1*",
            "A-1/",
            "99999999999999999999",
        ] {
            assert!(IssueName::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_release_is_no_search_of_its_own() {
        assert!(Version::new("checkout@2026.11.3+build-7").is_ok());
        for bad in ["", "a*", "a b", "a\" OR b", "[a,b]", "a,b", "!a", "a\n"] {
            assert!(Version::new(bad).is_err(), "{bad}");
        }
    }
}
