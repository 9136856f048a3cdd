use super::*;

fn read(input: &str) -> Snapshot {
    let now = "2026-11-03T09:00:00Z".parse().unwrap();
    Snapshot::read(input, "file", SignedDuration::from_hours(2), now).unwrap()
}

#[test]
fn a_tracker_s_issue_keeps_its_name_times_comments_and_what_it_names() {
    let ticket = read(
        r#"{"identifier":"ENG-1423","title":"Checkout answers 500","description":"sentry issue CHECKOUT-2F7 since release checkout@2026.11.3, x-request-id: 7f3a2b91c0",
        "createdAt":"2026-11-03T04:10:00Z","updatedAt":"2026-11-03T04:20:00Z","window":{"from":"2026-11-03T03:50:00Z","until":"2026-11-03T05:00:00Z"},
        "comments":{"nodes":[{"body":"app version 7.2.1 too"}]},"attachments":{"nodes":[{"title":"graph.png"}]},"labels":{"nodes":[{"name":"service:checkout"}]}}"#,
    );
    assert_eq!((ticket.id.as_str(), ticket.window_from.as_str()), ("ENG-1423", "stated"));
    assert_eq!(ticket.extracted(Extract::SentryIssue), ["CHECKOUT-2F7"]);
    assert_eq!(ticket.extracted(Extract::Release), ["checkout@2026.11.3"]);
    assert_eq!(ticket.extracted(Extract::RequestId), ["7f3a2b91c0"]);
    assert_eq!(ticket.extracted(Extract::AppVersion), ["7.2.1"]);
    assert_eq!(ticket.extracted(Extract::Service), ["checkout"]);
    assert_eq!(
        (ticket.comments.len(), ticket.attachments.as_slice()),
        (1, &["graph.png".to_owned()][..])
    );
}

#[test]
fn markdown_says_of_itself_what_json_says() {
    let ticket = read(
        "---\nid: OPS-7\ncreated: 2026-11-03T04:10:00Z\nwindow: {from: 2026-11-03T03:00:00Z, until: 2026-11-03T05:00:00Z}\n---\n# Queue is full\n\nbilling-events grows\n",
    );
    assert_eq!(ticket.id, "OPS-7");
    assert!(ticket.title.contains("Queue is full") && ticket.body.contains("billing-events"));
    assert_eq!(ticket.window.until.to_string(), "2026-11-03T05:00:00Z");
}

#[test]
fn what_says_nothing_of_its_window_gets_the_time_around_its_creation() {
    let ticket =
        read(r#"{"title":"slow","body":"very","number":3,"created_at":"2026-11-03T04:10:00Z"}"#);
    assert_eq!(ticket.window.from.to_string(), "2026-11-03T02:10:00Z");
    assert_eq!((ticket.id.as_str(), ticket.window_from.as_str()), ("3", "around-creation"));
}

#[test]
fn an_alert_that_goes_on_ends_now() {
    let alert = r#"{"status":"firing","labels":{"alertname":"QueueOld"},"startsAt":"2026-11-03T04:10:00Z","endsAt":"0001-01-01T00:00:00Z"}"#;
    let ticket = read(alert);
    assert_eq!(ticket.window.until.to_string(), "2026-11-03T09:00:00Z");
    assert_eq!(ticket.extracted(Extract::Alarm), ["QueueOld"]);
}

#[test]
fn words_alone_are_a_ticket_and_no_words_are_none() {
    let ticket = read("the nightly export is empty");
    assert!(ticket.id.starts_with("T-") && ticket.id.len() == 14);
    let now = Timestamp::UNIX_EPOCH;
    let empty = Snapshot::read(" \n", "stdin", SignedDuration::from_hours(2), now);
    assert_eq!(empty.unwrap_err(), BadTicket::Empty);
    let backwards = r#"{"title":"x","body":"y","number":1,"window":{"from":"2026-11-03T05:00:00Z","until":"2026-11-03T04:00:00Z"}}"#;
    let backwards = Snapshot::read(backwards, "file", SignedDuration::from_hours(2), now);
    assert!(matches!(backwards, Err(BadTicket::Window { .. })));
}
