//! Why a forge did not do what was asked.

use super::kind::Kind;
use crate::hint::{ErrorKind, Helpful};
use crate::http::{Advice, BadEndpoint, HttpError};

/// What stands against it. No message holds the token or a URL with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ForgeError {
    /// It was asked.
    #[error(transparent)]
    Asked(#[from] HttpError),
    /// The endpoint cannot be used; its text is not shown.
    #[error("the setting forge.endpoint cannot be used: {0}")]
    BadEndpoint(#[from] BadEndpoint),
    /// The endpoint does not tell which forge answers there.
    #[error("forge.endpoint is set, and not which kind of forge answers there")]
    NoKind,
    /// Where a forge answers is not known.
    #[error("the repository is on {0}, and the user's forge.endpoint does not say where that is")]
    NoEndpoint(Kind),
    /// The repository's name there is not known.
    #[error("what the repository is called on {0} is not known")]
    NoRepo(Kind),
    /// The setting names no repository.
    #[error("'{repo}' is no repository on {kind}")]
    BadRepo {
        /// Which forge.
        kind: Kind,
        /// What is set.
        repo: String,
    },
}

const ADVICE: Advice = Advice {
    token: "make a new one, and hand it over as PRODE_FORGE__TOKEN or in your own config.yaml",
    rights: "a token needs: pull requests, read and write (GitHub); api, as Developer (GitLab); write:repository and write:issue (Gitea)",
    missing: "is forge.repo right, and does the token reach it? prode config list --origin",
    refused: "see the repository's rules on the forge",
    strange: "is forge.kind right, and forge.endpoint the address of its API? prode doctor",
    elsewhere: "a token goes to one host: set forge.endpoint to the new one",
};

impl ForgeError {
    /// True where it may have been done all the same.
    pub fn is_unsure(&self) -> bool {
        matches!(self, Self::Asked(error) if error.is_unsure())
    }

    /// True where nothing is called so, or not for this token.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Asked(HttpError::NotFound { .. }))
    }
}

impl Helpful for ForgeError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Asked(error) => error.kind(),
            Self::BadEndpoint(_)
            | Self::NoKind
            | Self::NoEndpoint(_)
            | Self::NoRepo(_)
            | Self::BadRepo { .. } => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Asked(error) => error.hint(&ADVICE),
            Self::BadEndpoint(_) => "write it so: https://git.example.org/api/v4",
            Self::NoKind => "add forge: {kind: github | gitlab | gitea} to prode.yaml",
            Self::NoEndpoint(_) => {
                "set it on your side: PRODE_FORGE__ENDPOINT=https://git.example.org/api/v4"
            }
            Self::NoRepo(_) => "add forge: {repo: org/name} to prode.yaml",
            Self::BadRepo { .. } => "write it so: forge: {repo: org/name}",
        };
        vec![hint.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message whose advice is the forge's, with its kind, and what to type next.
    #[test]
    fn each_says_what_happened_and_what_to_do() {
        let (host, what) = ("git.example.org".to_owned(), "open a pull request");
        let (said, to) = ("a rule".to_owned(), "h".to_owned());
        let kind = Kind::GitLab;
        let all = [
            ForgeError::Asked(HttpError::BadToken { host: host.clone() }),
            ForgeError::Asked(HttpError::Forbidden {
                host: host.clone(),
                what,
                said: said.clone(),
            }),
            ForgeError::Asked(HttpError::NotFound { host: host.clone(), what }),
            ForgeError::Asked(HttpError::Refused { host: host.clone(), what, status: 422, said }),
            ForgeError::Asked(HttpError::NotUnderstood {
                host: host.clone(),
                what,
                why: "it is no list".to_owned(),
            }),
            ForgeError::Asked(HttpError::Elsewhere { host, what, to }),
            ForgeError::BadEndpoint(BadEndpoint("it is no URL")),
            ForgeError::NoKind,
            ForgeError::NoEndpoint(kind),
            ForgeError::NoRepo(kind),
            ForgeError::BadRepo { kind, repo: "a".to_owned() },
        ];
        let told = all.map(|it| format!("{:?}: {it}\n  {}", it.kind(), it.hints().join("; ")));
        insta::assert_snapshot!(told.join("\n"), @r"
        Invalid: git.example.org does not take the token
          make a new one, and hand it over as PRODE_FORGE__TOKEN or in your own config.yaml
        Waiting: git.example.org does not let this token open a pull request: a rule
          a token needs: pull requests, read and write (GitHub); api, as Developer (GitLab); write:repository and write:issue (Gitea)
        NotFound: git.example.org knows nothing by that name when asked to open a pull request
          is forge.repo right, and does the token reach it? prode config list --origin
        Invalid: git.example.org refused to open a pull request (422): a rule
          see the repository's rules on the forge
        Unavailable: the answer of git.example.org when asked to open a pull request is not understood: it is no list
          is forge.kind right, and forge.endpoint the address of its API? prode doctor
        Invalid: git.example.org sends elsewhere when asked to open a pull request: h
          a token goes to one host: set forge.endpoint to the new one
        Invalid: the setting forge.endpoint cannot be used: it is no URL
          write it so: https://git.example.org/api/v4
        Invalid: forge.endpoint is set, and not which kind of forge answers there
          add forge: {kind: github | gitlab | gitea} to prode.yaml
        Invalid: the repository is on gitlab, and the user's forge.endpoint does not say where that is
          set it on your side: PRODE_FORGE__ENDPOINT=https://git.example.org/api/v4
        Invalid: what the repository is called on gitlab is not known
          add forge: {repo: org/name} to prode.yaml
        Invalid: 'a' is no repository on gitlab
          write it so: forge: {repo: org/name}
        ");
    }
}
