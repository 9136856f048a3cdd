//! Texts that nobody reviewed yet, searched beside the pages of a revision.
//!
//! They are in memory only, for one answer, and each says of itself that it is
//! unreviewed: no answer holds one that did not ask for it.

use std::collections::HashMap;

use super::source::DiskPages;
use super::{Memory, WorkspaceError};
use crate::corpus::{Facts, Page};
use crate::git::hash_blob;
use crate::ids::BlobId;
use crate::index::{Content, Index, PageChange};
use crate::repo_path::RepoPath;

/// One text beside the pages.
#[derive(Debug, Clone)]
pub struct Unreviewed {
    /// What it is cited by.
    pub name: String,
    /// `learning`.
    pub kind: &'static str,
    /// Its first words.
    pub title: String,
    /// Who would own it.
    pub owner: Vec<String>,
    /// Markdown with a head.
    pub bytes: Vec<u8>,
}

/// Texts by path and content.
pub(super) type Texts = HashMap<(RepoPath, BlobId), Unreviewed>;

impl Memory {
    /// This memory with texts beside its pages, under paths of their own.
    pub fn beside(self, texts: Vec<(RepoPath, Unreviewed)>) -> Result<Self, WorkspaceError> {
        let mut files = HashMap::new();
        let mut changes = Vec::new();
        let mut unreviewed = self.unreviewed;
        for (path, text) in texts {
            let blob = hash_blob(&text.bytes);
            files.insert(path.clone(), Content::Bytes(text.bytes.clone()));
            changes.push(PageChange { path: path.clone(), old: None, new: Some(blob) });
            unreviewed.insert((path, blob), text);
        }
        let (snapshot, _) = Index::overlay(self.snapshot, &changes, &DiskPages { files })?;
        Ok(Self { snapshot, unreviewed, ..self })
    }

    /// What `page` is, if it is no page but a text beside them.
    pub fn unreviewed(&self, page: &Page) -> Option<&Unreviewed> {
        if self.unreviewed.is_empty() {
            return None;
        }
        self.unreviewed.get(&(page.path.clone(), page.blob))
    }
}

impl Unreviewed {
    /// What is known of it: nothing that somebody agreed to.
    pub(super) fn facts(&self) -> Facts {
        Facts {
            kind: self.kind.to_owned(),
            owner: self.owner.clone(),
            status: "unreviewed".to_owned(),
            reviewed: None,
            due: None,
            stale: false,
            archived: false,
            draft: false,
        }
    }
}
