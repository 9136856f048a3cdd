//! What a browser asks for: a path and a query, read into one of a few questions.
//!
//! What leads out of the repository, is too long or contradicts itself is refused
//! here; what no parameter is called is passed over, as browsers and mail programs
//! add their own.

mod audit;
mod runs;

use percent_encoding::percent_decode_str;

use super::address::When;
use super::done::Done;
use crate::inbox::{LearningId, State};
use crate::ops::resources::Uri;
use crate::ops::{Include, OpError};
use crate::repo_path::RepoPath;
use crate::routing::query::Filters;
use crate::run_id::RunId;
use crate::skill::MANIFEST;
use crate::workspace::Asked;
pub use audit::Audit;
pub use runs::Runs;

/// Characters of a search.
const LONGEST: usize = 1_000;
/// Parameters of one address.
const MOST: usize = 40;
/// Entries of a list that may be passed over.
const FARTHEST: usize = 1_000_000;
/// Hits that may be: each of them is worked out, and nobody reads so far.
const FARTHEST_HIT: usize = 480;
/// Links away from a page that a graph shows.
const DEEPEST: usize = 4;

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What is asked.
    pub route: Route,
    /// Of which revision.
    pub when: When,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    /// The front page.
    Home,
    /// Search, or the catalogue where nothing is looked for.
    Search(Search),
    /// A page.
    Page(RepoPath),
    /// A page's Markdown.
    Raw(RepoPath),
    /// A page's history from an entry on.
    History(RepoPath, usize),
    /// A page's lines from one on, and who wrote them.
    Blame(RepoPath, usize),
    /// What changed of a page since a commit or a day; since the commit before where
    /// nothing is said.
    Diff(RepoPath, Option<String>),
    /// A picture.
    Picture(RepoPath),
    /// Decisions of some statuses, from one on.
    Decisions(Vec<String>, usize),
    /// A decision.
    Decision(u32),
    /// All skills.
    Skills,
    /// A skill.
    Skill(String),
    /// Learnings of some states and one owner, from one on.
    Inbox(Inbox),
    /// A learning, and what was just done with it.
    Learning(LearningId, Option<Done>),
    /// The graph, or its picture.
    Graph(Around, bool),
    /// Findings of an audit.
    Audit(Audit),
    /// A finding, by its id, of the same.
    Finding(String, Audit),
    /// Runs in some phases, from one on.
    Runs(Runs),
    /// A run; its claims from one on.
    Run(RunId, usize),
}

/// Which learnings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// Of these states; empty for those that wait.
    pub states: Vec<State>,
    /// Of all states.
    pub all: bool,
    /// Whose page it is.
    pub owner: Option<String>,
    /// How many are passed over.
    pub from: usize,
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// As typed.
    pub text: String,
    /// As the command line has them.
    pub filters: Filters,
    /// What is let in beside active pages.
    pub include: Include,
    /// How many hits are passed over.
    pub from: usize,
    /// The results alone, for a page that is there already.
    pub part: bool,
}

/// Which part of the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// The page in its middle.
    pub page: Option<String>,
    /// Links away from it.
    pub depth: usize,
    /// Only pages of these kinds.
    pub kinds: Vec<String>,
}

impl When {
    /// As operations take it.
    pub fn asked(&self) -> Asked {
        match self {
            Self::Now => Asked::Trunk,
            Self::AsOf(day) => Asked::AsOf(day.clone()),
            Self::Rev(rev) => Asked::Rev(rev.clone()),
        }
    }
}

impl Request {
    /// Reads a path and a query as they stand in a request line.
    ///
    /// # Errors
    /// There is nothing at the path, or a parameter cannot be.
    pub fn read(path: &str, query: &str) -> Result<Self, OpError> {
        let parameters = Parameters::read(query)?;
        let when = parameters.when()?;
        Ok(Self { route: route(path, &parameters)?, when })
    }
}

fn route(path: &str, parameters: &Parameters) -> Result<Route, OpError> {
    let from = || parameters.number("from", FARTHEST);
    if let Some(rest) = path.strip_prefix("/wiki/") {
        return of_page(rest, from()?, parameters.one("since"));
    }
    if let Some(rest) = path.strip_prefix("/raw/") {
        return Ok(Route::Raw(repo_path(rest)?));
    }
    if let Some(rest) = path.strip_prefix("/picture/") {
        return Ok(Route::Picture(repo_path(rest)?));
    }
    if let Some(rest) = path.strip_prefix("/adr/") {
        return match format!("adr://{rest}").parse()? {
            Uri::Decision(number) => Ok(Route::Decision(number)),
            _ => Err(nothing()),
        };
    }
    if let Some(rest) = path.strip_prefix("/skills/") {
        return match format!("skill://{rest}/{MANIFEST}").parse()? {
            Uri::Skill { name, file } if file == MANIFEST => Ok(Route::Skill(name)),
            _ => Err(nothing()),
        };
    }
    if let Some(rest) = path.strip_prefix("/inbox/") {
        let id = rest.parse().map_err(|_| nothing())?;
        return Ok(Route::Learning(id, parameters.one("done").and_then(|it| Done::named(&it))));
    }
    if let Some(rest) = path.strip_prefix("/audit/") {
        return Ok(Route::Finding(audit::finding(rest)?, parameters.audit()?));
    }
    if let Some(rest) = path.strip_prefix("/runs/") {
        return Ok(Route::Run(runs::run(rest)?, from()?));
    }
    Ok(match path {
        "/" => Route::Home,
        "/audit" => Route::Audit(parameters.audit()?),
        "/runs" => Route::Runs(parameters.runs()?),
        "/inbox" => Route::Inbox(parameters.inbox()?),
        "/search" => Route::Search(parameters.search()?),
        "/adr" => Route::Decisions(parameters.all("status"), from()?),
        "/skills" => Route::Skills,
        "/graph" => Route::Graph(parameters.around()?, false),
        "/graph.svg" => Route::Graph(parameters.around()?, true),
        _ => return Err(nothing()),
    })
}

/// A page's name ends as Markdown's does, so that what stands behind it is a question
/// about the page.
fn of_page(rest: &str, from: usize, since: Option<String>) -> Result<Route, OpError> {
    if let Some((page, about)) = rest.rsplit_once('/') {
        let path = repo_path(page);
        if let Some(path) = path.ok().filter(RepoPath::is_markdown) {
            match about {
                "history" => return Ok(Route::History(path, from)),
                "blame" => return Ok(Route::Blame(path, from)),
                "diff" => return Ok(Route::Diff(path, since)),
                _ => {}
            }
        }
    }
    Ok(Route::Page(repo_path(rest)?))
}

fn repo_path(text: &str) -> Result<RepoPath, OpError> {
    match format!("wiki://{text}").parse()? {
        Uri::Page(path) => Ok(path),
        _ => Err(nothing()),
    }
}

/// What is said where nothing is.
pub fn nothing() -> OpError {
    OpError::NotFound {
        message: "there is nothing at this path".to_owned(),
        hint: "search for it, or begin at the front page".to_owned(),
    }
}

fn bad(message: String, hint: &str) -> OpError {
    OpError::Usage { message, hint: hint.to_owned() }
}

/// What stands behind the `?`, in its order.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(query: &str) -> Result<Self, OpError> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs: Vec<(String, String)> = pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decoded(name), decoded(value)))
            .filter(|(_, value)| !value.trim().is_empty())
            .take(MOST + 1)
            .collect();
        if pairs.len() > MOST {
            let message = format!("more than {MOST} parameters were sent");
            return Err(bad(message, "use fewer filters"));
        }
        Ok(Self(pairs))
    }

    fn all(&self, name: &str) -> Vec<String> {
        let fits = self.0.iter().filter(|(known, _)| known == name);
        fits.map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// The last of its name, with the space around it.
    pub(super) fn whole(&self, name: &str) -> Option<String> {
        self.0.iter().rfind(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// The last of its name.
    pub(super) fn one(&self, name: &str) -> Option<String> {
        self.all(name).pop()
    }

    fn number(&self, name: &str, most: usize) -> Result<usize, OpError> {
        let Some(text) = self.one(name) else { return Ok(0) };
        let number = text.parse().ok().filter(|number| *number <= most);
        number.ok_or_else(|| {
            let message = format!("'{name}' is no number from 0 to {most}");
            bad(message, "leave it out to begin at the first")
        })
    }

    fn when(&self) -> Result<When, OpError> {
        match (self.one("as-of"), self.one("rev")) {
            (Some(_), Some(_)) => Err(bad(
                "'as-of' and 'rev' exclude each other".to_owned(),
                "give the one that names the state you mean",
            )),
            (Some(day), None) => Ok(When::AsOf(day)),
            (None, Some(rev)) => Ok(When::Rev(rev)),
            (None, None) => Ok(When::Now),
        }
    }

    fn search(&self) -> Result<Search, OpError> {
        let text = self.one("q").unwrap_or_default();
        let farthest = if text.is_empty() { FARTHEST } else { FARTHEST_HIT };
        let from = self.number("from", farthest)?;
        if text.chars().count() > LONGEST {
            let message = format!("the question has more than {LONGEST} characters");
            return Err(bad(message, "ask in fewer words; whole tickets: prode route"));
        }
        let include = self.all("include");
        let lets_in = |what: &str| include.iter().any(|it| it == what);
        Ok(Search {
            text,
            filters: Filters {
                kinds: self.all("kind"),
                owners: self.all("owner"),
                services: self.all("service"),
                tags: self.all("tag"),
                statuses: self.all("status"),
            },
            include: Include {
                archived: lets_in("archived"),
                drafts: lets_in("drafts"),
                inbox: lets_in("inbox"),
            },
            from,
            part: self.one("part").is_some(),
        })
    }

    fn inbox(&self) -> Result<Inbox, OpError> {
        let named = self.all("state");
        let all = named.iter().any(|it| it == "all");
        let mut states = Vec::new();
        for name in named.iter().filter(|it| *it != "all" && *it != "waiting") {
            let state = State::ALL.into_iter().find(|state| state.name() == name);
            states.push(state.ok_or_else(|| {
                let known: Vec<&str> = State::ALL.iter().map(|state| state.name()).collect();
                let hint = format!("known: waiting, {}, all", known.join(", "));
                bad(format!("no learning has the state '{name}'"), &hint)
            })?);
        }
        Ok(Inbox { states, all, owner: self.one("owner"), from: self.number("from", FARTHEST)? })
    }

    fn around(&self) -> Result<Around, OpError> {
        let depth = self.number("depth", DEEPEST)?.max(1);
        Ok(Around { page: self.one("page"), depth, kinds: self.all("kind") })
    }
}

/// As forms write it: a plus is a space. Bytes that are no text are replaced.
fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests;
