//! Issues: those that the ticket names, or those of its services that had most events.

use jiff::Timestamp;

use super::settings::Row;
use super::{Looking, MOST_ISSUES, name};
use crate::http::AskError;
use crate::ops::triage::connector::{Answer, Found, Query, absence};
use crate::sentry::{About, Counts, Issue, Latest, Project, Sentry, Slug, Version};
use crate::triage::output::{Absence, QueryResult};
use crate::triage::window::Window;

/// Issues that are told of where the ticket names none.
const TOLD: usize = 5;

/// One issue of a project that may be looked at.
struct Case<'a> {
    issue: &'a Issue,
    project: &'a Project,
    about: About,
    /// What it speaks for where one release alone has it.
    supports: &'a [String],
    /// The ticket names it, so that no decision is whole without it.
    is_named: bool,
}

/// Those that the ticket names, of projects that some service lists.
pub(super) fn named(
    looking: &mut Looking<'_>,
    rows: &[Row],
    names: &[String],
    answer: &mut Answer<'_>,
) {
    for (at, text) in names.iter().enumerate() {
        let Some(name) = name(text, answer) else { continue };
        let query = looking.query("issues", format!("issue {name}"), looking.looking.window);
        if at >= MOST_ISSUES || looking.is_late() {
            answer.missed(&query, Absence::NotSearched, "no time or place was left for it");
            continue;
        }
        match looking.sentry().issue(&name) {
            Ok(Some(issue)) => of_project(looking, rows, &issue, &query, answer),
            Ok(None) => {
                let why = "there is no such issue in this organization, or not for this token";
                unsearched(&query, why, answer);
            }
            Err(error) => {
                answer.missed(&query, absence(&error), &error.to_string());
                answer.gap(format!("issue {name} was not read"), absence(&error), true);
            }
        }
    }
}

/// The ticket names it, so that no decision is whole without it.
fn unsearched(query: &Query, why: &str, answer: &mut Answer<'_>) {
    answer.asked(query, QueryResult::NotSearched, None, &[]);
    answer.gap(format!("{}: {why}", query.text), Absence::NotSearched, true);
}

fn of_project(
    looking: &mut Looking<'_>,
    rows: &[Row],
    issue: &Issue,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let slug = Slug::new(&issue.project).ok();
    let row = slug.as_ref().and_then(|slug| rows.iter().find(|it| it.projects.contains(slug)));
    let (Some(row), Some(slug)) = (row, slug) else {
        let why = "it is of a project that specialists.sentry.services does not list";
        return unsearched(query, why, answer);
    };
    let Some(project) = looking.project(&slug, answer) else {
        return answer.gap(uncounted(issue), Absence::NotSearched, true);
    };
    let (about, supports) = (about(&project, row), row.supports.as_slice());
    look(looking, &Case { issue, project: &project, about, supports, is_named: true }, answer);
}

fn uncounted(issue: &Issue) -> String {
    format!("events of {} were not counted", issue.short)
}

fn about(project: &Project, row: &Row) -> About {
    About { project: project.number, environments: row.environments.clone() }
}

/// Those of services, where the ticket names none: those whose type the ticket names are
/// looked at, the others are told of.
pub(super) fn of_services(
    looking: &mut Looking<'_>,
    rows: &[&Row],
    errors: &[String],
    answer: &mut Answer<'_>,
) {
    let listed = rows.iter().flat_map(|row| row.projects.iter().map(move |it| (*row, it)));
    for (row, slug) in listed.collect::<Vec<_>>() {
        let Some(project) = looking.project(slug, answer) else { continue };
        let about = about(&project, row);
        let window = looking.looking.window;
        let text = format!("issues of {slug} with events, most first");
        let query = with_environments(looking.query("issues", text, window), &about);
        if looking.is_late() {
            answer.missed(&query, Absence::NotSearched, "no time was left for it");
            continue;
        }
        answer.cost(1);
        let covered = looking.covered(&project, &window);
        match looking.sentry().issues(&about, &window) {
            Ok((issues, _)) if issues.is_empty() => {
                answer.asked(&query, QueryResult::Empty, covered, &[]);
            }
            Ok((issues, is_whole)) => {
                answer.asked(&query, QueryResult::Found, covered, &[]);
                listing(&issues, is_whole, slug, &query, answer);
                let is_named = |it: &&Issue| it.sort.as_ref().is_some_and(|it| errors.contains(it));
                for issue in issues.iter().filter(is_named).take(MOST_ISSUES) {
                    let (about, supports) = (about.clone(), row.supports.as_slice());
                    let project = &project;
                    let case = Case { issue, project, about, supports, is_named: false };
                    look(looking, &case, answer);
                }
            }
            Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
        }
    }
}

fn with_environments(mut query: Query, about: &About) -> Query {
    if !about.environments.is_empty() {
        query.parameters.push(("environments", about.environments.join(", ")));
    }
    query
}

fn listing(issues: &[Issue], is_whole: bool, slug: &Slug, query: &Query, answer: &mut Answer<'_>) {
    let count = issues.len();
    let count = if is_whole { count.to_string() } else { format!("at least {count}") };
    let line = |it: &Issue| format!("{} {}", it.short, it.words());
    let most = issues.first().map(line).unwrap_or_default();
    let claim = format!("{count} issues of {slug} had events in the window, most of all {most}");
    let excerpt = issues.iter().take(TOLD).map(line).collect();
    answer.found(query, Found::plain(claim, excerpt, query.window.from));
}

/// Counts its events by release, in the window and in others' before it.
fn look(looking: &mut Looking<'_>, case: &Case<'_>, answer: &mut Answer<'_>) {
    let window = looking.looking.window;
    let query = counted(looking, case, None, window);
    if looking.is_late() {
        if case.is_named {
            answer.gap(uncounted(case.issue), Absence::NotSearched, true);
        }
        return answer.missed(&query, Absence::NotSearched, "no time was left for it");
    }
    answer.cost(1);
    let covered = looking.covered(case.project, &window);
    match looking.sentry().counts(&case.about, &case.issue.short, None, &window) {
        Ok(counts) if counts.rows.is_empty() => {
            let result = proven(looking, case, &query, answer);
            answer.asked(&query, result, covered, &[]);
        }
        Ok(counts) => {
            answer.asked(&query, QueryResult::Found, covered, &[]);
            let release = counts.only_release().filter(|_| counts.is_whole).map(str::to_owned);
            let before = before(looking, case, answer);
            tell(looking, case, (&counts, before), release.is_some(), &query, answer);
            others(looking, case, &counts, answer);
            if let Some(release) = release {
                answer.pivot(format!("which change of {release} touched {}", case.issue.words()));
            }
        }
        Err(error) => {
            missed(&query, &error, answer);
            if case.is_named {
                answer.gap(uncounted(case.issue), absence(&error), true);
            }
        }
    }
}

/// How many events there were in as long a time before the window; `None` where that is
/// not known, which is said.
fn before(looking: &mut Looking<'_>, case: &Case<'_>, answer: &mut Answer<'_>) -> Option<u64> {
    let window = looking.looking.window;
    let query = counted(looking, case, None, Window { until: window.from, ..longer(window) });
    if looking.is_late() {
        answer.missed(&query, Absence::NotSearched, "no time was left for it");
        return None;
    }
    answer.cost(1);
    let covered = looking.covered(case.project, &query.window);
    match looking.sentry().counts(&case.about, &case.issue.short, None, &query.window) {
        Ok(counts) => {
            let is_empty = counts.rows.is_empty();
            let result = if is_empty { QueryResult::Empty } else { QueryResult::Found };
            answer.asked(&query, result, covered, &[]);
            (covered.is_none() && counts.is_whole).then(|| counts.total())
        }
        Err(error) => {
            missed(&query, &error, answer);
            None
        }
    }
}

/// Sentry refuses a time of which it keeps nothing any more.
fn missed(query: &Query, error: &AskError, answer: &mut Answer<'_>) {
    let said = error.to_string();
    let is_over = said.contains("date range");
    answer.missed(query, if is_over { Absence::OutsideWindow } else { absence(error) }, &said);
}

fn counted(
    looking: &mut Looking<'_>,
    case: &Case<'_>,
    without: Option<&Version>,
    window: Window,
) -> Query {
    let text = Sentry::search(&case.issue.short, without);
    let mut query = with_environments(looking.query("events", text, window), &case.about);
    query.parameters.push(("project", case.project.slug.to_string()));
    query
}

fn tell(
    looking: &mut Looking<'_>,
    case: &Case<'_>,
    (counts, before): (&Counts, Option<u64>),
    is_of_one: bool,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let first = counts.first().unwrap_or(query.window.from).max(query.window.from);
    let latest = looking.sentry().latest(case.issue.number, &case.about.environments);
    let latest = latest.unwrap_or_else(|error| {
        let what = format!("the latest event of {}: {error}", case.issue.short);
        answer.gap(what, absence(&error), false);
        None
    });
    let (count, words) = (counts.total(), case.issue.words());
    let count = if counts.is_whole { count.to_string() } else { format!("at least {count}") };
    let before = before.map(|it| format!("; {it} in as long a time before")).unwrap_or_default();
    let claim = format!(
        "{count} events of {words} ({}), {}, the first at {first}{before}",
        case.issue.short,
        releases(counts, is_of_one)
    );
    let link = looking.sentry().page_of(case.issue.number);
    let supports = if is_of_one { case.supports.to_vec() } else { Vec::new() };
    let excerpt = excerpt(case.issue, counts, &latest.unwrap_or_default());
    let found = Found::plain(claim, excerpt, first);
    answer.found(query, Found { supports, link: Some(link), ..found });
}

fn releases(counts: &Counts, is_of_one: bool) -> String {
    let told = |release: Option<&str>| release.unwrap_or("no release").to_owned();
    let all = counts.by_release();
    match all.as_slice() {
        [(release, _)] if is_of_one => format!("all in release {}", told(*release)),
        all => {
            let some = all.iter().take(4).map(|(it, count)| format!("{count} in {}", told(*it)));
            some.collect::<Vec<_>>().join(", ")
        }
    }
}

fn excerpt(issue: &Issue, counts: &Counts, latest: &Latest) -> Vec<String> {
    let mut lines = vec![issue.words()];
    if let Some(at) = &latest.at {
        lines.push(format!("latest event: {} at {at}", latest.exceptions.join(", then ")));
    }
    let time = |it: Option<Timestamp>| it.map(|it| it.to_string()).unwrap_or_default();
    lines.extend(counts.rows.iter().take(4).map(|row| {
        format!(
            "{} {}: {} from {} to {}",
            row.release.as_deref().unwrap_or("no release"),
            row.environment.as_deref().unwrap_or("no environment"),
            row.count,
            time(row.first),
            time(row.last)
        )
    }));
    if let (Some(first), Some(last)) = (issue.first, issue.last) {
        lines.push(format!("ever: from {first} to {last}"));
    }
    if !latest.crumbs.is_empty() {
        lines.push(format!("breadcrumbs before it: {}", latest.crumbs.join(", ")));
    }
    lines
}

/// The control: the same issue in other releases, from as long before the window as it
/// is long. A hit says that it is older than the release.
fn others(looking: &mut Looking<'_>, case: &Case<'_>, counts: &Counts, answer: &mut Answer<'_>) {
    let Some(release) = counts.by_release().first().and_then(|(it, _)| *it) else {
        let what = format!("events of {} carry no release", case.issue.short);
        return answer.gap(what, Absence::NotSearched, false);
    };
    let release = match Version::new(release) {
        Ok(release) => release,
        Err(error) => return answer.gap(error.to_string(), Absence::NotSearched, false),
    };
    let query = counted(looking, case, Some(&release), longer(looking.looking.window));
    if looking.is_late() {
        return answer.missed(&query, Absence::NotSearched, "no time was left for it");
    }
    answer.cost(1);
    let covered = looking.covered(case.project, &query.window);
    let (about, short) = (&case.about, &case.issue.short);
    match looking.sentry().counts(about, short, Some(&release), &query.window) {
        Ok(counts) if counts.rows.is_empty() => {
            let result = proven(looking, case, &query, answer);
            answer.asked(&query, result, covered, case.supports);
        }
        Ok(counts) => {
            answer.asked(&query, QueryResult::Found, covered, case.supports);
            let first = counts.first().unwrap_or(query.window.from).max(query.window.from);
            let claim = format!(
                "{} events of {} are of other releases than {release}: {}, the first at {first}",
                counts.total(),
                case.issue.short,
                releases(&counts, false)
            );
            let excerpt = excerpt(case.issue, &counts, &Latest::default());
            let found = Found::plain(claim, excerpt, first);
            answer.found(&query, Found { refutes: case.supports.to_vec(), ..found });
        }
        Err(error) => missed(&query, &error, answer),
    }
}

/// The window, and as long a time before it.
fn longer(window: Window) -> Window {
    let length = window.until.duration_since(window.from);
    Window { from: window.from.checked_sub(length).unwrap_or(Timestamp::MIN), ..window }
}

/// What it is worth that nothing was found: Sentry throws events away where there are too
/// many, and says how many.
fn proven(
    looking: &mut Looking<'_>,
    case: &Case<'_>,
    query: &Query,
    answer: &mut Answer<'_>,
) -> QueryResult {
    let slug = &case.project.slug;
    let (what, result) = match looking.sentry().dropped(case.project.number, &query.window) {
        Ok(0) => return QueryResult::Empty,
        Ok(dropped) => (
            format!(
                "{dropped} errors of {slug} were dropped at that time: that nothing was found proves nothing"
            ),
            QueryResult::OutsideWindow,
        ),
        Err(error) => {
            (format!("how many errors of {slug} were dropped: {error}"), QueryResult::Error)
        }
    };
    answer.gap(what, result.absence().unwrap_or(Absence::Error), false);
    result
}
