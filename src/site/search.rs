//! What the script that searches reads: words by their first two signs, each with the
//! pages that hold it, and the texts of some pages at a time. `assets/search.js` is the
//! other half of every form that is written here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::folder::Sink;
use crate::ops::OpError;
use crate::ops::site::{Material, Reading};

/// Bytes of the texts in one file, about: what is shown is loaded, and little else, but
/// short pages have no file each.
const CHUNK: usize = 8_192;
/// Signs of a section that can be shown.
const LONGEST: usize = 1_000;
/// Bytes of a word; what is longer is no word.
const LONGEST_WORD: usize = 40;
/// Words of a page that is neither long nor short.
const USUAL: f64 = 400.0;
/// What a word is worth, from 1 to this.
const STEPS: f64 = 25.0;

/// What a search knows of a page.
pub(super) struct Found {
    /// Its place among all pages.
    at: usize,
    words: Vec<(String, u8)>,
    text: Text,
}

/// Address, title, path, kind, status, sections: anchor, heading, text.
#[derive(Serialize)]
struct Text(String, String, String, String, String, Vec<(String, String, String)>);

/// What a search finds a page by. `address` leads to it from the top of the site.
pub(super) fn found(material: &Material, at: usize, reading: &Reading<'_>, address: &str) -> Found {
    let shown = &reading.shown;
    let sections = material.sections(reading);
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut total = 0;
    let mut take = |text: &str, worth: u32| {
        for word in words(text) {
            *counts.entry(word).or_default() += worth;
            total += 1;
        }
    };
    take(&shown.title, 6);
    take(&shown.path, 3);
    reading.page.front.aliases.iter().chain(&reading.page.front.tags).for_each(|it| take(it, 4));
    for (_, heading, text) in &sections {
        take(heading, 3);
        take(text, 1);
    }
    let mut words: Vec<(String, u8)> =
        counts.into_iter().map(|(word, count)| (word, weight(count, total))).collect();
    words.sort_unstable();
    let told = sections.iter().map(|(anchor, heading, text)| {
        ((*anchor).to_owned(), (*heading).to_owned(), shortened(text))
    });
    let text = Text(
        address.to_owned(),
        shown.title.clone(),
        shown.path.clone(),
        shown.kind.clone(),
        shown.status.clone(),
        told.filter(|(_, heading, text)| !heading.is_empty() || !text.is_empty()).collect(),
    );
    Found { at, words, text }
}

/// How much a word says of a page, by the formula of BM25 with a usual length that is the
/// same for every memory: what one page says changes no other page's words.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 25")]
fn weight(count: u32, total: u32) -> u8 {
    let (count, total) = (f64::from(count), f64::from(total));
    let saturated = count / (count + 1.2 * (0.25 + 0.75 * total / USUAL));
    (saturated * STEPS).ceil().clamp(1.0, STEPS) as u8
}

/// Letters and digits that stand together, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text = text.nfkc().collect::<String>().to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD);
    words.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The beginning of a text without what only Markdown means.
fn shortened(text: &str) -> String {
    let plain = crate::rendering::visible(text).replace(['`', '*', '|'], " ");
    let mut short = String::new();
    for word in plain.split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric)) {
        if short.len() + word.len() > LONGEST {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

/// The file that holds a word.
fn shard(word: &str) -> String {
    let mut signs = word.chars();
    match (signs.next(), signs.next()) {
        (Some(first), _) if !first.is_ascii() => format!("w-{:02x}", u32::from(first) % 256),
        (Some(first), Some(next)) if next.is_ascii() => format!("w{first}{next}"),
        (Some(first), _) => format!("w{first}-"),
        (None, _) => "w--".to_owned(),
    }
}

/// What `search/all.js` says.
#[derive(Serialize)]
struct All<'a> {
    pages: usize,
    chunk: usize,
    shards: Vec<&'a str>,
}

/// Writes every file of the search.
pub(super) fn write(mut found: Vec<Found>, sink: &Sink<'_>) -> Result<(), OpError> {
    found.sort_unstable_by_key(|it| it.at);
    let mut shards: BTreeMap<String, BTreeMap<&str, Postings>> = BTreeMap::new();
    for page in &found {
        for (word, weight) in &page.words {
            let words = shards.entry(shard(word)).or_default();
            words.entry(word).or_default().add(page.at, *weight);
        }
    }
    for (name, words) in &shards {
        let words: BTreeMap<&str, &str> =
            words.iter().map(|(word, postings)| (*word, postings.text.as_str())).collect();
        put(sink, name, &words)?;
    }
    let texts = found.iter().map(|it| &it.text).map(json).collect::<Vec<_>>();
    let chunk = together(texts.iter().map(String::len).sum(), texts.len());
    for (at, texts) in texts.chunks(chunk).enumerate() {
        hand_over(sink, &format!("p{at}"), &format!("[{}]", texts.join(",")))?;
    }
    let names: BTreeSet<&str> = shards.keys().map(String::as_str).collect();
    let shards = names.into_iter().collect();
    put(sink, "all", &All { pages: found.len(), chunk, shards })
}

/// Pages whose texts are in one file, where all texts together have so many bytes: a
/// power of two, so that it seldom changes when pages do.
fn together(bytes: usize, pages: usize) -> usize {
    let fitting = (CHUNK * pages).checked_div(bytes).unwrap_or(1).clamp(1, 64);
    1 << fitting.ilog2()
}

/// Pages as the script reads them.
#[derive(Default)]
struct Postings {
    text: String,
    /// The place behind the last page.
    next: usize,
}

impl Postings {
    fn add(&mut self, page: usize, weight: u8) {
        let distance = page + 1 - self.next;
        if distance > 1 {
            base36(&mut self.text, distance);
        }
        self.text.push(char::from(b'A' + weight - 1));
        self.next = page + 1;
    }
}

fn base36(text: &mut String, number: usize) {
    if number >= 36 {
        base36(text, number / 36);
    }
    text.extend(u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36)));
}

fn put(sink: &Sink<'_>, name: &str, value: &impl Serialize) -> Result<(), OpError> {
    hand_over(sink, name, &json(value))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// A file that hands its value over when it is loaded as a script.
fn hand_over(sink: &Sink<'_>, name: &str, json: &str) -> Result<(), OpError> {
    sink.put(&format!("search/{name}.js"), format!("prode(\"{name}\",{json});\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_word_are_written_by_their_distances() {
        let mut postings = Postings::default();
        for (page, weight) in [(0, 1), (1, 25), (38, 3), (2_000, 4)] {
            postings.add(page, weight);
        }
        assert_eq!(postings.text, "AY11C1iiD");
    }

    #[test]
    fn short_pages_share_a_file() {
        let told = [(0, 0), (600_000, 1_000), (5_000_000, 1_000), (90_000, 1), (1_000, 1_000)];
        assert_eq!(told.map(|(bytes, pages)| together(bytes, pages)), [1, 8, 1, 1, 64]);
    }

    #[test]
    fn words_are_those_of_the_script() {
        assert_eq!(
            words("Ünïcode, e-mail_x ﬁne 5xx").collect::<Vec<_>>(),
            ["ünïcode", "e", "mail", "x", "fine", "5xx"]
        );
        assert_eq!(
            ["queue", "a", "é", "aé", "漢字"].map(shard),
            ["wqu", "wa-", "w-e9", "wa-", "w-22"]
        );
    }

    #[test]
    fn a_word_is_worth_more_the_more_of_the_page_it_is() {
        assert!(weight(1, 100) > weight(1, 2_000));
        assert!(weight(8, 400) > weight(2, 400));
        assert!((1..=25).contains(&weight(1, u32::MAX)) && weight(u32::MAX, 1) == 25);
    }
}
