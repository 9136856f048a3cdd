//! What a run may spend and do, in which time, and how far it is.

use jiff::{SignedDuration, Timestamp};
use prode::triage::budget::{Breaker, Budgets, Limit, Stop};
use prode::triage::mode::Mode;
use prode::triage::phase::Phase;
use prode::triage::window::Window;

use super::super::gate::case::{at, window};

#[test]
fn the_stricter_of_two_budgets_is_so_limit_by_limit() {
    let usual = Budgets::usual();
    let all = [
        Budgets { calls: 1, ..usual },
        Budgets { tool_calls: 1, ..usual },
        Budgets { bytes: 1, ..usual },
        Budgets { cost_units: 1, ..usual },
        Budgets { expensive: 1, ..usual },
        Budgets { quiet: 1, ..usual },
        Budgets { slow: 1, ..usual },
        Budgets { day_calls: Some(1), ..usual },
    ];
    for one in all {
        assert_eq!(usual.stricter(one), one);
        assert_eq!(one.stricter(usual), one);
    }
    let (calls, bytes) = (all[0], all[2]);
    assert_eq!(calls.stricter(bytes), Budgets { calls: 1, bytes: 1, ..usual });
    assert_eq!(usual.bytes, 10_485_760);
    assert_eq!((usual.calls, usual.tool_calls, usual.cost_units), (40, 10, 1_000));
}

#[test]
fn why_a_question_is_left_out_is_said_and_only_being_near_is_not_early() {
    for (stop, words) in [
        (Stop::Over(Limit::Time), "the time of the run was over"),
        (Stop::Over(Limit::Calls), "the run's budget of calls was used up"),
        (Stop::Over(Limit::DayCalls), "the run's budget of calls of the day was used up"),
        (Stop::Over(Limit::ToolCalls), "the run's budget of calls of one specialist was used up"),
        (Stop::Over(Limit::Expensive), "the run's budget of expensive calls was used up"),
        (Stop::Near(Limit::Bytes), "left out: 80 % of the run's budget of bytes was used up"),
        (
            Stop::Near(Limit::CostUnits),
            "left out: 80 % of the run's budget of cost units was used up",
        ),
        (Stop::Near(Limit::Time), "left out: 80 % of the run's budget of time was used up"),
    ] {
        assert_eq!(stop.to_string(), words);
        assert_eq!(stop.is_early(), matches!(stop, Stop::Over(_)), "{words}");
    }
    for (breaker, words) in [
        (Breaker::SameCall, "same-call: what was answered was asked for again"),
        (Breaker::RetryStorm, "retry-storm: it failed, and failed again"),
        (Breaker::NoNewEvidence, "no-new-evidence: the last answers brought nothing"),
        (Breaker::Latency, "latency: its last answers were slow"),
    ] {
        let stop = Stop::Tripped(breaker);
        assert_eq!(stop.to_string(), format!("the breaker {words}; it is asked no more"));
        assert!(stop.is_early());
    }
}

#[test]
fn a_phase_rests_where_nothing_more_happens_by_itself() {
    let all = [
        (Phase::Intake, "intake"),
        (Phase::Inventory, "inventory"),
        (Phase::Route, "route"),
        (Phase::Investigate, "investigate"),
        (Phase::Decide, "decide"),
        (Phase::Deliver, "deliver"),
        (Phase::AwaitMerge, "await-merge"),
        (Phase::Monitor, "monitor"),
        (Phase::Learn, "learn"),
        (Phase::Closed, "closed"),
        (Phase::Stopped, "stopped"),
        (Phase::HandedOff, "handed-off"),
        (Phase::Waiting, "waiting"),
        (Phase::Failed, "failed"),
    ];
    for (phase, name) in all {
        assert_eq!(phase.to_string(), name);
        assert_eq!(serde_json::to_value(phase).unwrap(), name);
    }
    let of = |is: fn(Phase) -> bool| -> Vec<&str> {
        all.iter().filter(|it| is(it.0)).map(|it| it.1).collect()
    };
    let over = ["closed", "stopped", "handed-off", "failed"];
    assert_eq!(of(Phase::is_over), over);
    let rest = ["await-merge", "monitor", "closed", "stopped", "handed-off", "waiting", "failed"];
    assert_eq!(of(Phase::rests), rest);
}

#[test]
fn a_mode_may_do_more_the_further_it_is() {
    assert!(Mode::DryRun < Mode::Comment && Mode::Comment < Mode::Pr);
    assert_eq!(Mode::default().name(), "dry-run");
    assert_eq!(
        ["dry-run", "comment", "pr"].map(Mode::named),
        [Mode::DryRun, Mode::Comment, Mode::Pr].map(Some)
    );
}

#[test]
fn windows_hold_meet_and_cover_each_other_with_their_ends() {
    let hour = window("13:00", "14:00");
    for (other, meets, covers) in [
        (window("13:00", "14:00"), true, true),
        (window("13:10", "13:20"), true, true),
        (window("12:00", "13:00"), true, false),
        (window("14:00", "15:00"), true, false),
        (window("12:00", "12:59"), false, false),
        (window("14:01", "15:00"), false, false),
        (window("12:59", "14:00"), true, false),
        (window("13:00", "14:01"), true, false),
        (window("12:00", "15:00"), true, false),
    ] {
        assert_eq!((hour.meets(&other), hour.covers(&other)), (meets, covers), "{other:?}");
        assert_eq!(other.meets(&hour), meets, "{other:?}");
    }
    for (clock, holds) in [("12:59", false), ("13:00", true), ("14:00", true), ("14:01", false)] {
        assert_eq!(hour.holds(at(clock)), holds, "{clock}");
    }
    assert!(window("13:00", "13:00").is_sound() && !window("13:01", "13:00").is_sound());
    let two = SignedDuration::from_hours(2);
    assert_eq!(Window::around(at("12:00"), two, at("13:00")), window("10:00", "13:00"));
    assert_eq!(Window::around(at("12:00"), two, at("11:00")), window("10:00", "12:00"));
    let first = Window::around(Timestamp::MIN, two, at("11:00"));
    assert_eq!(first.from, Timestamp::MIN);
}
