//! A run in memory: the model says what comes next, and a script does it.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use prode::canonical::{digest, to_bytes};
use prode::triage::bundle::{Bundle, names};
use prode::triage::coordinator::Reply;
use prode::triage::delivery::Ended;
use prode::triage::effect::{Effect, Sort, effects};
use prode::triage::event::{Chain, Event, read};
use prode::triage::evidence::{Answer, Hypothesis};
use prode::triage::handoff::handoff;
use prode::triage::inventory::Inventory;
use prode::triage::learning::learning;
use prode::triage::output::{Absence, Limits, Request};
use prode::triage::plan::{Named, Question, plan};
use prode::triage::reason::Reason;
use prode::triage::rebuild;
use prode::triage::state::{Action, State};
use serde::Serialize;
use serde_json::json;

use super::super::gate::case::Case;
use super::papers::{Attempt, change, monitor, review, verification};
use super::script::{RUN, Script, at, opened, ticket, tools, words};

/// A run and what was written of it.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) case: Case,
    pub(super) script: Script,
    pub(super) state: State,
    pub(super) events: Vec<(Timestamp, Event)>,
    pub(super) kept: BTreeMap<String, Vec<u8>>,
    pub(super) now: Timestamp,
    /// What was done, in words.
    pub(super) trace: Vec<String>,
}

/// The state after events, with a chain that holds.
pub(super) fn replayed(events: &[(Timestamp, Event)]) -> Result<State, String> {
    let (lines, _) = read(&chained(events)).map_err(|it| it.to_string())?;
    State::replay(&lines).map_err(|it| it.to_string())
}

pub(super) fn chained(events: &[(Timestamp, Event)]) -> Vec<Vec<u8>> {
    let mut chain = Chain::begin();
    events.iter().map(|(at, event)| chain.line(*at, event).unwrap()).collect()
}

impl Story {
    /// Opened and claimed.
    pub(super) fn open(case: Case, script: Script) -> Self {
        let first = (at("16:00:00"), opened(&script));
        let state = replayed(std::slice::from_ref(&first)).unwrap();
        let (kept, trace) = (BTreeMap::new(), Vec::new());
        let now = at("16:00:01");
        let mut story = Self { case, script, state, events: vec![first], kept, now, trace };
        story.say(Event::Claimed { worker: "w-1".to_owned(), attempt: 1 });
        story
    }

    /// Driven until it rests.
    pub(super) fn told(case: Case, script: Script) -> Self {
        let mut story = Self::open(case, script);
        story.go();
        story
    }

    /// What was done since the last time.
    pub(super) fn done(&mut self) -> String {
        std::mem::take(&mut self.trace).join(", ")
    }

    pub(super) fn say(&mut self, event: Event) {
        if let Err(why) = self.state.apply(&event) {
            panic!("{event:?}: {why}");
        }
        self.events.push((self.now, event));
        self.now += SignedDuration::from_secs(1);
    }

    pub(super) fn keep(&mut self, document: &impl Serialize) -> String {
        self.keep_bytes(to_bytes(document).unwrap())
    }

    fn keep_bytes(&mut self, bytes: Vec<u8>) -> String {
        let name = digest(&bytes);
        self.kept.insert(name.clone(), bytes);
        name
    }

    pub(super) fn bundle(&self) -> Bundle {
        let name = &self.state.decided.as_ref().unwrap().bundle;
        rebuild::document(&self.kept, "bundle", name).unwrap()
    }

    /// A person approves all that waits.
    pub(super) fn approve(&mut self) {
        for request in names(RUN, &self.state.waiting(&self.bundle())) {
            let (by, strength) = (vec!["A-1".to_owned()], "strong".to_owned());
            self.say(Event::Approved { request, by, strength });
        }
    }

    /// Does what comes next until it rests.
    pub(super) fn go(&mut self) {
        for _ in 0..100 {
            let action = self.state.next(self.now);
            self.trace.push(words(&action));
            if !self.step(action) {
                return;
            }
        }
        panic!("it comes to no end: {:?}", self.trace);
    }

    /// Does one thing; false where the run rests then.
    pub(super) fn step(&mut self, action: Action) -> bool {
        match action {
            Action::Snapshot | Action::Inventory | Action::Route => self.begin(&action),
            Action::Coordinate => self.coordinate(),
            Action::Ask(question) => self.ask(&question),
            Action::Skip(question, stop) => self.say(Event::Unanswered {
                question: question.name,
                absence: Absence::NotSearched,
                why: stop.to_string(),
                spent: stop.is_early(),
            }),
            Action::Decide => self.decide(),
            Action::Prepare | Action::Change | Action::Verify | Action::Review => {
                return self.change(&action);
            }
            Action::TurnBack => self.say(Event::TurnedBack {
                reason: Reason::PlanInadequate,
                why: "three attempts failed".to_owned(),
            }),
            Action::Look => return self.look(),
            Action::Monitor => self.monitor(),
            Action::HandOver | Action::Learn | Action::Plan => self.write(&action),
            Action::Make(effect) => self.make(&effect),
            Action::Rest(phase) => return self.rest(phase),
            Action::Nothing => return false,
        }
        true
    }

    fn rest(&mut self, phase: prode::triage::phase::Phase) -> bool {
        let (expected, reason) = self.state.rests();
        assert_eq!(phase, expected);
        self.say(Event::Rested { phase, reason: reason.to_owned() });
        false
    }

    fn begin(&mut self, action: &Action) {
        match action {
            Action::Snapshot => {
                let artifact = self.keep(&ticket());
                self.say(Event::Snapshot { artifact });
                if let Some(moves) = self.script.moves.clone() {
                    self.say(Event::Stood { moves });
                }
            }
            Action::Inventory => {
                let artifact = self.keep(&Inventory::of(tools()));
                self.say(Event::Inventory { artifact });
            }
            _ => {
                let pages = ["aws", "release"].map(str::to_owned);
                let named = Named { pages: &pages, handed: &[] };
                let questions = plan(&ticket(), &named, &[]);
                let memory = self.case.memory.clone();
                let artifact = self.keep(&memory);
                self.say(Event::Routed { artifact, questions });
            }
        }
    }

    fn coordinate(&mut self) {
        let evidence = rebuild::evidence(&self.state, &self.kept).unwrap();
        let said = self.script.replies.as_mut().and_then(VecDeque::pop_front);
        let text = said.unwrap_or_default().to_string();
        let reply = match Reply::parse(&text, &evidence) {
            Ok(reply) => reply,
            Err(error) => return self.say(Event::Uncoordinated { why: error.to_string() }),
        };
        let state = self.state.clone();
        let answered = |it: &Question| state.answers.contains_key(&it.name);
        let questions = reply.questions(&state.questions, &answered);
        let is_new = questions.iter().any(|it| !answered(it));
        let done: Vec<&Question> = state.questions.iter().filter(|it| answered(it)).collect();
        let event = Event::Coordinated {
            artifact: self.keep(&reply),
            questions,
            settled: reply.classification.is_some() || (state.rounds > 0 && !is_new),
            repeated: reply.repeated(&done),
        };
        self.say(event);
    }

    fn ask(&mut self, question: &Question) {
        let usual = Hypothesis::usual().into_iter();
        let request = Request {
            schema: Request::SCHEMA.to_owned(),
            name: question.name.clone(),
            specialist: question.specialist.clone(),
            question: question.text.clone(),
            window: ticket().window,
            hypotheses: usual.map(|it| (it.id, it.text)).collect(),
            ticket: ticket(),
            limits: Limits { seconds: 60, bytes: 1 << 20 },
        };
        let (artifact, question) = (self.keep(&request), question.name.clone());
        self.say(Event::Asked { question: question.clone(), artifact });
        let said = self.case.answered.iter().find(|it| it.specialist == question);
        let event = match said.map(|it| it.answer.clone()) {
            Some(Answer::Given(output, how)) => Event::Answered {
                question,
                artifact: self.keep(&output),
                raw: "hmac-sha256:00".to_owned(),
                how,
                spent: output.spent(1_000, 2),
            },
            Some(Answer::Missing { absence, why }) => {
                Event::Unanswered { question, absence, why, spent: false }
            }
            None => {
                let (absence, why) = (Absence::Error, "nobody is there".to_owned());
                Event::Unanswered { question, absence, why, spent: false }
            }
        };
        self.say(event);
    }

    fn decide(&mut self) {
        let bundle = rebuild::bundle(&self.state, &self.kept).unwrap();
        let event = Event::Decided {
            artifact: self.keep(&bundle),
            classification: bundle.classification,
            decision: bundle.decision,
            reasons: bundle.reasons.clone(),
            confidence: bundle.confidence.value,
            waits: u32::try_from(bundle.waiting.len()).unwrap(),
        };
        self.say(event);
    }

    fn change(&mut self, action: &Action) -> bool {
        if *action == Action::Prepare {
            let (base, artifact) = ("b".repeat(40), self.keep(&json!([])));
            let source = format!("src/pay.rs@{base}");
            self.say(Event::Prepared { base, artifact });
            self.say(Event::SourceRead { source });
            return true;
        }
        let Some(attempt) = self.script.attempts.front().copied() else {
            let is_new = self.state.rested.is_none();
            return is_new && self.rest(self.state.rests().0);
        };
        let change = change(self.state.work.as_ref().unwrap().attempt(), attempt);
        let is_last = match action {
            Action::Change if attempt == Attempt::Nothing => {
                self.say(Event::Unchanged { why: "it changed nothing".to_owned() });
                true
            }
            Action::Change => {
                let artifact = self.keep(&change);
                self.say(Event::Changed { commit: change.commit, artifact });
                if attempt == Attempt::TooFar {
                    let (reason, why) = (Reason::BoundaryCrossed, "infra/a".to_owned());
                    self.say(Event::TurnedBack { reason, why });
                }
                false
            }
            Action::Verify => {
                let artifact = self.keep(&verification(&change, attempt));
                let passed = attempt != Attempt::Fails;
                self.say(Event::Verified { artifact, passed });
                !passed
            }
            _ => {
                let artifact = self.keep(&review(attempt));
                self.say(Event::Reviewed { artifact, accepted: attempt != Attempt::Objected });
                true
            }
        };
        if is_last {
            self.script.attempts.pop_front();
        }
        true
    }

    fn look(&mut self) -> bool {
        let Some(is_merged) = self.script.looks.pop_front() else { return false };
        let at = self.now;
        let until = at + SignedDuration::from_hours(1);
        self.say(if is_merged {
            Event::Merged { commit: "e".repeat(40), at, until }
        } else {
            Event::Dropped { at }
        });
        true
    }

    fn monitor(&mut self) {
        let Some(Ended::Merged { at, .. }) = &self.state.ended else { panic!("nothing merged") };
        let paper = monitor(*at, self.state.watched_until.unwrap(), self.script.seen);
        let (artifact, seen) = (self.keep(&paper), self.script.seen);
        self.say(Event::Monitored { artifact, seen });
    }

    fn write(&mut self, action: &Action) {
        let bundle = self.bundle();
        match action {
            Action::HandOver => {
                let (waiting, proposes) = (self.state.waiting(&bundle), self.state.proposes());
                let text = handoff(RUN, &bundle, &waiting, proposes);
                let artifact = self.keep_bytes(text.into_bytes());
                self.say(Event::HandedOver { artifact });
            }
            Action::Learn => {
                let candidate = learning(RUN, &bundle, self.state.outcome());
                let artifact = self.keep_bytes(candidate.text.into_bytes());
                self.say(Event::Learned { artifact, target: candidate.target });
            }
            _ => {
                let target = learning(RUN, &bundle, None).target;
                let name = self.state.decided.as_ref().unwrap().bundle.clone();
                let moves = self.state.moves.clone();
                let effects = effects(RUN, &bundle, &name, target.as_deref(), moves.as_ref());
                self.say(Event::Planned { effects });
            }
        }
    }

    fn make(&mut self, effect: &Effect) {
        let key = effect.key.clone();
        self.say(Event::Intended { key: key.clone() });
        self.say(if self.script.leaves && effect.sort == Sort::Move {
            Event::Left { key, why: "moved meanwhile".to_owned() }
        } else {
            Event::Done { key, reference: format!("there/{}", effect.sort.words()) }
        });
    }
}
