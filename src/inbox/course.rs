//! What became of a finding: its events in order, each held to the rules.

use super::event::{Answer, Event, What};
use super::evidence::Evidence;
use super::finding::{Finding, Severity};
use super::open_ends::open_end;
use super::refusal::Refusal;
use super::subject::Subject;

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Stage {
    /// Somebody has to answer, or to look.
    #[default]
    Open,
    /// Every item is answered with evidence, and somebody else looked.
    Closed,
    /// It is invalid.
    Rejected,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Closed, Self::Rejected];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
        }
    }

    /// From its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// One item with the answer that stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The defect.
    pub text: String,
    /// What became of it; `None` while it is open.
    pub answer: Option<Answer>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// Who made the fix.
    pub fixed_by: Vec<String>,
}

/// The fold of all events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Where it stands.
    pub stage: Stage,
    /// Its items, in the finding's order.
    pub items: Vec<Item>,
    /// By impact, as last judged.
    pub severity: Severity,
    /// What it is about, as last seen.
    pub target: Subject,
    /// The events in order, each with the rule that it breaks, if it does:
    /// such an event does not count.
    pub events: Vec<(Event, Option<Refusal>)>,
}

/// A rule: what an event breaks, as things stand.
type Rule = fn(&Course, &Event) -> Option<Refusal>;

/// Which events a rule is for.
type Applies = fn(&What) -> bool;

/// What holds of every event, in the order in which it is told.
const RULES: &[(Applies, Rule)] = &[
    (is_anything, says_something),
    (is_anything, items_are_there),
    (is_not_opening, is_undecided),
    (is_answer, has_evidence),
    (is_close, all_are_answered),
    (is_close, all_have_evidence),
    (is_close, is_by_somebody_else),
    (is_reject, nothing_is_valid),
    (is_reject, has_evidence),
    (is_end, has_no_open_end),
];

impl Course {
    /// Folds events; the order in which they are given does not matter.
    pub fn of(finding: &Finding, events: Vec<Event>) -> Self {
        let item = |text: &String| Item { text: text.clone(), ..Item::default() };
        let mut course = Self {
            stage: Stage::Open,
            items: finding.items.iter().map(item).collect(),
            severity: finding.severity,
            target: finding.target.clone(),
            events: Vec::new(),
        };
        let mut events = events;
        events.sort_by_cached_key(|it| (it.turn, it.what.clone(), it.at.clone(), it.file().0));
        for event in events {
            let refusal = course.check(&event).err();
            if refusal.is_none() {
                course.follow(&event);
            }
            course.events.push((event, refusal));
        }
        course
    }

    /// The turn of the next event.
    pub fn next_turn(&self) -> u32 {
        self.events.iter().map(|(event, _)| event.turn).max().unwrap_or(0).saturating_add(1)
    }

    /// What a closed finding came to: fixed if anything was.
    pub fn resolution(&self) -> Option<Answer> {
        if self.stage == Stage::Open {
            return None;
        }
        Answer::ALL.into_iter().find(|it| self.items.iter().any(|item| item.answer == Some(*it)))
    }

    /// Holds an event to the rules.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, event: &Event) -> Result<(), Refusal> {
        let mut rules = RULES.iter().filter(|(applies, _)| applies(&event.what));
        rules.find_map(|(_, rule)| rule(self, event)).map_or(Ok(()), Err)
    }

    fn follow(&mut self, event: &Event) {
        self.severity = event.severity.unwrap_or(self.severity);
        if let Some(target) = &event.target {
            self.target = target.clone();
        }
        match event.what {
            What::Reject => {
                self.stage = Stage::Rejected;
                let all: Vec<usize> = (1..=self.items.len()).collect();
                self.answer(&all, Some(Answer::Rejected), event);
            }
            What::Close => self.stage = Stage::Closed,
            What::Answer(answer) => {
                self.answer(&event.items, answer, event);
                if answer.is_none() {
                    self.stage = Stage::Open;
                }
            }
            What::Correct => {}
        }
    }

    fn answer(&mut self, numbers: &[usize], answer: Option<Answer>, event: &Event) {
        // Whoever says that it is fixed, and not by whom, fixed it.
        let mut fixed_by = event.fixed_by.clone();
        if fixed_by.is_empty() && answer == Some(Answer::Fixed) {
            fixed_by.push(event.by.clone());
        }
        for number in numbers {
            if let Some(item) = number.checked_sub(1).and_then(|at| self.items.get_mut(at)) {
                item.answer = answer;
                item.evidence.clone_from(&event.evidence);
                item.fixed_by.clone_from(&fixed_by);
            }
        }
    }

    /// The number of the first item of which `is_so` holds.
    fn first(&self, is_so: impl Fn(&Item) -> bool) -> Option<usize> {
        self.items.iter().position(is_so).map(|at| at + 1)
    }
}

fn is_anything(_: &What) -> bool {
    true
}

fn is_not_opening(what: &What) -> bool {
    !matches!(what, What::Answer(None) | What::Correct)
}

fn is_answer(what: &What) -> bool {
    matches!(what, What::Answer(Some(_)))
}

fn is_close(what: &What) -> bool {
    *what == What::Close
}

fn is_reject(what: &What) -> bool {
    *what == What::Reject
}

fn is_end(what: &What) -> bool {
    is_close(what) || is_reject(what)
}

fn says_something(_: &Course, event: &Event) -> Option<Refusal> {
    let is_empty = match event.what {
        What::Answer(_) => event.items.is_empty(),
        What::Correct => event.severity.is_none() && event.target.is_none(),
        What::Close | What::Reject => event.why.is_none(),
    };
    is_empty.then_some(Refusal::Nothing)
}

fn items_are_there(course: &Course, event: &Event) -> Option<Refusal> {
    let items = course.items.len();
    let item = event.items.iter().find(|it| !(1..=items).contains(*it));
    item.map(|&item| Refusal::NoItem { item, items })
}

fn is_undecided(course: &Course, _: &Event) -> Option<Refusal> {
    (course.stage != Stage::Open).then(|| Refusal::Decided(course.stage.name()))
}

fn has_evidence(_: &Course, event: &Event) -> Option<Refusal> {
    let is_told = event.evidence.iter().any(|it| !it.reference.trim().is_empty());
    (!is_told).then(|| Refusal::NoEvidence(event.items.first().copied().unwrap_or(1)))
}

fn all_are_answered(course: &Course, _: &Event) -> Option<Refusal> {
    let open = (1..).zip(&course.items).filter(|(_, item)| item.answer.is_none());
    let open: Vec<usize> = open.map(|(number, _)| number).collect();
    (!open.is_empty()).then_some(Refusal::Open(open))
}

fn all_have_evidence(course: &Course, _: &Event) -> Option<Refusal> {
    course.first(|item| item.evidence.is_empty()).map(Refusal::NoEvidence)
}

fn is_by_somebody_else(course: &Course, event: &Event) -> Option<Refusal> {
    let is_own = |item: &Item| {
        item.answer == Some(Answer::Fixed)
            && item.fixed_by.iter().any(|it| it.eq_ignore_ascii_case(&event.by))
    };
    course.first(is_own).map(|item| Refusal::OwnFix { by: event.by.clone(), item })
}

fn nothing_is_valid(course: &Course, _: &Event) -> Option<Refusal> {
    course.first(|it| it.answer.is_some_and(|it| it != Answer::Rejected)).map(Refusal::Valid)
}

fn has_no_open_end(_: &Course, event: &Event) -> Option<Refusal> {
    event.why.as_deref().and_then(open_end).map(Refusal::OpenEnd)
}

#[cfg(test)]
mod tests;
