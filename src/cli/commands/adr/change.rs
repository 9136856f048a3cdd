//! How a change of decisions is told.

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::adr::Change;
use crate::rendering::visible_line;

/// One line of what happened, then the other files that changed.
pub(super) fn told(context: &mut Context<'_>, change: &Change) {
    let decision = &change.decision;
    let path = styled(style::PATH, visible_line(&decision.path));
    let now = decision.status.as_deref().unwrap_or("no status");
    let told = match &change.was {
        Some(was) if was != now => {
            format!("{path}  {} \u{2192} {}", visible_line(was), visible_line(now))
        }
        _ => path,
    };
    context.ui.line(told);
    for other in change.changed.iter().filter(|other| **other != decision.path) {
        context.ui.line(styled(style::PATH, visible_line(other)));
    }
    for note in &change.notes {
        context.ui.note(visible_line(note));
    }
    if change.changed.is_empty() {
        context.ui.note("everything was so already; no file changed");
    }
}
