//! The file: read whole, replaced whole, by one writer at a time.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::TokenError;
use super::token::Token;

const SCHEMA: &str = "prode.serve-tokens/v1";

/// Where the tokens of one repository are kept.
#[derive(Debug, Clone)]
pub struct TokenFile {
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    schema: String,
    tokens: Vec<Token>,
}

impl TokenFile {
    /// The file in `folder`, which belongs to one repository.
    pub fn below(folder: &Path) -> Self {
        Self { path: folder.join("serve-tokens-v1.json") }
    }

    /// Where it is, for people.
    pub fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// All tokens, also those that hold no more; `None` where none was ever made.
    ///
    /// # Errors
    /// The file is there and cannot be read, is damaged, or is not its owner's
    /// alone: nobody is let in then.
    pub fn read(&self) -> Result<Option<Vec<Token>>, TokenError> {
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.io(&error)),
            Ok(metadata) if is_exposed(&metadata) => {
                return Err(TokenError::Exposed { path: self.shown() });
            }
            Ok(_) => {}
        }
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) => return Err(self.io(&error)),
        };
        let damaged = |reason: String| TokenError::Damaged { path: self.shown(), reason };
        let kept: Kept =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if kept.schema != SCHEMA {
            return Err(damaged(format!("its schema is '{}'", kept.schema)));
        }
        Ok(Some(kept.tokens))
    }

    /// Changes the tokens; nothing is written where `change` fails. A second
    /// writer waits until the first is done.
    ///
    /// # Errors
    /// As [`read`](Self::read), if nothing can be written, or what `change` says.
    pub fn change<T, E: From<TokenError>>(
        &self,
        change: impl FnOnce(&mut Vec<Token>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.lock().map_err(|error| self.io(&error))?;
        let mut tokens = self.read()?.unwrap_or_default();
        let result = change(&mut tokens)?;
        self.put(&Kept { schema: SCHEMA.to_owned(), tokens }).map_err(|error| self.io(&error))?;
        Ok(result)
    }

    /// In one step, and on the disk before anybody is told a token.
    fn put(&self, kept: &Kept) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(&self.path);
        // Made for its owner alone, as the crate does with every temporary file.
        let mut new = tempfile::Builder::new().prefix("serve-tokens-").tempfile_in(folder)?;
        new.write_all(&serde_json::to_vec_pretty(kept)?)?;
        new.as_file().sync_all()?;
        new.persist(&self.path)?;
        Ok(())
    }

    /// A file beside it, since the file itself is replaced.
    fn lock(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(self.path.with_extension("lock"))?;
        file.lock()?;
        Ok(file)
    }

    fn io(&self, error: &io::Error) -> TokenError {
        TokenError::Io { path: self.shown(), reason: error.to_string() }
    }
}

#[cfg(unix)]
fn is_exposed(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

/// Elsewhere the folder's own rules decide.
#[cfg(not(unix))]
fn is_exposed(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn token(name: String) -> Token {
        let at = Timestamp::from_second(100).unwrap();
        Token {
            sha256: crate::tokens::hash(&name),
            name,
            scopes: Vec::new(),
            created: at,
            expires: at,
            revoked: None,
        }
    }

    #[test]
    fn writers_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::below(folder.path());
        assert!(file.read().unwrap().is_none());
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let file = &file;
                scope.spawn(move || {
                    for at in 0..10 {
                        let add = |tokens: &mut Vec<Token>| {
                            tokens.push(token(format!("{writer}-{at}")));
                            Ok::<_, TokenError>(())
                        };
                        file.change(add).unwrap();
                    }
                });
            }
        });
        assert_eq!(file.read().unwrap().unwrap().len(), 40);
    }

    #[test]
    fn what_is_damaged_lets_nobody_in() {
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::below(folder.path());
        let add = |tokens: &mut Vec<Token>| {
            tokens.push(token("a".to_owned()));
            Ok::<_, TokenError>(())
        };
        file.change(add).unwrap();
        let whole = fs::read(&file.path).unwrap();
        for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&file.path, &whole[..cut]).unwrap();
            assert!(matches!(file.read(), Err(TokenError::Damaged { .. })), "cut at {cut}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::below(folder.path());
        file.change(|_| Ok::<_, TokenError>(())).unwrap();
        let mode = fs::metadata(&file.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::set_permissions(&file.path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(file.read(), Err(TokenError::Exposed { .. })));
    }
}
