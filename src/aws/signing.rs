//! Signature Version 4: each request proves that its sender has the secret key.
//!
//! The signing itself is AWS's own crate; here stands what is signed, when, and
//! for whom.

use std::time::SystemTime;

use aws_credential_types::Credentials as Keys;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use jiff::Timestamp;

use super::credentials::Credentials;
use crate::http::{Sign, Unsigned};

/// Signs requests of one service in one region.
pub(super) struct Signer {
    pub(super) credentials: Credentials,
    pub(super) region: String,
    pub(super) service: &'static str,
    pub(super) now: fn() -> Timestamp,
}

impl Sign for Signer {
    fn sign(&self, request: &Unsigned<'_>) -> Option<Vec<(&'static str, String)>> {
        let Credentials { key, secret, session } = &self.credentials;
        let keys = Keys::new(key, secret, session.clone(), None, "prode").into();
        let params = v4::SigningParams::builder()
            .identity(&keys)
            .region(&self.region)
            .name(self.service)
            .time(SystemTime::from((self.now)()))
            .settings(SigningSettings::default())
            .build()
            .ok()?
            .into();
        let headers = request.headers.iter().copied();
        let body = SignableBody::Bytes(request.body);
        let signable = SignableRequest::new(request.method, request.url, headers, body).ok()?;
        let (signed, _) = sign(signable, &params).ok()?.into_parts();
        let (headers, _) = signed.into_parts();
        Some(headers.iter().map(|it| (it.name(), it.value().to_owned())).collect())
    }

    fn hidden_in(&self, text: &str) -> String {
        self.credentials.hidden_in(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn then() -> Timestamp {
        "2015-08-30T12:36:00Z".parse().unwrap()
    }

    /// The keys, place and time of AWS's published test suite for the signature.
    fn suite(session: Option<&str>) -> Signer {
        let credentials = Credentials {
            key: "AKIDEXAMPLE".to_owned(),
            secret: ["wJalrXUtnFEMI/K7MDENG", "+bPxRfiCYEXAMPLEKEY"].concat(),
            session: session.map(str::to_owned),
        };
        Signer { credentials, region: "us-east-1".to_owned(), service: "service", now: then }
    }

    fn signed(signer: &Signer, request: &Unsigned<'_>) -> String {
        let headers = signer.sign(request).unwrap();
        let find = |name: &str| headers.iter().find(|(it, _)| *it == name).unwrap().1.clone();
        assert_eq!(find("x-amz-date"), "20150830T123600Z");
        find("authorization")
    }

    const HOST: &str = "https://example.amazonaws.com/";

    #[test]
    fn the_published_vectors_hold() {
        let bare = Unsigned { method: "GET", url: HOST, headers: Vec::new(), body: b"" };
        let vanilla = signed(&suite(None), &bare);
        assert!(
            vanilla.ends_with("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            "get-vanilla: {vanilla}"
        );
        let post = signed(&suite(None), &Unsigned { method: "POST", ..bare });
        assert!(
            post.ends_with("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            "post-vanilla: {post}"
        );
        let form = Unsigned {
            method: "POST",
            url: HOST,
            headers: vec![("content-type", "application/x-www-form-urlencoded")],
            body: b"Param1=value1",
        };
        let form = signed(&suite(None), &form);
        assert!(
            form.ends_with("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
            "post-x-www-form-urlencoded: {form}"
        );
    }

    #[test]
    fn a_session_s_token_is_sent_and_signed() {
        let bare = Unsigned { method: "POST", url: HOST, headers: Vec::new(), body: b"" };
        let token = ["a-session", "-of-nobody"].concat();
        let signer = suite(Some(&token));
        let headers = signer.sign(&bare).unwrap();
        assert!(
            headers.iter().any(|(name, value)| *name == "x-amz-security-token" && *value == token)
        );
        let authorization = signed(&signer, &bare);
        assert!(authorization.contains("host;x-amz-date;x-amz-security-token"), "{authorization}");
        assert!(!format!("{headers:?}").contains(&signer.credentials.secret));
    }

    #[test]
    fn what_is_changed_on_the_way_has_another_signature() {
        let header = |value| vec![("x-amz-target", value)];
        let of = |target, body| {
            signed(
                &suite(None),
                &Unsigned { method: "POST", url: HOST, headers: header(target), body },
            )
        };
        let asked = of("Logs_20140328.FilterLogEvents", b"{}".as_slice());
        assert_ne!(asked, of("Logs_20140328.DeleteLogGroup", b"{}"));
        assert_ne!(asked, of("Logs_20140328.FilterLogEvents", b"{ }"));
    }
}
