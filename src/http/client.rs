//! One request and its answer: limits, redirects, waiting, trying again.

use std::time::Duration;

use serde_json::Value;
use ureq::http::{HeaderValue, Method, Request, Response, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};

use super::answered::Answered;
use super::call::Call;
use super::endpoint::Endpoint;
use super::error::HttpError;
use super::patience::{MOST, Patience, wanted};
use super::reach::{Barred, Guard, Reach};
use super::right::{Right, Sign, Unsigned};
use super::service::{Meaning, Service};
use super::token::Token;
use super::words::words;

/// The largest answer that is read, in bytes.
const LARGEST: u64 = 8 << 20;

/// Redirects that are followed, on the same host.
const REDIRECTS: usize = 3;

/// Pages of a list that are read.
pub const PAGES: u32 = 200;

/// Characters of a service's own words that an error shows.
const WORDS: usize = 200;

/// Speaks to one endpoint.
pub struct Client {
    agent: Agent,
    service: Service,
    endpoint: Endpoint,
    right: Right,
    limit: Duration,
    waiting: Duration,
}

impl Client {
    /// Nothing is sent until something is asked. `limit` is what one answer may
    /// take.
    pub fn new(service: Service, endpoint: &Endpoint, token: Token, limit: Duration) -> Self {
        Self::with(service, endpoint, Right::Token(token), limit)
    }

    /// The same for a service that answers everybody.
    pub fn anonymous(service: Service, endpoint: &Endpoint, limit: Duration) -> Self {
        Self::with(service, endpoint, Right::Anybody, limit)
    }

    /// The same for a service that wants each request signed.
    pub fn signing(
        service: Service,
        endpoint: &Endpoint,
        signer: Box<dyn Sign>,
        limit: Duration,
    ) -> Self {
        Self::with(service, endpoint, Right::Signer(signer), limit)
    }

    fn with(service: Service, endpoint: &Endpoint, right: Right, limit: Duration) -> Self {
        let agent = agent(endpoint, limit);
        Self { agent, service, endpoint: endpoint.clone(), right, limit, waiting: MOST }
    }

    /// The same, waiting for `most` in all before one thing is told as not answered.
    #[must_use]
    pub fn waiting(self, most: Duration) -> Self {
        Self { waiting: most, ..self }
    }

    /// The answer's JSON as `read` understands it.
    pub fn ask<T>(
        &self,
        call: &Call,
        read: impl Fn(&Value) -> Result<T, String>,
    ) -> Result<T, HttpError> {
        let value = self.send(call)?;
        read(&value).map_err(|why| HttpError::NotUnderstood {
            host: self.host(),
            what: call.what,
            why: self.shown(&why),
        })
    }

    /// Every item of a list, page by page; `size` is what a page holds when
    /// another one follows.
    pub fn all<T>(
        &self,
        call: &Call,
        size: usize,
        read: impl Fn(&Value) -> Result<T, String>,
    ) -> Result<Vec<T>, HttpError> {
        let mut all = Vec::new();
        for page in 1..=PAGES {
            let items: Vec<T> = self.ask(&call.page(page), |value| {
                let items = value.as_array().ok_or("it is no list")?;
                items.iter().map(&read).collect()
            })?;
            let is_last = items.len() < size;
            all.extend(items);
            if is_last {
                return Ok(all);
            }
        }
        Err(self.endless(call.what))
    }

    /// A list that goes on for longer than anybody reads.
    pub fn endless(&self, what: &'static str) -> HttpError {
        let why = format!("it goes on after {PAGES} pages");
        HttpError::NotUnderstood { host: self.host(), what, why }
    }

    /// Sends it, and again where that does no harm.
    pub fn send(&self, call: &Call) -> Result<Value, HttpError> {
        self.answered(call).map(|it| it.value)
    }

    /// The same, with what the answer says beside its JSON.
    pub fn answered(&self, call: &Call) -> Result<Answered, HttpError> {
        let mut patience = Patience::within(self.waiting);
        loop {
            let (error, again) = match self.once(call) {
                Told::Done(answered) => return Ok(answered),
                Told::No(error) => return Err(error),
                Told::Perhaps(error) => (error, call.again && patience.after_failure()),
                Told::Later(wanted) => {
                    let again = call.waits && patience.after_refusal(wanted);
                    let seconds = wanted.map_or(60, |it| it.as_secs());
                    (HttpError::Busy { host: self.host(), what: call.what, seconds }, again)
                }
            };
            if !again {
                return Err(error);
            }
        }
    }

    fn once(&self, call: &Call) -> Told {
        let mut url = self.endpoint.at(&call.path);
        for _ in 0..=REDIRECTS {
            let mut response = match self.sent(call, &url) {
                Ok(response) => response,
                Err(error) => return error,
            };
            let status = response.status().as_u16();
            let location = || header(&response, "location").unwrap_or_default();
            if !self.service.follows && (300..400).contains(&status) {
                return Told::No(self.elsewhere(call, &host_of(&location())));
            }
            if !is_redirect(status, call) {
                return self.told(call, status, &mut response);
            }
            match self.endpoint.follow(&location()) {
                Ok(next) => url = next,
                Err(to) => return Told::No(self.elsewhere(call, &to)),
            }
        }
        Told::No(self.elsewhere(call, "round in circles"))
    }

    fn sent(&self, call: &Call, url: &str) -> Result<Response<Body>, Told> {
        let mut request = Request::builder().method(call.method.clone()).uri(url);
        request = request.header("accept", self.service.accept);
        for (name, value) in self.service.headers {
            request = request.header(*name, *value);
        }
        for (name, value) in call.body.iter().flat_map(|body| &body.headers) {
            request = request.header(*name, value);
        }
        for (name, secret) in self.proofs(call, url).ok_or_else(|| self.bad_token())? {
            let mut secret = HeaderValue::from_str(&secret).map_err(|_| self.bad_token())?;
            secret.set_sensitive(true);
            request = request.header(name, secret);
        }
        let sent = match &call.body {
            None => request.body(()).map(|it| self.agent.run(it)),
            Some(body) => {
                let request = request.header("content-type", body.content_type);
                request.body(body.text.clone()).map(|it| self.agent.run(it))
            }
        };
        // What was built of our own parts is no request only where a part is wrong.
        let sent = sent.map_err(|error| self.perhaps(call, &error.to_string()))?;
        sent.map_err(|error| self.lost(call, &error))
    }

    /// Headers that give the right to be answered.
    fn proofs(&self, call: &Call, url: &str) -> Option<Vec<(&'static str, String)>> {
        match &self.right {
            Right::Anybody => Some(Vec::new()),
            Right::Token(token) => {
                let secret = format!("{}{}", self.service.scheme, token.reveal());
                Some(vec![("authorization", secret)])
            }
            Right::Signer(signer) => {
                let body = call.body.as_ref();
                let typed = body.map(|it| ("content-type", it.content_type));
                let own = body.into_iter().flat_map(|it| &it.headers);
                let own = own.map(|(name, value)| (*name, value.as_str()));
                signer.sign(&Unsigned {
                    method: call.method.as_str(),
                    url,
                    headers: typed.into_iter().chain(own).collect(),
                    body: body.map_or(&[], |it| it.text.as_bytes()),
                })
            }
        }
    }

    fn bad_token(&self) -> Told {
        Told::No(HttpError::BadToken { host: self.host() })
    }

    fn told(&self, call: &Call, status: u16, response: &mut Response<Body>) -> Told {
        let wanted = wanted(|name| header(response, name));
        let text = match Self::body(response) {
            Ok(text) => text,
            // A refusal counts without its words.
            Err(_) if (400..500).contains(&status) => String::new(),
            Err(error) => return self.lost(call, &error),
        };
        let value = (self.service.reads)(&text);
        let (host, what) = (self.host(), call.what);
        if let Some(meaning) = value.as_ref().and_then(self.service.meaning) {
            return self.meant(call, status, wanted, meaning);
        }
        if (200..300).contains(&status) {
            return match value {
                Some(value) => Told::Done(Answered::of(value, |name| header(response, name))),
                None => self.perhaps(call, "the answer is no whole JSON"),
            };
        }
        let said = self.shown(&words(&value.unwrap_or(Value::Null)));
        Told::No(match status {
            429 => return Told::Later(wanted),
            403 if wanted.is_some() || said.contains("rate limit") => return Told::Later(wanted),
            401 => HttpError::BadToken { host },
            403 => HttpError::Forbidden { host, what, said },
            404 | 410 => HttpError::NotFound { host, what },
            400..500 => HttpError::Refused { host, what, status, said },
            503 if wanted.is_some() => return Told::Later(wanted),
            _ => return Told::Perhaps(HttpError::Failing { host, what, status }),
        })
    }

    fn meant(&self, call: &Call, status: u16, wait: Option<Duration>, meaning: Meaning) -> Told {
        let (host, what) = (self.host(), call.what);
        Told::No(match meaning {
            Meaning::Later => return Told::Later(wait),
            Meaning::Failed(said) => return self.perhaps(call, &said),
            Meaning::BadToken => HttpError::BadToken { host },
            Meaning::NotFound => HttpError::NotFound { host, what },
            Meaning::Forbidden(said) => {
                HttpError::Forbidden { host, what, said: self.shown(&said) }
            }
            Meaning::Refused(said) => {
                HttpError::Refused { host, what, status, said: self.shown(&said) }
            }
        })
    }

    fn body(response: &mut Response<Body>) -> Result<String, ureq::Error> {
        let body = response.body_mut().with_config().limit(LARGEST).read_to_vec()?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    /// What went wrong on the way, in words of our own: an error's may hold a URL.
    fn reason(&self, error: &ureq::Error) -> String {
        match error {
            ureq::Error::HostNotFound => "no such host".to_owned(),
            ureq::Error::BodyExceedsLimit(_) => "the answer is too large".to_owned(),
            ureq::Error::Io(error) => match error.kind() {
                std::io::ErrorKind::Other => self.shown(&error.to_string()),
                kind => kind.to_string(),
            },
            ureq::Error::ConnectionFailed => "the connection failed".to_owned(),
            ureq::Error::Protocol(_) => "the connection ended within the answer".to_owned(),
            other => self.shown(&other.to_string()),
        }
    }

    /// What became of it is not known, and after a time limit not decided yet.
    fn lost(&self, call: &Call, error: &ureq::Error) -> Told {
        if let ureq::Error::Timeout(_) = error {
            let (host, seconds) = (self.host(), self.limit.as_secs());
            return Told::Perhaps(HttpError::Late { host, what: call.what, seconds });
        }
        if let Some(Barred { address, why }) = Barred::of(error) {
            let (host, address) = (self.host(), address.to_string());
            return Told::No(HttpError::Barred { host, what: call.what, address, why });
        }
        self.perhaps(call, &self.reason(error))
    }

    fn perhaps(&self, call: &Call, why: &str) -> Told {
        let why = self.shown(why);
        Told::Perhaps(HttpError::NoAnswer { host: self.host(), what: call.what, why })
    }

    fn elsewhere(&self, call: &Call, to: &str) -> HttpError {
        HttpError::Elsewhere { host: self.host(), what: call.what, to: self.shown(to) }
    }

    fn host(&self) -> String {
        self.endpoint.host().to_owned()
    }

    /// Words of outside as an error may show them: short, on one line, without
    /// the token.
    fn shown(&self, text: &str) -> String {
        let text = self.right.hidden_in(text);
        let line = text.chars().map(|it| if it.is_control() { ' ' } else { it });
        line.take(WORDS).collect::<String>().trim().trim_end_matches('.').to_owned()
    }
}

/// What sends requests to an endpoint, and nothing to anywhere else.
fn agent(endpoint: &Endpoint, limit: Duration) -> Agent {
    let is_bound = endpoint.reach() != Reach::Anywhere;
    // Past no proxy that hears the token in the clear, and past none that looks for
    // an address itself where addresses are bound.
    let proxy = if endpoint.is_here() || is_bound { None } else { Proxy::try_from_env() };
    let config = Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A connection that is used once is never the reason to send twice.
        .max_idle_connections(0)
        .timeout_global(Some(limit))
        .proxy(proxy)
        .user_agent(concat!("prode/", env!("CARGO_PKG_VERSION")))
        .build();
    if is_bound {
        let guard = Guard::new(endpoint.reach());
        return Agent::with_parts(config, DefaultConnector::default(), guard);
    }
    config.into()
}

/// The host that a redirect names, and nothing else of it.
fn host_of(location: &str) -> String {
    let uri: Option<Uri> = location.parse().ok();
    uri.as_ref().and_then(Uri::host).unwrap_or("an address that is none").to_owned()
}

/// What came of one try.
enum Told {
    Done(Answered),
    /// It was not done.
    No(HttpError),
    /// It was not done: too much was asked.
    Later(Option<Duration>),
    /// Nobody knows.
    Perhaps(HttpError),
}

/// A request that changes something goes on only where the service says that it
/// stays the same request (RFC 9110 15.4).
fn is_redirect(status: u16, call: &Call) -> bool {
    matches!(status, 307 | 308) || (matches!(status, 301..=303) && call.method == Method::GET)
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}
