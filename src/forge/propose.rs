//! One pull request for one branch, whatever is lost on the way.

use super::api::Api;
use super::error::ForgeError;
use super::kind::Kind;
use super::pull::{Change, Pull, Wanted, draft_title, undrafted};
use super::{Forge, State};
use crate::http::{HttpError, Patience};

/// What came of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// It is there now.
    Opened(Pull),
    /// It was there, and says what it shall.
    Updated(Pull),
    /// It was there and said so already.
    Unchanged(Pull),
    /// It was merged or closed before: nothing was changed and none is opened.
    Over(Pull),
}

impl Proposed {
    /// The pull request.
    pub fn pull(&self) -> &Pull {
        match self {
            Self::Opened(pull) | Self::Updated(pull) | Self::Unchanged(pull) | Self::Over(pull) => {
                pull
            }
        }
    }

    /// `opened`, `updated`, `unchanged`, `over`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Updated(_) => "updated",
            Self::Unchanged(_) => "unchanged",
            Self::Over(_) => "over",
        }
    }
}

impl Forge {
    /// Opens the branch's pull request, or makes the one that is there say what
    /// it shall. An answer that was lost is made up for by looking; forges
    /// refuse a second open one of the same branches, which is answered alike.
    pub fn propose(&self, wanted: &Wanted<'_>) -> Result<Proposed, ForgeError> {
        let mut patience = Patience::new();
        loop {
            if let Some(pull) = self.pull_of(wanted.branch)? {
                return self.follow(pull, wanted);
            }
            let error = match create(self.api.as_ref(), wanted) {
                Ok(pull) => return Ok(Proposed::Opened(pull)),
                Err(error) => error,
            };
            let is_lost = error.is_unsure();
            if !is_lost && !is_refused(&error) {
                return Err(error.into());
            }
            // It may be there all the same: by us, or by somebody who was quicker.
            if let Some(pull) = self.pull_of(wanted.branch)? {
                return self.follow(pull, wanted);
            }
            if !is_lost || !patience.after_failure() {
                return Err(error.into());
            }
        }
    }

    fn follow(&self, pull: Pull, wanted: &Wanted<'_>) -> Result<Proposed, ForgeError> {
        if pull.state != State::Open {
            return Ok(Proposed::Over(pull));
        }
        let change = change(self.place.kind, &pull, wanted);
        if change.is_empty() {
            return Ok(Proposed::Unchanged(pull));
        }
        Ok(Proposed::Updated(self.api.update(pull.number, &change)?))
    }
}

/// A repository that has no drafts gets one that is none.
fn create(api: &dyn Api, wanted: &Wanted<'_>) -> Result<Pull, HttpError> {
    match api.create(wanted) {
        Err(HttpError::Refused { said, .. })
            if wanted.draft && said.to_lowercase().contains("draft") =>
        {
            api.create(&Wanted { draft: false, ..*wanted })
        }
        answer => answer,
    }
}

/// 409 on GitLab and Gitea, 422 on GitHub, among other reasons.
fn is_refused(error: &HttpError) -> bool {
    matches!(error, HttpError::Refused { status: 409 | 422, .. })
}

/// What must change so that it says what it shall. Words that people wrote
/// around ours stay, and so do a title that they chose and what they said of
/// its being a draft.
fn change(kind: Kind, pull: &Pull, wanted: &Wanted<'_>) -> Change {
    let (prefix, title) = undrafted(kind, &pull.title);
    let body = within(&pull.body, wanted.body);
    let is_ours = parted(&pull.body, wanted.body).is_some_and(|(_, ours, _)| {
        let (_, end) = super::marker("", title);
        ours.ends_with(&end)
    });
    let new_title = format!("{prefix}{}", wanted.title.as_str());
    Change {
        title: Some(new_title).filter(|it| is_ours && *it != pull.title),
        body: Some(body).filter(|it| !is_same(it, &pull.body)),
        base: Some(wanted.base.to_owned()).filter(|it| *it != pull.base),
        close: false,
    }
}

/// Line ends are a forge's own business.
fn is_same(one: &str, other: &str) -> bool {
    one.replace("\r\n", "\n").trim() == other.replace("\r\n", "\n").trim()
}

/// `body` with `ours` in the place of what was ours; below somebody's own words
/// where nothing was.
fn within(body: &str, ours: &str) -> String {
    match parted(body, ours) {
        Some((before, _, after)) => format!("{before}{ours}{after}"),
        None if body.trim().is_empty() => ours.to_owned(),
        None => format!("{}\n\n{ours}", body.trim_end()),
    }
}

/// What stands before, between and after the marks, marks included.
fn parted<'a>(body: &'a str, ours: &str) -> Option<(&'a str, &'a str, &'a str)> {
    const END: &str = "<!-- prode: end ";
    let mark = ours.lines().next()?;
    let start = body.find(mark)?;
    let end = start + body[start..].find(END)?;
    let end = end + body[end..].find("-->")? + "-->".len();
    Some((&body[..start], &body[start..end], &body[end..]))
}

/// The title that a new one gets.
pub(super) fn first_title(kind: Kind, wanted: &Wanted<'_>) -> String {
    if wanted.draft { draft_title(kind, wanted.title) } else { wanted.title.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forge::marker;
    use crate::redaction::{Redacted, Redactor, Settings};

    fn redacted(text: &str) -> Redacted {
        Redactor::new(&Settings::default()).unwrap().redact(text).unwrap().text
    }

    fn body(title: &str, words: &str) -> Redacted {
        let (begin, end) = marker("L-3f2a91c07be4", title);
        redacted(&format!("{begin}\n{words}\n{end}"))
    }

    fn pull(title: &str, body: &str) -> Pull {
        Pull {
            number: 1,
            url: String::new(),
            title: title.into(),
            body: body.into(),
            base: "main".into(),
            branch: "b".into(),
            head: String::new(),
            state: State::Open,
            draft: false,
            author: None,
            opened: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn changed(kind: Kind, pull: &Pull, title: &str, words: &str) -> Change {
        let (title, body) = (redacted(title), body(title, words));
        let (branch, base, before) = ("b", "main", None);
        let wanted = Wanted { branch, base, title: &title, body: &body, before, draft: true };
        change(kind, pull, &wanted)
    }

    #[test]
    fn marks_pass_redaction_as_they_are() {
        let body = body("queue: add: Drain it", "words");
        assert!(body.starts_with("<!-- prode: L-3f2a91c07be4 -->\n"), "{body}");
        assert!(body.contains("\n<!-- prode: end "), "{body}");
    }

    #[test]
    fn nothing_changes_that_says_it_already() {
        let is = pull("Draft: a", &body("a", "one").replace('\n', "\r\n"));
        assert!(changed(Kind::GitLab, &is, "a", "one").is_empty());
    }

    #[test]
    fn our_words_change_and_those_of_people_stay() {
        let is = pull("WIP: a", &format!("Mine.\n\n{}\n\nMore.", body("a", "one").as_str()));
        let change = changed(Kind::Gitea, &is, "b", "two");
        assert_eq!(change.title.as_deref(), Some("WIP: b"));
        let told = change.body.unwrap();
        assert_eq!(told, format!("Mine.\n\n{}\n\nMore.", body("b", "two").as_str()));
    }

    #[test]
    fn a_title_that_people_chose_stays() {
        let is = pull("docs: drain it", &body("a", "one"));
        assert_eq!(changed(Kind::GitHub, &is, "b", "two").title, None);
        let ready = pull("a", &body("a", "one"));
        assert_eq!(changed(Kind::GitLab, &ready, "b", "one").title.as_deref(), Some("b"));
    }

    #[test]
    fn one_that_somebody_opened_keeps_its_words() {
        let change = changed(Kind::GitHub, &pull("Mine", "My words."), "a", "one");
        assert_eq!(change.title, None);
        assert_eq!(change.body.unwrap(), format!("My words.\n\n{}", body("a", "one").as_str()));
    }
}
