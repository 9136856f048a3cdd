//! A service that is only read.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::answered::Answered;
use super::asking::{AskError, Asking};
use super::client::Client;
use super::endpoint::Endpoint;
use super::error::HttpError;
use super::question::Question;
use super::reach::Reach;
use super::service::Service;
use super::token::Token;

/// Where a service is, and how long is waited for it.
#[derive(Debug, Clone)]
pub struct Where {
    /// Its address.
    pub endpoint: Endpoint,
    /// How far names of hosts may reach.
    pub reach: Reach,
    /// What one answer may take.
    pub limit: Duration,
    /// What is waited in all where it asks to wait.
    pub waiting: Duration,
}

/// Asks a service by [`Question`]s alone, as far as it may be asked: there is no other way
/// through it.
pub struct Reader {
    client: Client,
    endpoint: Endpoint,
    prefix: &'static str,
    asking: Asking,
    time: Option<Timestamp>,
}

impl Reader {
    /// Nothing is sent until something is asked. Messages call the service `whom`; its API
    /// stands at `prefix` where the address does not end in it.
    pub fn new(
        whom: &'static str,
        service: Service,
        place: Where,
        prefix: &'static str,
        token: Token,
    ) -> Self {
        Self::through(whom, service, place, prefix, |service, endpoint, limit| {
            Client::new(service, endpoint, token, limit)
        })
    }

    /// The same for a service that answers everybody: no token is sent.
    pub fn anonymous(
        whom: &'static str,
        service: Service,
        place: Where,
        prefix: &'static str,
    ) -> Self {
        Self::through(whom, service, place, prefix, Client::anonymous)
    }

    fn through(
        whom: &'static str,
        service: Service,
        place: Where,
        prefix: &'static str,
        client: impl FnOnce(Service, &Endpoint, Duration) -> Client,
    ) -> Self {
        let Where { endpoint, reach, limit, waiting } = place;
        let endpoint = endpoint.within(reach);
        let service = Service { follows: false, ..service };
        let client = client(service, &endpoint, limit).waiting(waiting);
        let prefix = if endpoint.path().ends_with(prefix) { "" } else { prefix };
        Self { client, endpoint, prefix, asking: Asking::of(whom), time: None }
    }

    /// How many questions were asked.
    pub fn calls(&self) -> u32 {
        self.asking.calls()
    }

    /// Where it is.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The time that it is there, as its last answer had it: what has arrived there by now
    /// is not for this machine's clock to say.
    pub fn time(&self) -> Option<Timestamp> {
        self.time
    }

    /// Asks one thing.
    ///
    /// # Errors
    /// It gave no answer that counts, or was not asked: it did not answer before, or too
    /// much was asked.
    pub fn ask(&mut self, question: &Question) -> Result<Answered, AskError> {
        let call = question.call(self.prefix);
        let client = &self.client;
        let answer = self.asking.ask(question.what(), || client.answered(&call))?;
        self.time = answer.time().or(self.time);
        Ok(answer)
    }

    /// The same, as `read` understands it.
    ///
    /// # Errors
    /// As [`Reader::ask`]; or the answer is of another form.
    pub fn read<T>(
        &mut self,
        question: &Question,
        read: impl Fn(&Value) -> Result<T, String>,
    ) -> Result<T, AskError> {
        let answer = self.ask(question)?;
        read(&answer.value).map_err(|why| self.strange(question, why))
    }

    /// An answer that has another form than the API's reference says.
    pub fn strange(&self, question: &Question, why: String) -> AskError {
        let (host, what) = (self.endpoint.host().to_owned(), question.what());
        AskError::Asked(HttpError::NotUnderstood { host, what, why })
    }
}
