//! `serve token`: who may ask over HTTP.

mod add;
mod list;
mod revoke;

pub use add::{Added, Options, add};
pub use list::{Listing, Row, list};
pub use revoke::{Revoked, revoke};

use super::OpError;
use crate::tokens::TokenFile;
use crate::workspace::Workspace;

fn file(workspace: &Workspace) -> Result<TokenFile, OpError> {
    Ok(workspace.tokens()?)
}
