//! What the pull request of a run says to its reviewer.

use prode::triage::delivery::{Change, Maker, Pull, Review, Verification, pull};
use prode::triage::mode::Mode;

use super::super::gate::case::{Case, wanted};
use super::papers::{Attempt, change, review, verification};
use super::script::{RUN, Script};
use super::story::Story;

struct Papers {
    story: Story,
    change: Change,
    verification: Verification,
    review: Review,
    sops: Vec<(String, Vec<String>)>,
}

fn papers(case: Case) -> Papers {
    let change = change(1, Attempt::Holds);
    Papers {
        story: Story::told(case, Script::of(Mode::DryRun)),
        verification: verification(&change, Attempt::Holds),
        review: review(Attempt::Holds),
        sops: Vec::new(),
        change,
    }
}

impl Papers {
    fn pull(&self) -> (String, String) {
        let bundle = self.story.bundle();
        pull(&Pull {
            run: RUN,
            bundle: &bundle,
            digest: "sha256:1",
            change: &self.change,
            verification: &self.verification,
            review: &self.review,
            sops: &self.sops,
        })
    }

    /// The words below a heading.
    fn section(&self, heading: &str) -> String {
        let text = format!("\n{}", self.pull().1);
        let (_, below) = text.split_once(&format!("\n## {heading}\n\n")).expect(heading);
        below.split("\n## ").next().unwrap().to_owned()
    }
}

#[test]
fn a_pull_request_says_what_why_and_how_it_was_proven() {
    let papers = papers(Case::sufficient());
    let (title, text) = papers.pull();
    assert_eq!(title, "Hold ten connections");
    let headings: Vec<&str> = text.lines().filter(|it| it.starts_with('#')).collect();
    let expected = [
        "Summary",
        "Evidence",
        "How it was verified",
        "Review focus",
        "Rollback",
        "Monitoring",
        "Rebuild",
    ];
    assert_eq!(headings, expected.map(|it| format!("## {it}")));
    assert_eq!(
        papers.section("Summary"),
        "The pool was too small.\n\nIt holds ten now.\n\nFor ENG-1423: Checkout answers 500. \
         Made by `coder`.\n\n| File | Lines |\n|---|---|\n| `src/pay.rs` | +2 -1 |\n"
    );
    let cite = "wiki/checkout.md#checkout@0123456789012345678901234567890123456789";
    assert_eq!(
        papers.section("Evidence"),
        format!(
            "app-regression, confidence 90 %.\n\n| Claim | Seen by | Worth |\n|---|---|---|\n\
             | aws:cloudwatch says it | aws:cloudwatch | 90 % |\n\
             | sentry says it | sentry | 90 % |\n\n\
             Routed by `{cite}`: routing memory, not evidence.\n"
        )
    );
    assert_eq!(
        papers.section("How it was verified"),
        "| Command | On | Result |\n|---|---|---|\n| `make test` | the base | passes |\n\
         | `make test` | the base with the new test | fails |\n\
         | `make test` | this change | passes |\n\n\
         The new test, `tests/pay.rs`, fails without the change.\n"
    );
    let focus = papers.section("Review focus");
    assert!(focus.starts_with("Looked at by `reader`:\n\n- [ ] apis-exist: apis-exist: looked\n"));
    assert_eq!(focus.matches("- [x] ").count(), 5, "{focus}");
    assert_eq!(papers.section("Rollback"), "Revert it.\n");
    assert_eq!(papers.section("Monitoring"), "Errors of checkout.\n");
    let rebuild = papers.section("Rebuild");
    assert!(rebuild.starts_with(&format!("Bundle `sha256:1` of run `{RUN}`.\n")), "{rebuild}");
    assert!(rebuild.contains(&format!("prode triage verify {RUN}\n")), "{rebuild}");
}

#[test]
fn a_pull_request_says_who_made_it_what_is_not_tested_and_what_waits() {
    let mut case = Case::sufficient();
    case.output("sentry").requests.push(wanted());
    case.memory.clear();
    let mut papers = papers(case);
    papers.change.by = Maker::Hand;
    papers.change.tests.clear();
    papers.change.untestable = Some("it is\na comment".to_owned());
    papers.sops.push(("sop/pay.md@1".to_owned(), vec!["ask @owner".to_owned(), "look".to_owned()]));
    papers.sops.push(("sop/bare.md@1".to_owned(), Vec::new()));
    assert!(papers.section("Summary").contains("Made by a person, by hand."));
    let evidence = papers.section("Evidence");
    let waits = format!("Not part of this: `{RUN}:data-correction:1` waits for an approval");
    assert!(evidence.contains(&waits) && !evidence.contains("Routed by"), "{evidence}");
    assert!(papers.section("How it was verified").ends_with("\nNo test: it is a comment\n"));
    assert_eq!(
        papers.section("SOP"),
        "`sop/pay.md@1`\n\n- [ ] ask `@owner`\n- [ ] look\n\n`sop/bare.md@1`\n"
    );
}
