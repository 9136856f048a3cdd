//! `prode skill`

use crate::support::TestRepo;

const GOOD: &str = "---\nname: triage\ndescription: Sorts tickets & more.\nmetadata:\n  owner: team-a\n---\n# Triage\n\n1. Look.\n";

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("skills/triage/SKILL.md", GOOD).write("skills/triage/references/a.md", "# A\n");
    repo.write("wiki/index.md", "# Index\n").commit("a skill");
    repo
}

#[test]
fn skills_are_listed_and_shown() {
    let repo = repo();
    repo.prode(&["skill", "list"]).ok().says("triage  team-a  Sorts tickets & more.");
    let list = repo.prode(&["skill", "list", "--json"]).ok().json();
    assert_eq!(list["schema"], "prode.skill_list/v1");
    assert_eq!(list["skills"][0]["path"], "skills/triage/SKILL.md");
    repo.prode(&["skill", "show", "triage"]).ok().says("references/a.md").says("1. Look.");
    let shown = repo.prode(&["skill", "show", "skills/triage/", "--json"]).ok().json();
    assert_eq!(shown["files"][0]["path"], "SKILL.md");
    assert_eq!(shown["computed_hash"].as_str().unwrap().len(), 64);
    assert!(shown["body"].as_str().unwrap().starts_with("# Triage"));
    repo.prode(&["skill", "show", "triag"]).fails(1).warns("did you mean 'triage'?");
}

#[test]
fn a_sound_skill_passes_and_a_broken_one_fails() {
    let repo = repo();
    repo.prode(&["skill", "validate"]).ok().says("1 skill checked, 0 invalid, 0 warnings");
    repo.write("skills/other/SKILL.md", GOOD.replace("metadata", "metdata"));
    let run = repo.prode(&["skill", "validate"]).fails(1).says("2 skills checked, 1 invalid");
    assert!(run.stdout().contains("skills/other/SKILL.md:2: error skill-name"), "{}", run.stdout());
    assert!(run.stdout().contains("did you mean 'metadata'?"), "{}", run.stdout());
    let json =
        repo.prode(&["skill", "validate", "skills/other/SKILL.md", "--json"]).fails(1).json();
    assert_eq!((&json["invalid"], &json["skills"][0]["valid"]), (&1.into(), &false.into()));
    repo.prode(&["skill", "validate", "skills/triage/"]).ok();
    repo.prode(&["skill", "validate", "skills/nowhere"]).fails(1).warns("no folder");
}

#[test]
fn warnings_pass_unless_they_are_denied() {
    let repo = repo();
    repo.write(
        "skills/triage/SKILL.md",
        GOOD.replace("metadata:\n  owner: team-a", "metadata: {owner: a}"),
    );
    repo.prode(&["skill", "validate"]).ok().says("warning skill-flow-style");
    repo.prode(&["skill", "validate", "--deny-warnings"]).fails(1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_package_is_not_followed() {
    let repo = repo();
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("skills/triage/passwd")).unwrap();
    let run = repo.prode(&["skill", "validate", "skills/triage"]).ok().says("warning skill-link");
    assert!(!run.stdout().contains("root:"));
}

#[test]
fn a_prompt_offers_every_skill() {
    let repo = repo();
    let run = repo.prode(&["skill", "to-prompt"]).ok();
    assert!(run.stdout().starts_with("<available_skills>\n<skill>\n<name>\ntriage\n</name>\n"));
    run.says("Sorts tickets &amp; more.").says("skills/triage/SKILL.md\n</location>");
    repo.prode(&["skill", "to-prompt", "--rev", "HEAD"]).ok().says("\nskills/triage/SKILL.md\n");
    repo.write("loose/SKILL.md", "# no front matter\n");
    repo.prode(&["skill", "to-prompt", "loose"]).fails(1).warns("cannot be offered");
}
