//! Forms that a pattern cannot follow: key blocks, credentials in a URL,
//! cookies, Secret manifests.

use std::ops::Range;

use super::super::blocked::Reason;
use super::super::exempt::{is_stand_in, is_uuid};
use super::super::open::{MOST, end_of_block};
use super::super::randomness::Makeup;
use super::super::rules::{Additions, Mark, Role};
use super::super::span::Match;
use super::super::stop::Stop;
use super::super::text::Text;
use super::manifest::manifest;

/// The longest key block, in bytes.
const LONGEST_BLOCK: usize = 64 << 10;

/// The longest rest of a key block, in bytes.
const LONGEST_TAIL: usize = 8 << 10;

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) -> Result<(), Stop> {
    let (mut done, mut opened) = (0, 0);
    for hit in &text.hits {
        let Role::Mark(mark) = hit.role else { continue };
        if hit.start < done {
            continue;
        }
        match mark {
            Mark::Block => {
                let before = found.len();
                done = key_block(text, hit.start, found)?.unwrap_or(done);
                opened += usize::from(found[before..].iter().any(|it| it.open.is_some()));
                if opened > MOST {
                    return Err(Stop::at(Reason::UnclosedBlock, hit.start));
                }
            }
            Mark::BlockEnd => key_tail(text, hit.start, found),
            Mark::Url => credentials(text, hit.end, found),
            Mark::Cookie => done = cookies(text, hit.start, hit.end, found).max(done),
            Mark::Manifest => done = manifest(text, hit.end, found).max(done),
            Mark::DockerAuth => docker_auth(text, hit.end, found),
            // The layer of keys reads what stands beside it.
            Mark::User => {}
        }
    }
    Ok(())
}

/// The body of a private key; where the block ends.
fn key_block(text: &Text<'_>, start: usize, found: &mut Vec<Match>) -> Result<Option<usize>, Stop> {
    let head = text.from(start, 80);
    let Some(label) = head.trim_start_matches('-').trim_start().strip_prefix("BEGIN ") else {
        return Ok(None);
    };
    let end = label.find("-----").or_else(|| label.find(" ----"));
    let label = &label[..end.unwrap_or_else(|| label.floor_char_boundary(40))];
    if !label.contains("PRIVATE KEY") && !label.to_ascii_uppercase().contains("STATIC KEY") {
        return Ok(None);
    }
    let upper = head.to_ascii_uppercase();
    let Some(open) = upper.find("KEY").and_then(|at| head[at..].find("----").map(|dash| at + dash))
    else {
        return Ok(None);
    };
    let body = start + open + head[open..].bytes().take_while(|byte| *byte == b'-').count();
    let rest = text.from(body, LONGEST_BLOCK);
    if rest.starts_with("END ") {
        return Ok(Some(body));
    }
    let Some(end) = rest.find("-END ").or_else(|| rest.find("- END ")) else {
        return unclosed(text, start, body, found);
    };
    let inner = rest[..end].trim_end_matches('-');
    if inner.contains("-BEGIN ") {
        return unclosed(text, start, body, found);
    }
    // Headers of the block end in an empty line.
    let headers = if inner.contains("Proc-Type") || inner.contains("Version:") {
        inner.find("\n\n").map_or(0, |at| at + 2)
    } else {
        0
    };
    let span = trimmed(text, body + headers..body + inner.len());
    let letters = text.raw[span.clone()].bytes().filter(u8::is_ascii_alphanumeric).count();
    let is_word = letters < 16 && text.raw[span].bytes().all(|it| it.is_ascii_lowercase());
    if letters > 0 && !is_word {
        let open = text.bytes[..start].iter().rev().take_while(|it| **it == b'-').count();
        let label = text.line_from(body + end, 80);
        let close = label.find("KEY BLOCK").map(|at| at + 9);
        let close = close.or_else(|| label.find("KEY").map(|at| at + 3)).unwrap_or(0);
        let close = close
            + text.bytes[body + end + close..]
                .iter()
                .take(12)
                .take_while(|it| **it == b'-')
                .count();
        found.push(Match::new(
            "private-key-block",
            "PRIVATE_KEY",
            start - open..body + end + close.max(1),
            100,
        ));
    }
    Ok(Some(body + end + 5))
}

/// The last lines of a key whose first ones scrolled away.
fn key_tail(text: &Text<'_>, end: usize, found: &mut Vec<Match>) {
    if !text.line_from(end, 80).contains("PRIVATE KEY") {
        return;
    }
    let before = text.before(end, LONGEST_TAIL);
    let is_body = |line: &&str| {
        let body = line.trim_matches([' ', '>', '|', '\t', '\r']);
        body.len() >= 16
            && body.bytes().all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it))
    };
    let lines = before.rsplit('\n').skip(1).take_while(is_body);
    let length: usize = lines.map(|line| line.len() + 1).sum();
    let own = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let start = end - own - length;
    if length > 0 {
        let span = trimmed(text, start..end - own);
        found.push(Match::new("private-key-block", "PRIVATE_KEY", span, 90));
    }
}

/// A block that does not end, from its first dash on; where its lines do.
fn unclosed(
    text: &Text<'_>,
    start: usize,
    body: usize,
    found: &mut Vec<Match>,
) -> Result<Option<usize>, Stop> {
    let dashes = text.bytes[..start].iter().rev().take_while(|byte| **byte == b'-').count();
    let start = start - dashes;
    let end = end_of_block(text, body).ok_or(Stop::at(Reason::UnclosedBlock, start))?;
    found.push(Match::open(Reason::UnclosedBlock, start..end));
    Ok(Some(body))
}

/// Without space, and without `\n` as JSON writes it, at both ends.
fn trimmed(text: &Text<'_>, span: Range<usize>) -> Range<usize> {
    let mut inner = &text.raw[span.clone()];
    let mut start = span.start;
    loop {
        let rest = inner.trim_start();
        let rest = rest.strip_prefix("\\r").or_else(|| rest.strip_prefix("\\n")).unwrap_or(rest);
        if rest.len() == inner.len() {
            break;
        }
        start += inner.len() - rest.len();
        inner = rest;
    }
    loop {
        let rest = inner.trim_end();
        let rest = rest.strip_suffix("\\r").or_else(|| rest.strip_suffix("\\n")).unwrap_or(rest);
        let rest = rest.trim_end_matches(['>', '|']);
        if rest.len() == inner.len() {
            break;
        }
        inner = rest;
    }
    start..start + inner.len()
}

/// `scheme://user:password@host`: `at` stands behind `://`.
fn credentials(text: &Text<'_>, at: usize, found: &mut Vec<Match>) {
    let rest = text.line_from(at, 512);
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '\\');
    if memchr::memchr(b'@', rest.as_bytes()).is_none() || text.hole_at(at).is_some() {
        return;
    }
    // The next URL ends this one.
    let next = rest.find("://").unwrap_or(rest.len());
    let rest = &rest[..next];
    let url = &rest[..rest.find(is_end).unwrap_or(rest.len())];
    // A password may hold a slash or an at sign; an at sign in the path of a
    // URL without a colon before it is no sign of credentials.
    let authority = &url[..url.find('/').unwrap_or(url.len())];
    let end = match authority.rfind('@') {
        Some(end) => end,
        None => match url.find('@') {
            Some(end) if is_password_with_slash(&url[..end]) => end,
            _ => return,
        },
    };
    let user = &url[..end];
    let drawn = |it: &str| {
        Makeup::of(it).is_drawn(12) || it.len() >= 16 && Makeup::of(it).is_hex || is_uuid(it)
    };
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let is_secret = !password.is_empty() && !is_stand_in(password) && !is_example(name, password);
    let is_drawn_name = drawn(name)
        && !is_stand_in(name)
        && (password.is_empty()
            || password == "x-oauth-basic"
            || name.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let short_hex = name.len() == 8
        && password.len() == 8
        && user.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    if is_drawn_name || short_hex && is_secret {
        found.push(Match::new("url-credentials", "CREDENTIALS", at..at + end, 95));
    } else if is_secret {
        found.push(Match::new("url-credentials", "PASSWORD", at + name.len() + 1..at + end, 95));
        if is_store(text, at) {
            let hosts = url[end + 1..]
                .find(['/', '?', '#', '"', '\'', '`', '<', ' ', ')'])
                .unwrap_or(url.len() - end - 1);
            found.push(Match::new("connection-string", "CONNECTION", at..at + end + 1 + hosts, 60));
        }
    }
}

/// A store's connection is a secret as a whole: who, with what, where.
fn is_store(text: &Text<'_>, at: usize) -> bool {
    let before = text.before(at, 24);
    let scheme = before.strip_suffix("://").unwrap_or("");
    let scheme =
        scheme.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '+').next().unwrap_or("");
    STORES.contains(&scheme.to_ascii_lowercase().as_str())
}

const STORES: &[&str] = &[
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "mongodb",
    "mongodb+srv",
    "redis",
    "rediss",
    "sqlserver",
    "mssql",
    "clickhouse",
    "cockroachdb",
    "neo4j",
    "couchbase",
];

/// `user:pa/ss`, where a path would have no such colon.
fn is_password_with_slash(user: &str) -> bool {
    let Some((name, password)) = user.split_once(':') else { return false };
    let port = password.bytes().take_while(u8::is_ascii_digit).count();
    !name.contains('/') && (port == 0 || password.as_bytes().get(port) != Some(&b'/'))
}

/// `user:password@` of a manual.
fn is_example(name: &str, password: &str) -> bool {
    let words = ["user", "username", "login", "name"];
    let stands = ["password", "pass", "passwd", "pwd"];
    words.contains(&name.to_ascii_lowercase().as_str())
        && stands.contains(&password.to_ascii_lowercase().as_str())
}

/// Attributes of a cookie, which are none.
const ATTRIBUTES: &[&str] = &[
    "path",
    "domain",
    "expires",
    "max-age",
    "samesite",
    "secure",
    "httponly",
    "priority",
    "partitioned",
    "version",
];

/// `Cookie: a=b; c=d`: values that are drawn, or stand behind a telling name.
fn cookies(text: &Text<'_>, start: usize, at: usize, found: &mut Vec<Match>) -> usize {
    let before = text.line_before(start, 40);
    let is_header = before.trim_end_matches(|c: char| "\"'> <*|-{[,".contains(c)).is_empty()
        || before.ends_with(['"', '\'', ' ', '-', '{', '[', ','])
        || before.to_ascii_lowercase().ends_with("set-");
    let rest = text.line_from(at, 8192);
    let open = rest.trim_start_matches(['"', '\'', ']', ' ', '\\']);
    let field = open.strip_prefix(",\"value\":\"").or_else(|| open.strip_prefix(", \"value\": \""));
    let Some(values) = field.or_else(|| open.strip_prefix([':', '='])) else {
        return at;
    };
    if !is_header {
        return at;
    }
    let values = values.trim_start_matches(['"', '\'', ' ', '[', '>']);
    let end = values.find(['"', '\'', ']']).unwrap_or(values.len());
    let mut from = at + rest.len() - values.len();
    // Where every one of them is somebody's session the whole header is.
    let pairs = values[..end].split(';').filter_map(|it| it.split_once('='));
    let sessions =
        pairs.clone().filter(|(name, value)| is_session(name.trim(), value.trim())).count();
    if sessions >= 2 && sessions == pairs.count() && !before.to_ascii_lowercase().ends_with("set-")
    {
        let span = from..from + values[..end].trim_end().len();
        found.push(Match::new("cookie-value", "COOKIE", span, 90));
    }
    for part in values[..end].split(';') {
        if let Some((name, value)) = part.split_once('=') {
            let span = from + name.len() + 1..from + part.trim_end().len();
            if !ATTRIBUTES.contains(&name.trim().to_ascii_lowercase().as_str())
                && is_session(name.trim(), value.trim())
            {
                found.push(Match::new("cookie-value", "COOKIE", span, 90));
            }
        }
        from += part.len() + 1;
    }
    from
}

/// Settings such as `theme=dark` stay.
fn is_session(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let telling = [
        "sess", "sid", "token", "auth", "csrf", "xsrf", "jwt", "remember", "login", "user",
        "secret", "key", "id", "cf_", "csid",
    ];
    let makeup = Makeup::of(value);
    !is_stand_in(value)
        && (telling.iter().any(|it| name.contains(it)) && value.len() >= 4
            || value.len() >= 12 && (makeup.is_drawn(12) || makeup.digits > 2)
            || value.len() >= 24)
}

/// `"auth": "dXNlcjpwYXNz"` of a registry's file: base64 of `user:password`.
fn docker_auth(text: &Text<'_>, at: usize, found: &mut Vec<Match>) {
    let rest = text.line_from(at, 1024);
    let value = rest.trim_start_matches([' ', ':', '"']);
    let length = value
        .bytes()
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/' | b'='))
        .count();
    let start = at + rest.len() - value.len();
    if length >= 8 && rest.contains(':') {
        found.push(Match::new("registry-auth", "CREDENTIALS", start..start + length, 90));
    }
}
