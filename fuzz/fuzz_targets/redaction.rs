//! Any text: redacting does not panic, spans are whole characters, and
//! redacting again changes nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prode::redaction::{Redactor, Settings};

fuzz_target!(|data: &[u8]| {
    let input = String::from_utf8_lossy(data);
    let redactor = Redactor::new(&Settings::default()).unwrap();
    let Ok(first) = redactor.redact(&input) else { return };
    assert!(first.findings.iter().all(|it| input.get(it.start..it.end).is_some()));
    let again = redactor.redact(&first.text).unwrap();
    assert_eq!(again.text, first.text);
});
