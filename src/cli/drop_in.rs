//! Called as `adr`, the program is adr-tools: its answer is printed as it is.

use std::ffi::OsString;
use std::path::Path;

use super::ui::Ui;
use crate::adr_tools::{self, Call, Called};
use crate::clock::Clock;
use crate::config::Environment;

/// Runs adr-tools, if the program was called by one of its names; the exit code.
pub(super) fn answered(
    arguments: &[OsString],
    current: &Path,
    environment: &Environment,
) -> Option<u8> {
    let (program, rest) = arguments.split_first()?;
    let called = Called::by(program)?;
    let call = Call { program, current, environment, clock: Clock::system() };
    let reply = adr_tools::run(called, rest, &call);
    let mut ui = Ui::plain(environment, false);
    ui.raw_error(&reply.err);
    ui.raw(&reply.out);
    if let Some(pager) = pager(&ui, environment).filter(|_| reply.is_help) {
        ui.hand_to(pager);
    }
    Some(ui.finish(reply.code))
}

/// As adr-tools chooses it; `more` only where somebody would read it.
fn pager<'a>(ui: &Ui, environment: &'a Environment) -> Option<&'a str> {
    let named = environment.adr_pager.as_deref().or(environment.pager.as_deref());
    named.or_else(|| ui.is_terminal().then_some("more"))
}
