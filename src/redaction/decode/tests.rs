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

/// The views of a text, one after another; none for a text that has none.
fn read(text: &str) -> Vec<String> {
    let mut all = reads(text);
    all.sort();
    all
}

#[test]
fn percent_signs_backslashes_and_entities_read_as_one_character_each() {
    for (text, plain) in [
        ("%41%42%43", Some("ABC")),
        ("%4a%4A", Some("JJ")),
        ("%4", None),
        ("%zz", None),
        ("%00", None),
        ("%01x", Some("\u{1}x")),
        ("%C3%BC", Some("ü")),
        ("%FC%41", Some("%FCA")),
        ("%7F%80%41", Some("\u{7f}%80A")),
        (r"\n\n", None),
        (r"\n\r\t", Some("\n\r\t")),
        (r#"\"\n"#, Some("\"\n")),
        (r#"\"x"#, None),
        (r"\'\\\/\`", Some("'\\/`")),
        (r"\x41", Some("A")),
        (r"\x4", None),
        (r"\101", Some("A")),
        (r"\040x", Some(" x")),
        (r"\037x", None),
        (r"\377x", Some("ÿx")),
        (r"\477", None),
        (r"\108", None),
        (r"\U00000041", Some("A")),
        (r"\U0000004", None),
        (r"\u{41}", Some("A")),
        (r"\u{1F600}", Some("😀")),
        (r"\u{110000}", None),
        (r"\u{}", None),
        (r"\u0041", Some("A")),
        (r"\ud83d\ude00", Some("😀")),
        (r"\ud83dx\ude00", None),
        (r"\ud83d", None),
        (r"\q41", None),
        ("&#65;", Some("A")),
        ("&#x41;&#X42;", Some("AB")),
        ("&lt;&gt;&amp;&quot;&apos;&nbsp;", Some("<>&\"' ")),
        ("&colon;&equals;&commat;&period;&lowbar;&sol;&plus;", Some(":=@._/+")),
        ("&nope;", None),
        ("&#;", None),
        ("&#x;", None),
        ("&#0000000065;", None),
        ("&#000000065;", Some("A")),
        ("%41 \\ &", Some("A \\ &")),
    ] {
        assert_eq!(read(text), plain.into_iter().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn what_stands_far_from_an_escape_is_not_read_with_it() {
    let text = format!("{}%41{}", "a ".repeat(150), " b".repeat(150));
    assert_eq!(read(&text), [format!("{}A{}", "a ".repeat(120), " b".repeat(120))]);
    assert_eq!(read("é%41é"), ["éAé"]);
}

#[test]
fn quoted_printable_is_told_by_its_signs_or_by_a_line_that_is_cut() {
    for (text, plain) in [
        ("a=3Db", vec!["a=b"]),
        ("a=20b", vec!["a b"]),
        ("=C3=BC x", vec!["ü x"]),
        ("=E2=80=93 x", vec!["– x"]),
        ("a=41", vec![]),
        ("a=3db", vec![]),
        ("a=3D=0Ab=09", vec!["a=\nb\t"]),
        ("a=3D=1F", vec!["a==1F"]),
        ("a=3Db=\nc d", vec!["a=bc d"]),
        ("a=3Db=\r\nc d", vec!["a=bc d"]),
        ("a=3Db=\n\nc=3D", vec!["a=b\n", "c="]),
        ("a=b\nc=d", vec![]),
        ("a=\nb", vec![]),
    ] {
        assert_eq!(read(text), plain, "{text:?}");
    }
    let sentence = |count: usize| format!("a b c {}=\nx", "q".repeat(count));
    assert_eq!(read(&sentence(43)).len(), 2, "49 bytes and three blanks");
    assert_eq!(read(&sentence(42)).len(), 0);
    assert_eq!(read(&sentence(114)).len(), 2);
    assert_eq!(read(&sentence(115)).len(), 0);
    let word =
        |word: String| read(&format!("{word}=\nx")).iter().any(|it| *it == word.clone() + "x");
    assert!(
        word("0123456789abcdef01234567".to_owned()) && !word("0123456789abcdef0123456".to_owned())
    );
    assert!(word(format!("{}&&&&", "q".repeat(20))) && !word(format!("{}&&&", "q".repeat(21))));
}

#[test]
fn pairs_of_digits_are_eight_at_least() {
    for (text, plain) in [
        ("70:61:73:73:77:6f:72:64", Some("password")),
        ("70:61:73:73:77:6f:72", None),
        ("70 61 73 73  77 6f 72 64", Some("password")),
        ("70 61 73 73   77 6f 72 64", None),
        ("x70:61:73:73:77:6f:72:64", None),
        ("x 70:61:73:73:77:6f:72:64 y", Some("password")),
        ("12:34 70:61:73:73:77:6f:72:64", Some("password")),
        ("70:61:73:73 77 6f 72 64", None),
        ("00:61:73:73:77:6f:72:64", None),
        ("31:32:33:34:35:36:37:38", None),
        ("70:61:73:73:77:6f:72:0a", Some("passwor\n")),
        ("70:61:73:73:77:6f:72:ff", None),
        ("70:61:73:73:77:6f:72:64\n3d:68:75:6e:74:65:72:32", Some("password=hunter2")),
    ] {
        assert_eq!(read(text), plain.into_iter().collect::<Vec<_>>(), "{text}");
    }
    let apart = "70:61:73:73:77:6f:72:64\nx\n3d:68:75:6e:74:65:72:32";
    assert_eq!(read(apart), ["=hunter2", "password"]);
}

#[test]
fn runs_of_digits_are_long_enough_and_read_as_text() {
    for (text, plain) in [
        ("cGFzczE9eA==", Some("pass1=x")),
        ("cGFzczE9eDE", None),
        ("cGFzczE9eDE5", Some("pass1=x19")),
        ("cGFzczE9_z8/", None),
        ("cGFzcz8_cGFzcw==", Some("pass??pass")),
        ("cGFzcz8/cGFzcw==", Some("pass??pass")),
        ("cGFzczE9eDE5c", Some("pass1=x19")),
        ("7061737377313d78", Some("passw1=x")),
        ("7061737377313d7", None),
        ("70617373773d78", None),
        ("0x7061737377313d78", Some("passw1=x")),
        ("x/7061737377313d78", Some("passw1=x")),
        ("token-cGFzczE9eDE5", Some("pass1=x19")),
        ("a-b-cGFzczE9eDE5", Some("pass1=x19")),
        ("cABhAHMAcwAxAD0AeAA=", Some("pass1=x")),
        ("AGFzczE9eDE5", None),
        ("internationalization", None),
    ] {
        let text = format!("is {text} x");
        assert_eq!(read(&text), plain.into_iter().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn blocks_of_base64_are_read_as_one() {
    let lines = ["cGFzc3dvcmQ9aHVudGVy", "MjIyMjIyMjIyMjIyMjIy", "MjI="];
    let plain = "password=hunter22222222222222222";
    for (text, all) in [
        (lines.join("\n"), 1),
        (lines.join("\r\n"), 1),
        (lines.join("\n> "), 1),
        (lines.join("\n\t| "), 1),
        (lines.join("\nx\n"), 2),
        (lines.join(" "), 2),
    ] {
        let read = read(&text);
        assert_eq!(read.len(), all, "{text}: {read:?}");
        assert_eq!(read.contains(&plain.to_owned()), all == 1, "{text}: {read:?}");
    }
    let short = "cGFzc3dvcmQ9aHVudGV\nMjIyMjIyMjIyMjIyMjIy";
    assert_eq!(read(short).len(), 2, "19 digits are no line of a block");
}

#[test]
fn disguises_are_folded_beside_plain_letters() {
    for (text, plain) in [
        ("pa\u{200b}ss", Some("pass")),
        ("\u{200b} pass", None),
        ("\u{200b}pass", Some("pass")),
        ("pass\u{200b}", Some("pass")),
        ("1\u{a0}2", Some("1 2")),
        ("a\u{a0}2", None),
        ("1\u{a0}b", None),
        ("1\u{2009}2", Some("1 2")),
        ("1\u{3000}2", Some("1 2")),
        ("p\u{430}ss", Some("pass")),
        ("ключ", None),
        ("ключ1", None),
        ("pкюч", Some("pkюч")),
        ("ｐａｓｓ", Some("pass")),
        ("𝐩𝐚𝐬𝐬", Some("pass")),
        ("p①", Some("p1")),
        ("p½", None),
        ("e\u{ad}f", Some("ef")),
        ("e\u{feff}f", Some("ef")),
        ("e\u{e0041}f", Some("ef")),
        ("e\u{202e}f", Some("ef")),
        ("für", None),
    ] {
        assert_eq!(read(text), plain.into_iter().collect::<Vec<_>>(), "{text:?}");
    }
    let text = format!("{}p\u{430}{}", "a ".repeat(100), " b".repeat(100));
    assert_eq!(read(&text), [format!("{}pa{}", "a ".repeat(80).split_at(1).1, " b".repeat(80))]);
}

#[test]
fn prefixes_end_where_lines_no_longer_share_them() {
    for (text, plain) in [
        ("> a\n> b\nc", vec!["a\nb\n"]),
        (">a\n> b", vec!["a\nb"]),
        ("   > a\n> b", vec!["a\nb"]),
        ("    > a\n", vec![]),
        ("> a\n\n> b", vec!["a\n", "b"]),
        ("| a\n| b\n", vec!["a\nb\n"]),
        ("| a | b\n| c | d\n", vec![]),
        ("- a\n  b\nc", vec!["a\nb\n"]),
        ("- a\n- b\n", vec![]),
        ("1. a\n   b\n", vec!["a\nb\n"]),
        ("123) a\n     b\n", vec!["a\nb\n"]),
        ("1234. a\n      b\n", vec![]),
        ("* a\n  b\n", vec!["a\nb\n"]),
        ("-a\n b\n", vec![]),
        ("  a\n  b\nc", vec!["a\nb\n"]),
        ("  a\n    b\n  c", vec!["a\n  b\nc"]),
        ("    a\n  b\n", vec![]),
        ("  a\n\n  b\n\n", vec!["a\n\nb\n"]),
        ("\ta\n\tb\n", vec!["a\nb\n"]),
        ("+a\n+b\n", vec!["a\nb\n"]),
        ("-a\n+b\n+c\n", vec!["a\nb\nc\n"]),
        ("+a\n-b\n", vec![]),
        (" a\n+b\n+c\n", vec!["b\nc\n"]),
        ("+a\n b\n+c\n", vec!["a\nb\nc\n"]),
        ("+---+\n+a\n+b\n", vec!["a\nb\n"]),
        ("[pod/a-1/web] a\n[pod/a-2/web] b\n", vec!["a\nb\n"]),
        ("2026-11-24T10:00:01Z a\n2026-11-24T10:00:02Z b\n", vec!["a\nb\n"]),
        ("2026-11-24T10:00:01Z a\nother\n", vec![]),
        ("a: 1\na: 2\n", vec![]),
    ] {
        let text = Text::new(text, &keywords());
        let all: Vec<String> = unprefixed(&text).into_iter().map(|it| it.text).collect();
        assert_eq!(all, plain, "{:?}", text.raw);
    }
    let one = Text::new("> a", &keywords());
    assert!(unprefixed(&one).is_empty());
}
