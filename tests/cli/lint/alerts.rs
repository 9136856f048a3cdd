//! `--alerts`: alert rules and runbooks, held to each other.

use std::path::Path;

use serde_json::Value;

use crate::support::TestRepo;

const NODE: &str = include_str!("rules/node.yaml");
const CLUSTER: &str = include_str!("rules/cluster.yaml");
const WATCH: &str = include_str!("rules/watch.yml");

/// Pages whose alerts stand in the rules, but for the few that a test is about.
const PAGES: &[&str] = &[
    "node/NodeFilesystemSpaceFillingUp",
    "node/NodeFilesystemAlmostOutOfSpace",
    "node/NodeFilesystemAlmostOutOfFiles",
    "node/NodeRAIDDegraded",
    "node/NodeRAIDDiskFailure",
    "node/NodeClockSkewDetected",
    "node/NodeFileDescriptorLimit",
    "kubernetes/KubeAPIDown",
    "kubernetes/KubeSchedulerDown",
    "kubernetes/KubeControllerManagerDown",
    "kubernetes/KubeletDown",
    "kubernetes/KubeProxyDown",
    "kubernetes/KubePodNotReady",
    "kubernetes/KubeJobFailed",
    "kubernetes/KubeNodeNotReady",
    "kubernetes/KubePersistentVolumeFillingUp",
    "etcd/etcdNoLeader",
    "etcd/etcdInsufficientMembers",
    "etcd/etcdMembersDown",
    "etcd/etcdBackendQuotaLowSpace",
    "etcd/etcdHighFsyncDurations",
    "prometheus/PrometheusBadConfig",
    "prometheus/PrometheusNotIngestingSamples",
    "prometheus/PrometheusRuleFailures",
    "alertmanager/AlertmanagerClusterDown",
    "alertmanager/AlertmanagerFailedReload",
    "general/TargetDown",
];

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    for page in PAGES {
        let name = Path::new(page).file_name().unwrap().to_string_lossy();
        repo.write(format!("runbooks/{page}.md"), format!("# {name}\n\nRun `make look`.\n"));
    }
    repo.write(
        "runbooks/node/clock.md",
        "---\nsignals: [{alert: NodeClockNotSynchronising}]\n---\n# Clock\n",
    );
    repo.write("runbooks/node/NodeGone.md", "# NodeGone\n");
    repo.write("rules/node.yaml", NODE)
        .write("rules/deep/cluster.yaml", CLUSTER)
        .write("rules/watch.yml", WATCH);
    repo.commit("rules and runbooks");
    repo
}

/// `path:line:column rule: message` of every finding of the family.
fn found(answer: &Value) -> Vec<String> {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let findings = answer["findings"].as_array().unwrap().iter();
    let line = |it: &Value| {
        let (path, rule, message) = (text(it, "path"), text(it, "rule"), text(it, "message"));
        format!("{path}:{}:{} {rule}: {message}", it["line"], it["column"])
    };
    findings.map(line).collect()
}

const ALERTS: [&str; 6] = ["lint", "--rule", "alerts", "--json", "--alerts", "rules/**/*.y*ml"];

#[test]
fn rules_and_runbooks_are_held_to_each_other() {
    let answer = repo().prode(&ALERTS).fails(1).json();
    assert_eq!(
        found(&answer),
        [
            "rules/deep/cluster.yaml:25:18 alert-without-rotation: 'KubeControllerManagerDown' pages and does not say whom",
            "rules/deep/cluster.yaml:61:38 alert-runbook-unknown: the runbook of 'KubePersistentVolumeFillingUp' is no page: https://wiki.example.org/old/Volumes",
            "rules/node.yaml:38:36 alert-runbook-unknown: the runbook of 'NodeClockSkewDetected' is no page: https://runbooks.example.org/node/NodeClockSkewDetectd",
            "rules/node.yaml:42:16 alert-without-runbook: 'NodeFanStopped' pages and has no runbook",
            "runbooks/node/NodeGone.md:0:0 runbook-without-alert: no alert names this runbook",
        ]
    );
    let hints: Vec<_> =
        answer["findings"].as_array().unwrap().iter().map(|it| &it["hint"]).collect();
    assert_eq!(hints[1], "did you mean runbooks/kubernetes/KubePersistentVolumeFillingUp.md?");
    assert_eq!(hints[2], "did you mean runbooks/node/NodeClockSkewDetected.md?");
    assert_eq!(answer["alerts"], serde_json::json!({"files": 3, "alerts": 32, "paging": 22}));
}

#[test]
fn text_says_what_was_read_and_paths_do_not_hide_the_rules() {
    let run = repo().prode(&["lint", "runbooks/node", "--alerts", "rules/node.yaml"]).fails(1);
    let run = run.says("rules/node.yaml\n     38:36  error ");
    run.says("read 9 alerts in 1 file; 6 of them page somebody");
    let repo = repo();
    assert_eq!(
        repo.prode(&["lint", "--rule", "alerts", "--json"]).ok().json()["alerts"],
        Value::Null
    );
    let run = repo.prode(&["lint", "--alerts", "rules/node.yaml", "rules/watch.yml"]).fails(1);
    run.says("not checked: rules/watch.yml: no page; write a pattern of --alerts in quotes");
}

#[test]
fn a_pattern_that_names_nothing_is_an_error_that_says_so() {
    let repo = repo();
    let run = repo.prode(&["lint", "--alerts", "rules/*.json"]).fails(1);
    run.warns("no file matches 'rules/*.json'").warns("in quotes: --alerts 'rules/**/*.yaml'");
    repo.write(".gitignore", "rules/made.yaml\n").write("rules/made.yaml", WATCH);
    let answer = repo.prode(&ALERTS).fails(1).json();
    assert_eq!(answer["alerts"]["files"], 3, "what Git ignores is left out");
}

#[test]
fn a_file_that_is_no_yaml_is_found_and_keeps_what_it_cannot_judge_silent() {
    let repo = repo();
    repo.write("rules/chart.yaml", "groups:\n- rules:\n{{- if .Values.x }}\n  - alert: X\n");
    repo.write("rules/bytes.yaml", b"groups:\n- name: \xff\n");
    let answer = repo.prode(&ALERTS).fails(1).json();
    let found = found(&answer);
    let malformed = |it: &&String| it.contains("alert-file-malformed");
    let malformed: Vec<_> = found.iter().filter(malformed).collect();
    assert_eq!(malformed.len(), 2, "{found:?}");
    assert!(malformed[0].starts_with("rules/bytes.yaml:2:0 "), "{malformed:?}");
    assert!(malformed[1].starts_with("rules/chart.yaml:"), "{malformed:?}");
    assert!(!found.iter().any(|it| it.contains("runbook-without-alert")), "{found:?}");
    assert_eq!(answer["silent"][0]["rule"], "runbook-without-alert");
}

#[test]
fn against_a_revision_only_new_alerts_count_and_a_commit_has_its_own() {
    let repo = repo();
    let against = [&ALERTS[..], &["--against", "HEAD"]].concat();
    assert_eq!(found(&repo.prode(&against).ok().json()), [""; 0]);
    let new = "groups:\n- rules:\n  - alert: QueueFull\n    expr: depth > 9\n    labels: {severity: page, team: a}\n";
    repo.write("rules/queue.yaml", new);
    let seen = found(&repo.prode(&against).fails(1).json());
    assert_eq!(
        seen,
        ["rules/queue.yaml:3:12 alert-without-runbook: 'QueueFull' pages and has no runbook"]
    );
    let answer = repo.prode(&[&ALERTS[..], &["--rev", "HEAD"]].concat()).fails(1).json();
    assert_eq!(answer["alerts"]["files"], 3);
}

#[test]
fn rules_may_lie_in_another_repository() {
    let repo = repo();
    let other = TestRepo::no_repository();
    other.write("a.yaml", WATCH.replace("prometheusbadconfig", "prometheus-bad-konfig"));
    let pattern = format!("{}/*.yaml", other.path().display());
    let answer =
        repo.prode(&["lint", "--rule", "alert-runbook-unknown", "--json", "--alerts", &pattern]);
    let seen = found(&answer.fails(1).json());
    assert!(seen[0].starts_with(&format!("{}/a.yaml:7:", other.path().display())), "{seen:?}");
}

#[test]
fn an_address_in_this_repository_must_be_the_path_itself() {
    let repo = repo();
    repo.write("prode.yaml", "forge: {kind: github, repo: org/memory}\n");
    let rule = |path: &str| {
        format!(
            "groups:\n- rules:\n  - alert: A\n    expr: x\n    annotations: {{runbook_url: 'https://github.com/org/memory/blob/main/{path}'}}\n"
        )
    };
    repo.write("one.yaml", rule("runbooks/general/TargetDown.md#x"))
        .write("two.yaml", rule("general/TargetDown.md"));
    let args = |file| ["lint", "--rule", "alert-runbook-unknown", "--json", "--alerts", file];
    assert_eq!(found(&repo.prode(&args("one.yaml")).ok().json()), [""; 0]);
    assert_eq!(found(&repo.prode(&args("two.yaml")).fails(1).json()).len(), 1);
}
