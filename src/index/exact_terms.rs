//! What of a page is indexed beside its sections: words of its own, and
//! values that match exactly.

use crate::corpus::{Kind, Page, SectionText};
use crate::document::Signal;
use crate::routing::analysis::Analyzer;
use crate::routing::{Field, abbreviations};

/// Texts of the page's own fields.
pub(super) fn page_texts(page: &Page) -> Vec<(Field, Vec<String>)> {
    let front = &page.front;
    let signals = front.signals.iter().filter_map(|signal| match signal {
        Signal::Alert(text) | Signal::Error(text) => Some(text.clone()),
        Signal::Regex(_) => None,
    });
    vec![
        (Field::Title, vec![page.title.clone()]),
        (Field::Name, vec![called(page)]),
        (Field::Aliases, front.aliases.clone()),
        (Field::Services, front.services.clone()),
        (Field::Tags, front.tags.clone()),
        (Field::Signals, signals.collect()),
        (Field::Folders, vec![page.path.parent().text().into_owned()]),
    ]
}

/// `kind NUL value` for everything of the page that matches exactly. Names
/// are in normal form; error texts and expressions stand as written.
pub(super) fn of(page: &Page, texts: &[SectionText], analyzer: &mut Analyzer) -> Vec<String> {
    let mut terms = Vec::new();
    for signal in &page.front.signals {
        match signal {
            Signal::Alert(name) => terms.push(term("alert", &joined(analyzer, name))),
            Signal::Error(text) => terms.push(term("error", text)),
            Signal::Regex(text) => terms.push(term("regex", text)),
        }
    }
    for alias in &page.front.aliases {
        let alias = analyzer.normal_form(alias);
        terms.push(begins(&alias));
        terms.push(term("alias", &alias));
    }
    let called = called(page);
    let [title, name] = [&page.title, &called].map(|name| joined(analyzer, name));
    // What a folder is called stands in every alert of it: it points at the front page,
    // and does not name it outright.
    let is_front = page.path.is_front_page() && called != page.path.file_stem();
    if is_front {
        let folder = analyzer.normal_form(&called);
        terms.push(begins(&folder));
        terms.push(term("folder", &folder));
    }
    let names = [&title, &name].into_iter().filter(|it| !is_front || **it != name);
    terms.extend(names.map(|name| term("name", name)));
    for old in page
        .front
        .supersedes
        .iter()
        .filter_map(|old| page.path.parent().join("/").and_then(|top| top.join(old)))
    {
        terms.push(term("supersedes", &old.text()));
    }
    for (short, long) in texts.iter().flat_map(|text| abbreviations::defined(&text.prose, analyzer))
    {
        terms.push(term("abbreviation", &format!("{short}\0{long}")));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// A front page is called like its folder, where that says what it is about.
fn called(page: &Page) -> String {
    let name = page.path.page_name();
    if Kind::is_said_by_folder(&name) { page.path.file_stem() } else { name }
}

/// The first word of a name that is looked for in a question from each of its words on:
/// mostly no name begins with a word, which this tells at once.
fn begins(name: &str) -> String {
    term("begins", name.split(' ').next().unwrap_or_default())
}

fn term(kind: &str, value: &str) -> String {
    format!("{kind}\0{value}")
}

/// An identifier's whole in normal form; of several words, all of them.
fn joined(analyzer: &mut Analyzer, name: &str) -> String {
    let words = analyzer.words(name.trim());
    match words.as_slice() {
        [whole, parts @ ..] if whole.joined && parts.iter().all(|part| part.end <= whole.end) => {
            whole.term.clone()
        }
        _ => analyzer.normal_form(name),
    }
}
