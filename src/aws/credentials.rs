//! Whose word a request has: keys from named variables or from a profile.

use std::ffi::OsString;
use std::fmt;

/// Variables that may hold keys, as every program of AWS reads them.
pub const USUAL_VARIABLES: &[&str] =
    &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// A key with its secret, and with a token where it is of a session. Neither is
/// ever shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) session: Option<String>,
}

/// Why there are none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCredentials {
    /// A variable is not set, or not listed.
    #[error("variable '{0}' is not set, or specialists.aws.variables does not list it")]
    Variable(&'static str),
    /// The file has no such profile.
    #[error("the shared credentials file has no profile '{0}'")]
    Profile(String),
    /// The profile has no keys of its own.
    #[error(
        "profile '{0}' has no {1}: keys that another program hands out are not read; put them into variables"
    )]
    Keyless(String, &'static str),
}

/// Shows nothing of it.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<credentials>")
    }
}

impl Credentials {
    /// From variables that the settings let through.
    ///
    /// # Errors
    /// The key or its secret is not among them.
    pub fn of_variables(variables: &[(String, OsString)]) -> Result<Self, NoCredentials> {
        let find = |name: &'static str| {
            let found = variables.iter().find(|(it, _)| it == name);
            found.map(|(_, value)| value.to_string_lossy().trim().to_owned())
        };
        let must = |name| find(name).ok_or(NoCredentials::Variable(name));
        Ok(Self {
            key: must(USUAL_VARIABLES[0])?,
            secret: must(USUAL_VARIABLES[1])?,
            session: find(USUAL_VARIABLES[2]),
        })
    }

    /// From a profile of a shared credentials file: lines of `key = value` below
    /// `[profile]`. Only keys that stand there are read; nothing is started, and
    /// nobody else is asked for keys.
    ///
    /// # Errors
    /// There is no such profile, or it has no keys.
    pub fn of_profile(file: &str, profile: &str) -> Result<Self, NoCredentials> {
        let lines = file.lines().map(str::trim).filter(|it| !it.starts_with(['#', ';']));
        let head = format!("[{profile}]");
        let mut below = lines.skip_while(|line| *line != head).skip(1).peekable();
        if below.peek().is_none() {
            return Err(NoCredentials::Profile(profile.to_owned()));
        }
        let rows: Vec<(&str, &str)> = below
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.split_once('='))
            .map(|(name, value)| (name.trim(), value.trim()))
            .collect();
        let find = |name: &str| {
            let found = rows.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
            found.map(|(_, value)| (*value).to_owned()).filter(|it| !it.is_empty())
        };
        let must =
            |name| find(name).ok_or_else(|| NoCredentials::Keyless(profile.to_owned(), name));
        Ok(Self {
            key: must("aws_access_key_id")?,
            secret: must("aws_secret_access_key")?,
            session: find("aws_session_token"),
        })
    }

    /// `text` without secret, token and key.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let secrets = [Some(&self.secret), self.session.as_ref(), Some(&self.key)];
        let secrets = secrets.into_iter().flatten().filter(|it| !it.is_empty());
        secrets.fold(text.to_owned(), |text, it| text.replace(it.as_str(), "<credentials>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_up() -> [String; 3] {
        [["AKID", "EXAMPLE"].concat(), ["sec", "ret"].concat(), ["ses", "sion"].concat()]
    }

    #[test]
    fn variables_that_are_let_through_are_read() {
        let [key, secret, session] = made_up();
        let set = |name: usize, value: &str| (USUAL_VARIABLES[name].to_owned(), value.into());
        let all = [set(0, &key), set(1, &secret), set(2, &session)];
        let credentials = Credentials::of_variables(&all).unwrap();
        assert_eq!((&credentials.key, &credentials.secret), (&key, &secret));
        assert_eq!(credentials.session, Some(session));
        assert_eq!(Credentials::of_variables(&all[..2]).unwrap().session, None);
        let error = Credentials::of_variables(&all[..1]).unwrap_err();
        assert!(error.to_string().contains("AWS_SECRET_ACCESS_KEY"), "{error}");
    }

    #[test]
    fn a_profile_is_read_and_no_other_one() {
        let [key, secret, session] = made_up();
        let file = format!(
            "# shared\n[default]\naws_access_key_id = other\naws_secret_access_key=other\n\n[triage]\n\
             AWS_ACCESS_KEY_ID={key}\naws_secret_access_key = {secret}\n; no\naws_session_token={session}\n[last]\nregion = x\n"
        );
        let credentials = Credentials::of_profile(&file, "triage").unwrap();
        assert_eq!((&credentials.key, &credentials.secret), (&key, &secret));
        assert_eq!(credentials.session, Some(session));
        assert_eq!(Credentials::of_profile(&file, "default").unwrap().session, None);
        let none = NoCredentials::Profile("tria".to_owned());
        assert_eq!(Credentials::of_profile(&file, "tria"), Err(none));
        let keyless = NoCredentials::Keyless("last".to_owned(), "aws_access_key_id");
        assert_eq!(Credentials::of_profile(&file, "last"), Err(keyless));
    }

    #[test]
    fn nothing_of_them_is_shown() {
        let [key, secret, session] = made_up();
        let text = format!("{key} and {secret} and {session}");
        let credentials = Credentials { key, secret, session: Some(session) };
        assert_eq!(format!("{credentials:?}"), "<credentials>");
        assert_eq!(
            credentials.hidden_in(&text),
            "<credentials> and <credentials> and <credentials>"
        );
    }
}
