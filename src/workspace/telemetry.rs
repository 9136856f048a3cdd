//! The collector of the user's side.
//!
//! A repository says nothing of it: who hears what runs did is the user's word alone.

use super::{Workspace, WorkspaceError};
use crate::config::Secret;
use crate::http::{Endpoint, Token};
use crate::telemetry::{Collector, IS_BUILT_IN};

impl Workspace {
    /// Where spans and numbers go; `None` where no endpoint is set up.
    ///
    /// # Errors
    /// It is no URL that they may go to, or OTLP is no part of this program.
    pub fn collector(&self) -> Result<Option<Collector>, WorkspaceError> {
        let settings = self.own_settings();
        let Some(endpoint) = settings.secret("telemetry.endpoint") else { return Ok(None) };
        if !IS_BUILT_IN {
            return Err(WorkspaceError::NoCollector("this program was built without OTLP"));
        }
        let endpoint = Endpoint::parse(endpoint.reveal())
            .map_err(|error| WorkspaceError::NoCollector(error.0))?;
        let section = settings.section("telemetry").merged();
        Ok(Some(Collector {
            endpoint,
            token: settings.secret("telemetry.token").map(Secret::reveal).map(Token::new),
            service: section["service"].as_str().unwrap_or("prode").to_owned(),
        }))
    }
}
