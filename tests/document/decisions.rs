//! Decisions as their tools wrote them, and pages that are none.

use std::collections::BTreeMap;
use std::path::Path;

use prode::adr::{self, AdrRecord, Format};
use prode::document;
use prode::repo_path::RepoPath;

use super::files::{corpus, markdown};

/// Every decision of a corpus folder, by file name.
fn decisions(folder: &str) -> Option<BTreeMap<String, AdrRecord>> {
    let folder = corpus(folder)?;
    let read = |path: &Path| {
        let relative = path.strip_prefix(&folder).ok()?.to_str()?;
        let (relative, bytes) = (RepoPath::new(relative).ok()?, std::fs::read(path).ok()?);
        let (document, _) = document::parse(&relative, &bytes);
        Some((relative.text().into_owned(), adr::recognise(&relative, &document, &bytes)?))
    };
    Some(markdown(&folder).iter().filter_map(|path| read(path)).collect())
}

fn status(adr: &AdrRecord) -> &str {
    adr.status.as_ref().map_or("", |status| status.label())
}

#[test]
fn every_decision_of_the_adrs_project_is_read() {
    let Some(found) = decisions("adrs") else { return };
    let fixtures = "crates/adrs-core/tests/fixtures/adr-corpus/";
    let of = |name: &str| &found[&format!("{fixtures}{name}.md")];
    assert_eq!(found.len(), 25, "{:?}", found.keys());
    assert_eq!(of("0002-use-postgresql-for-persistence").supersedes[0].number, Some(1));
    let madr = of("0004-use-madr-format");
    assert_eq!((madr.format, madr.number, madr.deciders.len()), (Format::Madr, Some(4), 2));
    let deprecated = of("0006-deprecated-xml-api");
    assert_eq!(status(deprecated), "deprecated");
    assert_eq!(deprecated.superseded_by.as_ref().and_then(|by| by.number), Some(5));
    assert_eq!(
        status(of("0010-non-canonical-status")),
        "Approved by the architecture board on 2024-05-18."
    );
    assert!(
        found
            .values()
            .all(|adr| adr.number.is_some() && adr.date.is_some() && adr.status.is_some())
    );
    assert!(found.values().all(|adr| !adr.title.starts_with(|c: char| c.is_ascii_digit())));
}

#[test]
fn every_decision_of_log4brains_is_read() {
    let Some(found) = decisions("log4brains") else { return };
    let of = |name: &str| {
        &found[&format!("packages/core/integration-tests/ro-project/docs/adr/{name}.md")]
    };
    let names: Vec<_> = found.keys().map(String::as_str).collect();
    assert!(
        !names.iter().any(|name| name.ends_with("template.md") || name.ends_with("README.md")),
        "{names:?}"
    );
    let dated = |name: &&&str| name.rsplit('/').next().unwrap_or_default().starts_with("20");
    assert_eq!(names.iter().filter(dated).count(), 36, "{names:?}");
    let states = [
        "20201029-proposed-adr",
        "20201029-rejected-adr",
        "20201030-draft-adr",
        "20200102-adr-without-status",
    ];
    assert_eq!(states.map(|name| status(of(name))), ["proposed", "rejected", "draft", "accepted"]);
    let superseded = of("20201028-superseded-adr");
    let by = superseded.superseded_by.as_ref().and_then(|by| by.target.as_deref());
    assert_eq!((status(superseded), by), ("superseded", Some("20201029-superseder.md")));
    assert_eq!(
        of("20201029-superseder").supersedes[0].target.as_deref(),
        Some("20201028-superseded-adr.md")
    );
    assert_eq!(of("20200102-adr-without-title").title, "adr without title");
    assert_eq!(of("adr_with_a_WeIrd-filename").format, Format::Log4brains);
}

#[test]
fn proposals_runbooks_and_manuals_are_no_decisions() {
    for folder in [
        "rust-rfcs",
        "openshift-runbooks",
        "prometheus-operator-runbooks",
        "holmesgpt-docs",
        "uv-docs",
    ] {
        let Some(found) = decisions(folder) else { return };
        assert!(found.is_empty(), "{folder}: {:?}", found.keys());
    }
}
