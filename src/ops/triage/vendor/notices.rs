//! What one vendor published, as claims and as typed absence.

use jiff::{SignedDuration, Timestamp};

use super::{Means, Watched};
use crate::http::AskError;
use crate::ops::triage::connector::{Answer, Found, Query, absence, arrived, earlier};
use crate::triage::output::{Absence, FindingKind, QueryResult};
use crate::triage::window::Window;
use crate::vendor::{Component, Concern, Ends, Notice, Published, Sort, Update};

/// Incidents of a vendor that are told.
const MOST: usize = 4;

/// What began so long before an incident is no sign of it, and what a feed last wrote of so
/// long before is taken to be over.
const LONG_BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// Clocks may differ by so much.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// What a notice is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// It is of the window, and about what is depended on.
    Sign,
    /// It is of the window, and speaks for nothing.
    Beside,
    /// It may have gone on in the window: nobody says when it ended.
    Perhaps,
    /// Its time is yet to come.
    Future,
    /// It has nothing to do with it.
    Nothing,
}

/// One vendor while it is told of.
struct Case<'a> {
    watched: &'a Watched,
    means: &'a Means,
    window: Window,
    /// The time by the earlier of both clocks.
    clock: Timestamp,
}

pub(super) fn tell(
    watched: &Watched,
    means: &Means,
    published: &Result<Published, AskError>,
    (window, now): (Window, Timestamp),
    answer: &mut Answer<'_>,
) {
    let clock = earlier(now, watched.vendor.time());
    let query = |window| query(watched, "incidents", "incidents", window);
    let published = match published {
        Ok(published) => published,
        Err(error) => return answer.missed(&query(window), absence(error), &error.to_string()),
    };
    let Some(window) = arrived(window, clock, SignedDuration::ZERO) else {
        let why = "the incident begins after what was published until now";
        return answer.missed(&query(window), Absence::OutsideWindow, why);
    };
    for missed in &published.missed {
        answer.gap(format!("{}: {missed}", watched.name), Absence::Error, false);
    }
    let case = Case { watched, means, window, clock };
    case.incidents(published, answer);
    case.maintenance(published, answer);
}

fn query(watched: &Watched, of: &'static str, what: &str, window: Window) -> Query {
    let about = match watched.components.as_slice() {
        [] => String::new(),
        all => format!(" that concern {}", all.join(", ")),
    };
    let text = format!("{what} of {}{about}", watched.name);
    Query { of, text, parameters: vec![("host", watched.vendor.host().to_owned())], window }
}

impl Case<'_> {
    fn incidents(&self, published: &Published, answer: &mut Answer<'_>) {
        let query = query(self.watched, "incidents", "incidents", self.window);
        let all = published.notices.iter().filter(|it| it.sort == Sort::Incident);
        let mut all: Vec<(Worth, &Notice)> = all.map(|it| (self.worth(it), it)).collect();
        all.sort_by_key(|(_, it)| std::cmp::Reverse(it.from));
        let of = |worth| all.iter().filter(move |it| it.0 == worth).map(|it| it.1);
        let troubled: Vec<&Component> = self.troubled(published).collect();
        let future = of(Worth::Future).count();
        if future > 0 {
            let what = format!("{future} incidents of {} are yet to come", self.watched.name);
            answer.gap(what, Absence::Error, false);
        }
        let signs: Vec<&Notice> = of(Worth::Sign).collect();
        let beside: Vec<&Notice> = of(Worth::Beside).collect();
        if !signs.is_empty() {
            answer.asked(&query, QueryResult::Found, None, &self.means.would_refute);
            for notice in signs.iter().take(MOST) {
                self.found(notice, Worth::Sign, &query, answer);
            }
            return self.pivot(signs[0], answer);
        }
        if !beside.is_empty() || !troubled.is_empty() {
            answer.asked(&query, QueryResult::Found, None, &[]);
            for notice in beside.iter().take(MOST) {
                self.found(notice, Worth::Beside, &query, answer);
            }
            return self.component(&troubled, &query, answer);
        }
        let perhaps = of(Worth::Perhaps).next();
        self.nothing(published, perhaps, &query, answer);
    }

    fn worth(&self, notice: &Notice) -> Worth {
        let concern = notice.concerns(&self.watched.components);
        if concern == Concern::No {
            return Worth::Nothing;
        }
        if notice.from > later(self.clock, SKEW) {
            return Worth::Future;
        }
        let long_before = sooner(self.window.from, LONG_BEFORE);
        if notice.meets(&self.window) {
            let is_harmless = notice.impact.as_deref() == Some("none");
            let is_sign = concern == Concern::Yes && !is_harmless && notice.from >= long_before;
            return if is_sign { Worth::Sign } else { Worth::Beside };
        }
        match notice.ends {
            Ends::Untold(last) if last >= long_before && last < self.window.from => Worth::Perhaps,
            _ => Worth::Nothing,
        }
    }

    /// Components that have trouble now, where the window goes up to now.
    fn troubled<'a>(&self, published: &'a Published) -> impl Iterator<Item = &'a Component> {
        let (names, window) = (self.watched.components.clone(), self.window);
        let is_now = window.until >= sooner(self.clock, SKEW);
        published.troubled.iter().filter(move |it| {
            let is_ours =
                names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(&it.name));
            is_now && is_ours && it.since.is_some_and(|it| window.holds(it))
        })
    }

    fn found(&self, notice: &Notice, worth: Worth, query: &Query, answer: &mut Answer<'_>) {
        let claim = format!(
            "{} reported '{}'{} {}",
            self.watched.name,
            notice.title,
            concerning(notice),
            span(notice)
        );
        let at = notice.from.clamp(self.window.from, self.window.until);
        let found = Found { link: notice.link.clone(), ..Found::plain(claim, lines(notice), at) };
        let found = match worth {
            Worth::Sign => Found {
                supports: self.means.supports.clone(),
                refutes: self.means.would_refute.clone(),
                ..found
            },
            _ => found,
        };
        answer.found(query, found);
    }

    /// A page may show that a component has trouble before anybody writes of it. It says
    /// nothing of the time before.
    fn component(&self, troubled: &[&Component], query: &Query, answer: &mut Answer<'_>) {
        let Some(first) = troubled.first() else { return };
        let since = first.since.unwrap_or(self.window.until);
        let claim = format!(
            "{} shows {} components with trouble, without an incident: {} is {} since {since}",
            self.watched.name,
            troubled.len(),
            first.name,
            first.status
        );
        let line = |it: &&Component| {
            let since = it.since.map(|it| it.to_string()).unwrap_or_default();
            format!("{since} {}: {}", it.name, it.status)
        };
        answer.found(query, Found::plain(claim, troubled.iter().map(line).collect(), since));
    }

    /// Where nothing is listed of the window: what that is worth.
    fn nothing(
        &self,
        published: &Published,
        perhaps: Option<&Notice>,
        query: &Query,
        answer: &mut Answer<'_>,
    ) {
        let (result, why) = if let Some(notice) = perhaps {
            let why = format!("'{}' does not say that it was over before", notice.title);
            (QueryResult::OutsideWindow, why)
        } else if published.unread > 0 {
            (
                QueryResult::Error,
                format!("{} entries have no time that can be read", published.unread),
            )
        } else {
            match published.since {
                Some(since) if since <= self.window.from => (QueryResult::Empty, String::new()),
                Some(since) => (QueryResult::OutsideWindow, format!("its list begins at {since}")),
                None => (QueryResult::OutsideWindow, "its list may not be whole".to_owned()),
            }
        };
        answer.asked(query, result, None, &self.means.would_refute);
        if let Some(absence) = result.absence().filter(|it| *it != Absence::Empty) {
            let what = format!("{}: {why}; that nothing is there proves nothing", query.text);
            answer.gap(what, absence, false);
        }
    }

    fn pivot(&self, notice: &Notice, answer: &mut Answer<'_>) {
        let name = &self.watched.name;
        answer.pivot(format!("whether calls to {name} failed from {} on", notice.from));
    }

    fn maintenance(&self, published: &Published, answer: &mut Answer<'_>) {
        let is_it = |it: &&Notice| {
            it.sort == Sort::Maintenance
                && it.concerns(&self.watched.components) != Concern::No
                && it.from <= later(self.clock, SKEW)
                && it.meets(&self.window)
        };
        let query = query(self.watched, "maintenance", "maintenance", self.window);
        let all: Vec<&Notice> = published.notices.iter().filter(is_it).collect();
        if all.is_empty() {
            return;
        }
        answer.asked(&query, QueryResult::Found, None, &[]);
        for notice in all.iter().take(MOST) {
            let (claim, at) = (
                format!(
                    "{} planned '{}'{} {}",
                    self.watched.name,
                    notice.title,
                    concerning(notice),
                    span(notice)
                ),
                notice.from.clamp(self.window.from, self.window.until),
            );
            let found = Found::plain(claim, lines(notice), at);
            let (kind, link) = (FindingKind::Change, notice.link.clone());
            answer.found(&query, Found { kind, link, ..found });
        }
    }
}

fn concerning(notice: &Notice) -> String {
    let impact = notice.impact.as_deref().map(|it| format!(" (impact {it})")).unwrap_or_default();
    match notice.components.as_deref() {
        Some([_, ..]) => {
            let names = notice.components.iter().flatten().take(4);
            let names: Vec<&str> = names.map(String::as_str).collect();
            format!("{impact} of {}", names.join(", "))
        }
        _ => impact,
    }
}

fn span(notice: &Notice) -> String {
    match notice.ends {
        Ends::At(at) => format!("from {} to {at}", notice.from),
        Ends::Open => format!("from {}, and it is not over", notice.from),
        Ends::Untold(last) => format!("at {}, and wrote of it until {last}", notice.from),
    }
}

fn lines(notice: &Notice) -> Vec<String> {
    let line = |it: &Update| {
        let status = it.status.as_deref().map(|it| format!("{it}: ")).unwrap_or_default();
        let text: String = it.text.chars().take(120).collect();
        format!("{} {status}{text}", it.at)
    };
    let names = notice.components.iter().flatten().take(8).cloned().collect::<Vec<_>>();
    let mut lines = vec![notice.title.clone()];
    lines.extend((!names.is_empty()).then(|| format!("components: {}", names.join(", "))));
    lines.extend(notice.updates.iter().map(line));
    lines
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn sooner(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_sub(by).unwrap_or(Timestamp::MIN)
}
