//! Values behind a secret's name that are words of a sentence.

use super::super::super::rules::secret_kind;
use super::super::super::text::Text;
use super::name::Verdict;
use super::value::Value;

/// `Enter your password`: words of a form or a message, no passphrase.
pub(super) fn is_sentence(value: &str) -> bool {
    if !value.contains(' ') {
        return false;
    }
    let words: Vec<String> = value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    names_secret(value) || words.len() > 2 && says(FUNCTION_WORDS)
}

/// True if one of the words says password or its like.
pub(super) fn names_secret(value: &str) -> bool {
    let words = value.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|it| it.len() > 3).any(|word| secret_kind(&word).is_some())
}

/// `passphrase: ask the owner`
pub(super) fn is_instruction(value: &str) -> bool {
    let first = value.split(' ').next().unwrap_or("").to_lowercase();
    let begins = [
        "the", "a", "an", "is", "enter", "see", "ask", "use", "must", "should", "was", "not",
        "for", "to", "if", "when", "please", "same", "as", "and", "or", "only", "kept", "stored",
        "may", "mismatch", "siehe", "wie", "nicht",
    ];
    begins.contains(&first.as_str()) || value.len() < 3
}

/// Words that hold sentences together.
pub(super) const FUNCTION_WORDS: &[&str] = &[
    "the", "is", "are", "was", "be", "been", "has", "have", "must", "should", "will", "would",
    "can", "cannot", "not", "to", "for", "from", "with", "by", "when", "if", "your", "you",
    "please", "this", "that", "which", "after", "before", "into", "because", "of", "ist", "nicht",
    "wird", "wurde", "der", "die", "und", "est", "pas", "pour",
];

/// `user: ops` on one of the lines above, as wide as this one.
fn is_below_user(text: &Text<'_>, value: &Value) -> bool {
    let line = text.line_before(value.span.start, 80);
    let indent = line.len() - line.trim_start().len();
    let above = text.before(value.span.start - line.len(), 200);
    above.lines().rev().take(3).any(|it| {
        let key = it.trim_start().split([':', '=']).next().unwrap_or("").trim();
        it.len() - it.trim_start().len() == indent
            && matches!(
                key,
                "user"
                    | "username"
                    | "login"
                    | "User"
                    | "Username"
                    | "Login"
                    | "benutzer"
                    | "Benutzer"
            )
    })
}

/// Words before `pass:` that say whose it is.
const OWNERS: &[&str] = &[
    "admin", "root", "user", "wifi", "wlan", "db", "ftp", "mail", "smtp", "imap", "vpn", "guest",
    "rdp", "ssh", "sudo", "login", "bios", "web", "router", "domain", "postgres", "mysql",
    "oracle",
];

fn is_owned(joint: &str, text: &Text<'_>, value: &Value) -> bool {
    let before = text.line_before(value.span.start, 60).to_ascii_lowercase();
    let mut words = before.trim_end().trim_end_matches(':').rsplit(' ');
    let name = words.next().unwrap_or("");
    joint.ends_with(':')
        && matches!(name, "pass" | "pin" | "cred")
        && words.next().is_some_and(|it| OWNERS.contains(&it))
        && text.line_from(value.span.end, 40).trim().is_empty()
}

/// ` ; changed`, ` # of the old host`
fn is_commented(text: &Text<'_>, value: &Value) -> bool {
    let rest = text.line_from(value.span.end, 4);
    [" ; ", " # ", " // "].iter().any(|it| rest.starts_with(it))
}

/// `Zugangsdaten: ops / …`: the value stands behind the user.
pub(super) fn is_user(text: &Text<'_>, verdict: Verdict, value: &Value) -> bool {
    verdict.kind == "SECRET" && text.line_from(value.span.end, 3) == " / "
}

/// `token: expires soon`: words that go on.
pub(super) fn is_prose(text: &Text<'_>, verdict: Verdict, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let joint = text.line_before(value.span.start, 8).trim_end();
    if joint.ends_with('=')
        && (joint.len() == text.line_before(value.span.start, 8).len() || verdict.is_common)
    {
        return false;
    }
    let is_word = it.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-');
    // A field of a login: `user: …` stands above it.
    if is_word && verdict.is_common && is_below_user(text, value) {
        return false;
    }
    // `admin pass: x`; and what a comment stands behind.
    if is_word && (verdict.is_common && is_owned(joint, text, value) || is_commented(text, value)) {
        return false;
    }
    let next: Vec<&str> = text.line_from(value.span.end, 200).split_whitespace().take(4).collect();
    let is_plain =
        |word: &&&str| word.chars().all(|c| c.is_alphabetic() || ".,;:'()-`".contains(c));
    let plain = next.iter().filter(is_plain).count();
    let glue = |word: &str| FUNCTION_WORDS.contains(&word.to_lowercase().trim_matches(['.', ',']));
    is_word
        && (plain >= 2 || plain == 1 && (next.len() == 1 && next[0].len() > 1 || verdict.is_common))
        && (next.iter().any(|it| glue(it)) || glue(it) || plain >= 2)
        || is_word && verdict.is_common
        || is_word && next.first().is_some_and(|it| *it == "|")
}
