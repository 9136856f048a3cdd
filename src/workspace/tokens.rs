//! Where tokens of `prode serve` are kept: in the repository's own Git folder.

use super::Workspace;
use super::place::Place;
use crate::tokens::{TokenError, TokenFile};

impl Workspace {
    /// The file of tokens.
    ///
    /// # Errors
    /// The folder is no repository, or its Git folder cannot be written.
    pub fn tokens(&self) -> Result<TokenFile, TokenError> {
        let Place::Git(repository) = &self.place else { return Err(TokenError::NoFolder) };
        let folder = repository.common_dir().join("prode");
        if folder.is_dir() || std::fs::create_dir(&folder).is_ok() {
            return Ok(TokenFile::below(&folder));
        }
        Err(TokenError::NoFolder)
    }
}
