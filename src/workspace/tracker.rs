//! The tracker of the user's side.
//!
//! A repository says nothing of it: where tickets are asked for and who comments
//! them is the user's word alone, and nothing is sent without a token.

use std::time::Duration;

use super::{Workspace, WorkspaceError};
use crate::http::Token;
use crate::tracker::{Place, Tracker};

impl Workspace {
    /// The tracker, and the right to speak there; `None` where none is set up or
    /// the user has no token. Nothing is sent yet.
    pub fn tracker(&self) -> Result<Option<Tracker>, WorkspaceError> {
        let Some(place) = self.tracker_place()? else { return Ok(None) };
        let Some(token) = self.own_settings().secret("tracker.token") else { return Ok(None) };
        let seconds = self.own_settings().section("tracker").merged()["timeout"].as_u64();
        let limit = Duration::from_secs(seconds.unwrap_or(30));
        Ok(Some(Tracker::new(place, Token::new(token.reveal()), limit)))
    }

    /// Which tracker, and where; `None` where none is set up.
    pub fn tracker_place(&self) -> Result<Option<Place>, WorkspaceError> {
        let section = self.own_settings().section("tracker").merged();
        let endpoint = self.own_settings().secret("tracker.endpoint");
        let endpoint = endpoint.map(crate::config::Secret::reveal);
        Ok(Place::of(section["kind"].as_str(), endpoint)?)
    }
}
