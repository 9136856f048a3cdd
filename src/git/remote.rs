//! What the repository's own settings say of its remote; nothing is asked of it.

use super::Repository;

impl Repository {
    /// The address of `origin`, else of the only remote, as it is written in
    /// the repository's settings: nobody's `insteadOf` is applied.
    pub fn remote_address(&self) -> Option<String> {
        let remote = self.usual_remote()?;
        let config = self.git.config().ok()?.snapshot().ok()?;
        config.get_string(&format!("remote.{remote}.url")).ok().filter(|url| !url.trim().is_empty())
    }
}
