//! Where a new document goes: from its kind and its title.

use std::path::{Path, PathBuf};

use super::Options;
use crate::adr::file_slug;
use crate::corpus::{Kind, RootKind, Roots};
use crate::document::slug;
use crate::ops::OpError;
use crate::ops::adr::{self, Reserved};
use crate::repo_path::RepoPath;
use crate::template::Template;
use crate::workspace::{Memory, Workspace};

/// Longest file name that is made from a title, in characters.
const MAX_SLUG: usize = 80;

/// A place where nothing stands.
pub(super) struct Place {
    /// The top folder on disk.
    pub(super) top: PathBuf,
    /// Below it.
    pub(super) path: RepoPath,
    /// A decision's number, which is nobody else's until the file is there.
    pub(super) reserved: Option<Reserved>,
}

/// Chooses where the document goes.
pub(super) fn choose(
    workspace: &Workspace,
    memory: &Memory,
    template: &Template,
    options: &Options,
    current: &Path,
) -> Result<Place, OpError> {
    let top = workspace.folder().ok_or_else(|| OpError::Invalid {
        message: "the repository is bare: there is no folder to write to".to_owned(),
        hint: "run prode new in a clone of it, and push".to_owned(),
    })?;
    let top = top.canonicalize().unwrap_or_else(|_| top.to_owned());
    let output = options.output.as_ref();
    let output = output.map(|output| below(&top, &current.join(output), output)).transpose()?;
    let reserved = match template.kind.as_str() {
        "adr" => Some(adr::reserve(workspace, output.as_ref())?),
        _ => None,
    };
    let path = match (output, &reserved) {
        (Some(path), _) => path,
        (None, Some(reserved)) => decision(reserved, options),
        (None, None) => named(memory.roots(), template, options)?,
    };
    if top.join(&*path.text()).symlink_metadata().is_ok() {
        return Err(taken(&path));
    }
    Ok(Place { top, path, reserved })
}

/// Something stands there already.
pub(super) fn taken(path: &RepoPath) -> OpError {
    OpError::Invalid {
        message: format!("'{}' is there already, and stays as it is", path.text()),
        hint: "choose another title, or another path with -o PATH".to_owned(),
    }
}

/// A path on disk as one below the top folder; `..` is resolved by name.
fn below(top: &Path, full: &Path, typed: &Path) -> Result<RepoPath, OpError> {
    let outside = || OpError::Usage {
        message: format!("'{}' leaves the repository", typed.display()),
        hint: "name a path below its top folder".to_owned(),
    };
    let mut parts: Vec<std::ffi::OsString> = Vec::new();
    for part in full.components() {
        match part {
            std::path::Component::ParentDir => {
                parts.pop();
            }
            std::path::Component::CurDir => {}
            part => parts.push(part.as_os_str().to_owned()),
        }
    }
    let full: PathBuf = parts.into_iter().collect();
    // The folder that is there may be reached by a link, as /tmp is on some systems.
    let there = full.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let rest = full.strip_prefix(there).map_err(|_| outside())?;
    let real = there.canonicalize().map_err(|_| outside())?.join(rest);
    let relative = real.strip_prefix(top).map_err(|_| outside())?;
    let text = relative.to_str().ok_or_else(outside)?;
    let path =
        RepoPath::new(text.replace(std::path::MAIN_SEPARATOR, "/")).map_err(|_| outside())?;
    if path.text().split('/').any(|part| part == ".git") {
        return Err(outside());
    }
    Ok(path)
}

/// What people call it: its name, else its title.
fn called(options: &Options) -> &str {
    let title = options.title.as_deref().unwrap_or_default();
    options.values.get("name").map_or(title, String::as_str)
}

/// A decision's file, named as `adr new` names it.
fn decision(reserved: &Reserved, options: &Options) -> RepoPath {
    let Reserved { log, number, digits, .. } = reserved;
    let name = format!("{number:0digits$}-{}.md", file_slug(called(options)), digits = *digits);
    log.join(name).unwrap_or_default()
}

fn named(roots: &Roots, template: &Template, options: &Options) -> Result<RepoPath, OpError> {
    by_title(roots, &template.kind, called(options))
}

/// The usual place of a page of this kind that is called so.
pub(super) fn by_title(roots: &Roots, kind: &str, title: &str) -> Result<RepoPath, OpError> {
    let stem = file_stem(title);
    if stem.is_empty() {
        return Err(OpError::Usage {
            message: format!("the title '{title}' has no letter or digit to name a file by"),
            hint: "name the file: -o PATH".to_owned(),
        });
    }
    let root = |kind: RootKind, usual: &str| {
        let found = roots.all().into_iter().find(|root| root.kind == kind);
        found.map_or_else(|| RepoPath::from_git(usual), |root| root.path.clone())
    };
    let path = match kind {
        "skill" => format!("{}/{stem}/SKILL.md", root(RootKind::Skill, "skills").text()),
        kind => {
            let wiki = root(RootKind::Wiki, "wiki");
            // Where the top folder is the wiki, a new folder `runbooks` would
            // be found as its only root, and hide every other page.
            let known = Kind::named(kind).filter(|_| !wiki.is_root());
            let folder = known.map_or("", |kind| kind.folder);
            [wiki.text().as_ref(), folder, &format!("{stem}.md")].join("/")
        }
    };
    RepoPath::new(path.trim_start_matches('/')).map_err(|error| OpError::Usage {
        message: error.to_string(),
        hint: "name the file: -o PATH".to_owned(),
    })
}

/// A title as a file's name: a slug without dashes at its ends or in a row.
fn file_stem(title: &str) -> String {
    let slug = slug(title.trim());
    let parts: Vec<&str> = slug.split(['-', '_']).filter(|part| !part.is_empty()).collect();
    let stem: String = parts.join("-").chars().take(MAX_SLUG).collect();
    stem.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_only_ever_a_name() {
        for (title, stem) in [
            ("Queue is full", "queue-is-full"),
            ("../../etc/passwd", "etcpasswd"),
            ("--help", "help"),
            ("a | b: c", "a-b-c"),
            ("\u{65e5}\u{672c}", "\u{65e5}\u{672c}"),
            ("  ", ""),
            ("\u{1f600}", ""),
        ] {
            assert_eq!(file_stem(title), stem, "{title}");
        }
        assert_eq!(file_stem(&"x".repeat(500)).len(), MAX_SLUG);
    }
}
