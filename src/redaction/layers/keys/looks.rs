//! How a value looks by itself, wherever it stands: as people choose passwords,
//! as a term of the trade, as words that somebody joined.

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::name::Verdict;

/// Letters with digits or signs between them, as people choose passwords.
pub(super) fn looks_like(value: &str, verdict: Verdict) -> bool {
    let value = value.trim_end_matches(['!', '?']);
    let is_public =
        ["SHA256:", "MD5:", "sha256:", "ssh-", "ecdsa-"].iter().any(|it| value.starts_with(it));
    let makeup = Makeup::of(value);
    let signs = value.chars().filter(|c| "!@#$%^&*+?~§€".contains(*c)).count();
    let is_place = value.contains("://")
        || value.contains('/') && makeup.digits < 2
        || value.contains('@') && value.contains('.')
        || value.ends_with([':', '/']);
    let letters = letters(value, &makeup);
    let is_time = letters <= 1 || value.matches(':').count() > 0 && letters < 3;
    // `&'static` is borrowed.
    let is_call = value.contains(['(', '{', '[', '<', '=', '|']) && !value.ends_with('=')
        || value.starts_with("&'");
    let is_host = value.matches('.').count() >= 1
        && value.rsplit('.').next().is_some_and(|it| {
            it.len() >= 2 && it.len() <= 4 && it.bytes().all(|b| b.is_ascii_lowercase())
        });
    !is_public
        && !is_encoded(value)
        && !is_stand_in(value)
        && !is_place
        && !is_time
        && !is_call
        && !is_host
        && !verdict.is_code
        && value.len() >= 6
        && letters >= 3
        && (makeup.digits > 0 || signs > 0 || verdict.kind == "PASSWORD" && is_joined(value))
        && (!is_technical(value)
            || signs > 0 && letters >= 4 && !value.contains('@')
            || makeup.upper > 0 && makeup.digits > 0 && value.contains(['-', '.', '_']))
}

/// `Name%20equals%2086`: it is judged as it reads when it is decoded.
fn is_encoded(value: &str) -> bool {
    let escapes = value.split('%').skip(1).filter(|it| {
        it.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    escapes.take(3).count() == 3
}

/// `Krtecek.pod.stolem`: words that somebody joined.
fn is_joined(value: &str) -> bool {
    let is_word = |it: &str| it.len() >= 3 && it.chars().all(char::is_alphabetic);
    value.starts_with(char::is_uppercase)
        && value.contains(['.', '_'])
        && value.split(['.', '_']).all(is_word)
}

/// Digits and capitals or signs beside small letters.
pub(super) fn is_mixed(value: &str) -> bool {
    let makeup = Makeup::of(value);
    let is_capital = makeup.upper > 0 || !value.is_ascii() && value.chars().any(char::is_uppercase);
    makeup.digits > 0 && (is_capital || value.contains(['_', '#', '!', '$', '%', '&', '+']))
}

/// `hunter-two-go`: three small words or more.
pub(super) fn is_chain(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['-', '_', '.']).filter(|it| !it.is_empty()).collect();
    parts.len() >= 3 && parts.iter().all(|it| it.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// Names with digits that stand beside tokens: `OAuth2`, `SHA256`, `HTTP/2`.
pub(super) fn is_technical(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    [
        "oauth", "sha", "md5", "rs256", "hs256", "es256", "http", "utf", "base64", "aes", "argon2",
        "bcrypt", "pbkdf2", "ed25519", "x509", "tls", "ipv", "s3", "k8s", "ec2", "auth0", "gpt",
        "log4", "iso", "rfc", "cve", "adr", "jira", "pr#", "step", "node", "pod", "v1", "v2",
    ]
    .iter()
    .any(|it| lower.starts_with(it))
        && value.len() < 16
        || value.contains('-')
            && Makeup::of(value).letters() > 0
            && Makeup::of(value).wordy * 3 >= Makeup::of(value).letters() * 2
}

/// Letters of any alphabet.
pub(super) fn letters(value: &str, makeup: &Makeup) -> usize {
    if value.is_ascii() {
        makeup.letters()
    } else {
        value.chars().filter(|it| it.is_alphabetic()).count()
    }
}
