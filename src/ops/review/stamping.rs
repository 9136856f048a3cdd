//! Stamps of some pages, worked out one after another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::Ground;
use super::answer::{ChangedFile, Last, Looked, SourcesSeen, Stamp};
use super::described::{Files, Moved, commit_of};
use super::elsewhere;
use crate::corpus::{Page, RootKind};
use crate::document::Reviewed;
use crate::git::hash_blob;
use crate::ids::CommitId;
use crate::ops::elsewhere::Clones;
use crate::ops::{OpError, counted};
use crate::repo_path::RepoPath;
use crate::review::{DISMISSED, PageText, REVIEWS, Stamps, body_digest, sources_digest};

/// What was written of one page.
struct Stamped {
    stamp: Reviewed,
    in_record: bool,
    also: Vec<&'static str>,
}

impl Stamped {
    fn told(self, seen: Looked, page: &Page) -> Looked {
        let stamp = Stamp {
            by: self.stamp.by.unwrap_or_default(),
            at: self.stamp.at.to_string(),
            body: self.stamp.body.unwrap_or_default(),
            sources: self.stamp.sources,
            elsewhere: self.stamp.elsewhere,
        };
        let stamped_in =
            if self.in_record { REVIEWS.to_owned() } else { page.path.text().into_owned() };
        let also = self.also.into_iter().map(str::to_owned).collect();
        Looked { stamp, stamped_in, also, ..seen }
    }
}

/// Bytes before and after, by path.
type Changed = BTreeMap<RepoPath, (Option<Vec<u8>>, Vec<u8>)>;

/// Stamps of some pages.
pub(super) struct Stamping {
    pub(super) by: String,
    pub(super) at: Date,
    /// In the order in which the pages were named.
    pub(super) looked: Vec<Looked>,
    pub(super) files: Changed,
    pub(super) notes: Vec<String>,
    /// Pages that change in the same commit, as they will be.
    edited: BTreeMap<RepoPath, Vec<u8>>,
    /// The record, once a page needs it.
    record: Option<Stamps>,
    /// Clones of other repositories; `None` where nobody looks at them.
    clones: Option<Clones>,
}

impl Stamping {
    pub(super) fn of(ground: &Ground<'_>, pages: &[Page], by: String) -> Result<Self, OpError> {
        let mut stamping = Self::new(by, ground.workspace.clock().today());
        stamping.clones = Some(Clones::of(ground.workspace, None));
        let mut files = Files::of(ground, pages)?;
        let mut looked = BTreeMap::new();
        for number in stamping.order(&files, pages) {
            let page = &pages[number];
            let mut seen = Self::seen(ground, &files, page, &ground.page_bytes(page)?)?;
            let last = ground.memory.rules.review(page);
            let abroad = elsewhere::seen(stamping.clones.as_mut(), page, last.as_ref());
            stamping.notes.extend(abroad.notes(&page.path));
            seen.elsewhere = abroad.told;
            let stamped = stamping.page(ground, &mut files, page, abroad.stamp)?;
            looked.insert(number, stamped.told(seen, page));
        }
        stamping.looked = looked.into_values().collect();
        stamping.tell_uncommitted(&files, pages);
        Ok(stamping)
    }

    /// The same of pages that are edited too: `edited` holds their bytes. Nobody
    /// is told what became of them since their last review.
    pub(super) fn with_edits(
        ground: &Ground<'_>,
        pages: &[Page],
        (by, at): (String, Date),
        edited: BTreeMap<RepoPath, Vec<u8>>,
    ) -> Result<Self, OpError> {
        let mut stamping = Self { edited, ..Self::new(by, at) };
        let mut files = Files::of(ground, pages)?;
        for (path, bytes) in &stamping.edited {
            files.now.set_blob(path, hash_blob(bytes));
        }
        for number in stamping.order(&files, pages) {
            stamping.page(ground, &mut files, &pages[number], None)?;
        }
        Ok(stamping)
    }

    fn new(by: String, at: Date) -> Self {
        Self {
            by,
            at,
            looked: Vec::new(),
            files: Changed::new(),
            notes: Vec::new(),
            edited: BTreeMap::new(),
            record: None,
            clones: None,
        }
    }

    /// A page comes behind those that it describes: their stamps are part of
    /// what it describes. Pages that describe each other cannot all be so.
    fn order(&mut self, files: &Files, pages: &[Page]) -> Vec<usize> {
        let numbers: HashMap<&RepoPath, usize> =
            pages.iter().enumerate().map(|(at, page)| (&page.path, at)).collect();
        let described = |page: &Page| -> BTreeSet<usize> {
            let found = files.now.files_of(&page.path).into_iter().flatten();
            found.filter_map(|(path, _)| numbers.get(path).copied()).collect()
        };
        let mut waits: Vec<BTreeSet<usize>> = pages.iter().map(described).collect();
        let mut awaited = vec![Vec::new(); pages.len()];
        for (page, others) in waits.iter().enumerate() {
            for &other in others {
                awaited[other].push(page);
            }
        }
        let mut left: BTreeSet<usize> = (0..pages.len()).collect();
        let mut free: BTreeSet<usize> =
            left.iter().copied().filter(|&page| waits[page].is_empty()).collect();
        let mut order = Vec::new();
        while let Some(next) = free.pop_first().or_else(|| self.in_a_ring(&left, pages)) {
            left.remove(&next);
            for &page in &awaited[next] {
                waits[page].remove(&next);
                if waits[page].is_empty() && left.contains(&page) {
                    free.insert(page);
                }
            }
            order.push(next);
        }
        order
    }

    /// The first of those that wait for each other.
    fn in_a_ring(&mut self, left: &BTreeSet<usize>, pages: &[Page]) -> Option<usize> {
        let first = *left.first()?;
        let paths: Vec<_> = left.iter().take(3).map(|&it| pages[it].path.text()).collect();
        let more = if left.len() > paths.len() { " and others" } else { "" };
        if self.notes.is_empty() {
            self.notes.push(format!(
                "{}{more} describe each other: the stamp of one makes another's untrue; leave pages out of each other's 'sources'",
                paths.join(" and ")
            ));
        }
        Some(first)
    }

    fn page(
        &mut self,
        ground: &Ground<'_>,
        files: &mut Files,
        page: &Page,
        elsewhere: Option<String>,
    ) -> Result<Stamped, OpError> {
        let before = match self.edited.get(&page.path) {
            Some(bytes) => bytes.clone(),
            None => ground.page_bytes(page)?,
        };
        let mut text = PageText::read(&page.path, &before)?;
        let also = text.redate(&self.by, self.at)?;
        let stamp = Reviewed {
            by: Some(self.by.clone()),
            at: self.at,
            body: Some(body_digest(text.bytes())),
            sources: files.now.digest_of(&page.path),
            elsewhere,
        };
        let in_record = !carries(ground, page);
        if in_record {
            self.record(ground)?.set(&page.path, &stamp)?;
            self.keep_record(ground)?;
        } else {
            text.stamp(&stamp)?;
        }
        let bytes = text.bytes().to_vec();
        if bytes != before {
            files.now.set_blob(&page.path, hash_blob(&bytes));
            self.files.insert(page.path.clone(), (Some(before), bytes));
        }
        Ok(Stamped { stamp, in_record, also })
    }

    /// The page as it stood to its last review.
    fn seen(
        ground: &Ground<'_>,
        files: &Files,
        page: &Page,
        bytes: &[u8],
    ) -> Result<Looked, OpError> {
        let facts = ground.memory.facts(page);
        let last = ground.memory.rules.review(page);
        let then = last.as_ref().and_then(|last| commit_of(ground, page, last));
        let body_changed = body_changed(ground, page, last.as_ref(), then, bytes);
        let sources = sources_seen(ground, files, page, last.as_ref(), then)?;
        Ok(Looked {
            path: page.path.text().into_owned(),
            title: page.title.clone(),
            kind: facts.kind,
            owner: facts.owner,
            last: last.map(|last| Last {
                by: last.by,
                at: last.at.to_string(),
                commit: then.map(|commit| commit.to_string()),
            }),
            body_changed,
            sources,
            elsewhere: Vec::new(),
            stamp: Stamp {
                by: String::new(),
                at: String::new(),
                body: String::new(),
                sources: None,
                elsewhere: None,
            },
            stamped_in: String::new(),
            also: Vec::new(),
        })
    }

    fn record(&mut self, ground: &Ground<'_>) -> Result<&mut Stamps, OpError> {
        if self.record.is_none() {
            let bytes = ground.bytes(&record_path())?;
            self.record = Some(Stamps::read(&bytes.unwrap_or_default())?);
        }
        Ok(self.record.get_or_insert_default())
    }

    fn keep_record(&mut self, ground: &Ground<'_>) -> Result<(), OpError> {
        let after = self.record(ground)?.bytes().to_vec();
        let path = record_path();
        let before = match self.files.get(&path) {
            Some((before, _)) => before.clone(),
            None => ground.bytes(&path)?,
        };
        self.files.insert(path, (before, after));
        Ok(())
    }

    fn tell_uncommitted(&mut self, files: &Files, pages: &[Page]) {
        let own = |path: &RepoPath| {
            [REVIEWS, DISMISSED].contains(&&*path.text())
                || pages.iter().any(|page| page.path == *path)
        };
        let others: Vec<_> = files.uncommitted.keys().filter(|path| !own(path)).collect();
        let Some(first) = others.first() else { return };
        let rest = "commit that with the stamp, or it will not fit";
        self.notes.push(match others.len() {
            1 => format!("'{first}', which they describe, differs from what is committed: {rest}"),
            count => format!(
                "{} that they describe differ from what is committed, such as '{first}': {rest}",
                counted(count, "file")
            ),
        });
    }
}

fn record_path() -> RepoPath {
    RepoPath::from_git(REVIEWS)
}

/// Whether a page's own front matter may hold its stamp: it has one, it is no
/// `SKILL.md`, whose values are texts, and no template, which would hand the
/// stamp on to what is made of it.
fn carries(ground: &Ground<'_>, page: &Page) -> bool {
    let place = ground.memory.roots().classify(&page.path);
    let is_template = place.is_some_and(|place| place.kind == RootKind::Template);
    let is_skill = page.skill.is_some() || page.path.file_name() == "SKILL.md";
    page.front.dialect.is_some() && !is_skill && !is_template
}

fn body_changed(
    ground: &Ground<'_>,
    page: &Page,
    last: Option<&Reviewed>,
    then: Option<CommitId>,
    bytes: &[u8],
) -> Option<bool> {
    let now = body_digest(bytes);
    if let Some(body) = &last?.body {
        return Some(*body != now);
    }
    let old = ground.workspace.repository()?.file_at(then?, &page.path).ok()??;
    Some(body_digest(&old) != now)
}

fn sources_seen(
    ground: &Ground<'_>,
    files: &Files,
    page: &Page,
    last: Option<&Reviewed>,
    then: Option<CommitId>,
) -> Result<Option<SourcesSeen>, OpError> {
    let Some(found) = files.now.files_of(&page.path) else { return Ok(None) };
    let found: Vec<_> = found.collect();
    let digest = sources_digest(found.iter().copied());
    let recorded = last.and_then(|last| last.sources.as_ref());
    let mut seen = SourcesSeen {
        files: found.len(),
        changed: recorded.map(|recorded| *recorded != digest),
        changes: Vec::new(),
    };
    if let (Some(git), Some(then), true) =
        (ground.workspace.repository(), then, seen.changed != Some(false))
    {
        let changes = files.since(git, &page.path, then)?;
        seen.changed = seen.changed.or(Some(!changes.is_empty()));
        seen.changes = changes.iter().map(told).collect();
    }
    Ok(Some(seen))
}

fn told(moved: &Moved) -> ChangedFile {
    let [added, removed] = moved.lines.map_or([None, None], |lines| lines.map(Some));
    ChangedFile { path: moved.path.text().into_owned(), added, removed }
}
