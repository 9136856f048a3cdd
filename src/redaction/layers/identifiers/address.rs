//! Mail addresses, but for example domains and the accounts of services.

use super::super::super::span::Match;
use super::super::super::text::{Text, sign};

/// Domains that RFC 2606 and RFC 6761 keep for examples.
const EXAMPLES: &[&str] = &["example.com", "example.org", "example.net", "example.edu"];
const EXAMPLE_ENDS: &[&str] = &["example", "test", "invalid", "localhost"];

/// Hosts whose accounts are programs or remotes, not people.
const SERVICES: &[&str] =
    &["gserviceaccount.com", "users.noreply.github.com", "noreply.github.com"];

/// What ends the names of systemd's units.
const UNITS: &[&str] = &["service", "timer", "socket", "target", "mount", "slice"];

/// What ends the names of files, and no host's.
const FILES: &[&str] = &[
    "js", "ts", "json", "yaml", "yml", "sha", "png", "svg", "css", "wav", "mp3", "mp4", "jpg",
    "jpeg", "gif", "webp", "pdf", "log", "xml", "html", "zip", "gz", "conf", "toml",
];

/// Accounts of version control, not people.
const ACCOUNTS: &[&str] = &["git", "hg", "svn"];

pub(super) fn emails(text: &Text<'_>, found: &mut Vec<Match>) {
    let mut done = 0;
    let lines = text.lines.iter().filter(|line| line.signs & (sign::AT | sign::PERCENT) != 0);
    let signs = lines.flat_map(|line| {
        let shown = text.line(line).as_bytes();
        memchr::memchr2_iter(b'@', b'%', shown).map(|at| line.start + at)
    });
    for at in signs {
        let width = match text.byte(at) {
            b'@' => 1,
            _ if text.bytes[at..].starts_with(b"%40") => 3,
            _ => continue,
        };
        if at < done {
            continue;
        }
        let Some((start, end)) = bounds(text, at, width) else { continue };
        let (user, host) = (&text.raw[start..at], &text.raw[at + width..end]);
        if is_person(user, host) && !is_in_credentials(text, start) {
            done = end;
            found.push(Match::new("email", "EMAIL", start..end, 90));
        }
    }
}

/// `https://name:password@host`
fn is_in_credentials(text: &Text<'_>, start: usize) -> bool {
    let before = text.line_before(start, 200);
    if memchr::memchr(b':', before.as_bytes()).is_none() {
        return false;
    }
    let word = before.rsplit([' ', '"', '\'', '<', '(', '\t']).next().unwrap_or("");
    word.rfind("://")
        .is_some_and(|at| !word[at + 3..].contains(['/', '?']) && word[at + 3..].contains(':'))
}

fn is_user(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-' | '\'' | '&' | '~')
}

/// Where an address begins and ends around its sign.
fn bounds(text: &Text<'_>, at: usize, width: usize) -> Option<(usize, usize)> {
    let before = text.before(at, 96);
    let user: usize = before.chars().rev().take_while(|c| is_user(*c)).map(char::len_utf8).sum();
    let user = before[before.len() - user..].trim_start_matches(['.', '\'', '-', '&', '+', '~']);
    let host = text.from(at + width, 260);
    let length: usize = host
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        .map(char::len_utf8)
        .sum();
    let host = host[..length].trim_end_matches(['.', '-']);
    (!user.is_empty() && host.contains('.')).then(|| (at - user.len(), at + width + host.len()))
}

fn is_person(user: &str, host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let labels: Vec<&str> = lower.split('.').collect();
    let Some(top) = labels.last() else { return false };
    let is_host = labels.iter().all(|label| !label.is_empty())
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic);
    let is_within = |it: &&str| {
        lower.strip_suffix(*it).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let is_example = EXAMPLES.iter().any(is_within) || EXAMPLE_ENDS.contains(top);
    let is_service = SERVICES.iter().any(|it| lower.ends_with(it))
        || ACCOUNTS.iter().any(|it| user.eq_ignore_ascii_case(it));
    is_host && !is_example && !is_service && !is_no_address(&labels)
}

/// `getty@tty1.service`, `icon@2x.png`; but not the name of a file that begins
/// with an address.
fn is_no_address(labels: &[&str]) -> bool {
    let Some((top, rest)) = labels.split_last() else { return true };
    let is_address = || {
        let is_domain =
            |top: &&str| top.len() >= 2 && top.bytes().all(|it| it.is_ascii_lowercase());
        rest.len() >= 2 && rest.last().is_some_and(is_domain)
    };
    UNITS.contains(top) || FILES.contains(top) && !is_address()
}
