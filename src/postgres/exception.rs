//! Whether a server that takes writes is asked too.

use jiff::Timestamp;

/// What people said about asking a server that takes writes. The role, the transaction
/// and what can be sent are held to the same whoever is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Exception {
    /// Nothing: only a standby is asked.
    #[default]
    None,
    /// It is asked until then.
    Until(Timestamp),
    /// Something that does not hold, and why.
    Lacking(String),
}

impl Exception {
    /// Whether it holds; else what is to be told of it.
    pub(super) fn holds(&self, now: Timestamp) -> Result<(), String> {
        match self {
            Self::None => Err(String::new()),
            Self::Until(until) if now < *until => Ok(()),
            Self::Until(until) => Err(format!("; the exception for it ended at {until}")),
            Self::Lacking(why) => Err(format!("; the exception for it does not hold: {why}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_until_its_end() {
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        let until = Exception::Until(at("2026-11-03T09:00:00Z"));
        assert_eq!(until.holds(at("2026-11-03T08:59:59Z")), Ok(()));
        let over = until.holds(at("2026-11-03T09:00:00Z")).unwrap_err();
        assert_eq!(over, "; the exception for it ended at 2026-11-03T09:00:00Z");
        assert_eq!(Exception::None.holds(at("2026-11-03T09:00:00Z")), Err(String::new()));
        let lacking = Exception::Lacking("nobody signed it".to_owned());
        assert!(lacking.holds(at("2026-11-03T09:00:00Z")).unwrap_err().contains("nobody signed"));
    }
}
