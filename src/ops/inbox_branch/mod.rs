//! The inbox's branch: read, grown by commits of its own, and what was decided
//! of the learnings on it.
//!
//! Operations of the inbox, of findings and of proposals stand on this; it
//! knows none of them.

mod beside;
mod decide;
mod target;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::corpus::{Names as _, People};
use crate::git::{Draft, Edit, GitError, Message, Repository, Target, WriteError, Writer};
use crate::hint::nearest;
use crate::ids::CommitId;
use crate::inbox::merge::{Files, purged};
use crate::inbox::{
    BRANCH, Decision, Edition, Learning, LearningId, Place, REFERENCE, ROOT, Seen, Standing,
};
use crate::index::IndexError;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Lookups, Memory, Workspace};

pub(super) use beside::beside;
pub use decide::Decided;
pub(super) use decide::{decide, lacks_reason, redacted_reason};
pub(super) use target::check;

/// The branch of one repository.
pub(in crate::ops) struct Branch<'a> {
    workspace: &'a Workspace,
    pub(in crate::ops) repository: &'a Repository,
}

/// A learning with what lies beside it.
#[derive(Debug, Clone)]
pub(in crate::ops) struct Entry {
    pub(in crate::ops) id: LearningId,
    pub(in crate::ops) learning: Learning,
    pub(in crate::ops) seen: Vec<Seen>,
    pub(in crate::ops) standing: Standing,
}

/// Everything on the branch at one commit.
#[derive(Debug, Clone, Default)]
pub(in crate::ops) struct Contents {
    pub(in crate::ops) files: Files,
    /// By id, as folders are called.
    pub(in crate::ops) entries: BTreeMap<LearningId, Entry>,
    /// Files that cannot be understood, and why; nothing is hidden.
    pub(in crate::ops) problems: Vec<String>,
}

impl<'a> Branch<'a> {
    pub(in crate::ops) fn of(workspace: &'a Workspace) -> Result<Self, OpError> {
        let repository = workspace.repository().ok_or_else(|| {
            let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
            GitError::NoRepository(folder.to_owned())
        })?;
        Ok(Self { workspace, repository })
    }

    pub(in crate::ops) fn workspace(&self) -> &'a Workspace {
        self.workspace
    }

    /// The remote that the branch is shared through.
    pub(in crate::ops) fn remote(&self) -> Option<String> {
        self.repository.usual_remote()
    }

    /// The ref that keeps the remote's branch here.
    pub(in crate::ops) fn copy_of(remote: &str) -> String {
        format!("refs/remotes/{remote}/{BRANCH}")
    }

    /// Where the branch is: the local one, else the remote's as last fetched.
    pub(in crate::ops) fn tip(&self) -> Result<Option<CommitId>, OpError> {
        if let Some(tip) = self.repository.ref_commit(REFERENCE)? {
            return Ok(Some(tip));
        }
        let Some(remote) = self.remote() else { return Ok(None) };
        Ok(self.repository.ref_commit(&Self::copy_of(&remote))?)
    }

    /// What the branch holds.
    pub(in crate::ops) fn contents(&self) -> Result<Contents, OpError> {
        self.contents_at(self.tip()?)
    }

    pub(in crate::ops) fn contents_at(&self, tip: Option<CommitId>) -> Result<Contents, OpError> {
        Ok(Contents::of(self.files_at(tip)?))
    }

    pub(in crate::ops) fn files_at(&self, tip: Option<CommitId>) -> Result<Files, OpError> {
        let Some(tip) = tip else { return Ok(Files::new()) };
        Ok(self.repository.files_at(tip, &RepoPath::root())?.into_iter().collect())
    }

    pub(in crate::ops) fn writer(&self) -> Result<Writer, OpError> {
        let trunk = self.workspace.trunk()?.map(|trunk| trunk.reference);
        Ok(self.repository.writer(trunk.as_deref(), self.workspace.clock().now())?)
    }

    /// Grows the branch by what `draft` wants, asked again whenever somebody
    /// else was first; `None` where it wants nothing.
    pub(in crate::ops) fn grow(
        &self,
        mut draft: impl FnMut(&Contents) -> Result<Option<Draft>, OpError>,
    ) -> Result<Option<CommitId>, OpError> {
        let writer = self.writer()?;
        self.begin(&writer)?;
        writer.append(REFERENCE, |tip| draft(&self.contents_at(tip)?))
    }

    /// Where only the remote has the branch, the local one begins there.
    fn begin(&self, writer: &Writer) -> Result<(), OpError> {
        if self.repository.ref_commit(REFERENCE)?.is_some() {
            return Ok(());
        }
        let Some(tip) = self.tip()? else { return Ok(()) };
        match writer.move_ref(Target::Ref(REFERENCE), None, tip) {
            // Somebody else just began it.
            Err(WriteError::Moved { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Now, as files say it.
    pub(in crate::ops) fn now(&self) -> String {
        let now = self.workspace.clock().now();
        Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
    }

    /// Who acts here, as decisions say it.
    pub(in crate::ops) fn person(&self) -> Result<String, OpError> {
        if let Some(name) = self.workspace.acting() {
            return Ok(named(&self.people(), name));
        }
        let name = self.repository.user_name().ok_or(WriteError::NoIdentity("user.name"))?;
        let mail = self.repository.git_setting("user.email").unwrap_or_default();
        let people = self.people();
        let known = [mail.as_str(), name.as_str()].into_iter().find(|it| people.knows(it));
        Ok(named(&people, known.unwrap_or(&name)))
    }

    /// Who is called so, by a commit or by somebody, as decisions say it.
    pub(in crate::ops) fn person_called(&self, name: &str) -> String {
        named(&self.people(), name)
    }

    /// Who is who: the trunk says it, below the user's own settings.
    fn people(&self) -> People {
        let file = self.workspace.trunk_file("prode.yaml").ok().flatten();
        self.workspace.settings(file.as_deref()).0.people
    }
}

/// `human:` and the one name under which a person counts.
fn named(people: &People, name: &str) -> String {
    let one = if people.knows(name) { people.person(name) } else { name.to_owned() };
    match one.strip_prefix("human:") {
        Some(_) => one,
        None if people.knows(name) => format!("human:{one}"),
        None => format!("human:{}", crate::document::slug(&one)),
    }
}

impl Entry {
    /// Where it should go, as last edited.
    pub(in crate::ops) fn target(&self) -> &crate::inbox::Target {
        self.standing.edition.target.as_ref().unwrap_or(&self.learning.target)
    }

    /// What should happen there, as last edited.
    pub(in crate::ops) fn action(&self) -> crate::inbox::Action {
        self.standing.edition.action.unwrap_or(self.learning.action)
    }

    /// The learning as last edited. Its id stays that of the first words.
    pub(in crate::ops) fn edited(&self) -> Learning {
        let mut learning = self.learning.clone();
        apply(&mut learning, &self.standing.edition);
        learning
    }
}

impl Contents {
    fn of(files: Files) -> Self {
        let mut contents = Self::default();
        let gone = purged(&files);
        let mut decisions: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        let mut seen: BTreeMap<String, Vec<Seen>> = BTreeMap::new();
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            match Place::of(path) {
                Some((id, _)) if gone.contains(id) => {}
                Some((id, Place::State(_))) if path.text().starts_with(ROOT) => {
                    match Decision::read(&path.text(), &text) {
                        Ok(decision) => decisions.entry(id.to_owned()).or_default().push(decision),
                        Err(error) => contents.problems.push(error.to_string()),
                    }
                }
                Some((id, Place::Seen(run))) => {
                    let at = text.trim().strip_prefix("at: ").unwrap_or_default().to_owned();
                    seen.entry(id.to_owned()).or_default().push(Seen { run: run.to_owned(), at });
                }
                _ => {}
            }
        }
        for (path, bytes) in &files {
            if let Some((id, Place::Text)) = Place::of(path)
                && path.text().starts_with(ROOT)
                && !gone.contains(id)
            {
                let entry = entry(id, &path.text(), bytes).map(|(id, learning)| Entry {
                    standing: Standing::of(decisions.remove(id.as_str()).unwrap_or_default()),
                    seen: seen.remove(id.as_str()).unwrap_or_default(),
                    id,
                    learning,
                });
                match entry {
                    Ok(entry) => drop(contents.entries.insert(entry.id.clone(), entry)),
                    Err(error) => contents.problems.push(error),
                }
            }
        }
        contents.files = files;
        contents
    }

    /// The learning of this name.
    pub(in crate::ops) fn get(&self, id: &LearningId) -> Result<&Entry, OpError> {
        self.entries.get(id).ok_or_else(|| {
            let near = nearest(id.as_str(), self.entries.keys().map(LearningId::as_str));
            OpError::NotFound {
                message: format!("there is no learning '{id}' on {BRANCH}"),
                hint: near.map_or_else(
                    || {
                        "see what is there: prode inbox list; fetch others': prode inbox sync"
                            .into()
                    },
                    |near| format!("did you mean '{near}'?"),
                ),
            }
        })
    }
}

/// One file, held to its name.
fn entry(id: &str, path: &str, bytes: &[u8]) -> Result<(LearningId, Learning), String> {
    let wrong = |why: String| format!("'{path}' cannot be read: {why}");
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))?;
    let id: LearningId = id.parse().map_err(|_| wrong("its folder is no id".to_owned()))?;
    let learning =
        Learning::read(text, &serde_json::Map::new()).map_err(|error| wrong(error.to_string()))?;
    if learning.id() != id {
        return Err(wrong(format!("what it says has the id {}, not {id}", learning.id())));
    }
    Ok((id, learning))
}

/// Who owns a page, or would own one that is to be made.
pub(in crate::ops) fn owners(
    memory: &Memory,
    pages: &Lookups<'_>,
    path: &RepoPath,
) -> Result<Vec<String>, IndexError> {
    Ok(match pages.page(path)? {
        Some(page) => memory.rules.facts(&page, memory.today()).owner,
        None => memory.rules.owners.owners(path),
    })
}

/// A commit on the branch about one learning.
pub(in crate::ops) fn draft(subject: String, id: &LearningId, edits: Vec<Edit>) -> Draft {
    let trailers = vec![("Prode-Learning".to_owned(), id.to_string())];
    let message = Message { subject, body: String::new(), trailers };
    Draft { message, edits, ..Draft::default() }
}

/// A path below a learning's folder.
pub(in crate::ops) fn below(id: &LearningId, rest: &str) -> RepoPath {
    RepoPath::from_git(format!("{ROOT}/{id}/{rest}"))
}

pub(super) fn apply(learning: &mut Learning, edition: &Edition) {
    if let Some(target) = &edition.target {
        learning.target = target.clone();
    }
    if let Some(action) = edition.action {
        learning.action = action;
    }
    if let Some(body) = &edition.body {
        learning.body.clone_from(body);
    }
}

/// What turns one tree into another.
pub(super) fn edits(from: &Files, to: &Files) -> Vec<Edit> {
    let written = to.iter().filter(|(path, bytes)| from.get(*path) != Some(*bytes));
    let written = written.map(|(path, bytes)| Edit::write(path.clone(), bytes.clone()));
    let removed = from.keys().filter(|path| !to.contains_key(*path)).cloned().map(Edit::Remove);
    written.chain(removed).collect()
}
