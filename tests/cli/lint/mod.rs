//! `prode lint`

mod alerts;
mod decisions;
mod records;
mod templates;

use serde_json::Value;

use crate::support::TestRepo;

/// Two errors, one of which mends itself; one warning.
fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("CODEOWNERS", "* @ada\n")
        .write("wiki/index.md", "# Index\n\n[a](a.md) [b](B.md)\n")
        .write("wiki/a.md", "# A\n\n[gone](gone.md)\n")
        .write("wiki/b.md", "# B\n\n## Empty\n");
    repo.commit("pages");
    repo
}

fn rules(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|it| it["rule"].as_str().unwrap()).collect()
}

#[test]
fn findings_are_grouped_by_file_with_their_repair_and_counts() {
    let run = repo().prode(&["lint"]).fails(1);
    let run = run
        .says("wiki/a.md\n       3:1  error    no file is at 'wiki/gone.md'  link-broken\n")
        .says("write b.md (prode lint --fix)")
        .says("1 can be mended by prode lint --fix");
    run.says("checked 3 pages with");
}

#[test]
fn json_names_its_schema_and_counts_by_rule() {
    let answer = repo().prode(&["lint", "--json"]).fails(1).json();
    assert_eq!(answer["schema"], "prode.lint/v1");
    assert_eq!(rules(&answer), ["link-broken", "link-orphan", "section-empty", "link-case"]);
    assert_eq!((&answer["errors"], &answer["warnings"]), (&2.into(), &1.into()));
    assert_eq!(answer["findings"][0]["span"], serde_json::json!([5, 20]));
    assert_eq!(answer["by_rule"][0]["severity"], "error");
}

#[test]
fn a_clean_memory_ends_with_0_and_says_what_was_looked_at() {
    let repo = TestRepo::new();
    repo.write("CODEOWNERS", "* @ada\n").write("wiki/index.md", "# Index\n\nText.\n");
    repo.commit("pages");
    repo.prode(&["lint"]).ok().says("0 findings: 0 errors, 0 warnings, 0 info\nchecked 1 page");
}

#[test]
fn warnings_alone_end_with_0() {
    repo().prode(&["lint", "--rule", "section-empty"]).ok().says("1 finding: 0 errors, 1 warning");
}

#[test]
fn rules_families_and_paths_narrow_it() {
    let repo = repo();
    let links = repo.prode(&["lint", "--rule", "links", "wiki/a.md", "--json"]).fails(1).json();
    assert_eq!((rules(&links), &links["checked"]), (vec!["link-broken"], &1.into()));
    repo.prode(&["lint", "--rule", "link-brokn"]).fails(2).warns("did you mean 'link-broken'?");
    repo.prode(&["lint", "wiki/no.md"]).fails(1).warns("'wiki/no.md' does not exist");
    repo.prode(&["lint", "CODEOWNERS"]).ok().says("not checked: CODEOWNERS: no page");
    repo.prode(&["lint", "../x"]).fails(2).warns("leaves the repository");
}

#[test]
fn fix_mends_what_is_safe_and_nothing_else() {
    let repo = repo();
    repo.write("wiki/index.md", "\u{feff}# Index\r\n\r\n[a](a.md)  [b](B.md#b) \r\n");
    let before = repo.snapshot();
    let run = repo.prode(&["lint", "--fix"]).fails(1);
    let run = run.says("mended wiki/index.md").says("1 mended");
    assert!(!run.stdout().contains("link-case"));
    let text = std::fs::read_to_string(repo.path().join("wiki/index.md")).unwrap();
    assert_eq!(text, "\u{feff}# Index\r\n\r\n[a](a.md)  [b](b.md#b) \r\n");
    let after = repo.snapshot();
    let changed: Vec<_> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).collect();
    let names: Vec<_> = changed.iter().map(|(path, _)| path.file_name().unwrap()).collect();
    assert_eq!(names, ["index.md"], "{names:?}");
    repo.prode(&["lint", "--fix"]).fails(1);
    assert_eq!(repo.snapshot(), after);
}

#[test]
fn fix_does_not_edit_a_commit_or_what_is_not_utf_8() {
    let repo = repo();
    repo.prode(&["lint", "--fix", "--rev", "HEAD"]).fails(2).warns("leave out --rev");
    repo.write("wiki/index.md", b"# Index \xff\n\n[a](a.md) [b](B.md)\n");
    let before = repo.snapshot();
    repo.prode(&["lint", "--fix"]).fails(1).says("link-case").says("invalid-utf8");
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn a_baseline_is_recorded_once_and_then_only_what_is_new_counts() {
    let repo = repo();
    let with = ["lint", "--baseline", ".prode/lint.json"];
    repo.prode(&with).ok().says("recorded 4 findings in");
    repo.write("wiki/a.md", "# A\n\nMore text above.\n\n[gone](gone.md)\n");
    repo.prode(&with).ok().says("4 known already and left out");
    repo.write("wiki/a.md", "# A\n\n[gone](gone.md) [new](new.md)\n");
    let answer = repo.prode(&[&with[..], &["--json"]].concat()).fails(1).json();
    assert_eq!(answer["findings"][0]["message"], "no file is at 'wiki/new.md'");
    assert_eq!(answer["known"], 4);
    repo.prode(&[&with[..], &["--update-baseline"]].concat()).ok().says("recorded 5 findings");
    repo.write("broken.json", "{}");
    repo.prode(&["lint", "--baseline", "broken.json"]).fails(1).warns("is no baseline");
}

#[test]
fn against_a_revision_only_what_the_change_introduces_counts() {
    let repo = repo();
    repo.prode(&["lint", "--against", "HEAD"]).ok().says("4 known already");
    repo.write("wiki/b.md", "# B\n\nMore.\n\n## Empty\n\n## Another\n");
    let answer = repo.prode(&["lint", "--against", "HEAD", "--json"]).ok().json();
    assert_eq!(answer["findings"][0]["message"], "nothing stands below 'Another'");
    assert_eq!(rules(&answer).len(), 1);
    repo.prode(&["lint", "--against", "nowhere"]).fails(1);
}

#[test]
fn levels_come_from_settings() {
    let repo = repo();
    let settings = "lint:\n  rules: {link-broken: info, sectoin-empty: off}\n  paths:\n    wiki/index.md: {links: off}\n";
    repo.write("prode.yaml", settings);
    let answer = repo.prode(&["lint", "--json"]).ok().json();
    assert_eq!(rules(&answer), ["settings-problem", "link-broken", "link-orphan", "section-empty"]);
    assert!(
        answer["findings"][0]["message"]
            .as_str()
            .unwrap()
            .contains("did you mean 'section-empty'?")
    );
}

#[test]
fn an_orphan_and_a_stale_link_go_by_the_names_that_settings_use() {
    let repo = TestRepo::new();
    repo.write("wiki/index.md", "# Front\n\n[a](a.md)\n");
    repo.write("wiki/a.md", "# A\n\n[old](archive/old.md)\n");
    repo.write("wiki/archive/old.md", "---\nstatus: archived\narchived: gone\n---\n# Old\n");
    repo.write("wiki/alone.md", "# Alone\n\nNobody links here.\n");
    repo.commit("pages");
    let found = |repo: &TestRepo| {
        let answer = repo.prode(&["lint", "--json"]).ok().json();
        let all = rules(&answer).into_iter();
        let both = all.filter(|it| ["link-orphan", "stale-link", "settings-problem"].contains(it));
        both.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(&repo), ["stale-link", "link-orphan"]);
    repo.write(
        "prode.yaml",
        "lint: {rules: {link-orphan: off}, paths: {wiki/**: {stale-link: off}}}\n",
    );
    assert_eq!(found(&repo), Vec::<String>::new());
}

#[test]
fn sarif_is_a_log_with_places_below_the_repository() {
    let log = repo().prode(&["lint", "--format", "sarif"]).fails(1).json();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().starts_with("wiki/"));
        assert!(place["region"].is_null() || place["region"]["startLine"].as_u64() > Some(0));
    }
}

#[test]
fn github_gets_workflow_commands() {
    let run = repo().prode(&["lint", "--format", "github"]).fails(1);
    let run = run.says(
        "::error file=wiki/a.md,line=3,col=1,title=link-broken::no file is at 'wiki/gone.md'",
    );
    run.warns("4 findings");
}

#[test]
fn many_findings_begin_with_a_summary() {
    let repo = TestRepo::new();
    let links: String =
        (0..60).map(|n| format!("[x](gone{n}.md)\n\n")).collect::<Vec<_>>().concat();
    repo.write("CODEOWNERS", "* @ada\n").write("wiki/index.md", format!("# Index\n\n{links}"));
    repo.commit("pages");
    let run = repo.prode(&["lint"]).fails(1).says("By rule\n    60  error  link-broken");
    let run = run
        .says("Worst pages\n    60  wiki/index.md  60 errors")
        .says("every finding: prode lint --all");
    assert!(!run.stdout().contains("gone7.md"));
    repo.prode(&["lint", "--all"]).fails(1).says("gone7.md");
}

#[test]
fn a_commit_can_be_looked_at_and_a_bare_repository_too() {
    let repo = repo();
    repo.write("wiki/a.md", "# A\n\nmended\n");
    assert_eq!(rules(&repo.prode(&["lint", "--rev", "HEAD", "--json"]).fails(1).json()).len(), 4);
    let bare = repo.clone_to(&["--bare"]);
    assert_eq!(rules(&bare.prode(&["lint", "--rev", "HEAD", "--json"]).fails(1).json()).len(), 4);
}

#[test]
fn route_tests_owners_and_scripts_are_looked_at() {
    let repo = repo();
    repo.write("wiki/routes.yaml", "- ticket: \"the empty section\"\n  expect: wiki/index.md\n")
        .write("CODEOWNERS", "* @ada\n/x team\n")
        .write(
            "skills/s/SKILL.md",
            "---\nname: s\ndescription: d\n---\n# S\n\nRun `scripts/no.sh`.\n",
        )
        .write("skills/s/scripts/a.sh", "#!/bin/sh\n");
    let answer = repo.prode(&["lint", "--json"]).fails(1).json();
    let found = rules(&answer);
    for rule in ["route-test-failed", "codeowners-problem", "skill-file-missing"] {
        assert!(found.contains(&rule), "{found:?}");
    }
    assert_eq!(found.contains(&"skill-script-not-runnable"), cfg!(unix), "{found:?}");
}

#[test]
fn linting_writes_nothing() {
    let repo = repo();
    let before = repo.snapshot();
    repo.prode(&["lint", "--all"]).fails(1);
    repo.prode(&["lint", "--format", "sarif", "--against", "HEAD"]).ok();
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn the_rules_explain_themselves() {
    let page = include_str!("../../../wiki/lint-rules.md");
    assert_eq!(repo().prode(&["lint", "--explain"]).ok().stdout(), page);
}

#[test]
fn the_own_forge_is_known_from_the_remote() {
    let repo = TestRepo::new();
    let link = |host: &str| format!("[b](https://{host}/org/repo/blob/main/wiki/b.md)\n");
    repo.write("wiki/a.md", format!("# A\n\n{}", link("git.example.org")))
        .write("wiki/b.md", "# B\n");
    repo.commit("pages");
    let rule = ["lint", "--rule", "link-own-forge", "--json"];
    assert_eq!(rules(&repo.prode(&rule).ok().json()), [""; 0]);
    repo.git(&["remote", "add", "origin", "https://ada:secret@git.example.org/org/repo.git"]);
    repo.git(&["config", "url.https://elsewhere.example.org/.insteadOf", "https://ada:secret@"]);
    let run = repo.prode(&rule).ok();
    assert_eq!(rules(&run.json()), ["link-own-forge"]);
    assert!(!run.stdout().contains("secret"));
    repo.write("prode.yaml", "forge: {kind: github, repo: org/repo}\n");
    assert_eq!(rules(&repo.prode(&rule).ok().json()), [""; 0], "settings win");
    repo.write("wiki/a.md", format!("# A\n\n{}", link("github.com")));
    repo.prode(&["lint", "--rule", "link-own-forge", "--fix"]).ok().says("mended wiki/a.md");
    let mended = std::fs::read_to_string(repo.path().join("wiki/a.md")).unwrap();
    assert_eq!(mended, "# A\n\n[b](b.md)\n");
}
