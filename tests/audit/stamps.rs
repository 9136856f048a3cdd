//! `overdue` and `edited_since_review`: dates, who moved them, and texts.

use super::{commit_by, finding, found, page};
use crate::support::TestRepo;

const PAGE: &str = "wiki/a.md";

#[test]
fn a_review_ends_after_its_interval() {
    let repo = TestRepo::new();
    repo.write(PAGE, page("reviewed: 2026-01-01\nreview_every: 10d\n", "A")).commit("a");
    assert!(found(&repo, "2026-01-11").is_empty());
    let overdue = finding(&repo, "2026-01-12", PAGE, "overdue");
    assert_eq!(overdue["why"], "last reviewed on 2026-01-01, due since 2026-01-11");
    assert_eq!(overdue["owner"][0], "team-a");
}

#[test]
fn who_wrote_a_page_looked_at_it() {
    let repo = TestRepo::new();
    repo.write(PAGE, page("", "A")).write("wiki/index.md", page("", "Home\n\n[A](a.md)"));
    repo.commit("a");
    let young = finding(&repo, "2026-06-30", PAGE, "overdue");
    let overdue = finding(&repo, "2026-07-01", PAGE, "overdue");
    for never in [&young, &overdue] {
        assert_eq!(never["why"], "never reviewed, last changed on 2026-01-01 by Ada Example");
    }
    assert_eq!(
        (young["confidence"].as_u64(), overdue["confidence"].as_u64()),
        (Some(30), Some(60))
    );
    assert_eq!(found(&repo, "2026-07-01").len(), 1, "a front page is kept up by who adds a page");
}

#[test]
fn dates_that_cannot_be_are_said() {
    let repo = TestRepo::new();
    repo.write(PAGE, page("reviewed: 2027-05-01\n", "A")).commit("a");
    let overdue = |day| finding(&repo, day, PAGE, "overdue")["why"].as_str().unwrap().to_owned();
    assert_eq!(overdue("2026-01-02"), "its review is dated 2027-05-01, which is yet to come");
    let later = "its review is dated 2027-05-01, and was written on 2026-01-01 already";
    assert_eq!(overdue("2027-05-03"), later);
    repo.write(PAGE, page("reviewed: 2026-01-01\nstale_after: 2026-01-05\n", "A")).commit("b");
    assert_eq!(overdue("2026-01-06"), "it says itself that it is stale after 2026-01-05");
}

#[test]
fn five_spellings_of_a_date_are_one_date() {
    let spellings = [
        "reviewed: 2020-01-02\n",
        "last_reviewed: '2020-01-02'\n",
        "ms.date: 01/02/2020\n",
        "lastVerified: 2020-01-02T10:00:00Z\n",
        "verified: [{by: human:ada, at: 2020-01-02}]\n",
    ];
    let repo = TestRepo::new();
    for (at, front) in spellings.iter().enumerate() {
        repo.write(format!("wiki/{at}.md"), page(front, &format!("P{at}")));
    }
    let g3doc = "# G\n\n<!--* freshness: { owner: 'team-a' reviewed: '2020-01-02' } *-->\n";
    repo.write("wiki/5.md", g3doc).commit("all");
    for at in 0..6 {
        let overdue = finding(&repo, "2026-01-02", &format!("wiki/{at}.md"), "overdue");
        assert!(overdue["why"].as_str().unwrap().contains("due since 2020-06-30"), "{overdue}");
    }
}

#[test]
fn a_text_that_changed_since_the_date_was_set_is_edited() {
    let repo = TestRepo::new();
    repo.write(PAGE, page("reviewed: 2026-01-01\n", "A\n\nOne.")).commit("a");
    repo.write(PAGE, page("reviewed: 2026-01-01\ntags: [x]\n", "A\n\nOne."));
    repo.commit_at("a tag", "2026-01-03T00:00:00Z");
    assert!(found(&repo, "2026-01-09").is_empty());
    repo.write(PAGE, page("reviewed: 2026-01-01\n", "A\n\nTwo."));
    commit_by(&repo, "Bob", "edit", "2026-01-03T00:00:00Z");
    let edited = finding(&repo, "2026-01-09", PAGE, "edited_since_review");
    let why = edited["why"].as_str().unwrap();
    assert!(why.starts_with("its text changed since the review of 2026-01-01: 2 commits"), "{why}");
    assert!(why.ends_with("by Bob"), "{why}");
    repo.write(PAGE, page("reviewed: 2026-01-04\n", "A\n\nTwo."));
    repo.commit_at("review", "2026-01-04T00:00:00Z");
    assert!(found(&repo, "2026-01-09").is_empty());
}

#[test]
fn dates_that_are_moved_in_bulk_review_nothing() {
    let repo = TestRepo::new();
    let pages = |day: &str, body: &str| {
        for at in 0..12 {
            repo.write(
                format!("wiki/{at}.md"),
                page(&format!("reviewed: {day}\n"), &format!("P{at}\n\n{body}")),
            );
        }
    };
    pages("2026-01-01", "One.");
    repo.commit("pages");
    repo.write("wiki/0.md", page("reviewed: 2026-01-01\n", "P0\n\nTwo."));
    repo.commit_at("edit one", "2026-01-03T00:00:00Z");
    pages("2027-01-01", "One.");
    repo.write("wiki/0.md", page("reviewed: 2027-01-01\n", "P0\n\nTwo."));
    repo.commit_at("bump every date", "2027-01-01T00:00:00Z");
    let edited = finding(&repo, "2027-01-02", "wiki/0.md", "edited_since_review");
    assert!(edited["why"].as_str().unwrap().contains("the review of 2026-01-01"), "{edited}");
    let overdue = finding(&repo, "2027-01-02", "wiki/1.md", "overdue");
    let why = overdue["why"].as_str().unwrap();
    assert!(why.contains("the date 2027-01-01 was set on 12 pages at once"), "{why}");
    // One of them, looked at by somebody.
    repo.write("wiki/1.md", page("reviewed: 2027-01-02\n", "P1\n\nOne."));
    repo.commit_at("review one", "2027-01-02T00:00:00Z");
    assert!(!found(&repo, "2027-01-02").contains(&"wiki/1.md overdue".to_owned()));
}

#[test]
fn a_page_that_moved_and_changed_keeps_its_review() {
    let repo = TestRepo::new();
    repo.write("src/a.rs", "1\n");
    repo.write(PAGE, page("sources: [src/**]\nreviewed: 2026-01-01\n", "A\n\nOne.")).commit("a");
    repo.write("src/a.rs", "2\n").commit_at("drift", "2026-01-03T00:00:00Z");
    repo.remove(PAGE);
    repo.write("wiki/new/a.md", page("sources: [src/**]\nreviewed: 2026-01-01\n", "A\n\nTwo."));
    repo.commit("move and edit");
    let both = ["wiki/new/a.md drifted", "wiki/new/a.md edited_since_review"];
    assert_eq!(found(&repo, "2026-01-09"), both);
}

#[test]
fn a_stamp_beside_the_page_counts() {
    let repo = TestRepo::new();
    repo.write(
        "adr/0001-x.md",
        "# 1. X\n\nDate: 2025-01-01\n\n## Status\n\nAccepted\n\n## Decision\n\nX.\n",
    );
    repo.write("CODEOWNERS", "* @team-a\n");
    repo.write(".prode/reviews.yaml", "adr/0001-x.md: {by: human:ada, at: 2024-01-01}\n")
        .commit("a");
    let overdue = finding(&repo, "2026-01-09", "adr/0001-x.md", "overdue");
    let why = overdue["why"].as_str().unwrap();
    assert!(why.starts_with("last reviewed on 2024-01-01 by human:ada"), "{why}");
}

#[test]
fn a_date_means_its_whole_day() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", page("reviewed: 2026-01-02\n", "A\n\nOne."));
    repo.commit_at("review", "2026-01-02T09:00:00Z");
    repo.write("wiki/a.md", page("reviewed: 2026-01-02\n", "A\n\nOne, mended."));
    repo.commit_at("mend what was found", "2026-01-02T15:00:00Z");
    assert!(found(&repo, "2026-01-09").is_empty());
    repo.write("wiki/a.md", page("reviewed: 2026-01-02\n", "A\n\nTwo."));
    repo.commit_at("the next day", "2026-01-03T00:00:00Z");
    let edited = finding(&repo, "2026-01-09", "wiki/a.md", "edited_since_review");
    assert!(edited["why"].as_str().unwrap().contains("1 commit, the last on 2026-01-03"));
}
