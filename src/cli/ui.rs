//! The only printer.
//!
//! Data is gathered and written at the end: in one piece, through a pager
//! where it is longer than the terminal. Notes, errors and progress go to
//! standard error at once.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anstream::adapter::strip_bytes;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::arguments::{Cli, Color};
use crate::config::Environment;
use crate::ops::ErrorDocument;
use crate::rendering::visible_line;
use crate::workspace::Progress;

/// Work shorter than this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Longer lines of running text are hard to read.
const MAX_TEXT_WIDTH: usize = 100;

/// Where a command writes.
pub struct Ui {
    data: Vec<u8>,
    choice: ColorChoice,
    json: bool,
    quiet: bool,
    pager: Option<String>,
    /// The data is another program's, to be written byte by byte.
    verbatim: bool,
}

/// Styles by meaning.
pub mod style {
    use super::{AnsiColor, Style};

    /// Titles and names that lead a line.
    pub const TITLE: Style = Style::new().bold();
    /// Paths and citations.
    pub const PATH: Style = AnsiColor::Cyan.on_default();
    /// What is secondary.
    pub const FAINT: Style = Style::new().dimmed();
    /// What a reader must not miss.
    pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
    /// Errors.
    pub const ERROR: Style = AnsiColor::Red.on_default().bold();
    /// What to type.
    pub const HINT: Style = AnsiColor::Green.on_default();
}

/// `text` in a style.
pub fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

impl Ui {
    pub(super) fn new(cli: &Cli, environment: &Environment) -> Self {
        let json = cli.global.json || cli.global.format.as_deref() == Some("json");
        let choice = match cli.global.color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto => automatic(environment),
        };
        let pager = environment.pager.clone();
        Self { data: Vec::new(), choice, json, quiet: cli.global.quiet, pager, verbatim: false }
    }

    /// Before the command line is understood.
    pub(super) fn plain(environment: &Environment, json: bool) -> Self {
        let choice = automatic(environment);
        Self { data: Vec::new(), choice, json, quiet: false, pager: None, verbatim: false }
    }

    /// Adds a line of data.
    pub fn line(&mut self, text: impl Display) {
        self.text(format!("{text}\n"));
    }

    /// Adds data as it is.
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        self.data.extend_from_slice(text.as_ref());
    }

    /// Adds bytes that are written as they are, styles and all, without a pager.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.verbatim = true;
        self.data.extend_from_slice(bytes);
    }

    /// True if data goes to a terminal.
    #[expect(clippy::unused_self, reason = "it is asked of the printer")]
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Columns of the terminal; 80 where there is none.
    #[expect(clippy::unused_self, reason = "it is asked of the printer")]
    pub fn width(&self) -> usize {
        terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
    }

    /// Columns that running text should fill.
    pub fn text_width(&self) -> usize {
        self.width().min(MAX_TEXT_WIDTH)
    }

    /// Adds a line that may be cut: on a terminal it takes one row.
    pub fn brief(&mut self, indent: usize, text: &str) {
        let room = self.text_width().saturating_sub(indent + 2);
        let is_cut = self.is_terminal() && text.chars().count() > room;
        let shown: String =
            if is_cut { text.chars().take(room).collect() } else { text.to_owned() };
        let end = if is_cut { " \u{2026}" } else { "" };
        self.line(format!("{:indent$}{}{end}", "", shown.trim_end()));
    }

    /// Adds one JSON document, indented on a terminal.
    pub fn json(&mut self, value: &impl Serialize) {
        let text = if io::stdout().is_terminal() {
            serde_json::to_string_pretty(value)
        } else {
            serde_json::to_string(value)
        };
        self.line(text.unwrap_or_default());
    }

    /// A line on standard error, unless quiet.
    pub fn note(&mut self, text: impl Display) {
        if !self.quiet {
            self.stderr(format!("{} {text}", styled(style::FAINT, "note:")));
        }
    }

    /// True if somebody sits at a terminal who could be asked.
    #[expect(clippy::unused_self, reason = "it is asked of the printer")]
    pub fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks a question whose answer is yes or no; `None` where nobody sits at
    /// a terminal. Whatever is not a yes is a no.
    pub fn ask(&mut self, question: impl Display) -> Option<bool> {
        if !self.can_ask() {
            return None;
        }
        let mut stream = AutoStream::new(io::stderr(), self.choice_for(&io::stderr()));
        let _ = write!(stream, "{question} [y/N] ");
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        Some(read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Asks for a text; `None` where nobody sits at a terminal.
    pub fn ask_text(&mut self, question: impl Display) -> Option<String> {
        if !self.can_ask() {
            return None;
        }
        let mut stream = AutoStream::new(io::stderr(), self.choice_for(&io::stderr()));
        let _ = write!(stream, "{question}: ");
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).ok()?;
        Some(answer.trim().to_owned())
    }

    /// True if nobody reads notes: quiet, or standard error is the null device.
    pub fn is_unheard(&self) -> bool {
        self.quiet || is_null_device()
    }

    /// Writes bytes to standard error as they are.
    #[expect(clippy::unused_self, reason = "it is asked of the printer")]
    pub(super) fn raw_error(&self, bytes: &[u8]) {
        let _ = io::stderr().write_all(bytes);
    }

    pub(super) fn error(&mut self, error: &ErrorDocument) {
        if self.json {
            let text = serde_json::to_string(error).unwrap_or_default();
            self.stderr(text);
            return;
        }
        let message = visible_line(&error.message);
        self.stderr(format!("{} {message}", styled(style::ERROR, "error:")));
        for hint in error.hints.iter().map(|hint| visible_line(hint)) {
            self.stderr(format!("{} {hint}", styled(style::HINT, "hint:")));
        }
    }

    /// Help goes to standard output, a wrong command line to standard error.
    pub(super) fn help(&mut self, error: &clap::Error) {
        let text = error.render().ansi().to_string();
        if error.use_stderr() { self.stderr(text.trim_end()) } else { self.text(text) }
    }

    fn stderr(&self, text: impl Display) {
        let mut stream = AutoStream::new(io::stderr(), self.choice_for(&io::stderr()));
        let _ = writeln!(stream, "{text}");
    }

    fn choice_for(&self, stream: &impl IsTerminal) -> ColorChoice {
        match self.choice {
            ColorChoice::Auto if stream.is_terminal() => ColorChoice::Always,
            ColorChoice::Auto => ColorChoice::Never,
            chosen => chosen,
        }
    }

    /// A bar on standard error for work that lasts, on a terminal only.
    pub(super) fn progress(&self) -> Option<Box<Progress>> {
        self.progress_of("indexing {bar:30} {pos}/{len} pages")
    }

    /// The same for other work, in the language of the crate that draws it.
    pub(super) fn progress_of(&self, template: &'static str) -> Option<Box<Progress>> {
        if self.quiet || !io::stderr().is_terminal() {
            return None;
        }
        let begun = std::time::Instant::now();
        let bar = Arc::new(ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()));
        let look = ProgressStyle::with_template(template);
        bar.set_style(look.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Some(Box::new(move |done, all| {
            if begun.elapsed() < PATIENCE {
                return;
            }
            if bar.is_hidden() {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_length(all as u64);
            bar.set_position(done as u64);
            if done == all {
                bar.finish_and_clear();
            }
        }))
    }

    /// Writes what was gathered so far, so that a reader has it before
    /// anything else is worked out.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        if self.page() {
            return Ok(());
        }
        let data = std::mem::take(&mut self.data);
        if self.verbatim {
            let mut stream = io::stdout().lock();
            stream.write_all(&data)?;
            return stream.flush();
        }
        let choice = self.choice_for(&io::stdout());
        if choice == ColorChoice::Never {
            // All at once: the stream would write each line by itself.
            let mut stream = io::stdout().lock();
            stream.write_all(&strip_bytes(&data).into_vec())?;
            return stream.flush();
        }
        let mut stream = AutoStream::new(io::stdout(), choice);
        stream.write_all(&data)?;
        stream.flush()
    }

    /// Writes what is left; the exit code, changed only where writing failed.
    pub(super) fn finish(&mut self, code: u8) -> u8 {
        match self.flush() {
            Ok(()) => code,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Err(error) => {
                self.stderr(format!(
                    "{} cannot write the answer: {error}",
                    styled(style::ERROR, "error:")
                ));
                code.max(1)
            }
        }
    }

    /// Hands long text to a pager; false where there is none to use.
    fn page(&mut self) -> bool {
        let height = terminal_size::terminal_size().map_or(0, |(_, height)| usize::from(height.0));
        let lines = self.data.split(|&byte| byte == b'\n').count();
        if !io::stdout().is_terminal() || self.verbatim || height == 0 || lines < height {
            return false;
        }
        let program = self.pager.clone().unwrap_or_else(|| "less -FRX".to_owned());
        self.hand_to(&program)
    }

    /// Hands what was gathered to `program`, which shows it; false where it
    /// does not start.
    pub(super) fn hand_to(&mut self, program: &str) -> bool {
        let mut words = program.split_whitespace();
        let Some(name) = words.next() else { return false };
        let child = Command::new(name).args(words).stdin(Stdio::piped()).spawn();
        let Ok(mut child) = child else { return false };
        if let Some(mut input) = child.stdin.take() {
            let mut stream =
                AutoStream::new(&mut input as &mut dyn Write, self.choice_for(&io::stdout()));
            let _ = stream.write_all(&self.data);
        }
        let _ = child.wait();
        self.data.clear();
        true
    }
}

fn automatic(environment: &Environment) -> ColorChoice {
    if environment.no_color {
        ColorChoice::Never
    } else if environment.clicolor_force {
        ColorChoice::Always
    } else if environment.term.as_deref() == Some("dumb") {
        ColorChoice::Never
    } else {
        ColorChoice::Auto
    }
}

/// True if standard error goes where nobody looks.
#[cfg(unix)]
fn is_null_device() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let Ok(null) = std::fs::metadata("/dev/null") else { return false };
    let stderr = io::stderr().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let Ok(stderr) = stderr.and_then(|file| file.metadata()) else { return false };
    (stderr.rdev(), stderr.mode()) == (null.rdev(), null.mode()) && stderr.rdev() != 0
}

#[cfg(not(unix))]
fn is_null_device() -> bool {
    false
}
