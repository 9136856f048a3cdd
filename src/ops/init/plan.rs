//! What init would write: scaffold or settings, and what clients ask for.

use std::fmt::Write as _;
use std::path::Path;

use super::clients::Client;
use super::scaffold::{self, STARTERS, Starter};
use super::writing::{Planned, Standing, standing};
use super::{Kept, Options, block, entry};
use crate::corpus::{Page, RootKind};
use crate::ops::OpError;
use crate::ops::standing::kind_name;
use crate::workspace::Memory;

/// Files at the top of nearly every repository, by stem in lower case. They
/// alone do not make it a memory.
const COMMUNITY: &[&str] = &[
    "readme",
    "changelog",
    "changes",
    "contributing",
    "code_of_conduct",
    "security",
    "license",
    "support",
    "governance",
    "authors",
    "maintainers",
    "agents",
    "claude",
    "gemini",
    "notice",
    "history",
    "releasing",
    "roadmap",
];

/// Names of the roots that a scaffold makes.
const OWN_ROOTS: &[&str] = &["wiki", "adr", "skills", "templates"];

/// What would be written.
pub(super) struct Plan {
    pub(super) files: Vec<Planned>,
    /// Of those, how many were asked for by clients; they stand last.
    pub(super) for_clients: usize,
    pub(super) kept: Vec<Kept>,
    pub(super) scaffolds: bool,
    pub(super) notes: Vec<String>,
}

/// Looks at what stands below `top` and plans the rest.
pub(super) fn plan(top: &Path, memory: &Memory, options: &Options) -> Result<Plan, OpError> {
    let has_documents = memory.snapshot.pages()?.iter().any(is_document);
    let starter = options.from.or((!has_documents).then_some(Starter::Full));
    let mut plan = Plan {
        files: Vec::new(),
        for_clients: 0,
        kept: Vec::new(),
        scaffolds: false,
        notes: Vec::new(),
    };
    let settings = if has_documents {
        found_roots(memory, starter, options.clients.first())
    } else {
        scaffold::SETTINGS.to_owned()
    };
    plan.new_file(top, "prode.yaml", &settings);
    if let Some(starter) = starter {
        plan.scaffolds = true;
        let today = memory.today().to_string();
        for (path, text) in scaffold::files(starter, &today)? {
            plan.new_file(top, &path, &text);
        }
    }
    plan.next_steps();
    let before = plan.files.len();
    for client in &options.clients {
        plan.client(top, client);
    }
    plan.for_clients = plan.files.len() - before;
    Ok(plan)
}

/// A page that somebody wrote for a memory, as opposed to one that every
/// repository has at its top.
fn is_document(page: &Page) -> bool {
    let stem = page.path.file_stem().to_lowercase().replace('-', "_");
    page.path.depth() > 1 || !COMMUNITY.contains(&stem.as_str())
}

/// Settings that name the roots as they were found, and those that are about
/// to be made beside them.
fn found_roots(memory: &Memory, starter: Option<Starter>, client: Option<&Client>) -> String {
    let mut text = String::from(
        "# Where the documents of this repository stand, as `prode init` found them.\n\
         # Every key has a default; all of them: prode schema settings\nversion: 1\nroots:\n",
    );
    for kind in [RootKind::Wiki, RootKind::Adr, RootKind::Skill, RootKind::Template] {
        let name = kind_name(kind);
        let roots = memory.roots().all().into_iter().filter(|root| root.kind == kind);
        let mut paths: Vec<String> =
            roots
                .map(|root| {
                    if root.path.is_root() { ".".to_owned() } else { root.path.text().into_owned() }
                })
                .collect();
        if makes(starter, name) && !paths.iter().any(|path| path == name) {
            paths.push(name.to_owned());
        }
        if kind == RootKind::Skill && paths.is_empty() {
            paths.extend(client.map(|client| client.skills.to_owned()));
        }
        if !paths.is_empty() {
            let quoted: Vec<String> =
                paths.iter().map(|path| serde_json::json!(path).to_string()).collect();
            let _ = writeln!(text, "  {name}: [{}]", quoted.join(", "));
        }
    }
    text
}

fn makes(starter: Option<Starter>, root: &str) -> bool {
    match starter {
        None => false,
        Some(Starter::Full) => OWN_ROOTS.contains(&root),
        Some(Starter::Wiki) => root == "wiki" || root == "templates",
        Some(Starter::Adr) => root == "adr" || root == "templates",
    }
}

/// The starter that `--from` names.
pub fn starter(name: &str) -> Result<Starter, OpError> {
    let found = STARTERS.iter().find(|(known, _)| *known == name);
    found.map(|(_, starter)| *starter).ok_or_else(|| OpError::Usage {
        message: format!("there is no starter '{name}'"),
        hint: "use one of: full, wiki, adr".to_owned(),
    })
}

impl Plan {
    /// Plans a file that is only written where nothing stands.
    fn new_file(&mut self, top: &Path, path: &str, text: &str) {
        if self.files.iter().any(|file| file.path == path) {
            return;
        }
        let why = match standing(top, path) {
            Standing::Free => {
                let file = Planned { path: path.to_owned(), before: None, after: text.to_owned() };
                self.files.push(file);
                return;
            }
            Standing::Text(now) if now == text => "as it should be".to_owned(),
            Standing::Text(_) => "it was there".to_owned(),
            Standing::Barred(why) => why,
        };
        self.keep(path, why);
    }

    /// What a person has to do about the files that will be new.
    fn next_steps(&mut self) {
        let makes = |path: &str| self.files.iter().any(|file| file.path == path);
        let mut steps = Vec::new();
        if makes("CODEOWNERS") {
            steps.push(
                "put your team in place of @maintainers: CODEOWNERS, and owner: in the new pages",
            );
        }
        if makes(".github/workflows/prode.yml") {
            steps.push(
                "set the repository variable PRODE_SOURCE, which the workflow installs prode from",
            );
        }
        if !self.files.is_empty() {
            steps.push("commit: what has landed on the trunk is the memory");
        }
        self.notes.extend(steps.into_iter().map(str::to_owned));
    }

    fn client(&mut self, top: &Path, client: &Client) {
        for (name, text) in scaffold::SKILL {
            self.new_file(top, &format!("{}/prode-triage/{name}", client.skills), text);
        }
        self.edit(top, "AGENTS.md", |before| block::with_block(before, scaffold::AGENTS));
        self.edit(top, client.servers, |before| entry::with_entry(client.form, before));
        let is_read = |path| matches!(standing(top, path), Standing::Text(text) if !text.contains("AGENTS.md"));
        if client.name == "claude" && is_read("CLAUDE.md") {
            self.notes
                .push("Claude Code reads CLAUDE.md: add the line @AGENTS.md to it".to_owned());
        }
    }

    /// Plans a change of a file that people write too.
    fn edit(
        &mut self,
        top: &Path,
        path: &str,
        change: impl Fn(Option<&str>) -> Result<String, String>,
    ) {
        if self.files.iter().any(|file| file.path == path) {
            return;
        }
        let before = match standing(top, path) {
            Standing::Free => None,
            Standing::Text(text) => Some(text),
            Standing::Barred(why) => return self.leave_alone(path, why),
        };
        match change(before.as_deref()) {
            Ok(after) if Some(&after) == before.as_ref() => {
                self.keep(path, "as it should be".to_owned());
            }
            Ok(after) => {
                self.files.push(Planned { path: path.to_owned(), before, after });
            }
            Err(why) => self.leave_alone(path, why),
        }
    }

    /// Keeps a file that should have changed, and says so once more at the end.
    fn leave_alone(&mut self, path: &str, why: String) {
        let add = "what to add stands in prode's wiki/agents.md";
        self.notes.push(format!("{path} was left alone: {why}; {add}"));
        self.keep(path, why);
    }

    fn keep(&mut self, path: &str, why: String) {
        if !self.kept.iter().any(|kept| kept.path == path) {
            self.kept.push(Kept { path: path.to_owned(), why });
        }
    }
}
