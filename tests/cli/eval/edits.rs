//! Ten ways to edit a memory, each of one page with regard to one question.

use std::fs;

use crate::support::TestRepo;

/// What is edited.
pub(super) struct Place<'a> {
    pub(super) repo: &'a TestRepo,
    /// A page that has no front matter.
    pub(super) page: &'a str,
    /// Another one.
    pub(super) other: &'a str,
    /// A question that the first one answers.
    pub(super) question: &'a str,
}

/// An edit by its name.
pub(super) type Edit = (&'static str, fn(&Place<'_>));

/// Where [`rename`] moves a page to.
pub(super) fn renamed(page: &str) -> String {
    page.replace(".md", "-moved.md")
}

pub(super) const EDITS: [Edit; 10] = [
    ("another title", title),
    ("a section removed", section),
    ("the page deleted", delete),
    ("the page renamed", rename),
    ("a competitor added", competitor),
    ("an alias added", alias),
    ("another page stuffed", stuffed),
    ("the page archived", archive),
    ("a section moved", moved),
    ("nothing that is a page", nothing),
];

impl Place<'_> {
    fn read(&self, page: &str) -> String {
        fs::read_to_string(self.repo.path().join(page)).unwrap()
    }

    /// The text above the first `##`, the first section below it, and the rest.
    fn parts(&self) -> (String, String, String) {
        let text = self.read(self.page);
        let Some(begin) = text.find("\n## ") else { return (String::new(), text, String::new()) };
        let end = text[begin + 1..].find("\n## ").map_or(text.len(), |at| begin + 1 + at);
        let part = |text: &str| text.to_owned();
        (part(&text[..begin]), part(&text[begin..end]), part(&text[end..]))
    }
}

fn title(place: &Place<'_>) {
    let text = place.read(place.page);
    let below = text.split_once('\n').map_or("", |(_, below)| below);
    place.repo.write(place.page, format!("# Notes of last winter\n{below}"));
}

fn section(place: &Place<'_>) {
    let (above, _, below) = place.parts();
    place.repo.write(place.page, above + &below);
}

fn delete(place: &Place<'_>) {
    place.repo.remove(place.page);
}

fn rename(place: &Place<'_>) {
    place.repo.rename(place.page, renamed(place.page));
}

fn competitor(place: &Place<'_>) {
    let asked = place.question;
    for name in ["one", "two", "three"] {
        let page = format!("# {asked}\n\n{asked}\n\n## {asked}\n\n{asked} {name}\n");
        place.repo.write(beside(place.page, name), page);
    }
}

/// A new page in the folder of `page`.
fn beside(page: &str, name: &str) -> String {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/competitor-{name}.md")
}

fn alias(place: &Place<'_>) {
    let text = place.read(place.other);
    let alias = serde_json::to_string(place.question).unwrap();
    place.repo.write(place.other, format!("---\naliases: [{alias}]\n---\n{text}"));
}

fn stuffed(place: &Place<'_>) {
    let text = place.read(place.other);
    let line = format!("\n{}\n", place.question).repeat(20);
    place.repo.write(place.other, text + &line);
}

fn archive(place: &Place<'_>) {
    let text = place.read(place.page);
    place.repo.write(place.page, format!("---\nstatus: archived\narchived: over\n---\n{text}"));
}

fn moved(place: &Place<'_>) {
    let (above, taken, below) = place.parts();
    let other = place.read(place.other);
    place.repo.write(place.page, above + &below).write(place.other, other + &taken);
}

fn nothing(place: &Place<'_>) {
    place.repo.write("src/main.rs", "fn main() { run(); }\n");
}
