//! Tables of commands: what a row of one says is all that is said of a command
//! outside of its file.

/// Each row is a command: what help says of it, its name, its file.
macro_rules! commands {
    ($(#[doc = $about:literal] $name:ident = $file:ident;)*) => {
        /// All commands, in the order in which help shows them.
        #[derive(Debug, Subcommand)]
        pub enum Command {
            $(#[doc = $about] $name(Deferred<$file::Args>),)*
        }

        impl Command {
            /// The command of this name, with its arguments.
            pub(super) fn described(name: &str) -> Option<clap::Command> {
                match name {
                    $(stringify!($file) => {
                        let command = clap::Command::new(name.to_owned()).about($about.trim_start());
                        Some(<Deferred<$file::Args> as clap::Args>::augment_args(command))
                    })*
                    _ => None,
                }
            }

            pub(super) fn run(&self, context: &mut Context<'_>) -> Result<Outcome, Failure> {
                match self {
                    $(Self::$name(Deferred(args)) => $file::run(context, args),)*
                }
            }
        }
    };
}

/// Each row is a subcommand: what help says of it, its name, its file, and what
/// its file is told beside the arguments where one file serves several.
macro_rules! subcommands {
    ($($(#[$about:meta])+ $name:ident = $file:ident $(($told:expr))?;)*) => {
        /// What is done with them, in the order in which help shows it.
        #[derive(Debug, clap::Subcommand)]
        enum Action {
            $($(#[$about])+ $name($file::Args),)*
        }

        pub(super) fn run(
            context: &mut $crate::cli::context::Context<'_>,
            args: &Args,
        ) -> Result<$crate::cli::Outcome, $crate::cli::Failure> {
            match &args.command {
                $(Action::$name(args) => $file::run(context, args $(, $told)?),)*
            }
        }
    };
}
