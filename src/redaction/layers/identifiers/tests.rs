//! What names a person or a machine, and what only looks like it.

use super::super::super::rules::Additions;
use super::super::super::settings::Settings;
use super::*;
use crate::redaction::layers::keywords;

fn values(raw: &str) -> Vec<String> {
    let text = Text::new(raw, &keywords());
    let mut found = Vec::new();
    find(&text, &Additions::new(&Settings::default()).unwrap(), &mut found);
    let mut found: Vec<_> = found.into_iter().map(|it| it.span).collect();
    found.sort_by_key(|span| span.start);
    found.into_iter().map(|span| raw[span].to_owned()).collect()
}

#[test]
fn identifiers_are_found() {
    for (text, value) in [
        ("write to m.legoff@ferme.bzh, please", "m.legoff@ferme.bzh"),
        ("from 45.227.254.19:50112", "45.227.254.19"),
        ("on node-45.227.254.19 again", "45.227.254.19"),
        ("account de89370400440532013000 of", "de89370400440532013000"),
        (
            "from 2a02:8071:51c0:3f00:9c4:7aff:fe31:22d0 port",
            "2a02:8071:51c0:3f00:9c4:7aff:fe31:22d0",
        ),
        ("to 00:1b:63:84:45:e6 via", "00:1b:63:84:45:e6"),
        ("address 001b.6384.45e6 on", "001b.6384.45e6"),
        ("card 4111 1111 1111 1112 declined", "4111 1111 1111 1112"),
        ("my card 501864667909?", "501864667909"),
        ("IBAN FR76 1467 8648 7756 5926 9821 952.", "FR76 1467 8648 7756 5926 9821 952"),
        ("call +47 412 33 908 now", "+47 412 33 908"),
        ("cell: 757-622-1147.", "757-622-1147"),
        ("at 0494 92 82 32 today", "0494 92 82 32"),
        ("in /home/deploy2/app", "deploy2"),
        ("C:\\Users\\mara\\x", "mara"),
        ("number is 846-15-5715", "846-15-5715"),
    ] {
        assert_eq!(values(text), [value], "{text}");
    }
}

#[test]
fn documentation_times_versions_and_counters_stay() {
    for text in [
        "see 192.0.2.7, 198.51.100.1, 203.0.113.9, 127.0.0.1 and 0.0.0.0",
        "me@example.com and x@corp.example",
        "2001:db8::7 and ::1",
        "at 2026-11-20 08:14:55.102 and 12:30:45",
        "git@github.com:a/b.git",
        "1763626495102 ns, 20261120081455",
        "chrome/131.0.0.0, version 10.0.19041.1",
        "blk_4230161 of size 67108864",
        "foo::bar::baz",
        "081109 203615 148 INFO",
    ] {
        assert_eq!(values(text), [""; 0], "{text}");
    }
}
