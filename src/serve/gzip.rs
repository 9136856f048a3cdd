//! Answers for people, made small where the browser takes that: a page of lists is a
//! tenth of its size. Nothing that a page holds is secret from who asks for it, and no
//! page holds a secret beside what a stranger chose, so its length tells nothing.

use std::io::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Shorter bodies fit a packet as they are.
const SHORT: usize = 1_400;

/// True if whoever sent these headers takes gzip (RFC 9110, section 12.5.3).
pub(super) fn is_taken(headers: &HeaderMap) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING).iter();
    let named = all.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(','));
    let mut named = named.map(|one| {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|it| it.strip_prefix("q=").or(it.strip_prefix("Q=")));
        (name, weight.is_none_or(|it| it.parse().is_ok_and(|it: f32| it > 0.0)))
    });
    named.any(|(name, wanted)| wanted && (name.eq_ignore_ascii_case("gzip") || name == "x-gzip"))
}

/// The body, made smaller where it can be and its kind is text; says so in `headers`.
pub(super) fn squeezed(body: Vec<u8>, headers: &mut HeaderMap, is_taken: bool) -> Vec<u8> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_text = kind.is_some_and(|it| it.starts_with("text/") || it == "image/svg+xml");
    if !is_text || body.len() < SHORT {
        return body;
    }
    // Also where it is sent as it is: who keeps it must know that there are two forms.
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !is_taken {
        return body;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    // Writing to memory does not fail.
    let Ok(small) = encoder.write_all(&body).and_then(|()| encoder.finish()) else { return body };
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    small
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn taken(value: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
        is_taken(&headers)
    }

    #[test]
    fn only_who_takes_it_gets_it() {
        for good in ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.5", "deflate,gzip"] {
            assert!(taken(good), "{good}");
        }
        for bad in ["", "br", "gzip;q=0", "gzip; q=0.000", "identity", "gzipped", "gzip;q=x"] {
            assert!(!taken(bad), "{bad}");
        }
        assert!(!is_taken(&HeaderMap::new()));
    }

    #[test]
    fn text_becomes_small_and_comes_back() {
        let text = "a page of lists. ".repeat(1_000).into_bytes();
        for (kind, is_smaller) in
            [("text/html; charset=utf-8", true), ("image/svg+xml", true), ("image/png", false)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            let small = squeezed(text.clone(), &mut headers, true);
            assert_eq!(headers.contains_key(header::CONTENT_ENCODING), is_smaller, "{kind}");
            assert_eq!(headers.contains_key(header::VARY), is_smaller, "{kind}");
            if is_smaller {
                assert!(small.len() * 10 < text.len());
                let mut back = Vec::new();
                flate2::read::GzDecoder::new(&small[..]).read_to_end(&mut back).unwrap();
                assert_eq!(back, text);
            } else {
                assert_eq!(small, text);
            }
            headers.remove(header::CONTENT_ENCODING);
            assert_eq!(squeezed(text.clone(), &mut headers, false), text);
            assert!(!headers.contains_key(header::CONTENT_ENCODING));
        }
    }
}
