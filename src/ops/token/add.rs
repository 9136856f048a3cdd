//! `serve token add`: a new token, told once.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file;
use crate::hint::nearest;
use crate::ops::{OpError, random};
use crate::tokens::{Token, hash, is_name};
use crate::workspace::Workspace;

/// Days for which a token that holds no more is still listed.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Tokens of one repository.
const MOST: usize = 1_000;

/// What `serve token add` takes.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// How long it holds.
    pub holds: SignedDuration,
    /// Scopes that there are.
    pub known: &'a [&'a str],
}

/// A token, told this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Added {
    /// `prode.token_add/v1`.
    pub schema: String,
    /// What people call it.
    pub name: String,
    /// What is sent as `Authorization: Bearer …`.
    pub token: String,
    /// Names of tools that it may call, and `metrics`.
    pub scopes: Vec<String>,
    /// From when on it does not hold, in UTC.
    pub expires: String,
}

/// Makes a token.
///
/// # Errors
/// A name or a scope is none, a token of that name holds, or the file of tokens
/// cannot be used.
pub fn add(workspace: &Workspace, options: Options<'_>) -> Result<Added, OpError> {
    let Options { name, mut scopes, holds, known } = options;
    check(&name, &scopes, known)?;
    scopes.sort_by_key(|scope| known.iter().position(|name| name == scope));
    scopes.dedup();
    let token = format!("prode_{}", random::hex::<32>()?);
    let now = workspace.clock().now();
    let expires = now.checked_add(holds).map_err(|_| OpError::Usage {
        message: format!("no date is {holds:#} from now"),
        hint: "give --for a shorter time, such as 24h".to_owned(),
    })?;
    let kept = Token {
        name: name.clone(),
        sha256: hash(&token),
        scopes: scopes.clone(),
        created: now,
        expires,
        revoked: None,
    };
    file(workspace)?.change(|tokens| {
        if tokens.iter().any(|other| other.name == name && other.holds(now)) {
            return Err(OpError::Conflict {
                message: format!("a token '{name}' holds already"),
                hint: format!(
                    "give the new one another name, or first run prode serve token revoke {name}"
                ),
            });
        }
        let is_listed =
            |other: &Token| other.name != name && now.duration_since(other.expires) < KEPT;
        tokens.retain(is_listed);
        if tokens.len() >= MOST {
            return Err(OpError::Invalid {
                message: format!("there are {MOST} tokens already"),
                hint: "revoke one: prode serve token list".to_owned(),
            });
        }
        tokens.push(kept);
        Ok(())
    })?;
    let schema = "prode.token_add/v1".to_owned();
    Ok(Added { schema, name, token, scopes, expires: expires.to_string() })
}

fn check(name: &str, scopes: &[String], known: &[&str]) -> Result<(), OpError> {
    if !is_name(name) {
        return Err(OpError::Usage {
            message: format!("'{name}' cannot be a token's name"),
            hint: "use letters, digits, '.', '_' and '-', at most 64, such as ci-2026".to_owned(),
        });
    }
    for scope in scopes {
        if !known.contains(&scope.as_str()) {
            let hint = match nearest(scope, known.iter().copied()) {
                Some(near) => format!("did you mean '{near}'?"),
                None => format!("the scopes are: {}", known.join(", ")),
            };
            return Err(OpError::Usage { message: format!("there is no scope '{scope}'"), hint });
        }
    }
    Ok(())
}
