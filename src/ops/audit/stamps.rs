//! The review that counts, and the commit that set it.
//!
//! A stamp stands on the page, in the metadata of a skill, or in
//! `.prode/reviews.yaml`. The commit that set it is the newest one that has it
//! where the version before had not; a page that moved in that commit is
//! followed. A date that one commit moved on many pages, and nothing else of
//! them, is no review: the stamp before it counts.

use std::sync::Arc;

use super::chronicle::{Chronicle, Reach, day_of};
use super::memo::Memo;
use crate::audit::{Bulk, Proof, Stamp};
use crate::corpus::{Page, own_review};
use crate::document::{self, Reviewed};
use crate::git::FileChange;
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::review::{REVIEWS, Stamps, body_digest_behind};

/// Pages whose date one commit moves, and nothing else of them, from which on
/// nobody can have looked at each.
const MANY: usize = 10;
/// Stamps that are followed back behind moved dates.
const BACK: usize = 20;

/// What a block of metadata says of a review, and where the body behind it begins.
type Front = (Option<Reviewed>, usize);

/// Versions of pages, each read once.
#[derive(Default)]
pub(super) struct Versions {
    stamps: Memo<BlobId, Option<Arc<Reviewed>>>,
    bodies: Memo<BlobId, Option<Arc<str>>>,
    /// By its bytes: most versions of a page have the block of the one before.
    fronts: Memo<Vec<u8>, Front>,
    records: Memo<BlobId, Option<Arc<Stamps>>>,
    bulks: Memo<usize, usize>,
}

/// Reviews of pages, found in their versions.
#[derive(Clone, Copy)]
pub(super) struct Reviews<'a> {
    pub(super) chronicle: &'a Chronicle<'a>,
    pub(super) versions: &'a Versions,
}

/// A stamp, and what its page held when it was set.
pub(super) struct Set {
    pub(super) stamp: Stamp,
    /// As it is written.
    pub(super) written: Reviewed,
    /// The step that set it.
    pub(super) at: Option<usize>,
    /// The digest of the body that it was set on.
    pub(super) body: Option<Arc<str>>,
    /// The page's content then.
    pub(super) blob: Option<BlobId>,
    /// Where the page stood then.
    path: RepoPath,
}

impl<'a> Reviews<'a> {
    /// The review of `page` that counts for whoever sees what `reach` holds.
    /// `aside` is what `.prode/reviews.yaml` holds then; the later of the two
    /// counts, and of one day the record.
    pub(super) fn find(&self, page: &Page, aside: Option<&Reviewed>, reach: &Reach) -> Option<Set> {
        let own = own_review(page);
        let is_older = |it: &Reviewed| own.as_ref().is_some_and(|own| it.at < own.at);
        if let Some(written) = aside.filter(|it| !is_older(it)) {
            return Some(self.in_record(page, written, reach));
        }
        let written = own?;
        let mut set = self.on_page(&page.path, &written, reach);
        let mut bulk = None;
        for _ in 0..BACK {
            let Some((step, before)) = self.moved_in_bulk(&set, reach) else { break };
            let (at, pages) = (set.written.at, self.bulk(step));
            bulk.get_or_insert(Bulk { at, seen: self.chronicle.seen(step), pages });
            set = before;
        }
        set.stamp.bulk = bulk;
        Some(set)
    }

    /// Where a stamp on the page itself was set.
    fn on_page(&self, path: &RepoPath, written: &Reviewed, reach: &Reach) -> Set {
        let has = |blob: Option<BlobId>, path: &RepoPath| {
            let stamp = blob.and_then(|blob| self.stamp(path, blob));
            stamp.is_some_and(|it| *it == *written)
        };
        let mut path = path.clone();
        let mut from = 0;
        // A page moves only so often.
        for _ in 0..BACK {
            let mut moved = None;
            for &at in self.chronicle.touching(&path).iter().filter(|&&at| at >= from) {
                if !reach.holds(at) {
                    continue;
                }
                let Some(change) = self.chronicle.change(at, &path) else { continue };
                if !has(change.new, &path) || has(change.old, &path) {
                    continue;
                }
                if let Some(old) = self.moved_from(at, change) {
                    let old_path = self.chronicle.path(old);
                    if has(old.old, old_path) {
                        moved = Some((old_path.clone(), at));
                        break;
                    }
                }
                return self.set(written, Some(at), change.new, &path);
            }
            match moved {
                Some((old, at)) => (path, from) = (old, at),
                None => break,
            }
        }
        self.set(written, None, None, &path)
    }

    /// The page that went in the same commit in which another came: of the
    /// same content, else of the same name, else of the same folder.
    fn moved_from(&self, at: usize, came: &FileChange) -> Option<&'a FileChange> {
        let found = super::moves::moved_from(self.chronicle, at, came);
        found.or_else(|| {
            let (places, changes) = (self.chronicle.gone(at), self.chronicle.changes(at));
            let folder = |it: &FileChange| self.chronicle.path(it).parent();
            let mut gone = places.iter().map(|&place| &changes[place]);
            gone.find(|it| came.old.is_none() && folder(it) == folder(came))
        })
    }

    fn set(
        &self,
        written: &Reviewed,
        at: Option<usize>,
        blob: Option<BlobId>,
        path: &RepoPath,
    ) -> Set {
        let body = blob.and_then(|blob| self.body(path, blob));
        let stamp = Stamp {
            by: written.by.clone(),
            at: written.at,
            has_digest: written.body.is_some(),
            set: at.map(|at| self.chronicle.seen(at)),
            bulk: None,
            proof: Proof::Unknown,
        };
        Set { stamp, written: written.clone(), at, body, blob, path: path.clone() }
    }

    /// Where a stamp in the record was set.
    fn in_record(&self, page: &Page, written: &Reviewed, reach: &Reach) -> Set {
        let record = RepoPath::from_git(REVIEWS);
        let holds = |blob: Option<BlobId>| {
            let record = blob.and_then(|blob| self.record(blob));
            record.is_some_and(|it| it.of(&page.path) == Some(written))
        };
        let set = self.chronicle.touching(&record).iter().copied().find(|&at| {
            let change = self.chronicle.change(at, &record);
            reach.holds(at) && change.is_some_and(|it| holds(it.new) && !holds(it.old))
        });
        let mut found = self.set(written, set, None, &page.path);
        let blob = set.and_then(|at| {
            let tree = self.chronicle.step(at).tree;
            match self.chronicle.repository.entry(tree, &page.path) {
                Ok(Some(crate::git::Entry::File(blob))) => Some(blob),
                _ => None,
            }
        });
        found.body = blob.and_then(|blob| self.body(&page.path, blob));
        found.blob = blob;
        found
    }

    /// The step and the stamp before it, where the step moved only dates.
    fn moved_in_bulk(&self, set: &Set, reach: &Reach) -> Option<(usize, Set)> {
        let at = set.at.filter(|_| set.written.body.is_none() && set.written.sources.is_none())?;
        let change = self.chronicle.change(at, &set.path)?;
        if !self.is_date_alone(change) || self.bulk(at) < MANY {
            return None;
        }
        let before = self.stamp(&set.path, change.old?)?;
        Some((at, self.on_page(&set.path, &before, reach)))
    }

    /// True where the step moved the dates of many pages, and of this one
    /// nothing else.
    pub(super) fn is_bulk(&self, at: usize, path: &RepoPath) -> bool {
        let change = self.chronicle.change(at, path);
        change.is_some_and(|it| self.is_date_alone(it)) && self.bulk(at) >= MANY
    }

    /// Pages whose date alone the step moved.
    fn bulk(&self, at: usize) -> usize {
        self.versions.bulks.or_else(at, || {
            let changes = self.chronicle.changes(at);
            let few = changes.len() < MANY;
            if few { 0 } else { changes.iter().filter(|it| self.is_date_alone(it)).count() }
        })
    }

    fn is_date_alone(&self, change: &FileChange) -> bool {
        let path = self.chronicle.path(change);
        let is_page = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("md"));
        let (Some(old), Some(new)) = (change.old, change.new) else { return false };
        if !is_page {
            return false;
        }
        let stamps = self.stamp(path, old).zip(self.stamp(path, new));
        // Digests are made by looking at what they are of.
        let is_moved = stamps.is_some_and(|(old, new)| {
            new.body.is_none() && new.sources.is_none() && old.at != new.at
        });
        is_moved && self.body(path, old).is_some_and(|it| Some(it) == self.body(path, new))
    }

    /// Remembers of `page` what there is no need to read it again for.
    pub(super) fn understood(&self, page: &Page, bytes: &[u8]) {
        let body = body_digest_behind(bytes, page.front.body_start as usize);
        self.versions.stamps.insert(page.blob, own_review(page).map(Arc::new));
        self.versions.bodies.insert(page.blob, Some(body.into()));
    }

    /// The digest of a version's body.
    pub(super) fn body(&self, path: &RepoPath, blob: BlobId) -> Option<Arc<str>> {
        self.versions.bodies.get(&blob).unwrap_or_else(|| self.learn(path, blob).1)
    }

    /// What a version says of its review.
    fn stamp(&self, path: &RepoPath, blob: BlobId) -> Option<Arc<Reviewed>> {
        self.versions.stamps.get(&blob).unwrap_or_else(|| self.learn(path, blob).0)
    }

    /// Reads a version. Only what is asked for: a whole page takes many times
    /// as long to understand.
    fn learn(&self, path: &RepoPath, blob: BlobId) -> (Option<Arc<Reviewed>>, Option<Arc<str>>) {
        let bytes = self.chronicle.repository.blob(blob).ok();
        let (stamp, body) = bytes.map_or((None, None), |bytes| {
            let (stamp, start) = self.front(&bytes);
            let has_comment = memchr::memmem::find(&bytes, b"freshness:").is_some();
            let stamp = if path.file_name() == "SKILL.md" {
                own_review(&Page::read(path.clone(), blob, &bytes).0)
            } else if has_comment {
                document::parse(path, &bytes).0.front.reviewed
            } else {
                stamp
            };
            (stamp.map(Arc::new), Some(body_digest_behind(&bytes, start).into()))
        });
        self.versions.stamps.insert(blob, stamp.clone());
        self.versions.bodies.insert(blob, body.clone());
        (stamp, body)
    }

    fn front(&self, bytes: &[u8]) -> Front {
        let block = document::front_block(bytes);
        self.versions.fronts.get(block).unwrap_or_else(|| {
            let front = document::front_matter(block).0;
            let front = (front.reviewed, front.body_start as usize);
            self.versions.fronts.insert(block.to_vec(), front.clone());
            front
        })
    }

    /// One that cannot be read holds nothing; `lint` says so.
    pub(super) fn record(&self, blob: BlobId) -> Option<Arc<Stamps>> {
        self.versions.records.or_else(blob, || {
            let bytes = self.chronicle.repository.blob(blob).ok();
            bytes.and_then(|bytes| Stamps::read(&bytes).ok()).map(Arc::new)
        })
    }

    /// Who is named by any stamp that the page ever had.
    pub(super) fn reviewers(&self, path: &RepoPath, reach: &Reach) -> Vec<String> {
        let steps = self.chronicle.touching(path).iter().filter(|&&at| reach.holds(at));
        let blobs = steps.filter_map(|&at| self.chronicle.change(at, path)?.new);
        blobs.filter_map(|blob| self.stamp(path, blob)?.by.clone()).collect()
    }
}

/// The newest step among `steps` that `reach` holds, with its day.
pub(super) fn newest(
    chronicle: &Chronicle<'_>,
    path: &RepoPath,
    reach: &Reach,
) -> Option<(usize, jiff::civil::Date)> {
    let at = chronicle.touching(path).iter().copied().find(|&at| reach.holds(at))?;
    Some((at, day_of(chronicle.step(at))))
}
