//! The forge of the repository, as settings and the remote name it.
//!
//! What it is called there the trunk may say; where the token goes is the
//! user's word alone, and nothing is sent without a token.

use std::time::Duration;

use serde_json::Value;

use super::{Workspace, WorkspaceError};
use crate::config::{Origin, Settings};
use crate::forge::{Forge, Place, Said, Token};

/// How pull requests are opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// As a draft.
    pub draft: bool,
    /// With these labels.
    pub labels: Vec<String>,
}

impl Workspace {
    /// Where the repository is, and the right to speak there; `None` where no
    /// forge is named or the user has no token. Nothing is sent yet.
    pub fn forge(&self) -> Result<Option<Forge>, WorkspaceError> {
        let Some(token) = self.own_settings().secret("forge.token") else { return Ok(None) };
        let Some(place) = self.forge_place()? else { return Ok(None) };
        let seconds = self.own_settings().section("forge").merged()["timeout"].as_u64();
        let limit = Duration::from_secs(seconds.unwrap_or(30));
        Ok(Some(Forge::new(place, Token::new(token.reveal()), limit)))
    }

    /// Which forge and repository; `None` where nothing names one.
    pub fn forge_place(&self) -> Result<Option<Place>, WorkspaceError> {
        let section = self.forge_section()?;
        let text = |key: &str| section[key].as_str();
        let remote = self.repository().and_then(crate::git::Repository::remote_address);
        let endpoint = self.own_settings().secret("forge.endpoint");
        Ok(Place::of(Said {
            kind: text("kind"),
            repo: text("repo"),
            endpoint: endpoint.map(crate::config::Secret::reveal),
            remote: remote.as_deref(),
        })?)
    }

    /// How pull requests are opened.
    pub fn opening(&self) -> Result<Opening, WorkspaceError> {
        let section = self.forge_section()?;
        let labels = section["labels"].as_array().into_iter().flatten();
        let labels = labels.filter_map(|it| it.as_str().map(str::to_owned)).collect();
        Ok(Opening { draft: section["draft"].as_bool().unwrap_or(true), labels })
    }

    /// The trunk's settings, with the user's own around them.
    fn forge_section(&self) -> Result<Value, WorkspaceError> {
        let file = self.trunk_file("prode.yaml")?;
        Ok(self.settings(file.as_deref()).0.section("forge").merged())
    }
}

/// What a repository's own settings call it on its forge: `github:org/repo`.
pub fn forge_name(settings: &Settings) -> Option<String> {
    let section = settings.section("forge");
    let (_, said) = section.layers().find(|(origin, _)| **origin == Origin::Repository)?;
    let kind = said.get("kind").and_then(Value::as_str).unwrap_or("forge");
    Some(format!("{kind}:{}", said.get("repo")?.as_str()?))
}
