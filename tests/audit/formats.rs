//! What the report looks like, and that it is the same everywhere.

use super::{commit_by, page};
use crate::support::TestRepo;

/// A memory with a few things to settle.
fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("src/a.rs", "one\n").write("src/old.rs", "x\n");
    let front = "kind: runbook\nsources: [src/**]\nreviewed: {by: human:ada, at: 2026-01-01}\n";
    repo.write("wiki/queue.md", page(front, "Queue"));
    let alone = "---\nreviewed: 2026-01-01\n---\n# Alone | <b>\n\n[gone](no_where.md)\n";
    repo.write("wiki/b.md", alone);
    repo.write("prode.yaml", "audit: {cap: 1}\n").commit("pages");
    repo.write("src/a.rs", "one\ntwo\nthree\n").rename("src/old.rs", "src/new.rs");
    commit_by(&repo, "Bob", "change", "2026-01-02T00:00:00Z");
    repo
}

const DAY: [&str; 3] = ["audit", "--as-of", "2026-03-31"];

/// Commits' and findings' ids follow from everything else.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\b[0-9a-f]{12}\b", "[commit]");
    settings.add_filter(r"\b[0-9a-f]{7}\b", "[id]");
    settings
}

#[test]
fn the_text_names_both_commits_and_groups_by_owner() {
    let repo = memory();
    let text = repo.prode(&DAY).ok();
    settings().bind(|| {
        insta::assert_snapshot!(text.stdout(), @r"
    Audit 2026Q1 as of 2026-03-31
    main as of 2026-03-31 at [commit], no inbox

    team-a  1 finding
       60  wiki/queue.md  drifted  A-bb0fda23
           3 files it describes changed (1 moved) since the review of 2026-01-01, by Bob
             src/a.rs    +2 -0                [id]
             src/new.rs  new, +1              [id]
             src/old.rs  moved to src/new.rs  [id]
           prode review wiki/queue.md

    nobody  2 findings, the first 1 shown
       45  wiki/b.md  broken  A-f2d78bf4
           no file is at 'wiki/no_where.md'
           prode lint wiki/b.md --rule link-broken

    3 findings on 2 pages: 1 broken, 1 drifted, 1 unowned
    not looked at: unverified_review: the trunk lists no keys in .prode/allowed_signers, so reviews count as claimed
    a false alarm: prode dismiss A-bb0fda23 --why WHY
    every finding: prode audit --all
    ");
    });
}

#[test]
fn the_markdown_is_a_list_of_tasks() {
    let repo = memory();
    let text = repo.prode(&[&DAY[..], &["--format", "md", "--all"]].concat()).ok();
    settings().bind(|| {
        insta::assert_snapshot!(text.stdout(), @r"
    # Audit 2026Q1 as of 2026-03-31

    main as of 2026-03-31 at `[commit]`, no inbox. 3 findings on 2 pages.

    ## team-a: 1 finding

    - [ ] **60** `wiki/queue.md` **drifted**: 3 files it describes changed (1 moved) since the review of 2026-01-01, by Bob; `prode review wiki/queue.md` (A-bb0fda23)
      - `src/a.rs` +2 -0 [id]
      - `src/new.rs` +1 -0 [id]
      - `src/old.rs` +0 -0 [id]

    ## nobody: 2 findings

    - [ ] **45** `wiki/b.md` **broken**: no file is at 'wiki/no\_where.md'; `prode lint wiki/b.md --rule link-broken` (A-f2d78bf4)
    - [ ] **30** `wiki/b.md` **unowned**: nobody owns it; `prode lint --rule owner-missing --all` (A-71b92edd)

    Not looked at: unverified\_review: the trunk lists no keys in .prode/allowed\_signers, so reviews count as claimed.
    ");
    });
}

#[test]
fn the_table_has_one_row_for_each_finding() {
    let repo = memory();
    let text = repo.prode(&[&DAY[..], &["--format", "csv"]].concat()).ok();
    settings().bind(|| {
        insta::assert_snapshot!(text.stdout().replace('\r', ""), @r#"
    id,risk,signal,path,title,kind,owner,why,files,added,removed,commits,settle,confidence
    A-bb0fda23,60,drifted,wiki/queue.md,Queue,runbook,team-a,"3 files it describes changed (1 moved) since the review of 2026-01-01, by Bob",3,3,0,1,prode review wiki/queue.md,90
    A-f2d78bf4,45,broken,wiki/b.md,Alone |,guide,,no file is at 'wiki/no_where.md',0,0,0,0,prode lint wiki/b.md --rule link-broken,100
    A-71b92edd,30,unowned,wiki/b.md,Alone |,guide,,nobody owns it,0,0,0,0,prode lint --rule owner-missing --all,100
    "#);
    });
}

#[test]
fn two_clones_and_two_runs_give_the_same_bytes() {
    let repo = memory();
    let clone = repo.clone_to(&[]);
    for format in ["text", "json", "md", "csv", "html"] {
        let args = [&DAY[..], &["--trend", "2", "--format", format]].concat();
        let first = repo.prode(&args).ok().stdout().to_owned();
        assert_eq!(first, repo.prode(&args).ok().stdout(), "{format}");
        assert_eq!(first, clone.prode(&args).ok().stdout(), "{format}");
    }
}

#[test]
fn weights_are_settings() {
    let repo = memory();
    let risk = |args: &[&str]| {
        let answer = repo.prode(&[&DAY[..], &["--json"], args].concat()).ok().json();
        answer["findings"][0]["points"]["signal"].as_u64().unwrap()
    };
    assert!(risk(&[]) > 0);
    let args: Vec<String> = prode::audit::SIGNALS
        .iter()
        .map(|it| format!("--config=audit.weights.{}=0", it.name))
        .collect();
    assert_eq!(risk(&args.iter().map(String::as_str).collect::<Vec<_>>()), 0);
}

#[test]
fn nothing_is_written_where_it_is_read() {
    let repo = memory();
    let before = repo.snapshot();
    repo.prode(&[&DAY[..], &["--trend", "4"]].concat()).ok();
    assert_eq!(before, repo.snapshot());
}

#[test]
fn the_page_of_a_change_counts_its_pages_and_draws_no_freshness() {
    let repo = memory();
    let run = repo.prode(&["audit", "--against", "HEAD~1", "--format", "html"]).ok();
    let html = run.stdout();
    assert!(html.contains("1 finding on 1 of 2 pages."), "{html}");
    assert_eq!(html.matches("<svg").count(), 1, "where the change is");
}

#[test]
fn an_owner_whom_no_page_names_is_said() {
    let repo = memory();
    let run = repo.prode(&["audit", "--as-of", "2026-03-31", "--owner", "team-aa"]).ok();
    assert!(run.stderr().contains("no page is owned by team-aa"), "{}", run.stderr());
    let run = repo.prode(&["audit", "--as-of", "2026-03-31", "--owner", "team-a"]).ok();
    assert!(!run.stderr().contains("no page is owned"), "{}", run.stderr());
}

/// Nothing that an audit takes makes it look at files on disk.
#[test]
fn what_is_not_committed_is_said_with_what_helps() {
    let repo = memory();
    repo.write("wiki/new.md", "# New\n\nNobody committed it.\n");
    let run = repo.prode(&["audit"]).ok();
    run.warns("1 page changed in your work tree is not looked at: an audit reads commits");
}
