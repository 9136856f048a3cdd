//! The unit that `wiki/watching.md` shows: systemd knows every word of it, it starts a
//! command that there is, and it lets a watch stop in its own time.

use std::fs;
use std::path::Path;

use crate::support::{TestRepo, hermetic};

/// The unit as the page shows it.
fn unit() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("wiki/watching.md");
    let text = fs::read_to_string(page).unwrap();
    let (_, rest) = text.split_once("```ini\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

fn value<'a>(unit: &'a str, name: &str) -> &'a str {
    let line = unit.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
    line.unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn systemd_knows_every_word_of_the_unit() {
    let repo = TestRepo::new();
    let unit = unit();
    let program = value(&unit, "ExecStart").split(' ').next().unwrap();
    let own = unit.replace(program, env!("CARGO_BIN_EXE_prode"));
    let said = |text: &str| {
        let file = repo.home().join("prode-watch.service");
        fs::write(&file, text).unwrap();
        let mut analyze = hermetic("systemd-analyze", &repo.home());
        let done = analyze.args(["verify", "--man=no"]).arg(&file).output().ok()?;
        let all = [done.stdout, done.stderr].concat();
        Some(String::from_utf8(all).unwrap())
    };
    let Some(sound) = said(&own) else {
        return skipped();
    };
    assert_eq!(sound, "");
    let broken = said(&own.replace("ProtectSystem=strict", "ProtectSystem=strictly")).unwrap();
    assert!(broken.contains("strictly"), "what is wrong would be told: {broken}");
}

#[allow(clippy::print_stderr, reason = "tests/run counts what is skipped")]
fn skipped() {
    eprintln!("skipped: systemd-analyze is not installed");
}

#[test]
fn the_unit_starts_a_watch_and_lets_it_stop() {
    let unit = unit();
    let mut words = value(&unit, "ExecStart").split(' ').skip(1).collect::<Vec<_>>();
    words.push("--help");
    let repo = TestRepo::new();
    repo.prode(&words).ok().says("watch.grace");
    let stop: u64 = value(&unit, "TimeoutStopSec").parse().unwrap();
    let listed = repo.prode(&["config", "get", "watch.grace", "--json"]).ok().json();
    let grace: u64 = listed["values"][0]["value"].as_u64().unwrap();
    assert!(stop > grace + 25, "{stop} s for {grace} s and the last step");
}
