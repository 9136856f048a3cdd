//! Where pages are: the one place that writes addresses.
//!
//! A page knows what it leads to and asks here for the address, so that the same page
//! can stand in a server and in a folder of files. Questions of an earlier day keep to
//! that day: its parameter goes with every link. In a folder of files every address is
//! relative to the file that holds it, and what is asked of a server has none.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::assets;
use super::files::Files;
pub use super::place::Place;

/// What stands in an address as it is; the rest is percent-encoded.
const SAFE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');

/// Which revision is asked, as an address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum When {
    /// The trunk as it is.
    #[default]
    Now,
    /// As it was on a day or at a time.
    AsOf(String),
    /// A commit.
    Rev(String),
}

/// Writes addresses for one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The revision that links keep to.
    pub when: When,
    /// The folder of files that the answer stands in; `None` behind a server.
    written: Option<Written>,
}

/// A file of a folder of files, as far as its links depend on where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    files: Arc<Files>,
    /// What leads from the file to the folder: `../` for each step, or the folder's own
    /// address.
    up: String,
}

impl Addresses {
    /// Addresses of links in the file `from` of a folder of files.
    pub fn in_file(files: &Arc<Files>, from: &str) -> Self {
        Self::in_files(files, "../".repeat(from.matches('/').count()))
    }

    /// The same for a file that is shown at any place: `base` leads to the folder.
    pub fn in_files(files: &Arc<Files>, base: String) -> Self {
        let written = Written { files: Arc::clone(files), up: base };
        Self { when: When::Now, written: Some(written) }
    }

    /// True if a server answers: only then can something be asked.
    pub fn is_served(&self) -> bool {
        self.written.is_none()
    }

    /// The address of a page; `None` where the folder of files leaves it out.
    pub fn page(&self, path: &str) -> Option<String> {
        match &self.written {
            Some(written) if !written.files.has_page(path) => None,
            _ => Some(self.of(Place::Page(path))),
        }
    }

    /// The address of a picture; `None` where the folder of files leaves it out.
    pub fn picture(&self, path: &str) -> Option<String> {
        let Some(written) = &self.written else { return Some(self.of(Place::Picture(path))) };
        let place = written.files.picture(path)?;
        let is_whole = place.starts_with("data:");
        Some(if is_whole { place.to_owned() } else { self.to_file(place) })
    }

    /// Where a form sends its fields; they bring the parameters.
    pub fn form(&self, place: Place<'_>) -> String {
        if self.is_served() { path(place) } else { self.of(place) }
    }

    /// The address of a file of the folder by its name.
    pub fn to_file(&self, name: &str) -> String {
        let up = self.written.as_ref().map_or("/", |written| written.up.as_str());
        let address = format!("{up}{}", encoded(name));
        // A first part with a colon would read as a scheme.
        let is_bare = up.is_empty() && name.split('/').next().is_some_and(|it| it.contains(':'));
        if is_bare { format!("./{address}") } else { address }
    }

    /// The address of `place`.
    pub fn of(&self, place: Place<'_>) -> String {
        self.with(place, &[])
    }

    /// The same with parameters.
    pub fn with(&self, place: Place<'_>, parameters: &[(&str, &str)]) -> String {
        if let Some(written) = &self.written {
            return self.to_file(&written.files.name(place, parameters));
        }
        let when = match &self.when {
            When::Now => None,
            When::AsOf(day) => Some(("as-of", day.as_str())),
            When::Rev(rev) => Some(("rev", rev.as_str())),
        };
        let all = parameters.iter().copied().chain(when);
        let all: Vec<String> =
            all.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let mark = if all.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", path(place), all.join("&"))
    }

    /// The address of a section of a page.
    pub fn section(&self, path: &str, anchor: &str) -> String {
        let page = self.of(Place::Page(path));
        if anchor.is_empty() { page } else { format!("{page}#{}", encoded(anchor)) }
    }

    /// The same place at another time.
    pub fn at(when: When) -> Self {
        Self { when, written: None }
    }

    /// The address of a file that comes with the program; the same at every time.
    pub fn asset(&self, name: &str) -> String {
        match &self.written {
            Some(_) => self.to_file(&assets::file(name)),
            None => format!("/assets/{}", assets::named(name)),
        }
    }
}

fn path(place: Place<'_>) -> String {
    match place {
        Place::Home => "/".to_owned(),
        Place::Search => "/search".to_owned(),
        Place::Page(path) => format!("/wiki/{}", encoded(path)),
        Place::Raw(path) => format!("/raw/{}", encoded(path)),
        Place::History(path) => format!("/wiki/{}/history", encoded(path)),
        Place::Blame(path) => format!("/wiki/{}/blame", encoded(path)),
        Place::Diff(path) => format!("/wiki/{}/diff", encoded(path)),
        Place::Picture(path) => format!("/picture/{}", encoded(path)),
        Place::Decisions => "/adr".to_owned(),
        Place::Decision(number) => format!("/adr/{number}"),
        Place::Skills => "/skills".to_owned(),
        Place::Skill(name) => format!("/skills/{}", encoded(name)),
        Place::Inbox => "/inbox".to_owned(),
        Place::Learning(id) => format!("/inbox/{}", encoded(id)),
        Place::Graph => "/graph".to_owned(),
        Place::GraphPicture => "/graph.svg".to_owned(),
        Place::Audit => "/audit".to_owned(),
        Place::Finding(id) => format!("/audit/{}", encoded(id)),
        Place::Runs => "/runs".to_owned(),
        Place::Run(id) => format!("/runs/{}", encoded(id)),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, SAFE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_nothing_that_ends_them() {
        let now = Addresses::default();
        assert_eq!(now.of(Place::Page("wiki/a b#c?.md")), "/wiki/wiki/a%20b%23c%3F.md");
        assert_eq!(now.with(Place::Search, &[("q", "a&b=\"c\"")]), "/search?q=a%26b%3D%22c%22");
        assert_eq!(now.section("a.md", "b\"c"), "/wiki/a.md#b%22c");
        let then = Addresses::at(When::AsOf("2026-01-01".to_owned()));
        assert_eq!(then.of(Place::Decision(12)), "/adr/12?as-of=2026-01-01");
        assert_eq!(then.section("a.md", "b"), "/wiki/a.md?as-of=2026-01-01#b");
    }
}
