//! What looks like a value and is none: stand-ins, references, and shapes
//! that digests, ids and versions have.
//!
//! A stand-in is left alone by every layer. A shape is left alone only where
//! nothing but the shape spoke for a secret.

use std::sync::LazyLock;

use super::pattern::Pattern;
use super::randomness::Makeup;
use super::text::Text;

/// True for what people write in the place of a value.
pub(super) fn is_stand_in(value: &str) -> bool {
    let value = value.trim();
    // `"'$PASSWORD'"`: quotes of a shell within quotes.
    let value = value.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')).unwrap_or(value);
    let letters = value.bytes().filter(u8::is_ascii_alphanumeric).count();
    letters == 0 && value.chars().all(|c| c.is_ascii() || !c.is_alphanumeric())
        || is_reference(value) && !is_wrapped(value)
        || is_mask(value)
        || says_so(value)
}

/// `{AQAAABAAAAAQk3Jd8…}`: what a machine drew, in braces, is no template.
fn is_wrapped(value: &str) -> bool {
    let inner = value.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    inner.is_some_and(|it| Makeup::of(it).is_drawn(20))
}

/// True for a token that is covered up, or says that it is none.
pub(super) fn is_masked(token: &str) -> bool {
    is_mask(token)
        || says_so(token)
        || is_monotonous(token.as_bytes())
        || is_sequence(token.as_bytes())
}

/// Variables, templates, angle brackets, and places where a secret is kept.
fn is_reference(value: &str) -> bool {
    static REFERENCE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r"^(?:\$[A-Za-z_]\w*(?:[/:.\-]\S*)?|\$\{.*|[\w-]+:/[\w./-]+|\$\(.*|\$\{\{.*|\{\{.*|\{%.*|#\{.*|<%.*|%[A-Za-z_]\w*%|%\(?\w+\)?[sd]|%[a-z]|\{[A-Za-z_][\w.\-]*\}|@\w+@",
            r"|<[^<>\n]{1,80}>|&lt;.*|\[[A-Za-z][^\]\d]{0,60}\]|`[^`]*|\$\d|:[a-z_]+|\?",
            r"|(?i:vault|arn|ssm|op|sops|ref|env|file|https?|kv|awssm|gcpsm|azurekv|keyring|pass):/?/?[\w/.:@#?=&%+-]*",
            r"|(?:\.{0,2}|~|[A-Za-z]:)[/\\][\w./\\$-]+",
            r"|[\w./-]+\.(?:pem|key|p12|pfx|jks|crt|cer|der|txt|json|ya?ml|env|conf|ini|keytab|pub|asc|gpg|sh|py|rb|js|ts|go|rs|md|html)",
            r"|(?:projects|secrets?|data|var|local|module|each|self|process\.env|os\.environ|ENV|env|config|settings|params|vars|inputs|steps|outputs|github|Values|values|System|request|req|ctx|this|app|options|opts|args|props|state|values)[.\[/][\w.\[\]/'-]*)$",
        ))
    });
    // What begins with a letter is none without one of these.
    let is_plain = value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && !value.bytes().any(|byte| matches!(byte, b':' | b'/' | b'\\' | b'.' | b'['));
    value.len() <= 200 && !is_plain && REFERENCE.is_match(value)
}

/// `xxxxxxxx`, `****`, `abcd…`: most of it is one sign, or it is cut off.
fn is_mask(value: &str) -> bool {
    let bytes = value.as_bytes();
    let dots =
        if value.is_ascii() { 0 } else { value.matches(['•', '…', '●', '█']).count() };
    // Signs, the longest run of one, and the longest of what only covers.
    let (mut masks, mut longest, mut covered, mut run, mut last) = (0, 0, 0, 0, 0);
    for byte in bytes.iter().copied() {
        let is_mask = matches!(byte, b'x' | b'X' | b'*' | b'.' | b'#' | b'?');
        masks += usize::from(is_mask);
        run = if byte == last && is_mask && byte != b'?' { run + 1 } else { 1 };
        longest = longest.max(run);
        if matches!(byte, b'*' | b'#') {
            covered = covered.max(run);
        }
        last = byte;
    }
    let is_cut =
        value.ends_with("...") || value.ends_with('…') || covered >= 3 && value.contains("***");
    dots >= 3
        || covered >= 8
        || masks * 2 > bytes.len() && longest >= 3
        || is_cut && bytes.len() <= 48 && !value.contains(' ')
        || longest >= 6 && longest * 3 >= bytes.len()
        || !bytes.is_empty()
            && bytes.len() >= 3
            && b"xX*.#?0-_".contains(&bytes[0])
            && bytes.iter().all(|byte| *byte == bytes[0])
}

/// Most of it is one sign.
fn is_monotonous(bytes: &[u8]) -> bool {
    let mut counts = [0_usize; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    bytes.len() >= 12
        && b"xX*.#?0-_aA1".iter().any(|it| counts[usize::from(*it)] * 5 >= bytes.len() * 3)
}

/// `abcdefgh…`, `12345678…`: most of it counts up.
fn is_sequence(bytes: &[u8]) -> bool {
    let up = |pair: &[u8]| {
        pair[1] == pair[0].wrapping_add(1)
            || pair[0] == b'9' && pair[1] == b'0'
            || pair[0] == b'z' && pair[1] == b'1'
    };
    let (mut longest, mut run) = (0, 0);
    for pair in bytes.windows(2) {
        run = if up(pair) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    bytes.len() >= 16 && longest >= 9 && longest * 2 >= bytes.len() - 8
}

/// Words that say that a value stood or will stand here.
fn says_so(value: &str) -> bool {
    static WORDS: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r"(?i)^[\[({<*_-]*(?:redacted|masked|filtered|hidden|removed|omitted|scrubbed|sanitized|censored|elided|placeholder|dummy|changeme|change[_-]me|replace[_-]?(?:me|this|with)|insert[_-]|put[_-]|enter[_-]|your[_-]|my[_-](?:api|secret|token|password|key)|some[_-](?:api|secret|token|password|key)|(?:todo|tbd|fixme)(?:[^[:alnum:]]|$)|example|sample|not[_-]?set|secret[_-]here|value_specified|from[_-]|see[_-]|in[_-]vault|the[_-])",
            r"|^your\s|^<|^your[a-z]*here$|(?:^|[^[:alnum:]])here[>\])]?$|_goes_here|^\[.*\]$|^\(.*\)$|EXAMPLE(?:KEY|TOKEN)?[=]*$|YOUR[_-]|put[_-]your|EXAMPLEEXAMPLE",
        ))
    });
    let is_long = value.len() > 2 || value.starts_with(['<', '[', '(']);
    is_long && value.len() <= 80 && WORDS.is_match(value)
}

/// True for a shape that digests, ids, versions and places have, in a context
/// that says nothing else.
pub(super) fn is_plain_shape(text: &Text<'_>, start: usize, token: &str) -> bool {
    is_uuid(token) || is_hex(token) || is_versioned(token) || has_telling_context(text, start)
}

/// 8-4-4-4-12 hexadecimal digits.
pub(super) fn is_uuid(token: &str) -> bool {
    let is_shaped = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    token.len() == 36 && token.bytes().enumerate().all(is_shaped)
}

fn is_hex(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// `v0.0.0-20200207183749-b753a1ba74fa`, `2.18.0-rc3`.
fn is_versioned(token: &str) -> bool {
    static VERSION: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"(?:^|[^0-9A-Za-z])[vV]?\d{1,4}\.\d{1,5}(?:\.\d+)?(?:[^0-9A-Za-z]|$)")
    });
    VERSION.is_match(token)
}

/// Words before a token that say what it is: a digest, a commit, an id.
fn has_telling_context(text: &Text<'_>, start: usize) -> bool {
    static CONTEXT: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r#"(?i)(?:sha-?(?:1|224|256|384|512)[-:= "']*|md5[-:= "']*|blake\d?\w*[-:= "']*|h1:|integrity["']?[:= "']*(?:sha\d+-)?|checksum["']?[:= "']*|digest["']?[:= "']*|etag["']?[:= "'W/]*|fingerprint["']?[:= "']*|commit["']?[:= "']*|revision["']?[:= "']*|\brev["']?[:= "']*|\bblob["']?[:= "']*|\btree["']?[:= "']*|parent["']?[:= "']*"#,
            r#"|(?:trace|span|request|correlation|transaction|event|message|job|build|deployment|task|process|session_?trace|req|run|batch|execution|query|document|doc|chunk|node|pod|container|image|instance|volume|snapshot|block|blk|object|resource|tracking|invocation|x-amz-cf|x-amz|amz|cf-ray|ray)[-_ .]?(?:id|name|uid|hash)?["']?[:= "'/\[]+|\b[uo]?id["']?[:= "']+|ulid[:= "']*|ksuid[:= "']*|base64,|ssh-(?:rsa|ed25519|dss)\s+|ecdsa-sha2-\S+\s+|nonce-|goroutine |0x)$"#,
        ))
    });
    CONTEXT.is_match(text.line_before(start, 64))
}

/// Words before a token that say that it is a digest.
pub(super) fn is_digest(text: &Text<'_>, start: usize) -> bool {
    has_telling_context(text, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_known_and_values_are_not_taken_for_them() {
        for value in [
            "",
            "****",
            "xxxxxxxx",
            "<token>",
            "$TOKEN",
            "${TOKEN:-x}",
            "{{ secret }}",
            "REDACTED",
            "[redacted]",
            "your-token-here",
            "changeme",
            "%PASS%",
            "/run/secrets/db",
            "vault:kv/db",
            "process.env.TOKEN",
            "\u{2022}\u{2022}\u{2022}\u{2022}",
            "abc123...",
            "...",
        ] {
            assert!(is_stand_in(value), "{value}");
        }
        for value in [
            "hunter2",
            "toDopDHg",
            "q7FhERe",
            "Blauwe.Fiets.7",
            "a$b",
            "open sesame",
            "12345",
            "Pa55/word",
            "ключ7",
        ] {
            assert!(!is_stand_in(value), "{value}");
        }
    }

    #[test]
    fn masks_end_at_a_length_and_a_share() {
        let letters = |count: usize| "qn".repeat(count / 2) + &"q".repeat(count % 2);
        for (value, is_one) in [
            ("ab\u{2022}\u{2022}\u{2022}".to_owned(), true),
            ("ab\u{2022}\u{2022}".to_owned(), false),
            ("ab\u{2026}".to_owned(), true),
            ("abcd efgh ijkl mnop qrst ********".to_owned(), true),
            ("abcd efgh ijkl mnop qrstu *******".to_owned(), false),
            ("xxxabX".to_owned(), true),
            ("xxabXX".to_owned(), false),
            ("xxxab".to_owned(), true),
            ("xxxabc".to_owned(), false),
            (letters(45) + "...", true),
            (letters(46) + "...", false),
            ("ab c...".to_owned(), false),
            ("abc..".to_owned(), false),
            ("abcdefgh***ij".to_owned(), true),
            ("abcdefgh###ij".to_owned(), false),
            ("abcdefgh**ij".to_owned(), false),
            ("xxxxxxabcdefghijkl".to_owned(), true),
            ("xxxxxxabcdefghijklm".to_owned(), false),
            ("xxxxxabcdefghij".to_owned(), false),
            ("??????abcdefghijkl".to_owned(), false),
            ("000".to_owned(), true),
            ("00".to_owned(), false),
            ("aaa".to_owned(), false),
            ("0x0".to_owned(), false),
        ] {
            assert_eq!(is_mask(&value), is_one, "{value}");
        }
    }

    #[test]
    fn one_sign_and_counting_up_are_told_by_their_share() {
        for (token, is_one) in [
            ("aaaaaaaabcde", true),
            ("aaaaaaabcdef", false),
            ("aaaaaaaaaaa", false),
            ("bbbbbbbbbbbb", false),
        ] {
            assert_eq!(is_monotonous(token.as_bytes()), is_one, "{token}");
        }
        for (token, is_one) in [
            ("abcdefghijqnqnqn", true),
            ("abcdefghiqnqnqnq", false),
            ("abcdefghijqnqnq", false),
            ("abcdefghijqnqnqnqnqnqnqnqn", true),
            ("abcdefghijqnqnqnqnqnqnqnqnq", false),
            ("1234567890qnqnqn", true),
            ("stuvwxyz12qnqnqn", true),
            ("qnqnqnabcdefghij", true),
        ] {
            assert_eq!(is_sequence(token.as_bytes()), is_one, "{token}");
        }
    }

    #[test]
    fn references_and_words_that_say_so_are_short() {
        for (value, is_one) in [
            (format!("${{{}", "a".repeat(198)), true),
            (format!("${{{}", "a".repeat(199)), false),
            ("from-77xq".to_owned(), true),
            (format!("from-{}", "q".repeat(75)), true),
            (format!("from-{}", "q".repeat(76)), false),
            ("{AQAAABAAAAAQk3Jd8sQ0zXw7}".to_owned(), false),
            ("{AQAAABAAAAAQ}".to_owned(), true),
            ("'$PASSWORD'".to_owned(), true),
            ("'$PASSWORD".to_owned(), false),
            ("_name".to_owned(), false),
            ("<a".to_owned(), true),
            ("<".to_owned(), true),
            ("é".to_owned(), false),
            ("\u{2014}\u{2014}".to_owned(), true),
        ] {
            assert_eq!(is_stand_in(&value), is_one, "{value}");
        }
    }

    #[test]
    fn uuids_and_versions_are_told_by_every_sign() {
        assert!(is_uuid("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"));
        for token in [
            "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg",
            "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f",
            "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f00",
            "0f1e2d3c04b5a-6978-8796-a5b4c3d2e1f0",
            "0f1e2d3c-4b5a06978-8796-a5b4c3d2e1f0",
            "0f1e2d3c-4b5a-697808796-a5b4c3d2e1f0",
            "0f1e2d3c-4b5a-6978-87960a5b4c3d2e1f0",
            "0f1e2d3-c4b5a-6978-8796-a5b4c3d2e1f0",
        ] {
            assert!(!is_uuid(token), "{token}");
        }
        for (token, is_one) in
            [("v0.0.0-2020", true), ("2.18.0-rc3", true), ("a1.2b", false), ("1-2-3", false)]
        {
            assert_eq!(is_versioned(token), is_one, "{token}");
        }
        assert!(is_hex("0af9-") && !is_hex("0ag9"));
    }
}
