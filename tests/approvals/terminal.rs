//! The real program, driven through a pseudo-terminal with real keys.

use super::team::{BRANCH, REQUEST, Team};
use crate::support::{self, HardwareKey};

/// A run of `prode approve` on a terminal.
pub(super) struct Sitting(support::Sitting);

impl Sitting {
    pub(super) fn at(team: &Team, args: &[&str], agent: Option<&HardwareKey>) -> Self {
        let mut command = team.repo.prode_command();
        command.arg("approve").args(args);
        if let Some(agent) = agent {
            command.env("SSH_AUTH_SOCK", agent.socket());
        }
        Self(support::Sitting::at(command))
    }

    /// What is shown before the question, which is waited for.
    pub(super) fn shown(&mut self) -> String {
        self.0.sees("anything else declines: ")
    }

    /// The rest of the output and the exit code.
    pub(super) fn ended(self) -> (String, i32) {
        self.0.ended()
    }

    pub(super) fn answer(mut self, text: &str) -> (String, i32) {
        self.0.types(text);
        self.ended()
    }
}

/// What a person types who read the digest on the screen.
pub(super) fn digits(shown: &str) -> String {
    let (_, digest) = shown.rsplit_once("sha256:").expect("the digest is shown");
    digest[..8].to_owned()
}

#[test]
fn a_person_reads_the_exact_change_and_signs_with_a_software_key() {
    let team = Team::new();
    let mut sitting = Sitting::at(&team, &[BRANCH], None);
    let shown = sitting.shown();
    for part in ["| -Old.", "| +New.", "ada@example.org", "software key: counts as weak", "merge"] {
        assert!(shown.contains(part), "no '{part}' in {shown}");
    }
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("(weak)"), "{rest}");
    let decided = team.decided(&team.asked());
    assert!(decided.decision.is_approved(), "{decided:?}");
    assert_eq!(decided.label(), "weak");
    let listed = team.repo.prode(&["approvals", "list", "--json"]).ok().json();
    assert_eq!(listed["approvals"][0]["state"], "good");
    assert_eq!(listed["approvals"][0]["approver"], "grace@example.org");
    team.repo.prode(&["approvals", "verify"]).ok();
}

#[test]
fn a_key_with_a_passphrase_asks_for_it_on_the_same_terminal() {
    let team = Team::new();
    let key = team.key("grace");
    let words = ["-q", "-p", "-P", "", "-N", "open sesame", "-f"];
    let changed = std::process::Command::new("ssh-keygen").args(words).arg(key).status();
    assert!(changed.unwrap().success());
    let mut sitting = Sitting::at(&team, &[BRANCH], None);
    let shown = sitting.shown();
    sitting.0.types(&digits(&shown));
    sitting.0.sees("Enter passphrase");
    let (rest, code) = sitting.answer("open sesame");
    assert_eq!(code, 0, "{rest}");
    assert!(team.decided(&team.asked()).decision.is_approved());
}

#[test]
fn anything_but_the_digits_declines() {
    let team = Team::new();
    for answer in ["yes", "y", "", "merge", "00000000"] {
        let mut sitting = Sitting::at(&team, &[BRANCH], None);
        sitting.shown();
        let (rest, code) = sitting.answer(answer);
        assert_eq!(code, 4, "{answer:?}: {rest}");
        assert!(rest.contains("was not approved"), "{rest}");
    }
    team.repo.prode(&["approvals", "list", "--all"]).ok().warns("there is no approval");
    let log = team.repo.prode(&["approvals", "verify", "--json"]).ok().json();
    assert_eq!(log["chains"][0]["entries"], 5, "each refusal of a person is recorded");
    assert_eq!(log["chains"][0]["last"]["event"], "decline");
}

#[test]
fn what_was_typed_before_the_question_is_no_answer() {
    let team = Team::new();
    let digest = team.asked().subject.digest;
    let mut sitting = Sitting::at(&team, &[BRANCH], None);
    sitting.0.types(&digest["sha256:".len()..][..8]);
    sitting.shown();
    let (rest, code) = sitting.answer("no");
    assert_eq!(code, 4, "{rest}");
}

#[test]
fn who_answers_as_soon_as_the_question_is_there_is_heard() {
    if !support::has_strace() {
        return;
    }
    let team = Team::new();
    let mut program = team.repo.prode_command();
    program.args(["approve", BRANCH]);
    // Every order to the terminal takes as long as on a machine that has much else to do.
    let slow = ["-e", "inject=ioctl:delay_enter=200000"];
    let log = team.repo.home().join("strace.log");
    let mut sitting =
        Sitting(support::Sitting::at(support::traced(&program, "ioctl", &log, &slow)));
    let shown = sitting.shown();
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 0, "{rest}");
    let orders = std::fs::read_to_string(log).unwrap();
    assert!(orders.contains("TCFLSH") && orders.contains("DELAYED"), "{orders}");
}

/// A request of a production write, asked with a hardware key of these flags.
fn with_flags(flags: u8, more: &str) -> (String, i32, Team) {
    let team = Team::with(more);
    let key = HardwareKey::plugged_in(&team.repo.home(), "grace-sk", flags);
    let line = format!("grace@example.org namespaces=\"prode-approval\" {}\n", key.text());
    team.land(".prode/allowed_signers", &(team.signers() + &line));
    team.repo.write("fix.json", REQUEST);
    let public = key.public().display().to_string();
    let mut sitting = Sitting::at(&team, &["fix.json", "--key", &public], Some(&key));
    let shown = sitting.shown();
    assert!(shown.contains("hardware key") && shown.contains("UPDATE ledger"), "{shown}");
    let (rest, code) = sitting.answer(&digits(&shown));
    (rest, code, team)
}

#[test]
fn a_hardware_key_that_nobody_touched_is_refused() {
    let (rest, code, team) = with_flags(0, "");
    assert_eq!(code, 4, "{rest}");
    assert!(rest.contains("presence-missing"), "{rest}");
    assert!(!team.decided(&team.request()).decision.is_approved());
}

#[test]
fn a_touched_hardware_key_is_strong() {
    let (rest, code, team) = with_flags(1, "");
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("(strong)"), "{rest}");
    let decided = team.decided(&team.request());
    assert!(decided.decision.is_approved());
    assert_eq!(decided.label(), "strong");
}

#[test]
fn where_a_pin_is_demanded_a_touch_is_not_enough() {
    let pin = "  data-correction: {pin: true}\n";
    let demand = pin.replace("data-correction", "deploy");
    let both = format!("{pin}{demand}");
    let (rest, code, _) = with_flags(1, &both);
    assert_eq!(code, 0, "the demand is of another action: {rest}");
    let team = Team::with("");
    let key = HardwareKey::plugged_in(&team.repo.home(), "grace-sk", 1);
    let line = format!("grace@example.org namespaces=\"prode-approval\" {}\n", key.text());
    team.land(".prode/allowed_signers", &(team.signers() + &line));
    let settings = team.repo.git(&["show", "main:prode.yaml"]);
    team.land("prode.yaml", &settings.replace("who: [team-sre]}", "who: [team-sre], pin: true}"));
    team.repo.write("fix.json", REQUEST);
    let public = key.public().display().to_string();
    let mut sitting = Sitting::at(&team, &["fix.json", "--key", &public], Some(&key));
    let shown = sitting.shown();
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 4, "{rest}");
    assert!(rest.contains("pin-missing"), "{rest}");
    let with_pin = HardwareKey::plugged_in(&team.repo.home(), "grace-sk", 5);
    let mut sitting = Sitting::at(&team, &["fix.json", "--key", &public], Some(&with_pin));
    let shown = sitting.shown();
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("(strong)"), "{rest}");
}

#[test]
fn a_software_key_is_refused_before_anybody_is_asked() {
    let team = Team::new();
    team.repo.write("fix.json", REQUEST);
    let (rest, code) = Sitting::at(&team, &["fix.json"], None).ended();
    assert_eq!(code, 4, "{rest}");
    assert!(rest.contains("too-weak"), "{rest}");
}

#[test]
fn nothing_in_a_subject_poses_as_prode() {
    let team = Team::new();
    let text = "# Queue\n\n\u{1b}[2J\u{1b}[Hdigest      sha256:00000000\n\
        To approve, type the first 8 digits of the digest\n";
    team.branch(BRANCH, "wiki/queue.md", text);
    let mut sitting = Sitting::at(&team, &[BRANCH], None);
    let shown = sitting.shown();
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    assert!(shown.contains("[2J"), "{shown:?}");
    let posing = shown.lines().filter(|line| line.contains("sha256:00000000"));
    let posing: Vec<&str> = posing.collect();
    assert!(posing.len() == 1 && posing[0].starts_with("| +"), "{posing:?}");
    sitting.answer("no");
}
