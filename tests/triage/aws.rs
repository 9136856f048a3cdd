//! The built-in `aws` in whole runs: the queue's example asked of a stand-in instead of
//! recorded, and what is asked of nobody.

use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use serde_json::{Value, json};

use super::team::verdict;
use crate::support::{Amazon, TestRepo};

/// Keys of nobody, in parts: nothing here looks like one.
const KEYS: [(&str, [&str; 2]); 2] = [
    ("AWS_ACCESS_KEY_ID", ["AKID", "NOBODY"]),
    ("AWS_SECRET_ACCESS_KEY", ["a-secret", "-of-nobody"]),
];

/// What the example's window ends at.
const EXAMPLE_ENDS: &str = "2026-11-03T05:00:00Z";

/// The example of a queue that grows, as if it had just ended; `aws` is asked, and the
/// others answer as they were recorded.
struct Desk {
    repo: TestRepo,
    amazon: Amazon,
    aws: Value,
    keys: Vec<(&'static str, String)>,
    ends: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let repo = TestRepo::new();
        repo.write("wiki/queue-saturation.md", example("memory/queue-saturation.md"));
        repo.commit_at("page", "2026-11-01T08:00:00Z");
        let amazon = Amazon::new();
        let keys = KEYS.iter().map(|(name, value)| (*name, value.concat())).collect();
        let aws = json!({
            "region": "eu-west-1",
            "account": "123456789012",
            "endpoint": amazon.address,
            "variables": ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
            "services": {"billing-worker": {
                "alarms": ["billing-events-oldest-message-age"],
                "queues": [{"name": "billing-events", "oldest_above": 900, "supports": ["infra-capacity"]}],
                "ecs": ["prod/billing-worker"],
                "logs": [{"group": "/ecs/billing-worker", "pattern": "ERROR", "would_refute": ["infra-capacity"]}],
            }},
        });
        let desk = Self { repo, amazon, aws, keys, ends: ends() };
        desk.account();
        desk
    }

    /// What the account shows: what the example tells of it.
    fn account(&self) {
        let seconds = |minutes: i64| (self.ends - SignedDuration::from_mins(minutes)).as_second();
        let is_now = self.ends.as_second() - 4 * 3_600;
        self.amazon.answers_by("GetMetricData", move |input| Ok(metrics(input, is_now)));
        let alarm = json!({
            "AlarmName": "billing-events-oldest-message-age", "StateValue": "ALARM",
            "StateReason": "Threshold Crossed", "StateUpdatedTimestamp": seconds(50),
        });
        self.amazon.answers("DescribeAlarms", json!({"MetricAlarms": [alarm]}));
        let group = json!({"logGroupName": "/ecs/billing-worker", "creationTime": 1_000});
        self.amazon.answers("DescribeLogGroups", json!({"logGroups": [group]}));
        self.amazon.answers("FilterLogEvents", json!({"events": []}));
        let url = "https://sqs.eu-west-1.amazonaws.com/123456789012/billing-events";
        self.amazon.answers("GetQueueUrl", json!({"QueueUrl": url}));
        let attributes = json!({"ApproximateNumberOfMessages": "7", "ApproximateNumberOfMessagesNotVisible": "8", "ApproximateNumberOfMessagesDelayed": "0"});
        self.amazon.answers("GetQueueAttributes", json!({"Attributes": attributes}));
        let service = json!({
            "serviceName": "billing-worker", "desiredCount": 8, "runningCount": 8, "pendingCount": 0,
            "deployments": [], "events": [],
        });
        self.amazon.answers("DescribeServices", json!({"services": [service]}));
    }

    fn run(&self) -> Value {
        self.run_ticket(&self.shifted(&example("ticket.json")))
    }

    /// The run's document; whatever it is, it holds, and shows no key.
    fn run_ticket(&self, ticket: &str) -> Value {
        let home = self.repo.home();
        let mut specialists = json!({"aws": self.aws});
        for name in ["postgres", "release"] {
            let answer = self.shifted(&example(&format!("outputs/{name}.json")));
            let path = home.join(format!("{name}.json"));
            fs::write(&path, answer).unwrap();
            specialists[name] = json!({"program": ["/bin/cat", path]});
        }
        let settings = home.join(".config/prode/config.yaml");
        fs::create_dir_all(settings.parent().unwrap()).unwrap();
        fs::write(settings, json!({"lease": 1, "specialists": specialists}).to_string()).unwrap();
        let done = self.repo.prode_in(&self.keys, &["triage", "run", "-", "--json"], ticket).ok();
        let run = done.json();
        let (_, secret) = &KEYS[1];
        let store = self.repo.path().join(".git").join(prode::store::PLACE);
        let kept = fs::read(store).unwrap();
        let is_kept =
            kept.windows(secret.concat().len()).any(|it| it == secret.concat().as_bytes());
        assert!(!done.stdout().contains(&secret.concat()) && !is_kept, "the secret is shown");
        self.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
        run
    }

    /// A text of the example with its times moved to where it just ended.
    fn shifted(&self, text: &str) -> String {
        let by = self.ends.duration_since(EXAMPLE_ENDS.parse().unwrap());
        let times = Regex::new(r"2026-11-03T(\d\d:\d\d:\d\d)(\.000\+0000|Z)").unwrap();
        let moved = times.replace_all(text, |found: &regex::Captures<'_>| {
            let time: Timestamp = format!("2026-11-03T{}Z", &found[1]).parse().unwrap();
            (time + by).to_string()
        });
        moved.into_owned()
    }
}

/// Ten minutes ago, on a whole minute.
#[expect(
    clippy::disallowed_methods,
    reason = "metrics are kept for a time, so that the incident has to be new"
)]
fn ends() -> Timestamp {
    let seconds = Timestamp::now().as_second() - 600;
    Timestamp::from_second(seconds - seconds % 60).unwrap()
}

fn example(path: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops/triage/examples");
    fs::read_to_string(folder.join("queue-saturation").join(path)).unwrap()
}

/// A value every five minutes: the age rises in the window, and did not a day before.
fn metrics(input: &Value, since: i64) -> Value {
    let of = |it: &Value| it.as_i64().unwrap();
    let (from, until) = (of(&input["StartTime"]), of(&input["EndTime"]));
    let results = input["MetricDataQueries"].as_array().unwrap().iter().map(|query| {
        let times: Vec<i64> = (from..until).step_by(300).collect();
        let is_age = query["MetricStat"]["Metric"]["MetricName"] == "ApproximateAgeOfOldestMessage";
        let value = |time: &i64| {
            let is_late = is_age && *time > since && *time - from > 7_500;
            if is_late { 1_840.0 } else { 4.0 }
        };
        let values: Vec<f64> = times.iter().map(value).collect();
        json!({"Id": query["Id"], "Timestamps": times, "Values": values, "StatusCode": "Complete"})
    });
    json!({"MetricDataResults": results.collect::<Vec<_>>()})
}

fn tool(run: &Value) -> &Value {
    let tools = run["bundle"]["inventory"].as_array().unwrap();
    tools.iter().find(|it| it["name"] == "aws").unwrap_or(&Value::Null)
}

fn gaps(run: &Value) -> Vec<String> {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    let ours = gaps.iter().filter(|it| it["specialist"] == "aws");
    ours.map(|it| format!("{} {}", it["absence"].as_str().unwrap(), it["what"].as_str().unwrap()))
        .collect()
}

fn claims(run: &Value) -> Vec<&Value> {
    let all = run["bundle"]["findings"].as_array().unwrap();
    all.iter().filter(|it| it["id"].as_str().unwrap().starts_with("aws/")).collect()
}

#[test]
fn the_queue_s_example_asked_live_ends_as_it_was_recorded() {
    let desk = Desk::new();
    let run = desk.run();
    let recorded = desk.repo.prode(&["triage", "examples", "run", "queue-saturation", "--json"]);
    assert_eq!(verdict(&run), verdict(&recorded.ok().json()), "{:?}", gaps(&run));
    assert_eq!(gaps(&run), Vec::<String>::new());
    let oldest = claims(&run)[0];
    let claim = oldest["claim"].as_str().unwrap();
    assert!(claim.contains("1840, above 900 first at"), "{claim}");
    assert!(claim.contains("highest a day before: 4"), "{claim}");
    assert_eq!(oldest["supports"], json!(["infra-capacity"]));
    let receipts = run["bundle"]["receipts"].as_array().unwrap();
    let receipt = receipts.iter().find(|it| oldest["receipts"][0] == it["id"]).unwrap();
    assert_eq!(
        (&receipt["source"], &receipt["how"]),
        (&json!("aws:cloudwatch"), &json!("captured"))
    );
    assert!(receipt["excerpt"].as_str().unwrap().contains(" 1840"), "{receipt}");
}

#[test]
fn the_inventory_says_as_whom_and_what_can_be_sent() {
    let desk = Desk::new();
    let run = desk.run();
    let tool = tool(&run);
    assert_eq!((&tool["sort"], &tool["answered"]), (&json!("built_in"), &json!(true)), "{tool}");
    let identity = tool["identity"].as_str().unwrap();
    assert!(identity.contains("assumed-role/triage"), "{identity}");
    let proof = tool["read_only"].as_str().unwrap();
    assert!(proof.contains("nothing else can be sent than GetCallerIdentity,"), "{proof}");
    for asked in desk.amazon.asked() {
        assert!(proof.contains(&asked), "{asked} was sent");
    }
}

#[test]
fn lines_that_refute_it_are_a_conflict() {
    let desk = Desk::new();
    let at = (desk.ends - SignedDuration::from_mins(55)).as_millisecond();
    let somebody = ["ada", "@kundin.de"].concat();
    let line =
        json!({"timestamp": at, "message": format!("ERROR for {somebody}"), "logStreamName": "a"});
    desk.amazon.answers("FilterLogEvents", json!({"events": [line]}));
    let run = desk.run();
    assert_eq!(run["decision"], "stop");
    assert!(run["reasons"].as_array().unwrap().contains(&json!("conflict")), "{}", run["reasons"]);
    assert!(!run.to_string().contains(&somebody), "a line is redacted");
}

#[test]
fn credentials_of_another_account_ask_for_nothing_else() {
    let mut desk = Desk::new();
    desk.aws["account"] = json!("999999999999");
    let run = desk.run();
    assert_eq!(desk.amazon.asked(), ["GetCallerIdentity"]);
    assert!(
        gaps(&run)[0].starts_with("not_searched the credentials are of account"),
        "{:?}",
        gaps(&run)
    );
    assert_eq!((&run["decision"], &tool(&run)["answered"]), (&json!("stop"), &json!(false)));
}

#[test]
fn what_is_not_set_up_whole_asks_nothing() {
    let set = |name: &'static str, value: Value| (name, value);
    for ((name, value), says) in [
        (set("account", json!("123")), "has to be the 12 digits"),
        (set("region", json!("evil.example/")), "is no region such as"),
        (set("services", json!({"a": {"shell": ["rm"]}})), "unknown field `shell`"),
        (
            set("endpoint", json!("http://169.254.169.254")),
            "specialists.aws.endpoint cannot be used",
        ),
        (set("profile", json!("triage")), "~/.aws/credentials cannot be read"),
        (set("variables", json!(["AWS_ACCESS_KEY_ID"])), "'AWS_SECRET_ACCESS_KEY' is not set"),
    ] {
        let mut desk = Desk::new();
        desk.aws[name] = value;
        let run = desk.run();
        assert_eq!((desk.amazon.asked().len(), &run["decision"]), (0, &json!("stop")), "{name}");
        let blocked = tool(&run)["blocked"].as_str().unwrap();
        assert!(
            blocked.contains(says) && gaps(&run)[0].contains(says),
            "{blocked} {:?}",
            gaps(&run)
        );
    }
}

#[test]
fn keys_that_are_over_are_an_error_and_never_an_absence() {
    let desk = Desk::new();
    desk.amazon.refuses("GetCallerIdentity", 400, "ExpiredTokenException");
    let run = desk.run();
    assert_eq!(desk.amazon.asked(), ["GetCallerIdentity"]);
    assert!(
        gaps(&run)[0].starts_with("error") && gaps(&run)[0].contains("have expired"),
        "{:?}",
        gaps(&run)
    );
    assert_eq!(run["decision"], "stop");
}

#[test]
fn a_service_that_refuses_is_an_error_and_the_others_are_asked() {
    let desk = Desk::new();
    desk.amazon.refuses("FilterLogEvents", 400, "AccessDeniedException");
    let run = desk.run();
    let said = gaps(&run);
    assert!(
        said.iter().any(|it| it.starts_with("error") && it.contains("AccessDeniedException")),
        "{said:?}"
    );
    assert!(desk.amazon.asked().contains(&"DescribeServices".to_owned()));
    assert!(
        run["reasons"].as_array().unwrap().contains(&json!("required-error")),
        "{}",
        run["reasons"]
    );
}

#[test]
fn a_group_that_is_younger_than_the_incident_proves_no_absence() {
    let desk = Desk::new();
    let young = (desk.ends - SignedDuration::from_mins(60)).as_millisecond();
    let group = json!({"logGroupName": "/ecs/billing-worker", "creationTime": young});
    desk.amazon.answers("DescribeLogGroups", json!({"logGroups": [group]}));
    let run = desk.run();
    let controls = run["bundle"]["negative_controls"].as_array().unwrap();
    let logs = controls.iter().find(|it| it["source"] == "aws:logs").unwrap();
    assert_eq!((&logs["result"], &run["decision"]), (&json!("outside_window"), &json!("stop")));
}

#[test]
fn a_ticket_names_no_question_of_its_own() {
    let desk = Desk::new();
    let ticket = desk.shifted(&example("ticket.json"));
    let mut ticket: Value = serde_json::from_str(&ticket).unwrap();
    ticket["AlarmDescription"] = json!(
        "queue=billing-events; see http://169.254.169.254/latest/meta-data and queue=payroll, alarm other-alarm, \
         log group /ecs/payroll, account 999999999999"
    );
    let run = desk.run_ticket(&ticket.to_string());
    assert_eq!(run["decision"], "handoff", "{:?}", gaps(&run));
    let words = desk.amazon.words();
    for strange in ["payroll", "other-alarm", "169.254", "999999999999"] {
        assert!(!words.contains(strange), "{strange} in {words}");
    }
}

#[test]
fn a_ticket_of_something_else_is_not_searched() {
    let mut desk = Desk::new();
    desk.aws["services"] = json!({"checkout": {"alarms": ["checkout-5xx"]}});
    let run = desk.run();
    assert_eq!(desk.amazon.asked(), ["GetCallerIdentity"]);
    assert!(gaps(&run)[0].starts_with("not_searched the ticket names nothing"), "{:?}", gaps(&run));
}

#[test]
fn the_repository_sets_nothing_of_it() {
    let desk = Desk::new();
    let settings = json!({"specialists": {"aws": desk.aws}});
    desk.repo.write("prode.yaml", settings.to_string());
    desk.repo.commit("settings");
    let ticket = desk.shifted(&example("ticket.json"));
    let done = desk.repo.prode_in(&desk.keys, &["triage", "run", "-", "--json"], &ticket).ok();
    assert_eq!(desk.amazon.asked(), Vec::<String>::new());
    assert_eq!(tool(&done.json()), &Value::Null);
}
