//! Runs the allowed commands on a change, and keeps what they printed.

use jiff::SignedDuration;

use super::super::journal::Journal;
use super::super::written::{Written, hidden_text};
use super::{Workshop, base, commit, in_the_way, work};
use crate::canonical::digest;
use crate::git::{Draft, Edit, put_at};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::triage::delivery::{Against, Change, Crossing, Kind, Ran, Verification};
use crate::triage::event::Event;
use crate::triage::reason::Reason;
use crate::triage::rebuild;

/// Bytes that are read of a command's output, each of the two ways.
const MOST: usize = 1 << 20;

/// Bytes that are kept of its end.
const KEPT: usize = 8 << 10;

impl Workshop<'_> {
    /// Runs them on the base, on the base with the new test, and on the change. One
    /// that goes too far is turned back here, so that whoever takes a run over does
    /// so as well.
    pub(super) fn verify(&self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let change = change(journal)?;
        if let Some(first) = change.crossings.first() {
            let (reason, why) = too_far(first);
            return self.turn_back(journal, reason, &why);
        }
        let (base, head) = (base(journal)?, commit(&change.commit)?);
        let mut commands = self.run(journal, Against::Base, base)?;
        if commands.iter().all(|it| it.passed) {
            if !change.tests.is_empty() {
                let tests = self.tests_alone(journal, &change, base, head)?;
                commands.extend(self.run(journal, Against::Test, tests)?);
            }
            commands.extend(self.run(journal, Against::Change, head)?);
        }
        let verification = Verification {
            schema: Verification::SCHEMA.to_owned(),
            commit: change.commit,
            tests: change.tests,
            commands,
        };
        let (verification, written) = Written::document(journal.screen(), &verification)?;
        let (artifact, passed) = (written.digest().to_owned(), verification.passed());
        journal.record(&Event::Verified { artifact, passed }, Some(written))?;
        if !verification.is_hopeless() {
            return Ok(());
        }
        let why = verification.fault().map(|(why, _)| why).unwrap_or_default();
        self.turn_back(journal, Reason::PlanInadequate, &why)
    }

    fn run(
        &self,
        journal: &mut Journal<'_>,
        on: Against,
        at: CommitId,
    ) -> Result<Vec<Ran>, OpError> {
        let folder = self.made(self.proving_folder(journal)?, at)?;
        put_at(&folder, at).map_err(|why| in_the_way(&why))?;
        let mut all = Vec::new();
        for command in &self.commands {
            journal.hold(SignedDuration::try_from(self.limit).unwrap_or(SignedDuration::MAX))?;
            let printed = command.run(&folder, &self.variables, self.limit, MOST);
            let output = hidden_text(journal.screen(), &printed.output)
                .unwrap_or_else(|error| format!("(it cannot be shown: {error})"));
            all.push(Ran {
                command: command.text().to_owned(),
                on,
                passed: printed.success,
                digest: digest(output.as_bytes()),
                output: end(&output).to_owned(),
            });
        }
        Ok(all)
    }

    /// The base with the new test and nothing else of the change.
    fn tests_alone(
        &self,
        journal: &Journal<'_>,
        change: &Change,
        base: CommitId,
        head: CommitId,
    ) -> Result<CommitId, OpError> {
        let git = self.repository()?;
        let mut edits = Vec::new();
        for path in &change.tests {
            let path = RepoPath::from_git(path.clone());
            match git.file_at(head, &path)? {
                Some(bytes) => edits.push(Edit::write(path, bytes)),
                None => edits.push(Edit::Remove(path)),
            }
        }
        let writer = git.writer(Some(&self.workspace.reviewed()?.reference), journal.now())?;
        let draft = Draft::new("the new test alone", edits);
        Ok(writer.sketch(Some(base), &draft)?)
    }
}

/// The change that stands.
pub(super) fn change(journal: &Journal<'_>) -> Result<Change, OpError> {
    let made = work(journal)?.made.as_ref();
    let made = made.ok_or(rebuild::Unbuildable::TooEarly("change"))?;
    Ok(rebuild::document(&journal.kept(), "change", &made.artifact)?)
}

/// What was wrong, with the end of the output behind it.
pub(super) fn told(journal: &Journal<'_>, digest: &str) -> Result<String, OpError> {
    let kept: Verification = rebuild::document(&journal.kept(), "verification", digest)?;
    Ok(match kept.fault() {
        Some((why, Some(ran))) => format!("{why}\n\n{}", ran.output),
        Some((why, None)) => why,
        None => String::new(),
    })
}

/// The end of a text, whole lines where there are any.
fn end(text: &str) -> &str {
    if text.len() <= KEPT {
        return text;
    }
    let mut from = text.len() - KEPT;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let rest = &text[from..];
    rest.split_once('\n').map_or(rest, |(_, lines)| lines)
}

fn too_far(crossing: &Crossing) -> (Reason, String) {
    let reason = match crossing.kind {
        Kind::Dependency => Reason::NewDependency,
        Kind::Interface => Reason::InterfaceChanged,
        Kind::Boundary => Reason::BoundaryCrossed,
    };
    let of = if crossing.path.is_empty() { "the change" } else { &crossing.path };
    (reason, format!("{of}: {}", crossing.what))
}
