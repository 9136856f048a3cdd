//! A file that holds nothing but secrets, `secrets.yaml` and its like: beside
//! those that a name tells, others are secrets too, whatever they are called.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::super::super::rules::cue;
use super::super::super::span::Match;
use super::super::super::text::{Line, Text};
use super::name::words;

/// How many of its lines have to be told by their names.
const TOLD: usize = 2;

/// Last words of names whose value says who or where, and no secret.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "ssid", "user", "username", "name", "host", "hostname", "port", "url", "uri", "server", "domain", "region", "email", "mail", "id", "path", "file", "ip", "address", "zone", "db", "database", "env", "environment", "version", "type", "latitude", "longitude", "elevation", "country", "timezone",
];

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    if !text.holds(const { cue("secrets.") }) {
        return;
    }
    let mut known: Vec<Range<usize>> = found.iter().map(|it| it.span.clone()).collect();
    known.sort_unstable_by_key(|it| it.start);
    let is_told = |span: &Range<usize>| {
        let at = known.partition_point(|it| it.start < span.start);
        known.get(at).is_some_and(|it| it.start < span.end)
    };
    let pairs: Vec<Option<(&str, Range<usize>)>> =
        text.lines.iter().map(|line| pair(text, line)).collect();
    for block in pairs.split(Option::is_none) {
        let values = || block.iter().flatten();
        if values().filter(|it| is_told(&it.1)).count() < TOLD {
            continue;
        }
        let others = values().filter(|it| !is_told(&it.1) && is_secret(text, it.0, &it.1));
        found.extend(others.map(|it| Match::new("named-value", "SECRET", it.1.clone(), 60)));
    }
}

/// `name: "value"` or `name = value` on a line of its own.
fn pair<'t>(text: &Text<'t>, line: &Line) -> Option<(&'t str, Range<usize>)> {
    let shown = text.line(line);
    let lead = shown.len() - shown.trim_start_matches([' ', '>']).len();
    let name = shown[lead..].bytes().take(64);
    let length = name.take_while(|it| it.is_ascii_alphanumeric() || b"_-.".contains(it)).count();
    let (name, rest) = shown[lead..].split_at(length);
    let value = rest.trim_start().strip_prefix([':', '='])?.trim();
    let bare = value.trim_matches(['"', '\'']);
    let start = line.start + (bare.as_ptr() as usize - shown.as_ptr() as usize);
    (length > 0 && !bare.is_empty()).then(|| (name, start..start + bare.len()))
}

/// Digits and letters without a blank, behind a name that says nothing else.
fn is_secret(text: &Text<'_>, name: &str, value: &Range<usize>) -> bool {
    let value = &text.raw[value.clone()];
    let makeup = Makeup::of(value);
    let last = words(name).pop().unwrap_or_default();
    !OTHERS.contains(&last.as_str())
        && value.len() >= 6
        && makeup.digits > 0
        && makeup.letters() > 0
        && !value.contains([' ', '/', '@'])
        && !is_stand_in(value)
}

#[cfg(test)]
mod tests {
    use super::super::tests::values;

    #[test]
    fn what_stands_among_secrets_is_one() {
        let file = "in secrets.yaml:\n\nwifi_ssid: \"Hall-77a\"\nwifi_password: \"abc.def\"\nota_password: \"x1y2z3q\"\nfallback_ap: \"12345678ap\"\n";
        assert_eq!(values(file).unwrap(), ["abc.def", "x1y2z3q", "12345678ap"]);
        assert_eq!(
            values("a secrets.yaml\nname1: \"x1y2z3q\"\npassword: \"abcdefg\"\n").unwrap(),
            ["abcdefg"]
        );
    }
}
