//! Where what is open ends, and what stands when a person lets it stand.

use super::super::{Blocked, Reason, Redactor, Settings};

fn redactor() -> Redactor {
    Redactor::new(&Settings::default()).unwrap()
}

/// Put together, so that no scanner takes it for a key.
fn begin(label: &str) -> String {
    format!("{}BEGIN {label} KEY{}", "-".repeat(5), "-".repeat(5))
}

fn secret() -> String {
    ["Zw3tschge", "!kuchen"].concat()
}

fn blocked(text: &str) -> Blocked {
    redactor().redact(text).unwrap_err()
}

/// What a person would be asked about.
fn asked(text: &str) -> Option<&str> {
    let blocked = blocked(text);
    Some(&text[blocked.start..blocked.end?])
}

/// The text where exactly `value` may stand, and what was found beside it.
fn letting(text: &str, value: &str) -> Result<(String, Vec<String>), Blocked> {
    let mut stays = |rule: &str, it: &str| {
        Reason::ALLOWABLE.iter().any(|reason| reason.name() == rule) && it == value
    };
    let redaction = redactor().redact_but(text, &mut stays)?;
    let found = redaction.findings.iter().map(|it| it.rule.clone().into_owned());
    Ok((redaction.text.into_string(), found.collect()))
}

#[test]
fn a_block_ends_with_the_last_of_its_lines() {
    let head = begin("RSA PRIVATE");
    for (rest, more) in [
        ("\nMIIEpAIBAAKCAQEA\nq7FhEReZw3\n", "\nThat was it.\n"),
        ("\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,01\n\nMIIEpAIBAAKCAQEA\n", "and more words\n"),
        ("\nMIIEpAIBAAKCAQEA\n[...]\n", "```\n\nwords of it\n"),
        ("\\nMIIEpAIBAAKCAQEA\\n\" + more\n", "and more words\n"),
        ("", ""),
    ] {
        let block = format!("{head}{rest}");
        let text = format!("Look:\n\n{block}{more}");
        assert_eq!(asked(&text), Some(block.trim_end()), "{text}");
        assert_eq!(blocked(&text).reason, Reason::UnclosedBlock);
    }
}

#[test]
fn a_block_in_a_quote_ends_as_it_reads_without_the_marks() {
    let text = format!("> {}\n> MIIEpAIBAAKCAQEA\n>\n> and words\n", begin("OPENSSH PRIVATE"));
    let asked = asked(&text).unwrap();
    assert!(asked.ends_with("MIIEpAIBAAKCAQEA"), "{asked}");
}

#[test]
fn a_quote_ends_with_its_paragraph() {
    let text = "password: \"never to be\ncontinued here\n\nA paragraph.\n";
    assert_eq!(asked(text), Some("never to be\ncontinued here"));
    assert_eq!(blocked(text).reason, Reason::UnclosedQuote);
}

#[test]
fn what_stands_is_exactly_that_and_what_stands_beside_it_is_found() {
    let block = format!("{}\nMIIEpAIBAAKCAQEA", begin("RSA PRIVATE"));
    let text = format!("{block}\n\npassword: {}\nwrite to ott@team.bzh\n", secret());
    let (after, found) = letting(&text, &block).unwrap();
    assert_eq!(after, format!("{block}\n\npassword: <PASSWORD_1>\nwrite to <EMAIL_1>\n"));
    assert_eq!(found, ["named-value", "email"]);
    assert_eq!(letting(&after, &block).unwrap(), (after, Vec::new()), "twice changes nothing");
    for other in [block.replace("MIIE", "MIIF"), format!("{block}\nq7FhEReZw3")] {
        let text = text.replace(&block, &other);
        assert_eq!(letting(&text, &block).unwrap_err().reason, Reason::UnclosedBlock, "{text}");
    }
}

#[test]
fn what_holds_another_finding_is_nothing_to_be_asked_about() {
    let holds = [
        format!("{}\npassword={}\n", begin("RSA PRIVATE"), secret()),
        format!("password: \"never to\nbe ott@team.bzh\n\n{}", begin("X")),
        format!("{}\n<EMAIL_1>\nMIIEpAIBAAKCAQEA\n", begin("RSA PRIVATE")),
    ];
    for text in holds {
        assert_eq!(blocked(&text).end, None, "{text}");
        assert!(redactor().redact_but(&text, &mut |_, _| true).is_err(), "{text}");
    }
}

#[test]
fn the_second_stops_the_text_where_the_first_may_stand() {
    let one = format!("{}\nMIIEpAIBAAKCAQEA", begin("RSA PRIVATE"));
    let two = format!("{}\nMIIEvQIBADANBgkq", begin("EC PRIVATE"));
    let text = format!("{one}\n\nThen this.\n\n{two}\n");
    let stop = letting(&text, &one).unwrap_err();
    assert_eq!(&text[stop.start..stop.end.unwrap()], two);
    assert_eq!(letting(&text, "").unwrap_err().start, 0);
}

#[test]
fn too_many_and_too_long_ones_are_nobodys_to_allow() {
    let head = begin("RSA PRIVATE");
    let many = format!("{head}\n\nA few words.\n\n").repeat(super::MOST + 2);
    let long = format!("{head}\n{}", "MIIEpAIBAAKCAQEA\n".repeat(5_000));
    for text in [many, long] {
        assert!(redactor().redact_but(&text, &mut |_, _| true).is_err());
    }
}

#[test]
fn a_large_text_keeps_what_stands_although_it_is_looked_at_in_parts() {
    let block = format!("{}\n{}", begin("RSA PRIVATE"), "MIIEpAIBAAKCAQEA\n".repeat(300));
    let block = block.trim_end();
    let filler = "Words of a page.\n".repeat(5_000);
    let text = format!("{filler}password: {}\n\n{block}\n\n{filler}", secret());
    let (after, found) = letting(&text, block).unwrap();
    assert_eq!(found, ["named-value"]);
    assert!(after.contains(block));
}
