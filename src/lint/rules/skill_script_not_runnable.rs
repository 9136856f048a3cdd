//! `skill-script-not-runnable`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "skill-script-not-runnable",
    family: Family::Skill,
    level: Severity::Warning,
    summary: "a script of a skill cannot be started",
    why: "It has a first line `#!` and may not be run, or may be run and has none. A file with \
        neither is started by naming its interpreter and is left alone, unless it is a shell \
        script. Known only of files on disk.",
    repair: "chmod +x the file, and begin it with #!",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for script in context.inputs.scripts.iter().flatten() {
        let is_shell = script.path.extension().is_some_and(|it| it == "sh" || it == "bash");
        let (message, hint) = match (script.is_executable, script.has_shebang) {
            (false, true) => ("the script may not be run", format!("chmod +x {}", script.path)),
            (true, false) => (
                "the script does not begin with #!",
                "begin it with #! and its interpreter".to_owned(),
            ),
            (false, false) if is_shell => (
                "the script may not be run and does not begin with #!",
                format!("begin it with #!/bin/sh, and chmod +x {}", script.path),
            ),
            // Whole, or started by naming its interpreter.
            (true, true) | (false, false) => continue,
        };
        found.push(Found::in_file(&script.path, message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::context::Script;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    #[test]
    fn a_half_made_script_is_found() {
        let mut memory = Memory::new("");
        let script = |name: &str, is_executable, has_shebang| Script {
            path: RepoPath::new(format!("skills/a/scripts/{name}")).unwrap(),
            is_executable,
            has_shebang,
        };
        memory.inputs.scripts = Some(vec![
            script("a.sh", false, true),
            script("b.sh", true, false),
            script("c.sh", false, false),
            script("d.py", false, false),
            script("e.sh", true, true),
        ]);
        let found = findings(&RULE, &memory);
        let paths: Vec<_> = found.iter().map(|it| it.path.file_name().into_owned()).collect();
        assert_eq!(paths, ["a.sh", "b.sh", "c.sh"]);
    }
}
