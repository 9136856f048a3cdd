//! What the reference validators do not look at: the body and the files.
//!
//! All of it is a warning, so that the verdict stays theirs.

use super::package::{File, Finding, MAX_FILES, MAX_TOTAL, Package};
use crate::document::{self, Document, LinkKind};
use crate::repo_path::RepoPath;

/// Advice of the format: a longer body belongs in files below `references/`.
const MAX_LINES: usize = 500;
/// The same in tokens, at four bytes each.
const MAX_TOKENS: usize = 5_000;

/// Looks at the body, which begins at byte `body` of the manifest, and at
/// every file of the package.
pub(super) fn look(package: &Package, manifest: &File, body: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    let text = String::from_utf8_lossy(manifest.bytes.get(body..).unwrap_or_default());
    found.extend(body_rules(&text));
    for file in &package.files {
        if RepoPath::from_git(file.path.as_bytes()).is_markdown() {
            found.extend(references(package, file));
        }
        found.extend(script(file));
    }
    found.extend(package.left_out.iter().map(|path| {
        let message = format!("'{path}' is not a regular file with a name that every system takes");
        Finding::warning("skill-link", 0, message, "put a copy of the file there").of(path)
    }));
    if package.over {
        let message = format!("the package has more than {MAX_FILES} files or {MAX_TOTAL} bytes");
        found.push(Finding::warning(
            "skill-size",
            0,
            message,
            "leave out what the steps do not need",
        ));
    }
    found
}

fn body_rules(text: &str) -> Option<Finding> {
    let (lines, tokens) = (text.lines().count(), text.len() / 4);
    if text.trim().is_empty() {
        let message = "there are no instructions below the front matter";
        Some(Finding::warning("skill-body-empty", 0, message, "write the steps"))
    } else if lines > MAX_LINES || tokens > MAX_TOKENS {
        let message = format!(
            "the body has {lines} lines, about {tokens} tokens; {MAX_LINES} and {MAX_TOKENS} are advised"
        );
        Some(Finding::warning("skill-body-long", 0, message, "move details into references/"))
    } else {
        None
    }
}

/// Links to files must stay in the package and lead somewhere.
fn references(package: &Package, file: &File) -> Vec<Finding> {
    let Ok(path) = RepoPath::new(&file.path) else { return Vec::new() };
    let (document, _): (Document, _) = document::parse(&path, &file.bytes);
    let links = document.links.iter().filter(|link| {
        let is_path = matches!(link.kind, LinkKind::Markdown | LinkKind::Image | LinkKind::Html);
        is_path && !link.is_external() && !link.target.is_empty()
    });
    let judge = |link: &document::Link| {
        let target = &link.target;
        let joined = (!target.starts_with('/')).then(|| path.parent().join(target)).flatten();
        let Some(joined) = joined else {
            let message = format!("'{target}' leads out of the package");
            let repair = "copy what is needed into references/ or assets/";
            return Some(Finding::warning("skill-outside", link.line, message, repair));
        };
        let name = joined.text();
        let below = format!("{name}/");
        let is_there = name.is_empty()
            || package.file(&name).is_some()
            || package.files.iter().any(|other| other.path.starts_with(&below));
        (!is_there).then(|| {
            let message = format!("'{target}' is not in the package");
            Finding::warning(
                "skill-reference",
                link.line,
                message,
                "add the file, or mend the link",
            )
        })
    };
    links.filter_map(judge).map(|finding| finding.of(&file.path)).collect()
}

/// A script says how it is run: by its first line and its mode.
fn script(file: &File) -> Option<Finding> {
    let name = file.path.strip_prefix("scripts/")?;
    let is_shell = [".sh", ".bash"].iter().any(|end| name.ends_with(end)) || !name.contains('.');
    let has_line = file.bytes.starts_with(b"#!");
    let found = if has_line && !file.executable {
        ("begins with #! and has no run bit", format!("run chmod +x {}", file.path))
    } else if is_shell && !has_line {
        ("does not say by #! what runs it", "begin it with a line such as #!/bin/sh".to_owned())
    } else {
        return None;
    };
    let message = format!("'{}' {}", file.path, found.0);
    Some(Finding::warning("skill-script", 1, message, found.1).of(&file.path))
}
