//! What must be found, what must not, and laws for any input.

use proptest::prelude::*;

use super::SignalKind::*;
use super::*;

fn found(input: &str) -> Vec<(SignalKind, String)> {
    read(input).1.into_iter().map(|signal| (signal.kind, signal.value)).collect()
}

#[test]
fn signals_in_words() {
    for (input, kind, value) in [
        ("[FIRING:1] KubePodCrashLooping payments", AlertName, "KubePodCrashLooping"),
        ("QueueOldestMessageAge is firing", AlertName, "QueueOldestMessageAge"),
        ("etcdNoLeader fires", AlertName, "etcdNoLeader"),
        ("alertname=\"Disk almost full\" on db", AlertName, "Disk almost full"),
        ("ALARM: \"billing-events-age\" in EU (Ireland)", AlertName, "billing-events-age"),
        ("AlarmName: billing-age", AlertName, "billing-age"),
        ("worker logs SQSError: OverLimit often", ErrorCode, "SQSError: OverLimit"),
        ("worker logs SQSError: OverLimit often", ErrorType, "SQSError"),
        ("Error: SQSError: OverLimit", ErrorCode, "SQSError: OverLimit"),
        ("x java.lang.NullPointerException: y", Exception, "java.lang.NullPointerException"),
        ("(sqlalchemy.exc.OperationalError) gone", Exception, "sqlalchemy.exc.OperationalError"),
        ("Net::ReadTimeout with #<TCPSocket>", Exception, "Net::ReadTimeout"),
        ("NullPointerException at night", Exception, "NullPointerException"),
        ("An error occurred (ThrottlingException) when", Exception, "ThrottlingException"),
        ("ValueError: bad literal", ErrorType, "ValueError"),
        ("panic: runtime error: index out of range", Exception, "panic: runtime error"),
        ("connect ECONNREFUSED 192.0.2.1:5432", ErrorCode, "ECONNREFUSED"),
        ("SQLSTATE 40001 again", ErrorCode, "SQLSTATE 40001"),
        ("SQLSTATE[HY000]: General", ErrorCode, "SQLSTATE[HY000]"),
        ("ORA-00060: deadlock", ErrorCode, "ORA-00060"),
        ("error[E0382]: borrow", ErrorCode, "E0382"),
        ("rpc DEADLINE_EXCEEDED from", ErrorCode, "DEADLINE_EXCEEDED"),
        ("container exited, exit code 137.", ErrorCode, "exit code 137"),
        ("pod in CrashLoopBackOff", ErrorCode, "CrashLoopBackOff"),
        ("HRESULT 0x80070005", ErrorCode, "0x80070005"),
        ("HTTP 503 from edge", StatusCode, "503"),
        ("\"GET /x HTTP/1.1\" 502 0", StatusCode, "502"),
        ("status=500 path=/", StatusCode, "500"),
        ("\"status\": 500, ", StatusCode, "500"),
        ("upstream returned 502.", StatusCode, "502"),
        ("many 504 Gateway Timeout", StatusCode, "504"),
        ("rate of 5xx rose", StatusCode, "5xx"),
        ("http_requests_total is flat", Metric, "http_requests_total"),
        ("kube_pod_status_ready == 0", Metric, "kube_pod_status_ready"),
        ("up_time{job=\"x\"} 1", Metric, "up_time"),
        ("job:http_requests:rate5m high", Metric, "job:http_requests:rate5m"),
        ("ApproximateAgeOfOldestMessage above 900", Metric, "ApproximateAgeOfOldestMessage"),
        ("service=payments-api is slow", Service, "payments-api"),
        ("Service: payments", Service, "payments"),
        ("the service payments-api fails", Service, "payments-api"),
        ("deployment/payments-api stuck", Service, "payments-api"),
        ("{app=\"billing\"}", Service, "billing"),
        ("on ip-10-0-0-1.ec2.internal now", Host, "ip-10-0-0-1.ec2.internal"),
        ("db-01.prod.example.com is full", Host, "db-01.prod.example.com"),
        ("postgres://app:pw@db-01.prod.example.com/x", Host, "db-01.prod.example.com"),
        ("instance=\"node-7:9100\"", Host, "node-7"),
        ("from 192.0.2.17 only", Host, "192.0.2.17"),
        ("see ADR-0012 first", Adr, "ADR-0012"),
        ("see https://example.com/a?token=x.", Url, "https://example.com/a"),
        ("namespace=payments", Label, "namespace=payments"),
        ("Severity: critical\nx", Label, "Severity=critical"),
    ] {
        let signals = found(input);
        assert!(signals.contains(&(kind, value.to_owned())), "{input:?} gave {signals:?}");
    }
}

#[test]
fn stack_frames_of_many_languages() {
    for (input, frame) in [
        (
            "  File \"billing/worker.py\", line 42, in drain\n    x()",
            "File \"billing/worker.py\", line 42, in drain",
        ),
        (
            "\tat com.acme.Worker.run(Worker.java:42) [app.jar:?]",
            "com.acme.Worker.run(Worker.java:42)",
        ),
        ("    at Cart.pay (/srv/app/cart.js:10:5)", "Cart.pay (/srv/app/cart.js:10:5)"),
        ("    at /srv/app/cart.js:10:5", "/srv/app/cart.js:10:5"),
        ("\t/src/billing/drain.go:42 +0x1d", "/src/billing/drain.go:42"),
        ("             at ./src/drain.rs:42:9", "./src/drain.rs:42:9"),
        ("app/worker.rb:42:in `drain'", "app/worker.rb:42:in `drain'"),
        (
            "   at Acme.Worker.Drain(Queue q) in /src/Worker.cs:line 42",
            "Acme.Worker.Drain(Queue q) in /src/Worker.cs:line 42",
        ),
        (
            "#0 /srv/Worker.php(42): Acme\\Worker->drain()",
            "/srv/Worker.php(42): Acme\\Worker->drain",
        ),
    ] {
        assert_eq!(found(input), [(StackFrame, frame.to_owned())], "{input:?}");
    }
}

#[test]
fn prose_and_numbers_are_no_signals() {
    for input in [
        "Please rename the marketing banner on GitHub and YouTube by 2026-11-03.",
        "Error: the service is down again, the app: it hangs, job: done by somebody else",
        "id 550e8400-e29b-41d4-a716-446655440000 sha 3f2a91c07be4d1e2 v1.2.3 at 04:10:00",
        "status 200.1.2.3 and version 4.0.4 and 503 orders and returned 500 rows",
        "E0103 04:10:00.123456 1 reflector started",
        "edit config.yaml, main.rs, e.g. README.md or i.e. foo.bar in src/lib",
        "REQUEST_TIMEOUT=30 DATABASE_URL is set, let user_id_list = get_user_by_id(x)",
        "OrderService calls PaymentController.handle() and new QueueWorker() in StackBuilder",
        "write to somebody@mail.example.com or an a customer-facing service",
        "This is an Error. An Exception was thrown! A third-party service, self-hosted.",
        "QmFzZTY0IGVuY29kZWQgd29yZHMgYXJlIG5vIG5hbWU",
        "The DaemonSet and its PersistentVolumeClaims wait for the StorageClass",
        "quota of the cluster: ObjectBucketClaim has crossed it",
        "the and of to",
        "",
    ] {
        assert_eq!(found(input), [], "{input:?}");
    }
}

#[test]
fn a_password_in_an_address_is_not_repeated() {
    let signals = found(
        "see https://user:hunter2@git.example.com/x and redis://:hunter2@cache-1.example.net \
         postgres://app:hunter2@db-1.example.net, password=hunter2",
    );
    assert!(signals.iter().all(|(_, value)| !value.contains("hunter2")), "{signals:?}");
}

#[test]
fn a_place_is_where_it_stands() {
    let input = "é 500 rows; HTTP 500";
    let signals = read(input).1;
    assert_eq!(signals.len(), 1);
    let [start, end] = signals[0].span.expect("it stands there");
    assert_eq!((start, &input[start..end]), (input.len() - 3, "500"));
}

#[test]
fn payloads_give_signals_with_places() {
    let input = include_str!("../ticket/fixtures/alertmanager.json");
    let signals = read(input).1;
    for (kind, value) in [
        (AlertName, "KubePodCrashLooping"),
        (Service, "payments-api"),
        (Metric, "kube_pod_container_status_waiting_reason"),
        (ErrorCode, "CrashLoopBackOff"),
        (Label, "namespace=payments"),
        (Url, "https://runbooks.example.com/kubernetes/KubePodCrashLooping"),
    ] {
        let signal = signals.iter().find(|it| it.kind == kind && it.value == value);
        let signal = signal.unwrap_or_else(|| panic!("{kind:?} {value} in {signals:?}"));
        let literal = !matches!(kind, Label | Metric);
        assert_eq!(signal.span.is_some(), literal, "{value} is escaped or put together");
    }
    let sentry = found(include_str!("../ticket/fixtures/sentry_event.json"));
    for (kind, value) in [
        (Exception, "sqlalchemy.exc.OperationalError"),
        (StackFrame, "drain (billing/worker.py:42)"),
        (Host, "billing-worker-01.internal"),
    ] {
        assert!(sentry.contains(&(kind, value.to_owned())), "{value} in {sentry:?}");
    }
    let cloudwatch = found(include_str!("../ticket/fixtures/cloudwatch_sns.json"));
    assert!(cloudwatch.contains(&(AlertName, "billing-events-age".into())), "{cloudwatch:?}");
    assert!(cloudwatch.contains(&(Metric, "ApproximateAgeOfOldestMessage".into())));
}

#[test]
fn kinds_are_snake_case_in_json() {
    let signals = read("status=500").1;
    let json = serde_json::to_string(&signals).unwrap();
    assert_eq!(json, r#"[{"type":"status_code","value":"500","span":[7,10]}]"#);
}

#[test]
fn telling_words_are_without_identities() {
    let ticket = Ticket::read(concat!(
        "Pod payments-api-7d9c5b8f6a-x2x9z failed at 2026-11-03T04:10:00Z\n",
        "trace 550e8400-e29b-41d4-a716-446655440000 sha 3f2a91c07be4d1e2 epoch 1793679000000\n",
        "HRESULT 0x80070005 E0382 KubePodCrashLooping deadbeef facade 503\n",
        "see https://example.com/runbook?token=abc#x\n",
        "same line\nsame line\n",
    ));
    assert_eq!(
        telling_text(&ticket),
        concat!(
            "Pod payments-api failed at\ntrace sha epoch\n",
            "HRESULT 0x80070005 E0382 KubePodCrashLooping deadbeef facade 503\n",
            "see https://example.com/runbook\nsame line",
        )
    );
}

#[test]
fn hostile_size_stays_quick() {
    for unit in [
        "a",
        "a:",
        "app:",
        "k=\"",
        "Aa",
        "a.",
        "at ",
        "http://",
        "(",
        "ж",
        "File \"",
        "x_",
        "status ",
        "\u{1b}]",
        "aaaaaaaa-",
        "https://aaaaaaaaaa:",
        "db-1.example.com@",
        "service ",
        "at a() in ",
        "FooError: ",
        "KubeDown ",
    ] {
        let input = unit.repeat(MAX_TEXT / 4 / unit.len());
        let (ticket, signals) = read(&input);
        assert!(signals.len() < 400);
        let _ = telling_text(&ticket);
    }
}

fn assert_laws(input: &str) {
    let (ticket, signals) = read(input);
    assert_eq!(signals, extract(&ticket, input), "the same input, the same signals");
    let mut seen = std::collections::HashSet::new();
    for signal in &signals {
        assert!(seen.insert((signal.kind, &signal.value)), "{signal:?} twice");
        assert!(!signal.value.chars().any(char::is_control), "{signal:?}");
        if let Some([start, end]) = signal.span {
            assert_eq!(&input[start..end], signal.value);
        }
    }
    let _ = telling_text(&ticket);
}

proptest! {
    #[test]
    fn any_text_keeps_the_laws(input in "(?s).{0,300}") {
        assert_laws(&input);
    }

    #[test]
    fn pieces_of_tickets_keep_the_laws(
        pieces in proptest::collection::vec(prop_oneof![
            Just("KubePodDown"), Just("service="), Just("\""), Just("\x1b[31m"), Just("HTTP "),
            Just("503"), Just(" "), Just("\n"), Just("é"), Just("java.lang.FooException"),
            Just("https://a.example/b?c"), Just("at x (y.js:1:2)"), Just("{"), Just("}"),
            Just(":"), Just("alertname"), Just("\u{1}"), Just("ADR-1"), Just("10.0.0.1"),
        ], 0..30),
    ) {
        let text = pieces.concat();
        assert_laws(&text);
        assert_laws(&serde_json::json!({ "message": text, "service": text }).to_string());
    }
}

#[test]
fn a_pair_is_read_by_its_key_and_its_value() {
    for (input, expected) in [
        ("service=down", vec![]),
        ("service=billing-api", vec![(Service, "billing-api")]),
        ("host=db-1:9100", vec![(Host, "db-1")]),
        ("host=down", vec![]),
        ("instance=\"a b\"", vec![]),
        ("status=5xx", vec![(StatusCode, "5xx")]),
        ("status=600", vec![]),
        ("status=5000", vec![]),
        ("status=5a0", vec![]),
        ("severity=page", vec![(Label, "severity=page")]),
        ("error_code=quota", vec![]),
        ("error_code=QUOTA", vec![(ErrorCode, "QUOTA")]),
        ("error_code=quota_full", vec![(ErrorCode, "quota_full")]),
        ("error_code=e17", vec![(ErrorCode, "e17")]),
        ("service: billing is slow", vec![]),
        ("service: billing, then", vec![(Service, "billing")]),
        ("service: billing2 is slow", vec![(Service, "billing2")]),
        ("service: `billing` is slow", vec![(Service, "billing")]),
        ("service=bil@ling", vec![]),
        ("service=\"\" x", vec![]),
    ] {
        let found = found(input);
        let found: Vec<_> = found.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
        assert_eq!(found, expected, "{input}");
    }
}

#[test]
fn the_form_of_a_name_tells_machines_errors_and_metrics() {
    for (input, kind, value, is_one) in [
        ("on db-1.example now", Host, "db-1.example", true),
        ("on db.example now", Host, "db.example", false),
        ("on db.eu.example now", Host, "db.eu.example", true),
        ("on a.b.de now", Host, "a.b.de", true),
        ("on db-1.de now", Host, "db-1.de", false),
        ("on a.b.rs now", Host, "a.b.rs", false),
        ("on 1.2.example now", Host, "1.2.example", false),
        ("SQSError: OverLimit x", ErrorCode, "SQSError: OverLimit", true),
        ("SQSError: OVER x", ErrorCode, "SQSError: OVER", true),
        ("SQSError: OVR x", ErrorCode, "SQSError: OVR", false),
        ("SQSError: Over x", ErrorCode, "SQSError: Over", false),
        ("SQSError: OverLimit(3)", ErrorCode, "SQSError: OverLimit", false),
        ("error[E0382] 1", ErrorCode, "E0382", true),
        ("see E0382 x", ErrorCode, "E0382", true),
        ("see E0382 12 x", ErrorCode, "E0382", true),
        ("E0103 04:10", ErrorCode, "E0103", false),
        ("job:http_requests:rate5m high", Metric, "job:http_requests:rate5m", true),
        ("a:b:c high", Metric, "a:b:c", false),
        ("job:http_requests:rate5m= 1", Metric, "job:http_requests:rate5m", false),
    ] {
        let signals = found(input);
        assert_eq!(signals.contains(&(kind, value.to_owned())), is_one, "{input}: {signals:?}");
    }
}

#[test]
fn a_signal_is_told_once_and_no_kind_too_often() {
    assert_eq!(found("HTTP 503 and HTTP 503"), [(StatusCode, "503".to_owned())]);
    let many: Vec<String> = (0..60).map(|n| format!("namespace=team-{n}")).collect();
    assert_eq!(found(&many.join(" ")).iter().filter(|(kind, _)| *kind == Label).count(), 32);
}

#[test]
fn encoded_runs_are_not_telling_and_names_are() {
    let telling = |line: &str| telling_text(&read(line).0);
    for kept in
        ["deadlocked", "0x80070005", "0xC0000005", "20261127", "KubePodCrashLooping", "backend4"]
    {
        assert_eq!(telling(kept), kept);
    }
    for gone in ["1764240000", "3f2a91c07be4", "0x7f3a91c0", "QmFzZTY0IGVuY29kZWQ0d29yZHM1"] {
        assert_eq!(telling(gone), "", "{gone}");
    }
    assert_eq!(telling("billing-7d9f8b6c5d-x2x4z down"), "billing down");
}
