//! RSS 2.0, RSS 1.0 and Atom (RFC 4287), as far as they tell of incidents.
//!
//! A feed has no place for when something was over, nor for components. What is read of an
//! entry is its headline, its times, where it leads, and the beginning of what it says.

use jiff::Timestamp;
use roxmltree::{Document, Error, Node, ParsingOptions};

use super::notice::{Ends, Notice, Sort, Update};
use super::{MOST_NOTICES, line};

/// Parts of a document that are read.
const MOST_NODES: u32 = 200_000;

/// Characters of what an entry says in which its state stands.
const BEGINNING: usize = 60;

/// Characters of what an entry says that are kept: components are looked for in them.
const KEPT: usize = 400;

/// Words by which something is over.
const OVER: [&str; 3] = ["resolved", "completed", "closed"];

/// Words by which it is not.
const OPEN: [&str; 6] =
    ["investigating", "identified", "monitoring", "update", "verifying", "scheduled"];

/// Zones by name that a time may have (RFC 2822, and what many write for `GMT`): any other
/// would be read as UTC, and be wrong by hours.
const ZONES: [&str; 12] =
    ["UTC", "UT", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];

/// A feed as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Its entries, the first thousand.
    pub notices: Vec<Notice>,
    /// Entries whose times cannot be read.
    pub unread: usize,
    /// How many entries it has.
    pub count: usize,
}

impl Feed {
    /// Reads a feed; `here` is an address as it may be kept, where it is of the feed's
    /// host.
    ///
    /// # Errors
    /// It is no feed, or has more in it than is read.
    pub fn parse(text: &str, here: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if is_html(text) {
            return Err("it is a page for people, and no feed".to_owned());
        }
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|it| why(&it))?;
        let root = document.root_element();
        let (about, entries) = match root.tag_name().name() {
            "rss" => {
                let channel = child(root, "channel").ok_or("it has no channel")?;
                (channel, named(channel, "item"))
            }
            "RDF" => (child(root, "channel").unwrap_or(root), named(root, "item")),
            "feed" => (root, named(root, "entry")),
            _ => return Err("it is neither RSS nor Atom".to_owned()),
        };
        let title = line(&said(about, &["title"]).unwrap_or_default(), 60);
        let mut feed = Self { title, notices: Vec::new(), unread: 0, count: entries.len() };
        for entry in entries.into_iter().take(MOST_NOTICES) {
            match notice(entry, &here) {
                Some(notice) => feed.notices.push(notice),
                None => feed.unread += 1,
            }
        }
        Ok(feed)
    }
}

fn is_html(text: &str) -> bool {
    let start: String = text.chars().take(15).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// In words of our own: those of an error show parts of the document.
fn why(error: &Error) -> String {
    match error {
        Error::DtdDetected => "it has a document type, which is not read".to_owned(),
        Error::NodesLimitReached => format!("it has more than {MOST_NODES} parts"),
        _ => "it is no well-formed XML".to_owned(),
    }
}

fn notice(entry: Node<'_, '_>, here: impl Fn(&str) -> Option<String>) -> Option<Notice> {
    let time = |names: &[&str]| said(entry, names).and_then(|it| time(&it));
    let published = time(&["pubDate", "published", "date", "issued"]);
    let updated = time(&["updated", "modified"]);
    let from = published.or(updated)?;
    let last = updated.unwrap_or(from).max(from);
    let title = line(&said(entry, &["title"]).unwrap_or_default(), 120);
    let text = said(entry, &["description", "summary", "content", "encoded"]);
    let text = line(&without_tags(&text.unwrap_or_default()), KEPT);
    let ends = if is_over(&title, &text) { Ends::At(last) } else { Ends::Untold(last) };
    let address = link(entry);
    let id = said(entry, &["guid", "id"]).or_else(|| address.clone());
    Some(Notice {
        id: id.unwrap_or_else(|| format!("{from} {title}")),
        sort: Sort::Incident,
        from,
        ends,
        listed: from,
        impact: None,
        components: None,
        updates: vec![Update { at: last, status: None, text }],
        link: address.and_then(|it| here(it.trim())),
        title,
    })
}

/// RFC 2822 in RSS, RFC 3339 in Atom; some write the other one.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let zone = text.rsplit(' ').next().unwrap_or_default().to_uppercase();
    if zone.chars().all(char::is_alphabetic) && !ZONES.contains(&zone.as_str()) {
        return None;
    }
    jiff::fmt::rfc2822::parse(text).ok().map(|it| it.timestamp())
}

/// True where a headline begins or ends with such a word, or the text with the newest
/// update does: that something will be over is said of what is not.
fn is_over(title: &str, text: &str) -> bool {
    let beginning: String = text.chars().take(BEGINNING).collect();
    let (title, beginning) = (words(title), words(&beginning));
    let is_said = |it: &String| OVER.contains(&it.as_str());
    let state = beginning.iter().find(|it| is_said(it) || OPEN.contains(&it.as_str()));
    [title.first(), title.last(), state].into_iter().flatten().any(is_said)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect()
}

fn link(entry: Node<'_, '_>) -> Option<String> {
    let links = named(entry, "link");
    let is_page = |it: &&Node<'_, '_>| matches!(it.attribute("rel"), None | Some("alternate"));
    let link = links.iter().find(is_page)?;
    link.attribute("href").or_else(|| link.text()).map(str::to_owned)
}

fn child<'a, 'i>(of: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    of.children().find(|it| it.is_element() && it.tag_name().name() == name)
}

fn named<'a, 'i>(of: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    of.children().filter(|it| it.is_element() && it.tag_name().name() == name).collect()
}

/// The text of the first of these that is there, with that of everything in it.
fn said(of: Node<'_, '_>, names: &[&str]) -> Option<String> {
    let node = names.iter().find_map(|name| child(of, name))?;
    let texts = node.descendants().filter(Node::is_text).filter_map(|it| it.text());
    Some(texts.collect::<Vec<_>>().join(" "))
}

/// Text that may be HTML, without what stands between `<` and `>`.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                plain.push(' ');
            }
            _ if is_tag => {}
            letter => plain.push(letter),
        }
    }
    plain
}
