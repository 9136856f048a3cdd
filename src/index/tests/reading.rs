//! Reading: on another thread than the one that wants the pages, and what cannot be read.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::hint::{ErrorKind, Helpful};

#[derive(Debug, thiserror::Error)]
#[error("the disk is gone")]
struct Gone;

impl Helpful for Gone {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Io
    }
}

/// A tree of which so many pages can be read, and no more.
struct Failing {
    trees: Trees,
    left: AtomicUsize,
}

impl Source for Failing {
    fn key(&self) -> ViewKey {
        self.trees.key()
    }
    fn pages(&self) -> Result<Vec<PageKey>, IndexError> {
        self.trees.pages()
    }
    fn changes(&self, _: TreeId) -> Result<Option<Vec<PageChange>>, IndexError> {
        Ok(None)
    }
    fn reader(&self) -> Result<Box<dyn BlobReader + '_>, IndexError> {
        Ok(Box::new(self))
    }
}

impl BlobReader for &Failing {
    fn read(&mut self, key: &PageKey) -> Result<Content, IndexError> {
        let left = &self.left;
        if left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_sub(1)).is_err()
        {
            return Err(IndexError::Source(Box::new(Gone)));
        }
        Texts(&self.trees.now).read(key)
    }
}

fn pages(count: usize) -> Trees {
    let mut trees = Trees::of(&[]);
    for number in 0..count {
        let text = format!("# Page {number}\n\nthe disk {number} is full\n");
        trees.now.insert(format!("wiki/{number:04}.md"), text);
    }
    trees
}

/// However many pages there are, whichever thread reads them.
#[test]
fn a_page_that_cannot_be_read_ends_the_work_and_leaves_nothing() {
    for count in [1, 3, 4, 30, 63, 64, 200] {
        for left in [0, count / 2, count - 1] {
            let folder = TempDir::new().unwrap();
            let source = Failing { trees: pages(count), left: AtomicUsize::new(left) };
            let error = Index::open(Some(folder.path())).fit(&source).err().unwrap();
            assert_eq!(error.to_string(), "the disk is gone", "{left} of {count}");
            source.left.store(count, Ordering::Relaxed);
            let (snapshot, report) = Index::open(Some(folder.path())).fit(&source).unwrap();
            assert_eq!((report.indexed, snapshot.pages().unwrap().len()), (count, count));
        }
    }
}

#[test]
fn pages_come_in_order_however_many_threads_read_them() {
    for count in [0, 1, 511, 512, 513, 1_500] {
        let trees = pages(count);
        let (snapshot, _) = Index::open(None).fit(&trees).unwrap();
        let read = snapshot.pages().unwrap();
        let titles: Vec<&str> = read.iter().map(|page| page.title.as_str()).collect();
        let expected: Vec<String> = (0..count).map(|number| format!("Page {number}")).collect();
        assert_eq!(titles, expected);
    }
}

#[test]
fn a_content_that_cannot_be_had_leaves_the_rest() {
    struct Partial(Trees);
    impl Source for Partial {
        fn key(&self) -> ViewKey {
            self.0.key()
        }
        fn pages(&self) -> Result<Vec<PageKey>, IndexError> {
            let mut pages = self.0.pages()?;
            pages.push(PageKey { path: path("wiki/missing.md"), blob: blob("not here") });
            Ok(pages)
        }
        fn changes(&self, _: TreeId) -> Result<Option<Vec<PageChange>>, IndexError> {
            Ok(None)
        }
        fn reader(&self) -> Result<Box<dyn BlobReader + '_>, IndexError> {
            self.0.reader()
        }
    }
    let folder = TempDir::new().unwrap();
    let source = Partial(disk_full());
    for expected in [3, 0] {
        let (snapshot, report) = Index::open(Some(folder.path())).fit(&source).unwrap();
        assert_eq!(report.unreadable, [path("wiki/missing.md")], "asked again every time");
        assert_eq!((snapshot.len(), report.indexed), (3, expected));
    }
}
