//! What becomes of a learning's words on a new page.

use super::*;

const PATTERN: &str = "---\ntemplate: pattern\nsections:\n\
    \x20 - {heading: Signals, required: true}\n\
    \x20 - {heading: How it is confirmed, aliases: [Proof], required: true}\n\
    \x20 - {heading: What to do, required: true}\n---\n";

const PAGE: &str = "---\nkind: pattern\n---\n\n# Slow\n\nWhen it is one.\n\n## Signals\n\nWhat is seen.\n\n\
    ## How it is confirmed\n\nThe query.\n\n## What to do\n\n### First\n\n1. The first step.\n";

fn evidence() -> Vec<Evidence> {
    let (source, reference) = ("aws".to_owned(), "alarm/`a`".to_owned());
    vec![Evidence { source, reference, at: Some("2026-11-03".to_owned()), digest: None }]
}

fn made(words: &str, evidence: &[Evidence]) -> Filled {
    let (template, _) = Template::read("pattern", PATTERN);
    let path = RepoPath::from_git("wiki/a.md");
    filled(&path, PAGE, &template, (words, evidence)).unwrap()
}

#[test]
fn each_part_stands_in_its_section_and_the_rest_at_the_end() {
    let words = "It lags.\n\n## Fix\n\nRestart.\n\n## Cost\n\nMuch.\n\n## Symptoms\n\nA queue.\n\n\
        ### Age\n\nOld.\n\n## Where it should go\n\nThere.";
    let Filled { page, left } = made(words, &[]);
    assert_eq!(
        page,
        "---\nkind: pattern\n---\n\n# Slow\n\nIt lags.\n\n## Signals\n\nA queue.\n\n### Age\n\nOld.\n\n\
         ## How it is confirmed\n\nThe query.\n\n## What to do\n\nRestart.\n\n### First\n\n\
         1. The first step.\n\n## Cost\n\nMuch.\n"
    );
    assert_eq!(left, ["How it is confirmed", "First"]);
}

#[test]
fn two_parts_of_one_section_stand_below_each_other() {
    let words = "# Signals\n\nOne.\n\n# What would have routed faster\n\nTwo.";
    let page = made(words, &[]).page;
    assert!(
        page.contains("## Signals\n\nOne.\n\n### What would have routed faster\n\nTwo.\n\n## How"),
        "{page}"
    );
}

#[test]
fn evidence_is_listed_where_it_is_confirmed_beside_the_words_there() {
    let Filled { page, left } = made("## Proof\n\nCount it.", &evidence());
    let listed = "- `aws` `` alarm/`a` `` at `2026-11-03`";
    assert!(
        page.contains(&format!("## How it is confirmed\n\nCount it.\n\n{listed}\n\n")),
        "{page}"
    );
    assert_eq!(left, ["Signals", "First"]);
    let Filled { page, left } = made("It lags.", &evidence());
    assert!(page.contains(&format!("The query.\n\n{listed}\n\n## What")), "{page}");
    assert_eq!(left, ["Signals", "How it is confirmed", "First"]);
}

#[test]
fn the_first_words_are_the_summary_where_one_is_asked_for() {
    let (template, _) = Template::read("postmortem", "");
    let path = RepoPath::from_git("wiki/a.md");
    let page = "# It stood\n\n## Summary\n\nThree sentences.\n\n## Impact\n\nWho.\n";
    let words = "It stood.\n\n## Verification\n\nCount.";
    let made = filled(&path, page, &template, (words, &evidence())).unwrap();
    assert_eq!(
        made.page,
        "# It stood\n\n## Summary\n\nIt stood.\n\n## Impact\n\nWho.\n\n## Verification\n\nCount.\n\n\
         - `aws` `` alarm/`a` `` at `2026-11-03`\n"
    );
    assert_eq!(made.left, ["Impact"]);
}

#[test]
fn a_learning_that_says_nothing_more_leaves_the_page_as_it_is() {
    assert_eq!(made("", &[]).page, PAGE);
}

#[test]
fn what_is_left_open_would_swallow_the_page_and_is_refused() {
    let (template, _) = Template::read("pattern", PATTERN);
    let path = RepoPath::from_git("wiki/a.md");
    let told = filled(&path, PAGE, &template, ("## Signals\n\n```\nno end", &[]));
    assert!(matches!(told, Err(PromotionError::Open { .. })), "{told:?}");
}

#[test]
fn a_page_has_the_words_heading_or_its_name_as_title() {
    assert_eq!(parted("# A b\n\ntext"), (Some("A b".to_owned()), "text"));
    assert_eq!(parted("text\n\n# A"), (None, "text\n\n# A"));
    assert_eq!(parted("## A\n\nx\n\n## B\n\ny"), (None, "## A\n\nx\n\n## B\n\ny"));
    assert_eq!(title_of(&RepoPath::from_git("wiki/patterns/slow-queue.md")), "Slow queue");
}

#[test]
fn services_are_known_by_their_whole_names() {
    let known = ["billing", "billing-worker", "db"].map(str::to_owned).into();
    assert_eq!(services_in("The Billing-Worker of db.", &known), ["billing-worker"]);
    assert_eq!(services_in("billing.", &known), ["billing"]);
}

proptest::proptest! {
    #[test]
    fn no_words_of_the_learning_are_lost(
        parts in proptest::collection::vec(("[a-z]{3,8}( [a-z]{3,8})?", "[a-z]{3,9}"), 0..6),
        intro in "[a-z]{0,9}",
    ) {
        let told = parts.iter().map(|(head, words)| format!("## {head}\n\n{words}"));
        let words: Vec<String> = std::iter::once(intro.clone()).chain(told).collect();
        let page = made(&words.join("\n\n"), &evidence()).page;
        for words in parts.iter().map(|(_, words)| words).chain([&intro]) {
            proptest::prop_assert!(page.contains(words.as_str()), "{} in {}", words, page);
        }
        for heading in ["# Slow", "## Signals", "## How it is confirmed", "## What to do"] {
            proptest::prop_assert!(page.contains(heading), "{}", page);
        }
    }
}
