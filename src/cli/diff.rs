//! Changes of files, for people.

use anstyle::Style;

use super::context::Context;
use super::ui::{style, styled};
use crate::rendering::visible;

/// Adds a unified diff, its lines coloured by what they do.
pub(super) fn print(context: &mut Context<'_>, diff: &str) {
    for line in diff.lines() {
        context.ui.line(styled(look(line), visible(line)));
    }
}

fn look(line: &str) -> Style {
    match line.as_bytes().first() {
        _ if line.starts_with("--- ") || line.starts_with("+++ ") => style::TITLE,
        Some(b'+') => style::HINT,
        Some(b'-') => style::ERROR,
        Some(b'@') => style::PATH,
        _ => Style::new(),
    }
}
