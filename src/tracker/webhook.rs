//! Webhooks: whether what came was sent by the tracker.
//!
//! Of what they say nothing is used: a webhook is a reason to look at the queue, which
//! tells more, and what it tells is asked for with the user's own token.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::kind::Kind;

/// How old a message of Linear may be, which says when it was sent.
const OLD: SignedDuration = SignedDuration::from_mins(1);

/// True for a body that whoever holds `secret` has sent. `header` gives the value of a
/// header by its name in lower case.
///
/// - Linear signs the body with HMAC-SHA256, in hexadecimal, and says in it when it was
///   sent: `linear-signature`, `webhookTimestamp`.
/// - GitHub signs it likewise: `x-hub-signature-256: sha256=…`.
/// - Gitea and Forgejo sign it likewise: `x-gitea-signature`.
/// - GitLab sends the secret itself: `x-gitlab-token`.
///
/// An empty secret signs nothing.
pub fn is_sent_by(
    kind: Kind,
    secret: &str,
    header: impl Fn(&str) -> Option<String>,
    body: &[u8],
    now: Timestamp,
) -> bool {
    if secret.is_empty() {
        return false;
    }
    let signed = |name: &str, before: &str| {
        let value = header(name).unwrap_or_default();
        let digits = value.strip_prefix(before).and_then(bytes);
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
        mac.update(body);
        digits.is_some_and(|it| mac.verify_slice(&it).is_ok())
    };
    match kind {
        Kind::Linear => signed("linear-signature", "") && is_new(body, now),
        Kind::GitHub => signed("x-hub-signature-256", "sha256="),
        Kind::Gitea => signed("x-gitea-signature", ""),
        Kind::GitLab => {
            let sent = header("x-gitlab-token").unwrap_or_default();
            bool::from(sent.as_bytes().ct_eq(secret.as_bytes()))
        }
    }
}

fn is_new(body: &[u8], now: Timestamp) -> bool {
    let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let sent = body["webhookTimestamp"].as_i64().map(Timestamp::from_millisecond);
    matches!(sent, Some(Ok(sent)) if sent.duration_since(now).abs() <= OLD)
}

/// What hexadecimal digits write.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16);
    let byte = |pair: &[u8]| u8::try_from(value(pair[0])? * 16 + value(pair[1])?).ok();
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::hex;

    const SECRET: &str = "It's a Secret to Everybody";

    fn signed(secret: &str, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(body);
        hex(&mac.finalize().into_bytes())
    }

    fn now() -> Timestamp {
        "2026-11-26T08:00:00Z".parse().unwrap()
    }

    fn is_sent(kind: Kind, secret: &str, header: (&str, &str), body: &str) -> bool {
        let of = |name: &str| (name == header.0).then(|| header.1.to_owned());
        is_sent_by(kind, secret, of, body.as_bytes(), now())
    }

    #[test]
    fn the_documented_example_of_github_is_github_s() {
        // From GitHub's page on validating deliveries.
        let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let name = "x-hub-signature-256";
        assert!(is_sent(Kind::GitHub, SECRET, (name, signature), "Hello, World!"));
        for (signature, body) in [
            (signature, "Hello, World?"),
            (&signature[7..], "Hello, World!"),
            (&signature[..signature.len() - 2], "Hello, World!"),
            ("sha256=", "Hello, World!"),
            ("sha256=zz", "Hello, World!"),
            ("sha1=757107ea", "Hello, World!"),
            ("", "Hello, World!"),
        ] {
            assert!(!is_sent(Kind::GitHub, SECRET, (name, signature), body), "{signature}");
        }
        assert!(!is_sent(Kind::GitHub, "another", (name, signature), "Hello, World!"));
        assert!(!is_sent(Kind::Gitea, SECRET, (name, signature), "Hello, World!"));
    }

    #[test]
    fn linear_says_when_it_was_sent() {
        let of = |at: i64| format!("{{\"action\":\"create\",\"webhookTimestamp\":{at}}}");
        let time = now().as_millisecond();
        let cases =
            [(of(time - 59_000), true), (of(time - 61_000), false), (of(time + 61_000), false)];
        for (body, wanted) in cases.into_iter().chain([("{}".to_owned(), false)]) {
            let signature = signed(SECRET, body.as_bytes());
            let header = ("linear-signature", signature.as_str());
            assert_eq!(is_sent(Kind::Linear, SECRET, header, &body), wanted, "{body}");
        }
        assert!(!is_sent(Kind::Linear, SECRET, ("linear-signature", "00"), &of(time)));
    }

    #[test]
    fn the_others_sign_or_show_it() {
        let signature = signed(SECRET, b"{}");
        assert!(is_sent(Kind::Gitea, SECRET, ("x-gitea-signature", &signature), "{}"));
        assert!(!is_sent(Kind::Gitea, SECRET, ("x-gitea-signature", &signature), "[]"));
        assert!(is_sent(Kind::GitLab, SECRET, ("x-gitlab-token", SECRET), "{}"));
        assert!(!is_sent(Kind::GitLab, SECRET, ("x-gitlab-token", "it's"), "{}"));
        assert!(!is_sent(Kind::GitLab, "", ("x-gitlab-token", ""), "{}"), "no secret is none");
        assert!(!is_sent(Kind::GitHub, "", ("x-hub-signature-256", &signed("", b"{}")), "{}"));
    }
}
