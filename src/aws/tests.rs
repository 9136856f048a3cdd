//! The client against a server that says what it is told to: what is sent, what comes
//! of each answer, and what is never sent.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::*;
use crate::http::scripted::{answer, listening};
use crate::http::{AskError, Endpoint, HttpError, Reach};
use crate::triage::window::Window;

fn then() -> Timestamp {
    "2026-11-03T06:00:00Z".parse().unwrap()
}

fn window() -> Window {
    let from = "2026-11-03T02:00:00Z".parse().unwrap();
    Window { from, until: "2026-11-03T05:00:00Z".parse().unwrap() }
}

/// Keys of nobody, in parts: nothing here looks like one.
fn credentials() -> Credentials {
    let set = [("AWS_ACCESS_KEY_ID", KEY.concat()), ("AWS_SECRET_ACCESS_KEY", SECRET.concat())];
    let set = set.map(|(name, value)| (name.to_owned(), value.into()));
    Credentials::of_variables(&set).unwrap()
}

const KEY: [&str; 2] = ["AKID", "NOBODY"];
const SECRET: [&str; 2] = ["a-secret", "-of-nobody"];

/// A server that answers each request with what `answer` makes of its number and text.
struct Server {
    address: String,
    came: Receiver<String>,
}

impl Server {
    fn new(answer: impl Fn(usize, &str) -> String + Send + 'static) -> Self {
        let (address, came) = listening(move |number, request| Some(answer(number, request)));
        Self { address, came }
    }

    /// Answers one after the other; the last one for ever.
    fn saying(answers: &[String]) -> Self {
        let answers = answers.to_vec();
        Self::new(move |number, _| answers[number.min(answers.len() - 1)].clone())
    }

    fn aws(&self) -> Aws {
        self.aws_waiting(Duration::from_secs(5))
    }

    fn aws_waiting(&self, waiting: Duration) -> Aws {
        aws(&self.address, Reach::Private, waiting)
    }

    fn requests(&self) -> Vec<String> {
        self.came.try_iter().map(lowered).collect()
    }
}

fn aws(address: &str, reach: Reach, waiting: Duration) -> Aws {
    let place = Place {
        region: "eu-west-1".to_owned(),
        endpoint: Some(Endpoint::parse(address).unwrap()),
        reach,
        limit: Duration::from_secs(20),
        waiting,
    };
    Aws::new(place, credentials(), then)
}

/// The head's letters are as each client likes them.
fn lowered(request: String) -> String {
    match request.split_once("\r\n\r\n") {
        Some((head, body)) => format!("{}\r\n\r\n{body}", head.to_lowercase()),
        None => request,
    }
}

fn ok(body: &Value) -> String {
    answer("200 OK", "", &body.to_string())
}

fn refused(code: &str) -> String {
    answer("400 Bad Request", "", &json!({"__type": code, "message": "why"}).to_string())
}

fn identity() -> Value {
    let result = json!({"Account": "123456789012", "Arn": "arn:aws:sts::123456789012:assumed-role/triage/a", "UserId": "x"});
    json!({"GetCallerIdentityResponse": {"GetCallerIdentityResult": result}})
}

fn age() -> Metric {
    Metric {
        namespace: "AWS/SQS".to_owned(),
        name: "ApproximateAgeOfOldestMessage".to_owned(),
        dimensions: [("QueueName".to_owned(), "billing-events".to_owned())].into(),
        statistic: Statistic::Maximum,
    }
}

#[test]
fn a_question_is_signed_and_holds_no_secret() {
    let server = Server::saying(&[ok(&identity())]);
    let caller = server.aws().caller().unwrap();
    assert_eq!(caller.account, "123456789012");
    let request = server.requests().remove(0);
    let key = KEY.concat().to_lowercase();
    let scope = format!("credential={key}/20261103/eu-west-1/sts/aws4_request");
    assert!(request.starts_with("post / http/1.1") && request.contains(&scope), "{request}");
    assert!(request.ends_with("Action=GetCallerIdentity&Version=2011-06-15&ContentType=JSON"));
    assert!(!request.contains(&SECRET.concat()), "{request}");
}

#[test]
fn metrics_are_put_together_over_pages() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
    let page = |times: [i64; 2], values: [f64; 2], more: Value| {
        let result =
            json!({"Id": "m0", "Timestamps": times, "Values": values, "StatusCode": "Complete"});
        ok(&json!({"MetricDataResults": [result], "NextToken": more}))
    };
    let later = [at("2026-11-03T04:10:00Z"), at("2026-11-03T05:00:30Z")];
    let sooner = [at("2026-11-03T03:00:00Z"), at("2026-11-03T03:30:00Z")];
    let server = Server::saying(&[
        page(later, [1840.0, 7.0], json!("more")),
        page(sooner, [4.0, 310.5], Value::Null),
    ]);
    let series = server.aws().metrics(&[age()], &window(), 60).unwrap().remove(0);
    let told: Vec<String> =
        series.points.iter().map(|(at, value)| format!("{at} {value}")).collect();
    let in_order =
        ["2026-11-03T03:00:00Z 4", "2026-11-03T03:30:00Z 310.5", "2026-11-03T04:10:00Z 1840"];
    assert_eq!((told.as_slice(), series.is_whole), (in_order.map(str::to_owned).as_slice(), true));
    let requests = server.requests();
    let target = "x-amz-target: graniteserviceversion20100801.getmetricdata";
    assert!(requests[0].contains(target), "{}", requests[0]);
    assert!(
        requests[1].contains("\"NextToken\":\"more\"") && requests[1].contains("\"Period\":60")
    );
}

#[test]
fn what_failed_inside_is_not_whole_and_what_nobody_asked_for_is_not_understood() {
    let of = |id: &str, status: &str| {
        let result = json!({"Id": id, "Timestamps": [], "Values": [], "StatusCode": status});
        Server::saying(&[ok(&json!({"MetricDataResults": [result]}))])
    };
    let failed = of("m0", "InternalError").aws().metrics(&[age()], &window(), 60).unwrap();
    assert!(!failed[0].is_whole);
    let error = of("m7", "Complete").aws().metrics(&[age()], &window(), 60).unwrap_err();
    assert!(error.to_string().contains("a series that nobody asked for: m7"), "{error}");
}

#[test]
fn lines_are_read_past_an_empty_page_and_not_for_ever() {
    let page = |events: Value, more: Value| ok(&json!({"events": events, "nextToken": more}));
    let line = |at: i64| json!([{"timestamp": at, "message": "ERROR one", "logStreamName": "a"}]);
    let server = Server::saying(&[
        page(json!([]), json!("a")),
        page(line(1_762_139_400_000), json!("b")),
        page(line(1_762_138_800_000), Value::Null),
    ]);
    let lines = server.aws().log_lines("/ecs/billing", "ERROR", &window()).unwrap();
    assert_eq!((lines.lines.len(), lines.is_whole), (2, true));
    assert!(lines.lines[0].at < lines.lines[1].at);
    let endless = Server::saying(&[page(json!([]), json!("again"))]);
    let lines = endless.aws().log_lines("/ecs/billing", "ERROR", &window()).unwrap();
    assert_eq!((lines.is_whole, endless.requests().len()), (false, PAGES));
}

#[test]
fn a_group_says_since_when_and_for_how_long() {
    let groups = json!([
        {"logGroupName": "/ecs/billing-old", "creationTime": 1},
        {"logGroupName": "/ecs/billing", "creationTime": 1_762_100_000_000_i64, "retentionInDays": 7},
    ]);
    let server = Server::saying(&[ok(&json!({"logGroups": groups}))]);
    let group = server.aws().log_group("/ecs/billing").unwrap().unwrap();
    assert_eq!(group.keeps, Some(SignedDuration::from_hours(168)));
    assert_eq!(server.aws().log_group("/ecs/bill").unwrap(), None);
}

#[test]
fn alarms_of_both_sorts_are_read() {
    let alarm = |name: &str, state: &str| {
        json!({"AlarmName": name, "StateValue": state, "StateReason": "Threshold Crossed",
            "StateUpdatedTimestamp": 1_762_143_000.25})
    };
    let answer =
        json!({"MetricAlarms": [alarm("a", "ALARM")], "CompositeAlarms": [alarm("b", "OK")]});
    let server = Server::saying(&[ok(&answer)]);
    let alarms = server.aws().alarms(&["a".to_owned(), "b".to_owned()]).unwrap();
    let told: Vec<_> = alarms.iter().map(|it| (it.name.as_str(), it.state.as_str())).collect();
    assert_eq!(told, [("a", "ALARM"), ("b", "OK")]);
    assert_eq!(alarms[0].since.to_string(), "2025-11-03T04:10:00.25Z");
}

#[test]
fn a_queue_is_found_before_it_is_asked_and_its_address_is_not_gone_to() {
    let attributes = json!({"ApproximateNumberOfMessages": "3", "ApproximateNumberOfMessagesNotVisible": "8", "ApproximateNumberOfMessagesDelayed": "0"});
    let url = "https://elsewhere.example/123456789012/billing-events";
    let server =
        Server::saying(&[ok(&json!({"QueueUrl": url})), ok(&json!({"Attributes": attributes}))]);
    let depth = server.aws().depth("billing-events").unwrap();
    assert_eq!(depth, Some(Depth { waiting: 3, in_flight: 8, delayed: 0 }));
    assert!(server.requests()[1].contains(&format!("\"QueueUrl\":\"{url}\"")));
    let gone = Server::saying(&[refused("com.amazonaws.sqs#QueueDoesNotExist")]);
    assert_eq!(gone.aws().depth("gone").unwrap(), None);
}

#[test]
fn a_service_of_containers_is_read_with_what_happened_to_it() {
    let service = json!({
        "serviceName": "billing-worker", "desiredCount": 8, "runningCount": 7, "pendingCount": 1,
        "deployments": [{"createdAt": 1_762_140_000.5, "taskDefinition": "arn:aws:ecs:eu-west-1:123456789012:task-definition/billing-worker:41"}],
        "events": [{"createdAt": 1_762_140_060, "message": "(service billing-worker) has started 1 tasks"}],
    });
    let server = Server::saying(&[ok(&json!({"services": [service], "failures": []}))]);
    let services = server.aws().tasks("prod", &["billing-worker".to_owned()]).unwrap();
    let Service { wanted, running, pending, deployments, events, .. } = &services[0];
    assert_eq!((*wanted, *running, *pending, events.len()), (8, 7, 1, 1));
    assert_eq!(deployments[0].task, "billing-worker:41");
}

#[test]
fn a_throttled_question_is_asked_again_within_what_can_be_waited() {
    let busy = answer("429 Too Many Requests", "retry-after: 0\r\n", "{}");
    let server = Server::saying(&[busy, refused("ThrottlingException"), ok(&identity())]);
    assert!(server.aws().caller().is_ok());
    assert_eq!(server.requests().len(), 3);
    let hour = answer("429 Too Many Requests", "retry-after: 3600\r\n", "{}");
    let server = Server::saying(&[hour]);
    let error = server.aws().caller().unwrap_err();
    assert!(error.to_string().contains("asks to wait for 3600 s"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_does_not_answer_is_soon_asked_no_more() {
    let server = Server::saying(&[answer("500 Internal Server Error", "", "")]);
    let mut aws = server.aws_waiting(Duration::ZERO);
    for _ in 0..3 {
        let error = aws.caller().unwrap_err();
        assert!(!error.is_unasked(), "{error}");
    }
    let error = aws.alarms(&["a".to_owned()]).unwrap_err();
    assert!(error.is_unasked() && error.to_string().contains("3 times in a row"), "{error}");
    assert_eq!(server.requests().len(), 3, "it was sent nothing more");
}

#[test]
fn no_more_is_asked_than_a_run_may() {
    let server = Server::saying(&[ok(&identity())]);
    let mut aws = server.aws();
    let answered = (0..200).take_while(|_| aws.caller().is_ok()).count();
    assert_eq!((answered, server.requests().len()), (60, 60));
}

#[test]
fn no_redirect_is_followed() {
    let other = Server::saying(&[ok(&identity())]);
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        for to in [format!("{}/", other.address), "/again".to_owned()] {
            let server = Server::saying(&[
                answer(status, &format!("location: {to}\r\n"), ""),
                ok(&identity()),
            ]);
            let error = server.aws().caller().unwrap_err();
            assert!(matches!(error, AskError::Asked(HttpError::Elsewhere { .. })), "{error}");
            assert_eq!(server.requests().len(), 1, "{status} {to}");
        }
    }
    assert!(other.requests().is_empty());
}

#[test]
fn an_answer_of_100_megabytes_is_not_read_to_its_end() {
    let server = Server::new(|_, _| ok(&json!({"events": "x".repeat(100 << 20)})));
    let mut aws = server.aws_waiting(Duration::ZERO);
    let error = aws.log_lines("/ecs/billing", "ERROR", &window()).unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");
}

#[test]
fn nothing_is_sent_to_metadata_or_into_a_private_network() {
    let never = ["https://169.254.169.254", "https://[fd00:ec2::254]", "https://[fe80::1]"];
    for (reach, addresses) in [
        (Reach::Private, never.as_slice()),
        (Reach::Public, &["https://10.0.0.7", "https://localhost:1", "https://192.168.0.1:8443"]),
    ] {
        for address in addresses {
            let error = aws(address, reach, Duration::ZERO).caller().unwrap_err();
            assert!(error.is_unasked(), "{address}: {error}");
            assert!(error.to_string().contains("where nobody is asked"), "{address}: {error}");
        }
    }
}

#[test]
fn keys_that_are_not_taken_are_told_as_such_and_not_shown() {
    for code in
        ["ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException"]
    {
        let server = Server::saying(&[refused(code)]);
        let error = server.aws().caller().unwrap_err();
        assert!(error.to_string().contains("they are wrong, or have expired"), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    let echo = format!("{} and {}", KEY.concat(), SECRET.concat());
    let body = json!({"__type": "ValidationException", "message": echo}).to_string();
    let server = Server::saying(&[answer("400 Bad Request", "", &body)]);
    let error = server.aws().alarms(&["a".to_owned()]).unwrap_err();
    let shown = format!("{error} {error:?} {:?}", credentials());
    assert!(shown.contains("<credentials>"), "{shown}");
    assert!(!shown.contains(&SECRET.concat()) && !shown.contains(&KEY.concat()), "{shown}");
}
