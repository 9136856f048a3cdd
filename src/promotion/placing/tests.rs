use proptest::prelude::*;

use super::*;

const PAGE: &str = "---\nowner: a\n---\n# Queue\n\nLead.\n\n## Causes\n\nOne.\n\n### Deep\n\nTwo.\n\n## Rollback\n\nNone.\n";

fn path() -> RepoPath {
    RepoPath::from_git("wiki/queue.md")
}

fn put(page: &str, anchor: &str, action: Action, words: &str) -> String {
    let anchor = Some(anchor).filter(|it| !it.is_empty());
    match placed(&path(), page, anchor, action, words).unwrap() {
        Placed::Changed(after) => after,
        Placed::Said => "said".to_owned(),
    }
}

fn refused(page: &str, anchor: Option<&str>, words: &str) -> String {
    placed(&path(), page, anchor, Action::Append, words).unwrap_err().to_string()
}

#[test]
fn words_go_to_the_end_of_the_section_those_below_it_included() {
    let after = put(PAGE, "causes", Action::Append, "# More\n\nThree.");
    assert!(
        after.contains("Two.\n\n### More\n\nThree.\n\n## Rollback\n"),
        "headings go below: {after}"
    );
    assert!(put(PAGE, "deep", Action::Append, "x").contains("Two.\n\nx\n\n## Rollback"));
    assert!(put(PAGE, "", Action::Append, "x").ends_with("None.\n\nx\n"));
}

#[test]
fn words_take_the_place_of_the_section_and_its_heading_stays() {
    let after = put(PAGE, "causes", Action::Replace, "Other.");
    assert!(after.contains("## Causes\n\nOther.\n\n## Rollback"), "{after}");
    assert!(!after.contains("Deep"));
    let after = put(PAGE, "", Action::Replace, "All.");
    assert_eq!(after, "---\nowner: a\n---\n# Queue\n\nAll.\n");
}

#[test]
fn a_contradiction_is_read_before_the_section() {
    let note = contradiction("L-1", &["R-7"], "It was\n\nnot so.");
    let after = put(PAGE, "causes", Action::Contradict, &note);
    let wanted = "## Causes\n\n> **Contradicted** (L-1, R-7):\n>\n> It was\n>\n> not so.\n\nOne.";
    assert!(after.contains(wanted), "{after}");
    assert_eq!(put(&after, "causes", Action::Contradict, &note), "said");
}

#[test]
fn a_page_that_says_it_is_left_alone() {
    for action in [Action::Append, Action::Replace] {
        let after = put(PAGE, "causes", action, "Words.\n\n- a\n- b");
        assert_eq!(put(&after, "causes", action, "Words.  \r\n\r\n\r\n- a\n- b\n"), "said");
    }
    assert_ne!(put(PAGE, "causes", Action::Append, "On"), "said", "half a line is not it");
}

#[test]
fn line_ends_marks_and_the_end_of_the_file_stay_as_they_are() {
    let page = "\u{feff}# Q\r\n\r\n## Causes\r\nOne.\r\n## End\r\nx";
    let after = put(page, "causes", Action::Append, "a\nb");
    assert_eq!(after, "\u{feff}# Q\r\n\r\n## Causes\r\nOne.\r\n\r\na\r\nb\r\n\r\n## End\r\nx");
    assert_eq!(put(page, "end", Action::Append, "y"), format!("{page}\r\n\r\ny"));
    assert_eq!(put("", "", Action::Append, "y"), "y\n");
    assert_eq!(put("# Q", "q", Action::Append, "y"), "# Q\n\ny");
}

#[test]
fn a_list_goes_on_without_a_gap() {
    let page = "# Q\n\n## Causes\n\n- a\n- b\n\n## End\n";
    assert!(put(page, "causes", Action::Append, "- c").contains("- b\n- c\n\n## End"));
    assert!(put(page, "causes", Action::Append, "* c").contains("- b\n\n* c\n\n## End"));
}

#[test]
fn marks_in_code_are_no_headings_and_underlined_ones_are() {
    let page =
        "Queue\n=====\n\nCauses\n------\n\n```sh\n## Rollback\n```\n\nRollback\n--------\n\nx\n";
    let after = put(page, "causes", Action::Append, "y");
    assert!(after.contains("```\n\ny\n\nRollback\n---"), "{after}");
    assert!(put(page, "causes", Action::Replace, "y").contains("Causes\n------\n\ny\n\nRollback"));
}

#[test]
fn what_is_open_is_refused() {
    let open = "# Q\n\n## Causes\n\n```sh\nls\n";
    assert!(refused(open, Some("causes"), "x").contains("a block of code"));
    assert!(refused(PAGE, Some("causes"), "```\nls").contains("a block of code"));
    assert!(refused(PAGE, Some("causes"), "<!-- no end").contains("would reach over its end"));
    assert!(refused(PAGE, Some("causes"), "<script>\nlet a;").contains("would reach over"));
    assert!(refused(PAGE, Some("cause"), "x").contains("has no section 'cause' any more"));
}

proptest! {
    #[test]
    fn everything_outside_the_place_stays(
        before in "(# a\n|## b\r\n|```\n|- x\n|\n|text\n|t\r\n){0,6}",
        inside in "(### c\n|```\n|- x\n|\n|text\n|t\r\n){0,6}",
        after in "(|# a\n|## b\n)(```\n|- x\n|\n|text\r\n|é){0,6}",
        words in "(# w\n|- x\n|\n|```\nls\n```\n|wörds\n){1,5}",
    ) {
        let page = format!("{before}\n## Here\n{inside}{after}");
        for action in [Action::Append, Action::Replace, Action::Contradict] {
            let Ok(Placed::Changed(now)) = placed(&path(), &page, Some("here"), action, &words)
            else { continue };
            let place = extent(&path(), &page, Some("here")).unwrap();
            let start = if action == Action::Append { place.end } else { place.text };
            let end = if action == Action::Contradict { place.text } else { place.end };
            prop_assert!(now.starts_with(&page[..start]));
            prop_assert!(now.ends_with(&page[end..]));
            prop_assert!(now.len() >= start + page.len() - end);
        }
    }
}
