//! What is written of a bundle: the hand-off, the learning, what follows outside.

use prode::triage::bundle::{Bundle, names};
use prode::triage::class::Decision;
use prode::triage::effect::{Effect, Sort, effects};
use prode::triage::handoff::handoff;
use prode::triage::learning::learning;
use prode::triage::mode::Mode;
use prode::triage::output::Absence;
use prode::triage::snapshot::Snapshot;

use super::case::{Case, at, page, wanted};

fn bundle(case: &Case) -> Bundle {
    let before = jiff::SignedDuration::from_hours(1);
    let ticket = "---\nid: ENG-12\n---\nCheckout | fails\n";
    let snapshot = Snapshot::read(ticket, "file", before, at("14:00")).unwrap();
    Bundle::of(&snapshot, &[], case.evidence(), case.verdict()).unwrap()
}

fn written(case: &Case, proposed: bool) -> String {
    let bundle = bundle(case);
    handoff("R-1", &bundle, &bundle.waiting, proposed)
}

/// The words below a heading, down to the next one.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let (_, below) = text.split_once(&format!("\n## {heading}\n\n")).expect(heading);
    below.split("\n## ").next().unwrap()
}

#[test]
fn a_handoff_has_its_sections_apart_and_begins_with_its_title() {
    let text = written(&Case::sufficient(), false);
    assert!(text.starts_with("# Hand-off of "), "{text}");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    let expected =
        ["Status", "Findings", "Decisions", "Open questions", "Exact next step", "How to resume"];
    assert_eq!(headings, expected.map(|name| format!("## {name}")));
    assert!(expected.iter().all(|name| text.contains(&format!("\n\n## {name}\n\n"))), "{text}");
}

#[test]
fn a_handoff_says_the_sum_and_who_saw_what() {
    let text = written(&Case::sufficient(), false);
    let status = section(&text, "Status");
    assert!(
        status.contains("pr · app-regression · confidence 90 % · window 2026-11-03T13:00:00Z to"),
        "{status}"
    );
    let decisions = section(&text, "Decisions");
    let sum = "captured 40 + second source 20 + negative control 20 + correlation 10 + reproduction 0 = 90";
    assert!(decisions.contains("- app-regression: supported ("), "{decisions}");
    assert_eq!(decisions.matches(sum).count(), 2, "{decisions}");
    let findings = section(&text, "Findings");
    assert_eq!(findings.lines().count(), 5, "{findings}");
    assert!(!findings.contains("handed in"));
    let mut handed = Case::sufficient();
    handed.attest("sentry");
    assert_eq!(section(&written(&handed, false), "Findings").matches("(handed in)").count(), 1);
}

#[test]
fn a_handoff_says_what_is_open() {
    let none = written(&Case::sufficient(), false);
    assert_eq!(section(&none, "Open questions").trim(), "- None that anybody named.");
    let mut case = Case::sufficient();
    case.gap("aws", Absence::Error, true);
    case.gap("sentry", Absence::Error, false);
    let text = written(&case, false);
    let open = section(&text, "Open questions");
    assert!(open.contains("- aws: the other half (") && open.contains(", needed)"), "{open}");
    assert_eq!(open.matches(", needed)").count(), 1, "{open}");
    let mut silent = Case::sufficient();
    silent.answered.clear();
    let text = written(&silent, false);
    assert_eq!(section(&text, "Findings").trim(), "Nobody found anything.");
    assert_eq!(section(&text, "Decisions").trim(), "No explanation stands.");
}

#[test]
fn a_handoff_says_what_stands_what_does_not_and_what_is_contradicted() {
    let mut case = Case::sufficient();
    case.finding("release").refutes = vec!["vendor".to_owned()];
    let text = written(&case, false);
    let decisions = section(&text, "Decisions");
    assert!(decisions.contains("- vendor: refuted (release/F1)\n"), "{decisions}");
    assert!(!decisions.contains("config") && !decisions.contains("capped"), "{decisions}");
    case.finding("aws").refutes = vec!["app-regression".to_owned()];
    let text = written(&case, false);
    let decisions = section(&text, "Decisions");
    assert!(decisions.contains("- app-regression: contradicted (aws/F1; "), "{decisions}");
    assert!(decisions.ends_with("- capped at 69\n"), "{decisions}");
    let open = section(&text, "Open questions");
    assert_eq!(open, "- what settles the contradiction about app-regression?\n");
    let mut bare = Case::sufficient();
    bare.finding("aws").receipts.clear();
    let text = written(&bare, false);
    assert_eq!(section(&text, "Findings").matches("| nothing |").count(), 1, "{text}");
}

#[test]
fn the_next_step_follows_from_the_decision() {
    let step =
        |case: &Case, proposed| section(&written(case, proposed), "Exact next step").to_owned();
    let enough = Case::sufficient();
    assert!(step(&enough, false).starts_with("Make the smallest change on a branch"));
    assert!(step(&enough, true).starts_with("Review the pull request"));
    let mut missing = Case::sufficient();
    missing.missing("sentry", Absence::Error, true);
    assert!(step(&missing, false).starts_with("Get what the reasons above say is missing"));
    assert!(step(&Case::of("expected-noise"), false).starts_with("Nothing: nobody has to act"));
    assert!(step(&Case::of("vendor"), false).starts_with("The owner of the system"));
    let mut asking = Case::sufficient();
    asking.output("sentry").requests.push(wanted());
    let text = written(&asking, false);
    assert!(
        section(&text, "Exact next step")
            .contains("A person decides on data-correction on billing database")
    );
    assert!(section(&text, "How to resume").contains("- `prode approve R-1:data-correction:1`"));
    assert!(text.ends_with("Then, and not before, `prode triage resume R-1` goes on.\n"), "{text}");
}

#[test]
fn actions_of_one_sort_are_counted() {
    let mut case = Case::sufficient();
    for what in ["a", "b"] {
        let mut one = wanted();
        what.clone_into(&mut one.what);
        case.output("sentry").requests.push(one);
    }
    let waiting = bundle(&case).waiting;
    assert_eq!(names("R-1", &waiting), ["R-1:data-correction:1", "R-1:data-correction:2"]);
    assert_ne!(waiting[0].digest, waiting[1].digest);
}

#[test]
fn what_routed_and_what_was_seen_are_learned() {
    let case = Case::sufficient();
    let found = learning("R-1", &bundle(&case), Some("merged"));
    assert_eq!(found.target.as_deref(), Some("wiki/checkout.md#checkout"));
    assert!(found.text.contains("action: append\n") && found.text.contains("confidence: 90\n"));
    for claim in ["- sentry says it\n", "- aws:cloudwatch says it\n", "- git says it\n"] {
        assert!(found.text.contains(claim), "{}", found.text);
    }
    assert!(found.text.contains("The run was routed by wiki/checkout.md#checkout@"));
    assert!(found.text.ends_with("\nWhat became of the change: merged.\n"));
    let mut replaced = case.clone();
    replaced.memory[0].superseded_by = Some("wiki/new.md".to_owned());
    let found = learning("R-1", &bundle(&replaced), None);
    assert_eq!(found.target.as_deref(), Some("new:wiki/patterns/app-regression.md"));
    assert!(found.text.contains("action: new\n") && !found.text.contains("What became"));
    let mut missing = Case::sufficient();
    missing.missing("sentry", Absence::Error, true);
    assert_eq!(learning("R-1", &bundle(&missing), None).target, None);
}

#[test]
fn effects_come_in_their_order_each_with_a_key_of_its_own() {
    let mut case = Case::sufficient();
    case.output("sentry").requests.push(wanted());
    let made = bundle(&case);
    let all = effects("R-1", &made, "sha256:1", Some("wiki/checkout.md"), None);
    let sorts: Vec<Sort> = all.iter().map(|it| it.sort).collect();
    let proposed = made.decision == Decision::Pr;
    let first: &[Sort] = if proposed { &[Sort::Branch, Sort::PullRequest] } else { &[] };
    let expected = [first, &[Sort::ApprovalRequest, Sort::Comment, Sort::Learning]].concat();
    assert_eq!(sorts, expected);
    let keys: std::collections::BTreeSet<&str> = all.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys.len(), all.len());
    assert!(keys.iter().all(|key| key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit())));
    let again = effects("R-1", &made, "sha256:1", Some("wiki/checkout.md"), None);
    assert_eq!(all, again);
    let other = |run: &str, digest: &str| effects(run, &made, digest, None, None);
    for effects in [other("R-2", "sha256:1"), other("R-1", "sha256:2")] {
        assert!(effects.iter().all(|it| !keys.contains(it.key.as_str())));
    }
}

#[test]
fn a_mode_is_called_by_its_name_and_allows_what_it_may() {
    for mode in [Mode::DryRun, Mode::Comment, Mode::Pr] {
        assert_eq!(Mode::named(mode.name()), Some(mode));
    }
    assert_eq!(Mode::named("dry"), None);
    let made: Vec<Effect> = effects("R-1", &bundle(&Case::sufficient()), "d", Some("x"), None);
    let allowed = |mode: Mode| -> Vec<&str> {
        made.iter().filter(|it| mode.allows(it)).map(|it| it.sort.words()).collect()
    };
    assert_eq!(allowed(Mode::DryRun), [""; 0]);
    assert_eq!(allowed(Mode::Comment), ["comment", "learning"]);
    assert_eq!(allowed(Mode::Pr), ["branch", "pull request", "comment", "learning"]);
}

#[test]
fn a_page_that_is_stale_or_replaced_is_doubtful() {
    let fresh = page("wiki/a.md");
    let mut stale = fresh.clone();
    stale.stale = true;
    let mut replaced = fresh.clone();
    replaced.superseded_by = Some("wiki/b.md".to_owned());
    assert!(!fresh.is_doubtful() && stale.is_doubtful() && replaced.is_doubtful());
}
