//! Cells and values go, columns, keys and error messages stay.

use super::super::super::settings::Settings;
use super::super::identifiers;
use super::*;
use crate::redaction::layers::keywords;

fn values(raw: &str) -> Vec<String> {
    let text = Text::new(raw, &keywords());
    let additions = Additions::new(&Settings::default()).unwrap();
    let mut found = Vec::new();
    identifiers::find(&text, &additions, &mut found);
    let before = found.len();
    find(&text, &additions, &mut found).unwrap();
    found.drain(..before);
    found.sort_by_key(|it| it.span.start);
    // What two forms find is settled afterwards.
    found.dedup_by_key(|it| it.span.clone());
    found.into_iter().map(|it| raw[it.span].to_owned()).collect()
}

#[test]
fn cells_and_values_are_found() {
    for (text, cells) in [
        (" id | holder\n----+--------\n 7 | Mara Ott\n(1 row)\n", &["7", "Mara Ott"][..]),
        ("+----+\n| id | x |\n+----+---+\n| 10 | ab |\n+----+---+\n", &["10", "ab"]),
        ("| Name | Mail |\n|---|---|\n| Ott | o@ott.de |\n", &["Ott", "o@ott.de"]),
        ("*** 1. row ***\n", &[]),
        ("***** 1. row *****\n  id: 14\n  name: x1\n", &["14", "x1"]),
        ("id,name,email\n1,Ott,o@ott.de\n", &["1", "Ott", "o@ott.de"]),
        ("INSERT INTO t (a, b) VALUES (12, 'x y'), (13, 'z');", &["12", "x y", "13", "z"]),
        (
            "body {\"name\":\"Ott\",\"email\":\"o@ott.de\",\"ok\":true,\"n\":12345}",
            &["Ott", "o@ott.de", "12345"],
        ),
        ("host;password\ndb;\"'geh3im\u{e4}'\"\nweb;'pa55wort'\n", &["geh3im\u{e4}", "pa55wort"]),
        ("anna1x:anna1x\nbob:s3same\nmara:ge7heim\n", &["anna1x", "s3same", "ge7heim"]),
        ("parameters: $1 = 'DE1', $2 = 'x'", &["DE1", "x"]),
        ("name=Ott&mail=o%40ott.de&x=1", &["Ott", "o%40ott.de", "1"]),
    ] {
        assert_eq!(values(text), cells, "{text}");
    }
}

#[test]
fn logs_errors_schemas_and_prose_stay() {
    for text in [
        "{\"level\":\"info\",\"msg\":\"started\",\"ts\":1763626495}",
        "{\"error\":{\"code\":\"invalid\",\"message\":\"no such user\"}}",
        "CREATE TABLE t (id int, name text);",
        "| Alert | Meaning |\n|---|---|\n| Down | the node is down |\n",
        "one, two, three\nfour, five, six\n",
        "{\"dependencies\":{\"a\":\"^1.2.3\"}}",
    ] {
        assert_eq!(values(text), [""; 0], "{text}");
    }
}

#[test]
fn a_login_is_hidden_where_its_password_stands() {
    let raw = "anna1x:anna1x\nbob:s3same\nmara:ge7heim\n";
    let text = Text::new(raw, &keywords());
    let mut found = Vec::new();
    find(&text, &Additions::new(&Settings::default()).unwrap(), &mut found).unwrap();
    let mut starts: Vec<usize> = found.iter().map(|it| it.span.start).collect();
    starts.sort_unstable();
    assert_eq!(starts, [7, 18, 30]);
}

#[test]
fn names_of_columns_say_whom_they_are_about() {
    use Says::{Personal, Telling};
    for (name, says) in [
        ("email", Some(Telling)),
        ("EMAIL", Some(Telling)),
        ("e-mail", Some(Telling)),
        ("E-Mail", Some(Telling)),
        ("customerEmail", Some(Telling)),
        ("phone_number", Some(Telling)),
        ("phone.number", Some(Telling)),
        ("firstName", Some(Telling)),
        ("FIRST_NAME", Some(Telling)),
        ("first name", Some(Telling)),
        ("date.of.birth", Some(Telling)),
        ("Straße", Some(Telling)),
        ("STRASSE", Some(Telling)),
        ("ФАМИЛИЯ", Some(Telling)),
        ("tax_number", Some(Personal)),
        ("tax-number", Some(Personal)),
        ("tax.number", None),
        ("name", Some(Personal)),
        ("userName", Some(Personal)),
        ("order_id", Some(Personal)),
        ("id", None),
        ("thing", None),
        ("emails", None),
        ("n", None),
        ("", None),
        ("1name", None),
        ("_name", Some(Personal)),
    ] {
        assert_eq!(said(name), says, "{name}");
        assert_eq!((is_personal(name), is_telling(name)), (says.is_some(), says == Some(Telling)));
    }
}

#[test]
fn names_are_cut_where_a_capital_follows_a_small_letter() {
    for (name, words) in [
        ("givenName", &["given", "Name"][..]),
        ("URLName", &["URLName"]),
        ("aBcD", &["a", "Bc", "D"]),
        ("größeÄtna", &["größe", "Ätna"]),
        ("name", &["name"]),
        ("", &[]),
    ] {
        assert_eq!(humps(name).collect::<Vec<_>>(), words, "{name}");
    }
    assert!(is_joined("a_b") && is_joined("a b") && is_joined("a-b") && is_joined("a.b"));
    assert!(is_joined("aB") && !is_joined("ab") && !is_joined("a/b"));
}

#[test]
fn what_says_nothing_and_what_stands_in_is_not_hidden() {
    let hidden = |rule: &'static str, raw: &str| {
        let text = Text::new(raw, &keywords());
        let mut all = Vec::new();
        hide(&text, rule, "CELL", 0..raw.len(), &mut Finds::over(&mut all));
        all.first().map(|it| raw[it.span.clone()].to_owned())
    };
    for raw in [
        "", " ", "null", " NULL ", "none", "nil", "true", "False", "t", "F", "<null>", "N/A", "-",
        "...", "$X", "${X}", "****", "<id>",
    ] {
        assert_eq!(hidden("copied-cell", raw), None, "{raw}");
    }
    for raw in ["x", "7", "nulls", "trueish", "$X y", "$X:y", "${X/y}", "000", "0000000"] {
        assert_eq!(hidden("copied-cell", raw).as_deref(), Some(raw), "{raw}");
    }
    assert_eq!(hidden("copied-cell", "\u{a0} ab c\t").as_deref(), Some("ab c"));
    assert_eq!(hidden("copied-local", "$X").as_deref(), Some("$X"));
}

#[test]
fn cells_stand_between_their_signs() {
    let raw = "x a||b ||  || c";
    let text = Text::new(raw, &keywords());
    let mut all = Vec::new();
    hide_cells(&text, 2, &raw[2..], "||", &mut Finds::over(&mut all));
    let spans: Vec<_> = all.into_iter().map(|it| it.span).collect();
    assert_eq!(spans, [2..3, 5..6, 14..15]);
}
