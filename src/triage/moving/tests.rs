use super::*;

fn standing(names: &[&str]) -> Standing {
    Standing { names: names.iter().map(|it| (*it).to_owned()).collect(), id: None, over: false }
}

fn state(name: &str) -> Standing {
    Standing { id: Some(format!("id-{name}")), ..standing(&[name]) }
}

fn label(name: &str) -> Target {
    Target { name: name.to_owned(), id: None, known: true, action: None, request: None }
}

fn target(name: &str, action: Option<&str>) -> Target {
    Target { id: Some(format!("id-{name}")), action: action.map(str::to_owned), ..label(name) }
}

fn moves(from: Standing, to: [Target; 3]) -> Moves {
    Moves { from, to: When::ALL.into_iter().zip(to).collect(), carries_out: Vec::new() }
}

fn of_labels(from: &[&str]) -> Move {
    let all = moves(standing(from), [label("review"), label("human"), label("human")]);
    all.follows(Decision::Handoff).unwrap()
}

fn of_states() -> Move {
    let done = target("Done", Some("ticket-done"));
    let all = moves(state("Triage"), [target("Review", None), target("Todo", None), done]);
    all.follows(Decision::Pr).unwrap()
}

#[test]
fn a_decision_has_its_own_move_and_labels_of_others_go() {
    let step = of_labels(&["review"]);
    assert_eq!((step.when, step.to.name.as_str()), (When::Handoff, "human"));
    assert_eq!(step.others, ["review"]);
    assert_eq!(step.names(), ["human", "review"]);
    assert!(of_states().others.is_empty(), "a ticket has one state");
    let none = Moves { to: BTreeMap::new(), ..moves(standing(&[]), [(); 3].map(|()| label("a"))) };
    assert_eq!(none.follows(Decision::Stop), None);
}

#[test]
fn a_ticket_goes_from_where_it_stood_and_from_nowhere_else() {
    let step = of_states();
    let next = |now: &str| step.next(&state(now), &target("Review", None));
    assert_eq!(next("Triage"), Next::Go);
    assert_eq!(next("Review"), Next::There);
    assert_eq!(next("In Progress"), Next::Left("moved meanwhile"));
    let renamed = Standing { names: vec!["Inbox".to_owned()], ..state("Triage") };
    assert_eq!(step.next(&renamed, &target("Review", None)), Next::Go);
    let over = Standing { over: true, ..state("Done") };
    assert!(
        matches!(step.next(&over, &target("Review", None)), Next::Left(why) if why.contains("closed"))
    );
}

#[test]
fn labels_that_are_half_way_go_on_and_those_of_a_person_stay() {
    let step = of_labels(&["review"]);
    let next = |now: &[&str]| step.next(&standing(now), &label("human"));
    assert_eq!(next(&["review"]), Next::Go);
    assert_eq!(next(&["human", "review"]), Next::Go);
    assert_eq!(next(&["human"]), Next::There);
    assert_eq!(next(&[]), Next::Left("moved meanwhile"));
    let bare = of_labels(&[]);
    let both = bare.next(&standing(&["human", "review"]), &label("human"));
    assert_eq!(both, Next::Left("moved meanwhile"), "the other one is a person's");
}

#[test]
fn what_is_gone_or_became_an_end_is_left() {
    let step = of_states();
    let gone = Target { known: false, ..target("Review", None) };
    assert!(matches!(step.next(&state("Triage"), &gone), Next::Left(_)));
    let end = target("Review", Some("ticket-done"));
    assert!(matches!(step.next(&state("Triage"), &end), Next::Left(_)));
}

#[test]
fn an_end_is_asked_for_with_its_exact_subject_and_nothing_else_is() {
    let closing = Target {
        action: Some("ticket-done".to_owned()),
        request: Some("gh issue close 3".to_owned()),
        ..label("closed")
    };
    let all = moves(standing(&["review"]), [label("review"), label("human"), closing]);
    let step = all.follows(Decision::Stop).unwrap();
    let waiting = step.waiting("org/repo#3").unwrap();
    let wanted = &waiting.wanted;
    assert_eq!((wanted.action.as_str(), wanted.target.as_str()), ("ticket-done", "org/repo#3"));
    assert_eq!(wanted.what, "move org/repo#3 from 'review' to 'closed'\ngh issue close 3");
    assert_eq!(of_labels(&[]).waiting("org/repo#3"), None);
    let over = Standing { over: true, ..standing(&["review"]) };
    assert_eq!(step.next(&over, &step.to), Next::There);
    assert_eq!(step.next(&standing(&["review"]), &step.to), Next::Go);
}
