//! The built-in specialists `github` and `gitlab`: what was deployed, released and merged of
//! a service's repositories in an incident's window.
//!
//! Each is a change beside the incident: it speaks for nothing by itself. A ticket chooses
//! among the services of the settings, and no word of it becomes a part of a question.

mod settings;

use std::marker::PhantomData;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use self::settings::Row;
use super::connector::{
    self, Answer, Connect, Connector, Found, Introduced, Looking, Query, absence, arrived, earlier,
    nothing, said, unnamed,
};
use super::crew::Reply;
use super::limits::Limits;
use crate::changes::{Account, Changes, Forge, Kind, Operation, Repo, Rights};
use crate::http::AskError;
use crate::triage::output::{Absence, FindingKind, QueryResult, Request};
use crate::workspace::Workspace;

/// How long a change may take until its forge lists it.
const UNTIL_IT_IS_THERE: SignedDuration = SignedDuration::from_mins(1);

/// Changes that are told.
const MOST: usize = 6;

/// Repositories of one answer.
const MOST_REPOS: usize = 5;

/// Which of the two.
pub(super) trait On {
    const NAME: &'static str;
    const KIND: Kind;
}

/// The one that asks GitHub.
pub(super) struct GitHub;

/// The one that asks GitLab.
pub(super) struct GitLab;

impl On for GitHub {
    const NAME: &'static str = "github";
    const KIND: Kind = Kind::GitHub;
}

impl On for GitLab {
    const NAME: &'static str = "gitlab";
    const KIND: Kind = Kind::GitLab;
}

/// A forge as the user's settings have it.
pub(super) struct Shipped<O> {
    forge: Forge,
    services: Vec<Row>,
    on: PhantomData<O>,
}

impl<O: On> Shipped<O> {
    /// As the user's settings say; an answer may take as long as the limits say.
    pub(super) fn of(
        workspace: &Workspace,
        limits: &Limits,
        now: fn() -> Timestamp,
    ) -> Connector<Self> {
        let seconds = Duration::from_secs(limits.seconds.into());
        let set = settings::read(workspace, O::NAME, O::KIND, seconds);
        let made = |(forge, services)| Self { forge, services, on: PhantomData };
        Connector::of(set.map(|it| it.map(made)), now)
    }
}

impl<O: On> Connect for Shipped<O> {
    const NAME: &'static str = O::NAME;

    fn sends() -> String {
        let paths: Vec<&str> = Operation::all(O::KIND).map(Operation::path).collect();
        format!("GET {}", paths.join(", "))
    }

    fn introduce(&mut self) -> Result<Introduced, (Absence, String)> {
        let account = self.forge.account();
        let Account { name, rights } = account.map_err(|it| (absence(&it), it.to_string()))?;
        let identity = match name {
            Some(name) => format!("account {name}"),
            None => "a token that is no account's".to_owned(),
        };
        Ok(Introduced { identity, rights: told(&rights) })
    }

    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply {
        let rows = connector::chosen(&request.ticket, &self.services);
        if rows.is_empty() {
            return unnamed(O::NAME);
        }
        let clock = earlier(now, self.forge.time());
        let Some(window) = arrived(request.window, clock, UNTIL_IT_IS_THERE) else {
            return nothing(
                Absence::OutsideWindow,
                "the incident is too new for what is listed of it",
            );
        };
        let mut looking = Looking { client: &mut self.forge, now, window, until };
        let mut answer = Answer::to(O::NAME, request, now);
        let repos = rows.iter().flat_map(|row| row.repos.iter().map(move |repo| (*row, repo)));
        for (at, (row, repo)) in repos.enumerate() {
            if at < MOST_REPOS {
                look(&mut looking, row, repo, &mut answer);
            } else {
                let what = format!("{repo}: {MOST_REPOS} repositories are looked at");
                answer.gap(what, Absence::NotSearched, false);
            }
        }
        said(answer)
    }
}

/// What the token may do besides, as far as the forge says so.
fn told(rights: &Rights) -> String {
    let writes = rights.that_write();
    match rights {
        Rights::Untold => {
            "what its token may do besides is not told of a fine-grained one or an app's".to_owned()
        }
        Rights::Scopes(all) if writes.is_empty() => {
            format!("its token may only read: {}", all.join(", "))
        }
        Rights::Scopes(_) => format!(
            "its token could change things ({}), though prode sends nothing that does: give it one that only reads",
            writes.join(", ")
        ),
    }
}

/// One sort of changes: its name in queries and claims, and how it is asked for.
type Ask = fn(&mut Forge, &Row, &Repo, &crate::triage::window::Window) -> Result<Changes, AskError>;

const SORTS: &[(&str, Ask)] = &[
    ("deployments", |forge, row, repo, window| forge.deployments(repo, &row.environments, window)),
    ("releases", |forge, _, repo, window| forge.releases(repo, window)),
    ("merges", |forge, _, repo, window| forge.merges(repo, window)),
];

fn look(looking: &mut Looking<'_, Forge>, row: &Row, repo: &Repo, answer: &mut Answer<'_>) {
    let query = |sort: &'static str, text: String| Query {
        of: sort,
        text,
        parameters: match row.environments.as_slice() {
            [] => Vec::new(),
            all if sort == "deployments" => vec![("environments", all.join(", "))],
            _ => Vec::new(),
        },
        window: looking.window,
    };
    // A repository that is not there has no changes, and that proves nothing.
    let there = query("repositories", format!("repository {repo}"));
    let queries: Vec<Query> =
        SORTS.iter().map(|(sort, _)| query(sort, format!("{sort} of {repo}"))).collect();
    match looking.client.has(repo) {
        Ok(true) => {}
        Ok(false) => {
            let why = "there is no such repository, or not for this token";
            return answer.missed(&there, Absence::NotSearched, why);
        }
        Err(error) => return answer.missed(&there, absence(&error), &error.to_string()),
    }
    answer.cost(1);
    for ((_, ask), query) in SORTS.iter().zip(&queries) {
        if looking.is_late() {
            answer.missed(query, Absence::NotSearched, "no time was left for it");
            continue;
        }
        let window = looking.window;
        match ask(looking.client, row, repo, &window) {
            Ok(changes) => tell(looking, repo, &changes, query, answer),
            Err(error) => answer.missed(query, absence(&error), &error.to_string()),
        }
    }
}

fn tell(
    looking: &Looking<'_, Forge>,
    repo: &Repo,
    Changes { changes, is_whole }: &Changes,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let Some(newest) = changes.first() else {
        if *is_whole {
            return answer.asked(query, QueryResult::Empty, None, &[]);
        }
        return answer.missed(query, Absence::Error, "it was not read to its end");
    };
    answer.asked(query, QueryResult::Found, None, &[]);
    let count = changes.len();
    let number = if *is_whole { count.to_string() } else { format!("at least {count}") };
    let claim = format!(
        "{number} {} in the window, the last at {}: {}",
        query.text, newest.at, newest.what
    );
    let lines = changes.iter().take(MOST).map(|it| format!("{} {}", it.at, it.what));
    let mut lines: Vec<String> = lines.collect();
    if count > MOST {
        lines.push(format!("and {} more", count - MOST));
    }
    let link = Some(looking.client.page_of(repo));
    let found = Found::plain(claim, lines, newest.at);
    answer.found(query, Found { kind: FindingKind::Change, link, ..found });
}
