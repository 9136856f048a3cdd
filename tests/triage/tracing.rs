//! What a collector hears of runs: whole traces without anything of a ticket, and never in
//! a run's way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::outside::Desk;
use super::servers::Served as Tooled;
use super::team::{Team, answer, ticket};
use super::watch::watch;
use crate::serve::{Served, until};
use crate::support::forge::Kind;
use crate::support::{Collector, ProdeRun, Span};

/// A token of nobody, in parts: nothing here looks like one.
const TOKEN: [&str; 2] = ["a-token", "-of-nobody"];

/// Runs the team's ticket, and tells a collector.
fn told(team: &Team, collector: &Collector, args: &[&str], more: &[(&str, String)]) -> ProdeRun {
    let mut variables = vec![
        ("PRODE_TELEMETRY__ENDPOINT", collector.address.clone()),
        ("PRODE_TELEMETRY__TOKEN", TOKEN.concat()),
    ];
    variables.extend(more.iter().cloned());
    team.repo.prode_in(&variables, args, "")
}

const RUN: [&str; 4] = ["triage", "run", "../home/ticket.json", "--json"];

/// Everything that holds of any trace, and its root.
fn whole(spans: &[Span]) -> &Span {
    let ids: BTreeSet<&str> = spans.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), spans.len(), "each has a name of its own");
    let roots: Vec<&Span> = spans.iter().filter(|it| it.parent.is_empty()).collect();
    let [root] = roots[..] else { panic!("one root: {spans:?}") };
    assert_eq!(root.name, "triage.run");
    let by_id: BTreeMap<&str, &Span> = spans.iter().map(|it| (it.id.as_str(), it)).collect();
    for span in spans {
        assert_eq!((span.trace.len(), span.id.len()), (32, 16));
        assert_eq!(span.trace, root.trace);
        assert!(span.from <= span.until, "{span:?}");
        let wanted = match span.name.as_str() {
            "triage.run" => continue,
            "triage.phase" => "triage.run",
            _ => "triage.phase",
        };
        let parent = by_id.get(span.parent.as_str()).unwrap_or_else(|| panic!("{span:?}"));
        assert_eq!(parent.name, wanted, "{span:?}");
        assert!(parent.from <= span.from && span.until <= parent.until, "{span:?} in {parent:?}");
    }
    root
}

fn named<'a>(spans: &'a [Span], name: &str) -> Vec<&'a Span> {
    spans.iter().filter(|it| it.name == name).collect()
}

#[test]
fn a_run_is_one_trace_with_every_parent_and_nothing_of_the_ticket() {
    let (team, collector) = (Team::new(), Collector::new());
    let from = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let run = told(&team, &collector, &RUN, &[("TRACEPARENT", from.to_owned())]).ok().json();
    assert_eq!(run["decision"], "pr");
    let spans = collector.spans();
    let root = whole(&spans);
    assert_eq!(root.facts["prode.run"], run["run"]);
    assert_eq!(root.facts["prode.decision"], "pr");
    assert_eq!(root.links, ["0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"]);
    let calls = named(&spans, "specialist.call");
    let asked: BTreeSet<&str> =
        calls.iter().map(|it| it.facts["prode.specialist"].as_str().unwrap()).collect();
    assert_eq!(asked, ["aws", "release", "sentry"].into());
    for call in &calls {
        assert_eq!(call.facts["prode.how"], "captured");
        assert!(call.facts["prode.answer"].as_str().unwrap().starts_with("hmac-sha256:"));
    }
    assert_eq!(named(&spans, "memory.route").len(), 1);
    let [gate] = named(&spans, "policy.check")[..] else { panic!("{spans:?}") };
    assert_eq!(gate.facts["prode.rule"], "gate");
    let reasons = gate.facts["prode.reasons"]["values"].as_array().unwrap();
    let reasons: Vec<&Value> = reasons.iter().map(|it| &it["stringValue"]).collect();
    assert_eq!(json!(reasons), run["reasons"]);
    for one in collector.told() {
        assert_eq!(
            one.authorization.as_deref(),
            Some(format!("Bearer {}", TOKEN.concat()).as_str())
        );
        holds_nothing(&one.body, &run);
    }
}

/// No word of what was asked or answered that is not a name of the settings, a code or a
/// number.
fn holds_nothing(body: &Value, run: &Value) {
    let mut texts = Vec::new();
    texts_of(body, &mut texts);
    let own: BTreeSet<String> = [&ticket(), &answer("aws"), &answer("sentry"), &answer("release")]
        .into_iter()
        .flat_map(|it| {
            let mut texts = Vec::new();
            texts_of(it, &mut texts);
            texts
                .into_iter()
                .flat_map(|it| it.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        })
        .filter(|it| it.len() > 3)
        .collect();
    let known = ["sentry", "release", "captured", "decide", "route", "hand-off", "inventory"];
    for text in texts {
        let is_said = own.iter().find(|it| text.contains(it.as_str()));
        let may = known.contains(&text.as_str())
            || run["reasons"].as_array().unwrap().iter().any(|it| it == text.as_str())
            || text.starts_with("prode.")
            || text == run["classification"]
            || text == run["run"];
        assert!(is_said.is_none() || may, "'{text}' holds {is_said:?}");
    }
}

/// Every text of a value that is no key of it.
fn texts_of(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|it| texts_of(it, all)),
        Value::Object(members) => {
            let values = members.iter().filter(|(name, _)| *name != "key");
            values.for_each(|(_, it)| texts_of(it, all));
        }
        _ => {}
    }
}

#[test]
fn whoever_is_asked_is_told_of_the_span_that_asks() {
    let (team, collector) = (Team::new(), Collector::new());
    let look = "printf '%s' \"$TRACEPARENT\" > \"$HOME/context-NAME\"; cat > /dev/null; \
        cat \"$HOME/answers/NAME.json\"";
    team.program("aws", look);
    team.program("sentry", look);
    told(&team, &collector, &RUN, &[]).ok();
    let spans = collector.spans();
    whole(&spans);
    for name in ["aws", "sentry"] {
        let context = fs::read_to_string(team.home(&format!("context-{name}"))).unwrap();
        let calls = named(&spans, "specialist.call");
        let call = calls.iter().find(|it| it.facts["prode.specialist"] == name).unwrap();
        assert_eq!(context, format!("00-{}-{}-01", call.trace, call.id));
    }
    // Whoever told no collector hands nothing on, whatever the environment says.
    let other = Team::new();
    other.program("aws", look);
    let from = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned();
    other.repo.prode_in(&[("TRACEPARENT", from)], &RUN, "").ok();
    assert_eq!(fs::read_to_string(other.home("context-aws")).unwrap(), "");
}

#[test]
fn a_run_that_goes_on_does_so_in_its_trace() {
    let (team, collector) = (Team::new(), Collector::new());
    team.program("sentry", "kill -9 $PPID; sleep 5");
    // The worker is killed within its question: of what it did nothing is told.
    told(&team, &collector, &RUN, &[]);
    assert_eq!(collector.spans().len(), 0);
    team.program("sentry", "cat > /dev/null; cat \"$HOME/answers/NAME.json\"");
    std::thread::sleep(Duration::from_millis(4_200));
    let run = told(&team, &collector, &RUN, &[]).ok().json();
    let spans = collector.spans();
    let root = whole(&spans).clone();
    assert_eq!(root.facts["prode.attempt"], "2");
    // It rests: going on with it is one more span of the same trace.
    let run = run["run"].as_str().unwrap();
    told(&team, &collector, &["triage", "resume", run], &[]).ok();
    let more = collector.spans();
    assert!(more.iter().all(|it| it.trace == root.trace), "{more:?}");
    let ids: BTreeSet<&str> = more.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), more.len());
}

#[test]
fn what_failed_says_so_and_in_which_way() {
    let (team, collector) = (Team::new(), Collector::new());
    team.program("sentry", "cat > /dev/null; echo 'no such project' >&2; exit 1");
    told(&team, &collector, &RUN, &[]).ok();
    let spans = collector.spans();
    whole(&spans);
    let calls = named(&spans, "specialist.call");
    let call = calls.iter().find(|it| it.facts["prode.specialist"] == "sentry").unwrap();
    assert!(call.failed);
    assert_eq!(call.facts["prode.absence"], "error");
    assert!(!collector.told().iter().any(|it| it.body.to_string().contains("no such project")));
}

#[test]
fn a_name_that_a_coordinator_made_up_is_told_to_nobody() {
    let (team, collector) = (Team::new(), Collector::new());
    team.program(
        "coordinator",
        r#"cat > /dev/null; echo '{"schema":"prode.coordinator.reply/v1","ask":[{"specialist":"ada-of-account-4711","question":"who?"}]}'"#,
    );
    let program = format!("[{}]", team.home("bin/coordinator").display());
    told(&team, &collector, &RUN, &[("PRODE_COORDINATOR__PROGRAM", program)]).ok();
    let spans = collector.spans();
    whole(&spans);
    let asked: BTreeSet<&str> = named(&spans, "specialist.call")
        .iter()
        .map(|it| it.facts["prode.specialist"].as_str().unwrap())
        .collect();
    assert!(asked.contains("other"), "{asked:?}");
    assert!(!collector.told().iter().any(|it| it.body.to_string().contains("4711")));
}

#[test]
fn a_collector_that_is_not_there_or_silent_holds_no_run_up() {
    let (team, collector) = (Team::new(), Collector::new());
    let usual = team.run().ok().json();
    let gone = ("PRODE_TELEMETRY__ENDPOINT", "http://127.0.0.1:9".to_owned());
    let begun = Instant::now();
    let team = Team::new();
    let run = told(&team, &collector, &RUN, &[gone]).ok().warns("the collector was not told");
    assert_eq!(run.json()["decision"], usual["decision"]);
    let team = Team::new();
    collector.is_silent.store(true, Ordering::SeqCst);
    let run = told(&team, &collector, &RUN, &[]).ok().warns("within 5 s");
    assert_eq!(run.json()["bundle"], usual["bundle"]);
    // Each waits for its collector for 5 s; only a hang would take as long as this.
    assert!(begun.elapsed() < Duration::from_mins(2), "{:?}", begun.elapsed());
}

#[test]
fn an_endpoint_that_cannot_be_used_is_refused_before_anything_is_done() {
    let (team, collector) = (Team::new(), Collector::new());
    for bad in ["collector:4318", "http://collector.example.org:4318", "https://a:b@c.example"] {
        let bad = ("PRODE_TELEMETRY__ENDPOINT", bad.to_owned());
        let run = told(&team, &collector, &RUN, &[bad]).fails(2);
        run.warns("telemetry.endpoint cannot be used").warns("4318, or unset it");
    }
    assert!(!team.store().exists(), "no run was opened");
    assert_eq!(collector.told().len(), 0);
}

#[test]
fn a_repository_names_no_collector() {
    let (team, collector) = (Team::new(), Collector::new());
    let settings = format!("telemetry:\n  endpoint: {}\n", collector.address);
    team.repo.write("prode.yaml", settings);
    team.repo.commit_at("settings", "2026-11-01T09:00:00Z");
    team.run();
    assert_eq!(collector.told().len(), 0);
}

#[test]
fn a_tool_of_a_server_is_told_in_the_metadata_of_its_call() {
    let (served, collector) = (Tooled::new(), Collector::new());
    served.set();
    told(&served.team, &collector, &RUN, &[]).ok();
    let called = fs::read_to_string(served.team.home("called-sentry.json")).unwrap();
    let called: Value = serde_json::from_str(&called).unwrap();
    let spans = collector.spans();
    let calls = named(&spans, "specialist.call");
    let call = calls.iter().find(|it| it.facts["prode.specialist"] == "sentry").unwrap();
    let context = format!("00-{}-{}-01", call.trace, call.id);
    assert_eq!(called["params"]["_meta"]["traceparent"], context, "{called}");
}

#[test]
fn a_watch_tells_traces_and_the_numbers_that_are_scraped() {
    let (desk, collector) = (Desk::new(Kind::GitLab).unwrap(), Collector::new());
    (0..3).for_each(|_| drop(desk.ticket()));
    let mut command = watch(&desk, &["--max-parallel", "2"]);
    command.env("PRODE_TELEMETRY__ENDPOINT", &collector.address);
    let server = Served::begin(command);
    until("all were worked on", || {
        server.metric("prode_telemetry_spans_total{outcome=\"sent\"}") > 0
            && collector.spans().iter().filter(|it| it.name == "triage.run").count() == 3
    });
    let scraped = server.get("/metrics", &[]).body;
    server.signal("TERM");
    server.end();
    let mut traces: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for span in collector.spans() {
        traces.entry(span.trace.clone()).or_default().push(span);
    }
    assert_eq!(traces.len(), 3);
    for spans in traces.values() {
        whole(spans);
    }
    // What was told last is what stood in the scrape, under the names that OTLP has for it.
    let numbers = collector.numbers();
    let runs = numbers.iter().filter(|((name, _), _)| name == "prode_triage_runs");
    let runs: u64 = runs.map(|(_, value)| value.as_str().unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!(runs, 3, "{numbers:?}");
    let calls = |it: &&((String, String), Value)| it.0.0 == "prode_triage_specialist_calls";
    let told: Vec<_> = numbers.clone().into_iter().collect();
    for ((_, labels), value) in told.iter().filter(calls) {
        let (outcome, specialist) = labels.split_once(',').unwrap();
        let quoted = |it: &str| it.replacen('=', "=\"", 1) + "\"";
        let line = format!(
            "prode_triage_specialist_calls_total{{{},{}}} {}\n",
            quoted(specialist),
            quoted(outcome),
            value.as_str().unwrap()
        );
        assert!(scraped.contains(&line), "no {line} in {scraped}");
    }
    assert!(told.iter().any(|it| calls(&it)), "{told:?}");
}
