//! A new decision in the user's editor.

use std::path::Path;
use std::process::{Command, ExitStatus};

use super::error::AdrToolsError;

/// Lets somebody edit `file`, which is given to the editor as it is shown;
/// the editor's exit code. The editor has the terminal until it ends.
pub(super) fn edit(editor: &str, file: &str, current: &Path) -> Result<u8, AdrToolsError> {
    let _deaf = interrupts::ignored();
    let status = command(editor).arg(file).current_dir(current).status();
    status.map(code).map_err(AdrToolsError::io("start the editor", Path::new(editor)))
}

/// `EDITOR` may be a program with options; the shell takes it apart.
#[cfg(unix)]
fn command(editor: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg("sh");
    command
}

/// There may be no shell: words are taken apart at spaces.
#[cfg(not(unix))]
fn command(editor: &str) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

/// As a shell tells it: 128 and the signal that ended it.
#[cfg(unix)]
fn code(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt;
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(not(unix))]
fn code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// Ctrl-C in an editor is the editor's: it must not end the program that
/// waits for it.
#[cfg(unix)]
mod interrupts {
    use tokio::runtime::{Builder, Runtime};
    use tokio::signal::unix::{SignalKind, signal};

    pub(super) fn ignored() -> Option<Runtime> {
        let runtime = Builder::new_current_thread().enable_io().build().ok()?;
        // Once listened to, a signal no longer ends the process.
        let listening = runtime.block_on(async { signal(SignalKind::interrupt()).is_ok() });
        listening.then_some(runtime)
    }
}

#[cfg(not(unix))]
mod interrupts {
    pub(super) fn ignored() {}
}
