//! `prode proposal refresh`: the trunk moved on, and nothing is lost.

use super::{AT, CAUSE, PAGE, branch, learning, memory, page, tip};

#[test]
fn both_say_their_words_when_both_add_to_a_section() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok();
    repo.prode(&["proposal", "refresh", &id]).ok().says("stands on the trunk");
    repo.write("wiki/queue.md", PAGE.replace("timeout.\n", "timeout.\n\nOr it died.\n"));
    repo.commit("another cause");
    repo.prode(&["proposal", "list"]).ok().says("behind the trunk");
    repo.prode(&["proposal", "refresh", &id]).ok().says("made anew");
    assert_eq!(tip(&repo, &format!("{}^", branch(&id))), tip(&repo, "main"));
    assert!(page(&repo, &branch(&id)).contains("Or it died.\n\nThe batch took seven minutes"));
}

#[test]
fn a_section_that_both_write_anew_is_shown_twice_and_kept() {
    let repo = memory();
    let at = ["--target", "wiki/queue.md#rollback", "--action", "replace"];
    let id = learning(&repo, "Turn it off.\n", &at);
    repo.prode(&["promote", &id]).ok();
    let before = tip(&repo, &branch(&id));
    repo.write("wiki/queue.md", PAGE.replace("None.", "Turn it on."));
    repo.commit("another rollback");
    let run = repo.prode(&["proposal", "refresh", &id]).fails(3);
    run.says("--- the trunk\n").says("Turn it on.").says("--- the proposal\nTurn it off.");
    assert_eq!(tip(&repo, &branch(&id)), before);
    repo.prode(&["promote", &id]).fails(3).warns("was changed on the trunk");
    assert_eq!(tip(&repo, &branch(&id)), before);
}

#[test]
fn a_section_that_went_is_a_conflict_too() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok();
    repo.write("wiki/queue.md", PAGE.replace("Known causes", "Reasons")).commit("renamed");
    let run = repo.prode(&["proposal", "refresh", &id]).fails(3);
    run.says("has no section 'known-causes'").says("## Reasons").says("The batch took");
}

#[test]
fn commits_of_a_person_stay_on_the_branch() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok();
    repo.git(&["checkout", "--quiet", &branch(&id)]);
    let own = page(&repo, "HEAD").replace("six.", "six, by default.");
    repo.write("wiki/queue.md", own).commit("by hand");
    repo.git(&["checkout", "--quiet", "main"]);
    let by_hand = tip(&repo, &branch(&id));
    repo.prode(&["promote", &id]).fails(3).warns("holds words that are not the learning's");
    repo.write("wiki/other.md", "# Other\n").commit("the trunk moves");
    repo.prode(&["proposal", "refresh", &id]).ok().says("the trunk was merged into them");
    assert_eq!(tip(&repo, &format!("{}^", branch(&id))), by_hand);
    assert!(page(&repo, &branch(&id)).contains("six, by default."));
    repo.write("wiki/queue.md", PAGE.replace("timeout.\n", "timeout.\n\nOr it died.\n"));
    repo.commit("the same lines");
    let run = repo.prode(&["proposal", "refresh", &id]).fails(3);
    run.says("both changed the same lines").says("Or it died.").says("six, by default.");
}
