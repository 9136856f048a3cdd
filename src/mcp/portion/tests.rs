use proptest::prelude::*;
use serde_json::json;

use super::*;

const SLOTS: &[Slot] = &[Slot::List("/hits"), Slot::Text("/body"), Slot::List("/more/items")];

fn answer(hits: &[String], body: &str, items: &[String]) -> Value {
    json!({"schema": "x", "hits": hits, "body": body, "more": {"items": items}})
}

/// All parts, joined.
fn joined(answer: &Value, tokens: usize) -> (Value, Vec<usize>) {
    let (mut hits, mut body, mut items) = (Vec::new(), String::new(), Vec::new());
    let (mut offset, mut sizes) = (0, Vec::new());
    loop {
        let part = portion(answer.clone(), SLOTS, offset, tokens);
        let list =
            |pointer| part.answer.pointer(pointer).and_then(Value::as_array).unwrap().clone();
        hits.extend(list("/hits"));
        body.push_str(part.answer["body"].as_str().unwrap());
        items.extend(list("/more/items"));
        sizes.push(part.answer.to_string().len());
        let Some(next) = part.next else { break };
        assert!(next > offset, "a cursor leads on");
        offset = next;
    }
    (json!({"schema": "x", "hits": hits, "body": body, "more": {"items": items}}), sizes)
}

proptest! {
    #[test]
    fn the_parts_put_together_are_the_answer(
        hits in prop::collection::vec(".{0,80}", 0..12),
        body in "(.{0,60}\n){0,20}",
        items in prop::collection::vec(".{0,80}", 0..12),
        tokens in 1_usize..400,
    ) {
        let whole = answer(&hits, &body, &items);
        prop_assert_eq!(joined(&whole, tokens).0, whole);
    }
}

#[test]
fn a_part_stays_within_its_tokens() {
    let hits: Vec<_> = (0..60).map(|n| format!("hit number {n} \"quoted\"")).collect();
    let body = "a line of the \"page\"\twith a tab\n".repeat(100);
    let whole = answer(&hits, &body, &hits);
    let (all, sizes) = joined(&whole, 200);
    assert_eq!(all, whole);
    assert!(sizes.len() > 5);
    assert!(sizes.iter().all(|&size| size <= 800), "{sizes:?}");
}

#[test]
fn what_comes_later_is_counted() {
    let hits: Vec<_> = (0..50).map(|n| format!("hit {n}")).collect();
    let part = portion(answer(&hits, "twelve bytes", &[]), SLOTS, 0, 100);
    let given = part.answer["hits"].as_array().unwrap().len();
    assert!(given > 0 && given < 50);
    assert_eq!(part.omitted["hits"], 50 - given);
    assert_eq!(part.omitted["body bytes"], 12);
    assert_eq!(part.omitted.len(), 2);
}

#[test]
fn an_item_larger_than_the_room_comes_alone() {
    let hits = ["x".repeat(5_000), "y".to_owned()];
    let part = portion(answer(&hits, "", &[]), SLOTS, 0, 200);
    assert_eq!(part.answer["hits"].as_array().unwrap().len(), 1);
    assert_eq!(part.next, Some(1));
}

#[test]
fn long_lines_are_cut_between_characters() {
    let body = "\u{1f600}".repeat(1_000);
    let whole = answer(&[], &body, &[]);
    assert_eq!(joined(&whole, 100).0, whole);
}

#[test]
fn an_answer_without_a_slot_is_given_whole() {
    let part = portion(json!({"schema": "x"}), SLOTS, 0, 200);
    assert_eq!(part.answer, json!({"schema": "x"}));
    assert_eq!(part.next, None);
}
