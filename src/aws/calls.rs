//! One question to AWS and its answer.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::credentials::Credentials;
use super::operation::{Api, Form, Operation};
use super::signing::Signer;
use crate::http::{AskError, Asking, Call, Client, Endpoint, HttpError, Meaning, Reach, Service};

/// Where AWS is, and how long is waited for it.
#[derive(Debug, Clone)]
pub struct Place {
    /// `eu-west-1`.
    pub region: String,
    /// An address in the place of the region's own hosts.
    pub endpoint: Option<Endpoint>,
    /// How far names of hosts may reach.
    pub reach: Reach,
    /// What one answer may take.
    pub limit: Duration,
    /// What is waited in all where AWS asks to wait.
    pub waiting: Duration,
}

/// Asks AWS, as far as it may be asked.
pub struct Aws {
    place: Place,
    credentials: Credentials,
    now: fn() -> Timestamp,
    clients: BTreeMap<Api, Client>,
    asking: Asking,
}

/// AWS's protocols with JSON.
const SERVICE: Service = Service { meaning, follows: false, ..Service::GITLAB };

impl Aws {
    /// Nothing is sent until something is asked.
    pub fn new(place: Place, credentials: Credentials, now: fn() -> Timestamp) -> Self {
        Self { place, credentials, now, clients: BTreeMap::new(), asking: Asking::of("AWS") }
    }

    /// The region that is asked.
    pub fn region(&self) -> &str {
        &self.place.region
    }

    /// How many questions were asked.
    pub fn calls(&self) -> u32 {
        self.asking.calls()
    }

    /// Asks one thing. `input` has its members as the API's reference names them.
    ///
    /// # Errors
    /// AWS gave no answer that counts, or was not asked: it did not answer before, or
    /// too much was asked.
    pub(super) fn ask(&mut self, operation: Operation, input: &Value) -> Result<Value, AskError> {
        let (what, api) = (operation.what(), operation.api());
        if !self.clients.contains_key(&api) {
            let client = self.made(api).map_err(|why| self.asking.nowhere(what, why))?;
            self.clients.insert(api, client);
        }
        let Some(client) = self.clients.get(&api) else {
            return Err(self.asking.nowhere(what, "it is not known".to_owned()));
        };
        self.asking.ask(what, || client.send(&call(operation, input)))
    }

    /// An answer that has another form than the API's reference says.
    pub(super) fn strange(&self, operation: Operation, why: String) -> AskError {
        let named = self.place.endpoint.as_ref().map(|it| it.host().to_owned());
        let host = named.unwrap_or_else(|| host(operation.api(), self.region()));
        let host = host.trim_start_matches("https://").to_owned();
        AskError::Asked(HttpError::NotUnderstood { host, what: operation.what(), why })
    }

    fn made(&self, api: Api) -> Result<Client, String> {
        let Place { region, endpoint, reach, limit, waiting } = &self.place;
        let endpoint = match endpoint {
            Some(endpoint) => endpoint.clone(),
            None => Endpoint::parse(&host(api, region)).map_err(|error| error.to_string())?,
        };
        let signer = Signer {
            credentials: self.credentials.clone(),
            region: region.clone(),
            service: api.name(),
            now: self.now,
        };
        let endpoint = endpoint.within(*reach);
        let client = Client::signing(SERVICE, &endpoint, Box::new(signer), *limit);
        Ok(client.waiting(*waiting))
    }
}

/// The region's own host.
fn host(api: Api, region: &str) -> String {
    let end = if region.starts_with("cn-") { ".cn" } else { "" };
    format!("https://{}.{region}.amazonaws.com{end}", api.name())
}

/// A request in its service's form.
fn call(operation: Operation, input: &Value) -> Call {
    let (what, name) = (operation.what(), operation.name());
    match operation.api().form() {
        Form::Json { target, content_type } => {
            let headers = vec![("x-amz-target", format!("{target}.{name}"))];
            Call::typed(what, content_type, headers, input.to_string())
        }
        // The one question in this form takes nothing; the last field asks for JSON.
        Form::Query { version } => Call::typed(
            what,
            "application/x-www-form-urlencoded",
            Vec::new(),
            format!("Action={name}&Version={version}&ContentType=JSON"),
        ),
    }
}

/// What an error's body means: `__type` where a service speaks JSON, `Error` where it
/// speaks of a form. Names may stand behind a namespace.
fn meaning(answer: &Value) -> Option<Meaning> {
    let code = answer.get("__type").or_else(|| answer.pointer("/Error/Code"))?.as_str()?;
    let code = code.rsplit(['#', '.']).next().unwrap_or(code);
    let said = ["/message", "/Message", "/Error/Message"];
    let said = said.iter().find_map(|it| answer.pointer(it)?.as_str()).unwrap_or_default();
    let is = |words: &[&str]| words.iter().any(|word| code.contains(word));
    let words = || format!("{code}: {said}").trim_end_matches([':', ' ']).to_owned();
    Some(match code {
        _ if is(&["Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown"]) => {
            Meaning::Later
        }
        _ if is(&["ExpiredToken", "UnrecognizedClient", "InvalidClientTokenId", "Signature"]) => {
            Meaning::BadToken
        }
        _ if is(&["MissingAuthenticationToken", "InvalidAccessKeyId", "RequestExpired"]) => {
            Meaning::BadToken
        }
        _ if is(&["AccessDenied", "NotAuthorized", "OptInRequired"]) => Meaning::Forbidden(words()),
        _ if is(&["NotFound", "DoesNotExist", "NonExistent"]) => Meaning::NotFound,
        _ if is(&["InternalFailure", "InternalError", "InternalServer", "ServiceUnavailable"]) => {
            Meaning::Failed(words())
        }
        _ => Meaning::Refused(words()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_error_is_understood_in_either_form() {
        let json = |code: &str| meaning(&json!({"__type": code, "message": "why"}));
        assert_eq!(json("ThrottlingException"), Some(Meaning::Later));
        assert_eq!(json("com.amazon.coral.service#ExpiredTokenException"), Some(Meaning::BadToken));
        assert_eq!(json("com.amazonaws.sqs#QueueDoesNotExist"), Some(Meaning::NotFound));
        assert_eq!(json("AWS.SimpleQueueService.NonExistentQueue"), Some(Meaning::NotFound));
        let denied = "AccessDeniedException: why".to_owned();
        assert_eq!(json("AccessDeniedException"), Some(Meaning::Forbidden(denied)));
        let refused = "InvalidParameterException: why".to_owned();
        assert_eq!(json("InvalidParameterException"), Some(Meaning::Refused(refused)));
        let of_a_form = json!({"Error": {"Code": "InvalidClientTokenId", "Message": "why"}});
        assert_eq!(meaning(&of_a_form), Some(Meaning::BadToken));
        assert_eq!(meaning(&json!({"MetricAlarms": []})), None);
    }

    #[test]
    fn each_api_has_the_region_s_own_host() {
        assert_eq!(
            host(Api::CloudWatch, "eu-west-1"),
            "https://monitoring.eu-west-1.amazonaws.com"
        );
        assert_eq!(host(Api::Sts, "cn-north-1"), "https://sts.cn-north-1.amazonaws.com.cn");
    }
}
