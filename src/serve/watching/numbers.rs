//! What a watch counts, for whoever operates it.
//!
//! Labels take their values from fixed lists, and specialists by the names that they
//! are set up with, of which so many are told apart: nothing of a ticket is in them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::ops::triage::watch::{Control, Happened, Watcher};
use crate::ops::triage::{Held, Overseer as _, Step, Tracing};
use crate::serve::metrics::{by, counter, gauge, lock, text};
use crate::telemetry::{Family, Kind, Times, Value};
use crate::triage::event::Event;

/// Specialists that are told apart; the others are one.
const SPECIALISTS: usize = 64;

/// Counts, and passes on what happens.
pub(super) struct Numbers {
    pub(super) control: Arc<Control>,
    watcher: Arc<dyn Watcher>,
    looked: Mutex<Looked>,
    runs: Mutex<BTreeMap<(String, String), u64>>,
    decisions: Mutex<BTreeMap<String, u64>>,
    reasons: Mutex<BTreeMap<String, u64>>,
    failures: AtomicU64,
    left: AtomicU64,
    steps: Mutex<BTreeMap<String, Times>>,
    calls: Mutex<BTreeMap<(String, &'static str), u64>>,
    answers: Mutex<BTreeMap<String, Times>>,
    pub(super) webhooks: AtomicU64,
    retries: AtomicU64,
    timeouts: AtomicU64,
    budget_stops: AtomicU64,
    costs: Mutex<BTreeMap<String, u64>>,
    /// Who tells the collector.
    tracing: Option<Tracing>,
}

/// What the looks at the queue came to.
#[derive(Default)]
struct Looked {
    well: u64,
    badly: u64,
    /// When it was last looked at well: for whoever waits, and for people.
    last: Option<(Instant, i64)>,
    /// Why it cannot be looked at.
    why: Option<(String, String)>,
    tickets: usize,
    waiting: usize,
    stuck: usize,
}

impl Numbers {
    pub(super) fn new(
        control: Arc<Control>,
        watcher: Arc<dyn Watcher>,
        tracing: Option<Tracing>,
    ) -> Self {
        Self {
            control,
            watcher,
            looked: Mutex::default(),
            runs: Mutex::default(),
            decisions: Mutex::default(),
            reasons: Mutex::default(),
            failures: AtomicU64::default(),
            left: AtomicU64::default(),
            steps: Mutex::default(),
            calls: Mutex::default(),
            answers: Mutex::default(),
            webhooks: AtomicU64::default(),
            retries: AtomicU64::default(),
            timeouts: AtomicU64::default(),
            budget_stops: AtomicU64::default(),
            costs: Mutex::default(),
            tracing,
        }
    }

    /// Waits until the collector was told everything, for no longer than `most`.
    pub(super) fn finish(&self, most: Duration) {
        self.tell();
        if let Some(tracing) = &self.tracing {
            // What was dropped is counted; a stop waits for nobody longer.
            let _ = tracing.finish(most);
        }
    }

    /// How long ago the queue was looked at well.
    ///
    /// # Errors
    /// It was not yet, or cannot be: why, and what to do.
    pub(super) fn last_look(&self) -> Result<Duration, (String, String)> {
        let looked = lock(&self.looked);
        match (&looked.why, looked.last) {
            (Some(why), _) => Err(why.clone()),
            (None, Some((last, _))) => Ok(last.elapsed()),
            (None, None) => {
                let hint = "it is about to be: ask again".to_owned();
                Err(("the queue was not looked at yet".to_owned(), hint))
            }
        }
    }

    /// All of it, as it is scraped.
    pub(super) fn text(&self) -> String {
        let mut families = self.families();
        families.extend(process());
        text(&families)
    }

    /// Tells the collector how it stands, where there is one.
    pub(super) fn tell(&self) {
        if let Some(tracing) = &self.tracing {
            tracing.numbers(self.families());
        }
    }

    fn families(&self) -> Vec<Family> {
        let mut all = self.looks();
        let counts = self.control.counts();
        for (name, help, value) in [
            ("prode_watch_line", "Tickets and runs that wait for a worker.", counts.waiting),
            ("prode_watch_working", "Tickets and runs that are worked on.", counts.working),
            ("prode_watch_given_up", "Tickets that failed too often.", counts.given_up),
        ] {
            all.push(gauge(name, help).at(value as u64));
        }
        for (name, help, value) in [
            ("prode_triage_failures_total", "Tickets that could not be worked on.", &self.failures),
            ("prode_triage_left_total", "Runs that were given back by a stop.", &self.left),
            (
                "prode_triage_retries_total",
                "Runs that were taken over or gone on with.",
                &self.retries,
            ),
            (
                "prode_triage_timeouts_total",
                "Specialists that took all their time.",
                &self.timeouts,
            ),
            (
                "prode_triage_budget_stops_total",
                "Questions left out by a budget, a breaker or the deadline.",
                &self.budget_stops,
            ),
            ("prode_webhooks_total", "Webhooks with a good signature.", &self.webhooks),
        ] {
            all.push(counter(name, help).at(value.load(Ordering::Relaxed)));
        }
        all.extend(self.outcomes());
        all.extend(self.times());
        all.push(self.told());
        all
    }

    fn looks(&self) -> Vec<Family> {
        let looked = lock(&self.looked);
        let mut all = vec![
            counter("prode_watch_looks_total", "Looks at the queue.")
                .with(vec![("outcome", "ok".to_owned())], Value::Whole(looked.well))
                .with(vec![("outcome", "failed".to_owned())], Value::Whole(looked.badly)),
        ];
        if let Some((_, at)) = looked.last {
            let name = "prode_watch_last_look_timestamp_seconds";
            let at = u64::try_from(at).unwrap_or(0);
            all.push(gauge(name, "When the queue was last looked at well.").at(at));
        }
        for (name, help, value) in [
            ("prode_watch_queue", "Tickets in the queue.", looked.tickets),
            (
                "prode_triage_waiting_runs",
                "Runs that wait for a person's approval.",
                looked.waiting,
            ),
            (
                "prode_triage_stuck_runs",
                "Runs older than an hour that nobody works on.",
                looked.stuck,
            ),
        ] {
            all.push(gauge(name, help).at(value as u64));
        }
        all
    }

    fn outcomes(&self) -> Vec<Family> {
        let help = "Runs that came to rest, by phase and decision.";
        let mut runs = counter("prode_triage_runs_total", help);
        for ((phase, decision), count) in lock(&self.runs).iter() {
            let labels = vec![("phase", phase.clone()), ("decision", decision.clone())];
            runs = runs.with(labels, Value::Whole(*count));
        }
        let help = "Questions to specialists, by how they ended.";
        let mut calls = counter("prode_triage_specialist_calls_total", help);
        for ((specialist, outcome), count) in lock(&self.calls).iter() {
            let labels =
                vec![("specialist", specialist.clone()), ("outcome", (*outcome).to_owned())];
            calls = calls.with(labels, Value::Whole(*count));
        }
        let decisions = counter("prode_triage_decisions_total", "What the gate decided.");
        let reasons = counter("prode_triage_reasons_total", "Why, by reason code.");
        let costs = counter("prode_triage_cost_units_total", "What specialists said it cost.");
        vec![
            runs,
            by("decision", decisions, &lock(&self.decisions)),
            by("reason", reasons, &lock(&self.reasons)),
            by("specialist", costs, &lock(&self.costs)),
            calls,
        ]
    }

    fn times(&self) -> [Family; 2] {
        let all = |name, help, label, times: &Mutex<BTreeMap<String, Times>>| {
            let family = Family::new(name, Kind::Histogram, help);
            lock(times).iter().fold(family, |family, (value, times)| {
                family.with(vec![(label, value.clone())], Value::Times(times.clone()))
            })
        };
        [
            all(
                "prode_triage_step_duration_seconds",
                "Time of a run's steps, by phase.",
                "phase",
                &self.steps,
            ),
            all(
                "prode_triage_specialist_duration_seconds",
                "Time of a specialist's answers.",
                "specialist",
                &self.answers,
            ),
        ]
    }

    /// What the collector was told; nothing, where there is none.
    fn told(&self) -> Family {
        let counted = self.tracing.as_ref().map(Tracing::counted).unwrap_or_default();
        let family = counter("prode_telemetry_spans_total", "Spans, by what came of them.");
        [("sent", counted.sent), ("dropped", counted.dropped)].into_iter().fold(
            family,
            |family, (outcome, spans)| {
                family.with(vec![("outcome", outcome.to_owned())], Value::Whole(spans))
            },
        )
    }

    /// The name of a specialist as a label.
    fn label(&self, specialist: &str) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let is_name = specialist.len() <= 64 && specialist.chars().all(is_plain);
        let known = lock(&self.answers);
        if is_name && (known.contains_key(specialist) || known.len() < SPECIALISTS) {
            specialist.to_owned()
        } else {
            "other".to_owned()
        }
    }
}

impl Watcher for Numbers {
    fn happened(&self, what: &Happened) {
        let add = |counts: &Mutex<BTreeMap<String, u64>>, name: &String| {
            *lock(counts).entry(name.clone()).or_default() += 1;
        };
        match what {
            Happened::Looked { tickets, waiting, stuck, .. } => {
                let mut looked = lock(&self.looked);
                looked.well += 1;
                looked.last = Some((Instant::now(), Clock::system().now().as_second()));
                looked.why = None;
                (looked.tickets, looked.waiting, looked.stuck) = (*tickets, *waiting, *stuck);
            }
            Happened::NotLooked { why, hint } => {
                let mut looked = lock(&self.looked);
                looked.badly += 1;
                looked.why = Some((why.clone(), hint.clone()));
            }
            Happened::Rested { phase, decision, reasons, decided, .. } => {
                let decision = decision.clone().unwrap_or_else(|| "none".to_owned());
                if *decided {
                    add(&self.decisions, &decision);
                    for reason in reasons {
                        add(&self.reasons, reason);
                    }
                }
                *lock(&self.runs).entry((phase.clone(), decision)).or_default() += 1;
            }
            Happened::Failed { .. } => drop(self.failures.fetch_add(1, Ordering::Relaxed)),
            Happened::Left { .. } => drop(self.left.fetch_add(1, Ordering::Relaxed)),
            Happened::Taken { .. } | Happened::Stopping { .. } => {}
        }
        self.watcher.happened(what);
    }

    fn done(&self, step: &Step<'_>) {
        lock(&self.steps).entry(step.phase.to_string()).or_default().add(step.took);
        let one_more = |count: &AtomicU64| {
            count.fetch_add(1, Ordering::Relaxed);
        };
        if let Some(specialist) = step.specialist() {
            let label = self.label(specialist);
            lock(&self.answers).entry(label.clone()).or_default().add(step.took);
            *lock(&self.calls).entry((label.clone(), step.outcome)).or_default() += 1;
            let spent = step.events.iter().filter_map(|it| match it {
                Event::Answered { spent, .. } => Some(u64::from(spent.cost_units)),
                _ => None,
            });
            *lock(&self.costs).entry(label).or_default() += spent.sum::<u64>();
        }
        if step.is_late() {
            one_more(&self.timeouts);
        }
        for event in step.events {
            match event {
                Event::Claimed { attempt: 2.., .. } => one_more(&self.retries),
                Event::Unanswered { spent: true, .. } => one_more(&self.budget_stops),
                _ => {}
            }
        }
        if let Some(tracing) = &self.tracing {
            tracing.done(step);
        }
        self.watcher.done(step);
    }

    fn traces(&self) -> bool {
        self.tracing.is_some()
    }

    fn left(&self, held: &Held<'_>) {
        if let Some(tracing) = &self.tracing {
            tracing.left(held);
        }
        self.watcher.left(held);
    }
}

/// What the system says of the process, under the names that everybody's are under.
fn process() -> Vec<Family> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes =
        resident.and_then(|it| it.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    let resident = kilobytes.map(|kilobytes| {
        gauge("process_resident_memory_bytes", "Resident memory.").at(kilobytes * 1024)
    });
    let files = std::fs::read_dir("/proc/self/fd")
        .ok()
        .map(|files| gauge("process_open_fds", "Open file descriptors.").at(files.count() as u64));
    resident.into_iter().chain(files).collect()
}
