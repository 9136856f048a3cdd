//! `prode completions`

use clap_complete::env::Shells;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};

/// What `completions` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The shell looks into the folder; make it where it is not there yet: mkdir -p ~/.zfunc\n\n\
    Example:\n  prode completions bash > ~/.local/share/bash-completion/completions/prode\n  \
    prode completions zsh > ~/.zfunc/_prode\n  \
    prode completions fish > ~/.config/fish/completions/prode.fish"
)]
pub struct Args {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Shells that a script can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "PowerShell is a name")]
enum Shell {
    /// GNU bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// fish.
    Fish,
    /// `PowerShell` 5 and later.
    #[value(name = "powershell")]
    PowerShell,
    /// Elvish.
    Elvish,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
            Self::Elvish => "elvish",
        }
    }
}

/// The script asks prode itself while one types, so that pages and decisions
/// are completed too and a new version needs no new script for its commands.
pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    context.format(&["text"])?;
    let shells = Shells::builtins();
    let name = args.shell.name();
    let shell = shells.completer(name).ok_or_else(|| Failure::Usage {
        message: format!("there is no script for '{name}'"),
        hint: "use one of: bash, zsh, fish, powershell, elvish".to_owned(),
    })?;
    let mut script = Vec::new();
    shell
        .write_registration("COMPLETE", "prode", "prode", "prode", &mut script)
        .map_err(Failure::Output)?;
    context.ui.text(script);
    Ok(Outcome::Done)
}
