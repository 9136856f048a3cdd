//! One realistic payload per shape, and inputs that mean no good.

use proptest::prelude::*;

use super::*;

fn label<'t>(ticket: &'t Ticket, key: &str) -> Option<&'t str> {
    ticket.labels.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
}

macro_rules! fixture {
    ($name:literal) => {
        Ticket::read(include_str!(concat!("fixtures/", $name)))
    };
}

#[test]
fn alertmanager_joins_the_alerts_that_fire() {
    let ticket = fixture!("alertmanager.json");
    assert_eq!(ticket.shape, Shape::Alertmanager);
    assert_eq!(ticket.title, "KubePodCrashLooping: Pod is crash looping.");
    assert!(ticket.body.starts_with("Pod payments/payments-api"), "{}", ticket.body);
    assert!(
        ticket.body.contains("max_over_time(kube_pod_container_status_waiting_reason[5m]) >= 1")
    );
    assert!(!ticket.body.contains("recovered"), "a resolved alert is not the problem");
    assert_eq!(ticket.services, ["kube-state-metrics", "payments-api"]);
    assert_eq!(ticket.severity.as_deref(), Some("critical"));
    assert_eq!(ticket.links[0], "https://runbooks.example.com/kubernetes/KubePodCrashLooping");
}

#[test]
fn a_list_of_alerts_and_a_lone_alert_are_alertmanager_too() {
    let list = fixture!("alerts_api.json");
    assert_eq!(list.shape, Shape::Alertmanager);
    assert_eq!(
        list.title,
        "etcdHighNumberOfFailedGRPCRequests, etcdNoLeader: etcd cluster: 30% of requests fail"
    );
    assert_eq!(list.body, "no leader");
    let lone = Ticket::read(r#"{"labels":{"alertname":"Watchdog"},"annotations":{}}"#);
    assert_eq!((lone.shape, lone.title.as_str()), (Shape::Alertmanager, "Watchdog"));
}

#[test]
fn cloudwatch_is_known_inside_a_notification_and_as_an_event() {
    let sns = fixture!("cloudwatch_sns.json");
    assert_eq!((sns.shape, sns.title.as_str()), (Shape::Cloudwatch, "billing-events-age"));
    assert!(sns.body.starts_with("Oldest message waits too long\nThreshold Crossed"));
    assert_eq!(label(&sns, "metric"), Some("ApproximateAgeOfOldestMessage"));
    assert_eq!(label(&sns, "QueueName"), Some("billing-events"));
    let event = fixture!("cloudwatch_eventbridge.json");
    assert_eq!((event.shape, event.title.as_str()), (Shape::Cloudwatch, "OrdersDatabaseCpuHigh"));
    assert_eq!(label(&event, "metric"), Some("CPUUtilization"));
    assert_eq!(label(&event, "DBInstanceIdentifier"), Some("orders-db"));
    assert_eq!(label(&event, "region"), Some("eu-west-1"));
}

#[test]
fn a_bare_alarm_and_an_api_answer_are_cloudwatch() {
    let alarm = r#"{"AlarmName":"a-b","StateReason":"r","MetricName":"NetworkIn","Namespace":"AWS/EC2","Dimensions":[{"Name":"InstanceId","Value":"i-0"}]}"#;
    for json in [alarm.to_owned(), format!(r#"{{"MetricAlarms":[{alarm}]}}"#)] {
        let ticket = Ticket::read(&json);
        assert_eq!((ticket.shape, ticket.body.as_str()), (Shape::Cloudwatch, "r"));
        assert_eq!(label(&ticket, "InstanceId"), Some("i-0"));
    }
}

#[test]
fn pagerduty_incident_and_event() {
    let incident = fixture!("pagerduty_webhook.json");
    assert_eq!(incident.shape, Shape::Pagerduty);
    assert_eq!(incident.title, "checkout-web returned 502 for 5 minutes");
    assert_eq!(incident.services, ["checkout-web"]);
    assert_eq!(incident.severity.as_deref(), Some("P1"));
    let event = fixture!("pagerduty_event.json");
    assert_eq!(event.shape, Shape::Pagerduty);
    assert_eq!(event.services, ["postgres"]);
    assert_eq!(event.body, "ENOSPC while writing WAL");
    assert_eq!(event.links, ["https://grafana.example.com/d/disk"]);
    let all = format!("{event:?}");
    assert!(!all.contains("0123456789abcdef"), "a routing key is a secret");
}

#[test]
fn sentry_event_tells_frames_from_where_it_failed() {
    let ticket = fixture!("sentry_event.json");
    assert_eq!(ticket.shape, Shape::Sentry);
    assert_eq!(ticket.title, "OperationalError: server closed the connection unexpectedly");
    let lines: Vec<_> = ticket.body.lines().collect();
    assert_eq!(
        lines,
        [
            "billing.worker in drain",
            "at drain (billing/worker.py:42)",
            "at main (billing/main.py:10)"
        ]
    );
    assert_eq!(label(&ticket, "exception"), Some("sqlalchemy.exc.OperationalError"));
    assert_eq!(ticket.services, ["billing-worker"]);
    let issue = fixture!("sentry_issue.json");
    assert_eq!((issue.shape, label(&issue, "project")), (Shape::Sentry, Some("orders")));
}

#[test]
fn linear_labels_may_name_a_service() {
    let ticket = fixture!("linear_webhook.json");
    assert_eq!(
        (ticket.shape, ticket.title.as_str()),
        (Shape::Linear, "Billing queue is backed up")
    );
    assert!(ticket.body.contains("SQSError: OverLimit"));
    assert_eq!(ticket.services, ["billing-worker"]);
    assert_eq!(ticket.severity.as_deref(), Some("Urgent"));
    assert_eq!(label(&ticket, "label"), Some("Bug"));
    let api = Ticket::read(
        r#"{"data":{"issue":{"identifier":"ENG-1","title":"t","labels":{"nodes":[{"name":"x"}]}}}}"#,
    );
    assert_eq!((api.shape, label(&api, "label")), (Shape::Linear, Some("x")));
}

#[test]
fn issues_of_forges() {
    let github = fixture!("github_issue.json");
    assert_eq!(
        (github.shape, github.title.as_str()),
        (Shape::ForgeIssue, "Checkout fails with HTTP 503")
    );
    assert!(!github.body.contains('\r'));
    assert_eq!(github.services, ["cart"]);
    let gitlab = fixture!("gitlab_issue.json");
    assert_eq!((gitlab.shape, gitlab.title.as_str()), (Shape::ForgeIssue, "Nightly job hangs"));
    assert_eq!(gitlab.severity.as_deref(), Some("high"));
    let bare = Ticket::read(r#"{"number":3,"title":"t","body":null,"labels":[]}"#);
    assert_eq!((bare.shape, bare.body.as_str()), (Shape::ForgeIssue, ""));
}

#[test]
fn any_json_tells_what_its_keys_promise() {
    let ticket = fixture!("generic.json");
    assert_eq!((ticket.shape, ticket.title.as_str()), (Shape::Json, "checkout probe"));
    assert_eq!(ticket.body, "TLS handshake failed");
    assert_eq!(ticket.services, ["checkout-web"]);
    assert_eq!(label(&ticket, "status_code"), Some("503"));
    let untold = Ticket::read(r#"{"a":["one",{"b":"two"}],"id":"3"}"#);
    assert_eq!((untold.title.as_str(), untold.body.as_str()), ("one", "two"));
}

#[test]
fn what_is_not_json_is_text() {
    for (input, title, body) in [
        ("# Queue is full\r\n\r\nhelp\r\n", "Queue is full", "help"),
        ("{\"broken\": ", "{\"broken\":", ""),
        ("---\n\n**Disk** full\nnow", "Disk** full", "now"),
        ("12345", "12345", ""),
        ("\u{feff}  \x1b[31mred\x1b[0m alert", "red alert", ""),
        ("", "", ""),
        ("[]", "[]", ""),
        ("Очередь переполнена\n详情", "Очередь переполнена", "详情"),
    ] {
        let ticket = Ticket::read(input);
        assert_eq!(ticket.shape, Shape::Text, "{input:?}");
        assert_eq!((ticket.title.as_str(), ticket.body.as_str()), (title, body), "{input:?}");
        assert_eq!(ticket.raw_len, input.len());
    }
}

#[test]
fn nesting_and_size_are_bounded() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(Ticket::read(&deep).shape, Shape::Text);
    let long = "word ".repeat(20_000);
    let ticket = Ticket::read(&long);
    assert!(ticket.title.len() <= 300 && !ticket.truncated);
    assert_eq!(format!("{} {}", ticket.title, ticket.body), long.trim());
    let huge = "é".repeat(MAX_TEXT);
    let ticket = Ticket::read(&huge);
    assert!(ticket.truncated && ticket.body.len() <= MAX_TEXT);
    assert_eq!(ticket.raw_len, huge.len());
    let json = format!(r#"{{"message":"{}"}}"#, "x ".repeat(MAX_TEXT));
    let ticket = Ticket::read(&json);
    assert!(ticket.truncated && ticket.shape == Shape::Json);
}

#[test]
fn envelopes_within_envelopes_end() {
    let mut json = r#"{"message":"core"}"#.to_owned();
    for _ in 0..6 {
        json = serde_json::json!({ "Message": json }).to_string();
    }
    assert_eq!(Ticket::read(&json).shape, Shape::Json);
}

proptest! {
    #[test]
    fn words_hold_no_control_characters(input in "(?s).{0,200}") {
        let ticket = Ticket::read(&input);
        let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
        prop_assert!(!ticket.title.contains(steers) && !ticket.body.contains(steers));
    }
}

#[test]
fn a_payload_is_known_by_keys_that_stand_together() {
    for (payload, shape) in [
        (r#"{"title":"a","body":"b","number":1}"#, Shape::ForgeIssue),
        (r#"{"title":"a","description":"b","web_url":"c"}"#, Shape::ForgeIssue),
        (r#"{"title":"a","body":"b"}"#, Shape::Json),
        (r#"{"title":"a","number":1}"#, Shape::Json),
        (r#"{"type":"incident_reference","title":"a"}"#, Shape::Pagerduty),
        (r#"{"incident_number":3,"summary":"a"}"#, Shape::Pagerduty),
        (r#"{"type":"incident_reference"}"#, Shape::Json),
        (r#"{"event_id":"1","platform":"go","title":"a"}"#, Shape::Sentry),
        (r#"{"event_id":"1","title":"a"}"#, Shape::Json),
        (r#"{"platform":"go","title":"a"}"#, Shape::Json),
        (r#"{"shortId":"A-1","culprit":"x","title":"a"}"#, Shape::Sentry),
        (r#"{"culprit":"x","title":"a"}"#, Shape::Json),
    ] {
        assert_eq!(Ticket::read(payload).shape, shape, "{payload}");
    }
}

#[test]
fn a_label_with_a_known_key_is_that_key() {
    let read = |tag: &str| {
        let payload =
            serde_json::json!({"title":"a","body":"b","number":1,"labels":[{"name":tag}]});
        Ticket::read(&payload.to_string()).labels
    };
    let pair = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
    assert_eq!(read("service:billing"), pair("service", "billing"));
    assert_eq!(read("severity/high"), pair("severity", "high"));
    assert_eq!(read("good/first"), pair("label", "good/first"));
    assert_eq!(read("bug"), pair("label", "bug"));
}

#[test]
fn a_body_is_cut_where_it_is_full_and_says_so() {
    let exact = format!("title\n{}", "x".repeat(100));
    assert!(!Ticket::read(&exact).truncated);
    let huge = format!("title\n{}", "word ".repeat(2_000_000));
    let ticket = Ticket::read(&huge);
    assert!(ticket.truncated && ticket.body.len() < huge.len());
}
