//! What a finding is about.

use std::fmt;
use std::str::FromStr;

use super::error::InboxError;
use super::target::Target;
use crate::repo_path::RepoPath;

/// A page, a proposal, a run; in doubt none of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Subject {
    /// Nothing that can be named.
    #[default]
    None,
    /// A page of the trunk, with a section or whole.
    Page(Target),
    /// `prode/…`, the branch of a proposal, or `P-…`.
    Proposal(String),
    /// `R-…`, a run.
    Run(String),
}

impl FromStr for Subject {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let typed = typed.trim();
        let is_word = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        let is_name = typed.chars().all(is_word) && !typed.contains("..");
        let begins = |with: &str| typed.strip_prefix(with).is_some_and(|it| !it.is_empty());
        match typed {
            "" | "none" => Ok(Self::None),
            _ if is_name && begins("R-") => Ok(Self::Run(typed.to_owned())),
            _ if is_name && (begins("P-") || begins("prode/")) && !is_page(typed) => {
                Ok(Self::Proposal(typed.to_owned()))
            }
            _ => match typed.parse::<Target>() {
                Ok(page) if !page.is_new => Ok(Self::Page(page)),
                _ => Err(InboxError::NoSubject(typed.to_owned())),
            },
        }
    }
}

fn is_page(typed: &str) -> bool {
    RepoPath::from_cite(typed).is_ok_and(|path| path.is_markdown())
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Page(page) => page.fmt(f),
            Self::Proposal(name) | Self::Run(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_back_as_it_was_written() {
        for text in
            ["none", "wiki/queue.md#known-causes", "prode/promote/queue", "P-3f2a91c07be4", "R-7"]
        {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        assert_eq!("".parse::<Subject>().unwrap(), Subject::None);
        assert!(matches!("prode/notes.md".parse(), Ok(Subject::Page(_))));
    }

    #[test]
    fn what_names_nothing_is_refused() {
        for text in ["the queue page", "../x.md", "new:wiki/a.md", "R-", "R-a b", "prode/../x"] {
            let wrong = text.parse::<Subject>();
            assert_eq!(wrong, Err(InboxError::NoSubject(text.to_owned())), "{text}");
        }
    }
}
