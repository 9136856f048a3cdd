//! What a watch counts, for whoever operates it.
//!
//! Labels take their values from fixed lists, and specialists by the names that they
//! are set up with, of which so many are told apart: nothing of a ticket is in them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::ops::triage::Step;
use crate::ops::triage::watch::{Control, Happened, Watcher};
use crate::serve::metrics::{Times, head, line, lock};

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
    pub(super) fn new(control: Arc<Control>, watcher: Arc<dyn Watcher>) -> Self {
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
        let mut text = String::new();
        self.looks(&mut text);
        let counts = self.control.counts();
        for (name, help, value) in [
            ("prode_watch_line", "Tickets and runs that wait for a worker.", counts.waiting),
            ("prode_watch_working", "Tickets and runs that are worked on.", counts.working),
            ("prode_watch_given_up", "Tickets that failed too often.", counts.given_up),
        ] {
            gauge(&mut text, name, help, value);
        }
        for (name, help, value) in [
            ("prode_triage_failures_total", "Tickets that could not be worked on.", &self.failures),
            ("prode_triage_left_total", "Runs that were given back by a stop.", &self.left),
            ("prode_webhooks_total", "Webhooks with a good signature.", &self.webhooks),
        ] {
            head(&mut text, name, "counter", help);
            line(&mut text, name, "", value.load(Ordering::Relaxed));
        }
        self.outcomes(&mut text);
        self.times(&mut text);
        process(&mut text);
        text
    }

    fn looks(&self, text: &mut String) {
        let looked = lock(&self.looked);
        let name = "prode_watch_looks_total";
        head(text, name, "counter", "Looks at the queue.");
        line(text, name, "outcome=\"ok\"", looked.well);
        line(text, name, "outcome=\"failed\"", looked.badly);
        if let Some((_, at)) = looked.last {
            let name = "prode_watch_last_look_timestamp_seconds";
            gauge(text, name, "When the queue was last looked at well.", at);
        }
        gauge(text, "prode_watch_queue", "Tickets in the queue.", looked.tickets);
        let name = "prode_triage_waiting_runs";
        gauge(text, name, "Runs that wait for a person's approval.", looked.waiting);
        let name = "prode_triage_stuck_runs";
        gauge(text, name, "Runs older than an hour that nobody works on.", looked.stuck);
    }

    fn outcomes(&self, text: &mut String) {
        let name = "prode_triage_runs_total";
        head(text, name, "counter", "Runs that came to rest, by phase and decision.");
        for ((phase, decision), count) in lock(&self.runs).iter() {
            line(text, name, &format!("phase=\"{phase}\",decision=\"{decision}\""), count);
        }
        let rows = [
            ("prode_triage_decisions_total", "What the gate decided.", "decision", &self.decisions),
            ("prode_triage_reasons_total", "Why, by reason code.", "reason", &self.reasons),
        ];
        for (name, help, label, counts) in rows {
            head(text, name, "counter", help);
            for (value, count) in lock(counts).iter() {
                line(text, name, &format!("{label}=\"{value}\""), count);
            }
        }
        let name = "prode_triage_specialist_calls_total";
        head(text, name, "counter", "Questions to specialists, by how they ended.");
        for ((specialist, outcome), count) in lock(&self.calls).iter() {
            let labels = format!("specialist=\"{specialist}\",outcome=\"{outcome}\"");
            line(text, name, &labels, count);
        }
    }

    fn times(&self, text: &mut String) {
        let name = "prode_triage_step_duration_seconds";
        head(text, name, "histogram", "Time of a run's steps, by phase.");
        for (phase, times) in lock(&self.steps).iter() {
            times.lines(text, name, &format!("phase=\"{phase}\""));
        }
        let name = "prode_triage_specialist_duration_seconds";
        head(text, name, "histogram", "Time of a specialist's answers.");
        for (specialist, times) in lock(&self.answers).iter() {
            times.lines(text, name, &format!("specialist=\"{specialist}\""));
        }
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
        if let Some(specialist) = step.specialist {
            let label = self.label(specialist);
            lock(&self.answers).entry(label.clone()).or_default().add(step.took);
            *lock(&self.calls).entry((label, step.outcome)).or_default() += 1;
        }
        self.watcher.done(step);
    }
}

fn gauge(text: &mut String, name: &str, help: &str, value: impl std::fmt::Display) {
    head(text, name, "gauge", help);
    line(text, name, "", value);
}

/// What the system says of the process, under the names that everybody's are under.
fn process(text: &mut String) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes =
        resident.and_then(|it| it.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    if let Some(kilobytes) = kilobytes {
        let name = "process_resident_memory_bytes";
        gauge(text, name, "Resident memory.", kilobytes * 1024);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        gauge(text, "process_open_fds", "Open file descriptors.", files.count());
    }
}
