//! Where a ticket goes, in words, and whether it may still go there.

use prode::triage::class::Decision;
use prode::triage::moving::{Move, Moves, Next, Standing, Target, When};

fn standing(names: &[&str], over: bool) -> Standing {
    Standing { names: names.iter().map(|it| (*it).to_owned()).collect(), id: None, over }
}

fn target(name: &str) -> Target {
    Target { name: name.to_owned(), id: None, known: true, action: None, request: None }
}

fn moves(from: Standing, to: &[(When, Target)]) -> Moves {
    Moves { from, to: to.iter().cloned().collect(), carries_out: Vec::new() }
}

/// A ticket of these labels that gets another.
fn labelled(from: &[&str], over: bool) -> Move {
    let to = [(When::Stop, target("done")), (When::Pr, target("review"))];
    moves(standing(from, over), &to).follows(Decision::Stop).unwrap()
}

#[test]
fn each_decision_has_its_move_and_the_mode_that_it_needs() {
    let all = When::ALL.map(|it| (it.name(), it.least().name()));
    assert_eq!(all, [("pr", "pr"), ("handoff", "comment"), ("stop", "comment")]);
    let to = When::ALL.map(|it| (it, target(it.name())));
    let all = moves(standing(&[], false), &to);
    for (decision, when) in
        [(Decision::Pr, When::Pr), (Decision::Handoff, When::Handoff), (Decision::Stop, When::Stop)]
    {
        let step = all.follows(decision).unwrap();
        assert_eq!((step.when, step.to.name.as_str()), (when, when.name()));
        assert_eq!(step.others.len(), 2);
    }
}

#[test]
fn labels_of_the_other_moves_go_and_ends_are_no_labels() {
    let end = Target { action: Some("ticket-done".to_owned()), ..target("closed") };
    let to = [(When::Pr, target("b")), (When::Handoff, target("a")), (When::Stop, end)];
    let step = moves(standing(&["b"], false), &to).follows(Decision::Stop).unwrap();
    assert_eq!(step.names(), ["closed", "a", "b"]);
    let step = moves(standing(&["b"], false), &to).follows(Decision::Pr).unwrap();
    assert_eq!(step.names(), ["b", "a"]);
    let of_state = Standing { id: Some("1".to_owned()), ..standing(&["b"], false) };
    assert_eq!(moves(of_state, &to).follows(Decision::Pr).unwrap().names(), ["b"]);
}

#[test]
fn a_move_is_told_from_where_to_where() {
    let told = |from: &[&str], over: bool| labelled(from, over).told();
    assert_eq!(told(&[], false), "from 'open' to 'done'");
    assert_eq!(told(&[], true), "from 'closed' to 'done'");
    assert_eq!(told(&["a", "b"], true), "from 'a, b' to 'done'");
    let mut step = labelled(&["a"], false);
    step.to.action = Some("ticket-done".to_owned());
    assert_eq!(step.told(), "from 'a' to 'done', once a person approved ticket-done");
    step.to.known = false;
    assert_eq!(step.told(), "to 'done', which the tracker does not have");
    let wanted = step.waiting("ENG-1").unwrap().wanted;
    assert_eq!(wanted.what, "move ENG-1 from 'a' to 'done'\n");
    assert_eq!(wanted.reason, "what became of the run (stop) ends the ticket");
}

#[test]
fn a_label_is_set_where_the_ticket_is_as_it_was_or_half_way() {
    let step = labelled(&["a", "review"], false);
    let next = |names: &[&str], over: bool| step.next(&standing(names, over), &target("done"));
    let moved = Next::Left("moved meanwhile");
    assert_eq!(next(&["a", "review"], false), Next::Go);
    assert_eq!(next(&["done"], false), Next::There);
    assert_eq!(next(&["done"], true), Next::There);
    assert_eq!(next(&["a", "done"], false), Next::Go);
    assert_eq!(next(&["a"], false), moved);
    assert_eq!(next(&["done", "other"], false), moved);
    let closed = Next::Left("it is closed there, and a person opens it again");
    assert_eq!(next(&["a", "review"], true), closed);
    let unknown = Next::Left("the tracker has no such state or label");
    let gone = Target { known: false, ..target("done") };
    assert_eq!(step.next(&standing(&["a", "review"], false), &gone), unknown);
    let never = Move { to: gone, ..step.clone() };
    assert_eq!(never.next(&standing(&["a", "review"], false), &target("done")), unknown);
    let other = Next::Left("what it would be moved to is another state now");
    for changed in [
        Target { id: Some("1".to_owned()), ..target("done") },
        Target { action: Some("ticket-done".to_owned()), ..target("done") },
    ] {
        assert_eq!(step.next(&standing(&["a", "review"], false), &changed), other);
    }
}

#[test]
fn a_state_is_known_by_its_id_and_an_end_by_being_over() {
    let with_id =
        |id: &str, over: bool| Standing { id: Some(id.to_owned()), ..standing(&[id], over) };
    let to = Target { id: Some("2".to_owned()), ..target("Done") };
    let step = moves(with_id("1", false), &[(When::Stop, to.clone())]);
    let step = step.follows(Decision::Stop).unwrap();
    assert_eq!(step.next(&with_id("1", false), &to), Next::Go);
    assert_eq!(step.next(&with_id("2", true), &to), Next::There);
    assert_eq!(step.next(&with_id("3", false), &to), Next::Left("moved meanwhile"));
    assert_eq!(step.next(&standing(&["1"], false), &to), Next::Left("moved meanwhile"));
    let end = Target { action: Some("ticket-done".to_owned()), ..target("closed") };
    let step = moves(standing(&[], false), &[(When::Stop, end.clone())]);
    let step = step.follows(Decision::Stop).unwrap();
    assert_eq!(step.next(&standing(&[], false), &end), Next::Go);
    assert_eq!(step.next(&standing(&[], true), &end), Next::There);
}
