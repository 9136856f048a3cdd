//! The user's own settings file, as bytes.

use std::path::{Path, PathBuf};

use super::{ConfigError, Environment};

/// The user's file as it stands on disk.
#[derive(Clone, PartialEq, Eq)]
pub struct UserFile {
    /// Where it stands.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl UserFile {
    /// Where the user's file is looked for: `PRODE_CONFIG`, else `config.yaml`
    /// in the user's configuration folder.
    pub fn place(environment: &Environment) -> Option<PathBuf> {
        let usual = || Some(environment.config_folder.as_ref()?.join("config.yaml"));
        environment.config_file.clone().or_else(usual)
    }

    /// Reads it; `None` where there is none.
    ///
    /// # Errors
    /// If `PRODE_CONFIG` names a file that is missing, or a file cannot be read.
    pub fn read(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let Some(path) = Self::place(environment) else { return Ok(None) };
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(Self { path, bytes })),
            Err(error) => missing_or(&error, &path, environment.config_file.is_some()),
        }
    }
}

fn missing_or(
    error: &std::io::Error,
    path: &Path,
    is_named: bool,
) -> Result<Option<UserFile>, ConfigError> {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    let is_missing = matches!(error.kind(), NotFound | NotADirectory);
    match (is_missing, is_named) {
        (true, false) => Ok(None),
        (true, true) => Err(ConfigError::NoFile(path.to_owned())),
        (false, _) => {
            Err(ConfigError::Unreadable { path: path.to_owned(), reason: error.to_string() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_an_error_only_where_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut environment =
            Environment { config_folder: Some(folder.path().into()), ..Environment::default() };
        assert!(UserFile::read(&environment).unwrap().is_none());
        environment.config_file = Some(folder.path().join("none.yaml"));
        assert!(matches!(UserFile::read(&environment), Err(ConfigError::NoFile(_))));
        environment.config_file = Some(folder.path().into());
        assert!(matches!(UserFile::read(&environment), Err(ConfigError::Unreadable { .. })));
    }

    #[test]
    fn the_users_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.yaml"), "trunk: x\n").unwrap();
        let environment =
            Environment { config_folder: Some(folder.path().into()), ..Environment::default() };
        assert_eq!(UserFile::read(&environment).unwrap().unwrap().bytes, b"trunk: x\n");
    }
}
