//! Any text: redacting does not panic, spans are whole characters, and
//! redacting again changes nothing.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use prode::redaction::{Redactor, Settings};

/// Made once: a run of the fuzzer is for texts, not for compiling rules.
static REDACTOR: LazyLock<Redactor> =
    LazyLock::new(|| Redactor::new(&Settings::default()).unwrap());

fuzz_target!(|data: &[u8]| {
    let input = String::from_utf8_lossy(data);
    let Ok(first) = REDACTOR.redact(&input) else { return };
    assert!(first.findings.iter().all(|it| input.get(it.start..it.end).is_some()));
    let again = REDACTOR.redact(&first.text).unwrap();
    assert_eq!(again.text, first.text);
});
