//! The built-in `vendor` in whole runs: an incident of a vendor decides, and pages and feeds
//! that are late, broken or hostile prove nothing.

mod faults;

use std::fs;

use serde_json::{Value, json};

use crate::support::{Reply, StatusPage, TestRepo};

const PAGE: &str = "---
title: Payments fail
kind: runbook
owner: \"@payments\"
services: [checkout]
signals:
  - error: \"PaymentError\"
evidence: [vendor, aws]
---

# Payments fail

## What this alert means

Customers cannot pay: the vendor of payments, or our calls to it.
";

const WINDOW: [&str; 2] = ["2026-11-03T13:30:00Z", "2026-11-03T15:00:00Z"];

const INCIDENTS: &str = "/api/v2/incidents.json";
const SUMMARY: &str = "/api/v2/summary.json";
const MAINTENANCE: &str = "/api/v2/scheduled-maintenances.json";

/// A page that routes, a vendor with a status page, one with a feed, and `aws` as it was
/// recorded.
struct Desk {
    repo: TestRepo,
    page: StatusPage,
    feed: StatusPage,
    settings: Value,
}

fn incident() -> Value {
    json!({
        "id": "p31zjtct2jer", "name": "Elevated errors of charges", "status": "resolved",
        "impact": "major", "created_at": "2026-11-03T13:58:00Z", "started_at": "2026-11-03T13:52:00Z",
        "resolved_at": "2026-11-03T14:55:00Z", "shortlink": "https://elsewhere.example/x",
        "components": [{"name": "API"}],
        "incident_updates": [
            {"status": "resolved", "body": "Charges work again.", "created_at": "2026-11-03T14:55:00Z"},
            {"status": "investigating", "body": "Charges fail.", "created_at": "2026-11-03T13:58:00Z"},
        ],
    })
}

fn rss(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Mail status</title>{items}</channel></rss>")
}

fn item(title: &str, time: &str, text: &str) -> String {
    format!(
        "<item><title>{title}</title><pubDate>{time}</pubDate><description>{text}</description><guid>{title}</guid></item>"
    )
}

const OLD: &str = "Mon, 02 Nov 2026 08:00:00 GMT";

impl Desk {
    /// The vendor of payments had an incident, the one of mail had none.
    fn new() -> Self {
        let repo = TestRepo::new();
        repo.write("wiki/payments-fail.md", PAGE);
        repo.commit_at("page", "2026-11-01T08:00:00Z");
        let (page, feed) = (StatusPage::new(), StatusPage::new());
        feed.says("/history.rss", Reply::ok(&rss(&item("Delays", OLD, "Resolved - over"))));
        let settings = json!({
            "vendors": {
                "payments": {"page": page.address, "components": ["API", "Webhooks"], "listed": 50},
                "mail": {"feed": format!("{}/history.rss", feed.address)},
            },
            "services": {"checkout": {"vendors": ["payments"], "supports": ["vendor"], "would_refute": ["app-regression"]}},
        });
        let desk = Self { repo, page, feed, settings };
        desk.incidents(&[incident()]);
        desk.summary(&[], &[]);
        desk.page.says(MAINTENANCE, Reply::ok(&json!({"scheduled_maintenances": []})));
        desk
    }

    fn incidents(&self, all: &[Value]) {
        self.page.says(INCIDENTS, Reply::ok(&json!({ "incidents": all })));
    }

    fn summary(&self, open: &[Value], components: &[Value]) {
        let summary = json!({
            "page": {"name": "Payments Inc"}, "incidents": open, "components": components,
        });
        self.page.says(SUMMARY, Reply::ok(&summary));
    }

    /// On the feed instead of the page.
    fn of_mail(mut self) -> Self {
        self.settings["services"]["checkout"]["vendors"] = json!(["mail"]);
        self
    }

    fn run(&self) -> Value {
        self.run_ticket("Payments fail with PaymentError.")
    }

    /// The run's document; whatever it is, it holds.
    fn run_ticket(&self, text: &str) -> Value {
        let home = self.repo.home();
        let aws = home.join("aws.json");
        fs::write(&aws, recorded().to_string()).unwrap();
        let settings = json!({
            "lease": 1,
            "triage": {"specialists": {"vendor": "required"}, "budgets": {"answer_time": "6s"}},
            "specialists": {"vendor": self.settings, "aws": {"program": ["/bin/cat", aws]}},
        });
        let path = home.join(".config/prode/config.yaml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, settings.to_string()).unwrap();
        let ticket = json!({
            "id": "ENG-77", "title": "Customers of checkout cannot pay", "body": text,
            "created": "2026-11-03T14:10:00Z", "labels": ["service:checkout"],
            "window": {"from": WINDOW[0], "until": WINDOW[1]},
        });
        let done =
            self.repo.prode_in(&[], &["triage", "run", "-", "--json"], ticket.to_string()).ok();
        let run = done.json();
        self.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
        run
    }
}

/// What `aws` saw: calls to the vendor fail, and its own systems have enough of everything.
fn recorded() -> Value {
    let window = json!({"from": WINDOW[0], "until": WINDOW[1]});
    json!({
        "schema": "prode.specialist.output/v1", "question": "what did metrics show",
        "queries": [
            {"source": "aws:logs", "query": "timeouts of calls to payments", "window": window, "result": "found"},
            {"source": "aws:cloudwatch", "query": "CPUUtilization > 80, checkout", "window": window,
             "result": "empty", "would_refute": ["vendor"]},
        ],
        "findings": [{
            "id": "F1", "claim": "calls to payments time out from 13:53 on, of every release", "supports": ["vendor"],
            "receipts": [{"source": "aws:logs", "query": "timeouts of calls to payments", "window": window,
                "at": "2026-11-03T15:05:00Z", "excerpt": "13:52 0, 13:53 214"}],
            "observed_at": "2026-11-03T13:53:00Z",
        }],
    })
}

fn tool(run: &Value) -> &Value {
    let tools = run["bundle"]["inventory"].as_array().unwrap();
    tools.iter().find(|it| it["name"] == "vendor").unwrap_or(&Value::Null)
}

fn gaps(run: &Value) -> Vec<String> {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    let ours = gaps.iter().filter(|it| it["specialist"] == "vendor");
    ours.map(|it| format!("{} {}", it["absence"].as_str().unwrap(), it["what"].as_str().unwrap()))
        .collect()
}

fn claims(run: &Value) -> Vec<&Value> {
    let all = run["bundle"]["findings"].as_array().unwrap();
    all.iter().filter(|it| it["id"].as_str().unwrap().starts_with("vendor/")).collect()
}

fn control(run: &Value) -> &Value {
    let controls = run["bundle"]["negative_controls"].as_array().unwrap();
    controls.iter().find(|it| it["specialist"] == "vendor").unwrap_or(&Value::Null)
}

#[test]
fn an_incident_of_a_vendor_decides_the_hand_off() {
    let desk = Desk::new();
    let run = desk.run();
    assert_eq!(gaps(&run), Vec::<String>::new());
    let verdict = [&run["decision"], &run["classification"], &run["confidence"]];
    assert_eq!(verdict, [&json!("handoff"), &json!("vendor"), &json!(80)], "{}", run["reasons"]);
    let claim = claims(&run)[0];
    assert_eq!(
        claim["claim"],
        "payments reported 'Elevated errors of charges' (impact major) of API from 2026-11-03T13:52:00Z to 2026-11-03T14:55:00Z"
    );
    let receipts = run["bundle"]["receipts"].as_array().unwrap();
    let receipt = receipts.iter().find(|it| claim["receipts"][0] == it["id"]).unwrap();
    assert_eq!(
        (&receipt["source"], &receipt["how"]),
        (&json!("vendor:incidents"), &json!("captured"))
    );
    assert_eq!(receipt["query"], "incidents of payments that concern API, Webhooks");
    assert_eq!(receipt["link"], format!("{}/incidents/p31zjtct2jer", desk.page.address));
    let excerpt = receipt["excerpt"].as_str().unwrap();
    assert!(excerpt.contains("2026-11-03T14:55:00Z resolved: Charges work again."), "{excerpt}");
    let asked = desk.page.asked();
    assert!(asked.iter().all(|it| it.starts_with("GET /api/v2/")), "{asked:?}");
    assert!(!asked.join("\n").to_lowercase().contains("authorization"), "{asked:?}");
}

#[test]
fn the_inventory_says_whose_pages_they_are_and_what_can_be_sent() {
    let desk = Desk::new();
    let run = desk.run();
    let tool = tool(&run);
    assert_eq!((&tool["sort"], &tool["answered"]), (&json!("built_in"), &json!(true)), "{tool}");
    let identity = tool["identity"].as_str().unwrap();
    assert!(identity.contains("payments: Payments Inc at 127.0.0.1:"), "{identity}");
    assert!(identity.contains("mail: Mail status at 127.0.0.1:"), "{identity}");
    let proof = tool["read_only"].as_str().unwrap();
    assert!(proof.contains("nothing else can be sent than GET /summary.json, "), "{proof}");
    assert!(proof.ends_with("nobody's credentials go with it"), "{proof}");
    assert_eq!(desk.feed.asked().len(), 1, "no ticket depends on it, and whose it is was asked");
}

#[test]
fn no_incident_is_absent_only_where_the_list_is_of_that_time() {
    let older = |time: &str| {
        let mut older = incident();
        older["started_at"] = Value::Null;
        older["created_at"] = json!(time);
        older["resolved_at"] = json!(time);
        older
    };
    let many = |time: &str| vec![older(time); 50];
    for (incidents, result) in [
        (vec![], "empty"),
        (many("2026-11-01T00:00:00Z"), "empty"),
        (many("2026-11-03T15:05:00Z"), "outside_window"),
    ] {
        let desk = Desk::new();
        desk.incidents(&incidents);
        let run = desk.run();
        assert_eq!(control(&run)["result"], result, "{:?}", gaps(&run));
        assert_eq!(claims(&run).len(), 0);
        let told = gaps(&run).iter().any(|it| it.contains("its list begins at"));
        assert_eq!(told, result != "empty", "{:?}", gaps(&run));
        assert_eq!(control(&run)["would_refute"], json!(["app-regression"]));
    }
}

#[test]
fn a_list_that_nobody_says_the_length_of_begins_with_its_oldest() {
    let mut desk = Desk::new();
    desk.settings["vendors"]["payments"]["listed"] = Value::Null;
    desk.incidents(&[]);
    let run = desk.run();
    assert_eq!(control(&run)["result"], "outside_window");
    assert!(gaps(&run)[0].contains("its list may not be whole"), "{:?}", gaps(&run));
}

#[test]
fn what_is_about_something_else_speaks_for_nothing() {
    let other = |name: &str, value: Value| {
        let mut other = incident();
        other[name] = value;
        other
    };
    for (incident, found) in [
        (other("components", json!([{"name": "Dashboard"}])), 0),
        (other("components", json!([])), 1),
        (other("impact", json!("none")), 1),
        (other("started_at", json!("2026-11-01T00:00:00Z")), 1),
        (other("started_at", json!("2027-11-01T00:00:00Z")), 0),
    ] {
        let desk = Desk::new();
        desk.incidents(std::slice::from_ref(&incident));
        let run = desk.run();
        assert_eq!(claims(&run).len(), found, "{incident}: {:?}", gaps(&run));
        assert!(claims(&run).iter().all(|it| it["supports"] == json!([])), "{incident}");
        assert_ne!(run["confidence"], 80, "{incident}");
    }
}

#[test]
fn what_is_yet_to_come_is_told() {
    let desk = Desk::new();
    let mut future = incident();
    future["started_at"] = json!("2027-11-01T00:00:00Z");
    desk.incidents(&[future]);
    let gaps = gaps(&desk.run());
    assert!(gaps[0].contains("1 incidents of payments are yet to come"), "{gaps:?}");
}

#[test]
fn a_component_with_trouble_and_maintenance_are_told_beside() {
    let desk = Desk::new();
    desk.incidents(&[]);
    let component =
        json!({"name": "Webhooks", "status": "major_outage", "updated_at": "2026-11-03T14:02:00Z"});
    desk.summary(&[], &[component]);
    desk.page.says(MAINTENANCE, Reply::ok(&json!({"scheduled_maintenances": [{
        "id": "m1", "name": "Move of databases", "status": "completed", "components": [{"name": "API"}],
        "scheduled_for": "2026-11-03T13:00:00Z", "scheduled_until": "2026-11-03T14:00:00Z",
    }]})));
    let run = desk.run();
    let told: Vec<&str> = claims(&run).iter().map(|it| it["claim"].as_str().unwrap()).collect();
    assert_eq!(
        told[1],
        "payments planned 'Move of databases' of API from 2026-11-03T13:00:00Z to 2026-11-03T14:00:00Z"
    );
    assert_eq!(claims(&run)[1]["kind"], "change");
    assert!(told[0].ends_with("Webhooks is major_outage since 2026-11-03T14:02:00Z"), "{told:?}");
}

#[test]
fn a_feed_tells_what_was_written_and_what_may_go_on() {
    let written = |time: &str, text: &str| {
        rss(&(item("Delays of mail", time, text) + &item("x", OLD, "Resolved")))
    };
    for (feed, found, result) in [
        (written("Tue, 03 Nov 2026 14:00:00 GMT", "Investigating"), 1, Value::Null),
        (written("Tue, 03 Nov 2026 12:00:00 GMT", "Resolved"), 0, json!("empty")),
        (written("Tue, 03 Nov 2026 12:00:00 GMT", "Investigating"), 0, json!("outside_window")),
        (written("Tue, 03 Nov 2026 14:00:00 CET", "Investigating"), 0, json!("error")),
        (rss(""), 0, json!("outside_window")),
    ] {
        let desk = Desk::new().of_mail();
        desk.feed.says("/history.rss", Reply::ok(&feed));
        let run = desk.run();
        assert_eq!(claims(&run).len(), found, "{feed}");
        if found == 0 {
            assert_eq!(control(&run)["result"], result, "{feed}: {:?}", gaps(&run));
        } else {
            assert_eq!(claims(&run)[0]["supports"], json!(["vendor"]));
            assert_eq!(run["decision"], "handoff", "{}", run["reasons"]);
        }
    }
}
