//! Whether what lies in the index's folder can be trusted.

use super::disk::NoLock;
use super::fit::Index;

/// What a full check of the folder found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Soundness {
    /// Shards that were read to their last byte.
    pub checked: usize,
    /// What is wrong, one line each; empty where nothing is.
    pub damage: Vec<String>,
    /// True if this process may write the index, now or when another one is done.
    pub writable: bool,
}

impl Index {
    /// Reads the manifest and every shard as a whole. Costs a read of the
    /// whole folder, and mends nothing.
    pub fn verify(&self) -> Soundness {
        let Some(disk) = self.disk() else { return Soundness::default() };
        let writable = !matches!(disk.lock(), Err(NoLock::Unwritable));
        let manifest = match disk.manifest() {
            Ok(manifest) => manifest.unwrap_or_default(),
            Err(reason) => {
                let damage = vec![format!("the manifest cannot be used: {reason}")];
                return Soundness { checked: 0, damage, writable };
            }
        };
        let damage = manifest.shards.iter().filter_map(|entry| disk.damage(entry));
        let damage = damage.map(|error| error.to_string()).collect();
        Soundness { checked: manifest.shards.len(), damage, writable }
    }
}
