//! One question to Sentry and its answer.

use jiff::Timestamp;
use serde_json::Value;

use super::PAGES;
use super::names::Slug;
use crate::http::{Answered, AskError, Question, Reader, Service, Token, Where};

/// Where the API is on every server.
const API: &str = "/api/0";

/// Asks Sentry, as far as it may be asked.
pub struct Sentry {
    reader: Reader,
    organization: Slug,
}

/// Items of a list, and whether there are no others.
pub(super) type Listed<T> = (Vec<T>, bool);

impl Sentry {
    /// Of an organization, at the server's address, with or without the path of its API.
    /// Nothing is sent until something is asked.
    pub fn new(place: Where, organization: Slug, token: Token) -> Self {
        let reader = Reader::new("Sentry", Service::SENTRY, place, API, token);
        Self { reader, organization }
    }

    /// Whose data are looked at.
    pub fn organization(&self) -> &Slug {
        &self.organization
    }

    /// How many questions were asked.
    pub fn calls(&self) -> u32 {
        self.reader.calls()
    }

    /// The time that it is there, as its last answer had it.
    pub fn time(&self) -> Option<Timestamp> {
        self.reader.time()
    }

    /// Where a person sees an issue.
    pub fn page_of(&self, issue: u64) -> String {
        let path = format!("/organizations/{}/issues/{issue}/", self.organization);
        self.reader.endpoint().at(&path).replacen(&format!("{API}/"), "/", 1)
    }

    /// One question, as `read` understands its answer.
    ///
    /// # Errors
    /// Sentry gave no answer that counts, or was not asked: it did not answer before, or
    /// too much was asked.
    pub(super) fn read<T>(
        &mut self,
        question: Question,
        read: impl Fn(&Value) -> Result<T, String>,
    ) -> Result<T, AskError> {
        self.reader.read(&question.part("organization", &self.organization), read)
    }

    /// Items of a list, page by page, until one is `enough`.
    pub(super) fn list<T>(
        &mut self,
        question: Question,
        items: impl Fn(&Value) -> Result<Vec<T>, String>,
        enough: impl Fn(&T) -> bool,
    ) -> Result<Listed<T>, AskError> {
        let question = question.part("organization", &self.organization);
        let mut all = Vec::new();
        let mut page = question.clone();
        for _ in 0..PAGES {
            let answer = self.reader.ask(&page)?;
            let found = items(&answer.value).map_err(|why| self.reader.strange(&question, why))?;
            let is_enough = found.iter().any(&enough);
            all.extend(found);
            match cursor(&answer) {
                Ok(Some(cursor)) if !is_enough => page = question.clone().with("cursor", &cursor),
                Ok(_) => return Ok((all, true)),
                Err(why) => return Err(self.reader.strange(&question, why)),
            }
        }
        Ok((all, false))
    }
}

/// Where the next page begins, where there is one.
fn cursor(answer: &Answered) -> Result<Option<String>, String> {
    let Some(next) = answer.next().filter(|it| !it.contains(&("results", "false"))) else {
        return Ok(None);
    };
    let cursor = next.iter().find_map(|(name, value)| (*name == "cursor").then_some(*value));
    let is_sound = |it: &&str| {
        let is_letter = |it: char| it.is_ascii_alphanumeric() || ":-_=.".contains(it);
        (1..=200).contains(&it.len()) && it.chars().all(is_letter)
    };
    let cursor = cursor.filter(is_sound).ok_or("its next page has no cursor")?;
    Ok(Some(cursor.to_owned()))
}
