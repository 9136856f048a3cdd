//! What all of them are set up by: `specialists.<name>` of the user's side.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::config::Secret;
use crate::http::{Endpoint, Reach, Token, Where};
use crate::triage::class::Kind;
use crate::workspace::Workspace;

/// What one answer of a service may take at most.
const CALL: Duration = Duration::from_secs(10);

/// What the user's settings say of a specialist; `None` where they set up another way
/// to ask it.
pub(in crate::ops::triage) fn row(workspace: &Workspace, name: &str) -> Option<Value> {
    let row = workspace.own_settings().section("specialists").merged()[name].clone();
    let is_other = row["program"].is_array() || row["mcp"]["command"].is_array();
    (!is_other).then_some(row)
}

/// Where a service is, and how long is waited for it.
pub(in crate::ops::triage) struct Place {
    /// The address that the settings name.
    pub(in crate::ops::triage) endpoint: Option<Endpoint>,
    /// How far names of hosts may reach.
    pub(in crate::ops::triage) reach: Reach,
    /// What one answer may take.
    pub(in crate::ops::triage) limit: Duration,
    /// What is waited in all where it asks to wait.
    pub(in crate::ops::triage) waiting: Duration,
}

/// Where the service of a specialist is that may take `seconds` for an answer.
pub(in crate::ops::triage) fn place(
    workspace: &Workspace,
    name: &str,
    row: &Value,
    seconds: Duration,
) -> Result<Place, String> {
    let key = format!("specialists.{name}.endpoint");
    let endpoint = workspace.own_settings().secret(&key);
    let endpoint = endpoint.map(|it| Endpoint::parse(it.reveal())).transpose();
    let endpoint = endpoint.map_err(|error| format!("{key} cannot be used: {error}"))?;
    let reach = reach(row["private"] == true, endpoint.as_ref());
    Ok(Place { endpoint, reach, limit: CALL.min(seconds / 6), waiting: seconds / 6 })
}

/// An address of the settings, and how long is waited for it.
pub(in crate::ops::triage) fn at(
    text: &str,
    is_private: bool,
    seconds: Duration,
) -> Result<Where, String> {
    let endpoint = Endpoint::parse(text).map_err(|error| error.to_string())?;
    let reach = reach(is_private, Some(&endpoint));
    Ok(Where { endpoint, reach, limit: CALL.min(seconds / 6), waiting: seconds / 6 })
}

/// An address on this machine is written as such; a name that leads there is not.
fn reach(is_private: bool, endpoint: Option<&Endpoint>) -> Reach {
    let is_private = is_private || endpoint.is_some_and(Endpoint::is_here);
    if is_private { Reach::Private } else { Reach::Public }
}

/// The same, at an address that everybody knows where the settings name none.
pub(in crate::ops::triage) fn known(
    workspace: &Workspace,
    name: &str,
    row: &Value,
    usual: &str,
    seconds: Duration,
) -> Result<Where, String> {
    let Place { endpoint, reach, limit, waiting } = place(workspace, name, row, seconds)?;
    let endpoint = endpoint.map_or_else(|| Endpoint::parse(usual), Ok);
    let endpoint = endpoint.map_err(|error| error.to_string())?;
    Ok(Where { endpoint, reach, limit, waiting })
}

/// The token of a specialist.
pub(in crate::ops::triage) fn token(workspace: &Workspace, name: &str) -> Result<Token, String> {
    let key = format!("specialists.{name}.token");
    let token = workspace.own_settings().secret(&key).map(Secret::reveal);
    let token = token.filter(|it| !it.is_empty()).ok_or_else(|| format!("{key} is not set"))?;
    Ok(Token::new(token))
}

/// What may be looked at, by the name of each service.
pub(in crate::ops::triage) fn services<L: DeserializeOwned>(
    name: &str,
    value: &Value,
    check: impl Fn(&L) -> Result<(), String>,
) -> Result<Vec<(String, L)>, String> {
    let key = format!("specialists.{name}.services");
    let rows = value.as_object().filter(|it| !it.is_empty());
    let rows = rows.ok_or_else(|| format!("{key} lists nothing that may be looked at"))?;
    rows.iter()
        .map(|(service, value)| {
            let wrong = |why: String| format!("{key}.{service}: {why}");
            let looks: L =
                serde_json::from_value(value.clone()).map_err(|it| wrong(it.to_string()))?;
            check(&looks).map_err(wrong)?;
            Ok((service.clone(), looks))
        })
        .collect()
}

/// Explanations that a row names have to be such.
pub(in crate::ops::triage) fn explanations<'a>(
    mut names: impl Iterator<Item = &'a String>,
) -> Result<(), String> {
    let strange = names.find(|it| Kind::named(it).is_none());
    strange.map_or(Ok(()), |name| Err(format!("there is no explanation '{name}'")))
}
