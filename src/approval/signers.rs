//! `.prode/allowed_signers`: whose key is whose, in the form of `ssh-keygen`
//! ("ALLOWED SIGNERS" in its manual).
//!
//! A line whose names are patterns names nobody, and a certificate authority
//! speaks for people that the file does not list: neither is trusted here.
//! Whether a key's time and purpose fit is for `ssh-keygen` to say.

use crate::diagnostic::Diagnostic;

/// What is wrong with the file is reported under this name.
const RULE: &str = "allowed-signers";

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerLine {
    /// Counted from 1.
    pub line: u32,
    /// The names.
    pub principals: Vec<String>,
    /// `cert-authority` stands on it.
    pub is_authority: bool,
    /// What the key may sign; `None`: anything.
    pub namespaces: Option<Vec<String>>,
    /// `valid-after` or `valid-before` stands on it.
    pub is_timed: bool,
    /// The key: its type and its base64.
    pub key: String,
    /// The whole line.
    pub text: String,
}

impl SignerLine {
    /// True if it names people and nothing but people.
    pub fn is_trusted(&self) -> bool {
        let names_one = |name: &String| !name.is_empty() && !name.contains(['*', '?', '!']);
        !self.is_authority && self.principals.iter().all(names_one)
    }
}

/// The file, understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signers {
    /// In the file's order.
    pub lines: Vec<SignerLine>,
}

impl Signers {
    /// Reads the file. Lines that cannot be understood, or name nobody, are reported.
    pub fn parse(bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        let text = String::from_utf8_lossy(bytes);
        let mut signers = Self::default();
        let mut problems = Vec::new();
        for (text, line) in text.lines().zip(1..) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let Some(signer) = parse_line(text, line) else {
                let message = "the line is not understood: names, options, key".to_owned();
                problems.push(Diagnostic::error(RULE, line, 0, message));
                continue;
            };
            if !signer.is_trusted() {
                let message =
                    "a wildcard or a certificate authority names nobody; the line does not count";
                problems.push(Diagnostic::error(RULE, line, 0, message.to_owned()));
            }
            signers.lines.push(signer);
        }
        (signers, problems)
    }

    /// Lines with this key.
    pub fn with_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a SignerLine> {
        self.lines.iter().filter(move |line| line.key == key)
    }

    /// The names that trusted lines give to somebody, each once, sorted.
    pub fn principals(&self) -> Vec<&str> {
        let trusted = self.lines.iter().filter(|line| line.is_trusted());
        let mut names: Vec<&str> =
            trusted.flat_map(|line| &line.principals).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The file with the trusted lines alone, for `ssh-keygen`.
    pub fn trusted_file(&self) -> String {
        let trusted = self.lines.iter().filter(|line| line.is_trusted());
        trusted.flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }
}

fn parse_line(text: &str, line: u32) -> Option<SignerLine> {
    let (names, rest) = word(text)?;
    let (first, after) = word(rest)?;
    let (options, kind, rest) = if is_key_type(first) {
        ("", first, after)
    } else {
        let (kind, rest) = word(after)?;
        (first, kind, rest)
    };
    let (base64, _) = word(rest)?;
    if !is_key_type(kind) {
        return None;
    }
    let options: Vec<&str> = parts(options).collect();
    let value = |name: &str| {
        options.iter().find_map(|option| {
            let (key, value) = option.split_once('=')?;
            key.eq_ignore_ascii_case(name).then(|| unquoted(value))
        })
    };
    let list = |text: &str| text.split(',').map(|it| it.trim().to_owned()).collect::<Vec<_>>();
    Some(SignerLine {
        line,
        principals: list(unquoted(names)),
        is_authority: options.iter().any(|it| it.eq_ignore_ascii_case("cert-authority")),
        namespaces: value("namespaces").map(list),
        is_timed: value("valid-after").or(value("valid-before")).is_some(),
        key: format!("{kind} {base64}"),
        text: text.to_owned(),
    })
}

fn is_key_type(word: &str) -> bool {
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|start| word.starts_with(start))
}

/// The first word and what follows; blanks inside quotes do not end it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut quoted = false;
    let end = text.find(|it: char| {
        quoted ^= it == '"';
        it.is_whitespace() && !quoted
    });
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    (!word.is_empty()).then_some((word, rest))
}

/// Options between commas; commas inside quotes do not part them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |it: char| {
        quoted ^= it == '"';
        it == ',' && !quoted
    })
}

fn unquoted(text: &str) -> &str {
    text.trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood() {
        let text = "# team\n\
            ada@example.org,ada namespaces=\"prode-approval,git\" ssh-ed25519 AAAA comment here\n\
            \"bob b\" valid-before=\"20270101Z\" sk-ssh-ed25519@openssh.com BBBB\n";
        let (signers, problems) = Signers::parse(text.as_bytes());
        assert!(problems.is_empty(), "{problems:?}");
        let [ada, bob] = signers.lines.as_slice() else { panic!("{signers:?}") };
        assert_eq!((ada.line, ada.key.as_str()), (2, "ssh-ed25519 AAAA"));
        assert_eq!(ada.namespaces, Some(vec!["prode-approval".into(), "git".into()]));
        assert!(!ada.is_timed && bob.is_timed);
        assert_eq!(bob.principals, ["bob b"]);
        assert_eq!(signers.principals(), ["ada", "ada@example.org", "bob b"]);
    }

    proptest::proptest! {
        /// Whatever the file holds, what is trusted names people only.
        #[test]
        fn any_text_is_survived(text in "([ -~\\n]|ssh-ed25519|cert-authority|\"){0,200}") {
            let (signers, _) = Signers::parse(text.as_bytes());
            for line in Signers::parse(signers.trusted_file().as_bytes()).0.lines {
                proptest::prop_assert!(line.is_trusted(), "{:?}", line);
            }
        }
    }

    #[test]
    fn patterns_and_authorities_name_nobody() {
        let text = "*@example.org ssh-ed25519 AAAA\n\
            ada,b?b ssh-ed25519 BBBB\n\
            !eve,ada ssh-ed25519 CCCC\n\
            ca cert-authority ssh-ed25519 DDDD\n\
            nonsense\n\
            ada ssh-ed25519 EEEE\n";
        let (signers, problems) = Signers::parse(text.as_bytes());
        let lines: Vec<u32> = problems.iter().map(|it| it.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5]);
        assert_eq!(signers.principals(), ["ada"]);
        assert_eq!(signers.trusted_file(), "ada ssh-ed25519 EEEE\n");
        assert_eq!(signers.with_key("ssh-ed25519 AAAA").count(), 1);
    }
}
