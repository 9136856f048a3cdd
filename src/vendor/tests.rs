//! The client against a server that says what it is told to: what is sent, what is read of
//! a page and of a feed, and what comes of what is neither.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::http::scripted::{answer, listening};
use crate::http::{AskError, Endpoint, Reach, Where};

/// A server that says one text to each path, and 404 to others.
fn server(texts: &[(&'static str, String)]) -> (String, Receiver<String>) {
    let texts = texts.to_vec();
    listening(move |_, request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let said = texts.iter().find(|(it, _)| *it == path);
        Some(said.map_or_else(|| answer("404 No", "", "{}"), |(_, said)| said.clone()))
    })
}

fn ok(body: &str) -> String {
    answer("200 OK", "date: Tue, 03 Nov 2026 16:00:00 GMT\r\n", body)
}

fn place(address: &str) -> Where {
    Where {
        endpoint: Endpoint::parse(address).unwrap(),
        reach: Reach::Private,
        limit: Duration::from_secs(20),
        waiting: Duration::ZERO,
    }
}

fn at(clock: &str) -> Timestamp {
    format!("2026-11-03T{clock}:00Z").parse().unwrap()
}

fn incident() -> Value {
    json!({
        "id": "p31zjtct2jer", "name": "Errors of the API", "status": "resolved", "impact": "major",
        "created_at": "2026-11-03T15:05:00+01:00", "started_at": "2026-11-03T14:00:00.000Z",
        "updated_at": "2026-11-03T15:20:00Z", "resolved_at": "2026-11-03T15:10:00Z",
        "shortlink": "https://elsewhere.example/x",
        "components": [{"name": "API"}],
        "incident_updates": [
            {"status": "investigating", "body": "We  look\ninto it", "display_at": "2026-11-03T14:05:00Z",
             "affected_components": [{"name": "API"}, {"name": "Webhooks"}]},
            {"status": "resolved", "body": "over", "created_at": "2026-11-03T15:10:00Z"},
        ],
    })
}

fn summary(incidents: &Value) -> Value {
    json!({
        "page": {"name": "Payments Inc"}, "incidents": incidents,
        "components": [
            {"name": "API", "status": "operational", "updated_at": "2026-11-03T15:10:00Z"},
            {"name": "Webhooks", "status": "partial_outage", "updated_at": "2026-11-03T14:20:00Z"},
        ],
    })
}

fn page(incidents: &Value, summary: &Value) -> (String, Receiver<String>) {
    let maintenance = json!({"scheduled_maintenances": [{
        "id": "m1", "name": "Databases", "status": "completed", "created_at": "2026-11-01T10:00:00Z",
        "scheduled_for": "2026-11-03T13:00:00Z", "scheduled_until": "2026-11-03T14:30:00Z",
    }]});
    server(&[
        ("/api/v2/incidents.json", ok(&json!({ "incidents": incidents }).to_string())),
        ("/api/v2/summary.json", ok(&summary.to_string())),
        ("/api/v2/scheduled-maintenances.json", ok(&maintenance.to_string())),
    ])
}

#[test]
fn a_page_tells_incidents_and_maintenance() {
    let (address, came) = page(&json!([incident()]), &summary(&json!([])));
    let mut vendor = Vendor::with_page(place(&address), Some(50));
    assert_eq!(vendor.name().unwrap(), "Payments Inc");
    let published = vendor.published(|| true).unwrap();
    let [incident, planned] = published.notices.as_slice() else { panic!("{published:?}") };
    assert_eq!((incident.from, incident.ends), (at("14:00"), Ends::At(at("15:10"))));
    assert_eq!(incident.components.as_deref().unwrap(), ["API", "Webhooks"]);
    assert_eq!(incident.link, Some(format!("{address}/incidents/p31zjtct2jer")));
    let updates: Vec<_> = incident.updates.iter().map(|it| (it.at, it.text.as_str())).collect();
    assert_eq!(updates, [(at("15:10"), "over"), (at("14:05"), "We look into it")]);
    assert_eq!((planned.sort, planned.ends), (Sort::Maintenance, Ends::At(at("14:30"))));
    assert_eq!(published.since, Some(Timestamp::MIN), "a list that is not full is whole");
    assert_eq!(published.troubled.len(), 1);
    assert_eq!(published.troubled[0].name, "Webhooks");
    assert_eq!(vendor.time(), Some(at("16:00")));
    let heads: Vec<String> = came.try_iter().collect();
    assert_eq!(heads.len(), 4);
    for head in heads {
        assert!(head.starts_with("GET /api/v2/"), "{head}");
        assert!(!head.to_lowercase().contains("authorization"), "{head}");
    }
}

#[test]
fn a_full_list_begins_with_its_oldest() {
    let mut older = incident();
    older["id"] = json!("older");
    older["created_at"] = json!("2026-10-01T00:00:00Z");
    let (address, _came) = page(&json!([incident(), older]), &summary(&json!([])));
    let published = Vendor::with_page(place(&address), Some(2)).published(|| true).unwrap();
    let oldest = Some("2026-10-01T00:00:00Z".parse().unwrap());
    assert_eq!(published.since, oldest);
    let published = Vendor::with_page(place(&address), None).published(|| true).unwrap();
    assert_eq!(published.since, oldest, "nobody says how many it lists");
}

#[test]
fn what_goes_on_is_told_once_whichever_list_has_it() {
    let mut open = incident();
    open["id"] = json!("old");
    open["status"] = json!("identified");
    open["resolved_at"] = Value::Null;
    let (address, _came) = page(&json!([incident()]), &summary(&json!([open, incident()])));
    let published = Vendor::with_page(place(&address), None).published(|| true).unwrap();
    let ends: Vec<Ends> = published.notices.iter().map(|it| it.ends).collect();
    assert_eq!(ends, [Ends::At(at("15:10")), Ends::Open, Ends::At(at("14:30"))]);
}

#[test]
fn a_list_of_which_nothing_else_is_known_is_whole_of_no_time() {
    let incidents = ok(&json!({"incidents": []}).to_string());
    let (address, _came) = server(&[("/api/v2/incidents.json", incidents)]);
    let mut vendor = Vendor::with_page(place(&address), None);
    let published = vendor.published(|| true).unwrap();
    assert_eq!((published.since, published.missed.len()), (None, 2), "{:?}", published.missed);
    let published = vendor.published(|| false).unwrap();
    assert_eq!(published.missed[0], "what goes on now: no time was left for it");
}

#[test]
fn times_that_are_none_are_counted() {
    let mut bad = incident();
    bad["started_at"] = json!("yesterday");
    bad["created_at"] = json!(20_261_103);
    let mut endless = incident();
    endless["resolved_at"] = json!("soon");
    endless["updated_at"] = Value::Null;
    let (address, _came) = page(&json!([bad, endless, incident()]), &summary(&json!([])));
    let published = Vendor::with_page(place(&address), Some(50)).published(|| true).unwrap();
    assert_eq!((published.unread, published.notices.len()), (2, 2));
    assert_eq!(published.since, Some("2026-11-03T14:05:00Z".parse().unwrap()), "not whole");
}

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel><title>Mail status</title>
 <item><title>Delays of delivery in eu-west-1</title>
  <description>&lt;p&gt;&lt;small&gt;Nov 3, 15:10 UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - it is over&lt;/p&gt;</description>
  <pubDate>Tue, 03 Nov 2026 15:10:00 +0100</pubDate><link>https://elsewhere.example/1</link><guid>1</guid></item>
 <item><title>Queues</title><description><![CDATA[<b>Investigating</b> - we tell when it is resolved, which will take us a good deal of time]]></description>
  <pubDate>Tue, 03 Nov 2026 12:00:00 UTC</pubDate><guid>2</guid></item>
 <item><title>No time</title><pubDate>Tue, 03 Nov 2026 12:00:00 CET</pubDate></item>
</channel></rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Clouds</title>
 <entry><id>x</id><title type="html">Errors [RESOLVED]</title><link rel="alternate" href="/incidents/x"/>
  <published>2026-11-03T14:00:00Z</published><updated>2026-11-03T15:00:00+00:00</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>API</p><p>slow</p></div></content></entry>
</feed>"#;

#[test]
fn rss_tells_when_something_was_written_and_perhaps_that_it_is_over() {
    let (address, came) = server(&[("/history/", ok(RSS))]);
    let mut vendor = Vendor::with_feed(place(&format!("{address}/history/")), true, None);
    assert_eq!(vendor.name().unwrap(), "Mail status");
    let published = vendor.published(|| true).unwrap();
    let [resolved, open] = published.notices.as_slice() else { panic!("{published:?}") };
    assert_eq!((resolved.from, resolved.ends), (at("14:10"), Ends::At(at("14:10"))));
    assert_eq!(resolved.updates[0].text, "Nov 3, 15:10 UTC Resolved - it is over");
    assert_eq!(resolved.link, None, "it leads to another host");
    assert_eq!(open.ends, Ends::Untold(at("12:00")), "that it will be over is not that it is");
    assert_eq!((published.unread, published.since), (1, Some(at("12:00"))));
    let head = came.try_iter().next().unwrap();
    assert!(head.starts_with("GET /history/ HTTP"), "{head}");
}

#[test]
fn atom_tells_since_when_and_until_when_something_was_written() {
    let (address, _came) = server(&[("/feed.atom", ok(ATOM))]);
    let mut vendor = Vendor::with_feed(place(&format!("{address}/feed.atom")), false, Some(2));
    let published = vendor.published(|| true).unwrap();
    let [notice] = published.notices.as_slice() else { panic!("{published:?}") };
    assert_eq!((notice.from, notice.ends), (at("14:00"), Ends::At(at("15:00"))));
    assert_eq!(notice.link, Some(format!("{address}/incidents/x")));
    assert_eq!(notice.updates[0].text, "API slow");
    assert_eq!(published.since, Some(Timestamp::MIN), "fewer than the settings say it lists");
}

/// Entities within entities, one that is another file, and one from another host.
const BOMBS: [&str; 3] = [
    r#"<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>"#,
    r#"<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>"#,
    r#"<!DOCTYPE rss SYSTEM "http://169.254.169.254/x.dtd"><rss><channel/></rss>"#,
];

#[test]
fn a_document_type_is_not_read() {
    for bomb in BOMBS {
        let why = Feed::parse(bomb, |_| None).unwrap_err();
        assert_eq!(why, "it has a document type, which is not read");
    }
    let why = Feed::parse("<rss><channel><title>&x;</title></channel></rss>", |_| None);
    assert_eq!(why.unwrap_err(), "it is no well-formed XML");
}

#[test]
fn what_is_no_feed_says_so() {
    for (text, says) in [
        ("", "it is no well-formed XML"),
        ("{}", "it is no well-formed XML"),
        ("<rss><channel>", "it is no well-formed XML"),
        ("<!DOCTYPE HTML><p>Sign in", "it is a page for people, and no feed"),
        ("<rss/>", "it has no channel"),
        ("<svg/>", "it is neither RSS nor Atom"),
    ] {
        assert_eq!(Feed::parse(text, |_| None).unwrap_err(), says, "{text}");
    }
}

#[test]
fn depth_and_number_of_parts_do_no_harm() {
    let deep = format!("<rss><channel>{}", "<a>".repeat(150_000));
    assert_eq!(Feed::parse(&deep, |_| None).unwrap_err(), "it is no well-formed XML");
    let closed = format!("{deep}{}</channel></rss>", "</a>".repeat(150_000));
    assert_eq!(Feed::parse(&closed, |_| None).unwrap().count, 0);
    let wide = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(300_000));
    assert!(Feed::parse(&wide, |_| None).unwrap_err().starts_with("it has more than"));
    let many = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(5_000));
    let feed = Feed::parse(&many, |_| None).unwrap();
    assert_eq!((feed.count, feed.unread), (5_000, MOST_NOTICES));
}

#[test]
fn an_answer_of_another_form_is_an_error() {
    let html = ok("<!doctype html><title>Sign in</title>");
    for (said, says) in [
        (ok("{}"), "it has no list at /incidents"),
        (ok(r#"{"incidents": {}}"#), "it has no list at /incidents"),
        (html, "the answer is no whole JSON"),
        (answer("302 Found", "location: http://169.254.169.254/\r\n", ""), "sends elsewhere"),
        (answer("429 No", "retry-after: 3600\r\n", ""), "asks to wait for 3600 s"),
        (answer("404 No", "", ""), "knows nothing by that name"),
    ] {
        let (address, _came) = server(&[("/api/v2/incidents.json", said)]);
        let error = Vendor::with_page(place(&address), None).published(|| true).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert!(matches!(error, AskError::Asked(_)), "{error:?}");
    }
}

#[test]
fn a_page_that_is_silent_is_soon_asked_no_more() {
    let (address, _came) = server(&[("/api/v2/incidents.json", answer("503 No", "", ""))]);
    let mut vendor = Vendor::with_page(place(&address), None);
    for _ in 0..3 {
        assert!(!vendor.published(|| true).unwrap_err().is_unasked());
    }
    let error = vendor.published(|| true).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nobody asked the status page to list incidents: it did not answer 3 times in a row"
    );
}

proptest! {
    #[test]
    fn nothing_that_is_read_as_a_feed_harms(text in "(<(rss|channel|item|title|pubDate)>|</(rss|channel|item|title|pubDate)>|[a-z&;<>!\\[\\]\" ]){0,60}") {
        let _ = Feed::parse(&text, |_| None);
    }

    #[test]
    fn a_line_is_one_line_of_so_many_characters(text in "\\PC*", most in 0_usize..50) {
        let line = line(&text, most);
        prop_assert!(line.chars().count() <= most && !line.contains('\n'));
    }
}
