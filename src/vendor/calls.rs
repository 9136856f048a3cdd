//! One vendor, and what it published.

use jiff::Timestamp;

use super::feed::Feed;
use super::line;
use super::notice::{Notice, Published};
use super::operation::Operation;
use super::page::{self, Listed};
use crate::http::{AskError, Reader, Service, Where};

/// Where the API of a status page is.
const API: &str = "/api/v2";

/// Asks one vendor, as far as it may be asked.
pub struct Vendor {
    reader: Reader,
    source: Source,
    listed: usize,
}

/// Where its notices stand.
#[derive(Debug, Clone, Copy)]
enum Source {
    Page,
    Feed(Operation),
}

impl Vendor {
    /// That has a status page. Not every maker says how many incidents a list has at most: it
    /// is whole only where fewer than `listed` are there. Nothing is sent until something is
    /// asked.
    pub fn with_page(place: Where, listed: Option<usize>) -> Self {
        let reader = Reader::anonymous("the status page", Service::PUBLIC, place, API);
        Self { reader, source: Source::Page, listed: listed.unwrap_or(0) }
    }

    /// The same with a feed, at the address of the place or in that folder.
    pub fn with_feed(place: Where, is_folder: bool, listed: Option<usize>) -> Self {
        let operation = if is_folder { Operation::FeedFolder } else { Operation::Feed };
        let reader = Reader::anonymous("the feed", Service::FEED, place, "");
        Self { reader, source: Source::Feed(operation), listed: listed.unwrap_or(0) }
    }

    /// Its host, with the port where one is written.
    pub fn host(&self) -> &str {
        self.reader.endpoint().host()
    }

    /// The time that it is there, as its last answer had it.
    pub fn time(&self) -> Option<Timestamp> {
        self.reader.time()
    }

    /// Whose it is, as it says itself.
    ///
    /// # Errors
    /// It did not answer, or with something else.
    pub fn name(&mut self) -> Result<String, AskError> {
        match self.source {
            Source::Page => self.summary().map(|it| it.name),
            Source::Feed(operation) => self.feed(operation).map(|it| it.title),
        }
    }

    /// What it published. A list is asked for only while `goes_on`.
    ///
    /// # Errors
    /// It did not answer, or with something else. What is missing beside its incidents is
    /// told in the answer.
    pub fn published(&mut self, goes_on: impl Fn() -> bool) -> Result<Published, AskError> {
        match self.source {
            Source::Page => self.of_page(goes_on),
            Source::Feed(operation) => {
                let feed = self.feed(operation)?;
                let since = self.since(&feed.notices, feed.count, feed.unread);
                let Feed { notices, unread, .. } = feed;
                Ok(Published { notices, unread, since, ..Published::default() })
            }
        }
    }

    fn of_page(&mut self, goes_on: impl Fn() -> bool) -> Result<Published, AskError> {
        let listed = self.list(Operation::Incidents)?;
        let since = self.since(&listed.notices, listed.count, listed.unread);
        let Listed { notices, unread, .. } = listed;
        let mut published = Published { notices, unread, since, ..Published::default() };
        let late = "no time was left for it";
        match goes_on().then(|| self.summary()) {
            Some(Ok(summary)) => {
                published.troubled = summary.troubled;
                published.unread += summary.open.unread;
                add(&mut published.notices, summary.open.notices);
            }
            other => {
                // One that began before all that are listed may go on.
                published.since = None;
                let why = other.and_then(Result::err).map(|it| it.to_string());
                let why = why.unwrap_or_else(|| late.to_owned());
                published.missed.push(format!("what goes on now: {why}"));
            }
        }
        match goes_on().then(|| self.list(Operation::Maintenances)) {
            Some(Ok(listed)) => add(&mut published.notices, listed.notices),
            other => {
                let why = other.and_then(Result::err).map(|it| it.to_string());
                let why = why.unwrap_or_else(|| late.to_owned());
                published.missed.push(format!("maintenance: {why}"));
            }
        }
        Ok(published)
    }

    /// From when on a list has everything: the newest come first.
    fn since(&self, notices: &[Notice], count: usize, unread: usize) -> Option<Timestamp> {
        if count < self.listed && unread == 0 {
            return Some(Timestamp::MIN);
        }
        notices.iter().map(|it| it.listed).min()
    }

    fn list(&mut self, operation: Operation) -> Result<Listed, AskError> {
        let page = self.page();
        self.reader.read(&operation.question(), |it| match operation {
            Operation::Maintenances => page::maintenances(it, &page),
            _ => page::incidents(it, &page),
        })
    }

    fn summary(&mut self) -> Result<page::Summary, AskError> {
        let page = self.page();
        self.reader.read(&Operation::Summary.question(), |it| page::summary(it, &page))
    }

    fn feed(&mut self, operation: Operation) -> Result<Feed, AskError> {
        let endpoint = self.reader.endpoint().clone();
        let here = |link: &str| endpoint.follow(link).ok().map(|it| line(&it, 300));
        self.reader.read(&operation.question(), |it| {
            Feed::parse(it.as_str().ok_or("it is no text")?, here)
        })
    }

    /// Where people read it.
    fn page(&self) -> String {
        let address = self.reader.endpoint().at("");
        address.strip_suffix(API).map(str::to_owned).unwrap_or(address)
    }
}

fn add(all: &mut Vec<Notice>, others: Vec<Notice>) {
    for notice in others {
        if !all.iter().any(|it| it.sort == notice.sort && it.id == notice.id) {
            all.push(notice);
        }
    }
}
