//! What a pull request says, to whom, and what stays when it is updated.

use super::{AT, CAUSE, Team, branch};
use crate::support::forge::{Kind, ROBOT, Step};

#[test]
fn it_is_a_draft_that_says_what_from_where_and_asks_the_owners() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let args = ["inbox", "add", "-", "--json", "--target", AT, "--run", "R-7"];
        let added = team.prode_with_input(&args, CAUSE).ok().json();
        let id = added["id"].as_str().unwrap();
        let answer = team.prode(&["promote", id, "--json"]).ok().json();
        let pull = team.pulls(id).remove(0);
        assert_eq!(answer["pull_status"], "opened", "{answer}");
        let name = format!("{}:org/repo{}1", kind.name(), kind.mark());
        assert_eq!(answer["pull"]["name"], name);
        assert!(pull.draft && pull.base == "main" && pull.author == ROBOT);
        assert!(
            pull.title
                .ends_with("queue: add: The batch took seven minutes and the timeout was six.")
        );
        for part in
            ["## What changes", "`wiki/queue.md#known-causes`", "- run `R-7`", "## Rollback"]
        {
            assert!(pull.body.contains(part), "{part} in {}", pull.body);
        }
        assert!(pull.body.starts_with(&format!("<!-- prode: {id} -->\n")), "{}", pull.body);
        assert_eq!(pull.labels, ["memory"]);
        let notes = answer["notes"].as_array().unwrap();
        if kind.row().asks_teams {
            assert_eq!((pull.asked, notes.len()), (vec!["payments".to_owned()], 0));
        } else {
            assert!(pull.asked.is_empty());
            assert!(notes[0].as_str().unwrap().contains("'@org/payments'"), "{answer}");
        }
        team.forge.is_sound();
    }
}

/// The team's own template stands before our part, and what people did in it stays
/// when the proposal is promoted again.
#[test]
fn a_proposal_begins_with_the_team_s_own_template_which_stays_theirs() {
    let secret = ["ghp_", "A1b2C3d4E5f6G7h8I9j0", "K1l2M3n4O5p6Q7r8"].concat();
    for kind in Kind::ALL {
        let place = kind.row().template;
        let team = Team::new(kind);
        let template = format!("<!-- why? -->\n- [ ] read ({secret})\n/merge\n");
        team.repo.write(place, template).commit("a template");
        let id = team.promoted(CAUSE);
        let body = team.pulls(&id).remove(0).body;
        let begin = format!("<!-- prode: {id} -->");
        let (before, ours) = body.split_once(&begin).unwrap();
        assert!(before.starts_with("<!-- why? -->\n- [ ] read (<GITHUB_TOKEN_1>)\n"), "{before}");
        assert!(ours.contains("## What changes") && !body.contains(&secret), "{body}");
        let ticked = body.replace("- [ ] read", "- [x] read");
        team.forge.world().pulls[0].body = ticked;
        team.prode(&["promote", &id]).ok();
        let pulls = team.pulls(&id);
        assert_eq!(pulls.len(), 1);
        assert!(pulls[0].body.starts_with("<!-- why? -->\n- [x] read"), "{}", pulls[0].body);
        team.forge.is_sound();
    }
}

#[test]
fn people_of_a_team_without_a_name_there_are_asked_and_the_robot_is_not() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let settings =
            team.repo.git(&["show", "main:prode.yaml"]).replace(", also: ['@org/payments']", "");
        team.repo.write("prode.yaml", settings.replace("@ada", "@stranger")).commit("people");
        let id = team.learning(CAUSE);
        let answer = team.prode(&["promote", &id, "--json"]).ok().json();
        assert_eq!(team.pulls(&id)[0].asked, ["grace"]);
        assert_eq!(answer["notes"][0], "the forge does not let '@stranger' be asked", "{answer}");
        team.forge.is_sound();
    }
}

#[test]
fn the_same_learning_again_is_the_same_pull_request() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let id = team.promoted(CAUSE);
        let asked = team.forge.world().count(Step::Ask);
        team.prode(&["promote", &id]).ok().says("unchanged");
        assert_eq!(team.forge.world().count(Step::Change), 0, "nothing to change");
        {
            let mut world = team.forge.world();
            let pull = world.pull(1).unwrap();
            pull.body = format!("Mine.\n\n{}\n\nMine too.", pull.body);
        }
        team.prode_with_input(&["inbox", "edit", &id, "-"], "Other words, @grace: closes #1.").ok();
        team.prode(&["promote", &id]).ok().says("updated");
        let pull = team.pulls(&id).remove(0);
        assert!(
            pull.title.ends_with("queue: add: Other words, @grace: closes #1."),
            "{}",
            pull.title
        );
        assert!(
            pull.body.starts_with("Mine.\n\n<!-- prode: ") && pull.body.ends_with("\n\nMine too.")
        );
        assert!(
            pull.body.contains("`Other words, @grace: closes #1.`") && !pull.body.contains("seven")
        );
        assert!(pull.draft);
        assert_eq!(team.forge.world().count(Step::Ask), asked, "owners are asked once");
        assert_eq!((team.pulls(&id).len(), team.records(&id)), (1, 1));
        team.forge.is_sound();
    }
}

#[test]
fn what_people_said_of_title_and_draft_stays() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let id = team.promoted(CAUSE);
        {
            let mut world = team.forge.world();
            let pull = world.pull(1).unwrap();
            "docs: the queue".clone_into(&mut pull.title);
            pull.draft = false;
        }
        team.prode_with_input(&["inbox", "edit", &id, "-"], "Other words.").ok();
        team.prode(&["promote", &id]).ok();
        let pull = team.pulls(&id).remove(0);
        assert_eq!((pull.title.as_str(), pull.draft), ("docs: the queue", false));
    }
}

#[test]
fn a_repository_without_drafts_gets_one_that_is_none() {
    let team = Team::new(Kind::GitHub);
    team.forge.world().has_drafts = false;
    let id = team.promoted(CAUSE);
    assert!(!team.pulls(&id)[0].draft);
    let team = Team::with(Kind::Gitea, "");
    let settings =
        team.repo.git(&["show", "main:prode.yaml"]).replace("labels:", "draft: false, labels:");
    team.repo.write("prode.yaml", settings).commit("no drafts");
    let id = team.promoted(CAUSE);
    let pull = team.pulls(&id).remove(0);
    assert!(!pull.draft && pull.title.starts_with("queue: "), "{}", pull.title);
}

#[test]
fn the_teams_own_template_is_taken() {
    let team = Team::new(Kind::GitHub);
    let template = "---\ntemplate: proposal\n---\n# {{ title }}\n\nFor {{ learning }}:\n\n{{ why }}\n\n{{ other }}end\n";
    team.repo.write("templates/proposal.md", template).commit("a template");
    let id = team.promoted(CAUSE);
    let body = team.pulls(&id).remove(0).body;
    assert!(body.contains(&format!("For {id}:\n\nSomebody wrote it down")), "{body}");
    assert!(!body.contains("## Rollback") && body.contains("\nend\n<!-- prode: end"), "{body}");
}

#[test]
fn nothing_goes_out_that_redaction_finds() {
    let team = Team::with(Kind::GitHub, "redaction: {patterns: {CUSTOMER_ID: 'C-\\d{8}'}}\n");
    let ticket = ["C-1234", "5678"].concat();
    let args = ["inbox", "add", "-", "--json", "--target", AT, "--ticket", &ticket];
    let added = team.prode_with_input(&args, CAUSE).ok().json();
    let id = added["id"].as_str().unwrap();
    team.prode(&["promote", id]).ok();
    let pull = team.pulls(id).remove(0);
    assert!(!format!("{pull:?}").contains(&ticket), "{pull:?}");
    assert_eq!(pull.head, branch(id));
}
