//! A context pack: the sections worth reading first, within a budget.
//!
//! Sections go in whole; one that alone is over the budget is cut between
//! blocks, never inside a paragraph, list item or code fence. What does not
//! go in is listed with the reason. A token is counted as four bytes of
//! UTF-8, rounded up: within a fifth of what common tokenizers give for
//! English Markdown, and the same everywhere.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A page of which everything goes in if it takes at most this share of the budget.
const WHOLE_PAGE: (u32, u32) = (3, 5);

/// A section that may go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its citation.
    pub cite: String,
    /// Its Markdown, heading first.
    pub text: String,
}

/// The sections of one page, in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// All sections that hold text.
    pub sections: Vec<Candidate>,
    /// Which of them answers best.
    pub best: usize,
}

/// A section that went in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Its citation.
    pub cite: String,
    /// Its Markdown.
    pub text: String,
    /// Four bytes each, rounded up.
    pub tokens: u32,
}

/// A section or page that did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Omitted {
    /// Its citation.
    pub cite: String,
    /// Why.
    pub reason: String,
}

/// What was chosen, and what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ContextPack {
    /// Tokens that were allowed.
    pub budget: u32,
    /// Tokens that were taken.
    pub used: u32,
    /// Sections that went in, in the order to read them.
    pub items: Vec<Item>,
    /// What was left out, and why.
    pub omitted: Vec<Omitted>,
}

/// Tokens of `text`: its bytes divided by four, rounded up.
pub fn tokens(text: &str) -> u32 {
    u32::try_from(text.len().div_ceil(4)).unwrap_or(u32::MAX)
}

/// Packs the best section of every page, the best page whole where it fits,
/// then what else fits, page by page.
pub fn pack(pages: &[Pages], budget: u32) -> ContextPack {
    let mut packing =
        Packing { pack: ContextPack { budget, ..ContextPack::default() }, seen: HashMap::new() };
    let whole = pages.first().filter(|page| {
        let size: u32 = page.sections.iter().map(|section| tokens(&section.text)).sum();
        u64::from(size) * u64::from(WHOLE_PAGE.1) <= u64::from(budget) * u64::from(WHOLE_PAGE.0)
    });
    for section in whole.iter().flat_map(|page| &page.sections) {
        packing.offer(section);
    }
    for page in pages {
        if let Some(best) = page.sections.get(page.best) {
            packing.offer_cut(best);
        }
    }
    for section in pages.iter().flat_map(|page| &page.sections) {
        packing.offer(section);
    }
    packing.pack
}

struct Packing<'a> {
    pack: ContextPack,
    /// Text that was offered, and where it stood.
    seen: HashMap<&'a str, &'a str>,
}

impl<'a> Packing<'a> {
    /// Takes a section if it fits and says something new.
    fn offer(&mut self, section: &'a Candidate) {
        let first = *self.seen.entry(section.text.trim()).or_insert(&section.cite);
        if first != section.cite {
            self.omit(section, format!("the same text stands at {first}"));
            return;
        }
        if self.is_settled(section) {
            return;
        }
        let size = tokens(&section.text);
        if size > self.left() {
            self.omit(section, format!("{size} tokens do not fit into the {} left", self.left()));
        } else {
            self.take(section.cite.clone(), section.text.clone());
        }
    }

    /// The same; what is too long is cut between blocks.
    fn offer_cut(&mut self, section: &'a Candidate) {
        let is_long = tokens(&section.text) > self.left() && !self.is_settled(section);
        match cut(&section.text, self.left()).filter(|_| is_long && self.pack.items.is_empty()) {
            Some(text) => {
                self.take(section.cite.clone(), text);
                self.omit(section, "the rest of this section is over the budget".to_owned());
            }
            None => self.offer(section),
        }
    }

    fn is_settled(&self, section: &Candidate) -> bool {
        self.pack.items.iter().any(|item| item.cite == section.cite)
            || self.pack.omitted.iter().any(|omitted| omitted.cite == section.cite)
    }

    fn left(&self) -> u32 {
        self.pack.budget - self.pack.used
    }

    fn take(&mut self, cite: String, text: String) {
        let tokens = tokens(&text);
        self.pack.used += tokens;
        self.pack.items.push(Item { cite, text, tokens });
    }

    fn omit(&mut self, section: &Candidate, reason: String) {
        if !self.pack.omitted.iter().any(|omitted| omitted.cite == section.cite) {
            self.pack.omitted.push(Omitted { cite: section.cite.clone(), reason });
        }
    }
}

/// The longest run of whole blocks from the start that fits; `None` if not even one does.
fn cut(text: &str, budget: u32) -> Option<String> {
    let (mut end, mut at, mut in_fence) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_fence = !in_fence;
        }
        at += line.len();
        if tokens(&text[..at]) > budget {
            break;
        }
        if line.trim().is_empty() && !in_fence {
            end = at;
        }
    }
    (end > 0).then(|| text[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, sections: &[&str], best: usize) -> Pages {
        let section = |(at, text): (usize, &&str)| Candidate {
            cite: format!("{name}#{at}"),
            text: (*text).to_owned(),
        };
        Pages { sections: sections.iter().enumerate().map(section).collect(), best }
    }

    fn cites(pack: &ContextPack) -> Vec<&str> {
        pack.items.iter().map(|item| item.cite.as_str()).collect()
    }

    #[test]
    fn a_short_best_page_goes_in_whole_and_in_order() {
        let pages = [page("a", &["one", "two"], 1), page("b", &["three", "four"], 1)];
        assert_eq!(cites(&pack(&pages, 100)), ["a#0", "a#1", "b#1", "b#0"]);
    }

    #[test]
    fn a_long_page_gives_its_best_section_first() {
        let long = "x".repeat(400);
        let pages = [page("a", &[&long, "two"], 1), page("b", &["three"], 0)];
        let pack = pack(&pages, 20);
        assert_eq!(cites(&pack), ["a#1", "b#0"]);
        assert_eq!(pack.omitted[0].cite, "a#0");
        assert!(pack.used <= pack.budget);
    }

    #[test]
    fn the_same_text_goes_in_once() {
        let pages = [page("a", &["same"], 0), page("b", &["same"], 0)];
        let pack = pack(&pages, 100);
        assert_eq!(cites(&pack), ["a#0"]);
        assert_eq!(pack.omitted[0].reason, "the same text stands at a#0");
    }

    #[test]
    fn a_code_fence_is_never_cut() {
        let text = format!("intro\n\n```\na\n\n{}\n```\n\nend\n", "b".repeat(200));
        let pack = pack(&[page("a", &[&text], 0)], 30);
        assert_eq!(pack.items[0].text, "intro\n\n");
        assert_eq!(pack.omitted.len(), 1);
    }

    #[test]
    fn a_best_page_goes_in_whole_up_to_three_fifths() {
        let section = |tokens: usize, sign: &str| sign.repeat(tokens * 4);
        let of = |first: usize| {
            let texts = [section(first, "a"), section(30, "b")];
            let pages = [page("a", &[&texts[0], &texts[1]], 1)];
            pack(&pages, 100)
        };
        assert_eq!(cites(&of(30)), ["a#0", "a#1"]);
        // Over it the best section leads.
        assert_eq!(cites(&of(31)), ["a#1", "a#0"]);
        assert_eq!((of(30).used, of(31).used), (60, 61));
    }

    #[test]
    fn what_is_left_decides_to_the_token() {
        let text = |tokens: usize, sign: &str| sign.repeat(tokens * 4);
        let (a, b, c) = (text(12, "a"), text(8, "b"), text(1, "c"));
        let pages = [page("a", &[&a], 0), page("b", &[&b], 0), page("c", &[&c], 0)];
        let full = pack(&pages, 20);
        assert_eq!((cites(&full), full.used), (vec!["a#0", "b#0"], 20));
        assert_eq!(full.omitted[0].reason, "1 tokens do not fit into the 0 left");
        let sum: u32 = full.items.iter().map(|item| item.tokens).sum();
        assert_eq!(sum, full.used);
        assert_eq!((tokens(""), tokens("abcd"), tokens("abcde")), (0, 1, 2));
    }
}
