//! A record says what the events say, and each way in which it does not.

use super::*;
use crate::chain::Chain;
use crate::sop::event::How;

const PAGE: &str = "---\nkind: sop\n---\n# Raise it\n\n## Gate 1: Design\n\n**Stop conditions.** It grows: stop.\n\n\
    ## Gate 2: Build\n\n```sh\nmake\n```\n\n## Gate 3: Test\n\n## Gate 4: PR\n";

const RUN: &str = "R-20261126-3f9a1c";

fn procedure() -> Procedure {
    Procedure::read(PAGE.as_bytes()).unwrap()
}

/// A run with so many gates passed.
fn events(passed: u32) -> Vec<Vec<u8>> {
    let (mut chain, mut seconds) = (Chain::begin(), 1_790_000_000);
    let text = |it: &str| it.to_owned();
    let mut line = |event: Event| {
        seconds += 1;
        chain.line(jiff::Timestamp::from_second(seconds).unwrap(), &event).unwrap()
    };
    let mut all = vec![line(Event::SopOpened {
        run: text(RUN),
        sop: text("wiki/a.md"),
        commit: text("0123456789012345678901234567890123456789"),
        gates: procedure().digest(),
        ticket: None,
        by: text("prode"),
        ruleset: text("1"),
    })];
    all.extend((1..=passed).map(|gate| {
        line(Event::Decided {
            gate,
            decision: Decision::Go,
            why: text("fine"),
            by: text("@lead"),
            how: How::Attested,
            statements: Vec::new(),
        })
    }));
    all
}

fn record(passed: u32) -> String {
    write(&procedure(), &events(passed)).unwrap()
}

/// Codes and lines of what is wrong with the only record of a text.
fn faults(text: &str) -> Vec<(&'static str, usize, String)> {
    let found = find(text);
    assert_eq!(found.len(), 1, "{text}");
    let all = match found[0].pin() {
        Err(fault) => vec![fault],
        Ok(_) => found[0].faults(&procedure(), None),
    };
    all.into_iter().map(|it| (it.code, it.line, it.what)).collect()
}

#[test]
fn a_record_is_found_among_other_words_and_holds() {
    let text = format!("# Change\n\nWhat it does.\n\n{}\nMore.\n", record(4));
    assert_eq!(faults(&text), []);
    assert_eq!(faults(&text.replace('\n', "\r\n")), [], "a forge writes its own line ends");
    let found = &find(&text)[0];
    assert_eq!((found.run.as_str(), found.line), (RUN, 5));
    assert_eq!(found.pin().unwrap().0, "wiki/a.md");
}

#[test]
fn the_same_events_are_the_same_text_and_no_line_of_it_is_a_heading() {
    assert_eq!(record(2), record(2));
    assert!(!record(4).lines().any(|it| it.starts_with('#')), "git drops such lines of a message");
    assert!(!record(4).contains("@lead,"), "nobody is mentioned");
}

#[test]
fn an_incomplete_record_names_the_gates() {
    let faults = faults(&record(2));
    let told: Vec<_> = faults.iter().map(|it| (it.0, it.1, it.2.as_str())).collect();
    let gates = [
        ("incomplete", 9, "'Gate 3: Test' is not passed: open"),
        ("incomplete", 10, "'Gate 4: PR' is not passed: open"),
    ];
    assert_eq!(told, gates);
    assert_eq!(find(&record(2))[0].faults(&procedure(), Some(2)), []);
}

#[test]
fn a_changed_line_is_named_wherever_it_is() {
    let good = record(4);
    let table = [
        ("- [x] Gate 2: Build: go", "- [x] Gate 2: Build: stop", 8),
        ("**SOP gates: Raise it**", "**SOP gates: Lower it**", 2),
        ("wiki/a.md@0123", "wiki/b.md@0123", 4),
        ("Run `R-2026", "Run `R-2025", 5),
        ("events `sha256:", "events `sha256:0", 5),
        ("\"why\":\"fine\"", "\"why\":\"good\"", 17),
        ("\"how\":\"attested\"", "\"how\":\"strong\"", 17),
        ("{\"at\"", "{ \"at\"", 15),
        ("</details>", "</details>\nand more", 23),
    ];
    for (from, to, line) in table {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let faults = faults(&bad);
        assert_eq!(
            faults.first().map(|it| (it.0, it.1)),
            Some(("forged", line)),
            "{to}: {faults:?}"
        );
    }
}

#[test]
fn a_decision_that_no_run_could_have_made_is_named() {
    let mut lines = events(4);
    lines.remove(2);
    let made = good_with(&lines);
    assert_eq!(faults(&made)[0].0, "forged");
    let mut other = procedure();
    other.gates[1].steps.clear();
    let fault = &find(&record(4))[0].faults(&other, None)[0];
    assert_eq!(
        (fault.code, fault.what.as_str()),
        ("forged", "event 0: its gates are not those of the page")
    );
}

/// A record whose events are these lines.
fn good_with(lines: &[Vec<u8>]) -> String {
    let good = record(4);
    let (head, rest) = good.split_once("```jsonl\n").unwrap();
    let (_, tail) = rest.split_once("```\n").unwrap();
    let lines = lines.iter().map(|it| String::from_utf8_lossy(it).into_owned() + "\n");
    format!("{head}```jsonl\n{}```\n{tail}", lines.collect::<String>())
}

#[test]
fn a_record_that_is_cut_says_so() {
    let good = record(4);
    let cut: Vec<&str> = good.split_inclusive('\n').take(15).collect();
    assert_eq!(faults(&cut.concat()), [("cut", 1, format!("the record of '{RUN}' has no end"))]);
    assert_eq!(faults(&good_with(&[]))[0].0, "cut");
    assert_eq!(find("no record at all\n"), []);
}

proptest::proptest! {
    /// One byte of a record changed: it does not hold, or says the same.
    #[test]
    fn no_changed_byte_goes_unseen(at in 0..2_000_usize, byte in b' '..b'~') {
        let good = record(4);
        let at = at % good.len();
        let mut bytes = good.clone().into_bytes();
        if !bytes[at].is_ascii() { return Ok(()); }
        bytes[at] = byte;
        let bad = String::from_utf8(bytes).unwrap();
        let lines = |text: &str| -> Vec<String> { text.lines().map(|it| it.trim_end().to_owned()).collect() };
        let found = find(&bad);
        let holds = found.iter().any(|it| it.pin().is_ok() && it.faults(&procedure(), None).is_empty());
        proptest::prop_assert_eq!(holds, lines(&bad) == lines(&good));
    }
}
