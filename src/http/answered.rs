//! An answer with what it says beside its JSON.

use jiff::Timestamp;
use serde_json::Value;

/// Headers that somebody asks for: pages that follow, and what a token may do.
const KEPT: [&str; 4] = ["link", "x-next-page", "x-oauth-scopes", "date"];

/// What came.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The JSON.
    pub value: Value,
    headers: Vec<(&'static str, String)>,
}

impl Answered {
    /// `header` gives a header by its name in lower case.
    pub(super) fn of(value: Value, header: impl Fn(&str) -> Option<String>) -> Self {
        let kept = KEPT.into_iter().filter_map(|name| Some((name, header(name)?)));
        Self { value, headers: kept.collect() }
    }

    /// One of the headers that are kept, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| *it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// When it was sent, by the service's own clock.
    pub fn time(&self) -> Option<Timestamp> {
        let time = jiff::fmt::rfc2822::parse(self.header("date")?);
        time.ok().map(|it| it.timestamp())
    }

    /// Parameters of the link to the next page (RFC 8288), such as `rel` and `cursor`;
    /// its address is not given: nobody goes where an answer says.
    pub fn next(&self) -> Option<Vec<(&str, &str)>> {
        let links = self.header("link")?.split(',');
        let parameters = |link| -> Vec<(&str, &str)> {
            let rest = str::split(link, ';').skip(1);
            let pairs = rest.filter_map(|it| it.trim().split_once('='));
            pairs.map(|(name, value)| (name.trim(), value.trim().trim_matches('"'))).collect()
        };
        links.map(parameters).find(|it| it.contains(&("rel", "next")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(link: &str) -> Answered {
        Answered::of(Value::Null, |name| (name == "link").then(|| link.to_owned()))
    }

    #[test]
    fn the_next_page_is_told_by_its_parameters() {
        let both = linked(
            r#"<https://h/x?a=1,2>; rel="previous"; results="false"; cursor="0:0:1", <https://h/x>; rel="next"; results="true"; cursor="0:100:0""#,
        );
        let next = both.next().unwrap();
        assert!(next.contains(&("cursor", "0:100:0")) && next.contains(&("results", "true")));
        assert_eq!(linked(r#"<https://h/x>; rel="last""#).next(), None);
        assert_eq!(Answered::of(Value::Null, |_| None).next(), None);
    }
}
