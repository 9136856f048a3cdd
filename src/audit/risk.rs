//! What a finding is worth: whole points, so that every machine has the same sum.

use super::finding::Risk;
use super::found::Found;
use super::settings::Settings;
use crate::corpus::Kind;

/// The age, in days, that gets the whole weight.
const OLD: i64 = 730;
/// The binary order of magnitude of lines that gets the whole weight: 1,024.
const LARGE: u32 = 10;
/// The binary order of magnitude of links that gets the whole weight: 32.
const CENTRAL: u32 = 5;
/// The binary order of magnitude of answers that gets the whole weight: 128.
const BUSY: u32 = 7;

/// The points of something found on a page of this `kind` to which so many pages
/// link, and so many answers led where that is known.
pub(super) fn points(
    settings: &Settings,
    signal: &str,
    kind: &str,
    found: &Found,
    links: usize,
    used: Option<u64>,
) -> Risk {
    let quarters = Kind::named(kind).map_or(1, |kind| kind.weight);
    let days = u32::try_from(found.days.clamp(0, OLD)).unwrap_or_default();
    let links = u64::try_from(links).unwrap_or(u64::MAX);
    Risk {
        signal: settings.weight(signal) * u32::from(found.confidence) / 100,
        kind: settings.weight("kind") * quarters / 4,
        size: settings.weight("size") * magnitude(found.lines, LARGE) / LARGE,
        age: settings.weight("age") * days / u32::try_from(OLD).unwrap_or(1),
        links: settings.weight("links") * magnitude(links, CENTRAL) / CENTRAL,
        traffic: used.map(|count| settings.weight("traffic") * magnitude(count, BUSY) / BUSY),
    }
}

/// How often `count` and one can be halved, up to `most`.
fn magnitude(count: u64, most: u32) -> u32 {
    count.saturating_add(1).ilog2().min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_grows_with_what_it_measures() {
        let settings = Settings::default();
        let found =
            |lines, days, confidence| Found { confidence, lines, days, ..Found::of("x", "y") };
        let of = |it: &Found, links| points(&settings, "drifted", "runbook", it, links, None);
        let all = of(&found(2_000, 900, 100), 40);
        assert_eq!(all, Risk { signal: 40, kind: 20, size: 15, age: 15, links: 10, traffic: None });
        assert_eq!(all.total(), 100);
        assert_eq!(of(&found(0, -5, 0), 0), Risk { kind: 20, ..Risk::default() });
        assert_eq!(
            points(&settings, "drifted", "glossary", &found(0, 0, 50), 1, None).total(),
            20 + 5 + 2
        );
        let busy = |count| points(&settings, "x", "runbook", &found(0, 0, 0), 0, count).traffic;
        assert_eq!([busy(None), busy(Some(0)), busy(Some(127))], [None, Some(0), Some(10)]);
    }
}
