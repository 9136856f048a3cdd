//! One page in two memories is shown once.

use serde_json::{Value, json};

use super::{answer, name, places};
use crate::support::TestRepo;

const PAGE: &str =
    "# Drain a node\n\n## Confirm\n\nThe kubelet is gone.\n\n## Drain\n\nCordon it.\n";

fn with(files: &[(&str, &str)]) -> TestRepo {
    let repo = TestRepo::new();
    for (path, text) in files {
        repo.write(path, text);
    }
    repo.commit("pages");
    repo
}

#[test]
fn a_copy_stands_as_the_nearer_memory_has_it_and_says_where_else() {
    let own = with(&[("wiki/zz/drain.md", PAGE), ("wiki/lunch.md", "# Lunch\n\nAt noon.\n")]);
    // The folder's name matches the question, so that the copy scores higher.
    let near = with(&[("wiki/kubelet/drain.md", PAGE)]);
    let far =
        with(&[("wiki/drain.md", PAGE), ("wiki/other.md", "# Tea\n\nTea for another kubelet.\n")]);
    name(&own, &[("near", &near), ("far", &far)]);
    let commit = |repo: &TestRepo| repo.git(&["rev-parse", "HEAD"]);
    let found = answer(&own, &["query", "kubelet is gone"]);
    assert_eq!(places(&found, "hits"), ["wiki/zz/drain.md", "far:wiki/other.md"]);
    let also = &found["hits"][0]["also"];
    assert_eq!(
        also,
        &json!([
            format!("near:wiki/kubelet/drain.md#confirm@{}", commit(&near)),
            format!("far:wiki/drain.md#confirm@{}", commit(&far)),
        ])
    );
    assert!(found["hits"][1].get("also").is_none());
    own.prode(&["query", "kubelet is gone"]).ok().says("also near:wiki/kubelet/drain.md#confirm");
    // Where only one fits into the answer, a copy that ranks behind it is seen all the same.
    let one = answer(&own, &["query", "kubelet is gone", "-n", "1"]);
    assert_eq!(places(&one, "hits"), ["wiki/zz/drain.md"]);
    assert_eq!(&one["hits"][0]["also"], also);
    // Of two others, the one that is named first is nearer.
    name(&own, &[("far", &far), ("near", &near)]);
    own.remove("wiki/zz/drain.md").commit("gone");
    let found = answer(&own, &["query", "kubelet is gone", "-n", "1"]);
    assert_eq!(places(&found, "hits"), ["far:wiki/drain.md"]);
    assert_eq!(found["hits"][0]["also"].as_array().unwrap().len(), 1);
}

#[test]
fn a_context_holds_a_copy_once() {
    let (own, other) = (with(&[("wiki/drain.md", PAGE)]), with(&[("wiki/drain.md", PAGE)]));
    name(&own, &[("other", &other)]);
    let routed = answer(&own, &["route", "Drain a node: the kubelet is gone"]);
    assert_eq!(places(&routed, "pages"), ["wiki/drain.md"]);
    let items = routed["context"]["items"].as_array().unwrap();
    assert!(!items.is_empty());
    assert!(
        items.iter().all(|item| item["cite"].as_str().unwrap().starts_with("wiki/")),
        "{items:?}"
    );
    assert_eq!(routed["pages"][0]["also"].as_array().unwrap().len(), 1);
}

#[test]
fn two_pages_of_one_memory_are_two_whatever_they_hold() {
    let own = with(&[("wiki/a.md", PAGE), ("wiki/b.md", PAGE)]);
    let other = with(&[("wiki/c.md", "# Tea\n\nTea.\n")]);
    name(&own, &[("other", &other)]);
    let found = answer(&own, &["query", "kubelet"]);
    assert_eq!(places(&found, "hits"), ["wiki/a.md", "wiki/b.md"]);
}

#[test]
fn a_copy_that_filters_do_not_leave_is_none() {
    let own = with(&[("wiki/drain.md", PAGE), ("CODEOWNERS", "* @org/a\n")]);
    let other = with(&[("wiki/drain.md", PAGE), ("CODEOWNERS", "* @org/b\n")]);
    name(&own, &[("other", &other)]);
    let found = answer(&own, &["query", "kubelet", "--owner", "@org/b"]);
    assert_eq!(places(&found, "hits"), ["other:wiki/drain.md"]);
    assert_eq!(found["hits"][0].get("also"), None::<&Value>);
}
