//! `adr import` and `adr export`

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{log, madr, nygard, read};
use crate::support::TestRepo;

/// A folder of adr-tools that knows two decisions and a page beside them.
fn other() -> TestRepo {
    let other = TestRepo::no_repository();
    let first = nygard(2, "First", "Superceded by [7. Second](0007-second.md)");
    let second = nygard(7, "Second", "Accepted\n\nSupercedes [2. First](0002-first.md)").replace(
        "Why.",
        "See [the first](./0002-first.md#decision), ADR-2, ADR-99 and ![x](img/x.png).",
    );
    other
        .write("doc/adr/0002-first.md", first)
        .write("doc/adr/0007-second.md", second)
        .write("doc/adr/README.md", "# Decisions\n");
    other
}

fn folder(of: &TestRepo, below: &str) -> String {
    of.path().join(below).display().to_string()
}

/// Number, title, status and day of every decision, by path.
fn listed(repo: &TestRepo) -> BTreeMap<String, Value> {
    let list = repo.prode(&["adr", "list", "--json"]).ok().json();
    let all = list["decisions"].as_array().unwrap().iter();
    let facts = |it: &Value| {
        serde_json::json!([it["number"], it["title"], it["status"], it["date"], it["deciders"]])
    };
    all.map(|it| (it["path"].as_str().unwrap().to_owned(), facts(it))).collect()
}

#[test]
fn numbers_are_kept_where_they_are_free_and_names_follow() {
    let (repo, other) = (log(), other());
    let from = folder(&other, "doc/adr");
    let before = repo.snapshot();
    let dry = repo.prode(&["adr", "import", &from, "--dry-run", "--json"]).ok().json();
    assert_eq!(repo.snapshot(), before, "a dry run writes nothing");
    let plan: Vec<_> = dry["decisions"].as_array().unwrap().iter().collect();
    assert_eq!((&plan[0]["old_number"], &plan[0]["number"]), (&2.into(), &8.into()));
    assert_eq!((&plan[1]["old_number"], &plan[1]["number"]), (&7.into(), &7.into()));
    assert_eq!((&plan[1]["source"], &plan[1]["state"]), (&"0007-second.md".into(), &"new".into()));
    let done = repo.prode(&["adr", "import", &from]).ok().says("doc/adr/0008-first.md");
    let done = done.warns("skipped 'README.md': no decision by its name");
    let done = done.warns("0007-second.md:13: '99' stays as it is: decision 99 does not go along");
    done.warns("2 decisions imported into 'doc/adr'");
    let first = read(&repo, "doc/adr/0008-first.md");
    assert!(first.starts_with("# 8. First\n"), "{first}");
    assert!(first.contains("Superceded by [7. Second](0007-second.md)"), "{first}");
    let second = read(&repo, "doc/adr/0007-second.md");
    assert!(second.contains("Supercedes [8. First](0008-first.md)"), "{second}");
    let prose = "See [the first](0008-first.md#decision), ADR-8, ADR-99 and ![x](img/x.png).";
    assert!(second.contains(prose), "{second}");
}

#[test]
fn the_same_import_does_nothing_twice() {
    let (repo, other) = (log(), other());
    let from = folder(&other, "doc/adr");
    repo.prode(&["adr", "import", &from]).ok();
    let once = repo.snapshot();
    repo.prode(&["adr", "import", &from])
        .ok()
        .warns("0 decisions imported")
        .warns("2 there already");
    assert_eq!(repo.snapshot(), once);
    // Another status or number is the same decision still, and so are edited words.
    repo.prode(&["adr", "deprecate", "7"]).ok();
    repo.prode(&["adr", "renumber", "7", "20"]).ok();
    let edited = read(&repo, "doc/adr/0008-first.md").replace("Why.", "Why, and more.");
    repo.write("doc/adr/0008-first.md", &edited);
    let now = repo.snapshot();
    let again = repo.prode(&["adr", "import", &from]).ok();
    again.warns("'doc/adr/0008-first.md' was imported and edited since");
    assert_eq!(repo.snapshot(), now);
    other.write("doc/adr/0009-third.md", nygard(9, "Third", "Accepted"));
    repo.prode(&["adr", "import", &from]).ok().says("0009-third.md").warns("1 decision imported");
}

#[test]
fn a_log_keeps_its_format_and_an_empty_one_takes_theirs() {
    let other = other();
    let from = folder(&other, "doc/adr");
    let repo = TestRepo::new();
    repo.write("adr/0001-own.md", madr("Own", "accepted"));
    repo.prode(&["adr", "import", &from]).ok();
    let second = read(&repo, "adr/0007-second.md");
    assert!(second.starts_with("---\nstatus: accepted\ndate: 2026-01-02\nsupersedes: [ADR-0002]\n---\n\n# Second\n\n## Context and Problem Statement\n"), "{second}");
    assert!(second.contains("[the first](0002-first.md#decision-outcome), ADR-2,"), "{second}");
    assert!(read(&repo, "adr/0002-first.md").contains("status: superseded by ADR-0007"));
    let empty = TestRepo::new();
    empty.prode(&["adr", "import", &from]).ok();
    let bytes = std::fs::read(other.path().join("doc/adr/0002-first.md")).unwrap();
    assert_eq!(read(&empty, "adr/0002-first.md").as_bytes(), bytes, "nothing had to change");
    let asked = TestRepo::new();
    asked.prode(&["adr", "import", &from, "--as", "madr"]).ok();
    assert_eq!(read(&asked, "adr/0007-second.md"), second);
}

#[test]
fn what_cannot_be_read_is_listed_and_nothing_is_written() {
    let (repo, other) = (log(), other());
    other.write("doc/adr/0003-odd.md", b"# 3. Odd\n\n## Status\n\nAccepted\n\n\xff\n");
    other
        .write("doc/adr/0004-bad.md", "---\nstatus: [x\n---\n\n# B\n\n## Context\n\n## Decision\n");
    let from = folder(&other, "doc/adr");
    let before = repo.snapshot();
    let refused = repo.prode(&["adr", "import", &from]).fails(1);
    let refused = refused.warns("2 files cannot be read: '0003-odd.md': not UTF-8 (byte 31); ");
    let refused = refused.warns("'0004-bad.md': its front matter does not read as keys and values");
    refused.warns("--skip-unreadable");
    assert_eq!(repo.snapshot(), before);
    repo.write("doc/adr/0004-bad.md", read(&other, "doc/adr/0004-bad.md"));
    let export = ["adr", "export", "--to", "nygard", "-o", "out"];
    repo.prode(&export).fails(1).warns("'doc/adr/0004-bad.md': its front matter does not read");
    repo.prode(&[&export[..], &["--skip-unreadable"]].concat()).ok().warns("3 files written");
    repo.remove("doc/adr/0004-bad.md");
    let done = repo.prode(&["adr", "import", &from, "--skip-unreadable"]).ok();
    done.warns("skipped '0003-odd.md': not UTF-8").warns("2 decisions imported");
}

#[test]
fn a_place_that_holds_no_decision_is_named() {
    let repo = log();
    let other = TestRepo::no_repository();
    other.write("empty/.keep", "").write("notes/a.md", "# A\n").write("x.json", "{\"a\": 1}");
    let import = |below: &str| repo.prode(&["adr", "import", &folder(&other, below)]).fails(1);
    import("gone").warns("gone' does not exist").warns("name the folder");
    import("empty").warns("empty' holds no decision").warns("it is empty");
    import("notes").warns("holds no decision").warns("'a.md': it does not read as a decision");
    import("x.json").warns("it holds no list `adrs` of decisions");
    repo.prode(&["adr", "import", "."]).fails(1).warns("is in the log 'doc/adr' already");
    let own = ["adr", "import", "doc/adr", "--log", "doc/adr"];
    repo.prode(&own).fails(1).warns("is in the log 'doc/adr' already");
    repo.prode(&["adr", "export", "--to", "madr"]).fails(2).warns("no folder is named");
    repo.prode(&["adr", "export", "--to", "madr", "-o", "x", "--log", "y"]).fails(1).warns("'y'");
    TestRepo::new().prode(&["adr", "export", "--to", "json"]).fails(1).warns("no decisions");
}

#[test]
fn a_log4brains_project_brings_its_packages() {
    let other = TestRepo::no_repository();
    let text = |title: &str, more: &str| {
        format!(
            "# {title}\n\n- Date: 2026-01-05\n{more}\n## Context and Problem Statement\n\nSee [one](../../../docs/adr/20260105-one.md).\n\n## Decision Outcome\n\nYes.\n"
        )
    };
    other
        .write(".log4brains.yml", "project:\n  name: x\n  adrFolder: ./docs/adr\n  packages:\n    - name: pay\n      path: ./packages/pay\n      adrFolder: ./packages/pay/adr\n")
        .write("docs/adr/20260105-one.md", text("One", "- Deciders: Ann, Bo\n- Tags: a\n").replace("../../../docs/adr/", ""))
        .write("docs/adr/index.md", "# Home\n")
        .write("docs/adr/template.md", "# [short title]\n")
        .write("packages/pay/adr/20260105-one.md", text("One of pay", ""))
        .write("packages/pay/adr/odd_Name.md", text("Odd", "- Status: superseded by [20260105-one](20260105-one.md)\n"));
    let repo = TestRepo::new();
    repo.write("adr/0001-own.md", madr("Own", "accepted"));
    let done = repo.prode(&["adr", "import", &folder(&other, ""), "--from", "log4brains"]).ok();
    done.warns("skipped 'docs/adr/index.md'").warns("3 decisions imported");
    let one = read(&repo, "adr/0002-one.md");
    assert!(one.starts_with("---\nstatus: accepted\ndate: 2026-01-05\ndecision-makers: [Ann, Bo]\ntags: [a]\n---\n\n# One\n"), "{one}");
    let pay = read(&repo, "adr/0003-one.md");
    assert!(pay.contains("\ntags: [pay]\n") && pay.contains("[one](0002-one.md)"), "{pay}");
    assert!(read(&repo, "adr/0004-odd_Name.md").contains("status: superseded by ADR-0003"));
    repo.prode(&["lint", "--rule", "link-broken"]).ok();
}

#[test]
fn numbers_in_front_matter_follow_too() {
    let other = TestRepo::no_repository();
    let text = |number: u32, links: &str| {
        format!(
            "---\nnumber: {number}\ntitle: T{number}\nstatus: accepted\n{links}---\n\n# {number}. T{number}\n\n## Context\n\nA.\n\n## Decision\n\nB.\n"
        )
    };
    other
        .write("adr/0001-a.md", text(1, "links:\n  - target: 2\n    kind: amends\n"))
        .write("adr/0002-b.md", text(2, ""));
    let repo = log();
    repo.prode(&["adr", "import", &folder(&other, "adr"), "--as", "keep"]).ok();
    let first = read(&repo, "doc/adr/0004-a.md");
    assert!(
        first.starts_with("---\nnumber: 4\ntitle: T1\n") && first.contains("# 4. T1"),
        "{first}"
    );
    assert!(first.contains("  - target: 5\n    kind: amends\n"), "{first}");
    repo.prode(&["adr", "import", &folder(&other, "adr"), "--as", "keep"])
        .ok()
        .warns("2 there already");
}

/// A log with five formats, and everything that breaks other tools in titles and bytes.
fn zoo() -> TestRepo {
    let repo = TestRepo::new();
    let crlf = |text: String| text.replace('\n', "\r\n");
    let log4brains = "# Ship \u{1f680} weekly\n\n- Status: proposed\n- Deciders: Ann\n- Date: 2026-01-02\n- Tags: a, b\n\n## Context and Problem Statement\n\nWhy.\n\n## Decision Outcome\n\nWhat.\n";
    let backlog = "---\nid: decision-5\ntitle: Use a backlog\ndate: '2026-01-02'\nstatus: accepted\n---\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n";
    let wild = "# ADR 6: Wild\n\n**Status:** Accepted\n\n**Date:** 2026-01-02\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat, ADR-1.\n";
    repo.write("adr/0001-use-a-b.md", crlf(nygard(1, "Use A|B / \"C\"", "Accepted")))
        .write("adr/0002-x.md", format!("\u{feff}{}", madr("\u{65e5}\u{672c}\u{8a9e}", "accepted")))
        .write(
            "adr/0003-old.md",
            nygard(3, "Old", "Superseded by [2. \u{65e5}\u{672c}\u{8a9e}](0002-x.md)"),
        )
        .write("adr/20260102-ship-weekly.md", log4brains)
        .write("adr/decision-5 - Use-a-backlog.md", backlog)
        .write("adr/0006-wild.md", wild);
    repo
}

#[test]
fn every_format_takes_a_log_of_five_formats_and_gives_it_back() {
    let repo = zoo();
    let before = listed(&repo);
    for format in ["nygard", "madr", "log4brains", "backstage"] {
        let out = repo.home().join(format);
        let out = out.display().to_string();
        let done = repo.prode(&["adr", "export", "--to", format, "-o", &out, "--json"]).ok().json();
        assert_eq!(done["decisions"].as_array().unwrap().len(), 6);
        let names: Vec<String> = std::fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let is_name = |name: &String| {
            let (number, rest) = name.split_at(4);
            number.bytes().all(|it| it.is_ascii_digit()) && rest.len() > 4
        };
        assert!(names.len() == 6 && names.iter().all(is_name), "{names:?}");
        let again = repo.prode(&["adr", "export", "--to", format, "-o", &out]).ok();
        again.warns("0 files written").warns("6 there already");
        let back = TestRepo::new();
        let from = if format == "backstage" { "madr" } else { format };
        back.prode(&["adr", "import", &out, "--from", from, "--as", "nygard"]).ok();
        let facts = |all: &BTreeMap<String, Value>| {
            let mut all: Vec<Value> = all.values().cloned().collect();
            // What had no number has one now, and names have no day there.
            all.retain(|it| !it[1].as_str().unwrap().starts_with("Ship"));
            all.sort_by_key(ToString::to_string);
            all
        };
        assert_eq!(facts(&listed(&back)), facts(&before), "{format}");
        let old = read(&back, "adr/0003-old.md");
        assert!(old.contains("Superseded by [2. \u{65e5}\u{672c}\u{8a9e}](0002-x.md)"), "{old}");
        assert!(read(&back, "adr/0006-wild.md").contains("What, ADR-1."));
        let crlf = read(&back, "adr/0001-use-a-b.md");
        assert_eq!(crlf, nygard(1, "Use A|B / \"C\"", "Accepted").replace('\n', "\r\n"));
        assert!(read(&back, "adr/0002-x.md").starts_with('\u{feff}'));
    }
}

#[test]
fn json_brings_every_byte_back() {
    let repo = zoo();
    repo.write("adr/0009-bytes.md", b"# 9. B\n\n## Status\n\nAccepted\n\n## Decision\n\n\xff\n");
    let done = repo.prode(&["adr", "export", "--to", "json"]).ok();
    let document = done.json();
    assert_eq!(document["schema"], "prode.adr_export/v1");
    assert_eq!(document["adrs"][0]["context"], "Why.");
    assert_eq!(document["skipped"][0]["path"], "adr/0009-bytes.md");
    assert_eq!(repo.prode(&["adr", "export", "--to", "json"]).ok().stdout(), done.stdout());
    let back = TestRepo::new();
    back.write("all.json", done.stdout());
    repo.remove("adr/0009-bytes.md");
    let import = ["adr", "import", "all.json", "--from", "json", "--as", "keep", "--log", "adr"];
    back.prode(&import).fails(1).warns("adr/0009-bytes.md': not UTF-8 (byte");
    back.prode(&[&import[..], &["--skip-unreadable"]].concat()).ok().warns("6 decisions imported");
    back.remove("all.json");
    assert_eq!(files(back.path()), files(repo.path()));
}

#[test]
fn json_of_another_program_becomes_madr() {
    let repo = TestRepo::new();
    repo.write("d.json", r#"{"version":"1.0.0","adrs":[
        {"number":1,"title":"A|B","status":"Accepted","date":"2026-01-02","deciders":["Ann"],"context":"Why.","decision":"What."},
        {"number":2,"title":"C","status":"proposed","date":"2026-01-03","links":[{"type":"amends","target":1}],"context":"x","consequences":"Good."}]}"#);
    repo.prode(&["adr", "import", "d.json"]).ok();
    let first = read(&repo, "adr/0001-a-b.md");
    assert!(first.starts_with("---\nstatus: accepted\ndate: 2026-01-02\n"), "{first}");
    assert!(first.contains(
        "# A|B\n\n## Context and Problem Statement\n\nWhy.\n\n## Decision Outcome\n\nWhat.\n"
    ));
    assert!(read(&repo, "adr/0002-c.md").contains("* Amends [ADR-0001](0001-a-b.md)"));
    repo.prode(&["adr", "import", "d.json"]).ok().warns("2 there already");
}

#[test]
fn another_file_is_never_overwritten() {
    let repo = log();
    repo.write("out/0002-two.md", "mine\n");
    let before = repo.snapshot();
    let refused = repo.prode(&["adr", "export", "--to", "madr", "-o", "out"]).fails(1);
    refused.warns("0002-two.md' is there already, with another text").warns("nothing was written");
    assert_eq!(repo.snapshot(), before);
    repo.remove("out/0002-two.md");
    let done = repo.prode(&["adr", "export", "--to", "backstage", "-o", "out"]).ok();
    done.warns("backstage.io/adr-location: out").warns("3 files written to 'out'");
}

#[test]
fn logs_become_packages_of_a_project() {
    let repo = TestRepo::new();
    let text = nygard(1, "Pay", "Accepted").replace("Why.", "See [top](../../../adr/0001-top.md).");
    repo.write("prode.yaml", "roots: {adr: [adr, services/pay/adr]}\n")
        .write("adr/0001-top.md", nygard(1, "Top", "Accepted"))
        .write("services/pay/adr/0001-pay.md", text);
    let out = repo.home().join("out").display().to_string();
    repo.prode(&["adr", "export", "--to", "log4brains", "-o", &out]).ok();
    let pay = Path::new(&out).join("services/pay/adr/20260102-pay.md");
    let pay = std::fs::read_to_string(pay).unwrap();
    assert!(pay.contains("[top](../../../adr/20260102-top.md)"), "{pay}");
    assert!(pay.starts_with("# 1. Pay\n"), "each log counts by itself: {pay}");
    let back = TestRepo::new();
    back.prode(&["adr", "import", &out, "--as", "madr"]).ok().warns("2 decisions imported");
    assert!(read(&back, "adr/0002-pay.md").contains("tags: [services-pay]"));
}

#[test]
fn public_logs_are_imported_whole_and_exported_again() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/retrieval/corpus");
    if !corpus.is_dir() {
        eprintln!("skipped: {} is not there", corpus.display());
        return;
    }
    let mut imported = 0;
    for (below, from) in [
        ("adrs/doc/adr", "auto"),
        ("adrs/crates/adrs-core/tests/fixtures/adr-corpus", "auto"),
        ("log4brains/docs/adr", "log4brains"),
        ("log4brains/packages/web/docs/adr", "log4brains"),
        ("log4brains/packages/core/integration-tests/ro-project/docs/adr", "log4brains"),
    ] {
        let place = corpus.join(below).display().to_string();
        for format in ["keep", "nygard", "madr", "log4brains"] {
            let repo = TestRepo::new();
            let import = ["adr", "import", &place, "--from", from, "--as", format, "--json"];
            let done = repo.prode(&import).ok().json();
            let decisions = done["decisions"].as_array().unwrap();
            let skipped = done["skipped"].as_array().unwrap();
            let there = walkdir::WalkDir::new(&place).into_iter().filter_map(Result::ok);
            let there = there.filter(|entry| entry.file_type().is_file()).count();
            assert_eq!(decisions.len() + skipped.len(), there, "{below}: none is hidden");
            imported += decisions.len();
            let again = repo.prode(&import).ok().json();
            let states = again["decisions"].as_array().unwrap().iter();
            assert!(states.clone().all(|it| it["state"] == "there"), "{below} {format}: {again:#}");
            let out = repo.home().join("out").display().to_string();
            repo.prode(&["adr", "export", "--to", "madr", "-o", &out]).ok();
            let total = listed(&repo).len();
            assert_eq!(total, decisions.len(), "{below} {format}");
        }
    }
    assert!(imported > 100, "{imported}");
}

fn files(top: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(top.join("adr")).into_iter().map(Result::unwrap);
    let walk = walk.filter(|entry| entry.file_type().is_file());
    walk.map(|entry| {
        let path = entry.path().strip_prefix(top).unwrap().to_owned();
        (path, std::fs::read(entry.path()).unwrap())
    })
    .collect()
}
