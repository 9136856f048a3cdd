//! What became of earlier findings: the audit's own precision.

use serde::Serialize;

/// What became of one finding within the next quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The page was changed, reviewed, archived or taken away.
    Settled,
    /// Somebody said that it was none.
    Dismissed,
    /// Nobody did anything.
    Untouched,
}

/// How many of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All of them.
    pub findings: usize,
    /// Led to a change.
    pub settled: usize,
    /// Were dismissed.
    pub dismissed: usize,
    /// Nobody touched.
    pub untouched: usize,
}

/// A tally in per cent.
pub type Precision = Option<u8>;

/// Counts fates.
pub fn tally(fates: impl IntoIterator<Item = Fate>) -> Tally {
    let mut tally = Tally::default();
    for fate in fates {
        tally.findings += 1;
        match fate {
            Fate::Settled => tally.settled += 1,
            Fate::Dismissed => tally.dismissed += 1,
            Fate::Untouched => tally.untouched += 1,
        }
    }
    tally
}

impl Tally {
    /// Settled among those about which somebody did anything, in per cent,
    /// rounded down; `None` where there are none.
    pub fn precision(&self) -> Precision {
        let judged = self.settled + self.dismissed;
        let per_cent = (self.settled * 100).checked_div(judged)?;
        u8::try_from(per_cent).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_of_those_that_somebody_judged() {
        use Fate::{Dismissed, Settled, Untouched};
        let tally = tally([Settled, Settled, Dismissed, Untouched]);
        assert_eq!((tally.findings, tally.untouched, tally.precision()), (4, 1, Some(66)));
        assert_eq!(super::tally([Untouched]).precision(), None);
    }
}
