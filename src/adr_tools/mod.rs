//! adr-tools 3.0, for scripts and hands that know it: what the program does
//! when it is called as `adr`.
//!
//! Commands, messages, file names and bytes are those of adr-tools where
//! adr-tools works; where it loses something, this does not. Nothing here
//! needs Git. `text` turns text into text; `log`, `writing` and `editor` touch
//! the outside. A command gives a [`Reply`]; printing it is left to the door.

mod commands;
mod editor;
mod error;
mod log;
mod options;
mod relations;
mod reply;
mod text;
mod writing;

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::clock::Clock;
use crate::config::Environment;

use error::AdrToolsError;

pub use reply::Reply;

/// Under which of adr-tools' names the program was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// `adr`.
    Adr,
    /// `_adr_autocomplete`: a shell asks while somebody types.
    Autocomplete,
}

impl Called {
    /// Reads the program's own name; `None` where it is not one of them.
    pub fn by(program: &OsStr) -> Option<Self> {
        match Path::new(program).file_stem()?.to_str()? {
            "adr" => Some(Self::Adr),
            "_adr_autocomplete" => Some(Self::Autocomplete),
            _ => None,
        }
    }
}

/// Where and when the program was called.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The program's own name, as it was typed.
    pub program: &'a OsStr,
    /// The folder that one stands in.
    pub current: &'a Path,
    /// What the environment says.
    pub environment: &'a Environment,
    /// The time.
    pub clock: Clock,
}

/// Does what adr-tools does with `arguments`, which stand behind the name.
pub fn run(called: Called, arguments: &[OsString], call: &Call<'_>) -> Reply {
    let done = words(arguments).and_then(|words| match called {
        Called::Adr => commands::run(call, &words),
        Called::Autocomplete => Ok(commands::completed(&words)),
    });
    done.unwrap_or_else(|error| Reply::failed(&error.seen_from(call.current)))
}

fn words(arguments: &[OsString]) -> Result<Vec<String>, AdrToolsError> {
    let word = |argument: &OsString| {
        let text = argument.to_str().map(str::to_owned);
        text.ok_or_else(|| AdrToolsError::NotText(argument.to_string_lossy().into_owned()))
    };
    arguments.iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides() {
        for (name, called) in [
            ("adr", Some(Called::Adr)),
            ("/usr/local/bin/adr", Some(Called::Adr)),
            ("adr.exe", Some(Called::Adr)),
            ("bin/_adr_autocomplete", Some(Called::Autocomplete)),
            ("prode", None),
            ("adr-tools", None),
            ("adr/prode", None),
            ("", None),
        ] {
            assert_eq!(Called::by(OsStr::new(name)), called, "{name}");
        }
    }
}
