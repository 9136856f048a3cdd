//! Where links of public pages lead, and which public pages link to one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Mutex;

use crate::corpus::{Catalogue, Page, Target};
use crate::document::LinkKind;
use crate::ops::links::{External, Incoming, Outgoing, State, why};
use crate::ops::picture;
use crate::ops::threads::spread;
use crate::repo_path::RepoPath;
use crate::workspace::Reader;

/// Pages that are worth a thread.
const FEW: usize = 64;

/// Every link of public pages, followed once.
pub(super) struct Linked {
    /// By the page's place among the public ones.
    pub(super) outgoing: Vec<Vec<Outgoing>>,
    pub(super) external: Vec<Vec<External>>,
    pub(super) incoming: HashMap<RepoPath, Vec<Incoming>>,
    pictures: BTreeSet<RepoPath>,
}

/// What the links of one page came to.
#[derive(Default)]
struct Followed {
    outgoing: Vec<Outgoing>,
    external: Vec<External>,
    /// Pages that they lead to; pictures are no links.
    to: Vec<(RepoPath, Incoming)>,
    pictures: Vec<RepoPath>,
}

impl Linked {
    /// `places` are those of the public pages in the catalogue.
    pub(super) fn of(catalogue: &Catalogue, places: &[usize], reader: &Reader) -> Self {
        let public: HashSet<&RepoPath> =
            places.iter().map(|&at| &catalogue.pages()[at].path).collect();
        // Many pages lead to the same files.
        let known = Mutex::new(HashMap::<RepoPath, bool>::new());
        let is_file = |path: &RepoPath| {
            if let Some(known) = known.lock().ok().and_then(|it| it.get(path).copied()) {
                return known;
            }
            let is_there = reader.may_exist(path);
            if let Ok(mut known) = known.lock() {
                known.insert(path.clone(), is_there);
            }
            is_there
        };
        let found = spread(places.len(), FEW, Vec::new, |found, at| {
            let page = &catalogue.pages()[places[at]];
            found.push((at, follow(catalogue, &public, page, &is_file)));
        });
        let mut found: Vec<(usize, Followed)> = found.into_iter().flatten().collect();
        found.sort_by_key(|(at, _)| *at);
        let mut linked = Self {
            outgoing: Vec::with_capacity(found.len()),
            external: Vec::with_capacity(found.len()),
            incoming: HashMap::new(),
            pictures: BTreeSet::new(),
        };
        for (_, followed) in found {
            linked.outgoing.push(followed.outgoing);
            linked.external.push(followed.external);
            linked.pictures.extend(followed.pictures);
            for (to, incoming) in followed.to {
                linked.incoming.entry(to).or_default().push(incoming);
            }
        }
        linked
    }

    /// Pictures that pages show.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &RepoPath> {
        self.pictures.iter()
    }
}

fn follow(
    catalogue: &Catalogue,
    public: &HashSet<&RepoPath>,
    page: &Page,
    is_file: &dyn Fn(&RepoPath) -> bool,
) -> Followed {
    let mut all = Followed::default();
    for link in &page.links {
        let mut out = Outgoing::of(link);
        match catalogue.resolve(page, link, is_file) {
            Target::External => {
                all.external.push(External { line: link.line, target: link.written() });
                continue;
            }
            Target::Page { path, .. } if !public.contains(&path) => {
                out.state = State::File;
                out.reason = Some("a page that is not published".to_owned());
            }
            Target::Page { path, anchor, anchor_found } => {
                if !anchor_found {
                    out.state = State::NoSection;
                    out.reason = Some("the page has no such section".to_owned());
                }
                if path != page.path && link.kind != LinkKind::Image {
                    all.to.push((path.clone(), incoming(page, &out, anchor.clone())));
                }
                out.path = Some(path.text().into_owned());
                // What is no heading of the page is no place of the file.
                out.anchor = anchor.filter(|it| is_heading(catalogue, &path, it));
            }
            Target::File(path) => {
                out.state = State::File;
                out.path = Some(path.text().into_owned());
                if picture::kind(&path).is_some() {
                    all.pictures.push(path);
                }
            }
            Target::Missing { reason, .. } => {
                out.state = State::Missing;
                out.reason = Some(why(&reason).to_owned());
            }
            Target::Ambiguous(_) => {
                out.state = State::Ambiguous;
                out.reason = Some("several pages have the name".to_owned());
            }
        }
        all.outgoing.push(out);
    }
    all
}

fn incoming(from: &Page, link: &Outgoing, anchor: Option<String>) -> Incoming {
    Incoming {
        path: from.path.text().into_owned(),
        title: from.title.clone(),
        line: link.line,
        text: link.text.clone(),
        anchor,
    }
}

fn is_heading(catalogue: &Catalogue, path: &RepoPath, anchor: &str) -> bool {
    let anchor = anchor.to_lowercase();
    catalogue.page(path).is_some_and(|page| page.headings.iter().any(|it| it.anchor == anchor))
}
