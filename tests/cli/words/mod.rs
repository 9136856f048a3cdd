//! The words that people read: commands in pages and messages are commands that
//! there are, and messages keep to one voice.

mod listing;
mod messages;
mod minutes;
mod pages;

use std::ffi::OsString;

use clap::error::ErrorKind;
use prode::cli::matches;

/// Why the program would refuse these words, its name first. A `mention` names a
/// command and leaves out what it needs; a line that is typed must be whole.
fn refusal(words: &[String], is_mention: bool) -> Option<String> {
    let typed: Vec<OsString> = words.iter().map(OsString::from).collect();
    let error = matches(&typed).err()?;
    let is_short = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    // What stands for a value is no value of an option that knows its values.
    let is_filled_in = words.iter().any(|word| word == FILLED_IN)
        && matches!(
            error.kind(),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidSubcommand
        );
    let ends_early = error.to_string().contains("a value is required for");
    let stands_for_more = is_mention && (is_short || is_filled_in || ends_early);
    let first = error.to_string().lines().next().unwrap_or_default().to_owned();
    (error.use_stderr() && !stands_for_more).then_some(first)
}

/// What a placeholder becomes.
const FILLED_IN: &str = "1";

/// `<page>`, `FILE` and `[--option]` as somebody fills them in.
fn filled_in(text: &str) -> String {
    let placeholder = regex::Regex::new(r"<[A-Za-z][^<>@\n]*>|\b[A-Z]+\b").unwrap();
    placeholder.replace_all(text, FILLED_IN).replace(['[', ']'], "")
}
