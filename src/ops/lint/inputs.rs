//! What lint's rules cannot know from pages: settings, owners, route tests,
//! modes of scripts, templates, where the repository is published.

use std::path::Path;

use super::earlier;
use super::history::{self, Since};
use super::side::{Side, plain};
use super::{Options, alerts, code, forge, records};
use crate::corpus::{Catalogue, CodeOwners};
use crate::diagnostic::Diagnostic;
use crate::git::EntryKind;
use crate::lint::{Inputs, RouteFailure, Script, Selection, Shape, named};
use crate::ops::error::OpError;
use crate::ops::eval::{self, Set};
use crate::ops::new;
use crate::ops::redact::allowances;
use crate::ops::route_tests;
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, Workspace};

/// What was gathered.
pub(super) struct Outside {
    pub(super) inputs: Inputs,
    /// How many templates there are.
    pub(super) templates: usize,
}

/// Gathers everything that rules of `selection` ask for.
pub(super) fn gather(
    side: &Side<'_>,
    catalogue: &Catalogue,
    selection: &Selection,
    since: &Since<'_>,
) -> Result<Outside, OpError> {
    let Side { workspace, memory, levels, .. } = *side;
    let is_named =
        |id: &str| selection.rules.is_empty() || selection.rules.iter().any(|it| it == id);
    let wants = |id: &str| is_named(id) && named(id).is_some_and(|rule| !levels.is_off(rule));
    let templates = workspace.templates(memory)?;
    let mut template_problems = Vec::new();
    let shapes = shapes(side, &mut template_problems)?;
    let owners = workspace.owners_file(memory).map(|file| {
        let problems = CodeOwners::parse(&file.bytes, file.dialect).1;
        (file.path, problems)
    });
    let of_file = memory.problems.iter().filter(|it| it.origin.to_string() == "prode.yaml");
    let history = history::ask(side, catalogue, &selection.paths, since, &wants)?;
    let alerts = alerts::read(side, since, &wants)?;
    let inputs = Inputs {
        settings: of_file.map(|it| it.diagnostic.clone()).collect(),
        level_problems: levels.problems.clone(),
        accept_unknown_status: levels.accept_unknown_status,
        owners,
        records: if wants("record-malformed") || wants("record-entry-lost") {
            records::faults(side, catalogue)?
        } else {
            Vec::new()
        },
        routes: wants("route-test-failed").then(|| routes(workspace, memory)).transpose()?,
        scripts: if wants("skill-script-not-runnable") {
            scripts(workspace, memory, catalogue)?
        } else {
            None
        },
        forge: forge::own(side)?,
        shapes,
        template_problems,
        changed: history.changed,
        taken: history.taken,
        code: if wants("adr-cited-in-code") {
            Some(code::mentions(side, catalogue, &selection.paths)?)
        } else {
            None
        },
        alerts: alerts.0,
        // One that cannot be read lets nothing stand; redaction itself says so.
        allowances: if wants("secret-inline") { allowances(workspace).ok() } else { None },
        silent: history.silent.into_iter().chain(alerts.1).collect(),
        earlier: if wants("changelog-behind") {
            earlier::prompts(side, catalogue)
        } else {
            Vec::new()
        },
    };
    Ok(Outside { inputs, templates: templates.len() })
}

/// A typed path as the repository names it.
pub(super) fn in_repository(
    workspace: &Workspace,
    options: &Options,
    typed: &Path,
) -> Result<RepoPath, OpError> {
    let outside = || OpError::Usage {
        message: format!("'{}' leaves the repository", typed.display()),
        hint: "name files and folders of this repository".to_owned(),
    };
    let from_top = match workspace.folder() {
        Some(top) => {
            let top = top.canonicalize().unwrap_or_else(|_| top.to_owned());
            let current =
                options.current.canonicalize().unwrap_or_else(|_| options.current.clone());
            // With --repo the current folder may be elsewhere: then paths start at the top.
            let base = if current.starts_with(&top) { current } else { top.clone() };
            let full = plain(&base.join(typed));
            full.strip_prefix(&top).map_err(|_| outside())?.to_owned()
        }
        None => typed.to_owned(),
    };
    RepoPath::root().join(from_top.as_os_str().as_encoded_bytes()).ok_or_else(outside)
}

/// Every template; `problems` gets what is wrong with the repository's own.
fn shapes(
    side: &Side<'_>,
    problems: &mut Vec<(RepoPath, Diagnostic)>,
) -> Result<Vec<Shape>, OpError> {
    let all = new::all(side.workspace, side.memory, problems)?.into_iter();
    problems.retain(|(path, _)| has_rules(side, path));
    Ok(all.map(|(template, file)| Shape { template, is_own: file.is_some() }).collect())
}

/// Other programs' templates have front matter too, which need not be YAML.
fn has_rules(side: &Side<'_>, path: &RepoPath) -> bool {
    let read = side.workspace.page_at(side.memory, path).ok().flatten();
    let bytes = read.and_then(|read| read.bytes).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let is_key =
        |line: &str| ["template:", "fields:", "sections:"].iter().any(|it| line.starts_with(it));
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.next() == Some("---") && lines.take_while(|line| *line != "---").any(is_key)
}

fn routes(workspace: &Workspace, memory: &Memory) -> Result<Vec<RouteFailure>, OpError> {
    let mut failures = Vec::new();
    for path in route_tests::files(workspace, memory)? {
        let (name, set) = match route_tests::set(workspace, memory, &path) {
            Ok(read) => read,
            Err(error) => {
                let message = error.to_string();
                failures.push(RouteFailure { path, ticket: String::new(), message });
                continue;
            }
        };
        let Set::Routes(tests) = set else { continue };
        for test in &tests {
            let case = eval::route_case(workspace, memory, &name, test)?;
            if !case.passed {
                let expected = case.expect.first().map_or("nothing", String::as_str);
                let got = match case.got.first() {
                    _ if case.abstained => "nothing",
                    Some(first) => first,
                    None => "nothing",
                };
                let message = format!("expected {expected} within {}, got {got}", case.within);
                failures.push(RouteFailure { path: path.clone(), ticket: case.text, message });
            }
        }
    }
    Ok(failures)
}

/// Modes are those of files on disk; a commit's are not looked at.
fn scripts(
    workspace: &Workspace,
    memory: &Memory,
    catalogue: &Catalogue,
) -> Result<Option<Vec<Script>>, OpError> {
    let Some(folder) = workspace.folder().filter(|_| cfg!(unix) && memory.revision.on_disk) else {
        return Ok(None);
    };
    let manifests = catalogue.pages().iter().filter(|page| page.skill.is_some());
    let folders: Vec<RepoPath> =
        manifests.filter_map(|page| page.path.parent().join("scripts")).collect();
    if folders.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let mut wanted = |path: &[u8], kind| {
        let path = RepoPath::from_git(path);
        let enters = kind == EntryKind::Folder;
        folders.iter().any(|it| path.is_below(it) || (enters && it.is_below(&path)))
    };
    let files = workspace.files(memory, &mut wanted)?;
    Ok(Some(files.into_iter().filter_map(|path| script(folder, path)).collect()))
}

#[cfg(unix)]
fn script(folder: &Path, path: RepoPath) -> Option<Script> {
    use std::io::Read;
    use std::os::unix::fs::PermissionsExt;
    let full = folder.join(&*path.text());
    let mode = full.symlink_metadata().ok()?.permissions().mode();
    let mut first = [0; 2];
    let has_shebang =
        std::fs::File::open(&full).ok()?.read_exact(&mut first).is_ok() && &first == b"#!";
    Some(Script { path, is_executable: mode & 0o111 != 0, has_shebang })
}

#[cfg(not(unix))]
fn script(_: &Path, _: RepoPath) -> Option<Script> {
    None
}
