//! Where a learning should go, and what should happen there.

use std::fmt;
use std::str::FromStr;

use super::error::InboxError;
use crate::repo_path::RepoPath;

/// A page, with a section or whole; or a page that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// The page.
    pub path: RepoPath,
    /// The section, where one is named.
    pub anchor: Option<String>,
    /// True for `new:`, a page that is not there yet.
    pub is_new: bool,
}

impl FromStr for Target {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let wrong = |why| InboxError::Target { target: typed.to_owned(), why };
        let (is_new, rest) = match typed.trim().strip_prefix("new:") {
            Some(rest) => (true, rest),
            None => (false, typed.trim()),
        };
        let (path, anchor) = match rest.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned()).filter(|it| !it.is_empty())),
            None => (rest, None),
        };
        if path.is_empty() {
            return Err(wrong("names no page"));
        }
        let path = RepoPath::from_cite(path).map_err(|_| wrong("leaves the repository"))?;
        if !path.is_markdown() {
            return Err(wrong("is no Markdown page"));
        }
        if is_new && anchor.is_some() {
            return Err(wrong("names a section of a page that is not there yet"));
        }
        Ok(Self { path, anchor, is_new })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = if self.is_new { "new:" } else { "" };
        write!(f, "{new}{}", self.path.cite_text())?;
        self.anchor.as_ref().map_or(Ok(()), |anchor| write!(f, "#{anchor}"))
    }
}

/// What a learning wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Add to the section.
    Append,
    /// Put in the section's place.
    Replace,
    /// Make a page.
    New,
    /// Say that the page misled: where and why.
    Contradict,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Append, Self::Replace, Self::New, Self::Contradict];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Append => "append",
            Self::Replace => "replace",
            Self::New => "new",
            Self::Contradict => "contradict",
        }
    }

    /// What a target is for where nothing else is said.
    pub fn usual(target: &Target) -> Self {
        if target.is_new { Self::New } else { Self::Append }
    }

    /// Whether the two go together.
    pub fn fits(self, target: &Target) -> Result<(), InboxError> {
        let why = match (self == Self::New, target.is_new) {
            (true, false) => "is a page that is there; 'new' wants new:path.md",
            (false, true) => "is a page to be made, for which the action is 'new'",
            _ => return Ok(()),
        };
        Err(InboxError::Target { target: target.to_string(), why })
    }
}

impl FromStr for Action {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let all = [Self::Append, Self::Replace, Self::New, Self::Contradict];
        let found = all.into_iter().find(|action| action.name() == typed);
        found.ok_or_else(|| InboxError::NoAction(typed.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_reads_back_as_it_was_written() {
        for text in ["wiki/queue.md#known-causes", "wiki/queue.md", "new:wiki/patterns/queue.md"] {
            assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_target_that_leads_nowhere_says_why() {
        let why = |text: &str| match text.parse::<Target>() {
            Err(InboxError::Target { why, .. }) => why,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(why(""), "names no page");
        assert_eq!(why("../secret.md"), "leaves the repository");
        assert_eq!(why("wiki/queue.sh"), "is no Markdown page");
        assert_eq!(why("new:wiki/a.md#b"), "names a section of a page that is not there yet");
    }

    #[test]
    fn an_action_fits_its_target_or_says_why_not() {
        let old: Target = "wiki/a.md".parse().unwrap();
        let new: Target = "new:wiki/a.md".parse().unwrap();
        assert_eq!((Action::usual(&old), Action::usual(&new)), (Action::Append, Action::New));
        assert!(Action::Append.fits(&old).is_ok() && Action::New.fits(&new).is_ok());
        assert!(Action::New.fits(&old).is_err() && Action::Replace.fits(&new).is_err());
        assert!("merge".parse::<Action>().is_err());
    }
}
