//! Which page an alert's runbook is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use regex::Regex;

use crate::corpus::Page;
use crate::document::Signal;
use crate::lint::alerts::{Alert, AlertFile};
use crate::lint::context::Context;
use crate::repo_path::RepoPath;

/// `{{ $labels.alertname }}`, `{{ .Labels.alertname }}` and the like: known here.
static OWN_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{-?\s*(?:\$labels|\.Labels|\.CommonLabels|\.GroupLabels)\.alertname\s*-?\}\}")
        .expect("a fixed pattern that a test compiles")
});

/// Where the address of a runbook leads.
pub(super) enum Led<'a> {
    /// To this page.
    To(&'a Page),
    /// To no page of the memory.
    Nowhere,
    /// It holds values that only an alert that fires has.
    Unknown,
}

/// The pages of a memory, by what an address or an alert can name.
pub(super) struct Runbooks<'a> {
    context: &'a Context<'a>,
    /// By the last word of their path.
    by_word: BTreeMap<String, Vec<(Vec<String>, &'a Page)>>,
    by_signal: BTreeMap<&'a str, Vec<&'a Page>>,
}

impl<'a> Runbooks<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let mut runbooks = Self { context, by_word: BTreeMap::new(), by_signal: BTreeMap::new() };
        let is_page = |page: &&Page| page.adr.is_none() && page.skill.is_none();
        for page in context.catalogue.pages().iter().filter(is_page) {
            let words = words(&page.path.text());
            if let Some(last) = words.last().cloned() {
                runbooks.by_word.entry(last).or_default().push((words, page));
            }
            for signal in &page.front.signals {
                if let Signal::Alert(name) = signal {
                    runbooks.by_signal.entry(name).or_default().push(page);
                }
            }
        }
        runbooks
    }

    /// The page that an address names: by its exact path where it leads to
    /// this repository, else by the end of its path.
    pub(super) fn at(&self, address: &str, alert: &str) -> Led<'a> {
        let address = OWN_NAME.replace_all(address, alert);
        if address.contains("{{") {
            return Led::Unknown;
        }
        if let Some(path) = self.own_path(&address) {
            return self.context.catalogue.page(&path).map_or(Led::Nowhere, Led::To);
        }
        let wanted = words(&percent_decode_str(&address).decode_utf8_lossy());
        let Some(candidates) = wanted.last().and_then(|last| self.by_word.get(last)) else {
            return Led::Nowhere;
        };
        let common = |(words, _): &&(Vec<String>, &Page)| {
            words.iter().rev().zip(wanted.iter().rev()).take_while(|(a, b)| a == b).count()
        };
        candidates.iter().rev().max_by_key(common).map_or(Led::Nowhere, |(_, page)| Led::To(page))
    }

    /// The page that has the alert as a signal, or is called as it is.
    pub(super) fn of(&self, alert: &str) -> Option<&'a Page> {
        let by_signal = self.by_signal.get(alert).and_then(|pages| pages.first().copied());
        let by_word = || self.by_word.get(&word(alert))?.first().map(|(_, page)| *page);
        by_signal.or_else(by_word)
    }

    /// Pages that an alert of `files` names.
    pub(super) fn named(&self, files: &[AlertFile]) -> BTreeSet<&'a RepoPath> {
        let mut named = BTreeSet::new();
        for Alert { name, runbook, .. } in files.iter().flat_map(|file| &file.alerts) {
            if let Some(Led::To(page)) = runbook.as_ref().map(|it| self.at(&it.text, &name.text)) {
                named.insert(&page.path);
            }
            let signals = self.by_signal.get(name.text.as_str()).into_iter().flatten();
            let words = self.by_word.get(&word(&name.text)).into_iter().flatten();
            named.extend(signals.chain(words.map(|(_, page)| page)).map(|page| &page.path));
        }
        named
    }

    /// Words that pages can be named by, for a hint.
    pub(super) fn stems(&self) -> impl Iterator<Item = (&str, &'a Page)> {
        let firsts = self.by_word.iter().filter_map(|(word, pages)| Some((word, pages.first()?.1)));
        firsts.map(|(word, page)| (word.as_str(), page))
    }

    fn own_path(&self, address: &str) -> Option<RepoPath> {
        let forge = self.context.inputs.forge.as_ref()?;
        let rest = address.strip_prefix(&forge.url)?.strip_prefix('/')?;
        let rest = ["blob", "tree", "-/blob", "-/tree", "src/branch"]
            .iter()
            .find_map(|part| rest.strip_prefix(part)?.strip_prefix('/'))?;
        let path = rest.strip_prefix(&forge.trunk)?.strip_prefix('/')?;
        RepoPath::from_cite(path.split(['#', '?']).next()?).ok()
    }
}

/// The parts of a path or an address, without what differs between a site and
/// its files: host, query, ending, an index page's own name.
fn words(address: &str) -> Vec<String> {
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if let Some(last) = parts.pop() {
        let stem =
            [".md", ".markdown", ".html", ".htm"].iter().find_map(|end| last.strip_suffix(end));
        let stem = stem.unwrap_or(last);
        if !["index", "_index", "readme"].contains(&stem.to_lowercase().as_str()) {
            parts.push(stem);
        }
    }
    parts.into_iter().map(word).filter(|word| !word.is_empty()).collect()
}

/// A name as every spelling has it: `QueueFull`, `queue-full`, `Queue_full`.
pub(super) fn word(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_file_have_the_same_words() {
        let file = words("content/runbooks/node/NodeClockSkewDetected.md");
        for address in [
            "https://runbooks.example.org/runbooks/node/nodeclockskewdetected",
            "https://runbooks.example.org/x/runbooks/node/node-clock-skew-detected/?v=1#mitigation",
            "/runbooks/node/NodeClockSkewDetected.html",
        ] {
            let words = words(address);
            assert_eq!(words[words.len() - 3..], file[1..], "{address}");
        }
        assert_eq!(words("https://example.org"), [""; 0]);
        assert_eq!(words("wiki/queue/README.md"), ["wiki", "queue"]);
    }

    #[test]
    fn the_alerts_own_name_is_the_only_value_that_is_known() {
        for text in
            ["{{ $labels.alertname }}", "{{$labels.alertname}}", "{{- .Labels.alertname -}}"]
        {
            assert!(OWN_NAME.is_match(text), "{text}");
        }
        assert!(!OWN_NAME.is_match("{{ $labels.instance }}"));
    }
}
