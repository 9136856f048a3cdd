//! One learning as a change of one file.

use super::diff::unified;
use crate::ids::CommitId;
use crate::inbox::{Action, Learning, LearningId};
use crate::repo_path::RepoPath;

/// The folder of proposals' branches.
pub const FOLDER: &str = "refs/heads/prode/promote/";

/// Characters of a commit's subject.
const SUBJECT: usize = 72;

/// A change against one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The learning.
    pub id: LearningId,
    /// The commit that it changes.
    pub base: CommitId,
    /// The file.
    pub path: RepoPath,
    /// What it says at the base; `None` where it is not there.
    pub before: Option<String>,
    /// What it says then.
    pub after: String,
    /// The first line for people.
    pub subject: String,
    /// Where it came from: `Prode-Learning`, `Prode-Run`, `Prode-Ticket`.
    pub trailers: Vec<(String, String)>,
    /// What is left for the owner to write, one line each.
    pub left: Vec<String>,
}

impl Proposal {
    /// Of a learning whose place in a page was found.
    pub fn new(
        (id, learning): (&LearningId, &Learning),
        base: CommitId,
        before: Option<String>,
        after: String,
    ) -> Self {
        let path = learning.target.path.clone();
        let first = &learning.first;
        let pairs = [("Prode-Run", &first.run), ("Prode-Ticket", &first.ticket)];
        let known = pairs.into_iter().filter_map(|(name, it)| Some((name, it.as_ref()?.clone())));
        let trailers = std::iter::once(("Prode-Learning", id.to_string())).chain(known);
        let trailers = trailers.map(|(name, it)| (name.to_owned(), it)).collect();
        let subject = subject(learning, &path);
        Self { id: id.clone(), base, path, before, after, subject, trailers, left: Vec::new() }
    }

    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        unified(&self.path.text(), self.before.as_deref(), &self.after)
    }

    /// The lines that it adds, for whoever must look at them.
    pub fn added(&self) -> String {
        let lines = self.diff();
        let lines = lines.lines().skip(2).filter_map(|line| line.strip_prefix('+'));
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn subject(learning: &Learning, path: &RepoPath) -> String {
    let what = match learning.action {
        Action::Append => "add",
        Action::Replace => "say instead",
        Action::New => "new",
        Action::Contradict => "contradicted",
    };
    let line = format!("{}: {what}: {}", path.file_stem(), learning.summary());
    if line.chars().count() <= SUBJECT {
        return line;
    }
    let cut: String = line.chars().take(SUBJECT - 1).collect();
    format!("{}…", cut.trim_end())
}

/// The branch of a learning's proposal, as people type it.
pub fn branch_of(id: &LearningId) -> String {
    format!("prode/promote/{id}")
}

/// The learning that a branch proposes.
pub fn id_of(reference: &str) -> Option<LearningId> {
    reference.rsplit_once("prode/promote/")?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_says_where_it_came_from_and_what_it_adds() {
        let text = "---\ntarget: wiki/queue.md#causes\nrun: R-1\nticket: T-2\n---\nWords.\n";
        let learning = Learning::read(text, &serde_json::Map::new()).unwrap();
        let base = "0123456789012345678901234567890123456789".parse().unwrap();
        let id = learning.id();
        let before = Some("a\nb\n".to_owned());
        let it = Proposal::new((&id, &learning), base, before, "a\n++ c\nb\n".to_owned());
        assert_eq!(it.subject, "queue: add: Words.");
        let names: Vec<&str> = it.trailers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Prode-Learning", "Prode-Run", "Prode-Ticket"]);
        assert_eq!(it.added(), "++ c");
        assert_eq!(id_of(&format!("refs/heads/{}", branch_of(&id))), Some(id));
    }
}
