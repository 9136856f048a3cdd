//! Any text as a ticket: signals stand where they say, and reading is repeatable.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prode::routing::signals;

fuzz_target!(|data: &[u8]| {
    let input = String::from_utf8_lossy(data);
    let (ticket, found) = signals::read(&input);
    for signal in &found {
        if let Some([start, end]) = signal.span {
            assert_eq!(input.get(start..end), Some(signal.value.as_str()));
        }
    }
    let _ = signals::telling_text(&ticket);
    assert_eq!(signals::read(&input).1, found);
});
