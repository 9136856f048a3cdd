//! The beginning of a change: the commit that it begins from, and the source
//! that the evidence names. The built-in specialist `code-path`.

use super::super::decided::decided;
use super::super::journal::Journal;
use super::super::written::{Written, hidden_text};
use super::Workshop;
use crate::git::{TreeFile, is_binary};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::triage::delivery::{Code, Named, named_paths};
use crate::triage::event::Event;
use crate::triage::rebuild;

impl Workshop<'_> {
    /// Reads what the evidence names, by Git's objects; no file of a work tree is
    /// opened.
    pub(super) fn prepare(&self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let trunk = self.workspace.reviewed()?;
        let files = self.repository()?.files(trunk.tree, &mut |_, _| true)?;
        let mut code = Vec::new();
        for named in named(journal, &files)? {
            read_source(journal, &format!("{}@{}", named.path, trunk.commit))?;
            code.extend(self.part(journal, &named, &files, trunk.commit)?);
        }
        // Whoever makes the change sees all of it.
        read_source(journal, &format!("*@{}", trunk.commit))?;
        let (_, written) = Written::document(journal.screen(), &code)?;
        let (base, artifact) = (trunk.commit.to_string(), written.digest().to_owned());
        journal.record(&Event::Prepared { base, artifact }, Some(written))
    }

    /// The part of a file that is named, redacted; nothing of what is no text or
    /// cannot be shown.
    fn part(
        &self,
        journal: &Journal<'_>,
        named: &Named,
        files: &[TreeFile],
        at: CommitId,
    ) -> Result<Option<Code>, OpError> {
        let file = files.iter().find(|it| it.path.text() == named.path);
        let Some(file) = file else { return Ok(None) };
        let bytes = self.repository()?.blob(file.blob)?;
        let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
        if is_binary(text.as_bytes()) {
            return Ok(None);
        }
        let (from, part) = named.part(&text);
        let Ok(text) = hidden_text(journal.screen(), &part) else { return Ok(None) };
        Ok(Some(Code { source: format!("{}@{at}", named.path), from, text }))
    }
}

fn named(journal: &Journal<'_>, files: &[TreeFile]) -> Result<Vec<Named>, OpError> {
    let (bundle, _) = decided(journal)?;
    let snapshot = rebuild::snapshot(journal.state(), &journal.kept())?;
    let ticket = snapshot.words();
    let claims = bundle.findings.iter().map(|it| it.claim.as_str());
    let excerpts = bundle.receipts.iter().map(|it| it.excerpt.as_str());
    let all: Vec<String> = files.iter().map(|it| it.path.text().into_owned()).collect();
    Ok(named_paths(excerpts.chain(claims).chain([ticket.as_str()]), &all))
}

/// Says that source was read, once.
fn read_source(journal: &mut Journal<'_>, source: &str) -> Result<(), OpError> {
    if journal.state().sources.iter().any(|it| it == source) {
        return Ok(());
    }
    journal.record(&Event::SourceRead { source: source.to_owned() }, None)
}
