//! Targets that a command line names: `make lint`, `npm run build`.

/// A program that runs what a file of the repository defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Runner {
    /// `make`, and files of rules.
    Make,
    /// `just`, and justfiles.
    Just,
    /// `task`, and Taskfiles.
    Task,
    /// `npm`, `yarn`, `pnpm`, and `package.json`.
    Npm,
    /// `cargo run --bin`, and `Cargo.toml`.
    Cargo,
}

const ALL: [Runner; 5] = [Runner::Make, Runner::Just, Runner::Task, Runner::Npm, Runner::Cargo];

impl Runner {
    /// The one whose targets stand in the file called `name`.
    pub fn of_file(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        let is_make = matches!(name.as_str(), "makefile" | "gnumakefile")
            || name.starts_with("makefile.")
            || end == "mk";
        match name.as_str() {
            _ if is_make => Some(Self::Make),
            "justfile" | ".justfile" => Some(Self::Just),
            "taskfile.yml" | "taskfile.yaml" => Some(Self::Task),
            "package.json" => Some(Self::Npm),
            "cargo.toml" => Some(Self::Cargo),
            _ if end == "just" => Some(Self::Just),
            _ => None,
        }
    }

    /// What stands before a target on a command line.
    pub fn typed(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Just => "just",
            Self::Task => "task",
            Self::Npm => "npm run",
            Self::Cargo => "cargo run --bin",
        }
    }

    /// Makes a word's number that of a target.
    pub fn seed(self) -> u64 {
        let at = ALL.iter().position(|it| *it == self).unwrap_or_default();
        0x9e37_79b9_7f4a_7c15_u64.rotate_left(u32::try_from(at * 7).unwrap_or_default())
    }

    /// True if the line, of which `before` and `after` stand around a word,
    /// defines that word as a target.
    pub(super) fn defines(self, before: &str, after: &str) -> bool {
        match self {
            Self::Make => before.is_empty() && is_rule(after),
            Self::Just => matches!(before, "" | "@") && is_rule(after),
            Self::Task => !before.is_empty() && before.trim().is_empty() && after.starts_with(':'),
            Self::Npm => {
                before.trim() == "\"" && after.trim_start_matches('"').trim_start().starts_with(':')
            }
            Self::Cargo => {
                let before = before.split_whitespace().collect::<String>();
                before == "name=\"" && after.starts_with('"')
            }
        }
    }
}

/// `: …`, ` other: …`, and not `:=`.
fn is_rule(after: &str) -> bool {
    let Some(colon) = after.find(':') else { return false };
    !after[colon..].starts_with(":=") && !after[..colon].contains(['=', '$', '#', '?', '+'])
}

/// Every target that a command in `code` names.
pub(super) fn targets(code: &str) -> Vec<(Runner, &str)> {
    let lines = code.lines().flat_map(|line| line.split("&&").flat_map(|it| it.split(['|', ';'])));
    lines.flat_map(of_command).collect()
}

fn of_command(line: &str) -> Vec<(Runner, &str)> {
    let line = line.split(" #").next().unwrap_or_default().trim();
    let line = line.trim_start_matches(['$', '>']).trim_start();
    let mut words = line.split_whitespace().skip_while(|it| *it == "sudo" || it.contains('='));
    let runner = match words.next() {
        Some("make") => Runner::Make,
        Some("just") => Runner::Just,
        Some("task") => Runner::Task,
        Some("npm" | "yarn" | "pnpm") => {
            let target = words.next().filter(|it| *it == "run").and_then(|_| words.next());
            return target
                .filter(|it| is_target(it))
                .map(|it| (Runner::Npm, it))
                .into_iter()
                .collect();
        }
        Some("cargo") => {
            let is_run = words.next() == Some("run");
            let target = words.skip_while(|it| *it != "--bin").nth(1);
            let target = target.filter(|it| is_run && is_target(it));
            return target.map(|it| (Runner::Cargo, it)).into_iter().collect();
        }
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        // Somewhere else is another file, which may be anybody's.
        if matches!(word, "-C" | "-f" | "-d" | "--directory" | "--justfile") {
            words.next();
        } else if is_target(word) {
            found.push((runner, word));
            // What follows a recipe of these are its arguments.
            if runner != Runner::Make {
                break;
            }
        } else if !word.starts_with('-') && !word.contains('=') {
            break;
        }
    }
    found
}

fn is_target(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_name_their_targets() {
        use Runner::{Cargo, Just, Make, Npm};
        for (line, expected) in [
            ("make build test", vec![(Make, "build"), (Make, "test")]),
            ("$ sudo make -j4 X=1 all && just lint a", vec![(Make, "all"), (Just, "lint")]),
            ("npm run check-types", vec![(Npm, "check-types")]),
            ("cargo run -q --bin tool -- x", vec![(Cargo, "tool")]),
            ("make <target>", vec![]),
            ("npm install x", vec![]),
            ("remake all", vec![]),
            ("cargo build --bin tool", vec![]),
        ] {
            assert_eq!(targets(line), expected, "{line}");
        }
    }

    #[test]
    fn files_define_targets_in_their_own_form() {
        for (runner, before, after) in [
            (Runner::Make, "", ": deps"),
            (Runner::Make, "", " other: deps"),
            (Runner::Just, "@", " name:"),
            (Runner::Task, "  ", ":"),
            (Runner::Npm, "    \"", "\": \"tsc\","),
            (Runner::Cargo, "name = \"", "\""),
        ] {
            assert!(runner.defines(before, after), "{runner:?} {after}");
        }
        for (runner, before, after) in [
            (Runner::Make, "", " := 3"),
            (Runner::Make, "\t", ": x"),
            (Runner::Npm, "// \"", "\""),
            // A parameter with a default is not told from a setting.
            (Runner::Just, "@", " name='x':"),
        ] {
            assert!(!runner.defines(before, after), "{runner:?} {after}");
        }
        assert_eq!(Runner::of_file("Makefile"), Some(Runner::Make));
        assert_eq!(Runner::of_file("rules.MK"), Some(Runner::Make));
        assert_eq!(Runner::of_file("makefile.rs.bak"), Some(Runner::Make));
        assert_eq!(Runner::of_file("main.rs"), None);
    }
}
