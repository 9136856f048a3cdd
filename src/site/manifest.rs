//! What a site holds: the file that makes a folder known as one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ops::site::Answer;

/// The file's name.
pub(super) const NAME: &str = "prode-site.json";
/// Its form.
const VERSION: u32 = 1;

/// What is in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Of this form.
    pub(super) version: u32,
    /// A digest of what the files were made from.
    pub(super) inputs: String,
    /// What was said when they were made.
    pub(super) answer: Answer,
    /// By name, this file left out.
    pub(super) files: BTreeMap<String, File>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    pub(super) bytes: u64,
    /// SHA-256.
    pub(super) digest: String,
}

impl Manifest {
    /// `answer` is kept without what differs between two builds of the same.
    pub(super) fn new(inputs: &str, answer: &Answer, files: BTreeMap<String, File>) -> Self {
        let answer = Answer {
            folder: String::new(),
            notes: Vec::new(),
            written: 0,
            unchanged: files.len(),
            removed: 0,
            ..answer.clone()
        };
        Self { version: VERSION, inputs: inputs.to_owned(), answer, files }
    }

    /// `None` where the bytes are no manifest of this form.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|it| it.version == VERSION)
    }

    /// One file a line.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
