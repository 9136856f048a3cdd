//! Releases that went out in the window: changes that speak for nothing by themselves.

use super::Looking;
use super::settings::Row;
use crate::ops::triage::connector::{Answer, Found, absence};
use crate::sentry::{Release, Releases, Slug};
use crate::triage::output::{Absence, FindingKind, QueryResult};

/// Releases that are told.
const MOST: usize = 6;

/// Those of the services that the ticket names, and of the projects of its issues.
pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    let mut slugs: Vec<Slug> = looking.projects.iter().map(|it| it.slug.clone()).collect();
    slugs.extend(rows.iter().flat_map(|row| row.projects.clone()));
    slugs.sort();
    slugs.dedup();
    for slug in &slugs {
        let window = looking.looking.window;
        let query = looking.query("releases", format!("releases of {slug}"), window);
        if looking.is_late() {
            answer.missed(&query, Absence::NotSearched, "no time was left for it");
            continue;
        }
        match looking.sentry().releases(slug, &window) {
            Ok(Releases { releases, is_whole }) => match releases.first() {
                Some(newest) => {
                    answer.asked(&query, QueryResult::Found, None, &[]);
                    answer.found(&query, found(slug, newest, &releases));
                }
                None if is_whole => answer.asked(&query, QueryResult::Empty, None, &[]),
                None => answer.missed(&query, Absence::Error, "it was not read to its end"),
            },
            Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
        }
    }
}

fn found(slug: &Slug, newest: &Release, releases: &[Release]) -> Found {
    let count = releases.len();
    let claim = format!(
        "{count} releases of {slug} went out in the window, the last, {}, at {}",
        newest.version, newest.at
    );
    let line = |it: &Release| {
        let place = it.environment.as_deref().map(|it| format!(" to {it}")).unwrap_or_default();
        format!("{} {}{place}", it.at, it.version)
    };
    let mut lines: Vec<String> = releases.iter().take(MOST).map(line).collect();
    if count > MOST {
        lines.push(format!("and {} more", count - MOST));
    }
    Found { kind: FindingKind::Change, ..Found::plain(claim, lines, newest.at) }
}
