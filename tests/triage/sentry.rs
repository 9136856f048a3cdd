//! The built-in `sentry` in whole runs: the example of a release that answers 500 asked of a
//! stand-in instead of recorded, and what is asked of nobody.

use std::fs;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::team::verdict;
use crate::support::{Event, Sentry, TestRepo, World};

/// A token of nobody, in parts: nothing here looks like one.
const TOKEN: [&str; 2] = ["a-token", "-of-nobody"];

const EXAMPLE: [(&str, &str); 2] = [
    ("aws", include_str!("../../src/ops/triage/examples/backend-500/outputs/aws.json")),
    ("release", include_str!("../../src/ops/triage/examples/backend-500/outputs/release.json")),
];
const TICKET: &str = include_str!("../../src/ops/triage/examples/backend-500/ticket.json");
const PAGE: &str =
    include_str!("../../src/ops/triage/examples/backend-500/memory/checkout-errors.md");

const NEW: &str = "checkout@2026.11.3";
const OLD: &str = "checkout@2026.11.2";

/// The example's page and ticket; `sentry` is asked, and the others answer as they were
/// recorded.
struct Desk {
    repo: TestRepo,
    sentry: Sentry,
    settings: Value,
}

fn at(clock: &str) -> Timestamp {
    format!("2026-11-03T{clock}Z").parse().unwrap()
}

fn event(release: Option<&'static str>, clock: &str, count: u64) -> Event {
    Event { issue: "CHECKOUT-2F7", release, at: at(clock), count }
}

/// Somebody whom an event tells of.
fn somebody() -> String {
    ["ada", "@kundin.de"].concat()
}

impl Desk {
    /// What the organization holds is what the example tells of it.
    fn new() -> Self {
        let repo = TestRepo::new();
        repo.write("wiki/checkout-errors.md", PAGE);
        repo.commit_at("page", "2026-11-01T08:00:00Z");
        let sentry = Sentry::new();
        *sentry.world() = World {
            scopes: vec!["event:read", "org:read", "project:read"],
            issues: vec![("CHECKOUT-2F7", 4711, "checkout"), ("PAYROLL-9", 4712, "payroll")],
            events: vec![event(Some(NEW), "14:03:11", 1), event(Some(NEW), "14:30:00", 411)],
            releases: vec![(NEW, at("14:01:20")), (OLD, at("09:00:00"))],
            somebody: somebody(),
            ..World::default()
        };
        let settings = json!({
            "organization": "acme",
            "endpoint": sentry.address,
            "token": TOKEN.concat(),
            // The example stays as old as it is.
            "days": 3_650,
            "services": {"checkout": {
                "projects": ["checkout"],
                "environments": ["production"],
                "supports": ["app-regression"],
            }},
        });
        Self { repo, sentry, settings }
    }

    fn run(&self) -> Value {
        self.run_ticket(TICKET)
    }

    /// The run's document; whatever it is, it holds, and shows neither the token nor
    /// anybody.
    fn run_ticket(&self, ticket: &str) -> Value {
        let home = self.repo.home();
        let mut specialists = json!({"sentry": self.settings});
        for (name, answer) in EXAMPLE {
            let path = home.join(format!("{name}.json"));
            fs::write(&path, answer).unwrap();
            specialists[name] = json!({"program": ["/bin/cat", path]});
        }
        let settings = home.join(".config/prode/config.yaml");
        fs::create_dir_all(settings.parent().unwrap()).unwrap();
        fs::write(settings, json!({"lease": 1, "specialists": specialists}).to_string()).unwrap();
        let done = self.repo.prode_in(&[], &["triage", "run", "-", "--json"], ticket).ok();
        let run = done.json();
        let store = fs::read(self.repo.path().join(".git").join(prode::store::PLACE)).unwrap();
        for secret in [TOKEN.concat(), somebody(), "203.0.113.7".to_owned()] {
            let is_kept = store.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!done.stdout().contains(&secret) && !is_kept, "{secret} is shown");
        }
        self.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
        run
    }

    /// Paths that were asked for, without what is before and behind.
    fn asked(&self) -> Vec<String> {
        self.sentry.asked()
    }
}

fn tool(run: &Value) -> &Value {
    let tools = run["bundle"]["inventory"].as_array().unwrap();
    tools.iter().find(|it| it["name"] == "sentry").unwrap_or(&Value::Null)
}

fn gaps(run: &Value) -> Vec<String> {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    let ours = gaps.iter().filter(|it| it["specialist"] == "sentry");
    ours.map(|it| format!("{} {}", it["absence"].as_str().unwrap(), it["what"].as_str().unwrap()))
        .collect()
}

fn claims(run: &Value) -> Vec<&Value> {
    let all = run["bundle"]["findings"].as_array().unwrap();
    all.iter().filter(|it| it["id"].as_str().unwrap().starts_with("sentry/")).collect()
}

fn control(run: &Value) -> &Value {
    let controls = run["bundle"]["negative_controls"].as_array().unwrap();
    let is_it = |it: &&Value| it["query"].as_str().unwrap().contains("!release:");
    controls.iter().find(is_it).unwrap_or(&Value::Null)
}

#[test]
fn the_example_of_a_release_asked_live_ends_as_it_was_recorded() {
    let desk = Desk::new();
    let run = desk.run();
    let recorded = desk.repo.prode(&["triage", "examples", "run", "backend-500", "--json"]);
    assert_eq!(verdict(&run), verdict(&recorded.ok().json()), "{:?}", gaps(&run));
    assert_eq!(gaps(&run), Vec::<String>::new());
    let errors = claims(&run)[0];
    assert_eq!(
        errors["claim"],
        "412 events of TypeError in applyGiftCard (CHECKOUT-2F7), all in release checkout@2026.11.3, the first at 2026-11-03T14:03:11Z; 0 in as long a time before"
    );
    assert_eq!(errors["supports"], json!(["app-regression"]));
    let receipts = run["bundle"]["receipts"].as_array().unwrap();
    let receipt = receipts.iter().find(|it| errors["receipts"][0] == it["id"]).unwrap();
    assert_eq!(
        (&receipt["source"], &receipt["query"], &receipt["how"]),
        (&json!("sentry:events"), &json!("issue:CHECKOUT-2F7"), &json!("captured"))
    );
    let excerpt = receipt["excerpt"].as_str().unwrap();
    assert!(excerpt.contains("TypeError at applyGiftCard (cart/gift_card.js:41)"), "{excerpt}");
    assert!(excerpt.contains("breadcrumbs before it: fetch, ui.click"), "{excerpt}");
    assert_eq!(control(&run)["result"], "empty");
    let change = claims(&run)[1];
    assert_eq!(change["kind"], "change");
    assert!(change["claim"].as_str().unwrap().contains(NEW), "{change}");
}

#[test]
fn the_inventory_says_as_whom_and_what_can_be_sent() {
    let desk = Desk::new();
    let run = desk.run();
    let tool = tool(&run);
    assert_eq!((&tool["sort"], &tool["answered"]), (&json!("built_in"), &json!(true)), "{tool}");
    assert_eq!(tool["identity"], "organization acme");
    let proof = tool["read_only"].as_str().unwrap();
    assert!(proof.contains("nothing else can be sent than GET /organizations/{organization}/, "));
    assert!(
        proof.contains("its token may only read: event:read, org:read, project:read"),
        "{proof}"
    );
    assert!(desk.asked().iter().all(|it| it.starts_with("GET /api/0/")), "{:?}", desk.asked());
}

#[test]
fn a_token_that_could_write_is_told() {
    let desk = Desk::new();
    desk.sentry.world().scopes = vec!["event:admin", "event:read", "org:read"];
    let run = desk.run();
    let proof = tool(&run)["read_only"].as_str().unwrap().to_owned();
    assert!(proof.contains("its token could change things (event:admin)"), "{proof}");
    assert_eq!(run["decision"], "pr", "it is told, and not refused");
}

#[test]
fn the_same_errors_before_the_release_are_a_conflict() {
    let desk = Desk::new();
    desk.sentry.world().events.push(event(Some(OLD), "12:30:00", 3));
    let run = desk.run();
    assert_eq!(run["decision"], "stop");
    assert!(run["reasons"].as_array().unwrap().contains(&json!("conflict")), "{}", run["reasons"]);
    let older = claims(&run)[1]["claim"].as_str().unwrap();
    assert!(older.starts_with("3 events of CHECKOUT-2F7 are of other releases than"), "{older}");
}

#[test]
fn errors_of_two_releases_speak_for_none() {
    let desk = Desk::new();
    desk.sentry.world().events.push(event(Some(OLD), "14:10:00", 3));
    let run = desk.run();
    assert_eq!(claims(&run)[0]["supports"], json!([]));
    assert!(claims(&run)[0]["claim"].as_str().unwrap().contains("412 in checkout@2026.11.3, 3 in"));
    assert_eq!(run["decision"], "stop");
}

#[test]
fn nothing_found_while_events_were_dropped_proves_nothing() {
    let desk = Desk::new();
    desk.sentry.world().dropped = 120;
    let run = desk.run();
    assert_eq!(control(&run)["result"], "outside_window");
    assert!(
        gaps(&run).iter().any(|it| it.contains("120 errors of checkout were dropped")),
        "{:?}",
        gaps(&run)
    );
}

#[test]
fn what_sentry_keeps_no_more_proves_nothing() {
    let mut desk = Desk::new();
    desk.settings["days"] = json!(1);
    let run = desk.run();
    assert_eq!(control(&run)["result"], "outside_window");
    let detail = json!({"detail": "Invalid date range. Please try a more recent date range."});
    desk.sentry.world().refuses.insert("/events/", (400, String::new(), detail));
    let run = desk.run_ticket(&TICKET.replace("ENG-1423", "ENG-1424"));
    assert!(
        gaps(&run).iter().any(|it| it.starts_with("outside_window issue:")),
        "{:?}",
        gaps(&run)
    );
}

#[test]
fn a_ticket_without_an_issue_has_those_of_its_service_listed() {
    let desk = Desk::new();
    let ticket = TICKET.replace("sentry issue CHECKOUT-2F7: ", "");
    let run = desk.run_ticket(&ticket);
    let listed = claims(&run)[0]["claim"].as_str().unwrap();
    assert_eq!(
        listed,
        "1 issues of checkout had events in the window, most of all CHECKOUT-2F7 TypeError in applyGiftCard"
    );
    let counted = claims(&run)[1];
    assert_eq!(counted["supports"], json!(["app-regression"]), "its type is the ticket's");
}

#[test]
fn an_issue_of_a_project_that_is_not_listed_is_not_looked_at() {
    let desk = Desk::new();
    let run = desk.run_ticket(&TICKET.replace("CHECKOUT-2F7", "PAYROLL-9"));
    assert_eq!(run["decision"], "stop");
    assert!(
        gaps(&run)[0].contains("a project that specialists.sentry.services does not list"),
        "{:?}",
        gaps(&run)
    );
    assert!(!desk.asked().iter().any(|it| it.contains("/events/")), "{:?}", desk.asked());
}

#[test]
fn a_ticket_names_no_question_of_its_own() {
    let desk = Desk::new();
    let more = "see http://169.254.169.254/api/0/organizations/acme/issues/?query=is:unresolved and \
        sentry.io/organizations/other/issues/999/, release evil* OR is:unresolved, organization other";
    let ticket = TICKET.replace("It began after", &format!("{more}. It began after"));
    desk.run_ticket(&ticket);
    let asked = desk.asked().join("\n");
    for strange in ["169.254", "other", "evil", "is:unresolved"] {
        assert!(!asked.contains(strange), "{strange} in {asked}");
    }
    assert!(asked.contains("GET /api/0/organizations/acme/issues/999/"), "an id alone: {asked}");
}

#[test]
fn what_is_not_set_up_whole_asks_nothing() {
    for (name, value, says) in [
        ("organization", json!("a/b"), "specialists.sentry.organization: 'a/b' is no name"),
        ("services", json!({"a": {"shell": ["rm"]}}), "unknown field `shell`"),
        ("services", json!({}), "specialists.sentry.services lists nothing"),
        ("endpoint", json!("http://169.254.169.254"), "specialists.sentry.endpoint cannot be used"),
        ("token", json!(""), "specialists.sentry.token is not set"),
    ] {
        let mut desk = Desk::new();
        desk.settings[name] = value;
        let run = desk.run();
        assert_eq!((desk.asked().len(), &run["decision"]), (0, &json!("stop")), "{name}");
        let blocked = tool(&run)["blocked"].as_str().unwrap();
        assert!(blocked.contains(says) && gaps(&run)[0].contains(says), "{blocked}");
    }
}

#[test]
fn a_name_that_leads_inside_is_not_spoken_to() {
    let mut desk = Desk::new();
    let port = desk.sentry.address.rsplit(':').next().unwrap();
    desk.settings["endpoint"] = json!(format!("https://localhost:{port}"));
    let run = desk.run();
    assert_eq!(desk.asked(), Vec::<String>::new());
    assert!(gaps(&run)[0].starts_with("not_searched"), "{:?}", gaps(&run));
    assert!(gaps(&run)[0].contains("where nobody is asked to"), "{:?}", gaps(&run));
}

#[test]
fn what_sentry_refuses_is_an_error_and_never_an_absence() {
    let no = |status, detail: &str| (status, String::new(), json!({ "detail": detail }));
    for (path, refusal, says, reason) in [
        ("/organizations/acme/", no(401, "Invalid token"), "have expired", "required-error"),
        ("/organizations/acme/", no(404, "no"), "sees no organization 'acme'", "required-error"),
        ("/shortids/", no(403, "no right"), "no right", "required-error"),
        ("/projects/", no(404, "no"), "there is no such project", "required-missing"),
        ("/events/", no(500, ""), "failed with 500", "required-error"),
    ] {
        let desk = Desk::new();
        desk.sentry.world().refuses.insert(path, refusal);
        let run = desk.run();
        assert!(gaps(&run).iter().any(|it| it.contains(says)), "{path}: {:?}", gaps(&run));
        assert_eq!(run["decision"], "stop", "{path}: {}", run["reasons"]);
        let reasons = run["reasons"].to_string();
        assert!(reasons.contains(reason), "{path}: {reasons} {:?}", gaps(&run));
        assert_ne!(control(&run)["result"], "empty", "{path}");
    }
}

#[test]
fn the_repository_sets_nothing_of_it() {
    let desk = Desk::new();
    let settings = json!({"specialists": {"sentry": desk.settings}});
    desk.repo.write("prode.yaml", settings.to_string());
    desk.repo.commit("settings");
    let done = desk.repo.prode_in(&[], &["triage", "run", "-", "--json"], TICKET).ok();
    assert_eq!(desk.asked(), Vec::<String>::new());
    assert_eq!(tool(&done.json()), &Value::Null);
}
