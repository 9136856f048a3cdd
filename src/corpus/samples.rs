//! Pages built by hand, for tests.

use super::roots::tests::Files;
use super::{CodeOwners, Heading, OwnersDialect, Page, RootSettings, Roots, Rules};
use crate::adr::{AdrRecord, AdrRef, AdrStatus, Format};
use crate::document::{FrontMatter, Link, LinkKind, Span};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::skill::Manifest;

pub(super) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

/// A page without anything but a path; its title is its stem.
pub(super) fn page(at: &str) -> Page {
    let path = path(at);
    Page {
        title: path.file_stem(),
        path,
        blob: BlobId([0; 20]),
        size: 0,
        front: FrontMatter::default(),
        headings: vec![Heading::default()],
        links: Vec::new(),
        other_anchors: Vec::new(),
        adr: None,
        skill: None,
        diagnostics: Vec::new(),
    }
}

pub(super) fn titled(at: &str, title: &str) -> Page {
    Page { title: title.to_owned(), ..page(at) }
}

pub(super) fn with_anchors(at: &str, anchors: &[&str]) -> Page {
    let mut page = page(at);
    let heading = |anchor: &&str| Heading {
        title: anchor.replace('-', " "),
        level: 2,
        anchor: (*anchor).to_owned(),
        ..Heading::default()
    };
    page.headings.extend(anchors.iter().map(heading));
    page
}

pub(super) fn with_links(at: &str, links: &[Link]) -> Page {
    Page { links: links.to_vec(), ..page(at) }
}

pub(super) fn decision(at: &str, number: u32, status: AdrStatus) -> Page {
    let record = AdrRecord {
        format: Format::Nygard,
        number: Some(number),
        title: "x".to_owned(),
        status: Some(status),
        date: None,
        deciders: Vec::new(),
        supersedes: Vec::new(),
        superseded_by: None,
    };
    Page { adr: Some(record), ..page(at) }
}

pub(super) fn named(target: &str) -> AdrRef {
    AdrRef { number: None, target: Some(target.to_owned()) }
}

pub(super) fn numbered(number: u32) -> AdrRef {
    AdrRef { number: Some(number), target: None }
}

pub(super) fn skill(at: &str, name: &str, metadata: &[(&str, &str)]) -> Page {
    let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    let manifest = Manifest {
        name: name.to_owned(),
        description: "x".to_owned(),
        license: None,
        compatibility: None,
        metadata: metadata.iter().map(pair).collect(),
    };
    Page { skill: Some(manifest), ..page(at) }
}

pub(super) fn link(kind: LinkKind, target: &str) -> Link {
    let (target, fragment) = match target.split_once('#') {
        Some((target, fragment)) => (target, Some(fragment.to_owned())),
        None => (target, None),
    };
    let text = String::new();
    Link { kind, target: target.to_owned(), fragment, text, span: Span::default(), line: 1 }
}

pub(super) fn markdown(target: &str) -> Link {
    link(LinkKind::Markdown, target)
}

/// Rules for a tree with every usual root.
pub(super) fn rules(code_owners: &str) -> Rules {
    let files = ["wiki/x.md", "adr/x.md", "skills/x/SKILL.md", "templates/x.md", "runbooks/x.md"];
    let (owners, _) = CodeOwners::parse(code_owners.as_bytes(), OwnersDialect::GitHub);
    Rules {
        roots: Roots::resolve(&RootSettings::default(), &Files::of(&files)),
        owners,
        intervals: super::ReviewIntervals::default(),
        people: super::People::default(),
        wikilinks: super::WikilinkOrders::default(),
        stamps: crate::review::Stamps::default(),
    }
}
