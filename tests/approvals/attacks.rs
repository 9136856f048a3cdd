//! Attacks on approvals: each is made for real, and refused for its own reason.
//!
//! The test prints the table of attack, expected, seen:
//! `cargo test --test main approvals::attacks -- --nocapture`.

use jiff::{SignedDuration, Timestamp};
use prode::approval::{Action, Signed};
use prode::clock::Clock;
use prode::ops::ledger::{self, Asked, Decided};

use super::team::{BRANCH, Team};

/// A statement by Grace for the branch, as it would be if all were well.
fn honest(team: &Team, asked: &Asked) -> Signed {
    team.signed("grace", team.statement("grace", asked))
}

/// The reasons that the decision names, refused and surplus and missing.
fn reasons(decided: &Decided) -> Vec<&'static str> {
    let refused =
        decided.refused.iter().chain(&decided.decision.surplus).map(|(_, why)| why.code());
    refused.chain(decided.decision.missing.iter().map(prode::approval::Refusal::code)).collect()
}

fn now() -> Timestamp {
    Timestamp::from_second(Clock::system().now().as_second()).unwrap()
}

/// One attack: sets everything up, gives what must be decided.
type Attack = fn(&Team) -> Decided;

#[rustfmt::skip]
const ATTACKS: &[(&str, &str, Attack)] = &[
    ("nobody approved",                                         "not-enough",         |team| team.decided(&team.asked())),
    ("a statement by a key that the trunk does not list",       "unknown-signer",     unknown_key),
    ("a stranger signs in the name of a signer",                "unknown-signer",     borrowed_name),
    ("one signer signs in the name of another",                 "other-person",       other_signer),
    ("a text edited after it was signed",                       "bad-signature",      edited_text),
    ("the same text written in another way",                    "edited-statement",   another_writing),
    ("a stored file edited in its place",                       "edited-statement",   edited_file),
    ("a signature of another statement",                        "bad-signature",      moved_signature),
    ("signed for another namespace, as a commit is",            "wrong-namespace",    foreign_namespace),
    ("a key that the trunk lists for commits only",             "wrong-namespace",    key_for_git),
    ("an approval of another action",                           "wrong-action",       another_action),
    ("an approval of another branch's change",                  "wrong-subject",      another_subject),
    ("a commit more on the branch",                             "wrong-subject",      one_commit_more),
    ("the file's mode changed after the approval",              "wrong-subject",      mode_changed),
    ("an approval of the ticket as it was before",              "wrong-precondition", ticket_moved),
    ("an approval from another repository",                     "wrong-repository",   another_repository),
    ("an approval that names another requester",                "wrong-requester",    another_requester),
    ("an approval that is over",                                "expired",            over),
    ("an approval with a year of time",                         "expired",            too_long),
    ("an approval from the future",                             "not-yet-valid",      from_the_future),
    ("an approval used before",                                 "used",               replayed),
    ("used, and the mark removed where a copy has it",          "used",               mark_removed),
    ("an approval that was taken back",                         "revoked",            taken_back),
    ("a key whose time is over",                                "key-out-of-time",    key_expired),
    ("a key whose time has not begun",                          "key-out-of-time",    key_early),
    ("a key on the list of revoked ones",                       "key-revoked",        key_revoked),
    ("a signers' line that matches everybody",                  "wildcard-principal", wildcard),
    ("a certificate authority among the signers",               "wildcard-principal", authority),
    ("an unlocked agent's software key for a production write", "too-weak",           software_key),
    ("the author approves",                                     "requester-approves", own_change),
    ("a co-author approves",                                    "requester-approves", co_author),
    ("somebody who owns nothing of it approves",                "not-an-approver",    not_an_owner),
    ("one person approves twice where two are needed",          "same-person",        twice),
    ("two people share one key",                                "same-key",           shared_key),
    ("only one owner of two parts approved",                    "owner-missing",      other_part),
    ("the policy changed on the proposal's own branch",         "unknown-signer",     own_policy),
    ("the page's owner changed on the proposal's own branch",   "not-an-approver",    own_owner),
    ("settings of the runner loosen the policy",                "requester-approves", own_settings),
];

#[test]
fn every_attack_is_refused_for_its_own_reason() {
    let mut failed = Vec::new();
    println!("| {:<57} | {:<18} | seen", "attack", "expected");
    for (attack, expected, make) in ATTACKS {
        let team = Team::new();
        let decided = make(&team);
        let seen = reasons(&decided);
        println!("| {attack:<57} | {expected:<18} | {}", seen.join(", "));
        if decided.decision.is_approved() || !seen.contains(expected) {
            failed.push(format!("{attack}: expected {expected}, seen {seen:?}"));
        }
    }
    println!("{} attacks, {} not refused as expected", ATTACKS.len(), failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_is_attacked_is_approved_without_the_attack() {
    let team = Team::new();
    let asked = team.asked();
    team.store(&honest(&team, &asked));
    let decided = team.decided(&asked);
    assert!(decided.decision.is_approved(), "{:?}", reasons(&decided));
    assert_eq!(decided.label(), "weak");
}

/// Stores `signed` and decides about the branch.
fn stored(team: &Team, signed: &Signed) -> Decided {
    team.store(signed);
    team.decided(&team.asked())
}

fn unknown_key(team: &Team) -> Decided {
    stored(team, &team.signed("mallory", team.statement("mallory", &team.asked())))
}

fn borrowed_name(team: &Team) -> Decided {
    stored(team, &team.signed("mallory", team.statement("grace", &team.asked())))
}

fn other_signer(team: &Team) -> Decided {
    stored(team, &team.signed("ada", team.statement("grace", &team.asked())))
}

fn edited_text(team: &Team) -> Decided {
    let mut signed = honest(team, &team.asked());
    signed.statement.reason = "something else".into();
    signed.bytes = signed.statement.bytes().unwrap();
    stored(team, &signed)
}

fn another_writing(team: &Team) -> Decided {
    let mut signed = honest(team, &team.asked());
    signed.bytes = [&signed.bytes[..1], b" ", &signed.bytes[1..]].concat();
    stored(team, &signed)
}

fn edited_file(team: &Team) -> Decided {
    let signed = honest(team, &team.asked());
    let text = String::from_utf8(signed.file()).unwrap();
    let edited = text.replace("\"action\":\"merge\"", "\"action\":\"deploy\"");
    team.store_file(&format!("statements/{}", signed.id()), edited.as_bytes());
    team.decided(&team.asked())
}

fn moved_signature(team: &Team) -> Decided {
    let signed = honest(team, &team.asked());
    let mut other = team.statement("grace", &team.asked());
    other.nonce = "f".repeat(32);
    let bytes = other.bytes().unwrap();
    stored(team, &Signed { statement: other, bytes, signature: signed.signature })
}

fn foreign_namespace(team: &Team) -> Decided {
    stored(team, &team.signed_for("grace", team.statement("grace", &team.asked()), "git"))
}

fn key_for_git(team: &Team) -> Decided {
    team.land(".prode/allowed_signers", &team.signers().replace("prode-approval", "git"));
    stored(team, &honest(team, &team.asked()))
}

fn another_action(team: &Team) -> Decided {
    let mut statement = team.statement("grace", &team.asked());
    statement.action = Action::new("sop-gate").unwrap();
    stored(team, &team.signed("grace", statement))
}

fn another_subject(team: &Team) -> Decided {
    let signed = honest(team, &team.asked());
    team.branch(BRANCH, "wiki/queue.md", "# Queue\n\nrm -rf /\n");
    stored(team, &signed)
}

fn one_commit_more(team: &Team) -> Decided {
    let signed = honest(team, &team.asked());
    team.repo.git(&["checkout", "--quiet", BRANCH]);
    team.repo.write("wiki/more.md", "# More\n").commit("one more");
    team.repo.git(&["checkout", "--quiet", "main"]);
    stored(team, &signed)
}

fn mode_changed(team: &Team) -> Decided {
    let signed = honest(team, &team.asked());
    team.repo.git(&["checkout", "--quiet", BRANCH]);
    team.repo.git(&["config", "core.fileMode", "false"]);
    team.repo.git(&["update-index", "--chmod=+x", "wiki/queue.md"]);
    team.repo.git(&["commit", "--quiet", "--amend", "--no-edit"]);
    team.repo.git(&["checkout", "--quiet", "--force", "main"]);
    stored(team, &signed)
}

fn ticket_moved(team: &Team) -> Decided {
    let before = team.request();
    team.store(&honest(team, &before));
    let mut asked = before;
    asked.preconditions.insert("ticket_updated".into(), "2026-02-02T00:00:00Z".into());
    team.decided(&asked)
}

fn another_repository(team: &Team) -> Decided {
    let mut statement = team.statement("grace", &team.asked());
    statement.repository = format!("git:{}", "0".repeat(40));
    stored(team, &team.signed("grace", statement))
}

fn another_requester(team: &Team) -> Decided {
    let mut statement = team.statement("grace", &team.asked());
    statement.requesters = vec!["somebody@example.org".to_owned()];
    stored(team, &team.signed("grace", statement))
}

fn over(team: &Team) -> Decided {
    let mut statement = team.statement("grace", &team.asked());
    statement.issued = now() - SignedDuration::from_hours(3);
    statement.expires = now() - SignedDuration::from_hours(1);
    stored(team, &team.signed("grace", statement))
}

fn too_long(team: &Team) -> Decided {
    let mut statement = team.statement("grace", &team.asked());
    statement.issued = now() - SignedDuration::from_hours(24 * 8);
    statement.expires = now() + SignedDuration::from_hours(24 * 365);
    stored(team, &team.signed("grace", statement))
}

fn from_the_future(team: &Team) -> Decided {
    let mut statement = team.statement("grace", &team.asked());
    statement.issued = now() + SignedDuration::from_hours(1);
    statement.expires = now() + SignedDuration::from_hours(2);
    stored(team, &team.signed("grace", statement))
}

fn used(team: &Team) -> Asked {
    let asked = team.asked();
    team.store(&honest(team, &asked));
    ledger::use_up(&team.workspace(), std::slice::from_ref(&asked), "merged as 1234").unwrap();
    asked
}

fn replayed(team: &Team) -> Decided {
    team.decided(&used(team))
}

fn mark_removed(team: &Team) -> Decided {
    let asked = used(team);
    let git = |args: &[&str]| team.repo.git(args);
    git(&["update-ref", "refs/prode/remotes/origin/approvals", "refs/prode/approvals"]);
    git(&["update-ref", "refs/prode/approvals", "refs/prode/approvals^"]);
    team.decided(&asked)
}

fn taken_back(team: &Team) -> Decided {
    let asked = team.asked();
    let signed = honest(team, &asked);
    team.store(&signed);
    team.repo.prode(&["approvals", "revoke", &signed.id()[..12], "--why", "a slip"]).ok();
    team.decided(&asked)
}

fn timed(team: &Team, option: &str) -> Decided {
    let lines = team.signers().replace("namespaces=", &format!("{option},namespaces="));
    team.land(".prode/allowed_signers", &lines);
    stored(team, &honest(team, &team.asked()))
}

fn key_expired(team: &Team) -> Decided {
    timed(team, "valid-before=\"20200101Z\"")
}

fn key_early(team: &Team) -> Decided {
    timed(team, "valid-after=\"20990101Z\"")
}

fn key_revoked(team: &Team) -> Decided {
    team.land(".prode/revoked_keys", &format!("{}\n", team.public("grace")));
    stored(team, &honest(team, &team.asked()))
}

fn wildcard(team: &Team) -> Decided {
    let lines = format!("*@example.org {}\n", team.public("grace"));
    team.land(".prode/allowed_signers", &lines);
    stored(team, &honest(team, &team.asked()))
}

fn authority(team: &Team) -> Decided {
    let lines = format!("grace@example.org cert-authority {}\n", team.public("grace"));
    team.land(".prode/allowed_signers", &lines);
    stored(team, &honest(team, &team.asked()))
}

fn software_key(team: &Team) -> Decided {
    let asked = team.request();
    team.store(&honest(team, &asked));
    team.decided(&asked)
}

fn own_change(team: &Team) -> Decided {
    stored(team, &team.signed("ada", team.statement("ada", &team.asked())))
}

fn co_author(team: &Team) -> Decided {
    team.repo.git(&["checkout", "--quiet", BRANCH]);
    let message = "a change\n\nCo-Authored-By: G <Grace@example.org>";
    team.repo.git(&["commit", "--quiet", "--amend", "--message", message]);
    team.repo.git(&["checkout", "--quiet", "main"]);
    stored(team, &honest(team, &team.asked()))
}

fn not_an_owner(team: &Team) -> Decided {
    let page = "---\nowner: alan@example.org\n---\n# Queue\n";
    team.land("wiki/queue.md", page);
    team.branch(BRANCH, "wiki/queue.md", "# Queue\n\nOther.\n");
    stored(team, &honest(team, &team.asked()))
}

/// Demands two people for a merge.
fn two(team: &Team) {
    let settings = team.repo.git(&["show", "main:prode.yaml"]);
    team.land("prode.yaml", &format!("{settings}\n  merge: {{count: 2}}\n"));
}

fn twice(team: &Team) -> Decided {
    two(team);
    let asked = team.asked();
    let mut second = team.statement("grace", &asked);
    second.nonce = "e".repeat(32);
    team.store(&honest(team, &asked));
    stored(team, &team.signed("grace", second))
}

fn shared_key(team: &Team) -> Decided {
    two(team);
    let shared = format!("alan@example.org {}\n", team.public("grace"));
    team.land(".prode/allowed_signers", &(team.signers() + &shared));
    let asked = team.asked();
    team.store(&honest(team, &asked));
    stored(team, &team.signed("grace", team.statement("alan", &asked)))
}

fn other_part(team: &Team) -> Decided {
    team.land("wiki/other.md", "---\nowner: alan@example.org\n---\n# Other\n");
    team.repo.git(&["checkout", "--quiet", "-B", BRANCH, "main"]);
    team.repo.write("wiki/queue.md", "# Q\n").write("wiki/other.md", "# O\n").commit("both");
    team.repo.git(&["checkout", "--quiet", "main"]);
    stored(team, &honest(team, &team.asked()))
}

fn own_policy(team: &Team) -> Decided {
    let line = format!("mallory@example.org {}\n", team.public("mallory"));
    team.branch(BRANCH, ".prode/allowed_signers", &line);
    stored(team, &team.signed("mallory", team.statement("mallory", &team.asked())))
}

fn own_owner(team: &Team) -> Decided {
    team.land("wiki/queue.md", "---\nowner: alan@example.org\n---\n# Queue\n");
    team.branch(BRANCH, "wiki/queue.md", "---\nowner: grace@example.org\n---\n# Queue\n\nNew.\n");
    stored(team, &honest(team, &team.asked()))
}

/// Ada runs the program with settings that let her approve her own change.
fn own_settings(team: &Team) -> Decided {
    use prode::config::{Environment, Platform};
    use prode::workspace::{Options, Workspace};
    let asked = team.asked();
    team.store(&team.signed("ada", team.statement("ada", &asked)));
    let variables = [
        ("PRODE_APPROVALS__MERGE", "{self: true, who: signers, count: 1, strength: weak}"),
        ("PRODE_PEOPLE__OTHER", "{email: ada@example.org}"),
        ("PRODE_TRUNK", BRANCH),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.into()));
    let workspace = Workspace::open(Options {
        repo: Some(team.repo.path().to_owned()),
        current: team.repo.path().to_owned(),
        overrides: vec!["approvals.merge={self: true}".to_owned()],
        environment: Environment::of(Platform::Unix, variables),
        clock: Clock::system(),
    });
    ledger::decided(&workspace.unwrap(), &asked).unwrap()
}
