//! How customers' tickets are searched for, and what a result is read as, in the form of
//! GitHub, Linear or Zendesk.
//!
//! Pure. Of a result only when a ticket was made, its state and its labels are read; of
//! those only words that are known before: states of the form, labels of the settings.
//! Nothing that somebody wrote can come out of here.

use jiff::Timestamp;
use serde_json::Value;

use crate::http::maybe_time;
use crate::triage::window::Window;

/// Tickets of one result that are read.
const MOST: usize = 1_000;

/// Whose form it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    GitHub,
    Linear,
    Zendesk,
}

/// One ticket, as far as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) made: Timestamp,
    pub(super) state: &'static str,
    /// Places of its labels among those of the settings.
    pub(super) labels: Vec<usize>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    /// It says that there are no others, and each could be read.
    pub(super) is_whole: bool,
}

/// Each form: its name, and the states that it has.
#[rustfmt::skip]
const SHAPES: &[(Shape, &str, &[&str])] = &[
    (Shape::GitHub,  "github",  &["open", "closed"]),
    (Shape::Linear,  "linear",  &["triage", "backlog", "unstarted", "started", "completed", "canceled"]),
    (Shape::Zendesk, "zendesk", &["new", "open", "pending", "hold", "solved", "closed"]),
];

/// A state that the form does not have: a team's own word.
const OTHER: &str = "other";

impl Shape {
    /// By its name.
    pub(super) fn named(name: &str) -> Option<Self> {
        SHAPES.iter().find(|(_, it, _)| *it == name).map(|(shape, ..)| *shape)
    }

    pub(super) fn name(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> &'static (Self, &'static str, &'static [&'static str]) {
        let row = SHAPES.iter().find(|(shape, ..)| *shape == self);
        row.expect("a test holds that each form has its row")
    }

    /// The search for tickets that were made in a window: the words of the settings, and
    /// perhaps a value of the ticket.
    pub(super) fn search(self, words: &str, value: Option<&str>, window: &Window) -> String {
        let (from, until) = (to_the_second(window.from), to_the_second(window.until));
        let time = match self {
            Self::GitHub => format!("is:issue created:{from}..{until}"),
            Self::Zendesk => format!("type:ticket created>={from} created<={until}"),
            // Its search has no times: they are handed over beside it.
            Self::Linear => String::new(),
        };
        let value = value.map(|it| format!("\"{it}\"")).unwrap_or_default();
        let parts = [words, &time, &value];
        let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        parts.join(" ")
    }

    /// Reads a result.
    ///
    /// # Errors
    /// It has another form; in words of our own.
    pub(super) fn read(self, text: &str, labels: &[String]) -> Result<Listing, String> {
        let value: Value = serde_json::from_str(text).map_err(|_| "it is no JSON".to_owned())?;
        let (all, is_last) = match self {
            Self::GitHub => github(&value),
            Self::Linear => linear(&value),
            Self::Zendesk => zendesk(&value),
        }
        .ok_or_else(|| format!("it is no result of {}", self.name()))?;
        let read = |it: &Value| self.entry(it, labels);
        let entries: Vec<Entry> = all.iter().take(MOST).filter_map(read).collect();
        let is_whole = is_last && entries.len() == all.len();
        Ok(Listing { entries, is_whole })
    }

    fn entry(self, value: &Value, labels: &[String]) -> Option<Entry> {
        let made = maybe_time(value, "/created_at").or_else(|| maybe_time(value, "/createdAt"))?;
        let state = ["/state/type", "/statusType", "/state", "/status"]
            .iter()
            .find_map(|it| value.pointer(it)?.as_str())
            .unwrap_or_default();
        let known = self.row().2.iter().find(|it| it.eq_ignore_ascii_case(state));
        Some(Entry { made, state: known.unwrap_or(&OTHER), labels: places(value, labels) })
    }
}

type Found<'a> = Option<(&'a Vec<Value>, bool)>;

fn github(value: &Value) -> Found<'_> {
    let all = value["items"].as_array()?;
    let is_complete = value["incomplete_results"] == false;
    Some((all, is_complete && value["total_count"] == all.len()))
}

fn zendesk(value: &Value) -> Found<'_> {
    let all = value["results"].as_array()?;
    let is_last = value.get("next_page").is_some_and(Value::is_null);
    Some((all, is_last && value["count"] == all.len()))
}

fn linear(value: &Value) -> Found<'_> {
    const PLACES: [&str; 5] = ["/data/issues", "/data/searchIssues", "/issues", "/data", ""];
    let place = PLACES.iter().filter_map(|it| value.pointer(it));
    let page = place.into_iter().find(|it| it["nodes"].is_array() || it.is_array())?;
    let all = page["nodes"].as_array().or_else(|| page.as_array())?;
    Some((all, page["pageInfo"]["hasNextPage"] == false))
}

/// Which labels of the settings a ticket has. Those of others are not read.
fn places(value: &Value, labels: &[String]) -> Vec<usize> {
    let lists = ["/labels/nodes", "/labels", "/tags"].iter().filter_map(|it| value.pointer(it));
    let all = lists.filter_map(Value::as_array).flatten();
    let names: Vec<&str> =
        all.filter_map(|it| it.as_str().or_else(|| it["name"].as_str())).collect();
    let has = |label: &String| names.iter().any(|it| it.eq_ignore_ascii_case(label));
    labels.iter().enumerate().filter(|(_, it)| has(it)).map(|(at, _)| at).collect()
}

fn to_the_second(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

/// True for a value that may stand in a search: nothing in it is more than a letter there.
pub(super) fn may_be_searched(value: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || "._-+:@".contains(it);
    (2..=60).contains(&value.len()) && value.chars().all(is_letter)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn window() -> Window {
        let from = "2026-11-03T13:30:00.5Z".parse().unwrap();
        Window { from, until: "2026-11-03T15:00:00Z".parse().unwrap() }
    }

    #[test]
    fn a_search_is_words_of_the_settings_a_time_and_a_known_value() {
        for (name, words, says) in [
            (
                "github",
                "repo:acme/help",
                "repo:acme/help is:issue created:2026-11-03T13:30:00Z..2026-11-03T15:00:00Z \"5.2.1\"",
            ),
            (
                "zendesk",
                "tags:checkout",
                "tags:checkout type:ticket created>=2026-11-03T13:30:00Z created<=2026-11-03T15:00:00Z \"5.2.1\"",
            ),
            ("linear", "checkout", "checkout \"5.2.1\""),
        ] {
            let shape = Shape::named(name).unwrap();
            assert_eq!(shape.search(words, Some("5.2.1"), &window()), says);
            assert_eq!(shape.name(), name);
        }
        assert_eq!(Shape::named("jira"), None);
    }

    #[test]
    fn a_value_is_no_search_of_its_own() {
        for good in ["5.2.1", "TypeError", "checkout@2026.11.3+build-7"] {
            assert!(may_be_searched(good), "{good}");
        }
        for bad in ["", "a", "a b", "a\" OR b", "*", "a*", "a\n", "ä!", &"a".repeat(61)] {
            assert!(!may_be_searched(bad), "{bad}");
        }
    }

    /// A result of each form with one ticket, which is full of somebody.
    fn results() -> [(Shape, Value); 3] {
        let text = "Ada Lovelace cannot pay, ada@kundin.de";
        [
            (
                Shape::GitHub,
                json!({"total_count": 1, "incomplete_results": false, "items": [{
                    "number": 4711, "title": text, "body": text, "user": {"login": "ada"}, "state": "open",
                    "created_at": "2026-11-03T14:02:11Z", "labels": [{"name": "Gift-Card"}, {"name": "ada"}],
                }]}),
            ),
            (
                Shape::Linear,
                json!({"data": {"issues": {"pageInfo": {"hasNextPage": false}, "nodes": [{
                    "identifier": "SUP-9", "title": text, "state": {"name": text, "type": "started"},
                    "createdAt": "2026-11-03T14:02:11.000Z", "labels": {"nodes": [{"name": "gift-card"}]},
                }]}}}),
            ),
            (
                Shape::Zendesk,
                json!({"count": 1, "next_page": null, "results": [{
                    "id": 9, "subject": text, "description": text, "requester_id": 77, "status": "open",
                    "created_at": "2026-11-03T14:02:11Z", "tags": ["gift-card", "vip_ada"],
                }]}),
            ),
        ]
    }

    #[test]
    fn of_a_ticket_its_time_its_state_and_known_labels_are_read() {
        let labels = ["refund".to_owned(), "gift-card".to_owned()];
        for (shape, result) in results() {
            let listing = shape.read(&result.to_string(), &labels).unwrap();
            assert!(listing.is_whole, "{shape:?}");
            let [entry] = listing.entries.as_slice() else { panic!("{listing:?}") };
            assert_eq!(entry.made, "2026-11-03T14:02:11Z".parse().unwrap());
            assert!(["open", "started"].contains(&entry.state), "{entry:?}");
            assert_eq!(entry.labels, [1], "{shape:?}");
            assert!(!format!("{listing:?}").to_lowercase().contains("ada"));
        }
    }

    #[test]
    fn a_result_is_whole_only_where_it_says_so() {
        for (pointer, value) in [
            ("/total_count", json!(2)),
            ("/incomplete_results", json!(true)),
            ("/incomplete_results", Value::Null),
            ("/next_page", json!("https://x")),
            ("/count", json!("1")),
            ("/data/issues/pageInfo", Value::Null),
            ("/data/issues/pageInfo/hasNextPage", json!(true)),
            ("/items/0/created_at", json!("yesterday")),
        ] {
            let mut found = 0;
            for (shape, mut result) in results() {
                let Some(place) = result.pointer_mut(pointer) else { continue };
                *place = value.clone();
                let listing = shape.read(&result.to_string(), &[]).unwrap();
                assert!(!listing.is_whole, "{pointer}");
                found += 1;
            }
            assert!(found > 0, "{pointer}");
        }
    }

    #[test]
    fn a_team_s_own_state_is_no_word_that_is_told() {
        let (shape, mut result) = results()[2].clone();
        result["results"][0]["status"] = json!("waiting for Ada");
        let listing = shape.read(&result.to_string(), &[]).unwrap();
        assert_eq!(listing.entries[0].state, "other");
    }

    #[test]
    fn what_is_another_form_says_so_without_showing_it() {
        for text in ["", "<html>Ada</html>", "[]x", "{\"error\": \"no, Ada\"}", "\"Ada\"", "7"] {
            for (shape, _) in results() {
                let error = shape.read(text, &[]).unwrap_err();
                assert!(!error.contains("Ada"), "{error}");
            }
        }
    }
}
