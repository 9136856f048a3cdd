//! `adr why`

use super::{log, nygard, read};

#[test]
fn a_decision_governs_what_mentions_it_its_sources_and_what_came_with_it() {
    let repo = log();
    repo.write("src/a.rs", "fn a() {}\n// see ADR-0002\n");
    repo.commit("code");
    repo.write("doc/adr/0004-four.md", nygard(4, "Four", "Accepted"))
        .write("src/a.rs", "fn a() {}\n// see ADR-0002\nfn b() {}\n");
    repo.commit("with a decision");
    let front = "---\nsources: [src/*.rs]\n---\n";
    repo.write("doc/adr/0003-three.md", format!("{front}{}", read(&repo, "doc/adr/0003-three.md")));
    let why = |place: &str| {
        let found = repo.prode(&["adr", "why", place, "--json"]).ok().json();
        assert_eq!(found["schema"], "prode.adr_why/v1");
        let decisions = found["decisions"].as_array().unwrap().iter();
        let mut numbers: Vec<(u64, String)> = decisions
            .map(|it| {
                (
                    it["decision"]["number"].as_u64().unwrap(),
                    it["why"][0]["kind"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        numbers.sort();
        numbers
    };
    let kinds = |all: &[(u64, &str)]| {
        all.iter().map(|(n, kind)| (*n, (*kind).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(why("src/a.rs"), kinds(&[(2, "mention"), (3, "source"), (4, "commit")]));
    assert_eq!(why("src/a.rs:1"), kinds(&[(3, "source")]));
    assert_eq!(why("src/a.rs:3"), kinds(&[(3, "source"), (4, "commit")]));
    repo.prode(&["adr", "why", "src/none.rs"]).fails(1).warns("does not exist");
    repo.write("other.txt", "x").prode(&["adr", "why", "other.txt"]).ok().warns("no decision");
}
