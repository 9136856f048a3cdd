//! What a run spent: the sum of its events, and what they trip.

use std::collections::BTreeMap;

use super::{Breaker, Budgets, Limit, NEAR, Spent, Stop};
use crate::triage::plan::Question;

/// Cost units from which a call is an expensive one.
const EXPENSIVE: u32 = 10;

/// How often a question that was answered may be asked for again.
const REPEATS: u32 = 2;

/// How often a question may go out without anything coming back.
const ATTEMPTS: u32 = 5;

/// Errors of a tool, one after the other.
const ERRORS: u32 = 2;

/// Slow answers of a tool, one after the other.
const SLOW: u32 = 2;

/// What a run spent, from its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    calls: u32,
    bytes: u64,
    cost_units: u32,
    expensive: u32,
    quiet: u32,
    /// By specialist.
    tools: BTreeMap<String, Tool>,
    /// Calls without anything that came back, by question.
    open: BTreeMap<String, u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tool {
    calls: u32,
    errors: u32,
    slow: u32,
    repeats: u32,
    expensive: bool,
}

impl Ledger {
    /// Calls so far.
    pub fn calls(&self) -> u32 {
        self.calls
    }

    /// A question went out.
    pub(in crate::triage) fn asked(&mut self, question: &Question) {
        self.calls += 1;
        self.tool(&question.specialist).calls += 1;
        *self.open.entry(question.name.clone()).or_default() += 1;
    }

    /// An answer came; `is_new` unless the same one came before.
    pub(in crate::triage) fn answered(
        &mut self,
        question: &Question,
        spent: &Spent,
        is_new: bool,
        budgets: &Budgets,
    ) {
        self.open.remove(&question.name);
        self.bytes = self.bytes.saturating_add(spent.bytes);
        self.cost_units = self.cost_units.saturating_add(spent.cost_units);
        let is_expensive = spent.cost_units >= EXPENSIVE;
        self.expensive += u32::from(is_expensive);
        self.quiet = if is_new && spent.evidence > 0 { 0 } else { self.quiet + 1 };
        let tool = self.tool(&question.specialist);
        tool.expensive |= is_expensive;
        tool.errors = 0;
        tool.slow = if spent.seconds >= budgets.slow { tool.slow + 1 } else { 0 };
    }

    /// None came, after the question went out.
    pub(in crate::triage) fn failed(&mut self, question: &Question) {
        self.open.remove(&question.name);
        self.quiet += 1;
        self.tool(&question.specialist).errors += 1;
    }

    /// Questions of it that were answered are asked for again.
    pub(in crate::triage) fn repeated(&mut self, specialist: &str) {
        self.tool(specialist).repeats += 1;
    }

    fn tool(&mut self, specialist: &str) -> &mut Tool {
        self.tools.entry(specialist.to_owned()).or_default()
    }

    /// Why a question is not asked; `None` where it is.
    pub(in crate::triage) fn stops(&self, budgets: &Budgets, question: &Question) -> Option<Stop> {
        let default = Tool::default();
        let tool = self.tools.get(&question.specialist).unwrap_or(&default);
        let expensive = if tool.expensive { self.expensive } else { 0 };
        let limits = [
            (Limit::Calls, u64::from(self.calls), u64::from(budgets.calls)),
            (Limit::DayCalls, u64::from(self.calls), budgets.day_calls.map_or(u64::MAX, u64::from)),
            (Limit::ToolCalls, u64::from(tool.calls), u64::from(budgets.tool_calls)),
            (Limit::Bytes, self.bytes, budgets.bytes),
            (Limit::CostUnits, u64::from(self.cost_units), u64::from(budgets.cost_units)),
            (Limit::Expensive, u64::from(expensive), u64::from(budgets.expensive)),
        ];
        let over = limits.iter().find(|(_, spent, most)| spent >= most);
        let is_near = |spent: u64, most: u64| spent > 0 && spent * 100 >= most * NEAR;
        // What is left of a tool or of the day is no plan of this run's own.
        let near = limits.iter().find(|(limit, spent, most)| {
            !matches!(limit, Limit::DayCalls | Limit::ToolCalls | Limit::Expensive)
                && is_near(*spent, *most)
        });
        let over = over.map(|(limit, ..)| Stop::Over(*limit));
        let tripped = || self.trips(budgets, question, tool).map(Stop::Tripped);
        let near = || near.filter(|_| !question.required).map(|(limit, ..)| Stop::Near(*limit));
        over.or_else(tripped).or_else(near)
    }

    fn trips(&self, budgets: &Budgets, question: &Question, tool: &Tool) -> Option<Breaker> {
        let open = self.open.get(&question.name).copied().unwrap_or_default();
        if open >= ATTEMPTS || tool.errors >= ERRORS {
            Some(Breaker::RetryStorm)
        } else if tool.repeats >= REPEATS {
            Some(Breaker::SameCall)
        } else if tool.slow >= SLOW {
            Some(Breaker::Latency)
        } else if self.quiet >= budgets.quiet && !question.required {
            Some(Breaker::NoNewEvidence)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(name: &str, required: bool) -> Question {
        Question {
            name: name.to_owned(),
            specialist: Question::whose(name).to_owned(),
            text: name.to_owned(),
            required,
            because: String::new(),
        }
    }

    /// After answers of these questions, each of which took so much.
    fn after(names: &[&str], spent: Spent) -> Ledger {
        let mut ledger = Ledger::default();
        for name in names {
            ledger.asked(&question(name, false));
            ledger.answered(&question(name, false), &spent, true, &Budgets::usual());
        }
        ledger
    }

    fn stop(ledger: &Ledger, budgets: Budgets, name: &str, required: bool) -> Option<Stop> {
        ledger.stops(&budgets, &question(name, required))
    }

    const USUAL: Spent = Spent { bytes: 1_000, seconds: 1, cost_units: 1, evidence: 1 };

    #[test]
    fn near_a_limit_only_what_is_required_is_asked_and_over_it_nothing() {
        let names = ["a", "b", "c", "d"];
        for (limit, budgets) in [
            (Limit::Calls, Budgets { calls: 5, ..Budgets::usual() }),
            (Limit::Bytes, Budgets { bytes: 5_000, ..Budgets::usual() }),
            (Limit::CostUnits, Budgets { cost_units: 5, ..Budgets::usual() }),
        ] {
            assert_eq!(stop(&after(&names[..3], USUAL), budgets, "z", false), None);
            let near = after(&names, USUAL);
            assert_eq!(stop(&near, budgets, "z", false), Some(Stop::Near(limit)));
            assert_eq!(stop(&near, budgets, "z", true), None);
            let over = after(&["a", "b", "c", "d", "e"], USUAL);
            assert_eq!(stop(&over, budgets, "z", true), Some(Stop::Over(limit)));
        }
    }

    #[test]
    fn what_is_left_of_the_day_is_a_limit_where_the_day_has_one() {
        let left = |day_calls| Budgets { day_calls, ..Budgets::usual() };
        let ledger = after(&["a", "b"], USUAL);
        assert_eq!(stop(&ledger, left(Some(2)), "z", true), Some(Stop::Over(Limit::DayCalls)));
        assert_eq!(stop(&ledger, left(Some(3)), "z", false), None);
        assert_eq!(left(None).stricter(left(Some(3))).day_calls, Some(3));
        assert_eq!(left(Some(2)).stricter(left(Some(3))).day_calls, Some(2));
    }

    #[test]
    fn one_tool_has_limits_of_its_own() {
        let budgets = Budgets { tool_calls: 2, ..Budgets::usual() };
        let ledger = after(&["a", "a#2"], USUAL);
        assert_eq!(stop(&ledger, budgets, "a#3", true), Some(Stop::Over(Limit::ToolCalls)));
        assert_eq!(stop(&ledger, budgets, "b", true), None);
    }

    #[test]
    fn after_three_expensive_calls_those_who_made_them_are_asked_no_more() {
        let ledger = after(&["a", "a#2", "b"], Spent { cost_units: 10, ..USUAL });
        for (name, is) in [("a#3", true), ("b#2", true), ("c", false)] {
            let stop = stop(&ledger, Budgets::usual(), name, true);
            assert_eq!(stop, is.then_some(Stop::Over(Limit::Expensive)), "{name}");
        }
    }

    fn trips(ledger: &Ledger, name: &str) -> Option<Stop> {
        stop(ledger, Budgets::usual(), name, false)
    }

    #[test]
    fn a_tool_that_fails_twice_in_a_row_is_asked_no_more() {
        let mut ledger = after(&["a"], USUAL);
        for name in ["a#2", "a#3"] {
            assert_eq!(trips(&ledger, name), None);
            ledger.asked(&question(name, true));
            ledger.failed(&question(name, true));
        }
        assert_eq!(trips(&ledger, "a#4"), Some(Stop::Tripped(Breaker::RetryStorm)));
        assert_eq!(trips(&ledger, "b"), None);
    }

    #[test]
    fn a_question_that_ends_its_worker_five_times_is_asked_no_more() {
        let mut ledger = Ledger::default();
        for _ in 0..ATTEMPTS {
            assert_eq!(trips(&ledger, "a"), None);
            ledger.asked(&question("a", true));
        }
        assert_eq!(trips(&ledger, "a"), Some(Stop::Tripped(Breaker::RetryStorm)));
    }

    #[test]
    fn a_tool_of_which_the_same_is_wanted_again_and_again_is_asked_no_more() {
        let mut ledger = after(&["a", "b"], USUAL);
        ledger.repeated("a");
        assert_eq!(trips(&ledger, "a#2"), None);
        ledger.repeated("a");
        assert_eq!(trips(&ledger, "a#2"), Some(Stop::Tripped(Breaker::SameCall)));
        assert_eq!(trips(&ledger, "b#2"), None);
    }

    #[test]
    fn two_slow_answers_in_a_row_end_it() {
        let slow = Spent { seconds: 45, ..USUAL };
        let ledger = after(&["a", "b", "a#2"], slow);
        assert_eq!(trips(&ledger, "a#3"), Some(Stop::Tripped(Breaker::Latency)));
        assert_eq!(trips(&ledger, "b#2"), None);
    }

    #[test]
    fn six_answers_that_bring_nothing_end_what_is_not_required() {
        let names = ["a", "b", "c", "d", "e", "f"];
        let ledger = after(&names, Spent { evidence: 0, ..USUAL });
        let stop = |required| stop(&ledger, Budgets::usual(), "z", required);
        assert_eq!(stop(false), Some(Stop::Tripped(Breaker::NoNewEvidence)));
        assert_eq!(stop(true), None);
    }
}
