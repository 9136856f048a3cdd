//! Who may look, and what every answer tells the browser.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::dom::STYLE;
use super::memory;
use crate::serve::{Answer, Served};

const BROWSER: &str = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

/// What each answer says, whatever it is.
fn is_guarded(answer: &Answer, what: &str) {
    let policy = answer.header("Content-Security-Policy").unwrap_or_else(|| panic!("{what}"));
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{what}"
    );
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{what}");
    assert_eq!(answer.header("Referrer-Policy"), Some("same-origin"), "{what}");
    assert_eq!(answer.header("Cross-Origin-Resource-Policy"), Some("same-origin"), "{what}");
}

#[test]
fn every_answer_is_guarded() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    for path in [
        "/",
        "/search",
        "/search?q=queue",
        "/search?q=queue&part=1",
        "/wiki/wiki/workers.md",
        "/wiki/wiki/workers.md/history",
        "/wiki/wiki/workers.md/blame",
        "/raw/wiki/workers.md",
        "/adr",
        "/adr/1",
        "/skills",
        "/skills/drain",
        "/graph",
        "/graph.svg",
        "/wiki/gone.md",
        "/adr/99",
        "/skills/none",
        "/nothing",
        "/?as-of=soon",
        "/assets/none",
        "/healthz",
        "/readyz",
        "/metrics",
        "/mcp",
        "/wiki/wiki/workers",
    ] {
        for headers in [&[][..], &[BROWSER]] {
            let answer = server.get(path, headers);
            is_guarded(&answer, path);
            assert!(answer.body.len() < 100_000, "{path}");
        }
    }
    let picture = server.get("/graph.svg", &[]);
    let policy = picture.header("Content-Security-Policy").unwrap();
    assert!(policy.contains("; sandbox; style-src 'sha256-"), "{policy}");
}

#[test]
fn the_programs_own_files_are_kept_by_browsers() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let body = server.get("/", &[]).body;
    for (start, kind) in [
        ("/assets/page.js.", "text/javascript; charset=utf-8"),
        ("/assets/sign.svg.", "image/svg+xml"),
    ] {
        let at = body.find(start).expect("every page has it");
        let name = body[at..].split('"').next().unwrap();
        let answer = server.get(name, &[]);
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(kind)), "{name}");
        assert_eq!(answer.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
        is_guarded(&answer, name);
        let other = format!("{}000000000000", &name[..name.len() - 12]);
        assert_eq!(server.get(&other, &[]).status, 404, "{other}");
    }
    assert_eq!(server.get("/", &[]).header("Cache-Control"), Some("no-store"));
}

#[test]
fn a_token_opens_pages_and_searches_apart() {
    let repo = memory();
    let add = |name: &str, scope: &str| {
        let args = ["serve", "token", "add", name, "--scope", scope, "--json"];
        let token = repo.prode(&args).ok().json()["token"].as_str().unwrap().to_owned();
        format!("Authorization: Bearer {token}")
    };
    let (reader, searcher) = (add("reader", "get"), add("searcher", "query"));
    let server = Served::start(&repo, &[]);
    for (path, header, status) in [
        ("/", None, 401),
        ("/wiki/wiki/workers.md", None, 401),
        ("/search?q=queue", None, 401),
        ("/wiki/wiki/workers.md", Some(&reader), 200),
        ("/graph.svg", Some(&reader), 200),
        ("/search?q=queue", Some(&reader), 403),
        ("/search?q=queue", Some(&searcher), 200),
        ("/raw/wiki/workers.md", Some(&searcher), 403),
    ] {
        let headers: Vec<&str> = header.map(String::as_str).into_iter().collect();
        let answer = server.get(path, &headers);
        assert_eq!(answer.status, status, "{path}");
        if status != 200 {
            assert!(!answer.body.contains("Set the count"), "{path}");
        }
    }
    let shown = server.get("/", &[BROWSER]);
    assert_eq!(shown.header("WWW-Authenticate"), Some("Bearer realm=\"prode\""));
    assert!(shown.body.contains("<h1>This is not open to you</h1>"), "{}", shown.body);
}

#[test]
fn names_methods_and_rates_hold_for_pages_too() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.rate=60"]);
    let rebound = format!("Host: rebound.example:{}", server.address().port());
    let answer = server.get("/", &[&rebound, BROWSER]);
    assert_eq!(answer.status, 421);
    is_guarded(&answer, "another name");
    let mode = |mode: &'static str| ["Sec-Fetch-Site: cross-site", mode];
    let fetched = server.get("/search?q=queue", &mode("Sec-Fetch-Mode: no-cors"));
    assert_eq!(fetched.status, 403, "{}", fetched.body);
    assert_eq!(
        server.get("/adr", &mode("Sec-Fetch-Mode: navigate")).status,
        200,
        "a link is followed"
    );
    let posted = crate::serve::receive(server.send("POST /search?q=queue", &[BROWSER], "x"));
    assert_eq!(posted.status, 405);
    let looks = (0..60).map(|_| server.get("/skills", &[BROWSER]));
    let refused = looks.into_iter().find(|it| it.status != 200).expect("there is a limit");
    assert_eq!(refused.status, 429);
    assert!(refused.header("Retry-After").is_some() && refused.body.contains("Too many questions"));
    assert!(server.metric("prode_refused_total{reason=\"rate\"}") >= 1);
}

#[test]
fn reading_pages_changes_nothing() {
    let repo = memory();
    repo.prode(&["index"]).ok();
    let before = repo.snapshot();
    let server = Served::start(&repo, &[]);
    for path in [
        "/",
        "/search?q=queue",
        "/wiki/wiki/workers.md",
        "/wiki/wiki/workers.md/blame",
        "/graph",
        "/adr",
    ] {
        assert_eq!(server.get(path, &[]).status, 200);
    }
    drop(server);
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn whoever_takes_gzip_gets_the_same_page_small() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let script = script(&server);
    for path in ["/search", "/wiki/wiki/old.md", script.as_str()] {
        let plain = server.get(path, &[BROWSER]);
        let mut bytes = Vec::new();
        let mut stream =
            server.send(&format!("GET {path}"), &[BROWSER, "Accept-Encoding: gzip, br"], "");
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_ascii_lowercase();
        assert_eq!(plain.header("Vary"), Some("accept-encoding"), "{path}");
        assert!(head.contains("content-encoding: gzip"), "{path}: {head}");
        let mut back = String::new();
        flate2::read::GzDecoder::new(&bytes[end + 4..]).read_to_string(&mut back).unwrap();
        assert!(back == plain.body, "{path}");
        assert!(bytes.len() - end < plain.body.len() * 2 / 3, "{path}");
    }
}

/// The address of the script.
fn script(server: &Served) -> String {
    let answer = server.get("/", &[]);
    let begin = answer.body.find("/assets/page.js").unwrap();
    answer.body[begin..].split('"').next().unwrap().to_owned()
}

#[test]
fn the_style_of_a_page_is_the_one_that_its_policy_lets_in() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    for path in ["/", "/wiki/wiki/workers.md", "/nothing", "/search?q=queue"] {
        let answer = server.get(path, &[BROWSER]);
        let styles: Vec<&str> = answer.body.split("<style>").skip(1).collect();
        let [style] = styles[..] else { panic!("{path}: {} styles", styles.len()) };
        let (style, _) = style.split_once("</style>").unwrap();
        assert_eq!(style, STYLE, "{path}");
        let digest = STANDARD.encode(Sha256::digest(style));
        let policy = answer.header("Content-Security-Policy").unwrap();
        let wanted = format!("; style-src 'self' 'sha256-{digest}'; ");
        assert!(policy.contains(&wanted), "{path}: {policy}");
    }
}
