//! Every encoding reads as what was encoded, and its places lead back.

use super::*;
use crate::redaction::layers::keywords;

fn reads(text: &str) -> Vec<String> {
    views(&Text::new(text, &keywords())).unwrap().into_iter().map(|it| it.text).collect()
}

#[test]
fn encodings_read_as_what_was_encoded() {
    for (text, plain) in [
        ("a %70%61ss%3Dx", "a pass=x"),
        (r#"{\"pass\": \"x\u0041\x41\"}"#, r#"{"pass": "xAA"}"#),
        ("pass&#61;&quot;x&#x41;&quot;", "pass=\"xA\""),
        ("pass=3Dx=\ny", "pass=xy"),
        ("is `ｐａｓｓ＝１`", "is `pass=1`"),
        ("pa\u{200b}ss\u{ad}=x", "pass=x"),
        ("p\u{430}ss=1", "pass=1"),
        ("is cGFzc3dvcmQ9aHVudGVy", "password=hunter"),
        ("is cGFzc3dvcmQ9aHVudGVyMjI=", "password=hunter22"),
        ("is 70617373776f72643d68756e746572", "password=hunter"),
        ("cGFzc3dvcmQ9aHVudGVy\nMjIyMjIyMjIyMjIy", "password=hunter222222222222"),
    ] {
        let all = reads(text);
        assert!(all.iter().any(|it| it == plain), "{text}: {all:?}");
    }
}

#[test]
fn blocks_read_without_what_stands_before_their_lines() {
    for (text, plain) in [
        ("They wrote:\n> a | b\n> c | d\n", "a | b\nc | d\n"),
        ("- {\n    \"a\": 1\n  }\nz", "{\n  \"a\": 1\n}\n"),
        ("    a\n\n      b\nc", "a\n\n  b\n"),
        ("@@ -1 +1 @@\n-a: 1\n+b: 2\n+c: 3\n", "a: 1\nb: 2\nc: 3\n"),
        ("web_1  | {\nweb_1  | }\n", "{\n}\n"),
    ] {
        let text = Text::new(text, &keywords());
        let all: Vec<String> = unprefixed(&text).into_iter().map(|it| it.text).collect();
        assert_eq!(all, [plain]);
    }
}

#[test]
fn what_is_no_text_has_no_view() {
    for text in
        ["internationalization of it", "3b18e512dba79e4c8300dd08aeb37f8e728b8dad", "50% of &it"]
    {
        assert_eq!(reads(text), [""; 0], "{text}");
    }
}

#[test]
fn places_lead_back_to_whole_units() {
    let text = Text::new("é %41%42c", &keywords());
    let view = &views(&text).unwrap()[0];
    assert_eq!(view.text, "é ABc");
    let found = super::super::span::Match::new("r", "R", 3..5, 50);
    assert_eq!(view.bring(found).unwrap().span, 3..9);
}
