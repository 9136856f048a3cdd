//! Evidence about every page of one commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::chronicle::{Chronicle, Reach, day_of};
use super::drift::{self, Files};
use super::lints::Lints;
use super::local::Local;
use super::look::Look;
use super::memo::Memo;
use super::misled;
use super::names::{self, Names};
use super::proof::Proofs;
use super::propose::PROPOSER;
use super::skip::{Skip, skip};
use super::stamps::{Reviews, Set, newest};
use crate::audit::{Body, Departure, Evidence, Flaw, Name, Settings, departure, names_of_author};
use crate::corpus::{Catalogue, Facts, Kind, LinkGraph, Page};
use crate::git::Entry;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::review::{REVIEWS, Stamps, foreign_glob, own_glob, without_user};

/// Everything that pages are held against, made once for a commit.
pub(super) struct Ground<'a> {
    catalogue: &'a Catalogue,
    graph: &'a LinkGraph,
    settings: &'a Settings,
    today: Date,
    local: Option<&'a Local>,
    reach: Arc<Reach>,
    files: Files,
    aside: Option<Arc<Stamps>>,
    lints: Lints,
    names: Names,
    misled: misled::ByPage,
    proofs: Proofs<'a>,
    last: BTreeMap<String, Date>,
    /// How many people the history has.
    hands: usize,
    departed: Memo<String, Departure>,
}

/// What is known of one page.
struct Gatherer<'a> {
    ground: &'a Ground<'a>,
    reviews: Reviews<'a>,
    skipped: BTreeSet<Skip>,
}

impl<'a> Ground<'a> {
    /// `at` is the step that is looked at. With what could not be looked at.
    pub(super) fn of(
        look: &Look<'a>,
        reviews: Reviews<'_>,
        at: usize,
        inbox: Option<crate::ids::CommitId>,
        names: Vec<(&Page, Vec<Name>)>,
    ) -> Result<(Self, BTreeSet<Skip>), OpError> {
        let chronicle = reviews.chronicle;
        let reach = chronicle.reach(at);
        let tree = chronicle.step(at).tree;
        let files = Files::of(chronicle, tree, look.catalogue)?;
        let record = chronicle.repository.entry(tree, &RepoPath::from_git(REVIEWS))?;
        let aside = match record {
            Some(Entry::File(blob)) => reviews.record(blob),
            _ => None,
        };
        let mut skipped = BTreeSet::new();
        let (lints, notes) = Lints::of(look)?;
        skipped.extend(notes);
        let (misled, notes) = misled::by_page(look.workspace, inbox)?;
        skipped.extend(notes);
        let record = aside.as_deref();
        let asked =
            names::Asked { look, chronicle, reviews: &reviews, aside: record, at, reach: &reach };
        let (names, notes) = Names::of(&asked, &files, names)?;
        skipped.extend(notes);
        let (last, hands) = last_commits(chronicle, &reach);
        let ground = Self {
            proofs: Proofs::of(look, chronicle, at)?,
            catalogue: look.catalogue,
            graph: look.graph,
            settings: look.settings,
            today: look.today,
            local: look.local,
            reach,
            files,
            aside,
            lints,
            names,
            misled,
            last,
            hands,
            departed: Memo::default(),
        };
        Ok((ground, skipped))
    }

    /// What is known of `page`, and what could not be looked at.
    pub(super) fn evidence(
        &self,
        reviews: Reviews<'_>,
        (page, facts): &(&Page, Facts),
        cited: &BTreeSet<RepoPath>,
    ) -> Result<(Evidence, BTreeSet<Skip>), OpError> {
        let mut gatherer = Gatherer { ground: self, reviews, skipped: BTreeSet::new() };
        let evidence = gatherer.evidence(page, facts, cited)?;
        Ok((evidence, gatherer.skipped))
    }

    /// The review of `page` that counts.
    pub(super) fn review_of(&self, reviews: Reviews<'_>, page: &Page) -> Option<Set> {
        let aside = self.aside.as_ref().and_then(|it| it.of(&page.path));
        reviews.find(page, aside, &self.reach)
    }
}

impl<'a> Gatherer<'a> {
    fn chronicle(&self) -> &'a Chronicle<'a> {
        self.reviews.chronicle
    }

    fn evidence(
        &mut self,
        page: &Page,
        facts: &Facts,
        cited: &BTreeSet<RepoPath>,
    ) -> Result<Evidence, OpError> {
        let set = self.ground.review_of(self.reviews, page);
        let drift = match &set {
            Some(set) => self.drift(page, cited, set)?,
            None => None,
        };
        let body = set.as_ref().and_then(|set| self.body(page, set));
        let written = newest(self.chronicle(), &page.path, &self.ground.reach);
        let mut flaws = self.ground.lints.flaws(&page.path);
        flaws.extend(self.flaws(page, cited));
        flaws.extend(self.ground.names.flaws(&page.path));
        let mut stamp = set.map(|set| set.stamp);
        if let Some(stamp) = &mut stamp {
            stamp.proof = self.ground.proofs.of_stamp(self.chronicle(), stamp)?;
            if self.ground.proofs.is_blind() && stamp.by.is_some() {
                let why = "the trunk lists no keys in .prode/allowed_signers, so reviews count as claimed";
                self.skipped.insert(skip("unverified_review", why));
            }
        }
        let body_now = self.ground.local.and_then(|_| self.reviews.body(&page.path, page.blob));
        let usage = self.ground.local.map(|it| {
            it.used(self.chronicle(), &page.path, body_now.as_deref(), &self.ground.reach)
        });
        Ok(Evidence {
            usage,
            body_now: body_now.map(|it| it.to_string()),
            stamp,
            written: written.map(|(at, _)| self.chronicle().seen(at)),
            body,
            drift,
            flaws,
            duplicates: self.ground.lints.duplicates(&page.path),
            replaced_by: self.replaced_by(page),
            linked_from: self.ground.lints.linked_from(&page.path),
            misled: self.ground.misled.get(&page.path).cloned().unwrap_or_default(),
            departed: self.departed(facts),
            hands: self.hands(page, facts),
        })
    }

    fn drift(
        &mut self,
        page: &Page,
        cited: &BTreeSet<RepoPath>,
        set: &Set,
    ) -> Result<Option<crate::audit::Drift>, OpError> {
        let (chronicle, files) = (self.chronicle(), &self.ground.files);
        let declared = drift::declared(chronicle, files, page, set, &self.ground.reach)?;
        let names_own = page.front.sources.iter().any(|it| own_glob(it).is_some());
        for source in page.front.sources.iter().filter(|it| own_glob(it).is_none()) {
            // Clones of it are looked at for all pages together.
            if self.ground.local.is_some() && foreign_glob(source).is_some() {
                continue;
            }
            let from = without_user(source.repo.as_deref().unwrap_or(&source.path));
            let what = format!("{}: source {from}", page.path);
            self.skipped.insert(skip(what, "it is in another place, and cannot be looked at here"));
        }
        if set.at.is_none() && self.chronicle().history.is_cut {
            let why = "the commit that set its stamp is not in this shallow clone";
            self.skipped.insert(skip(page.path.to_string(), why));
        }
        if names_own || declared.is_some() {
            return Ok(declared);
        }
        drift::implied(chronicle, files, self.ground.catalogue, cited, set, &self.ground.reach)
    }

    fn body(&self, page: &Page, set: &Set) -> Option<Body> {
        let now = self.reviews.body(&page.path, page.blob)?.to_string();
        let day = self.of_its_day(page, set);
        let of_day = day.and_then(|(_, blob)| self.reviews.body(&page.path, blob));
        let then = of_day.or_else(|| set.body.clone());
        let reviewed = set.written.body.clone().or_else(|| then.as_deref().map(str::to_owned));
        if reviewed.as_ref().is_none_or(|then| *then == now) {
            return Some(Body { now, reviewed, lines: 0, since: Vec::new() });
        }
        let seen = day.map(|it| it.0).or(set.at).map(|at| self.chronicle().reach(at));
        let steps = self.chronicle().touching(&page.path).iter().copied();
        let since = steps
            .filter(|&at| {
                self.ground.reach.holds(at) && seen.as_ref().is_none_or(|it| !it.holds(at))
            })
            .map(|at| self.chronicle().seen(at))
            .collect();
        let then = day.map(|it| it.1).or(set.blob);
        let lines = then.map_or((0, 0), |then| self.chronicle().lines(Some(then), Some(page.blob)));
        Some(Body { now, reviewed, lines: lines.0 + lines.1, since })
    }

    /// The last change of `page` on the day that a stamp without a digest names
    /// and was set on: whoever writes a date means its day, and mends what they
    /// find after they wrote it.
    fn of_its_day(&self, page: &Page, set: &Set) -> Option<(usize, crate::ids::BlobId)> {
        let at = set.at.filter(|_| set.written.body.is_none())?;
        let (seen, day) = (self.chronicle().reach(at), day_of(self.chronicle().step(at)));
        if day > set.written.at {
            return None;
        }
        let mut steps = self.chronicle().touching(&page.path).iter().copied();
        let last = steps.find(|&step| {
            let is_later = self.ground.reach.holds(step) && !seen.holds(step);
            is_later && day_of(self.chronicle().step(step)) == day
        })?;
        Some((last, self.chronicle().change(last, &page.path)?.new?))
    }

    /// Cited files that went, and sources that name nothing.
    fn flaws(&self, page: &Page, cited: &BTreeSet<RepoPath>) -> Vec<Flaw> {
        let gone = drift::gone(self.chronicle(), &self.ground.files, cited, &self.ground.reach)
            .into_iter();
        let gone = gone.map(|(path, at)| {
            let became = match drift::moved_to(self.chronicle(), &path, at) {
                Some(to) => format!("became {to}"),
                None => "went".to_owned(),
            };
            let (step, author) = (self.chronicle().step(at), self.chronicle().author(at));
            let (day, id) = (day_of(step), step.id.short(7));
            let message = format!("it cites {path}, which {became} on {day} with {id} by {author}");
            let settle = format!("edit {}", page.path.cite_text());
            Flaw { message, settle, confidence: 80 }
        });
        let empty = self.ground.files.empty_globs(page).into_iter().map(|glob| Flaw {
            message: format!("its source '{glob}' names no file"),
            settle: format!("edit sources: in {}", page.path.cite_text()),
            confidence: 100,
        });
        empty.chain(gone).collect()
    }

    fn replaced_by(&self, page: &Page) -> Option<RepoPath> {
        let successor = self.ground.graph.successor(&page.path)?;
        page.adr.is_none().then(|| successor.clone())
    }

    fn departed(&self, facts: &Facts) -> Vec<(String, Option<Date>)> {
        let mut departed = Vec::new();
        for owner in &facts.owner {
            let ground = self.ground;
            let known = ground.departed.or_else(owner.clone(), || {
                let (rules, after) = (ground.catalogue.rules(), ground.settings.departed_after);
                departure(owner, rules, &ground.last, ground.today, after)
            });
            if let Departure::Gone(day) = known {
                departed.push((owner.clone(), day));
            }
        }
        departed
    }

    /// Empty where the whole history is one person's: nothing can be told then.
    fn hands(&self, page: &Page, facts: &Facts) -> BTreeSet<String> {
        let is_operational = Kind::named(&facts.kind).is_some_and(|kind| kind.operational);
        if self.ground.hands < 2 || !is_operational || self.chronicle().history.is_cut {
            return BTreeSet::new();
        }
        let people = &self.ground.catalogue.rules().people;
        let stations = super::moves::stations(self.chronicle(), &page.path, &self.ground.reach);
        let authors = stations.iter().flat_map(|it| &it.1);
        let authors = authors.map(|&at| self.chronicle().author_of(at));
        let authors = authors.filter(|who| who.email != PROPOSER.1).map(|who| {
            if people.knows(&who.email) {
                people.person(&who.email)
            } else {
                people.person(&who.name)
            }
        });
        let mut hands: BTreeSet<String> = authors.collect();
        // Two are enough; who reviewed takes a look at every version.
        if hands.len() < 2 {
            let reviewers = |path| self.reviews.reviewers(path, &self.ground.reach);
            let mut reviewers: Vec<String> =
                stations.iter().flat_map(|it| reviewers(&it.0)).collect();
            // Which of a team it was, its stamp does not say.
            reviewers.retain(|by| !people.is_team(by));
            hands.extend(reviewers.iter().map(|by| people.person(by)));
        }
        hands
    }
}

/// The last day on which each name committed something, and how many people there are.
fn last_commits(chronicle: &Chronicle<'_>, reach: &Reach) -> (BTreeMap<String, Date>, usize) {
    let mut days: BTreeMap<usize, Date> = BTreeMap::new();
    for (at, step) in chronicle.history.steps.iter().enumerate().filter(|(at, _)| reach.holds(*at))
    {
        let day = day_of(chronicle.step(at));
        let known = days.entry(step.author).or_insert(day);
        *known = day.max(*known);
    }
    let mut last: BTreeMap<String, Date> = BTreeMap::new();
    for (author, day) in &days {
        let who = &chronicle.history.people[*author];
        for name in names_of_author(&who.name, &who.email) {
            let known = last.entry(name).or_insert(*day);
            *known = (*day).max(*known);
        }
    }
    let mails = days.keys().map(|at| chronicle.history.people[*at].email.to_lowercase());
    let mails = mails.filter(|it| it != PROPOSER.1);
    let hands = mails.collect::<BTreeSet<_>>().len();
    (last, hands)
}
