//! One attempt at the change: by the allowed program, or by hand.

use std::path::Path;

use jiff::SignedDuration;

use super::super::decided::decided;
use super::super::journal::Journal;
use super::super::written::{Written, hidden_text};
use super::{Step, Workshop, base, in_the_way, told, work};
use crate::git::{Draft, ExactChange, Message, Target, added_lines, is_binary};
use crate::ids::{CommitId, TreeId};
use crate::ops::OpError;
use crate::redaction::Finding;
use crate::specialist::{Asked, Program};
use crate::triage::delivery::{
    Change, Code, Crossing, File, FileChange, Maker, Reply, Request, crossings,
};
use crate::triage::event::Event;
use crate::triage::rebuild;

/// Bytes that are read of what the program prints.
const MOST: usize = 1 << 20;

/// What an attempt came to, before it is a commit.
struct Attempt {
    tree: TreeId,
    files: Vec<Changed>,
    reply: Reply,
    by: Maker,
}

/// A file of it, with both texts.
struct Changed {
    path: String,
    old: Option<String>,
    new: Option<String>,
    is_text: bool,
}

impl Workshop<'_> {
    /// Makes the change, or says where a person can.
    pub(super) fn change(&self, journal: &mut Journal<'_>) -> Result<Step, OpError> {
        let attempt = match &self.coder {
            Some(coder) => self.by_program(journal, coder)?,
            None => match self.by_hand(journal)? {
                Some(attempt) => Ok(attempt),
                None => return Ok(Step::Waits),
            },
        };
        let attempt = attempt.and_then(|it| match unsafe_line(journal, &it) {
            Some(why) => Err(why),
            None => Ok(it),
        });
        match attempt {
            Ok(attempt) => self.keep(journal, attempt)?,
            Err(why) => {
                let why = hidden_text(journal.screen(), &why)?;
                journal.record(&Event::Unchanged { why }, None)?;
            }
        }
        Ok(Step::Done)
    }

    /// The program's attempt, from the base on; else why there is none.
    fn by_program(
        &self,
        journal: &mut Journal<'_>,
        coder: &Program,
    ) -> Result<Result<Attempt, String>, OpError> {
        let (folder, base) = (self.folder(journal)?, base(journal)?);
        self.repository()?.prepare(&folder, base).map_err(|why| in_the_way(&why))?;
        let request = self.request(journal)?;
        let (request, _) = Written::document(journal.screen(), &request)?;
        let input = serde_json::to_vec(&request).unwrap_or_default();
        journal.hold(SignedDuration::try_from(self.limit).unwrap_or(SignedDuration::MAX))?;
        let text = match coder.ask_in(&folder, input, self.limit, MOST) {
            Asked::Said(text) => text,
            Asked::Failed(why) => return Ok(Err(why)),
        };
        let (tree, files) = self.written(&folder, base)?;
        if files.is_empty() {
            return Ok(Err("the program changed no file".to_owned()));
        }
        let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
        let by = Maker::Program(coder.called().into_owned());
        let reply = Reply::parse(&text, &paths).map_err(|error| error.to_string());
        Ok(reply.map(|reply| Attempt { tree, files, reply, by }))
    }

    /// A person's attempt, once there is something that was not tried.
    fn by_hand(&self, journal: &Journal<'_>) -> Result<Option<Attempt>, OpError> {
        let base = base(journal)?;
        let folder = self.made(self.folder(journal)?, base)?;
        let (tree, files) = self.written(&folder, base)?;
        if files.is_empty() || self.tried(journal, tree)? {
            return Ok(None);
        }
        let (bundle, _) = decided(journal)?;
        let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
        let reply = Reply::by_hand(&bundle, &paths);
        Ok(Some(Attempt { tree, files, reply, by: Maker::Hand }))
    }

    /// True for what failed before: the run's own ref stands there.
    fn tried(&self, journal: &Journal<'_>, tree: TreeId) -> Result<bool, OpError> {
        let git = self.repository()?;
        match git.ref_commit(&reference(journal))? {
            Some(last) => Ok(git.commit(last)?.tree == tree),
            None => Ok(false),
        }
    }

    fn written(&self, folder: &Path, base: CommitId) -> Result<(TreeId, Vec<Changed>), OpError> {
        let git = self.repository()?;
        let tree = git.written_in(folder).map_err(|why| in_the_way(&why))?;
        let old = git.commit(base)?.tree;
        let changes = git.exact_changes(Some(old), Some(tree))?;
        let files = changes.iter().map(|it| self.changed(it)).collect::<Result<_, _>>()?;
        Ok((tree, files))
    }

    fn changed(&self, change: &ExactChange) -> Result<Changed, OpError> {
        let text = |side: &Option<crate::git::Side>| -> Result<(Option<String>, bool), OpError> {
            let Some(side) = side else { return Ok((None, true)) };
            let (true, Some(blob)) = (side.mode.starts_with("100"), side.blob) else {
                return Ok((None, false));
            };
            let bytes = self.repository()?.blob(blob)?;
            if is_binary(&bytes) {
                return Ok((None, false));
            }
            Ok(String::from_utf8(bytes).map_or((None, false), |text| (Some(text), true)))
        };
        let ((old, was_text), (new, is_text)) = (text(&change.old)?, text(&change.new)?);
        let path = change.path.text().into_owned();
        Ok(Changed { path, old, new, is_text: was_text && is_text })
    }

    /// Puts it into a commit that nobody has seen, and says where it goes too far.
    fn keep(&self, journal: &mut Journal<'_>, attempt: Attempt) -> Result<(), OpError> {
        let Attempt { tree, files, reply, by } = attempt;
        let (reply, _) = Written::document(journal.screen(), &reply)?;
        let base = base(journal)?;
        let commit = self.commit(journal, tree, base, &reply)?;
        let crossings = self.crossings(&files)?;
        let change = Change {
            schema: Change::SCHEMA.to_owned(),
            base: base.to_string(),
            commit: commit.to_string(),
            by,
            title: reply.title,
            summary: reply.summary,
            tests: reply.tests,
            untestable: reply.untestable,
            rollback: reply.rollback.unwrap_or_else(|| {
                "Nothing but this commit changes: `git revert <the merge's commit>`.".to_owned()
            }),
            monitoring: reply.monitoring.unwrap_or_else(|| {
                "The run asks the confirming queries again after the merge.".to_owned()
            }),
            files: files.iter().map(counted).collect(),
            crossings,
        };
        let (_, written) = Written::document(journal.screen(), &change)?;
        let artifact = written.digest().to_owned();
        journal.record(&Event::Changed { commit: commit.to_string(), artifact }, Some(written))
    }

    /// The commit, kept by a ref of the run's own so that Git does not drop it.
    fn commit(
        &self,
        journal: &Journal<'_>,
        tree: TreeId,
        base: CommitId,
        reply: &Reply,
    ) -> Result<CommitId, OpError> {
        let git = self.repository()?;
        let trunk = self.workspace.reviewed()?;
        let writer = git.writer(Some(&trunk.reference), journal.now())?;
        let run = journal.run().as_str().to_owned();
        let (_, bundle) = decided(journal)?;
        let message = Message {
            subject: reply.title.clone(),
            body: reply.summary.clone(),
            trailers: vec![("Prode-Run".to_owned(), run), ("Prode-Bundle".to_owned(), bundle)],
        };
        let draft = Draft { message, ..Draft::default() };
        let commit = writer.commit_of(tree, Some(base), &draft)?;
        let reference = reference(journal);
        let before = git.ref_commit(&reference)?;
        if before != Some(commit) {
            writer.move_ref(Target::Ref(&reference), before, commit)?;
        }
        Ok(commit)
    }

    fn crossings(&self, files: &[Changed]) -> Result<Vec<Crossing>, OpError> {
        let memory = self.workspace.memory(&crate::workspace::Asked::Trunk)?;
        let folders: Vec<String> =
            memory.roots().all().iter().map(|it| it.path.text().into_owned()).collect();
        let files: Vec<File<'_>> = files
            .iter()
            .map(|it| File {
                path: &it.path,
                old: it.old.as_deref(),
                new: it.new.as_deref(),
                is_text: it.is_text,
            })
            .collect();
        Ok(crossings(&files, &folders))
    }

    fn request(&self, journal: &Journal<'_>) -> Result<Request, OpError> {
        let (bundle, digest) = decided(journal)?;
        let work = work(journal)?;
        let code: Vec<Code> = rebuild::document(&journal.kept(), "source", &work.code)?;
        let feedback = work.failures.last().map(|it| told(journal, it)).transpose()?;
        let decisive = bundle.confidence.claims.iter().map(|it| &it.claim);
        let claims = decisive.filter_map(|id| bundle.findings.iter().find(|it| it.id == *id));
        Ok(Request {
            schema: Request::SCHEMA.to_owned(),
            run: journal.run().as_str().to_owned(),
            attempt: work.attempt(),
            classification: bundle.classification,
            bundle: digest,
            claims: claims.map(|it| it.claim.clone()).collect(),
            code,
            verify: self.commands.iter().map(|it| it.text().to_owned()).collect(),
            feedback,
            seconds: u32::try_from(self.limit.as_secs()).unwrap_or(u32::MAX),
            ticket: bundle.ticket,
        })
    }
}

/// Something in a line that came which may not be kept, by its rule.
fn unsafe_line(journal: &Journal<'_>, attempt: &Attempt) -> Option<String> {
    attempt.files.iter().find_map(|file| {
        let new = file.new.as_deref()?;
        let old = file.old.as_deref().unwrap_or_default();
        let came = added_lines(old.as_bytes(), new.as_bytes());
        let screened = match journal.screen().redact(&file.path, new) {
            Ok(screened) => screened,
            Err(error) => return Some(format!("'{}' cannot be looked at: {error}", file.path)),
        };
        let Ok(came) = came else { return Some(format!("'{}' cannot be compared", file.path)) };
        // A block may begin on a line that was there before, and be another one now.
        let is_another = |it: &Finding| {
            let value = new.get(it.start..it.end).unwrap_or_default();
            value.contains('\n') && !old.contains(value)
        };
        let touches =
            |it: &&Finding| came.iter().any(|lines| lines.contains(&it.line)) || is_another(it);
        let found = screened.findings.iter().find(touches)?;
        let (path, line, rule) = (&file.path, found.line, &found.rule);
        Some(format!("line {line} of '{path}' holds what may not be kept: {rule}"))
    })
}

/// The run's own ref, which holds its change.
pub(in crate::ops::triage) fn reference(journal: &Journal<'_>) -> String {
    format!("refs/prode/runs/{}", journal.run())
}

fn counted(file: &Changed) -> FileChange {
    let (old, new) = (file.old.as_deref().unwrap_or(""), file.new.as_deref().unwrap_or(""));
    let lines = |a: &str, b: &str| {
        let ranges = added_lines(a.as_bytes(), b.as_bytes()).unwrap_or_default();
        ranges.iter().map(|it| it.end() - it.start() + 1).sum()
    };
    FileChange { path: file.path.clone(), added: lines(old, new), removed: lines(new, old) }
}
