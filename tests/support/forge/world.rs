//! What the forge knows, whatever it speaks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::contract::Contract;
use super::http::Request;
use super::issues::Issue;
use super::{Fault, Kind, ROBOT, Step};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum State {
    #[default]
    Open,
    /// The commit that the base got.
    Merged(String),
    Closed,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Pull {
    pub(crate) number: u64,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) head: String,
    pub(crate) base: String,
    /// The branch's commit when it was decided.
    pub(crate) decided_head: String,
    pub(crate) state: State,
    pub(crate) draft: bool,
    pub(crate) author: String,
    /// Who merged or closed it.
    pub(crate) by: String,
    pub(crate) asked: Vec<String>,
    pub(crate) labels: Vec<String>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) reviews: Vec<Review>,
    /// Commits that the branch had, with the second of the day since when.
    pub(crate) versions: Vec<(String, u32)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Comment {
    /// Where whoever writes it chooses it; else empty.
    pub(crate) id: String,
    pub(crate) by: String,
    pub(crate) body: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub(crate) by: String,
    /// `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`.
    pub(crate) state: String,
    pub(crate) head: String,
    /// Second of the day.
    pub(crate) at: u32,
}

pub(crate) struct World {
    pub(super) kind: Kind,
    pub(super) address: String,
    git: PathBuf,
    pub(crate) pulls: Vec<Pull>,
    pub(crate) issues: Vec<Issue>,
    /// Where tickets stand that somebody moved.
    pub(super) states: BTreeMap<u64, String>,
    /// What the token's account did to tickets.
    pub(super) moves: Vec<(u64, String)>,
    /// `GraphQL` documents by what they ask for, and how often.
    pub(crate) documents: BTreeMap<String, usize>,
    /// Accounts that may be asked for reviews.
    pub(crate) accounts: Vec<String>,
    pub(crate) teams: Vec<String>,
    pub(crate) labels: Vec<String>,
    /// False for a repository that takes no drafts.
    pub(crate) has_drafts: bool,
    pub(super) faults: Vec<(Step, Fault)>,
    /// Every request: what for, method, path, status.
    pub(crate) requests: Vec<(Step, String, String, u16)>,
    /// What was not as the forge describes it.
    pub(crate) problems: Vec<String>,
    pub(super) contract: Option<Contract>,
    /// Half a day before the test, in whole seconds.
    dawn: Timestamp,
    /// The last second that somebody did something.
    moment: u32,
}

impl World {
    pub(super) fn new(kind: Kind, git: &Path, address: &str) -> Self {
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        Self {
            kind,
            address: address.to_owned(),
            git: git.to_owned(),
            pulls: Vec::new(),
            issues: Vec::new(),
            states: BTreeMap::new(),
            moves: Vec::new(),
            documents: BTreeMap::new(),
            accounts: names(&["ada", "alan", "grace", "mallory", ROBOT]),
            teams: names(&["sre", "payments"]),
            labels: names(&["memory"]),
            has_drafts: true,
            faults: Vec::new(),
            requests: Vec::new(),
            problems: Vec::new(),
            dawn: dawn(),
            moment: 7_200,
            contract: if kind == Kind::GitHub { Contract::read() } else { None },
        }
    }

    /// A time of the half day before the test: reviews are not for ever.
    pub(super) fn time(&self, second: u32) -> String {
        (self.dawn + SignedDuration::from_secs(i64::from(second))).to_string()
    }

    /// When every merge was, as each forge tells it.
    pub(crate) fn merged_at(&self) -> String {
        self.time(40_000)
    }

    pub(super) fn take_fault(&mut self, request: &Request) -> Option<Fault> {
        let step = Step::of(request);
        let at = self.faults.iter().position(|(it, _)| it.fits(step))?;
        Some(self.faults.remove(at).1)
    }

    /// True if everything that was to go wrong did.
    pub(crate) fn faults_are_over(&self) -> bool {
        self.faults.is_empty()
    }

    /// Nothing goes wrong any more.
    pub(crate) fn end_faults(&mut self) {
        self.faults.clear();
    }

    pub(super) fn note(&mut self, request: &Request, step: Step, status: u16) {
        self.requests.push((step, request.method.clone(), request.path.clone(), status));
    }

    /// How many requests of a step came.
    pub(crate) fn count(&self, step: Step) -> usize {
        self.requests.iter().filter(|(it, ..)| *it == step).count()
    }

    /// The commit of a branch, as Git keeps it: in a file of its own, else packed.
    pub(super) fn tip(&self, branch: &str) -> Option<String> {
        let name = format!("refs/heads/{branch}");
        let loose = fs::read_to_string(self.git.join(&name)).ok();
        let packed = || {
            let packed = fs::read_to_string(self.git.join("packed-refs")).ok()?;
            let mut lines = packed.lines().filter_map(|it| it.split_once(' '));
            lines.find(|(_, it)| *it == name).map(|(commit, _)| commit.to_owned())
        };
        loose.map(|it| it.trim().to_owned()).or_else(packed)
    }

    pub(super) fn head(&self, pull: &Pull) -> String {
        match pull.state {
            State::Open => self.tip(&pull.head).unwrap_or_default(),
            _ => pull.decided_head.clone(),
        }
    }

    pub(crate) fn pull(&mut self, number: u64) -> Option<&mut Pull> {
        self.pulls.iter_mut().find(|it| it.number == number)
    }

    /// Opens one as every forge does: branches must be there, and there is one
    /// open pull request for two branches.
    pub(crate) fn open(
        &mut self,
        (head, base): (&str, &str),
        (title, body): (&str, &str),
        draft: bool,
    ) -> Result<u64, (u16, String)> {
        let twice = if self.kind == Kind::GitHub { 422 } else { 409 };
        let (Some(tip), Some(base_tip)) = (self.tip(head), self.tip(base)) else {
            return Err((422, "a branch is not there".to_owned()));
        };
        if tip == base_tip {
            return Err((422, "no commits between them".to_owned()));
        }
        if draft && !self.has_drafts {
            return Err((422, "Draft pull requests are not supported in this repository.".into()));
        }
        let is_same = |it: &Pull| it.state == State::Open && it.head == head && it.base == base;
        if self.pulls.iter().any(is_same) {
            return Err((twice, format!("A pull request already exists for {head}.")));
        }
        let number = self.pulls.len() as u64 + 1;
        self.pulls.push(Pull {
            number,
            title: title.to_owned(),
            body: body.to_owned(),
            head: head.to_owned(),
            base: base.to_owned(),
            decided_head: String::new(),
            state: State::Open,
            draft,
            author: ROBOT.to_owned(),
            by: String::new(),
            asked: Vec::new(),
            labels: Vec::new(),
            comments: Vec::new(),
            reviews: Vec::new(),
            versions: vec![(tip, 3_600)],
        });
        Ok(number)
    }

    /// Somebody merged or closed it.
    pub(crate) fn decide(&mut self, number: u64, state: State, by: &str) {
        let head = self.pulls.iter().find(|it| it.number == number).map(|it| self.head(it));
        let pull = self.pull(number).expect("it is there");
        pull.decided_head = head.unwrap_or_default();
        pull.state = state;
        by.clone_into(&mut pull.by);
    }

    /// Somebody reviewed the commit that the branch has now.
    pub(crate) fn review(&mut self, number: u64, by: &str, state: &str, at: u32) {
        let pull = self.pulls.iter().find(|it| it.number == number).expect("it is there");
        let head = self.head(pull);
        let review = Review { by: by.to_owned(), state: state.to_owned(), head: head.clone(), at };
        let pull = self.pull(number).expect("it is there");
        if pull.versions.last().is_none_or(|(it, _)| *it != head) {
            pull.versions.push((head, at - 1));
        }
        pull.reviews.push(review);
    }

    /// Somebody reviewed it just now.
    pub(crate) fn review_now(&mut self, number: u64, by: &str, state: &str) {
        self.moment += 60;
        let at = self.moment;
        self.review(number, by, state, at);
    }

    /// What was held to the description, and what is beyond it, with counts.
    pub(crate) fn held(&self) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
        let contract = self.contract.as_ref();
        contract
            .map(|it| (it.held.borrow().clone(), it.beyond.borrow().clone()))
            .unwrap_or_default()
    }

    /// Notes a field that the forge does not describe.
    pub(super) fn knows(&mut self, request: &Request, fields: &[&str]) {
        let keys = request.body.as_object().into_iter().flat_map(serde_json::Map::keys);
        let unknown: Vec<&str> =
            keys.map(String::as_str).filter(|it| !fields.contains(it)).collect();
        if !unknown.is_empty() {
            let (method, path) = (&request.method, &request.path);
            self.problems.push(format!("{method} {path} does not know {unknown:?}"));
        }
    }

    /// Notes a parameter that the forge does not describe.
    pub(super) fn knows_query(&mut self, request: &Request, names: &[&str]) {
        let unknown: Vec<&str> = request.query.iter().map(|(it, _)| it.as_str()).collect();
        let unknown: Vec<&str> = unknown.into_iter().filter(|it| !names.contains(it)).collect();
        if !unknown.is_empty() {
            self.problems
                .push(format!("{} does not know the parameters {unknown:?}", request.path));
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program asks the real clock how old a review is"
)]
fn dawn() -> Timestamp {
    let now = Timestamp::now().as_second();
    Timestamp::from_second(now - 12 * 3_600).expect("a time of this century")
}
