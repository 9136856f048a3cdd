//! Hooks put where Git looks for them. One that is there already is kept as
//! it is, under another name, and runs first.

use std::fs;
use std::io::Write;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{HOOKS, Row, find};
use crate::git::GitError;
use crate::ops::OpError;
use crate::workspace::Workspace;

/// The line that says that a hook is prode's.
const MARK: &str = "# Written by `prode hook install`; run it again to renew this file.";

/// What a hook that was there is called from now on.
const BEFORE: &str = "before-prode";

/// What became of one hook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Installed {
    /// Git's name for it.
    pub hook: String,
    /// Where it stands.
    pub path: String,
    /// What was done.
    pub state: State,
    /// The hook that was there, which runs first.
    pub chained: Option<String>,
    /// What to type to have it as it was.
    pub undo: String,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is new.
    Created,
    /// It was another version of prode's.
    Renewed,
    /// It was as it should be.
    Kept,
}

/// The answer of `prode hook install`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstallAnswer {
    /// `prode.hook_install/v1`.
    pub schema: String,
    /// In the order of the hooks' table.
    pub hooks: Vec<Installed>,
}

/// Puts the hooks called `names` in place; none named: the usual ones.
pub fn install(workspace: &Workspace, names: &[String]) -> Result<InstallAnswer, OpError> {
    let rows: Vec<&Row> = match names {
        [] => HOOKS.iter().filter(|row| row.usual).collect(),
        some => some.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
    };
    let Some(repository) = workspace.repository() else {
        let folder = workspace.folder().unwrap_or(Path::new(".")).to_owned();
        return Err(GitError::NoRepository(folder).into());
    };
    let folder = repository.hooks_folder();
    let inside = |above: Option<&Path>| above.is_some_and(|above| folder.starts_with(above));
    if !inside(repository.workdir()) && !inside(Some(repository.common_dir())) {
        return Err(OpError::Invalid {
            message: format!(
                "the hooks folder '{}' is shared by other repositories",
                folder.display()
            ),
            hint: "call prode from your own hook there: prode hook run pre-commit".to_owned(),
        });
    }
    let hooks = rows.into_iter().map(|row| put(&folder, row)).collect::<Result<_, _>>()?;
    Ok(InstallAnswer { schema: "prode.hook_install/v1".to_owned(), hooks })
}

fn put(folder: &Path, row: &Row) -> Result<Installed, OpError> {
    let path = folder.join(row.name);
    let before = folder.join(format!("{}.{BEFORE}", row.name));
    let failed = |error: std::io::Error| OpError::File {
        path: path.display().to_string(),
        reason: error.to_string(),
    };
    let text = script(row.name);
    let found = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let is_ours = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().any(|it| it == MARK);
    let state = match &found {
        Some(bytes) if bytes == text.as_bytes() => State::Kept,
        Some(bytes) if is_ours(bytes) => State::Renewed,
        _ => State::Created,
    };
    if state == State::Created && found.is_some() {
        if before.symlink_metadata().is_ok() {
            return Err(OpError::Invalid {
                message: format!("'{}' and '{}' are both there", path.display(), before.display()),
                hint: "make them one hook, then run it again".to_owned(),
            });
        }
        fs::rename(&path, &before).map_err(failed)?;
    }
    if state != State::Kept {
        write(folder, &path, &text).map_err(failed)?;
    }
    let chained = before.symlink_metadata().is_ok().then(|| before.display().to_string());
    let undo = match &chained {
        Some(before) => format!("mv '{before}' '{}'", path.display()),
        None => format!("rm '{}'", path.display()),
    };
    let (hook, path) = (row.name.to_owned(), path.display().to_string());
    Ok(Installed { hook, path, state, chained, undo })
}

/// Whole or not at all, and runnable.
fn write(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let mut file = builder.prefix(".prode-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}

/// What was there runs first, with the same words and input, and can refuse.
/// Where prode is not installed the hook says so and lets Git go on.
fn script(name: &str) -> String {
    format!(
        "#!/bin/sh\n\
         {MARK}\n\
         # The hook that was here before is kept as {name}.{BEFORE} and runs first.\n\
         before=\"$(dirname \"$0\")/{name}.{BEFORE}\"\n\
         input=\n\
         case {name} in pre-push | pre-receive) input=$(cat) ;; esac\n\
         if [ -x \"$before\" ]; then\n\
         \x20 printf '%s\\n' \"$input\" | \"$before\" \"$@\" || exit $?\n\
         fi\n\
         if ! command -v prode >/dev/null 2>&1; then\n\
         \x20 echo 'prode is not installed; its {name} hook is skipped' >&2\n\
         \x20 exit 0\n\
         fi\n\
         printf '%s\\n' \"$input\" | prode hook run {name} \"$@\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_is_put_chained_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let row = find("pre-commit").unwrap();
        fs::write(folder.path().join("pre-commit"), "#!/bin/sh\nmine\n").unwrap();
        let first = put(folder.path(), row).unwrap();
        assert_eq!(first.state, State::Created);
        let kept = fs::read_to_string(folder.path().join("pre-commit.before-prode")).unwrap();
        assert_eq!(kept, "#!/bin/sh\nmine\n");
        let again = put(folder.path(), row).unwrap();
        assert_eq!((again.state, again.chained), (State::Kept, first.chained));
        fs::write(folder.path().join("pre-commit"), format!("#!/bin/sh\n{MARK}\nold\n")).unwrap();
        assert_eq!(put(folder.path(), row).unwrap().state, State::Renewed);
        fs::write(folder.path().join("pre-commit"), "#!/bin/sh\nnew\n").unwrap();
        assert!(put(folder.path(), row).is_err(), "two foreign hooks are not guessed about");
    }
}
