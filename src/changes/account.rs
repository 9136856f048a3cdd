//! Whose the token is, and what it may do besides.

use serde_json::Value;

use super::calls::Forge;
use super::kind::Kind;
use super::operation::Operation;
use crate::http::{AskError, HttpError, items, text};

/// Who asks, as the forge knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name; `None` where the forge does not say, as for the token of an app.
    pub name: Option<String>,
    /// What its token may do.
    pub rights: Rights,
}

/// What a token may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rights {
    /// The forge does not say: a fine-grained token, or an app's.
    Untold,
    /// These scopes.
    Scopes(Vec<String>),
}

/// Scopes that only read.
const READ: &[&str] = &[
    // GitHub's.
    "repo:status",
    "repo_deployment:status",
    "read:org",
    "read:user",
    "user:email",
    "read:project",
    "read:packages",
    "read:repo_hook",
    "read:public_key",
    "read:gpg_key",
    "read:audit_log",
    "read:enterprise",
    // GitLab's.
    "read_api",
    "read_user",
    "read_repository",
    "read_registry",
];

impl Rights {
    /// Scopes by which something could be changed.
    pub fn that_write(&self) -> Vec<&str> {
        match self {
            Self::Untold => Vec::new(),
            Self::Scopes(all) => {
                all.iter().map(String::as_str).filter(|it| !READ.contains(it)).collect()
            }
        }
    }
}

impl Forge {
    /// Whose the token is.
    ///
    /// # Errors
    /// The forge does not take the token, or did not answer.
    pub fn account(&mut self) -> Result<Account, AskError> {
        match self.kind() {
            Kind::GitHub => self.on_github(),
            Kind::GitLab => self.on_gitlab(),
        }
    }

    /// GitHub tells scopes of a classic token in a header, and of no other one.
    fn on_github(&mut self) -> Result<Account, AskError> {
        let question = Operation::HubAccount.question();
        let answer = match self.reader.ask(&question) {
            Err(AskError::Asked(HttpError::Forbidden { .. } | HttpError::NotFound { .. })) => {
                return Ok(Account { name: None, rights: Rights::Untold });
            }
            answer => answer?,
        };
        let name = text(&answer.value, "/login");
        let name = name.map_err(|why| self.reader.strange(&question, why))?;
        let scopes = answer.header("x-oauth-scopes").map(|it| {
            let scopes = it.split(',').map(str::trim).filter(|it| !it.is_empty());
            Rights::Scopes(scopes.map(str::to_owned).collect())
        });
        Ok(Account { name: Some(name), rights: scopes.unwrap_or(Rights::Untold) })
    }

    fn on_gitlab(&mut self) -> Result<Account, AskError> {
        let question = Operation::LabAccount.question();
        let name = match self.reader.read(&question, |it| text(it, "/username")) {
            Err(AskError::Asked(HttpError::Forbidden { .. } | HttpError::NotFound { .. })) => None,
            name => Some(name?),
        };
        let question = Operation::LabToken.question();
        let scopes = self.reader.read(&question, |it| {
            let scopes = items(it, "/scopes").filter_map(Value::as_str).map(str::to_owned);
            Ok(scopes.collect::<Vec<_>>())
        });
        let rights = match scopes {
            Ok(scopes) if !scopes.is_empty() => Rights::Scopes(scopes),
            // A job's token is none of these, and is not told of itself.
            Ok(_) | Err(AskError::Asked(_) | AskError::Credentials(_)) => Rights::Untold,
            Err(error) => return Err(error),
        };
        Ok(Account { name, rights })
    }
}
