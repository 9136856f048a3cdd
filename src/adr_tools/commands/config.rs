//! `adr config`: where the program is, for scripts that ask.

use std::path::{Path, PathBuf};

use super::{AdrToolsError, Call, Command, Reply};

pub(super) const COMMAND: Command = Command {
    name: "config",
    help: "\
usage: adr config

Writes two lines for a shell to evaluate: adr_bin_dir, the folder of this
program, and adr_template_dir. The templates are a part of the program, so
that both name the same folder.
",
    run,
};

#[expect(clippy::unnecessary_wraps, reason = "it stands in the table of commands")]
fn run(call: &Call<'_>, _words: &[String]) -> Result<Reply, AdrToolsError> {
    let folder = quoted(&folder(call).to_string_lossy());
    Ok(Reply::says(format!("adr_bin_dir={folder}\nadr_template_dir={folder}\n")))
}

/// The folder that the program was called in: the one that was typed, else the
/// first of the search path that holds it.
fn folder(call: &Call<'_>) -> PathBuf {
    let program = Path::new(call.program);
    if let Some(folder) = program.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let folder = call.current.join(folder);
        return folder.canonicalize().unwrap_or(folder);
    }
    let searched = call.environment.search_path.clone().unwrap_or_default();
    let mut folders = std::env::split_paths(&searched).map(|folder| call.current.join(folder));
    folders.find(|folder| folder.join(program).is_file()).unwrap_or_else(|| call.current.to_owned())
}

/// In double quotes, as adr-tools writes it, and safe to evaluate.
fn quoted(path: &str) -> String {
    let mut quoted = String::from('"');
    for c in path.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_may_evaluate_any_path() {
        assert_eq!(quoted("/usr/local/bin"), "\"/usr/local/bin\"");
        assert_eq!(quoted("/a b/$(c)`d`\"\\"), "\"/a b/\\$(c)\\`d\\`\\\"\\\\\"");
    }
}
