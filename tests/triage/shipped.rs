//! The built-in `github` and `gitlab` in whole runs: the example of a release that answers
//! 500, whose change a forge tells of instead of the recorded one.

use std::fs;

use serde_json::{Value, json};

use super::team::verdict;
use crate::support::{Listing, TestRepo};

/// A token of nobody, in parts: nothing here looks like one.
const TOKEN: [&str; 2] = ["a-token", "-of-nobody"];

const OTHERS: [(&str, &str); 2] = [
    ("aws", include_str!("../../src/ops/triage/examples/backend-500/outputs/aws.json")),
    ("sentry", include_str!("../../src/ops/triage/examples/backend-500/outputs/sentry.json")),
];
const TICKET: &str = include_str!("../../src/ops/triage/examples/backend-500/ticket.json");
const PAGE: &str =
    include_str!("../../src/ops/triage/examples/backend-500/memory/checkout-errors.md");

/// The example's page and ticket; a forge is asked, `release` finds nothing of its own, and
/// the others answer as they were recorded.
struct Desk {
    repo: TestRepo,
    name: &'static str,
    forge: Listing,
    settings: Value,
}

/// Somebody whom every answer tells of.
fn somebody() -> String {
    ["ada", "@kundin.de"].concat()
}

impl Desk {
    fn of(name: &'static str) -> Self {
        let repo = TestRepo::new();
        repo.write("wiki/checkout-errors.md", PAGE);
        repo.commit_at("page", "2026-11-01T08:00:00Z");
        let forge = Listing::new();
        let settings = json!({
            "endpoint": forge.address,
            "token": TOKEN.concat(),
            "services": {"checkout": {"repos": ["acme/checkout"], "environments": ["production"]}},
        });
        let desk = Self { repo, name, forge, settings };
        match name {
            "github" => desk.github(),
            _ => desk.gitlab(),
        }
        desk
    }

    fn github(&self) {
        let (at, user) = ("2026-11-03T14:01:20Z", json!({"login": "triage", "email": somebody()}));
        let repo = |rest: &str| format!("/repos/acme/checkout{rest}");
        self.forge.says_all("/user", 200, "x-oauth-scopes: repo\r\n", user.clone());
        self.forge.says(&repo(""), json!({"full_name": "acme/checkout"}));
        let deployment = json!({"id": 8, "created_at": "2026-11-03T14:00:00Z", "environment": "production", "sha": "0123456789abcdef", "creator": user});
        self.forge.says(&repo("/deployments"), json!([deployment]));
        let status = json!([{"state": "success", "created_at": at, "description": somebody()}]);
        self.forge.says(&repo("/deployments/8/statuses"), status);
        let release = json!({"tag_name": "checkout@2026.11.3", "published_at": at, "created_at": at, "body": somebody()});
        self.forge.says(&repo("/releases"), json!([release]));
        let pull = json!({"number": 14, "title": "cart: gift cards are looked up once", "merged_at": "2026-11-03T13:58:00Z", "updated_at": "2026-11-03T13:58:00Z", "body": somebody(), "user": user});
        self.forge.says(&repo("/pulls"), json!([pull]));
    }

    fn gitlab(&self) {
        let at = "2026-11-03T14:01:20Z";
        let repo = |rest: &str| format!("/projects/acme%2Fcheckout{rest}");
        self.forge.says("/user", json!({"username": "triage", "email": somebody()}));
        self.forge.says("/personal_access_tokens/self", json!({"scopes": ["read_api"]}));
        self.forge.says(&repo(""), json!({"path": "checkout"}));
        let deployment = json!({"created_at": at, "environment": {"name": "production"}, "sha": "0123456789abcdef", "status": "success", "user": {"name": somebody()}});
        self.forge.says(&repo("/deployments"), json!([deployment]));
        let release =
            json!({"tag_name": "checkout@2026.11.3", "released_at": at, "description": somebody()});
        self.forge.says(&repo("/releases"), json!([release]));
        let merge = json!({"iid": 14, "title": "cart: gift cards are looked up once", "merged_at": "2026-11-03T13:58:00Z", "description": somebody()});
        self.forge.says(&repo("/merge_requests"), json!([merge]));
    }

    /// The run's document; whatever it is, it holds, and shows neither the token nor
    /// anybody.
    fn run(&self) -> Value {
        let home = self.repo.home();
        let mut specialists = json!({ self.name: self.settings });
        for (name, answer) in OTHERS {
            let path = home.join(format!("{name}.json"));
            fs::write(&path, answer).unwrap();
            specialists[name] = json!({"program": ["/bin/cat", path]});
        }
        let settings = home.join(".config/prode/config.yaml");
        fs::create_dir_all(settings.parent().unwrap()).unwrap();
        let required = json!({"specialists": { self.name: "required" }});
        let all = json!({"lease": 1, "triage": required, "specialists": specialists});
        fs::write(settings, all.to_string()).unwrap();
        let done = self.repo.prode_in(&[], &["triage", "run", "-", "--json"], TICKET).ok();
        let run = done.json();
        let store = fs::read(self.repo.path().join(".git").join(prode::store::PLACE)).unwrap();
        for secret in [TOKEN.concat(), somebody()] {
            let is_kept = store.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!done.stdout().contains(&secret) && !is_kept, "{secret} is shown");
        }
        self.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
        run
    }

    fn tool(&self, run: &Value) -> Value {
        let tools = run["bundle"]["inventory"].as_array().unwrap();
        tools.iter().find(|it| it["name"] == self.name).cloned().unwrap_or_default()
    }

    fn gaps(&self, run: &Value) -> Vec<String> {
        let gaps = run["bundle"]["gaps"].as_array().unwrap();
        let ours = gaps.iter().filter(|it| it["specialist"] == self.name);
        let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        ours.map(|it| format!("{} {}", text(it, "absence"), text(it, "what"))).collect()
    }

    fn claims(&self, run: &Value) -> Vec<String> {
        let all = run["bundle"]["findings"].as_array().unwrap();
        let is_ours =
            |it: &&Value| it["id"].as_str().unwrap().starts_with(&format!("{}/", self.name));
        let ours = all.iter().filter(is_ours);
        ours.map(|it| {
            assert_eq!((&it["kind"], &it["supports"]), (&json!("change"), &json!([])), "{it}");
            it["claim"].as_str().unwrap().to_owned()
        })
        .collect()
    }
}

#[test]
fn what_was_shipped_stands_beside_the_errors_as_the_recorded_release_does() {
    for (name, mark) in [("github", '#'), ("gitlab", '!')] {
        let desk = Desk::of(name);
        let run = desk.run();
        let recorded = desk.repo.prode(&["triage", "examples", "run", "backend-500", "--json"]);
        assert_eq!(verdict(&run), verdict(&recorded.ok().json()), "{:?}", desk.gaps(&run));
        assert_eq!(desk.gaps(&run), Vec::<String>::new());
        assert_eq!(
            desk.claims(&run),
            [
                "1 deployments of acme/checkout in the window, the last at 2026-11-03T14:01:20Z: production 0123456789ab: success".to_owned(),
                "1 releases of acme/checkout in the window, the last at 2026-11-03T14:01:20Z: checkout@2026.11.3".to_owned(),
                format!("1 merges of acme/checkout in the window, the last at 2026-11-03T13:58:00Z: {mark}14 cart: gift cards are looked up once"),
            ]
        );
    }
}

#[test]
fn the_inventory_says_as_whom_and_what_can_be_sent() {
    for (name, rights) in [
        ("github", "its token could change things (repo)"),
        ("gitlab", "its token may only read: read_api"),
    ] {
        let desk = Desk::of(name);
        let tool = desk.tool(&desk.run());
        assert_eq!(
            (&tool["identity"], &tool["answered"]),
            (&json!("account triage"), &json!(true))
        );
        let proof = tool["read_only"].as_str().unwrap();
        assert!(proof.starts_with("nothing else can be sent than GET /user, "), "{proof}");
        assert!(proof.contains(rights), "{proof}");
        let asked = desk.forge.asked();
        assert!(asked.iter().all(|it| it.starts_with("GET ")), "{asked:?}");
        let ticket_s = ["ENG-1423", "CHECKOUT-2F7", "gift", "7f3a2b91c0de"];
        assert!(!ticket_s.iter().any(|it| asked.join("\n").contains(it)), "{asked:?}");
    }
}

#[test]
fn nothing_shipped_is_empty_and_changes_no_sum() {
    let desk = Desk::of("github");
    for path in ["/deployments", "/releases", "/pulls"] {
        desk.forge.says(&format!("/repos/acme/checkout{path}"), json!([]));
    }
    let run = desk.run();
    assert_eq!((desk.claims(&run).len(), desk.gaps(&run).len()), (0, 0));
}

#[test]
fn what_a_forge_does_not_say_is_a_gap_of_its_sort() {
    let no = |words: &str| json!({ "message": words });
    for (path, status, body, absence, says) in [
        ("/user", 401, no("Bad credentials"), "error", "have expired"),
        ("/repos/acme/checkout", 404, no("Not Found"), "not_searched", "no such repository"),
        ("/repos/acme/checkout/releases", 403, no("no right"), "error", "no right"),
        ("/repos/acme/checkout/pulls", 200, json!({}), "error", "it is no list"),
    ] {
        let desk = Desk::of("github");
        desk.forge.says_all(path, status, "", body);
        let run = desk.run();
        let said = desk.gaps(&run);
        assert!(
            said.iter().any(|it| it.starts_with(absence) && it.contains(says)),
            "{path} {said:?}"
        );
    }
}

#[test]
fn a_forge_whose_clock_is_behind_has_not_listed_everything_yet() {
    let desk = Desk::of("github");
    let user = json!({"login": "triage"});
    let at = |clock: &str| format!("date: Tue, 03 Nov 2026 {clock} GMT\r\n");
    desk.forge.says_all("/user", 200, &at("13:30:30"), user.clone());
    let run = desk.run();
    let said = desk.gaps(&run);
    assert!(said[0].starts_with("outside_window the incident is too new"), "{said:?}");
    let desk = Desk::of("github");
    desk.forge.says_all("/user", 200, &at("14:00:00"), user);
    let claims = desk.claims(&desk.run());
    assert!(claims.len() == 1 && claims[0].contains("#14"), "the rest is later: {claims:?}");
}

#[test]
fn what_is_not_set_up_whole_asks_nothing() {
    for (key, value, says) in [
        ("token", json!(""), "specialists.github.token is not set"),
        ("services", json!({"checkout": {"repos": ["../x"]}}), "is no repository of GitHub"),
        ("endpoint", json!("http://169.254.169.254"), "specialists.github.endpoint cannot be used"),
    ] {
        let mut desk = Desk::of("github");
        desk.settings[key] = value;
        let run = desk.run();
        let blocked = desk.tool(&run)["blocked"].as_str().unwrap().to_owned();
        assert!(blocked.contains(says) && desk.gaps(&run)[0].contains(says), "{blocked}");
        assert_eq!(desk.forge.asked(), Vec::<String>::new());
    }
    let mut desk = Desk::of("github");
    desk.settings["services"] = json!({"payroll": {"repos": ["acme/payroll"]}});
    let run = desk.run();
    assert_eq!(desk.forge.asked(), ["GET /user"]);
    assert!(
        desk.gaps(&run)[0].contains("the ticket names nothing that specialists.github.services")
    );
}
