//! Whether Git's index proves that a file on disk is unchanged.
//!
//! The index remembers what the file system said of a file when Git last read
//! it. Equal words prove equal content, unless the file may have been written
//! after the index in the same tick of the clock.

use std::fs::Metadata;

/// Seconds and nanoseconds since 1970, cut to 32 bits each as the index has them.
type Tick = (i32, u32);

/// When the index itself was written.
pub(super) fn written_at(index: &Metadata) -> Tick {
    on_disk(index).changed
}

/// True where what an entry `recorded` proves that the file `found` still has
/// the entry's content.
pub(super) fn proves(recorded: &Recorded, found: &Metadata, index_written: Tick) -> bool {
    let seen = on_disk(found);
    let Recorded { changed, touched, inode, size } = *recorded;
    size == seen.size
        && same_time(changed, seen.changed)
        && (touched == (0, 0) || same_time(touched, seen.touched))
        && (inode == 0 || inode == seen.inode)
        && settled(changed, index_written)
}

/// What the index can remember of a file; `touched` and `inode` stay zero
/// where a system or a writer of indexes does not know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recorded {
    /// Bytes.
    pub(super) size: u32,
    /// When its content changed.
    pub(super) changed: Tick,
    /// When its content or its attributes changed.
    pub(super) touched: Tick,
    /// Its number in the file system.
    pub(super) inode: u32,
}

/// Some writers of indexes know whole seconds only.
fn same_time(recorded: Tick, seen: Tick) -> bool {
    recorded.0 == seen.0 && (recorded.1 == seen.1 || recorded.1 == 0)
}

/// False where the file may have changed again within the tick in which the
/// index was written.
fn settled(changed: Tick, index_written: Tick) -> bool {
    if changed.1 == 0 { changed.0 < index_written.0 } else { changed < index_written }
}

#[cfg(unix)]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the index cuts so")]
fn on_disk(found: &Metadata) -> Recorded {
    use std::os::unix::fs::MetadataExt;
    Recorded {
        size: found.size() as u32,
        changed: (found.mtime() as i32, found.mtime_nsec() as u32),
        touched: (found.ctime() as i32, found.ctime_nsec() as u32),
        inode: found.ino() as u32,
    }
}

#[cfg(not(unix))]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "the index cuts so"
)]
fn on_disk(found: &Metadata) -> Recorded {
    let since =
        found.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let changed = since.map_or((0, 0), |since| (since.as_secs() as i32, since.subsec_nanos()));
    Recorded { size: found.len() as u32, changed, touched: (0, 0), inode: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_as_young_as_the_index_proves_nothing() {
        assert!(settled((10, 5), (10, 6)));
        assert!(!settled((10, 5), (10, 5)));
        assert!(!settled((11, 1), (10, 5)));
    }

    #[test]
    fn whole_seconds_are_judged_by_whole_seconds() {
        assert!(!settled((10, 0), (10, 999)));
        assert!(settled((9, 0), (10, 0)));
        assert!(same_time((10, 0), (10, 7)));
        assert!(!same_time((10, 6), (10, 7)));
    }
}
