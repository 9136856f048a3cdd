//! What a page describes, then and now.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::chronicle::{Chronicle, Reach};
use super::memo::Memo;
use super::stamps::Set;
use crate::audit::{Aside, Changed, Drift, cited_paths};
use crate::corpus::{Catalogue, Page};
use crate::git::{Change, Entry, EntryKind, FileChange, Globs, TreeFile};
use crate::ids::{BlobId, TreeId};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::review::{Described, Sources, own_glob, sources_digest};

/// Files of one finding that are told apart.
const TOLD: usize = 20;
/// Files of one finding whose lines are counted.
const COUNTED: usize = 200;
/// A file that more than one commit in so many changes says nothing about a
/// page that cites it,
const OFTEN: usize = 20;
/// … where so many commits are there to judge by.
const ENOUGH: usize = 100;
/// A cited file of which less than one line in so many is another is still the
/// file that was cited: pages cite the files that they tell people to edit.
const SHARE: u64 = 10;

/// Changes by globs and by the tree that is compared with.
type Since = Memo<(String, TreeId), Arc<Vec<Change>>>;

/// The files of one tree, as pages describe and cite them.
pub(super) struct Files {
    tree: TreeId,
    blobs: HashMap<RepoPath, BlobId>,
    described: Described,
    /// By globs: pages that describe the same share the answers.
    digests: Memo<String, String>,
    /// By globs and by what is compared with.
    changes: Since,
}

impl Files {
    /// Goes through `tree` once for all pages of `catalogue`.
    pub(super) fn of(
        chronicle: &Chronicle<'_>,
        tree: TreeId,
        catalogue: &Catalogue,
    ) -> Result<Self, OpError> {
        let files: Vec<TreeFile> = chronicle.repository.files(tree, &mut |_, _| true)?;
        let pages = catalogue.pages().iter();
        let sources = Sources::of(pages.map(|page| (&page.path, page.front.sources.as_slice())));
        let globs = Globs::new(sources.globs());
        let listed = files.iter().map(|file| (&file.path, file.blob));
        let described = sources.find(listed, |path| globs.naming(path));
        let blobs = files.into_iter().map(|file| (file.path, file.blob)).collect();
        let (digests, changes) = (Memo::default(), Memo::default());
        Ok(Self { tree, blobs, described, digests, changes })
    }

    /// The digest of what `page` describes; `None` where it names nothing here.
    fn digest(&self, page: &Page) -> Option<String> {
        let Some(key) = shared(page) else { return self.described.digest_of(&page.path) };
        if let Some(known) = self.digests.get(&key) {
            return Some(known);
        }
        let digest = self.described.digest_of(&page.path)?;
        self.digests.insert(key, digest.clone());
        Some(digest)
    }

    /// Files that `page` names and that differ between `then` and now.
    fn since(
        &self,
        chronicle: &Chronicle<'_>,
        page: &Page,
        then: TreeId,
    ) -> Result<Arc<Vec<Change>>, OpError> {
        let key = shared(page).map(|key| (key, then));
        let known = key.as_ref().and_then(|key| self.changes.get(key));
        if let Some(known) = known {
            return Ok(known);
        }
        let changes = Arc::new(since(chronicle, self.tree, page, then)?);
        if let Some(key) = key {
            self.changes.insert(key, Arc::clone(&changes));
        }
        Ok(changes)
    }

    /// Every file, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = (&RepoPath, BlobId)> {
        self.blobs.iter().map(|(path, blob)| (path, *blob))
    }

    pub(super) fn has(&self, path: &RepoPath) -> bool {
        self.blobs.contains_key(path)
    }

    /// Globs of `page` that name no file.
    pub(super) fn empty_globs<'p>(&self, page: &'p Page) -> Vec<&'p str> {
        let Some(files) = self.described.files_of(&page.path) else { return Vec::new() };
        let files: Vec<&RepoPath> = files.map(|(path, _)| path).collect();
        let globs: Vec<&str> = page.front.sources.iter().filter_map(own_glob).collect();
        // A page with one glob needs no second look.
        if globs.len() == 1 {
            return if files.is_empty() { globs } else { Vec::new() };
        }
        let matching = Globs::new(globs.iter().copied());
        let named: BTreeSet<usize> = files.iter().flat_map(|path| matching.naming(path)).collect();
        let empty = globs.into_iter().enumerate().filter(|(at, _)| !named.contains(at));
        empty.map(|(_, glob)| glob).collect()
    }
}

/// How what `page` describes differs from what the review `set` saw.
pub(super) fn declared(
    chronicle: &Chronicle<'_>,
    files: &Files,
    page: &Page,
    set: &Set,
    reach: &Reach,
) -> Result<Option<Drift>, OpError> {
    let Some(now) = files.digest(page) else { return Ok(None) };
    let recorded = set.written.sources.as_ref();
    if recorded.is_some_and(|then| *then == now) {
        return Ok(None);
    }
    let changes = match set.at {
        Some(at) => files.since(chronicle, page, chronicle.step(at).tree)?,
        None => Arc::default(),
    };
    if recorded.is_none() && changes.is_empty() {
        return Ok(None);
    }
    let seen = set.at.map(|at| chronicle.reach(at));
    let told = told(chronicle, &changes, seen.as_deref(), reach);
    Ok(Some(Drift {
        of: now,
        changed: told,
        total: changes.len(),
        is_declared: true,
        is_recorded: recorded.is_some(),
        is_local: false,
    }))
}

/// What the answers for `page` are shared under; `None` where its globs may
/// name the page itself, which never counts as its own source.
fn shared(page: &Page) -> Option<String> {
    let globs = || page.front.sources.iter().filter_map(own_glob);
    let own = page.path.text();
    let may_name = |glob: &str| own.starts_with(&start(glob));
    (!globs().any(may_name)).then(|| globs().collect::<Vec<_>>().join("\n"))
}

fn since(
    chronicle: &Chronicle<'_>,
    now: TreeId,
    page: &Page,
    then: TreeId,
) -> Result<Vec<Change>, OpError> {
    let globs = Globs::new(page.front.sources.iter().filter_map(own_glob));
    let starts: Vec<String> = page.front.sources.iter().filter_map(own_glob).map(start).collect();
    let mut wanted = |path: &[u8], kind: EntryKind| {
        let path = RepoPath::from_git(path);
        match kind {
            EntryKind::File => path != page.path && !globs.naming(&path).is_empty(),
            EntryKind::Folder => {
                let text = path.text();
                let leads = |start: &String| start.starts_with(&*text) || text.starts_with(start);
                starts.iter().any(leads)
            }
        }
    };
    Ok(chronicle.repository.changes(then, now, &mut wanted)?)
}

/// The part of a glob before its first wildcard.
fn start(glob: &str) -> String {
    let glob = glob.trim_start_matches('/');
    let wild = glob.find(['*', '?', '[', '{', '\\', '!']).unwrap_or(glob.len());
    glob[..wild].to_owned()
}

/// How files that `page` cites differ from what the review `set` saw.
pub(super) fn implied(
    chronicle: &Chronicle<'_>,
    files: &Files,
    catalogue: &Catalogue,
    cited: &BTreeSet<RepoPath>,
    set: &Set,
    reach: &Reach,
) -> Result<Option<Drift>, OpError> {
    let Some(at) = set.at else { return Ok(None) };
    let (then, seen) = (chronicle.step(at).tree, chronicle.reach(at));
    let mut changes = Vec::new();
    for path in cited {
        let Some(now) = files.blobs.get(path).filter(|_| catalogue.page(path).is_none()) else {
            continue;
        };
        let since = |step: usize| reach.holds(step) && !seen.holds(step);
        let mut steps = chronicle.touching(path).iter().filter(|&&step| since(step));
        let is_touched = steps.any(|&step| !is_by_program(chronicle.author(step)));
        if !is_touched || is_restless(chronicle, path) {
            continue;
        }
        let before = match chronicle.repository.entry(then, path)? {
            Some(Entry::File(blob)) => Some(blob),
            _ => None,
        };
        if before.is_some_and(|before| before != *now && is_another(chronicle, before, *now)) {
            changes.push(Change { path: path.clone(), old: before, new: Some(*now) });
        }
    }
    if changes.is_empty() {
        return Ok(None);
    }
    let of = sources_digest(changes.iter().filter_map(|it| Some((&it.path, it.new?))));
    let changed = told(chronicle, &changes, Some(&seen), reach);
    let total = changes.len();
    Ok(Some(Drift { of, changed, total, is_declared: false, is_recorded: false, is_local: false }))
}

/// Programs that raise versions change files whose meaning stays.
fn is_by_program(author: &str) -> bool {
    author.ends_with("[bot]") || matches!(author, "dependabot" | "Renovate Bot" | "renovate")
}

fn is_another(chronicle: &Chronicle<'_>, before: BlobId, now: BlobId) -> bool {
    let (added, removed) = chronicle.lines(Some(before), Some(now));
    let (all, _) = chronicle.lines(None, Some(before));
    (added + removed) * SHARE >= all
}

fn is_restless(chronicle: &Chronicle<'_>, path: &RepoPath) -> bool {
    let (all, own) = (chronicle.history.steps.len(), chronicle.touching(path).len());
    all >= ENOUGH && own * OFTEN > all
}

/// Changes as people read them: those with the most lines, by path.
pub(super) fn told(
    chronicle: &Chronicle<'_>,
    changes: &[Change],
    seen: Option<&Reach>,
    reach: &Reach,
) -> Vec<Changed> {
    let mut told: Vec<Changed> =
        changes.iter().take(COUNTED).map(|it| one(chronicle, changes, it, seen, reach)).collect();
    told.sort_by_key(|it| std::cmp::Reverse(it.added + it.removed));
    told.truncate(TOLD);
    told.sort_by(|a, b| a.path.cmp(&b.path));
    told
}

fn one(
    chronicle: &Chronicle<'_>,
    all: &[Change],
    change: &Change,
    seen: Option<&Reach>,
    reach: &Reach,
) -> Changed {
    let to = all.iter().find(|it| it.old.is_none() && it.new == change.old && it.new.is_some());
    let how = match (change.old, change.new, to) {
        (Some(_), None, Some(to)) => Aside::MovedTo(to.path.clone()),
        (Some(_), None, None) => Aside::Removed,
        (None, ..) => Aside::Added,
        (Some(_), Some(_), _) => Aside::Changed,
    };
    let (added, removed) = match how {
        Aside::MovedTo(_) => (0, 0),
        _ => chronicle.lines(change.old, change.new),
    };
    let steps = chronicle.touching(&change.path).iter().copied();
    let since = steps.filter(|&at| reach.holds(at) && seen.is_none_or(|seen| !seen.holds(at)));
    let (mut commits, mut authors) = (Vec::new(), Vec::<String>::new());
    for at in since {
        commits.push(chronicle.step(at).id);
        let author = chronicle.author(at);
        if !authors.iter().any(|known| known == author) {
            authors.push(author.to_owned());
        }
    }
    let path = change.path.clone();
    Changed { repository: None, path, added, removed, commits, authors, how }
}

/// Files that a page cites and that went, with who took them away.
pub(super) fn gone(
    chronicle: &Chronicle<'_>,
    files: &Files,
    cited: &BTreeSet<RepoPath>,
    reach: &Reach,
) -> Vec<(RepoPath, usize)> {
    let missing = cited.iter().filter(|path| !files.has(path) && chronicle.knows(path));
    let last = |path: &RepoPath| {
        let at = chronicle.touching(path).iter().copied().find(|&at| reach.holds(at))?;
        let change = chronicle.change(at, path)?;
        (change.new.is_none()).then(|| (path.clone(), at))
    };
    missing.filter_map(last).collect()
}

/// Where the same content came when `path` went with the step `at`.
pub(super) fn moved_to(chronicle: &Chronicle<'_>, path: &RepoPath, at: usize) -> Option<RepoPath> {
    let old = chronicle.change(at, path)?.old?;
    let came = |it: &&FileChange| it.old.is_none() && it.new == Some(old);
    chronicle.changes(at).iter().find(came).map(|it| chronicle.path(it).clone())
}

/// Paths that a page cites: from the top folder, or from its own.
pub(super) fn cited(page: &Page, bytes: &[u8]) -> BTreeSet<RepoPath> {
    let start = page.front.body_start as usize;
    let text = String::from_utf8_lossy(bytes.get(start..).unwrap_or_default());
    cited_paths(&text)
}

/// Those of `changes` that `page` declares as its sources; where it declares
/// none, files that it cites.
pub(super) fn of_change(
    changes: &[Change],
    page: &Page,
    cited: &BTreeSet<RepoPath>,
    catalogue: &Catalogue,
) -> Vec<Change> {
    let own: Vec<&str> = page.front.sources.iter().filter_map(own_glob).collect();
    let globs = Globs::new(own.iter().copied());
    let is_it = |it: &&Change| {
        if own.is_empty() {
            cited.contains(&it.path) && catalogue.page(&it.path).is_none()
        } else {
            !globs.naming(&it.path).is_empty()
        }
    };
    changes.iter().filter(is_it).cloned().collect()
}

/// A drift that one change makes: what came after `base`.
pub(super) fn by_change(
    chronicle: &Chronicle<'_>,
    files: &Files,
    page: &Page,
    changes: &[Change],
    base: crate::ids::CommitId,
) -> Drift {
    let seen = chronicle.place(base).map(|at| chronicle.reach(at));
    let reach = chronicle.reach(0);
    let declared = files.digest(page);
    let of = declared.clone().unwrap_or_else(|| {
        sources_digest(changes.iter().filter_map(|it| Some((&it.path, it.new?))))
    });
    Drift {
        of,
        changed: told(chronicle, changes, seen.as_deref(), &reach),
        total: changes.len(),
        is_declared: declared.is_some(),
        is_recorded: false,
        is_local: false,
    }
}
