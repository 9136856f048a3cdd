//! A memory whose every field is an attack, and requests that are.

use super::dom::Dom;
use crate::serve::Served;
use crate::support::TestRepo;

/// One a line; a browser runs what of them gets through (`tests/peers/web`).
const ATTACKS: &str = include_str!("attacks.txt");

/// More is asked here than people ask.
pub(super) const UNBOUNDED: [&str; 2] = ["serve.rate=1000000", "serve.request_time=300"];

pub(crate) fn attacks() -> Vec<&'static str> {
    let all: Vec<&str> = ATTACKS.lines().filter(|line| !line.is_empty()).collect();
    assert!(all.len() >= 50, "{}", all.len());
    all
}

/// Asserts that nothing of an answer runs; the answer's status.
#[track_caller]
pub(super) fn is_dead(server: &Served, path: &str) -> u16 {
    let answer = server.get(path, &["Accept: text/html"]);
    if answer.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html")) {
        let active = Dom::of(&answer.body).active();
        assert!(active.is_empty(), "{path}: {active:?}");
    }
    answer.status
}

/// As an address writes it.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[test]
fn no_field_of_a_page_runs() {
    let repo = TestRepo::new();
    let mut paths = Vec::new();
    for (at, attack) in attacks().iter().enumerate() {
        let quoted = serde_json::to_string(attack).unwrap();
        // An address holds no backslash, in paths of resources neither.
        let name = attack.replace(['/', '\\'], "|");
        let path = format!("wiki/{at} {name}.md");
        let cell = attack.replace('|', "\\|");
        repo.write(
            &path,
            format!(
                "---\ntitle: {quoted}\nkind: {quoted}\nstatus: {quoted}\nowner: {quoted}\ntags: [{quoted}]\n\
                 services: [{quoted}]\naliases: [{quoted}]\n---\n# {attack}\n\n{attack}\n\n## {attack}\n\n\
                 > {attack}\n\n- {attack}\n\n| {cell} |\n|---|\n| {cell} |\n\n`{attack}`\n\n\
                 ```{attack}\n{attack}\n```\n\n[^1]: {attack}\n\nnote[^1] attack{at}\n"
            ),
        );
        repo.commit(attack);
        paths.push(path);
    }
    let server = Served::start(&repo, &UNBOUNDED);
    for (at, path) in paths.iter().enumerate() {
        let page = format!("/wiki/{}", encoded(path).replace("%2F", "/"));
        assert_eq!(is_dead(&server, &page), 200, "{page}");
        for behind in ["/history", "/blame"] {
            assert_eq!(is_dead(&server, &format!("{page}{behind}")), 200, "{page}{behind}");
        }
        assert_eq!(is_dead(&server, &format!("/search?q=attack{at}")), 200);
    }
    for path in ["/", "/search", "/search?from=50", "/graph", "/graph?kind=guide"] {
        assert_eq!(is_dead(&server, path), 200, "{path}");
    }
}

#[test]
fn no_field_of_a_decision_or_a_skill_runs() {
    let repo = TestRepo::new();
    for (at, attack) in attacks().iter().enumerate() {
        let quoted = serde_json::to_string(attack).unwrap();
        repo.write(
            format!("adr/{:04}-x.md", at + 1),
            format!("---\nstatus: {quoted}\ndate: 2026-01-01\ndecision-makers: [{quoted}]\n---\n# {attack}\n\n## Context\n\n{attack}\n"),
        );
        repo.write(
            format!("skills/s{at}/SKILL.md"),
            format!("---\nname: s{at}\ndescription: {quoted}\nlicense: {quoted}\nmetadata:\n  {quoted}: {quoted}\n---\n\n# {attack}\n"),
        );
    }
    repo.commit("all");
    let server = Served::start(&repo, &UNBOUNDED);
    let mut decisions = 0;
    for at in 0..attacks().len() {
        // What reads like a template's gap is no decision.
        let status = is_dead(&server, &format!("/adr/{}", at + 1));
        decisions += usize::from(status == 200);
        assert_eq!(is_dead(&server, &format!("/skills/s{at}")), 200, "{at}");
    }
    assert!(decisions >= 70, "{decisions}");
    for path in ["/adr", "/skills", "/graph?kind=adr"] {
        assert_eq!(is_dead(&server, path), 200, "{path}");
    }
}

#[test]
fn no_request_comes_back_alive() {
    let repo = super::memory();
    let server = Served::start(&repo, &UNBOUNDED);
    for attack in attacks() {
        let attack = encoded(attack);
        for path in [
            format!("/search?q={attack}"),
            format!("/search?q={attack}&part=1"),
            format!(
                "/search?q=queue&kind={attack}&owner={attack}&status={attack}&tag={attack}&service={attack}"
            ),
            format!("/search?as-of={attack}"),
            format!("/wiki/wiki/workers.md?rev={attack}"),
            format!("/search?from={attack}"),
            format!("/wiki/{attack}"),
            format!("/raw/{attack}"),
            format!("/picture/{attack}"),
            format!("/adr/{attack}"),
            format!("/adr?status={attack}"),
            format!("/skills/{attack}"),
            format!("/graph?page={attack}&kind={attack}"),
            format!("/assets/{attack}"),
            format!("/{attack}"),
        ] {
            let status = is_dead(&server, &path);
            assert!(status < 500, "{status} {path}");
        }
    }
}

#[test]
fn nothing_outside_the_memory_is_read() {
    let repo = super::memory();
    repo.write("src/secret.txt", "secret");
    repo.write("src/secret.rs", "secret");
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("wiki/link.md")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("wiki/link.png")).unwrap();
    repo.commit("links");
    let server = Served::start(&repo, &UNBOUNDED);
    let ways = [
        "../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "....//....//etc/passwd",
        "wiki/%2e%2e/.git/config",
        ".git/config",
        "src/secret.txt",
        "src/secret.rs",
        "wiki/link.md",
        "wiki/link.png",
        "wiki/a%00.md",
        "wiki\\..\\..\\x",
        "%c0%ae%c0%ae/x",
        "wiki/%ff%fe.md",
    ];
    for root in ["/wiki/", "/raw/", "/picture/", "/adr/", "/skills/", "/assets/", "/"] {
        for way in ways {
            let answer = server.get(&format!("{root}{way}"), &[]);
            assert!((400..500).contains(&answer.status), "{root}{way}: {}", answer.status);
            assert!(
                !answer.body.contains("root:") && !answer.body.contains("[core]"),
                "{root}{way}"
            );
        }
    }
}

#[test]
fn strange_bytes_are_read_and_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let repo = super::memory();
    repo.write(
        std::path::Path::new(OsStr::from_bytes(b"wiki/caf\xe9.md")),
        b"# Caf\xe9 zebra\n\n\x00\x1b[31m \xff\n",
    );
    repo.write("wiki/50%25 #1 @home?.md", "# Percent zebra\n");
    repo.write("a:b.md", "# No zebras\n");
    repo.write("wiki/\u{202e}dm.md", "# Turned zebra \u{202e}x\n");
    repo.commit("strange");
    let server = Served::start(&repo, &UNBOUNDED);
    let found = super::page(&server, "/search?q=zebra").links("ol.hits h2 a");
    assert_eq!(found.len(), 3, "{found:?}");
    for path in found.iter().chain(&super::page(&server, "/search").links("ul.catalogue li a")) {
        let answer = server.get(path, &[]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(!answer.body.contains(['\u{0}', '\u{1b}', '\u{202e}']), "{path}");
    }
    assert_eq!(server.get("/wiki/wiki/caf%E9.md", &[]).status, 200);
}

#[test]
fn a_page_of_megabytes_is_cut_and_says_where_the_rest_is() {
    let repo = super::memory();
    let line = "A line about zebras, [with](gone.md) a link.\n\n";
    repo.write("wiki/large.md", format!("# Large\n\n{}", line.repeat(100_000)));
    repo.write("wiki/larger.md", format!("# Larger\n\n{}", line.repeat(120_000)));
    repo.commit("large");
    let server = Served::start(&repo, &UNBOUNDED);
    let dom = super::page(&server, "/wiki/wiki/large.md");
    assert_eq!(dom.links("p.banner a"), ["/raw/wiki/large.md"]);
    assert!(dom.one("div.words").text.len() < 400_000);
    assert!(server.get("/raw/wiki/large.md", &[]).body.len() > 4_000_000);
    assert!(server.get("/wiki/wiki/large.md/blame", &[]).body.len() < 300_000);
    let larger = super::page(&server, "/wiki/wiki/larger.md");
    assert!(larger.one("p.banner.open").text.contains("git show"), "too large to be read at all");
    let raw = server.get("/raw/wiki/larger.md", &[]);
    assert!(raw.status == 400 && raw.body.contains("git show"), "{}", raw.body);
}
