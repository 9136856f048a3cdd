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

#[test]
fn a_package_that_is_not_there_is_named_with_one_that_may_be_meant() {
    let repo = repo();
    for near in ["triage", "triagge", "skills/triag"] {
        repo.prode(&["skill", "to-prompt", near])
            .fails(1)
            .warns(&format!("there is no package at '{near}'"))
            .warns("did you mean 'skills/triage'?");
    }
    repo.prode(&["skill", "to-prompt", "nosuch"])
        .fails(1)
        .warns("there is no package at 'nosuch'")
        .warns("prode skill list");
}

#[test]
fn a_new_skill_is_valid_and_never_overwritten() {
    let repo = repo();
    let args = ["skill", "new", "sort-mail", "--description", "Sorts: \"mail\""];
    repo.prode(&args).ok().says("skills/sort-mail/SKILL.md");
    repo.prode(&["skill", "validate"]).ok().says("2 skills checked, 0 invalid, 0 warnings");
    repo.prode(&args).fails(1).warns("is there already");
    for name in ["Sort", "a--b", "../x", "-x", "a b"] {
        repo.prode(&["skill", "new", "--description", "d", "--", name]).fails(2);
    }
    repo.prode(&["skill", "new", "more"]).fails(2).warns("--set description=");
}

#[test]
fn a_skill_travels_in_an_archive() {
    let repo = repo();
    let first = repo.prode(&["skill", "pack", "triage", "-o", "a.tar.gz", "--json"]).ok().json();
    let second = repo.prode(&["skill", "pack", "triage", "-o", "b.tar.gz", "--json"]).ok().json();
    assert_eq!(first["digest"], second["digest"]);
    repo.prode(&["skill", "pack", "triage", "-o", "a.tar.gz"]).fails(1).warns("is there already");
    let other = TestRepo::new();
    other.write("wiki/index.md", "# I\n").commit("a wiki");
    std::fs::copy(repo.path().join("a.tar.gz"), other.path().join("a.tar.gz")).unwrap();
    let args = ["skill", "install", "a.tar.gz", "--to", ".agents/skills"];
    let answer = other.prode(&[&args[..], &["--json"]].concat()).ok().json();
    assert_eq!(
        (&answer["done"], &answer["computed_hash"]),
        (&"installed".into(), &first["computed_hash"])
    );
    let lock: serde_json::Value =
        serde_json::from_slice(&std::fs::read(other.path().join("skills-lock.json")).unwrap())
            .unwrap();
    assert_eq!(lock["version"], 1);
    assert_eq!(lock["skills"]["triage"]["source"], "a.tar.gz");
    assert_eq!(lock["skills"]["triage"]["computedHash"], first["computed_hash"]);
    other.prode(&args).ok().says("was there already");
    other.prode(&["skill", "verify"]).ok().says("ok  .agents/skills/triage");
    other.prode(&["skill", "list"]).ok().says("triage");
}

#[test]
fn what_was_changed_since_is_found_and_kept() {
    let repo = repo();
    repo.write("from/pdf/SKILL.md", GOOD.replace("triage", "pdf"));
    repo.prode(&["skill", "install", "from/pdf"]).ok().says("installed skills/pdf (1 file)");
    repo.write("skills/pdf/SKILL.md", GOOD.replace("triage", "pdf") + "Ours.\n");
    repo.prode(&["skill", "verify"]).fails(1).says("changed");
    repo.prode(&["skill", "install", "from/pdf"]).fails(1).warns("--replace");
    let text = || std::fs::read_to_string(repo.path().join("skills/pdf/SKILL.md")).unwrap();
    assert!(text().ends_with("Ours.\n"));
    repo.prode(&["skill", "install", "from/pdf", "--replace"]).ok().says("replaced");
    assert!(!text().contains("Ours"));
    repo.prode(&["skill", "verify"]).ok();
    repo.remove("skills/pdf");
    repo.prode(&["skill", "verify"]).fails(1).says("missing");
    repo.write("skills-lock.json", "<<<<<<< ours\n");
    repo.prode(&["skill", "verify"]).fails(1).warns("merge");
}

#[cfg(unix)]
#[test]
fn a_package_that_is_unsound_is_not_installed() {
    let repo = repo();
    repo.write("from/bad/SKILL.md", "# no front matter\n").write("junk.tar.gz", "junk");
    repo.write("from/linked/SKILL.md", GOOD.replace("triage", "linked"));
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("from/linked/x")).unwrap();
    let before = repo.snapshot();
    repo.prode(&["skill", "install", "from/bad"]).fails(1).warns("no valid skill");
    repo.prode(&["skill", "install", "from/linked"]).fails(1).warns("not a regular file");
    repo.prode(&["skill", "install", "junk.tar.gz"]).fails(1).warns("refused");
    repo.prode(&["skill", "install", "skills/triage", "--to", "../out"]).fails(2);
    repo.prode(&["skill", "pack", "triage"]).fails(2);
    assert_eq!(repo.snapshot(), before, "nothing was written");
    std::os::unix::fs::symlink(repo.home(), repo.path().join("linked-root")).unwrap();
    repo.prode(&["skill", "install", "skills/triage", "--to", "linked-root"])
        .fails(1)
        .warns("link");
    assert!(!repo.home().join("triage").exists());
}
