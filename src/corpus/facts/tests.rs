use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::adr::AdrStatus;
use crate::corpus::samples::{decision, page, rules, skill};
use crate::corpus::{Person, samples};
use crate::document::Reviewed;

const TODAY: Date = date(2026, 11, 20);

fn facts(page: &Page) -> Facts {
    rules("* @all\n/wiki/free.md\n").facts(page, TODAY)
}

fn reviewed_on(at: &str, day: Date) -> Page {
    let mut page = page(at);
    page.front.reviewed =
        Some(Reviewed { by: None, at: day, body: None, sources: None, elsewhere: None });
    page
}

#[test]
fn kinds_follow_the_page_then_its_place() {
    let kind = |page: &Page| facts(page).kind;
    let mut own = page("wiki/runbooks/a.md");
    own.front.kind = Some(" Policy ".into());
    assert_eq!(kind(&own), "policy");
    assert_eq!(kind(&page("wiki/a.md")), "guide");
    assert_eq!(kind(&page("wiki/index.md")), "guide");
    assert_eq!(kind(&page("runbooks/a.md")), "runbook");
    assert_eq!(kind(&page("team-runbooks/queue/a.md")), "runbook");
    assert_eq!(kind(&page("runbooks-old-site/a.md")), "guide");
    assert_eq!(kind(&page("runbooks/index.md")), "guide");
    assert_eq!(kind(&page("wiki/SOPs/deploy/a.md")), "sop");
    assert_eq!(kind(&decision("adr/0001-x.md", 1, AdrStatus::Accepted)), "adr");
    assert_eq!(kind(&page("adr/README.md")), "guide");
    assert_eq!(kind(&skill("skills/x/SKILL.md", "x", &[])), "skill");
    assert_eq!(kind(&page("skills/x/references/a.md")), "reference");
    own.path = samples::path("templates/policy.md");
    assert_eq!(kind(&own), "template");
}

#[test]
fn the_page_names_its_owner_before_codeowners() {
    let owner = |page: &Page| facts(page).owner.join(" ");
    let mut own = page("wiki/a.md");
    assert_eq!(owner(&own), "@all");
    own.front.owner = vec!["team-payments".into()];
    assert_eq!(owner(&own), "team-payments");
    assert_eq!(owner(&page("wiki/free.md")), "");
    assert_eq!(owner(&skill("skills/x/SKILL.md", "x", &[("owner", "@me")])), "@me");
}

#[test]
fn an_owner_is_found_by_any_name() {
    let team = Person { also: vec!["@all".into()], ..Person::default() };
    let mut rules = rules("* @all\n");
    let found = rules.facts(&page("wiki/a.md"), TODAY);
    assert!(rules.is_owned_by(&found, "All"));
    assert!(!rules.is_owned_by(&found, "team-everybody"));
    rules.people = People::new([("team-everybody".to_owned(), team)].into());
    assert!(rules.is_owned_by(&found, "team-everybody"));
}

#[test]
fn statuses_are_read_in_both_vocabularies() {
    let status = |text: Option<&str>| {
        let mut page = page("wiki/a.md");
        page.front.status = text.map(str::to_owned);
        facts(&page)
    };
    assert_eq!(status(None).status, "active");
    assert_eq!(status(Some("stable")).status, "active");
    assert_eq!(status(Some("Deprecated")).status, "deprecated");
    assert!(status(Some("draft")).draft);
    assert!(status(Some("archived")).archived && status(Some("archived")).stale);
    let odd = decision("adr/1.md", 1, AdrStatus::Unknown("On hold".into()));
    assert_eq!(facts(&odd).status, "On hold");
}

#[test]
fn a_reason_to_archive_archives() {
    let mut page = page("wiki/a.md");
    page.front.archived = Some("replaced".into());
    let facts = facts(&page);
    assert!(facts.archived && facts.stale);
    assert_eq!(facts.status, "archived");
}

#[test]
fn a_review_holds_for_the_interval_of_its_kind() {
    let runbook = facts(&reviewed_on("runbooks/a.md", date(2026, 8, 22)));
    assert_eq!((runbook.due, runbook.stale), (Some(TODAY), false));
    assert!(facts(&reviewed_on("runbooks/a.md", date(2026, 8, 21))).stale);
    assert!(!facts(&reviewed_on("wiki/a.md", date(2026, 8, 21))).stale);
    let mut often = reviewed_on("wiki/a.md", date(2026, 11, 18));
    often.front.review_every = Some(1);
    assert!(facts(&often).stale);
    let dated = skill("skills/x/SKILL.md", "x", &[("reviewed", "2020-01-02T10:00:00Z")]);
    assert_eq!((facts(&dated).reviewed, facts(&dated).stale), (Some(date(2020, 1, 2)), true));
}

#[test]
fn a_page_never_reviewed_is_not_stale() {
    let mut page = page("wiki/a.md");
    assert_eq!((facts(&page).reviewed, facts(&page).due, facts(&page).stale), (None, None, false));
    page.front.stale_after = Some(TODAY);
    assert!(!facts(&page).stale);
    page.front.stale_after = TODAY.yesterday().ok();
    assert!(facts(&page).stale);
}

#[test]
fn a_superseded_decision_is_superseded_and_not_stale() {
    let review = reviewed_on("adr/1.md", date(2001, 1, 1)).front;
    let old = Page { front: review, ..decision("adr/1.md", 1, AdrStatus::Superseded) };
    assert!(!facts(&old).stale);
    let live = Page { front: old.front.clone(), ..decision("adr/1.md", 1, AdrStatus::Accepted) };
    assert!(facts(&live).stale);
}

proptest! {
    #[test]
    fn no_date_is_too_far(year in -9999_i16..=9999, every in any::<Option<u32>>(), today in -9999_i16..=9999) {
        let mut page = reviewed_on("wiki/a.md", date(year, 12, 31));
        page.front.review_every = every;
        let facts = rules("").facts(&page, date(today, 1, 1));
        prop_assert!(facts.due >= facts.reviewed);
    }
}
