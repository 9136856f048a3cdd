//! Sends what is told, beside the work, and never in its way.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{
    Receiver, RecvTimeoutError, SyncSender, TrySendError, channel, sync_channel,
};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::encode;
use super::metric::Family;
use super::resource::Resource;
use super::span::Span;
use crate::http::{Call, Client, Endpoint, HttpError, Service, Sign, Token, Unsigned};

/// True where OTLP is a part of this program.
pub const IS_BUILT_IN: bool = cfg!(feature = "otlp");

/// What waits to be sent, at most; what comes on top is dropped.
const WAITING: usize = 256;

/// Spans of one request.
const AT_ONCE: usize = 512;

/// What one answer of a collector may take.
const LIMIT: Duration = Duration::from_secs(10);

/// What one request may take with all that is tried again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where spans and numbers go, as the user's settings say.
pub struct Collector {
    /// Up to what stands before `/v1/traces`.
    pub endpoint: Endpoint,
    /// The right to speak there, where it wants one.
    pub token: Option<Token>,
    /// What this program is called there.
    pub service: String,
}

/// What was sent and what was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Spans that a collector took.
    pub sent: u64,
    /// Spans that none took.
    pub dropped: u64,
}

/// Sends in a thread of its own.
pub struct Exporter {
    queue: SyncSender<Told>,
    ended: Mutex<Receiver<()>>,
    said: Arc<Said>,
}

enum Told {
    Spans(Vec<Span>),
    Numbers(Vec<Family>, Timestamp),
    /// Nothing comes after it.
    End,
}

/// What the thread came to.
#[derive(Default)]
struct Said {
    sent: AtomicU64,
    dropped: AtomicU64,
    why: Mutex<Option<String>>,
}

impl Said {
    fn dropped(&self, spans: usize) {
        self.dropped.fetch_add(spans as u64, Ordering::Relaxed);
    }

    fn why(&self, why: Option<String>) {
        *self.why.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }
}

impl Exporter {
    /// Nothing is sent until something is told. `instance` tells this process from
    /// others, which began at `since`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        collector: Collector,
        instance: String,
        since: Timestamp,
    ) -> Result<Self, std::io::Error> {
        let Collector { endpoint, token, service } = collector;
        let client = match token {
            Some(token) => Client::new(Service::OTLP, &endpoint, token, LIMIT),
            None => Client::signing(Service::OTLP, &endpoint, Box::new(Nobody), LIMIT),
        };
        let client = client.waiting(PATIENCE);
        let since = u64::try_from(since.as_nanosecond()).unwrap_or(0);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let resource = Resource { service, version, instance, since };
        let (queue, told) = sync_channel(WAITING);
        let (end, ended) = channel();
        let said = Arc::new(Said::default());
        let sender = Sender { client, resource, told, said: Arc::clone(&said) };
        thread::Builder::new().name("telemetry".to_owned()).spawn(move || {
            sender.work();
            // Whoever waited no longer has heard enough.
            let _ = end.send(());
        })?;
        Ok(Self { queue, ended: Mutex::new(ended), said })
    }

    /// Spans that are over. Does not wait: where too many wait already, they are dropped.
    pub fn spans(&self, spans: Vec<Span>) {
        if let Err(TrySendError::Full(Told::Spans(spans))) = self.queue.try_send(Told::Spans(spans))
        {
            self.said.dropped(spans.len());
        }
    }

    /// Numbers as they stand at `now`; the next ones stand for those that are lost.
    pub fn numbers(&self, families: Vec<Family>, now: Timestamp) {
        let _ = self.queue.try_send(Told::Numbers(families, now));
    }

    /// What was sent until now.
    pub fn counted(&self) -> Counted {
        let read = |it: &AtomicU64| it.load(Ordering::Relaxed);
        Counted { sent: read(&self.said.sent), dropped: read(&self.said.dropped) }
    }

    /// Why the last request was not taken, where it was not.
    pub fn why(&self) -> Option<String> {
        self.said.why.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until everything was sent, for no longer than `most`.
    ///
    /// # Errors
    /// Not everything was: why.
    pub fn finish(&self, most: Duration) -> Result<(), String> {
        let late = || format!("the collector did not take it within {} s", most.as_secs_f64());
        match self.queue.try_send(Told::End) {
            Err(TrySendError::Full(_)) => return Err(late()),
            Ok(()) | Err(TrySendError::Disconnected(_)) => {}
        }
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        match ended.recv_timeout(most) {
            Err(RecvTimeoutError::Timeout) => Err(late()),
            Ok(()) | Err(RecvTimeoutError::Disconnected) => self.why().map_or(Ok(()), Err),
        }
    }
}

/// What is in the thread.
struct Sender {
    client: Client,
    resource: Resource,
    told: Receiver<Told>,
    said: Arc<Said>,
}

impl Sender {
    fn work(&self) {
        let mut next = self.told.recv().ok();
        while let Some(told) = next.take() {
            match told {
                Told::Spans(mut spans) => {
                    while spans.len() < AT_ONCE && next.is_none() {
                        match self.told.try_recv() {
                            Ok(Told::Spans(more)) => spans.extend(more),
                            Ok(other) => next = Some(other),
                            Err(_) => break,
                        }
                    }
                    spans.chunks(AT_ONCE).for_each(|it| self.spans(it));
                }
                Told::Numbers(families, now) => {
                    let now = u64::try_from(now.as_nanosecond()).unwrap_or(0);
                    let body = encode::metrics(&self.resource, &families, now);
                    self.said.why(self.send("take numbers", "/v1/metrics", body).err());
                }
                Told::End => return,
            }
            next = next.or_else(|| self.told.recv().ok());
        }
    }

    fn spans(&self, spans: &[Span]) {
        let body = encode::spans(&self.resource, spans);
        match self.send("take spans", "/v1/traces", body) {
            Ok(rejected) => {
                let rejected = rejected.min(spans.len());
                self.said.sent.fetch_add((spans.len() - rejected) as u64, Ordering::Relaxed);
                self.said.dropped(rejected);
                let refused = (rejected > 0)
                    .then(|| format!("the collector refused {rejected} of {} spans", spans.len()));
                self.said.why(refused);
            }
            Err(why) => {
                self.said.dropped(spans.len());
                self.said.why(Some(why));
            }
        }
    }

    /// As many as were rejected one by one.
    fn send(&self, what: &'static str, path: &str, body: Value) -> Result<usize, String> {
        let read = |answer: &Value| {
            let rejected = &answer["partialSuccess"]["rejectedSpans"];
            let said = rejected.as_str().and_then(|it| it.parse().ok());
            Ok(said.or_else(|| rejected.as_u64()?.try_into().ok()).unwrap_or(0))
        };
        let call = Call::add(what, path.to_owned(), body);
        self.client.ask(&call, read).map_err(|error: HttpError| error.to_string())
    }
}

/// A collector that wants no token.
struct Nobody;

impl Sign for Nobody {
    fn sign(&self, _: &Unsigned<'_>) -> Option<Vec<(&'static str, String)>> {
        Some(Vec::new())
    }

    fn hidden_in(&self, text: &str) -> String {
        text.to_owned()
    }
}
