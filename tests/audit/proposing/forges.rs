//! Pull requests on every forge: one per owner, whatever is lost or killed.

use std::process::Stdio;

use super::{branch, of, proposed, rotten_with, statuses, tip, told};
use crate::support::forge::{Fault, Kind, Pull, REPO, StandIn, State, Step, token};
use crate::support::{ProdeRun, TestRepo};

struct Team {
    repo: TestRepo,
    server: TestRepo,
    forge: StandIn,
}

impl Team {
    fn new(kind: Kind) -> Self {
        let settings =
            format!("forge: {{kind: {}, repo: {REPO}, labels: [memory]}}\n", kind.name());
        let repo = rotten_with(&settings);
        let server = repo.clone_to(&["--bare"]);
        repo.git(&["remote", "add", "origin", &server.path().display().to_string()]);
        repo.git(&["fetch", "--quiet", "origin"]);
        let forge = StandIn::serve(kind, server.path());
        Self { repo, server, forge }
    }

    fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("PRODE_FORGE__ENDPOINT", self.forge.endpoint()),
            ("PRODE_FORGE__TOKEN", token()),
            ("PRODE_FORGE__TIMEOUT", "2".to_owned()),
        ]
    }

    fn run(&self, args: &[&str]) -> ProdeRun {
        let args = [&["audit", "--propose", "--json"], args].concat();
        self.repo.prode_in(&self.environment(), &args, "")
    }

    #[track_caller]
    fn proposed(&self) -> serde_json::Value {
        told(&self.repo, &self.run(&[]).ok())
    }

    fn pulls(&self, owner: &str) -> Vec<Pull> {
        let pulls = self.forge.world().pulls.clone();
        pulls.into_iter().filter(|it| it.head == branch(owner)).collect()
    }

    /// One pull request for each owner, labelled, its owner asked.
    #[track_caller]
    fn is_one_each(&self, what: &str) {
        for owner in ["team-a", "human%3Abob"] {
            let pulls = self.pulls(owner);
            assert_eq!(pulls.len(), 1, "{what}: {owner}");
            assert_eq!(pulls[0].labels, ["memory"], "{what}: {owner}");
            // GitLab lets no team review.
            let is_askable = self.forge.kind().row().asks_teams || owner != "team-a";
            let asked = usize::from(is_askable);
            assert_eq!(pulls[0].asked.len(), asked, "{what}: {owner}: {:?}", pulls[0].asked);
            assert_eq!(pulls[0].body.matches("<!-- prode: asked -->").count(), 1, "{what}");
        }
        let refs = super::refs(&self.server);
        assert_eq!(refs.matches("refs/heads/prode/audit/").count(), 2, "{what}: {refs}");
        self.forge.is_sound();
    }
}

#[test]
fn one_for_each_owner_says_what_merging_means_and_stays_as_it_is() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let answer = team.proposed();
        team.is_one_each(kind.name());
        let of_team = of(&answer, "team-a");
        assert_eq!(of_team["pull_status"], "opened");
        let pull = team.pulls("team-a").remove(0);
        for words in [
            "**By merging you say that you read these",
            "**drifted** `wiki/drift.md` (`A-",
            "  - changed: `src/a.sh` +1 -0, `",
            "  - here: the page is stamped as reviewed\n",
            "  - a false alarm: `prode dismiss A-",
            "The trunk lists nobody's keys",
            "## Left to you\n\n",
        ] {
            assert!(pull.body.contains(words), "{words}: {}", pull.body);
        }
        let before = format!("{:?}", team.forge.world().pulls);
        let again = team.proposed();
        assert!(statuses(&again).values().all(|it| it == "same"));
        assert_eq!(of(&again, "team-a")["pull_status"], "unchanged");
        assert_eq!(format!("{:?}", team.forge.world().pulls), before);
        team.forge.is_sound();
    }
}

#[test]
fn boxes_that_people_ticked_and_words_that_they_wrote_stay() {
    let team = Team::new(Kind::GitHub);
    team.proposed();
    let number = team.pulls("team-a")[0].number;
    let ticked = {
        let mut world = team.forge.world();
        let pull = world.pulls.iter_mut().find(|it| it.number == number).unwrap();
        pull.body = pull.body.replace("- [ ] `wiki/drift.md`", "- [x] `wiki/drift.md`")
            + "\n\nLooking at it.";
        pull.body.clone()
    };
    assert_eq!(of(&team.proposed(), "team-a")["pull_status"], "unchanged");
    assert_eq!(team.pulls("team-a")[0].body, ticked);
    team.repo.write("src/a.sh", "one\ntwo\nthree\n");
    team.repo.commit("the source");
    assert_eq!(of(&team.proposed(), "team-a")["pull_status"], "updated");
    let body = team.pulls("team-a")[0].body.clone();
    assert!(body.contains("- [x] `wiki/drift.md`") && body.ends_with("Looking at it."), "{body}");
}

#[test]
fn what_was_decided_there_is_not_opened_again() {
    for kind in Kind::ALL {
        for state in
            [State::Closed, State::Merged("0123456789012345678901234567890123456789".into())]
        {
            let team = Team::new(kind);
            team.proposed();
            let number = team.pulls("team-a")[0].number;
            let word = if state == State::Closed { "closed" } else { "merged" };
            team.forge.world().decide(number, state, "grace");
            team.repo.write("src/a.sh", "one\ntwo\nthree\n");
            team.repo.commit("the source");
            let before = tip(&team.server, &branch("team-a"));
            let answer = team.proposed();
            assert_eq!(of(&answer, "team-a")["status"], word, "{kind:?}");
            assert_eq!(of(&answer, "team-a")["pull"]["state"], word);
            assert_eq!(team.pulls("team-a").len(), 1);
            assert_eq!(tip(&team.server, &branch("team-a")), before);
            assert_eq!(of(&answer, "human:bob")["status"], "same");
        }
    }
}

/// Its answer is lost, or it is down for a moment, at each step.
#[test]
fn every_fault_is_made_up_for() {
    let faults = [
        (Step::Find, Fault::DropBefore),
        (Step::Find, Fault::Cut),
        (Step::Create, Fault::DropBefore),
        (Step::Create, Fault::DropAfter),
        (Step::Create, Fault::FailAfter),
        (Step::Create, Fault::Cut),
        (Step::Create, Fault::BadGateway),
        (Step::Create, Fault::Later),
        (Step::Label, Fault::DropAfter),
        (Step::Label, Fault::FailAfter),
        (Step::Ask, Fault::DropAfter),
        (Step::Ask, Fault::BadGateway),
        (Step::Account, Fault::Cut),
        (Step::Change, Fault::DropAfter),
        (Step::Change, Fault::BadGateway),
    ];
    for kind in Kind::ALL {
        for (step, fault) in faults {
            let team = Team::new(kind);
            team.forge.fail(step, fault);
            let code = team.run(&[]).code().unwrap();
            assert!(code == 0 || code == 5, "{kind:?} {step:?} {fault:?}: {code}");
            team.proposed();
            team.is_one_each(&format!("{kind:?} {step:?} {fault:?}"));
            assert!(statuses(&team.proposed()).values().all(|it| it == "same"));
        }
    }
}

#[test]
fn whoever_is_killed_at_any_step_leaves_what_the_next_one_ends() {
    let steps = [
        (Step::Any, Fault::HoldBefore),
        (Step::Create, Fault::HoldBefore),
        (Step::Create, Fault::HoldAfter),
        (Step::Label, Fault::HoldAfter),
        (Step::Ask, Fault::HoldAfter),
        (Step::Change, Fault::HoldBefore),
        (Step::Change, Fault::HoldAfter),
    ];
    for kind in Kind::ALL {
        for (step, fault) in steps {
            let team = Team::new(kind);
            team.forge.fail(step, fault);
            let mut command = team.repo.prode_command();
            command.args(["audit", "--propose"]).envs(team.environment());
            command.env("PRODE_FORGE__TIMEOUT", "60");
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            team.forge.wait_held();
            child.kill().unwrap();
            child.wait().unwrap();
            team.proposed();
            team.is_one_each(&format!("{kind:?} {step:?} {fault:?}"));
        }
    }
}

#[test]
fn two_at_once_open_one_each() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let mut running: Vec<_> = (0..2)
            .map(|_| {
                let mut command = team.repo.prode_command();
                command.args(["audit", "--propose", "-q"]).envs(team.environment());
                command.stdout(Stdio::null()).spawn().unwrap()
            })
            .collect();
        let codes: Vec<_> =
            running.iter_mut().map(|it| it.wait().unwrap().code().unwrap()).collect();
        assert_eq!(codes, [0, 0], "{kind:?}");
        team.is_one_each(kind.name());
    }
}

#[test]
fn without_a_token_the_branch_is_pushed_and_the_rest_is_said() {
    let team = Team::new(Kind::GitHub);
    let answer = proposed(&team.repo, &[]);
    assert_eq!(of(&answer, "team-a")["remote"], "origin");
    let next = of(&answer, "team-a")["next"][0].as_str().unwrap();
    assert!(next.contains("open a pull request") && next.contains("github:org/repo"), "{next}");
    assert!(team.forge.world().pulls.is_empty());
}
