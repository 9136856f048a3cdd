//! Whose the credentials are.

use serde_json::{Value, json};

use super::calls::Aws;
use super::operation::Operation;
use crate::http::{AskError, HttpError, text};

/// Who asks, as AWS knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Twelve digits.
    pub account: String,
    /// The user or the role with its session.
    pub arn: String,
}

impl Aws {
    /// Whose the credentials are. Nobody needs a right to ask that.
    ///
    /// # Errors
    /// AWS does not know them, or did not answer.
    pub fn caller(&mut self) -> Result<Caller, AskError> {
        let operation = Operation::GetCallerIdentity;
        let answer = self.ask(operation, &json!({})).map_err(|error| match error {
            AskError::Asked(HttpError::Forbidden { host, .. }) => AskError::Credentials(host),
            error => error,
        })?;
        let whole = "/GetCallerIdentityResponse/GetCallerIdentityResult";
        let read = |answer: &Value| {
            Ok(Caller {
                account: text(answer, &format!("{whole}/Account"))?,
                arn: text(answer, &format!("{whole}/Arn"))?,
            })
        };
        read(&answer).map_err(|why| self.strange(operation, why))
    }
}
