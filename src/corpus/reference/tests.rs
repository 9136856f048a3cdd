use proptest::prelude::*;

use super::*;
use crate::adr::AdrStatus;
use crate::corpus::Catalogue;
use crate::corpus::samples::{decision, page, path, rules, skill, titled, with_anchors};

fn parsed(text: &str) -> Reference {
    Reference::parse(text).unwrap()
}

fn of_path(at: &str) -> Named {
    Named::Path(path(at))
}

#[test]
fn every_form_is_read() {
    let decision = |root: Option<&str>, number| Named::Decision { root: root.map(path), number };
    assert_eq!(parsed("adr/12").what, decision(None, 12));
    assert_eq!(parsed("ADR-0012").what, decision(None, 12));
    assert_eq!(parsed("adr/services/pay/adr/12").what, decision(Some("services/pay/adr"), 12));
    assert_eq!(parsed("adr/0012-queues.md").what, of_path("adr/0012-queues.md"));
    assert_eq!(parsed("adr-guide.md").what, of_path("adr-guide.md"));
    assert_eq!(parsed("skill:prode-triage").what, Named::Skill("prode-triage".into()));
    assert_eq!(parsed("template:runbook").what, Named::Template("runbook".into()));
    assert_eq!(parsed("L-3F2a91c07be4").what, Named::Learning("L-3f2a91c07be4".into()));
    assert_eq!(parsed("L-shaped.md").what, of_path("L-shaped.md"));
    assert_eq!(parsed("/wiki//./a.md").what, of_path("wiki/a.md"));
}

#[test]
fn a_citation_is_taken_apart() {
    let all = parsed("infra:wiki/a%23b%40c.md#known-causes@71463c3");
    assert_eq!(all.memory.as_deref(), Some("infra"));
    assert_eq!(all.what, of_path("wiki/a#b@c.md"));
    assert_eq!(all.anchor.as_deref(), Some("known-causes"));
    assert_eq!(all.commit.as_deref(), Some("71463c3"));
    assert_eq!(parsed("wiki/a.md@HEAD~2").commit.as_deref(), Some("HEAD~2"));
    assert_eq!(parsed("adr/12#context@71463c3").anchor.as_deref(), Some("context"));
    assert_eq!(parsed("docs/@scope/a.md").what, of_path("docs/@scope/a.md"));
    assert_eq!(parsed("docs/@scope/a.md").commit, None);
    assert_eq!(parsed("wiki/a.md#").anchor, None);
    assert_eq!(parsed("./a:b.md").to_string(), "./a:b.md");
    assert_eq!(parsed("./adr-12").what, of_path("adr-12"));
}

#[test]
fn what_is_no_reference_is_refused() {
    for empty in ["", "#anchor", "/", "./."] {
        assert_eq!(Reference::parse(empty), Err(RefError::Empty), "{empty:?}");
    }
    assert_eq!(Reference::parse("../x"), Err(RefError::Outside("../x".into())));
    assert_eq!(Reference::parse("%2e%2e/x"), Err(RefError::Outside("../x".into())));
    assert_eq!(Reference::parse(&"x".repeat(100_000)), Err(RefError::TooLong));
}

fn catalogue() -> Catalogue {
    let pages = vec![
        with_anchors("wiki/queue-saturation.md", &["known-causes"]),
        titled("wiki/a.md", "Same"),
        titled("wiki/b.md", "Same"),
        decision("adr/0012-a.md", 12, AdrStatus::Accepted),
        decision("wiki/pay/adr/0012-b.md", 12, AdrStatus::Accepted),
        decision("adr/0007-c.md", 7, AdrStatus::Accepted),
        skill("skills/triage/SKILL.md", "triage", &[]),
        page("templates/runbook.md"),
    ];
    Catalogue::new(pages, rules(""))
}

fn found(text: &str) -> String {
    let catalogue = catalogue();
    match catalogue.find(&parsed(text)) {
        Ok(found) => {
            let heading = found.heading.map(|it| found.page.headings[it].anchor.clone());
            format!("{} {}", found.page.path, heading.unwrap_or_default()).trim().to_owned()
        }
        Err(error) => format!("{error}: {}", error.hints().join(", ")),
    }
}

#[test]
fn references_are_found() {
    assert_eq!(
        found("wiki/queue-saturation.md#Known-Causes"),
        "wiki/queue-saturation.md known-causes"
    );
    assert_eq!(found("wiki/queue-saturation"), "wiki/queue-saturation.md");
    assert_eq!(found("Wiki/Queue-Saturation.md"), "wiki/queue-saturation.md");
    assert_eq!(found("Queue saturation"), "wiki/queue-saturation.md");
    assert_eq!(found("adr/7"), "adr/0007-c.md");
    assert_eq!(found("adr/wiki/pay/adr/12"), "wiki/pay/adr/0012-b.md");
    assert_eq!(found("skill:triage"), "skills/triage/SKILL.md");
    assert_eq!(found("template:runbook"), "templates/runbook.md");
}

#[test]
fn what_is_not_found_offers_what_is_near() {
    assert_eq!(
        found("wiki/queue-saturatoin.md"),
        "'wiki/queue-saturatoin.md' does not exist: did you mean 'wiki/queue-saturation.md'?"
    );
    assert_eq!(
        found("queue-saturatoin.md"),
        "'queue-saturatoin.md' does not exist: did you mean 'wiki/queue-saturation.md'?"
    );
    assert_eq!(found("skill:triag"), "'skill:triag' does not exist: did you mean 'skill:triage'?");
    assert_eq!(
        found("wiki/queue-saturation.md#known-cause"),
        "'wiki/queue-saturation.md' has no section 'known-cause': did you mean 'known-causes'?"
    );
    assert_eq!(found("adr/99"), "'adr/99' does not exist: ");
    assert_eq!(found("adr/nowhere/7"), "'adr/nowhere/7' does not exist: did you mean 'adr/adr/7'?");
}

#[test]
fn what_is_ambiguous_names_the_candidates() {
    assert_eq!(
        found("adr/12"),
        "'adr/12' is ambiguous: write 'adr/adr/12', write 'adr/wiki/pay/adr/12'"
    );
    assert_eq!(found("same"), "'same' is ambiguous: write 'wiki/a.md', write 'wiki/b.md'");
}

proptest! {
    /// A reference that is shown and read again is the same.
    #[test]
    fn a_reference_survives_its_text(typed in "(x:)?[a-c@%#/.: -]{0,12}(\\.md)?(#[a-z-]{1,5})?(@[0-9a-f]{7})?") {
        let Ok(reference) = Reference::parse(&typed) else { return Ok(()) };
        prop_assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
    }

    #[test]
    fn any_text_is_survived(typed in any::<String>()) {
        let _ = Reference::parse(&typed).map(|reference| catalogue().find(&reference).is_ok());
    }
}
