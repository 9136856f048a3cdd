//! One question to a forge and its answer.

use jiff::Timestamp;
use serde_json::Value;

use super::kind::{Kind, Repo};
use super::{Change, Changes, PAGE, PAGES};
use crate::http::{AskError, Endpoint, Question, Reader, Token, Where};
use crate::triage::window::Window;

/// Asks a forge what was changed, as far as it may be asked.
pub struct Forge {
    kind: Kind,
    pub(super) reader: Reader,
}

impl Forge {
    /// Nothing is sent until something is asked.
    pub fn new(kind: Kind, place: Where, token: Token) -> Self {
        Self { kind, reader: Reader::new(kind.name(), kind.service(), place, "", token) }
    }

    /// Which one.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How many questions were asked.
    pub fn calls(&self) -> u32 {
        self.reader.calls()
    }

    /// The time that it is there, as its last answer had it.
    pub fn time(&self) -> Option<Timestamp> {
        self.reader.time()
    }

    /// Where a person sees a repository.
    pub fn page_of(&self, repo: &Repo) -> String {
        let endpoint: &Endpoint = self.reader.endpoint();
        let host = endpoint.host();
        let scheme = if endpoint.is_here() { "http" } else { "https" };
        let host = if host == "api.github.com" { "github.com" } else { host };
        format!("{scheme}://{host}/{}", repo.page())
    }

    /// Items of a list, page by page, until one is `enough`; whether there are no others.
    pub(super) fn list<T>(
        &mut self,
        question: &Question,
        read: impl Fn(&Value) -> Result<T, String>,
        enough: impl Fn(&T) -> bool,
    ) -> Result<(Vec<T>, bool), AskError> {
        let mut all = Vec::new();
        for page in 1..=PAGES {
            let asked = question.clone().with("per_page", &PAGE).with("page", &page);
            let items = self.reader.read(&asked, |it| {
                let items = it.as_array().ok_or("it is no list")?;
                items.iter().map(&read).collect::<Result<Vec<T>, _>>()
            })?;
            let is_last = items.len() < PAGE || items.iter().any(&enough);
            all.extend(items);
            if is_last {
                return Ok((all, true));
            }
        }
        Ok((all, false))
    }
}

/// Those of a window, the newest first.
pub(super) fn within(
    changes: impl IntoIterator<Item = (Timestamp, String)>,
    is_whole: bool,
    window: &Window,
) -> Changes {
    let there = changes.into_iter().filter(|(at, _)| window.holds(*at));
    let mut changes: Vec<Change> = there.map(|(at, what)| Change { what, at }).collect();
    changes.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.what.cmp(&b.what)));
    Changes { changes, is_whole }
}

/// A commit as people write it.
pub(super) fn short(commit: &str) -> String {
    commit.chars().filter(char::is_ascii_alphanumeric).take(12).collect()
}
