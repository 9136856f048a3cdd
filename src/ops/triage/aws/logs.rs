//! Lines of log groups that fit a pattern of the settings.

use super::Looking;
use super::settings::{LogGroup, Row};
use crate::aws::{Group, Line, Lines};
use crate::http::AskError;
use crate::ops::triage::connector::{Answer, Found, Query, absence};
use crate::triage::output::{Absence, FindingKind, QueryResult};
use crate::triage::window::Window;

/// Log groups of one answer.
const MOST: usize = 10;

/// Lines that are shown.
const SHOWN: usize = 5;

pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    for (at, wanted) in rows.iter().flat_map(|row| &row.looks.logs).enumerate() {
        let query = Query {
            of: "logs",
            text: format!("FilterLogEvents {} {}", wanted.group, wanted.pattern),
            parameters: vec![("region", looking.client.region().to_owned())],
            window: looking.window,
        };
        if at >= MOST || looking.is_late() {
            answer.missed(&query, Absence::NotSearched, "no time or place was left for it");
            continue;
        }
        answer.cost(1);
        match read(looking, wanted) {
            Ok(Some((group, lines))) => {
                let covered = covered(&group, &query.window, looking);
                tell(wanted, &lines, covered, &query, answer);
            }
            Ok(None) => {
                let why = "there is no such log group in this account and region";
                answer.missed(&query, Absence::NotSearched, why);
            }
            Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
        }
    }
}

fn read(looking: &mut Looking<'_>, wanted: &LogGroup) -> Result<Option<(Group, Lines)>, AskError> {
    let Some(group) = looking.client.log_group(&wanted.group)? else { return Ok(None) };
    let lines = looking.client.log_lines(&wanted.group, &wanted.pattern, &looking.window)?;
    Ok(Some((group, lines)))
}

/// The time that the group can have lines of, where that is not the whole window.
fn covered(group: &Group, window: &Window, looking: &Looking<'_>) -> Option<Window> {
    let from = group.remembers_from(looking.now);
    (from > window.from).then(|| Window { from, until: window.until.max(from) })
}

fn tell(
    wanted: &LogGroup,
    lines: &Lines,
    covered: Option<Window>,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let (Some(first), Some(last)) = (lines.lines.first(), lines.lines.last()) else {
        if lines.is_whole {
            return answer.asked(query, QueryResult::Empty, covered, &wanted.would_refute);
        }
        return answer.missed(query, Absence::Error, "it was not read to its end");
    };
    answer.asked(query, QueryResult::Found, covered, &wanted.would_refute);
    let count = lines.lines.len();
    let count = if lines.is_whole { count.to_string() } else { format!("at least {count}") };
    let shown = |it: &Line| format!("{} {}", it.at, it.text);
    let claim = format!(
        "{count} lines of {} fit '{}', the first at {}, the last at {}",
        wanted.group, wanted.pattern, first.at, last.at
    );
    let found = Found {
        claim,
        kind: FindingKind::Observation,
        supports: wanted.supports.clone(),
        refutes: wanted.would_refute.clone(),
        excerpt: lines.lines.iter().take(SHOWN).map(shown).collect(),
        at: first.at,
        link: None,
    };
    answer.found(query, found);
}
