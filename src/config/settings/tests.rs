use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::{ConfigError, Platform};

struct Case {
    user: Option<UserFile>,
    repository: Option<Vec<u8>>,
    environment: Environment,
    command_line: Vec<Override>,
}

impl Case {
    fn new() -> Self {
        let environment = Environment::default();
        Self { user: None, repository: None, environment, command_line: Vec::new() }
    }

    fn user(mut self, yaml: &str) -> Self {
        self.user = Some(UserFile { path: "/u/config.yaml".into(), bytes: yaml.into() });
        self
    }

    fn repository(mut self, yaml: &str) -> Self {
        self.repository = Some(yaml.into());
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.prode.insert(name.to_owned(), value.to_owned());
        self
    }

    fn typed(mut self, text: &str) -> Self {
        self.command_line.push(Override::parse(text).unwrap());
        self
    }

    fn read(&self) -> (Settings, Vec<String>) {
        let (settings, problems) = Settings::resolve(Sources {
            user: self.user.as_ref(),
            repository: self.repository.as_deref(),
            environment: &self.environment,
            command_line: &self.command_line,
        });
        let line =
            |it: Problem| format!("{}:{} {}", it.origin, it.diagnostic.line, it.diagnostic.message);
        (settings, problems.into_iter().map(line).collect())
    }
}

fn origin_of(settings: &Settings, key: &str) -> String {
    let row = settings.origins().iter().find(|row| row.key == key).unwrap();
    format!("{} {}", row.value, row.origin)
}

#[test]
fn without_any_file_the_defaults_hold() {
    let (settings, problems) = Case::new().read();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(settings.review, ReviewIntervals::default());
    assert_eq!(settings.roots, RootSettings::default());
    assert_eq!(settings.routing.budget, 4_000);
    assert_eq!(origin_of(&settings, "review.sop"), "\"90d\" default");
    assert_eq!(origin_of(&settings, "trunk"), "null default");
}

#[test]
fn each_layer_wins_over_the_weaker_ones() {
    let all = Case::new()
        .user("routing: {budget: 1}\nreview: {sop: 1d, adr: 1d}\n")
        .repository("routing: {budget: 2}\nreview: {sop: 2d}\n")
        .variable("PRODE_ROUTING__BUDGET", "3");
    assert_eq!(all.read().0.routing.budget, 3);
    let (settings, problems) = all.typed("routing.budget=4").read();
    assert_eq!(settings.routing.budget, 4);
    assert_eq!((settings.review.days("sop"), settings.review.days("adr")), (2, 1));
    assert_eq!(origin_of(&settings, "routing.budget"), "4 --config");
    assert_eq!(origin_of(&settings, "review.sop"), "\"2d\" prode.yaml");
    assert_eq!(origin_of(&settings, "review.adr"), "\"1d\" user file /u/config.yaml");
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn the_example_of_the_format_is_read_whole() {
    let yaml = r#"
version: 1
trunk: main
roots: {wiki: [wiki], adr: [adr], skills: [skills], templates: [templates]}
wikilinks: {docs/wiki: text-first}
codeowners: gitlab
people: {human:reviewer: {email: r@example.com}, team-payments: {members: [human:reviewer], also: ["@org/payments"]}}
review: {sop: 90d, runbook: 90d, adr: 365d, default: 180d, glossary: 1y}
lint: {rules: {link-orphan: off}, paths: {wiki/archive/**: {stale-link: off}}, accept_unknown_status: false}
routing: {weights: {title: 3}, abstain: {coverage: 0.5}, budget: 4000}
redaction: {hosts: [corp.example], names: dictionaries/names.txt, patterns: {CUSTOMER_ID: 'C-\d{8}'}}
approvals: {merge: {who: owners, count: 1, max_age: 7d, self: false}, production-write: {who: [team-sre], count: 2, strength: strong, max_age: 15m}}
triage: {confidence: 70, budgets: {calls: 40}, window: {before: 2h}, specialists: {aws: {}}, verify: [cargo test]}
forge: {kind: github, repo: org/name}
"#;
    let (settings, problems) = Case::new().repository(yaml).read();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(settings.trunk, TrunkName { user: None, repository: Some("main".into()) });
    assert_eq!(settings.codeowners, Some(OwnersDialect::GitLab));
    assert_eq!(settings.people.names_of("@org/payments").len(), 2);
    assert_eq!(settings.review.days("glossary"), 365);
    let weights = &settings.routing.weights;
    assert_eq!((weights["title"], weights["name"]), (3.0, 2.0));
    let lint = settings.section("lint").merged();
    assert_eq!(lint["rules"]["link-orphan"], json!("off"));
    assert_eq!(lint["paths"]["wiki/archive/**"]["stale-link"], json!("off"));
    assert_eq!(settings.section("approvals").merged()["production-write"]["count"], json!(2));
    let page = RepoPath::new("docs/wiki/a.md").unwrap();
    assert_eq!(settings.wikilinks.order_in(&page), WikilinkOrder::TextFirst);
}

#[test]
fn a_repository_may_not_reach_outside() {
    let yaml = "store: {url: x}\nforge:\n  token: hunter2\n  kind: github\nmode: pr\n\
                memories: []\ntriage:\n  specialists:\n    aws: {command: rm, deep: [{URL: x}], ok: 1}\n";
    let (settings, problems) = Case::new().repository(yaml).read();
    let refused = |key: &str, line: u32| {
        format!("prode.yaml:{line} '{key}' may not come from a repository; set it in your own file")
    };
    assert_eq!(
        problems,
        [
            refused("store", 1),
            refused("forge.token", 3),
            refused("mode", 5),
            refused("memories", 6),
            refused("triage.specialists.aws.command", 9),
            refused("triage.specialists.aws.deep.URL", 9),
        ]
    );
    assert!(settings.secret("forge.token").is_none());
    let aws = &settings.section("triage").merged()["specialists"]["aws"];
    assert_eq!(aws, &json!({"deep": [{}], "ok": 1}));
}

#[test]
fn secrets_are_kept_and_never_shown() {
    let (settings, problems) = Case::new()
        .user("store: {url: 'postgres://u:hunter2@h/db'}\nforge: {token: [hunter2]}\n")
        .variable("PRODE_TRACKER__TOKEN", "hunter2")
        .variable("PRODE_APPROVALS__MERGE", "{api_key: hunter2}")
        .variable("PRODE_MEMORIES", "[{name: a, url: 'https://me:hunter2@forge.example/a'}]")
        .read();
    assert_eq!(settings.secret("tracker.token").unwrap().reveal(), "hunter2");
    assert_eq!(origin_of(&settings, "store.url"), "\"<set>\" user file /u/config.yaml");
    assert!(!format!("{:?}{problems:?}", settings.origins()).contains("hunter2"));
    assert!(!format!("{:?}", settings.section("tracker")).contains("hunter2"));
    assert!(problems[0].contains("'forge.token' is <set>; expected text"), "{problems:?}");
}

#[test]
fn unknown_keys_name_the_nearest_known_one() {
    let yaml = "roots:\n  wikis: [a]\nreveiw: {sop: 1d}\nzzz: 1\nreview: {sop: {deep: 1}}\n";
    let (_, problems) = Case::new().repository(yaml).variable("PRODE_ROUTING__BUDGT", "1").read();
    assert_eq!(
        problems,
        [
            "prode.yaml:2 unknown setting 'roots.wikis'; did you mean 'roots.wiki'?",
            "prode.yaml:3 unknown setting 'reveiw'; did you mean 'review'?",
            "prode.yaml:4 unknown setting 'zzz'",
            "prode.yaml:5 'review.sop' is a mapping; expected days such as 90d, 12w, 6mo or 1y",
            "env PRODE_ROUTING__BUDGT:0 unknown setting 'routing.budgt'; did you mean 'routing.budget'?",
        ]
    );
}

#[test]
fn a_wrong_type_leaves_the_weaker_value() {
    let yaml =
        "routing: {budget: lots}\nreview: 90d\nlint: {rules: {a: false}}\nroots: {wiki: ../x}\n";
    let (settings, problems) = Case::new().user("routing: {budget: 9}\n").repository(yaml).read();
    assert_eq!(settings.routing.budget, 9);
    assert_eq!(settings.review, ReviewIntervals::default());
    assert_eq!(
        problems,
        [
            "prode.yaml:1 'routing.budget' is 'lots'; expected a whole number from 1 to 1000000",
            "prode.yaml:2 'review' is '90d'; expected a mapping",
            "prode.yaml:3 'lint.rules.a' is false; expected off, info, warning or error",
            "prode.yaml:4 'roots.wiki' is '../x'; expected a list of folders inside the repository",
        ]
    );
}

#[test]
fn a_malformed_file_is_one_problem() {
    for yaml in ["a: [", "- a", "a: 1\na: 2", "just text", "\u{0}"] {
        let (settings, problems) = Case::new().repository(yaml).read();
        assert_eq!(problems.len(), 1, "{yaml:?}: {problems:?}");
        assert_eq!(settings.routing.budget, 4_000);
    }
    assert!(Case::new().repository("# nothing\n").read().1.is_empty());
}

#[test]
fn variables_reach_into_mappings_and_hyphens() {
    let (settings, problems) = Case::new()
        .variable("PRODE_TRIAGE__BUDGETS__CALLS", "7")
        .variable("PRODE_ROOTS__WIKI", "docs, handbook")
        .variable("PRODE_TRUNK", "0012")
        .variable("PRODE_LINT", "{rules: {link-orphan: off}}")
        .repository("triage: {budgets: {calls: 5, minutes: 3}}\ntrunk: other\n")
        .read();
    assert!(problems.is_empty(), "{problems:?}");
    let budgets = &settings.section("triage").merged()["budgets"];
    assert_eq!(budgets, &json!({"calls": 7, "minutes": 3}));
    assert_eq!(settings.roots.wiki, Some(vec!["docs".into(), "handbook".into()]));
    assert_eq!(settings.trunk.user.as_deref(), Some("0012"));
    assert_eq!(settings.trunk.repository.as_deref(), Some("other"));
    assert_eq!(settings.section("lint").merged()["rules"]["link-orphan"], json!("off"));
}

#[test]
fn the_layers_of_a_section_stay_apart() {
    let case =
        Case::new().user("triage: {confidence: 90}\n").repository("triage: {confidence: 75}\n");
    let section = case.read().0.section("triage");
    let seen: Vec<_> = section.layers().map(|(_, value)| value["confidence"].clone()).collect();
    assert_eq!(seen, [json!(70), json!(90), json!(75)]);
}

#[test]
fn a_wrong_command_line_is_refused_with_a_hint() {
    use crate::hint::{ErrorKind, Helpful};
    let message = |typed: &str| {
        let error: ConfigError = Override::parse(typed).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(!error.hints().is_empty());
        error.to_string()
    };
    assert_eq!(message("routing.budget"), "'routing.budget' is not KEY=VALUE");
    assert_eq!(
        message("routing.budgt=1"),
        "unknown setting 'routing.budgt'; did you mean 'routing.budget'?"
    );
    assert_eq!(
        message("routing.budget=x"),
        "'routing.budget' is 'x'; expected a whole number from 1 to 1000000"
    );
    assert_eq!(message("=x"), "unknown setting ''");
}

#[test]
fn a_name_below_a_star_may_hold_dots() {
    let (settings, _) = Case::new().typed("wikilinks.docs/my.wiki=text-first").read();
    let page = RepoPath::new("docs/my.wiki/a.md").unwrap();
    assert_eq!(settings.wikilinks.order_in(&page), WikilinkOrder::TextFirst);
}

#[test]
fn the_environment_is_read_from_its_own_struct() {
    let variables = [("PRODE_MODE".to_owned(), "comment".into())];
    let environment = Environment::of(Platform::Unix, variables);
    let sources =
        Sources { user: None, repository: None, environment: &environment, command_line: &[] };
    let (settings, _) = Settings::resolve(sources);
    assert_eq!(origin_of(&settings, "mode"), "\"comment\" env PRODE_MODE");
}

proptest! {
    /// Whatever a repository's file holds, reading it ends and user-only keys stay unset.
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let environment = Environment::default();
        let sources = Sources { user: None, repository: Some(&bytes), environment: &environment, command_line: &[] };
        let (settings, _) = Settings::resolve(sources);
        prop_assert!(settings.memories.is_empty());
        prop_assert!(settings.secrets.is_empty());
    }
}
