//! Where this repository is published: as settings say, else as the address
//! of its remote does.

use super::side::Side;
use crate::forge::Address;
use crate::lint::OwnForge;
use crate::ops::error::OpError;

/// The forge's page of this repository; `None` where nothing names one.
pub(super) fn own(side: &Side<'_>) -> Result<Option<OwnForge>, OpError> {
    let section = side.memory.settings.section("forge").merged();
    let text = |key: &str| section.get(key).and_then(serde_json::Value::as_str);
    let host = match text("kind") {
        None | Some("github") => Some("github.com"),
        Some("gitlab") => Some("gitlab.com"),
        Some(_) => None,
    };
    let named = host.zip(text("repo")).map(|(host, repo)| format!("https://{host}/{repo}"));
    let address = || Address::of_remote(&side.workspace.repository()?.remote_address()?);
    let remote = || address().map(|it| it.page());
    let Some(url) = named.or_else(remote) else { return Ok(None) };
    let trunk = side.workspace.trunk()?.map_or_else(|| "main".to_owned(), |trunk| trunk.name);
    Ok(Some(OwnForge { url, trunk }))
}
