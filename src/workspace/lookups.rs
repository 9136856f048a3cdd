//! Pages of a memory by their names, read one at a time.
//!
//! What a [`Catalogue`](crate::corpus::Catalogue) of all pages answers, from
//! what the index finds pages by. Only pages that are asked for are read, each
//! once. Templates are not in the index, so none is found here.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::Memory;
use crate::corpus::{
    MOST_NAMED, Names, Page, Rules, Trace, Traced, folded_name, folded_path, names_of,
};
use crate::index::{FoundBy, IndexError, Snapshot};
use crate::repo_path::RepoPath;

/// The pages of one memory, and what was read of them.
pub struct Lookups<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    read: RefCell<HashMap<u32, Rc<Page>>>,
    by_path: RefCell<HashMap<RepoPath, Option<Rc<Page>>>>,
    by_name: RefCell<HashMap<String, Vec<Rc<Page>>>>,
    /// Decisions of every log by number, ordered by path.
    by_number: RefCell<HashMap<u32, Rc<[Placed]>>>,
    /// Where all pages stand, once somebody asked.
    paths: OnceCell<Vec<RepoPath>>,
}

/// Where a page stands, and its first document.
type Placed = (RepoPath, u32);

type Pages = Result<Vec<Rc<Page>>, IndexError>;

impl Memory {
    /// Its pages, to be looked up by their names.
    pub fn lookups(&self) -> Lookups<'_> {
        Lookups {
            snapshot: &self.snapshot,
            rules: &self.rules,
            read: RefCell::default(),
            by_path: RefCell::default(),
            by_name: RefCell::default(),
            by_number: RefCell::default(),
            paths: OnceCell::new(),
        }
    }
}

impl Lookups<'_> {
    fn read(&self, head: u32) -> Result<Rc<Page>, IndexError> {
        if let Some(page) = self.read.borrow().get(&head) {
            return Ok(Rc::clone(page));
        }
        let page = Rc::new(self.snapshot.page(head)?);
        self.read.borrow_mut().insert(head, Rc::clone(&page));
        Ok(page)
    }

    /// Where pages stand, ordered; of each no more is read than that.
    fn placed(&self, heads: Vec<u32>) -> Result<Vec<Placed>, IndexError> {
        let place = |head| Ok((self.snapshot.begins_with(head)?.path, head));
        let mut placed = heads.into_iter().map(place).collect::<Result<Vec<_>, IndexError>>()?;
        placed.sort_unstable();
        placed.dedup();
        Ok(placed)
    }

    /// The first of these pages that pass, as many as are told of a name.
    fn first<'p>(
        &self,
        placed: impl Iterator<Item = &'p Placed>,
        passes: impl Fn(&Page) -> bool,
    ) -> Pages {
        let mut pages = Vec::new();
        for (_, head) in placed {
            let page = self.read(*head)?;
            if passes(&page) {
                pages.push(page);
            }
            if pages.len() == MOST_NAMED {
                break;
            }
        }
        Ok(pages)
    }

    fn numbered(&self, number: u32) -> Result<Rc<[Placed]>, IndexError> {
        if let Some(placed) = self.by_number.borrow().get(&number) {
            return Ok(Rc::clone(placed));
        }
        let heads = self.snapshot.found_by(FoundBy::Number, &number.to_string())?;
        let placed: Rc<[Placed]> = self.placed(heads)?.into();
        self.by_number.borrow_mut().insert(number, Rc::clone(&placed));
        Ok(placed)
    }
}

impl Names for Lookups<'_> {
    type Held<'a>
        = Rc<Page>
    where
        Self: 'a;
    type Error = IndexError;

    fn rules(&self) -> &Rules {
        self.rules
    }

    fn page(&self, path: &RepoPath) -> Result<Option<Rc<Page>>, IndexError> {
        if let Some(known) = self.by_path.borrow().get(path) {
            return Ok(known.clone());
        }
        let head = self.snapshot.head_at(path)?;
        let page = head.map(|head| self.read(head)).transpose()?;
        self.by_path.borrow_mut().insert(path.clone(), page.clone());
        Ok(page)
    }

    fn in_other_case(&self, path: &RepoPath) -> Pages {
        let folded = folded_path(path);
        let mut heads = self.snapshot.found_by(FoundBy::FoldedPath, &folded)?;
        heads.extend(self.snapshot.head_at(&RepoPath::from_git(folded.as_bytes()))?);
        let placed = self.placed(heads)?;
        let found = self.first(placed.iter(), |page| folded_path(&page.path) == folded)?;
        Ok(found.into_iter().filter(|page| page.path != *path).collect())
    }

    fn named(&self, name: &str) -> Pages {
        let folded = folded_name(name);
        if let Some(known) = self.by_name.borrow().get(&folded) {
            return Ok(known.clone());
        }
        let placed = self.placed(self.snapshot.found_by(FoundBy::Name, &folded)?)?;
        let found = self.first(placed.iter(), |page| names_of(page).contains(&folded))?;
        self.by_name.borrow_mut().insert(folded, found.clone());
        Ok(found)
    }

    fn in_folder(&self, folder: &str, stem: &str) -> Pages {
        let (folder, stem) = (folded_name(folder), folded_name(stem));
        let placed = self.placed(self.snapshot.found_by(FoundBy::Name, &stem)?)?;
        let is_there = |(path, _): &&Placed| {
            folded_name(&path.parent().file_name()) == folder
                && folded_name(&path.file_stem()) == stem
        };
        self.first(placed.iter().filter(is_there), |_| true)
    }

    fn decisions(&self, number: u32, root: Option<&RepoPath>) -> Pages {
        let numbered = self.numbered(number)?;
        let is_there = |(path, _): &&Placed| root.is_none_or(|root| self.log_of(path) == *root);
        self.first(numbered.iter().filter(is_there), |_| true)
    }

    fn skills(&self, name: &str) -> Pages {
        let placed = self.placed(self.snapshot.found_by(FoundBy::Skill, name)?)?;
        let pages = placed.into_iter().map(|(_, head)| self.read(head));
        let is_it = |page: &Rc<Page>| page.skill.as_ref().is_some_and(|skill| skill.name == name);
        Ok(pages.collect::<Result<Vec<_>, _>>()?.into_iter().filter(is_it).collect())
    }

    fn templates(&self, _: &str) -> Pages {
        Ok(Vec::new())
    }

    fn paths(&self) -> Result<Cow<'_, [RepoPath]>, IndexError> {
        if let Some(known) = self.paths.get() {
            return Ok(known.into());
        }
        let mut paths = Vec::new();
        self.snapshot.each_below(&RepoPath::root(), &mut |_, key| {
            paths.push(key.path);
            ControlFlow::Continue(())
        })?;
        Ok(self.paths.get_or_init(|| paths).into())
    }

    fn skill_names(&self) -> Result<Vec<String>, IndexError> {
        self.snapshot.values(FoundBy::Skill)
    }

    fn template_names(&self) -> Result<Vec<String>, IndexError> {
        Ok(Vec::new())
    }
}

impl Traced for Lookups<'_> {
    fn leaving(&self, trace: &Trace) -> Pages {
        let heads = self.snapshot.found_by(FoundBy::Trace(trace.kind), &trace.value)?;
        heads.into_iter().map(|head| self.read(head)).collect()
    }
}
