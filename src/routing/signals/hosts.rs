//! Which words with dots are machines, and not files, versions or code.

use std::net::Ipv4Addr;

use super::word::Word;

/// Bytes before the `@` of a connection in which its scheme is looked for.
const MAX_CREDENTIALS: usize = 200;

/// By its top level for a name, by its range or its port for an address.
pub(super) fn is_host(word: &Word<'_>) -> bool {
    let name = word.value();
    if is_in_address(word) || word.before().ends_with(['/', '\\', '_', '$']) {
        return false;
    }
    match name.parse::<Ipv4Addr>() {
        Ok(address) => is_machine(address) || has_port(word),
        Err(_) => is_host_name(name) && !word.after().starts_with(['(', '_']),
    }
}

/// Whether a name has the form of a machine's: three parts, or a first part
/// with a number in it, under a known top level.
pub(super) fn is_host_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let sound = parts.iter().all(|part| !part.is_empty() && part.len() <= 63);
    let last = last.to_ascii_lowercase();
    let known = TOP_LEVELS.contains(&last.as_str())
        || (last.len() == 2 && last.bytes().all(|b| b.is_ascii_lowercase()) && parts.len() >= 3);
    let numbered = first.contains('-') || first.bytes().any(|b| b.is_ascii_digit());
    let named = first.bytes().any(|b| b.is_ascii_alphabetic());
    sound
        && known
        && named
        && !FILE_ENDINGS.contains(&last.as_str())
        && parts.len() >= 2
        && (parts.len() >= 3 || numbered)
}

/// Ranges that are never a version of a program in practice.
fn is_machine(address: Ipv4Addr) -> bool {
    address.is_private() || address.is_documentation() || address.is_link_local()
}

fn has_port(word: &Word<'_>) -> bool {
    let mut after = word.after().chars();
    after.next() == Some(':') && after.next().is_some_and(|c| c.is_ascii_digit())
}

/// A person's mail address is no host; the authority of a connection is one.
fn is_in_address(word: &Word<'_>) -> bool {
    let before = word.before();
    let near = before.len().saturating_sub(MAX_CREDENTIALS);
    let near = &before[before.ceil_char_boundary(near)..];
    let connection = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    before.ends_with('@') && !connection.contains("://")
}

/// Top levels of machines' names that people run, and of names that
/// documentation uses.
const TOP_LEVELS: &[&str] = &[
    "app",
    "arpa",
    "cloud",
    "com",
    "consul",
    "corp",
    "dev",
    "edu",
    "example",
    "home",
    "internal",
    "intranet",
    "invalid",
    "io",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "mil",
    "gov",
    "net",
    "org",
    "prod",
    "private",
    "svc",
    "test",
    "tech",
];

/// Two-letter endings that a file has more often than a country.
const FILE_ENDINGS: &[&str] = &[
    "cc", "cs", "ex", "go", "js", "kt", "md", "ml", "pl", "pm", "ps", "py", "rb", "rs", "sh", "so",
    "ts", "vb", "gz", "db",
];
