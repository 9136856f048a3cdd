//! Plans for pages that are made up; what they come to in Git is tested in `tests/audit`.

use super::*;
use crate::audit::Risk;

fn path(name: &str) -> RepoPath {
    RepoPath::new(format!("wiki/{name}.md")).unwrap()
}

fn found(name: &str, signal: &'static str) -> Finding {
    Finding {
        id: format!("A-{name}-{signal}"),
        path: path(name),
        title: name.to_owned(),
        kind: "guide".to_owned(),
        signal,
        owner: vec!["a".to_owned()],
        risk: Risk::default(),
        why: String::new(),
        changed: Vec::new(),
        changed_total: 0,
        settle: Vec::new(),
        local: false,
        confidence: 100,
        of: String::new(),
    }
}

/// `page: signal signal` in the order of their risk, as pages that were reviewed.
fn pages(all: &[Finding]) -> BTreeMap<RepoPath, Candidate<'_>> {
    let mut pages: BTreeMap<RepoPath, Candidate<'_>> = BTreeMap::new();
    for (at, finding) in all.iter().enumerate() {
        let page = pages.entry(finding.path.clone()).or_default();
        page.is_reviewed = true;
        page.findings.push((at, finding));
    }
    pages
}

fn told(plan: &Settling<'_>) -> Vec<String> {
    plan.settled.iter().map(|(_, it, way)| format!("{} {way:?}", it.id)).collect()
}

fn left<'a>(plan: &Settling<'a>) -> Vec<&'a str> {
    plan.left.iter().map(|it| it.1.id.as_str()).collect()
}

#[test]
fn a_look_settles_a_pages_drift_and_age_together() {
    let all = [found("a", "drifted"), found("b", "overdue"), found("a", "overdue")];
    let plan = settling(&pages(&all), 10);
    assert_eq!(told(&plan), ["A-a-drifted Stamped", "A-b-overdue Stamped", "A-a-overdue Stamped"]);
    assert_eq!(plan.stamped, BTreeSet::from([path("a"), path("b")]));
    assert!(plan.left.is_empty());
}

#[test]
fn nobody_is_asked_to_say_that_a_page_is_true_which_is_known_to_mislead() {
    let all = [
        found("a", "contradicted"),
        found("a", "drifted"),
        found("b", "broken"),
        found("b", "overdue"),
    ];
    let plan = settling(&pages(&all), 10);
    assert!(plan.settled.is_empty() && plan.stamped.is_empty());
    assert_eq!(left(&plan).len(), 4);
}

#[test]
fn a_mended_page_that_was_reviewed_is_stamped_anew() {
    let all = [found("a", "broken")];
    let mut pages = pages(&all);
    pages.get_mut(&path("a")).unwrap().is_mendable = true;
    assert_eq!(settling(&pages, 10).stamped, BTreeSet::from([path("a")]));
    pages.get_mut(&path("a")).unwrap().is_reviewed = false;
    let plan = settling(&pages, 10);
    assert_eq!(told(&plan), ["A-a-broken Mended"]);
    assert!(plan.stamped.is_empty());
}

#[test]
fn an_archive_settles_everything_about_its_page() {
    let all = [found("a", "superseded"), found("a", "contradicted"), found("a", "duplicate")];
    let mut pages = pages(&all);
    pages.get_mut(&path("a")).unwrap().successor = Some(path("new"));
    let plan = settling(&pages, 10);
    assert_eq!(plan.settled.len(), 3);
    assert_eq!(plan.archived, BTreeMap::from([(path("a"), path("new"))]));
}

/// A page of which a link is mended is looked at whole, so that what else a look
/// settles of it is gone too, and is named.
#[test]
fn what_leads_to_an_archived_page_is_mended_and_looked_at_with_it() {
    let all = [found("gone", "superseded"), found("a", "overdue")];
    let mut pages = pages(&all);
    pages.get_mut(&path("gone")).unwrap().leads =
        Leads::Own(BTreeSet::from([path("a"), path("b")]));
    pages.insert(path("b"), Candidate::default());
    let plan = settling(&pages, 10);
    assert_eq!(told(&plan), ["A-gone-superseded Unlinked", "A-a-overdue Stamped"]);
    assert_eq!(plan.unlinked.keys().cloned().collect::<Vec<_>>(), [path("a"), path("b")]);
    assert_eq!(plan.stamped, BTreeSet::from([path("a")]), "b was never reviewed");
    assert!(settling(&pages, 1).settled.is_empty(), "whole or not at all");
    pages.get_mut(&path("b")).unwrap().refused = Some("no text".to_owned());
    assert_eq!(told(&settling(&pages, 10)), ["A-a-overdue Stamped"]);
    pages.get_mut(&path("gone")).unwrap().leads = Leads::Others(2);
    assert_eq!(left(&settling(&pages, 10)), ["A-gone-superseded"]);
}

#[test]
fn the_cap_holds_and_what_fits_behind_what_does_not_is_taken() {
    let all = [
        found("a", "drifted"),
        found("a", "overdue"),
        found("a", "edited_since_review"),
        found("b", "overdue"),
    ];
    let pages = pages(&all);
    let plan = settling(&pages, 2);
    assert_eq!(told(&plan), ["A-b-overdue Stamped"]);
    assert!(plan.left.iter().all(|it| it.2 == "one proposal settles 2 at most (audit.cap)"));
    assert!(settling(&pages, 0).settled.is_empty());
}

#[test]
fn a_look_settles_no_day_that_the_page_names_itself_and_a_hand_only_where_it_is_another() {
    let all = [
        found("a", "overdue"),
        found("b", "bus_factor"),
        found("b", "overdue"),
        found("c", "bus_factor"),
    ];
    let mut pages = pages(&all);
    pages.get_mut(&path("a")).unwrap().is_stale_by_itself = true;
    assert_eq!(told(&settling(&pages, 10)), ["A-b-overdue Stamped"]);
    pages.get_mut(&path("b")).unwrap().is_new_hand = true;
    assert_eq!(told(&settling(&pages, 10)), ["A-b-bus_factor Stamped", "A-b-overdue Stamped"]);
}

#[test]
fn pages_that_lead_to_each_other_are_one_change() {
    let all = [found("a", "superseded"), found("b", "superseded")];
    let mut pages = pages(&all);
    for (one, other) in [("a", "b"), ("b", "a")] {
        let page = pages.get_mut(&path(one)).unwrap();
        page.leads = Leads::Own(BTreeSet::from([path(other)]));
        page.successor = Some(path("new"));
    }
    assert_eq!(settling(&pages, 2).archived.len(), 2);
    let one = settling(&pages, 1);
    assert!(one.archived.is_empty() && one.unlinked.is_empty());
}
