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
    if reply.is_help {
        // A pager that is named gets the text whoever reads it, as adr-tools
        // does; else only a text that is longer than the screen is paged.
        ui.text(&reply.out);
        let pager = environment.adr_pager.as_deref().or(environment.pager.as_deref());
        pager.map(|pager| ui.hand_to(pager));
    } else {
        ui.raw(&reply.out);
    }
    Some(ui.finish(reply.code))
}
