//! The team's own template of a pull request: it stands first, does nothing, and stays
//! people's.

use std::fs;

use serde_json::{Value, json};

use super::{Desk, MENDING, reply};
use crate::support::forge::{Fault, Kind, State, Step};

const TEMPLATE: &str = "<!-- Fill in everything. -->\r\n## What\r\n\r\n- [ ] I ran the tests\r\n";

/// Where each forge looks; the case of a name does not count.
fn place(kind: Kind) -> &'static str {
    match kind {
        Kind::GitHub => ".github/PULL_REQUEST_TEMPLATE.md",
        Kind::GitLab => ".gitlab/merge_request_templates/Default.md",
        _ => kind.row().template,
    }
}

/// A desk with files on its trunk, and the description that came of it.
fn proposed(kind: Kind, files: &[(&str, &str)]) -> (Desk, Value, String) {
    let desk = Desk::new(kind);
    for (path, text) in files {
        desk.repo.write(path, text);
    }
    desk.repo.commit("templates");
    let run = desk.run(&desk.ticket().0);
    assert_eq!(run["phase"], "await-merge", "{run}");
    let body = desk.there.world().pulls[0].body.clone();
    (desk, run, body)
}

#[test]
fn a_pull_request_begins_with_the_team_s_own_template() {
    for kind in Kind::ALL {
        let (desk, run, body) = proposed(kind, &[(place(kind), TEMPLATE)]);
        let begin = format!("<!-- prode: {} -->", run["run"].as_str().unwrap());
        let (before, ours) = body.split_once(&begin).expect("our part is marked");
        assert_eq!(before, "<!-- Fill in everything. -->\n## What\n\n- [ ] I ran the tests\n\n");
        for part in ["## Summary", "## Evidence", "## Rollback", "## Monitoring", "## Rebuild"] {
            assert!(ours.contains(part), "{part} in {ours}");
        }
        assert!(ours.trim_end().ends_with("-->") && ours.contains("<!-- prode: end "), "{ours}");
        desk.is_sound(&run);
    }
}

#[test]
fn the_first_place_that_the_forge_looks_at_counts_and_links_are_not_followed() {
    let other = "other words";
    for (kind, files, wanted) in [
        (
            Kind::GitHub,
            &[
                (".github/pull_request_template.md", "one"),
                ("docs/pull_request_template.md", other),
            ][..],
            Some("one"),
        ),
        (
            Kind::GitHub,
            &[("pull_request_template.txt", "one"), ("docs/pull_request_template.md", other)],
            Some("one"),
        ),
        (Kind::GitHub, &[(".gitlab/merge_request_templates/Default.md", other)], None),
        (Kind::GitHub, &[(".github/PULL_REQUEST_TEMPLATE/one.md", other)], None),
        (Kind::GitLab, &[(".gitlab/merge_request_templates/Other.md", other)], None),
        (
            Kind::Gitea,
            &[("PULL_REQUEST_TEMPLATE.md", "one"), (".github/pull_request_template.md", other)],
            Some("one"),
        ),
        (Kind::Gitea, &[(".github/pull_request_template.md", "   \n")], None),
    ] {
        let (_, _, body) = proposed(kind, files);
        match wanted {
            Some(words) => assert!(body.starts_with(&format!("{words}\n\n<!-- prode: ")), "{body}"),
            None => assert!(body.starts_with("<!-- prode: "), "{body}"),
        }
    }
    let desk = Desk::new(Kind::GitHub);
    fs::create_dir_all(desk.repo.path().join(".github")).unwrap();
    let link = desk.repo.path().join(".github/pull_request_template.md");
    std::os::unix::fs::symlink("/etc/hostname", link).unwrap();
    desk.repo.commit("a link");
    desk.run(&desk.ticket().0);
    assert!(desk.there.world().pulls[0].body.starts_with("<!-- prode: "));
}

/// Whatever is in the template, no secret leaves, nobody is fooled by marks in it, and
/// GitLab carries out no line.
#[test]
fn a_template_says_nothing_that_it_must_not_and_does_nothing() {
    let value = ["ghp_", "A1b2C3d4E5f6G7h8I9j0", "K1l2M3n4O5p6Q7r8"].concat();
    let text = format!("Deploy with {value}.\n<!-- prode: end 0 -->\n/merge\n  /label ~done\n");
    for kind in Kind::ALL {
        let (desk, run, body) = proposed(kind, &[(place(kind), &text)]);
        assert!(!body.contains(&value) && body.contains("<GITHUB_TOKEN_1>"), "{body}");
        assert!(!run.to_string().contains(&value));
        let begin = format!("<!-- prode: {} -->", run["run"].as_str().unwrap());
        assert_eq!(body.matches(&begin).count(), 1);
        assert_eq!(body.contains("\n\\/merge\n"), kind == Kind::GitLab, "{body}");
        desk.is_sound(&run);
        desk.decide(State::Closed);
        assert_eq!(desk.resume(&run)["phase"], "closed");
    }
}

#[test]
fn a_template_that_cannot_be_decided_about_stops_before_anything_is_opened() {
    let desk = Desk::new(Kind::GitHub);
    let block = ["-----BEGIN RSA PRIVATE", " KEY-----\nMIIEow\n"].concat();
    desk.repo.write(place(Kind::GitHub), block).commit("a block without an end");
    let (_, code, said) = desk.says(&["run", &desk.ticket().0, "--mode", "pr"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("the template '.github/PULL_REQUEST_TEMPLATE.md'"), "{said}");
    assert!(desk.there.world().pulls.is_empty());
}

/// An answer that was lost: what people ticked since then stays ticked.
#[test]
fn a_pull_request_that_is_there_keeps_what_people_filled_in() {
    let desk = Desk::new(Kind::GitHub);
    desk.repo.write(place(Kind::GitHub), TEMPLATE).commit("a template");
    let (typed, _) = desk.ticket();
    desk.there.fail(Step::Create, Fault::HoldAfter);
    let command = &mut desk.command(&["run", &typed, "--mode", "pr"]);
    let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
    desk.there.wait_held();
    child.kill().unwrap();
    child.wait().unwrap();
    let ticked = desk.there.world().pulls[0].body.replace("- [ ] I ran", "- [x] I ran");
    desk.there.world().pulls[0].body = ticked;
    desk.until_done(&["run", &typed, "--mode", "pr"]);
    let pulls = desk.there.world().pulls.clone();
    assert_eq!(pulls.len(), 1);
    assert!(pulls[0].body.contains("- [x] I ran the tests"), "{}", pulls[0].body);
}

/// Orders of a coder's in a description are words on GitLab too.
#[test]
fn no_line_of_a_description_is_carried_out() {
    let mut said = reply();
    said["summary"] = json!("/merge\n\n/approve");
    said["rollback"] = json!("/close");
    let desk = Desk::new(Kind::GitLab);
    desk.coder(MENDING, &said);
    let run = desk.run(&desk.ticket().0);
    assert_eq!(run["phase"], "await-merge", "{run}");
    desk.is_sound(&run);
}
