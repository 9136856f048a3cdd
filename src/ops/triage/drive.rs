//! Takes a run from where it is to where it rests, one event at a time.
//!
//! What comes next is the model's word; here it is done and written down. A
//! step that was lost is done again: until the gate all of them only read.

use std::time::{Duration, Instant};

use jiff::SignedDuration;

use super::captured::Capturing;
use super::change::{Step, Workshop};
use super::coordinate::coordinate;
use super::crew::{Crew, Reply};
use super::decided::decided;
use super::deliver::Outside;
use super::journal::Journal;
use super::keyed::keyed;
use super::limits::Limits;
use super::overseer::{Held, Overseer, Step as Seen, outcome};
use super::written::{Written, hidden_text};
use crate::canonical::to_bytes;
use crate::clock::Clock;
use crate::ops::redact::Screen;
use crate::ops::route::{self, LABEL};
use crate::ops::{Hit, OpError, usage};
use crate::routing::query::Filters;
use crate::specialist::Program;
use crate::triage::budget::Stop;
use crate::triage::effect::effects;
use crate::triage::event::Event;
use crate::triage::evidence::{Hypothesis, MemoryUse};
use crate::triage::handoff::handoff;
use crate::triage::inventory::{Inventory, Sort};
use crate::triage::learning::learning;
use crate::triage::output::Absence;
use crate::triage::output::{Limits as AnswerLimits, Output, Request};
use crate::triage::phase::Phase;
use crate::triage::plan::{Named, Question, plan};
use crate::triage::rebuild;
use crate::triage::run::Run;
use crate::triage::state::Action;
use crate::triage::trace::Context;
use crate::workspace::{Memory, Workspace};

/// What a run is driven with.
pub(super) struct Driver<'a> {
    pub(super) workspace: &'a Workspace,
    /// The memory that routes; asked once.
    pub(super) memory: &'a Memory,
    pub(super) crew: &'a mut dyn Crew,
    pub(super) limits: &'a Limits,
    /// Who judges, where it is a program.
    pub(super) coordinator: Option<&'a Program>,
    /// Where changes are made, for a run that may propose one.
    pub(super) workshop: Option<&'a Workshop<'a>>,
    /// Where effects are made.
    pub(super) outside: &'a Outside<'a>,
    /// Who looks on.
    pub(super) overseer: &'a dyn Overseer,
    /// Where it is kept what is said, where somebody wants that.
    pub(super) capturing: Option<&'a Capturing>,
    /// Hears of the run before it rests.
    pub(super) tell: Tell<'a>,
}

/// Where a step leads.
enum Went {
    On,
    Resting,
}

/// Is told of a run as it will rest; true once that has reached whoever asked.
/// Until then the run goes on, so that a retry of what nobody heard of meets the
/// same run and not a new one.
pub type Tell<'a> = &'a mut dyn FnMut(&Run) -> bool;

impl Driver<'_> {
    /// Drives until the run rests, and tells of it. It is given back however that
    /// ends, so that whoever tries again need not wait.
    pub(super) fn drive(&mut self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let (began, clock) = (Clock::system().now(), Instant::now());
        let ended = self.steps(journal);
        let released = journal.release();
        let ended = ended.and(released);
        self.overseer.left(&Held {
            run: journal.run().as_str(),
            attempt: journal.attempt(),
            began,
            took: clock.elapsed(),
            state: journal.state(),
            well: ended.is_ok(),
        });
        ended
    }

    fn steps(&mut self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        loop {
            let action = match journal.state().next(journal.now()) {
                Action::Rest(phase) => return self.rest(journal, phase),
                _ if self.overseer.stops() => return Ok(()),
                action => action,
            };
            match self.step(journal, &action)? {
                Went::On => {}
                Went::Resting if journal.state().rested.is_none() => {
                    return self.rest(journal, journal.state().rests().0);
                }
                Went::Resting => {
                    (self.tell)(&journal.document(journal.state())?);
                    return Ok(());
                }
            }
        }
    }

    /// Goes one step, before the eyes of whoever looks on.
    fn step(&mut self, journal: &mut Journal<'_>, action: &Action) -> Result<Went, OpError> {
        let (phase, number) = (journal.state().phase(), journal.next());
        let (began, clock) = (Clock::system().now(), Instant::now());
        let went = self.go(journal, action);
        let took = clock.elapsed();
        let events = journal.recent();
        self.overseer.done(&Seen {
            run: journal.run().as_str(),
            attempt: journal.attempt(),
            number,
            phase,
            action,
            events: &events,
            outcome: outcome(action, journal.state(), went.is_ok()),
            began,
            took,
            limit: Duration::from_secs(self.limits.seconds.into()),
        });
        went
    }

    fn go(&mut self, journal: &mut Journal<'_>, action: &Action) -> Result<Went, OpError> {
        Ok(match action {
            Action::Look if self.outside.look(journal, self.limits)? => Went::On,
            Action::Nothing | Action::Look => Went::Resting,
            Action::Prepare
            | Action::Change
            | Action::Verify
            | Action::Review
            | Action::TurnBack => match self.work(journal, action)? {
                Step::Done => Went::On,
                Step::Waits => Went::Resting,
            },
            action => self.act(journal, action).map(|()| Went::On)?,
        })
    }

    fn work(&mut self, journal: &mut Journal<'_>, action: &Action) -> Result<Step, OpError> {
        journal.refuse_frozen()?;
        let workshop = self.workshop.ok_or_else(|| OpError::Usage {
            message: format!(
                "run '{}' makes a change, and nothing is set up for that",
                journal.run()
            ),
            hint: "set the forge up, and allow what verifies a change: prode config allow"
                .to_owned(),
        })?;
        workshop.step(journal, action)
    }

    fn rest(&mut self, journal: &mut Journal<'_>, phase: Phase) -> Result<(), OpError> {
        let reason = journal.state().rests().1.to_owned();
        let event = Event::Rested { phase, reason };
        let run = journal.document(&journal.after(&event)?)?;
        if (self.tell)(&run) { journal.record(&event, None) } else { Ok(()) }
    }

    fn act(&mut self, journal: &mut Journal<'_>, action: &Action) -> Result<(), OpError> {
        match action {
            Action::Inventory => self.inventory(journal),
            Action::Route => self.route(journal),
            Action::Coordinate => coordinate(journal, self.coordinator, self.limits),
            Action::Ask(question) => self.ask(journal, question),
            Action::Skip(question, stop) => skip(journal, &question.name, *stop),
            Action::Decide => decide(journal),
            Action::HandOver => hand_over(journal),
            Action::Learn => learn(journal),
            Action::Plan => plan_effects(journal),
            Action::Make(effect) => {
                journal.refuse_frozen()?;
                self.outside.make(journal, effect)
            }
            Action::Monitor => super::monitor::monitor(journal, self.crew, self.limits),
            // A run is opened with its snapshot, changed in its workshop, and ends
            // where it is driven.
            _ => Ok(()),
        }
    }

    fn inventory(&mut self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let looks = self.crew.looks();
        if looks > 0 {
            journal.hold(SignedDuration::from_secs(looks.into()))?;
        }
        let (_, written) = Written::document(journal.screen(), &self.crew.inventory())?;
        let artifact = written.digest().to_owned();
        journal.record(&Event::Inventory { artifact }, Some(written))
    }

    fn route(&mut self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let snapshot = rebuild::snapshot(journal.state(), &journal.kept())?;
        let options = route::Options {
            text: snapshot.words(),
            asked: crate::workspace::Asked::Trunk,
            limit: self.limits.pages,
            budget: None,
            filters: Filters::default(),
        };
        let answer = route::ask(self.workspace, self.memory, &options)?;
        usage::routed(self.workspace, &answer);
        let used: Vec<MemoryUse> = if answer.abstained {
            Vec::new()
        } else {
            let pages = answer.pages.iter().map(|page| used(journal.screen(), &page.hit));
            pages.collect::<Result<_, _>>()?
        };
        let handed = handed_in(journal)?;
        let routed = Named { pages: &answer.specialists, handed: &handed };
        let questions = plan(&snapshot, &routed, &self.limits.required);
        let (_, written) = Written::document(journal.screen(), &used)?;
        let artifact = written.digest().to_owned();
        journal.record(&Event::Routed { artifact, questions }, Some(written))
    }

    fn ask(&mut self, journal: &mut Journal<'_>, question: &Question) -> Result<(), OpError> {
        let context = self.overseer.traces().then(|| {
            Context::of_question(journal.run().as_str(), journal.attempt(), journal.next())
        });
        let request = self.request(journal, question)?;
        let (request, written) = Written::document(journal.screen(), &request)?;
        let (name, artifact) = (question.name.clone(), written.digest().to_owned());
        journal.record(&Event::Asked { question: name, artifact }, Some(written))?;
        journal.hold(SignedDuration::from_secs(request.limits.seconds.into()))?;
        let begun = Instant::now();
        let reply = self.crew.ask(&request, context.as_ref());
        let took = begun.elapsed();
        if let Some(capturing) = self.capturing {
            capturing.keep(journal.run(), journal.screen(), (&request, &reply), took)?;
        }
        let seconds = u32::try_from(took.as_secs()).unwrap_or(u32::MAX);
        answered(journal, &question.name, reply, seconds)
    }

    fn request(&self, journal: &Journal<'_>, question: &Question) -> Result<Request, OpError> {
        let ticket = rebuild::snapshot(journal.state(), &journal.kept())?;
        let hypotheses = Hypothesis::usual().into_iter().map(|it| (it.id, it.text)).collect();
        Ok(Request {
            schema: Request::SCHEMA.to_owned(),
            name: question.name.clone(),
            specialist: question.specialist.clone(),
            question: question.text.clone(),
            window: ticket.window,
            hypotheses,
            ticket,
            limits: AnswerLimits { seconds: self.limits.seconds, bytes: self.limits.bytes },
        })
    }
}

/// Specialists whose answers somebody handed in.
fn handed_in(journal: &Journal<'_>) -> Result<Vec<String>, OpError> {
    let digest = journal.state().inventory.clone().unwrap_or_default();
    let inventory: Inventory = rebuild::document(&journal.kept(), "inventory", &digest)?;
    let handed = inventory.tools.into_iter().filter(|it| it.sort == Sort::HandedIn);
    Ok(handed.map(|it| it.name).collect())
}

fn used(screen: &Screen, hit: &Hit) -> Result<MemoryUse, OpError> {
    Ok(MemoryUse {
        cite: cite(screen, hit)?,
        label: LABEL.to_owned(),
        stale: hit.stale,
        superseded_by: hit.superseded_by.clone(),
    })
}

/// Where it was read. An anchor repeats its heading in another spelling, which
/// redaction would not know any more; so the heading is asked about.
fn cite(screen: &Screen, hit: &Hit) -> Result<String, OpError> {
    let headings = hit.headings.join("\n");
    match hit.cite.rsplit_once('@') {
        Some((_, commit)) if hidden_text(screen, &headings)? != headings => {
            Ok(format!("{}@{commit}", hit.path))
        }
        _ => Ok(hit.cite.clone()),
    }
}

/// Believes an answer as far as its form goes; what has another form is none.
fn answered(
    journal: &mut Journal<'_>,
    question: &str,
    reply: Reply,
    seconds: u32,
) -> Result<(), OpError> {
    let (text, how) = match reply {
        Reply::Said { text, how } => (text, how),
        Reply::Nothing { absence, why } => return unanswered(journal, question, absence, &why),
    };
    let output = match Output::parse(&text) {
        Ok(output) => output,
        Err(error) => {
            return unanswered(journal, question, Absence::Error, &error.to_string());
        }
    };
    let (_, written) = Written::document(journal.screen(), &output)?;
    let event = Event::Answered {
        question: question.to_owned(),
        artifact: written.digest().to_owned(),
        raw: keyed(&journal.key(), text.as_bytes()),
        how,
        spent: output.spent(text.len(), seconds),
    };
    journal.record(&event, Some(written))
}

fn unanswered(
    journal: &mut Journal<'_>,
    question: &str,
    absence: Absence,
    why: &str,
) -> Result<(), OpError> {
    let why = hidden_text(journal.screen(), why)?;
    let question = question.to_owned();
    journal.record(&Event::Unanswered { question, absence, why, spent: false }, None)
}

fn skip(journal: &mut Journal<'_>, question: &str, stop: Stop) -> Result<(), OpError> {
    let event = Event::Unanswered {
        question: question.to_owned(),
        absence: Absence::NotSearched,
        why: stop.to_string(),
        spent: stop.is_early(),
    };
    journal.record(&event, None)
}

fn decide(journal: &mut Journal<'_>) -> Result<(), OpError> {
    let bundle = rebuild::bundle(journal.state(), &journal.kept())?;
    let (same, written) = Written::document(journal.screen(), &bundle)?;
    if to_bytes(&same)? != to_bytes(&bundle)? {
        return Err(OpError::Waiting {
            message: "the evidence bundle still holds what may not be kept".to_owned(),
            hint: "take it out of the ticket or the answers, and run it again".to_owned(),
        });
    }
    let event = Event::Decided {
        artifact: written.digest().to_owned(),
        classification: bundle.classification,
        decision: bundle.decision,
        reasons: bundle.reasons,
        confidence: bundle.confidence.value,
        waits: u32::try_from(bundle.waiting.len()).unwrap_or(u32::MAX),
    };
    journal.record(&event, Some(written))
}

fn hand_over(journal: &mut Journal<'_>) -> Result<(), OpError> {
    let (bundle, _) = decided(journal)?;
    let proposes = journal.state().proposes();
    let waiting = journal.state().waiting(&bundle);
    let text = handoff(journal.run().as_str(), &bundle, &waiting, proposes);
    let written = Written::text(journal.screen(), &text)?;
    let artifact = written.digest().to_owned();
    journal.record(&Event::HandedOver { artifact }, Some(written))
}

fn learn(journal: &mut Journal<'_>) -> Result<(), OpError> {
    let (bundle, _) = decided(journal)?;
    let candidate = learning(journal.run().as_str(), &bundle, journal.state().outcome());
    let written = Written::text(journal.screen(), &candidate.text)?;
    let artifact = written.digest().to_owned();
    journal.record(&Event::Learned { artifact, target: candidate.target }, Some(written))
}

fn plan_effects(journal: &mut Journal<'_>) -> Result<(), OpError> {
    let (bundle, digest) = decided(journal)?;
    let target = learning(journal.run().as_str(), &bundle, None).target;
    let moves = journal.state().moves.as_ref();
    let effects = effects(journal.run().as_str(), &bundle, &digest, target.as_deref(), moves);
    journal.record(&Event::Planned { effects }, None)
}
