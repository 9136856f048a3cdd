//! Lines of log groups.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::PAGES;
use super::calls::Aws;
use super::operation::Operation;
use super::times::millis;
use crate::http::{AskError, items, maybe, text};
use crate::triage::window::Window;

/// Lines of one page.
const LINES: u32 = 200;

/// A log group and how far back it remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// When it was made.
    pub created: Timestamp,
    /// How long it keeps a line; for ever where it says nothing.
    pub keeps: Option<SignedDuration>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it was written, by whoever wrote it.
    pub at: Timestamp,
    /// As it came.
    pub text: String,
}

/// Lines that fit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// Those that were read, in order of time.
    pub lines: Vec<Line>,
    /// There are no others.
    pub is_whole: bool,
}

impl Group {
    /// From when on it can have lines.
    pub fn remembers_from(&self, now: Timestamp) -> Timestamp {
        let kept = self.keeps.and_then(|it| now.checked_sub(it).ok());
        kept.map_or(self.created, |kept| kept.max(self.created))
    }
}

impl Aws {
    /// A log group; `None` where there is none of that name.
    ///
    /// # Errors
    /// Logs did not answer.
    pub fn log_group(&mut self, name: &str) -> Result<Option<Group>, AskError> {
        let operation = Operation::DescribeLogGroups;
        let mut input = json!({"logGroupNamePrefix": name, "limit": 50});
        for _ in 0..PAGES {
            let answer = self.ask(operation, &input)?;
            let found = items(&answer, "/logGroups").find(|it| it["logGroupName"] == name);
            if let Some(found) = found {
                let created = millis(&found["creationTime"]);
                let missing = || "a log group has no time of its creation".to_owned();
                let created =
                    created.ok_or_else(missing).map_err(|why| self.strange(operation, why))?;
                let days = found["retentionInDays"].as_i64();
                let keeps = days.map(|days| SignedDuration::from_hours(days.saturating_mul(24)));
                return Ok(Some(Group { created, keeps }));
            }
            match maybe(&answer, "/nextToken") {
                Some(token) => input["nextToken"] = json!(token),
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Lines of a window that fit a pattern of CloudWatch Logs.
    ///
    /// # Errors
    /// Logs did not answer, or takes the pattern for none.
    pub fn log_lines(
        &mut self,
        group: &str,
        pattern: &str,
        window: &Window,
    ) -> Result<Lines, AskError> {
        let operation = Operation::FilterLogEvents;
        let mut input = json!({
            "logGroupName": group,
            "filterPattern": pattern,
            "startTime": window.from.as_millisecond(),
            "endTime": window.until.as_millisecond(),
            "limit": LINES,
        });
        let mut all = Lines::default();
        for _ in 0..PAGES {
            let answer = self.ask(operation, &input)?;
            for event in items(&answer, "/events") {
                let line = line(event).map_err(|why| self.strange(operation, why))?;
                all.lines.push(line);
            }
            // A page without a line may have another one behind it.
            let Some(token) = maybe(&answer, "/nextToken") else {
                all.is_whole = true;
                break;
            };
            input["nextToken"] = json!(token);
        }
        all.lines.sort_by_key(|it| it.at);
        Ok(all)
    }
}

fn line(event: &Value) -> Result<Line, String> {
    let at = millis(&event["timestamp"]).ok_or("a line has no time")?;
    Ok(Line { at, text: text(event, "/message")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_remembers_from_its_beginning_and_no_longer_than_it_keeps() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let (created, now) = (at("2026-11-01T00:00:00Z"), at("2026-11-20T00:00:00Z"));
        let group = |days: Option<i64>| Group {
            created,
            keeps: days.map(|days| SignedDuration::from_hours(24 * days)),
        };
        assert_eq!(group(None).remembers_from(now), created);
        assert_eq!(group(Some(30)).remembers_from(now), created);
        assert_eq!(group(Some(7)).remembers_from(now), at("2026-11-13T00:00:00Z"));
    }
}
