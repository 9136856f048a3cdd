//! Other repositories, through the `git` program: push with a lease, fetch.
//!
//! Nobody is asked for anything: credentials come from Git's own helpers and
//! agents, or the answer is an error. Every run has a time limit. What the
//! other side says is data: it is cut short, and shown without the
//! credentials that an address may hold.

use std::time::Duration;

use super::Repository;
use super::patience::Patience;
use super::program::unattended;
use crate::hint::{ErrorKind, Helpful};
use crate::ids::CommitId;
use crate::program::Ended;

/// One ref of the other side that is to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The ref's full name over there.
    pub reference: String,
    /// Where it shall be; `None` removes it.
    pub to: Option<CommitId>,
    /// Where it must be now, as far as is known here; `None`: not there.
    pub expected: Option<CommitId>,
}

/// What became of one ref of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It moved, or was there already.
    Done,
    /// It is not where it was expected; somebody else moved it.
    Moved,
    /// A hook of the other side said no.
    HookDeclined,
    /// It was well, but another ref of the same push was not.
    Withheld,
    /// Refused for another reason, in the other side's words.
    Rejected(String),
}

/// A ref to fetch and the ref that keeps it here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refspec {
    /// Its full name over there.
    pub from: String,
    /// Its full name here; it moves there whatever it was.
    pub to: String,
}

/// Why the other repository could not be spoken to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// No answer in time; what was pushed may or may not have arrived.
    #[error("remote '{remote}' did not answer within {} s", .limit.as_secs())]
    TooLate {
        /// Its name.
        remote: String,
        /// What was waited.
        limit: Duration,
    },
    /// Git ended without having spoken to it, or said no to the whole.
    #[error("remote '{remote}' cannot be used: {why}")]
    Unreachable {
        /// Its name.
        remote: String,
        /// Git's last words.
        why: String,
    },
    /// The ref is not over there.
    #[error("remote '{remote}' has no '{reference}'")]
    NoSuchRef {
        /// Its name.
        remote: String,
        /// The ref's full name.
        reference: String,
    },
    /// Git is not installed or may not be run.
    #[error("the git program does not start: {0}")]
    NoGit(std::io::Error),
    /// The name would be taken for an option.
    #[error("'{0}' is no name of a remote")]
    BadRemote(String),
}

impl Helpful for NetworkError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::TooLate { .. } | Self::Unreachable { .. } => ErrorKind::Unavailable,
            Self::NoSuchRef { .. } => ErrorKind::NotFound,
            Self::NoGit(_) => ErrorKind::Io,
            Self::BadRemote(_) => ErrorKind::Usage,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::TooLate { remote, .. } | Self::Unreachable { remote, .. } => {
                vec![format!("see what Git says: git ls-remote {remote}")]
            }
            Self::NoSuchRef { remote, .. } => {
                vec![format!("see what it has: git ls-remote {remote}")]
            }
            Self::NoGit(_) => vec!["install Git, or add it to PATH".to_owned()],
            Self::BadRemote(_) => vec!["see the remotes: git remote --verbose".to_owned()],
        }
    }
}

impl Repository {
    /// Moves refs of `remote`, each only from where it is expected, all or
    /// none; what became of each, in the order given. The commits must be
    /// here. Hooks of both sides run.
    pub fn push(
        &self,
        remote: &str,
        pushes: &[Push],
        limit: Duration,
    ) -> Result<Vec<Outcome>, NetworkError> {
        refuse_option(remote)?;
        let leases = pushes.iter().map(|push| {
            let expected = push.expected.map(|commit| commit.to_string()).unwrap_or_default();
            format!("--force-with-lease={}:{expected}", push.reference)
        });
        let specs = pushes.iter().map(|push| {
            format!("{}:{}", push.to.map(|it| it.to_string()).unwrap_or_default(), push.reference)
        });
        let fixed = ["push", "--porcelain", "--atomic", "--no-follow-tags"].map(str::to_owned);
        let ends = ["--".to_owned(), remote.to_owned()];
        let args = fixed.into_iter().chain(leases).chain(ends).chain(specs);
        let (success, stdout, stderr) = self.speak(remote, args, limit)?;
        let told: Vec<Option<Outcome>> =
            pushes.iter().map(|push| outcome_of(&stdout, &push.reference)).collect();
        if !success && told.iter().all(|outcome| matches!(outcome, None | Some(Outcome::Done))) {
            return Err(unreachable(remote, &stderr));
        }
        let unsaid = || Outcome::Rejected("Git said nothing".to_owned());
        Ok(told.into_iter().map(|outcome| outcome.unwrap_or_else(unsaid)).collect())
    }

    /// Brings refs of `remote` here, all or none.
    pub fn fetch(
        &self,
        remote: &str,
        specs: &[Refspec],
        limit: Duration,
    ) -> Result<(), NetworkError> {
        refuse_option(remote)?;
        let fixed = ["fetch", "--quiet", "--no-tags", "--atomic", "--no-write-fetch-head"];
        let fixed = fixed.into_iter().chain(["--no-auto-maintenance", "--", remote]);
        let specs = specs.iter().map(|spec| format!("+{}:{}", spec.from, spec.to));
        let args: Vec<String> = fixed.map(str::to_owned).chain(specs).collect();
        let mut patience = Patience::new();
        let stderr = loop {
            let (success, _, stderr) = self.speak(remote, args.clone(), limit)?;
            if success {
                return Ok(());
            }
            // Another fetch of the same refs was just faster.
            if !stderr.contains("cannot lock ref") || !patience.after_moved() {
                break stderr;
            }
        };
        let missing = stderr.lines().find_map(|line| line.split_once("find remote ref "));
        Err(match missing {
            Some((_, reference)) => NetworkError::NoSuchRef {
                remote: shown(remote),
                reference: reference.trim().to_owned(),
            },
            None => unreachable(remote, &stderr),
        })
    }

    fn speak(
        &self,
        remote: &str,
        args: impl IntoIterator<Item = String>,
        limit: Duration,
    ) -> Result<(bool, String, String), NetworkError> {
        match unattended(self, ["-c", "core.fsync=all"], limit).with(args).wait() {
            Ended::Done { success, stdout, stderr, .. } => Ok((success, stdout, stderr)),
            Ended::TooLate => Err(NetworkError::TooLate { remote: shown(remote), limit }),
            Ended::NotStarted(error) => Err(NetworkError::NoGit(error)),
        }
    }
}

fn refuse_option(remote: &str) -> Result<(), NetworkError> {
    let bad = remote.is_empty() || remote.starts_with('-') || remote.starts_with("ext::");
    if bad { Err(NetworkError::BadRemote(shown(remote))) } else { Ok(()) }
}

/// What `git push --porcelain` says of a ref: `flag TAB from:to TAB summary`
/// (git-push, "Output").
fn outcome_of(stdout: &str, reference: &str) -> Option<Outcome> {
    let line = stdout.lines().find_map(|line| {
        let mut fields = line.splitn(3, '\t');
        let (flag, refs, summary) = (fields.next()?, fields.next()?, fields.next()?);
        let (_, to) = refs.rsplit_once(':')?;
        (to == reference).then_some((flag, summary))
    });
    let (flag, summary) = line?;
    if flag != "!" {
        return Some(Outcome::Done);
    }
    let says = |words: &[&str]| words.iter().any(|word| summary.contains(word));
    Some(if says(&["hook declined"]) {
        Outcome::HookDeclined
    } else if says(&["atomic push failed", "atomic transaction failed"]) {
        Outcome::Withheld
    } else if says(&["stale info", "fetch first", "non-fast-forward", "already exists"])
        || says(&["cannot lock ref", "failed to update ref", "incorrect old value"])
    {
        Outcome::Moved
    } else {
        Outcome::Rejected(cut(summary))
    })
}

fn unreachable(remote: &str, stderr: &str) -> NetworkError {
    let telling = |line: &&str| line.starts_with("fatal: ") || line.starts_with("error: ");
    let line = stderr.lines().find(telling).or_else(|| stderr.lines().last());
    let why = line.unwrap_or("git said nothing").trim();
    let why = why.trim_start_matches("fatal: ").trim_start_matches("error: ");
    NetworkError::Unreachable { remote: shown(remote), why: cut(&without_credentials(why)) }
}

/// A remote as it may be shown: an address loses its user and password.
fn shown(remote: &str) -> String {
    without_credentials(remote)
}

fn without_credentials(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let end = after.find(['/', ' ', '\'', '"']).unwrap_or(after.len());
        let (authority, tail) = after.split_at(end);
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        shown.push_str(before);
        shown.push_str("://");
        shown.push_str(host);
        rest = tail;
    }
    shown + rest
}

/// The first 200 characters, on one line.
fn cut(text: &str) -> String {
    let line = text.chars().map(|it| if it.is_control() { ' ' } else { it });
    line.take(200).collect::<String>().trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(line: &str) -> Option<Outcome> {
        outcome_of(&format!("To git://h/r\n{line}\nDone\n"), "refs/prode/a")
    }

    #[test]
    fn porcelain_lines_are_told_apart() {
        let of = |summary: &str| outcome(&format!("!\tabc:refs/prode/a\t{summary}"));
        assert_eq!(of("[rejected] (stale info)"), Some(Outcome::Moved));
        assert_eq!(
            of("[remote rejected] (pre-receive hook declined)"),
            Some(Outcome::HookDeclined)
        );
        assert_eq!(of("[rejected] (atomic push failed)"), Some(Outcome::Withheld));
        let other = Outcome::Rejected("[remote rejected] (deny updating a hidden ref)".into());
        assert_eq!(of("[remote rejected] (deny updating a hidden ref)"), Some(other));
        assert_eq!(outcome("*\tabc:refs/prode/a\t[new reference]"), Some(Outcome::Done));
        assert_eq!(outcome("=\tabc:refs/prode/a\t[up to date]"), Some(Outcome::Done));
        assert_eq!(outcome("*\tabc:refs/prode/ab\t[new reference]"), None);
    }

    #[test]
    fn credentials_of_an_address_are_not_shown() {
        let said = "fatal: unable to access 'https://ada:hunter2@example.org/r.git/': no";
        let shown = unreachable("https://ada:hunter2@example.org/r.git", said).to_string();
        assert!(
            shown.contains("https://example.org/r.git") && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}
