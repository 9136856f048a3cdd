//! What a command works with: the workspace, opened when it is first needed,
//! and the printer.

use std::path::PathBuf;

use super::arguments::Cli;
use super::failure::Failure;
use super::ui::Ui;
use crate::clock::Clock;
use crate::config::Environment;
use crate::ops::OpError;
use crate::rendering::visible_line;
use crate::workspace::{Memory, Options, Pool, Workspace, WorkspaceError};

/// What a command works with.
pub struct Context<'a> {
    cli: &'a Cli,
    /// The folder of the process.
    pub current: PathBuf,
    /// The environment of the process.
    pub environment: Environment,
    /// The printer.
    pub ui: &'a mut Ui,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        cli: &'a Cli,
        current: PathBuf,
        environment: Environment,
        ui: &'a mut Ui,
    ) -> Self {
        Self { cli, current, environment, ui }
    }

    /// Opens the workspace that the global options name.
    pub fn workspace(&self) -> Result<Workspace, Failure> {
        Ok(self.open()?)
    }

    /// The same, with the error as it is.
    pub fn open(&self) -> Result<Workspace, WorkspaceError> {
        let mut workspace = Workspace::open(self.options())?;
        if let Some(progress) = self.ui.progress() {
            workspace.on_progress(progress);
        }
        Ok(workspace)
    }

    /// The repository that the global options name, for many calls at once.
    pub fn pool(&self) -> Result<Pool, Failure> {
        Ok(Pool::open(self.options()).map_err(OpError::from)?)
    }

    fn options(&self) -> Options {
        Options {
            repo: self.cli.global.repo.clone(),
            current: self.current.clone(),
            overrides: self.cli.global.config.clone(),
            environment: self.environment.clone(),
            clock: Clock::system(),
        }
    }

    /// A bar for the time that reading a history takes: it hears how many of
    /// how many commits were looked at.
    pub fn reading_history(&self) -> impl Fn(usize, usize) + use<> {
        let progress = self.ui.progress_of("reading history {bar:30} {pos}/{len} commits");
        move |done, of| {
            if let Some(progress) = &progress {
                progress(done, of);
            }
        }
    }

    /// The format asked for, of those that the command knows; the first is the default.
    pub fn format(&self, known: &[&'static str]) -> Result<&'static str, Failure> {
        let asked =
            if self.cli.global.json { Some("json") } else { self.cli.global.format.as_deref() };
        let Some(asked) = asked else { return Ok(known[0]) };
        known.iter().find(|name| **name == asked).copied().ok_or_else(|| Failure::Usage {
            message: format!("there is no format '{asked}' for this command"),
            hint: format!("use one of: {}", known.join(", ")),
        })
    }

    /// Writes what was gathered so far: what is said beside it comes after it.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.ui.flush().map_err(Failure::Output)
    }

    /// Says what a reader of an answer should know: where it came from if not
    /// from the usual place, and what it leaves out.
    pub fn close(&mut self, workspace: Workspace, memory: Memory) {
        self.notes(&workspace, &memory);
        // The process ends next; the system takes all of it back in one go.
        std::mem::forget((workspace, memory));
    }

    /// The same for a command that answers from commits alone.
    pub fn close_committed(&mut self, workspace: Workspace, memory: Memory) {
        self.notes_beside(&workspace, &memory, "looked at: an audit reads commits");
        std::mem::forget((workspace, memory));
    }

    /// Says what the reader of an answer should know.
    pub fn notes(&mut self, workspace: &Workspace, memory: &Memory) {
        self.notes_beside(workspace, memory, "searched; add --worktree");
    }

    /// `end` says what is not done to what is changed on disk, and what to type.
    fn notes_beside(&mut self, workspace: &Workspace, memory: &Memory, end: &str) {
        for note in memory.notes() {
            self.ui.note(visible_line(&note));
        }
        if self.cli.global.verbose {
            self.ui.note(told(memory));
            for other in memory.others() {
                self.ui.note(other.memory.called(format!(" {}", told(&other.memory))));
            }
        }
        // What another memory showed has nothing to do with this work tree.
        let is_elsewhere = memory.name.is_some();
        if self.ui.is_unheard() || memory.revision.on_disk || is_elsewhere {
            return;
        }
        let Ok(changed) = workspace.unsearched_pages(memory) else { return };
        if changed > 0 {
            let (pages, are) = if changed == 1 { ("page", "is") } else { ("pages", "are") };
            self.ui.note(format!("{changed} {pages} changed in your work tree {are} not {end}"));
        }
    }
}

/// Where an answer came from, and what it took.
fn told(memory: &Memory) -> String {
    let revision = &memory.revision;
    let commit = revision.commit.map_or_else(|| "no commit".to_owned(), |commit| commit.short(12));
    let (pages, indexed) = (memory.snapshot.len(), memory.report.indexed);
    let kept = if memory.report.in_memory { " in memory" } else { "" };
    format!(
        "answered from {} at {commit}: {pages} pages, {indexed} indexed for it{kept}",
        revision.name
    )
}
