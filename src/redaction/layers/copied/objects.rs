//! Bodies of JSON and its like (Python and Ruby literals, JavaScript): keys
//! stay, values go.
//!
//! Not every object is a copied body: log lines, errors, manifests, settings
//! and schemas are read for their words.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use super::super::super::blocked::Reason;
use super::super::super::rules::Finder;
use super::super::super::stop::Stop;
use super::super::super::text::Text;
use super::{Finds, hide, is_personal};

/// The largest object that is followed to its end, in bytes.
const LONGEST: usize = 128 << 10;

/// One value of an object.
#[derive(Debug)]
pub(super) struct Leaf<'t> {
    /// The nearest key around it.
    pub(super) key: &'t str,
    /// The keys above that one, outermost first.
    pub(super) above: Rc<[&'t str]>,
    pub(super) span: Range<usize>,
    pub(super) is_string: bool,
}

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) -> Result<(), Stop> {
    let mut budget = text.raw.len().saturating_mul(16).saturating_add(64 << 20);
    let (mut at, mut personal) = (0, HashMap::new());
    while let Some(start) = next_open(text.bytes, at) {
        let Some((end, leaves)) = read(text, start) else {
            // What opens and does not end was read in vain.
            let read = LONGEST.min(text.raw.len() - start);
            budget = budget.checked_sub(read).ok_or(Stop::at(Reason::TooLarge, start))?;
            at = start + 1;
            continue;
        };
        at = end;
        if is_body(text, &(start..end), &leaves, &mut personal, found) {
            leaves.iter().filter(|leaf| is_value(text, leaf)).for_each(|leaf| {
                hide(text, "copied-body", "VALUE", leaf.span.clone(), found);
            });
        } else {
            inner_bodies(text, &leaves, found);
        }
    }
    Ok(())
}

/// Strings that are bodies themselves, and what stands below `vars`.
fn inner_bodies(text: &Text<'_>, leaves: &[Leaf<'_>], found: &mut Finds<'_>) {
    for leaf in leaves {
        let raw = &text.raw[leaf.span.clone()];
        let is_body = raw.starts_with("{\\\"") && raw.len() > 12 && leaf.key != "log";
        if is_body
            || leaf.above.iter().any(|it| *it == "vars" || *it == "locals")
            || leaf.key == "vars"
        {
            hide(text, "copied-body", "VALUE", leaf.span.clone(), found);
        }
    }
}

/// An opening bracket behind which a key, a string or another bracket stands.
fn next_open(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr2(b'{', b'[', bytes.get(at..)?)?;
        let next = bytes[at + 1..].iter().take(64).find(|byte| !byte.is_ascii_whitespace());
        let opens = match (bytes[at], next) {
            // A template: `{{ lookup('env', 'X') }}`.
            (b'{', _)
                if bytes.get(at + 1) == Some(&b'{')
                    && matches!(bytes.get(at + 2), Some(b' ' | b'-')) =>
            {
                at += 1;
                false
            }
            (b'{', Some(b'"' | b'\'' | b'{')) => true,
            (b'{', Some(byte)) => {
                (byte.is_ascii_lowercase() || *byte == b'_') && is_keyed(&bytes[at + 1..])
            }
            (_, Some(b'{')) => true,
            _ => false,
        };
        if opens {
            return Some(at);
        }
        at += 1;
    }
}

/// `{ name: …`: a bare key.
fn is_keyed(bytes: &[u8]) -> bool {
    let rest = bytes.iter().take(80).skip_while(|byte| byte.is_ascii_whitespace());
    let mut rest = rest.skip_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
    rest.next() == Some(&b':')
        && rest.next().is_some_and(|byte| matches!(byte, b' ' | b'"' | b'\'' | b'{' | b'['))
}

/// The end of an object and its values; `None` if it is no object.
pub(super) fn read<'t>(text: &Text<'t>, start: usize) -> Option<(usize, Vec<Leaf<'t>>)> {
    let rest = text.from(start, LONGEST);
    let bytes = rest.as_bytes();
    let mut leaves = Vec::new();
    let mut keys: Vec<&'t str> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Made again for the first value behind a bracket.
    let mut above: Option<Rc<[&'t str]>> = None;
    let mut key: Option<&'t str> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' | b'(' => {
                open.push(keys.len());
                keys.push(key.take().unwrap_or_else(|| keys.last().copied().unwrap_or("")));
                above = None;
            }
            b'}' | b']' | b')' => {
                keys.truncate(open.pop()?);
                above = None;
                key = None;
                if open.is_empty() {
                    return (!leaves.is_empty()).then_some((start + at + 1, leaves));
                }
            }
            quote @ (b'"' | b'\'') => {
                let length = string(&bytes[at + 1..], quote)?;
                let inner = &rest[at + 1..at + 1 + length];
                if is_key(&bytes[at + length + 2..]) {
                    key = Some(inner);
                } else {
                    let span = start + at + 1..start + at + 1 + length;
                    let above = above.get_or_insert_with(|| named(&keys));
                    leaves.push(leaf(above, key, span, true));
                }
                at += length + 1;
            }
            b',' => key = None,
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'$' | b'@') => {
                let length = word(&bytes[at..]);
                if bytes.get(at + length) == Some(&b':') {
                    key = Some(&rest[at..at + length]);
                } else if bytes.get(at + length) != Some(&b'(') {
                    let span = start + at..start + at + length;
                    let above = above.get_or_insert_with(|| named(&keys));
                    leaves.push(leaf(above, key, span, false));
                }
                at += length - 1;
            }
            _ => {}
        }
        if open.len() > 64 {
            return None;
        }
        at += 1;
    }
    None
}

/// True if what stands behind a string tells that it is a key.
fn is_key(after: &[u8]) -> bool {
    let blanks = after.iter().take(8).take_while(|byte| byte.is_ascii_whitespace()).count();
    let sign = &after[if blanks < after.len().min(8) { blanks } else { 0 }..];
    sign.starts_with(b":") || sign.starts_with(b"=>")
}

/// The keys that say something.
fn named<'t>(keys: &[&'t str]) -> Rc<[&'t str]> {
    keys.iter().copied().filter(|it| !it.is_empty()).collect()
}

/// The length of a bare word or number, at least one.
fn word(bytes: &[u8]) -> usize {
    let is_part = |it: &u8| it.is_ascii_alphanumeric() || b"-_.+$@".contains(it);
    bytes.iter().take_while(|it| is_part(it)).count().max(1)
}

fn leaf<'t>(
    above: &Rc<[&'t str]>,
    key: Option<&'t str>,
    span: Range<usize>,
    is_string: bool,
) -> Leaf<'t> {
    let key = key.or_else(|| above.last().copied()).unwrap_or("");
    Leaf { key, above: Rc::clone(above), span, is_string }
}

fn string(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at),
            b'\n' if quote == b'\'' => return None,
            _ => at += 1,
        }
    }
    None
}

/// Keys of log lines: two of them make one.
#[rustfmt::skip]
const LOG_KEYS: &[&str] = &[
    "level", "severity", "lvl", "msg", "message", "ts", "time", "timestamp", "@timestamp", "logger", "caller", "log.level", "@level", "thread", "changed", "failed", "rc", "invocation",
];

/// Keys that no body has and every log line.
const LEVEL_KEYS: &[&str] = &["level", "severity", "lvl", "log.level", "@level"];

/// Keys of errors and answers that people read for their words.
const ERROR_KEYS: &[&str] = &[
    "error",
    "errors",
    "fault",
    "exception",
    "title",
    "detail",
    "reason",
    "error_description",
    "error_message",
    "error_class",
];

/// Keys of manifests, settings, schemas and packages.
#[rustfmt::skip]
const WORK_KEYS: &[&str] = &[
    "apiVersion", "$schema", "Statement", "dependencies", "devDependencies", "scripts", "properties", "resource", "provider", "IpPermissions", "__schema", "panels", "datasource", "targets", "expr", "rules", "jobs", "steps", "plugins", "compilerOptions", "mutation", "query", "swagger", "openapi", "auths", "ConnectionStrings", "Logging", "type_url", "schemaVersion", "mediaType", "layers", "versionId", "lockfileVersion", "narHash", "lastModified", "integrity", "resolved", "podSelector", "matchLabels", "ingress",
];

/// Every key of an object once, in order.
fn keys<'t>(leaves: &[Leaf<'t>]) -> Vec<&'t str> {
    let mut keys: Vec<&str> = Vec::with_capacity(leaves.len() + 8);
    let mut above: Option<&Rc<[&str]>> = None;
    for leaf in leaves {
        if !above.is_some_and(|it| Rc::ptr_eq(it, &leaf.above)) {
            keys.extend(leaf.above.iter());
        }
        above = Some(&leaf.above);
        keys.push(leaf.key);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// `personal` are the keys that were asked before, and what they said.
fn is_body<'t>(
    text: &Text<'t>,
    span: &Range<usize>,
    leaves: &[Leaf<'t>],
    personal: &mut HashMap<&'t str, bool>,
    found: &Finds<'_>,
) -> bool {
    let keys = keys(leaves);
    let has = |list: &[&str]| keys.iter().filter(|key| list.contains(key)).count();
    let told = LazyCell::new(|| is_told(text, span.start));
    let is_row = text.byte(span.start) == b'[' && leaves.len() >= 4;
    // A line that a container wrote, as its runtime keeps it.
    let is_kept_line = ["log", "stream", "time"].iter().all(|key| keys.contains(key));
    let is_log_line = is_kept_line
        || has(LEVEL_KEYS) >= 1
            && has(&["msg", "message", "ts", "time", "timestamp", "@timestamp"]) >= 2;
    if keys.is_empty()
        || is_log_line
        || has(LOG_KEYS) >= 2 && !*told
        || has(WORK_KEYS) >= 1 && !*told && has(&["properties"]) == 0
        || has(ERROR_KEYS) >= 1 && keys.len() < 8
    {
        return false;
    }
    let mut is_one = |key: &&&'t str| *personal.entry(**key).or_insert_with(|| is_personal(key));
    let personal = keys.iter().filter(|key| is_one(key)).count();
    let holds = found.holds_identifier(span);
    let values = leaves.iter().filter(|leaf| is_value(text, leaf)).count();
    values > 0
        && (holds && personal >= 1
            || personal >= 2
            || is_row && (personal >= 1 || holds)
            || holds && values >= 3 && has(WORK_KEYS) == 0
            || (personal >= 1 || holds || values >= 2) && *told)
}

/// Words before an object that say that it is a body.
const BODIES: &[&str] = &[
    "body",
    "payload",
    "request",
    "response",
    "webhook",
    "event",
    "message",
    "variables",
    "post ",
    "put ",
    "patch ",
    "-d '",
    "--data",
    "record",
    "document",
    "hit ",
    "in :",
    "in:",
    "kwargs",
    "params",
    "session",
    "console-consumer",
    "scan",
    "findone",
    "repr ",
];
/// And those that say that it is none.
const NO_BODIES: &[&str] = &["error:", "log line"];

fn is_told(text: &Text<'_>, start: usize) -> bool {
    static WORDS: LazyLock<Finder> =
        LazyLock::new(|| Finder::new(BODIES.iter().chain(NO_BODIES).map(|it| (*it).to_owned())));
    let before = text.before(start, 120);
    let lines = before.lines().rev();
    let near = lines.filter(|line| !line.trim().is_empty() && !line.starts_with("```")).take(2);
    let near = near.collect::<Vec<_>>().join(" ");
    let (mut is_body, mut is_none) = (false, false);
    WORDS.each(near.as_bytes(), |word, _| {
        is_body |= word < BODIES.len();
        is_none |= word >= BODIES.len();
    });
    is_body && !is_none
}

/// Keys whose values are words of a protocol.
const WORDS: &[&str] = &[
    "type",
    "object",
    "event",
    "currency",
    "op",
    "scope",
    "token_type",
    "error",
    "message",
    "code",
    "status",
    "statusText",
    "method",
    "version",
    "mti",
    "level",
    "lineno",
    "function",
    "filename",
    "_index",
    "httpVersion",
    "mimeType",
    "content_type",
];

fn is_value(text: &Text<'_>, leaf: &Leaf<'_>) -> bool {
    let raw = &text.raw[leaf.span.clone()];
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    // `"reason":"AlreadyExists"`: a word of the protocol, not of a person.
    if leaf.key == "reason" && !raw.contains(' ') || is_complaint(leaf.key) {
        return false;
    }
    if leaf.is_string {
        return !raw.is_empty() && !WORDS.contains(&leaf.key) && !is_header_name(leaf, raw);
    }
    digits >= 4 || digits >= 2 && raw.contains('.')
}

/// `lock_reason`, `err`: people read them for their words.
fn is_complaint(key: &str) -> bool {
    matches!(key, "err" | "exception" | "stderr" | "log" | "stream" | "lastError" | "last_error")
        || ["_reason", "_error", "_message", "Message", "Reason", "Error"]
            .iter()
            .any(|it| key.ends_with(it))
}

/// `{"name": "accept", "value": …}` of a HAR.
fn is_header_name(leaf: &Leaf<'_>, raw: &str) -> bool {
    leaf.above.contains(&"headers") && leaf.key == "name" && raw.len() < 40
}
