//! `new`: a document from a template.
//!
//! The repository's templates come first; the built-in ones stand behind
//! them. A file that is there is never touched, and a title is only ever
//! words: it names no path and no option.

mod place;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use super::init::{TEMPLATES, beside};
use crate::diagnostic::Diagnostic;
use crate::git::Repository;
use crate::hint::nearest;
use crate::repo_path::RepoPath;
use crate::template::Template;
use crate::workspace::{Asked, Memory, Workspace};

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The template's name.
    pub template: String,
    /// The document's title.
    pub title: Option<String>,
    /// Values by name.
    pub values: BTreeMap<String, String>,
    /// Where it goes, from the folder of the process; else kind and title decide.
    pub output: Option<PathBuf>,
}

/// A template that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offered {
    /// What `new` takes.
    pub name: String,
    /// The kind of document that it makes.
    pub kind: String,
    /// One line.
    pub description: String,
    /// Its file in the repository; null for a built-in one.
    pub path: Option<String>,
}

/// Every template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.new_list/v1`.
    pub schema: String,
    /// By name.
    pub templates: Vec<Offered>,
    /// What is wrong with rules of the repository's own templates, as
    /// `path:line: message`. A rule that cannot be read does not hold.
    pub problems: Vec<String>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.new/v1`.
    pub schema: String,
    /// The new file, from the top folder.
    pub path: String,
    /// Where it lies on disk.
    pub file: String,
    /// Which template.
    pub template: String,
    /// Values that were asked for and left empty.
    pub empty: Vec<String>,
}

/// A template that was chosen, and what is still to be said.
pub struct Draft {
    memory: Memory,
    template: Template,
    options: Options,
}

/// Values that are filled in without being asked, or may stay empty.
const KNOWN: &[&str] = &["author", "date", "number", "owner", "services", "name"];

/// The templates of the work tree and the built-in ones.
pub fn list(workspace: &Workspace) -> Result<Listing, OpError> {
    let memory = workspace.memory(&Asked::WorkTree)?;
    let mut problems = Vec::new();
    let offered = |(template, path): (Template, Option<String>)| {
        let Template { name, kind, description, .. } = template;
        Offered { name, kind, description, path }
    };
    let templates = all(workspace, &memory, &mut problems)?.into_iter();
    let mut templates: Vec<Offered> = templates.map(offered).collect();
    templates.sort_by(|a, b| a.name.cmp(&b.name));
    let problem =
        |(path, it): &(RepoPath, Diagnostic)| format!("{path}:{}: {}", it.line, it.message);
    let problems = problems.iter().map(problem).collect();
    Ok(Listing { schema: "prode.new_list/v1".to_owned(), templates, problems })
}

/// Every template once, with its file where it is the repository's own, which
/// stands for the built-in one of its name; `problems` gets what is wrong with rules.
pub(in crate::ops) fn all(
    workspace: &Workspace,
    memory: &Memory,
    problems: &mut Vec<(RepoPath, Diagnostic)>,
) -> Result<Vec<(Template, Option<String>)>, OpError> {
    let mut templates: Vec<(Template, Option<String>)> = Vec::new();
    for page in workspace.templates(memory)? {
        let Some(bytes) = workspace.bytes(memory, &page) else { continue };
        let (template, wrong) =
            Template::read(&page.path.file_stem(), &String::from_utf8_lossy(&bytes));
        problems.extend(wrong.into_iter().map(|it| (page.path.clone(), it)));
        if !templates.iter().any(|(known, _)| known.name == template.name) {
            templates.push((template, Some(page.path.text().into_owned())));
        }
    }
    for (file, text) in TEMPLATES {
        let (template, _) = Template::read(file.trim_end_matches(".md"), text);
        if !templates.iter().any(|(known, _)| known.name == template.name) {
            templates.push((template, None));
        }
    }
    Ok(templates)
}

/// Where a page of a kind goes that is called so, by its title alone.
pub(in crate::ops) fn place_of(
    memory: &Memory,
    kind: &str,
    title: &str,
) -> Result<RepoPath, OpError> {
    place::by_title(memory.roots(), kind, title)
}

/// Chooses the template; writes nothing.
pub fn draft(workspace: &Workspace, mut options: Options) -> Result<Draft, OpError> {
    let set = options.values.remove("title");
    options.title = options.title.or(set);
    let memory = workspace.memory(&Asked::WorkTree)?;
    let templates = all(workspace, &memory, &mut Vec::new())?;
    let found = templates.iter().find(|(template, _)| template.name == options.template);
    let Some((template, _)) = found else {
        let names = templates.iter().map(|(template, _)| template.name.as_str());
        let hint = match nearest(&options.template, names) {
            Some(near) => format!("did you mean '{near}'?"),
            None => "see them all: prode new --list".to_owned(),
        };
        let message = format!("there is no template '{}'", options.template);
        return Err(OpError::NotFound { message, hint });
    };
    let template = template.clone();
    let unknown = options.values.keys().find(|name| {
        !KNOWN.contains(&name.as_str()) && template.prompts().is_ok_and(|it| !it.contains(*name))
    });
    if let Some(name) = unknown {
        let prompts = template.prompts()?;
        let hint = match nearest(name, prompts.iter().map(String::as_str)) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("it asks for: {}", prompts.into_iter().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("the template '{}' asks for no '{name}'", template.name);
        return Err(OpError::Usage { message, hint });
    }
    Ok(Draft { memory, template, options })
}

/// A name that every client takes for a skill.
pub fn skill_name(name: &str) -> Result<(), OpError> {
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if name.len() <= 64 && name.split('-').all(is_part) {
        return Ok(());
    }
    Err(OpError::Usage {
        message: format!("'{name}' is no name of a skill"),
        hint: "use at most 64 of a-z, 0-9 and single - between them".to_owned(),
    })
}

impl Draft {
    /// Names of values that a person has to say, in the order to ask them.
    pub fn missing(&self) -> Result<Vec<String>, OpError> {
        let mut missing = Vec::new();
        if self.options.title.is_none() {
            missing.push("title".to_owned());
        }
        let asked = self.template.prompts()?;
        let is_open = |name: &String| {
            name != "title"
                && !KNOWN.contains(&name.as_str())
                && !self.options.values.contains_key(name)
        };
        missing.extend(asked.into_iter().filter(is_open));
        Ok(missing)
    }

    /// Takes what a person said.
    pub fn say(&mut self, name: &str, value: String) {
        if name == "title" {
            self.options.title = Some(value);
        } else {
            self.options.values.insert(name.to_owned(), value);
        }
    }

    /// Makes the document and writes it where nothing stands.
    pub fn write(self, workspace: &Workspace, current: &Path) -> Result<Answer, OpError> {
        let missing = self.missing()?;
        if !missing.is_empty() {
            let options: Vec<String> = missing.iter().map(|name| flag(name)).collect();
            return Err(OpError::Usage {
                message: format!(
                    "the template '{}' needs {}",
                    self.template.name,
                    missing.join(", ")
                ),
                hint: format!("add {}", options.join(" ")),
            });
        }
        let title = self.options.title.as_deref().unwrap_or_default();
        let place = place::choose(workspace, &self.memory, &self.template, &self.options, current)?;
        let mut values = self.options.values.clone();
        values.insert("title".to_owned(), title.to_owned());
        let mut fill = |name: &str, value: String| {
            values.entry(name.to_owned()).or_insert(value);
        };
        fill("date", self.memory.today().to_string());
        let number = place.reserved.as_ref().map(|reserved| reserved.number.to_string());
        fill("number", number.unwrap_or_default());
        fill("name", place.path.parent().file_name().into_owned());
        let owners = self.memory.rules.owners.owners(&place.path);
        fill("owner", owners.join(", "));
        let user = workspace.repository().and_then(Repository::user_name);
        fill("author", user.or_else(|| owners.first().cloned()).unwrap_or_default());
        fill("services", String::new());
        let text = self.template.render(&values)?;
        put(&place.top, &place.path, &text)?;
        let prompts = self.template.prompts()?;
        let is_empty = |name: &String| values.get(name).is_some_and(String::is_empty);
        Ok(Answer {
            schema: "prode.new/v1".to_owned(),
            path: place.path.text().into_owned(),
            file: place.top.join(&*place.path.text()).display().to_string(),
            template: self.template.name.clone(),
            empty: prompts.into_iter().filter(is_empty).collect(),
        })
    }
}

fn flag(name: &str) -> String {
    if name == "title" { "--title \"…\"".to_owned() } else { format!("--set {name}=\"…\"") }
}

/// Writes a file that is not there yet, whole or not at all. No part of its
/// path may be a link.
fn put(top: &Path, path: &RepoPath, text: &str) -> Result<(), OpError> {
    let file = top.join(&*path.text());
    let failed = |error: &io::Error| OpError::File {
        path: path.text().into_owned(),
        reason: error.to_string(),
    };
    let mut at = top.to_owned();
    for part in path.text().split('/') {
        at.push(part);
        if fs::symlink_metadata(&at).is_ok_and(|found| found.is_symlink()) {
            let message = format!("'{}' leads through the symbolic link '{part}'", path.text());
            let hint = "choose a path without links: -o PATH".to_owned();
            return Err(OpError::Invalid { message, hint });
        }
    }
    let folder = file.parent().unwrap_or(top);
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut new = beside(folder).map_err(|error| failed(&error))?;
    new.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    new.persist_noclobber(&file).map_err(|error| {
        if error.error.kind() == io::ErrorKind::AlreadyExists {
            place::taken(path)
        } else {
            failed(&error.error)
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
