//! Tokens that a machine drew, without a name before them.
//!
//! The weakest layer: where a digest, an id, a version or a place has the
//! same shape, it is silent. With a word such as key or token close before,
//! less is enough.

use std::sync::LazyLock;

use super::super::exempt::{is_digest, is_masked, is_plain_shape, is_uuid};
use super::super::pattern::Pattern;
use super::super::randomness::Makeup;
use super::super::rules::{Additions, VENDORS, cue, secret_kind};
use super::super::span::Match;
use super::super::text::Text;

/// Shorter tokens are names, even drawn ones.
const SHORTEST: usize = 20;
/// With a telling word close before.
const SHORTEST_TOLD: usize = 14;
/// What is so long is first asked whether it is a path.
const LONG: usize = 40;
/// Longer ones are files in base64.
const LONGEST: usize = 4096;

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) {
    let runs = text.runs.iter().filter(|run| (SHORTEST_TOLD..=LONGEST).contains(&run.len()));
    for run in runs {
        judge(text, run.start, run.end, found);
    }
}

fn judge(text: &Text<'_>, start: usize, end: usize, found: &mut Vec<Match>) {
    let raw = &text.raw[start..end];
    if is_plainly_words(raw.as_bytes()) {
        return;
    }
    let name = raw
        .find('=')
        .filter(|at| *at > 0 && at + 2 < raw.len() && !raw[at + 1..].starts_with('='))
        .map_or(0, |at| at + 1);
    let token = raw[name..].trim_matches(['.', '-', '/', '!', '~', '+']);
    let start = start
        + name
        + (raw[name..].len()
            - raw[name..].trim_start_matches(['.', '-', '/', '!', '~', '+']).len());
    // Most of what is long is a path, and some of the rest looks like one.
    if is_like_path(text, token, start) || token.len() >= LONG && is_in_url(text, token, start) {
        return;
    }
    let makeup = Makeup::of(token);
    // No digit and no mixed case: a word, whatever its letters.
    if makeup.length < SHORTEST_TOLD
        || makeup.digits == 0 && (makeup.upper == 0 || makeup.lower == 0) && makeup.length < 32
    {
        return;
    }
    let is_hex = makeup.is_hex && makeup.digits > 2;
    if !is_hex && !makeup.is_drawn(SHORTEST_TOLD) {
        return;
    }
    // `"kms_key_id": "…"`, `credentialId: …`; and what is cut off.
    if is_identified(text, start)
        || text.raw[start + token.len()..].starts_with("...")
        || text.raw[start + token.len()..].starts_with("..[")
    {
        return;
    }
    if is_named_uuid(token) || is_named_hash(token) || is_in_public_block(text, start) {
        return;
    }
    let told = is_told(text, start);
    let shortest = if told { SHORTEST_TOLD } else { SHORTEST };
    if makeup.length < shortest || is_masked(token) || is_in_url(text, token, start) {
        return;
    }
    let is_telling_hex =
        told && makeup.is_hex && makeup.length >= 20 && makeup.digits > 2 && makeup.letters() > 2;
    let is_dense = makeup.is_drawn(shortest) && is_dense(&makeup, told);
    let is_exempt = if is_telling_hex { is_digest(text, start) } else { !is_dense };
    if is_exempt || !is_telling_hex && is_plain_shape(text, start, token) {
        return;
    }
    let confidence = if told { 60 } else { 45 };
    found.push(Match::new("drawn-token", "SECRET", start..start + token.len(), confidence));
}

/// A name that ends in id or name stands before it.
fn is_identified(text: &Text<'_>, start: usize) -> bool {
    let before = text.line_before(start, 64).trim_end_matches(['"', '\'', ' ', ':', '=', '\\']);
    let gap = text.line_before(start, 64).len() - before.len();
    gap > 0
        && ["_id", "_name", "_arn", "_uid", "-id", "-name", "Id", "Name", "Arn", "UID"]
            .iter()
            .any(|it| before.ends_with(it))
}

/// No digit, and letters of one case only, or digits only: decided without
/// a closer look.
fn is_plainly_words(raw: &[u8]) -> bool {
    let digits = count(raw, |it| it.is_ascii_digit());
    if digits > 0 && raw.len() < 32 && raw.iter().any(u8::is_ascii_alphabetic) {
        return false;
    }
    let lower = count(raw, |it| it.is_ascii_lowercase());
    let upper = count(raw, |it| it.is_ascii_uppercase());
    digits == 0 && (lower == 0 || upper == 0) && raw.len() < 32
        || lower + upper == 0
        || digits == 0 && upper < 3 && raw.len() < 32
}

/// How many bytes are of a kind; in parts so small that a byte holds their sum.
fn count(bytes: &[u8], is_one: impl Fn(u8) -> bool) -> usize {
    let part = |part: &[u8]| part.iter().map(|it| u8::from(is_one(*it))).sum::<u8>();
    bytes.chunks(255).map(|it| usize::from(part(it))).sum()
}

/// `req-` and a UUID, a UUID and more.
fn is_named_uuid(token: &str) -> bool {
    token.len() > 36
        && token.is_ascii()
        && (is_uuid(&token[token.len() - 36..]) || is_uuid(&token[..36]))
}

/// `sha256-…`, `SHA256:…`, a pod's `api-6d4cf56db6-7kq2w`.
fn is_named_hash(token: &str) -> bool {
    static HASH: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"^(?:(?i:sha(?:1|256|384|512)[-:=]|md5[-:=])|[a-z][a-z0-9.-]*-[a-f0-9]{8,10}-[a-z0-9]{5}(?:[^a-z0-9]|$))",
        )
    });
    HASH.is_match(token)
}

/// A line of a certificate or a public key.
fn is_in_public_block(text: &Text<'_>, start: usize) -> bool {
    if !text.line_before(start, 24).trim_matches([' ', '>', '|', '\t']).is_empty() {
        return false;
    }
    let before = text.before(start, 16 << 10);
    // Most texts have no such block.
    if !text.holds(const { cue("-----BEGIN ") }) {
        return false;
    }
    let begin = before.rfind("-----BEGIN ");
    begin.is_some_and(|at| {
        let block = &before[at..];
        let label = &block[..block.find('\n').unwrap_or(block.len())];
        !block.contains("-----END ") && !label.contains("PRIVATE")
    })
}

/// Enough changes for its length: names with a version in them have few.
fn is_dense(makeup: &Makeup, told: bool) -> bool {
    let changes = makeup.changes * 10 >= makeup.length * if told { 1 } else { 2 };
    changes && (told || makeup.digits >= 2 || makeup.length >= 32)
}

/// A path, a module, a dotted name.
fn is_like_path(text: &Text<'_>, token: &str, start: usize) -> bool {
    let slashes = count(token.as_bytes(), |it| it == b'/');
    let dots = count(token.as_bytes(), |it| it == b'.');
    if slashes + dots == 0 {
        return false;
    }
    let before = text.byte_before(start);
    let parts = token.as_bytes().split(|it| matches!(it, b'/' | b'.'));
    let longest = parts.map(<[u8]>::len).max().unwrap_or(0);
    slashes > 0
        && (before == b'/' || before == b'.' || longest * 2 < token.len() && longest < 24)
        && !token.contains('+')
        || dots > 1 && longest < 20
        || matches!(before, b'@' | b'#' | b'/')
}

/// A place of the web.
fn is_in_url(text: &Text<'_>, token: &str, start: usize) -> bool {
    let before = text.line_before(start, 200);
    let url = || before.rfind("://").map(|at| &before[at..]);
    let is_one = |between: &str| !between.contains([' ', '"', '\'', '?', '=']);
    memchr::memchr(b':', before.as_bytes()).is_some()
        && !token.contains("token")
        && url().is_some_and(is_one)
}

/// Words close before a token that make it telling.
fn is_told(text: &Text<'_>, start: usize) -> bool {
    let line = text.line_before(start, 64);
    let alone = line.trim().is_empty() && text.line_from(start, 200).trim().len() < 150;
    let before = if alone { text.before(start, 120) } else { line }.to_ascii_lowercase();
    before.split(|c: char| !c.is_alphanumeric()).filter(|it| it.len() > 2).any(|word| {
        matches!(
            word,
            "key"
                | "auth"
                | "login"
                | "creds"
                | "bearer"
                | "basic"
                | "apikey"
                | "oauth"
                | "signature"
        ) || secret_kind(word).is_some()
            || word.len() > 4 && VENDORS.contains(&word)
    })
}
