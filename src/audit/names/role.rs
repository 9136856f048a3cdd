//! What a name is in a file: made there, named there, or only used.
//!
//! A script that calls `curl --max-redirs` and went says nothing about a page
//! that calls `curl --max-redirs` too. A file that made the flag and went does.

use std::ops::Range;

use super::command::Runner;

/// How a file holds a name, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It is called, passed on or mentioned.
    Used,
    /// It is a key of settings, or a variable that is set.
    Set,
    /// A program has it as a text: a flag, a variable or a metric of its own.
    Told,
    /// It is defined: a function, a type, an alert, a target.
    Made,
}

/// Ends of names of programs' files.
const PROGRAMS: &[&str] = &[
    "rs", "go", "py", "js", "jsx", "mjs", "cjs", "ts", "tsx", "java", "kt", "kts", "scala", "rb",
    "php", "c", "h", "cc", "cpp", "cxx", "hpp", "cs", "fs", "swift", "m", "ex", "exs", "erl",
    "clj", "hs", "ml", "lua", "pl", "pm", "r", "jl", "dart", "zig", "nim", "groovy", "sql",
    "proto", "thrift", "graphql",
];
/// Words behind which a name is made.
const MAKES: &[&str] = &[
    "fn",
    "func",
    "def",
    "class",
    "struct",
    "enum",
    "trait",
    "type",
    "interface",
    "const",
    "let",
    "var",
    "val",
    "static",
    "mod",
    "module",
    "function",
    "macro_rules",
    "record",
    "object",
    "message",
    "service",
    "rpc",
    "table",
    "view",
    "define",
    "variable",
    "resource",
    "local",
    "sub",
];
/// Keys whose value is the name of something that the file makes.
const NAMING: &[&str] = &["alert:", "record:", "\"alert\":", "\"record\":", "alert=", "record="];

/// True for a program in a language whose texts are data. In a shell script
/// most words are other programs'.
fn is_program(name: &str) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    end.is_some_and(|end| PROGRAMS.contains(&end.as_str()))
}

/// What the word at `at` of `text` is in the file called `name`.
pub fn role(name: &str, text: &[u8], at: Range<usize>) -> Role {
    let from = memchr::memrchr(b'\n', &text[..at.start]).map_or(0, |it| it + 1);
    let to = memchr::memchr(b'\n', &text[at.end..]).map_or(text.len(), |it| at.end + it);
    let before = String::from_utf8_lossy(&text[from..at.start]);
    let after = String::from_utf8_lossy(&text[at.end..to]);
    // The underscores of `_name_` are part of it.
    let (before, after) = (before.trim_end_matches('_'), after.trim_start_matches('_'));
    if Runner::of_file(name).is_some_and(|it| it.defines(before, after)) {
        return Role::Made;
    }
    if is_comment(before) {
        return Role::Used;
    }
    if is_made(before, after) {
        return Role::Made;
    }
    let bare = before.trim_end_matches('-');
    let is_text = bare.ends_with(['"', '\'', '`']) && after.starts_with(['"', '\'', '`', ',', '=']);
    if is_program(name) && (is_text || before.ends_with("env.")) {
        return Role::Told;
    }
    if before.ends_with("--")
        && after.trim_start().starts_with([')', '|'])
        && bare.trim().is_empty()
    {
        // A branch of a script's own `case`.
        return Role::Made;
    }
    let lead = before.trim().trim_start_matches("- ").trim_start_matches("export ");
    let lead = lead.trim_start_matches("ENV ").trim_start_matches("ARG ");
    let is_key = matches!(lead, "" | "\"" | "'" | "-" | "export" | "ENV" | "ARG");
    let behind = after.trim_start_matches(['"', '\'']).trim_start();
    let is_set = behind.starts_with(':') || (behind.starts_with('=') && !behind.starts_with("=="));
    if is_key && is_set { Role::Set } else { Role::Used }
}

/// True behind the sign of a comment.
fn is_comment(before: &str) -> bool {
    let lead = before.trim_start();
    ["//", "#", "*", "/*", "--", ";", "%"].iter().any(|sign| {
        lead.starts_with(sign)
            && !lead.starts_with("#[")
            && !lead.starts_with("#define")
            && lead != "--"
    }) || before.contains(" // ")
        || before.contains(" # ")
}

fn is_made(before: &str, after: &str) -> bool {
    let bare = before.trim_end_matches(['"', '\'', '-']).trim_end();
    if NAMING.iter().any(|key| bare.ends_with(key)) {
        return true;
    }
    // `func (s *Store) name(`
    if before.trim_start().starts_with("func (") && before.ends_with(") ") && after.starts_with('(')
    {
        return true;
    }
    let spaced = before.len() > before.trim_end().len() || before.ends_with('"');
    let last =
        bare.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    spaced && MAKES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn of(file: &str, line: &str, name: &str) -> Role {
        let text = format!("first\n{line}\nlast");
        let start = text.find(name).unwrap();
        role(file, text.as_bytes(), start..start + name.len())
    }

    #[test]
    fn a_name_is_made_where_a_language_makes_names() {
        for (file, line) in [
            ("a.rs", "    pub fn open_shard(&self) {"),
            ("a.go", "func (s *Store) open_shard(x int) error {"),
            ("a.py", "class open_shard:"),
            ("a.tf", "variable \"open_shard\" {"),
            ("rules.yaml", "    - alert: open_shard"),
            ("rules.jsonnet", "      alert: 'open_shard',"),
            ("Makefile", "open_shard: deps"),
            ("run.sh", "    --open_shard) shard=1 ;;"),
        ] {
            assert_eq!(of(file, line, "open_shard"), Role::Made, "{line}");
        }
    }

    #[test]
    fn a_program_tells_its_flags_and_variables() {
        for line in [
            "  cmd.Flag(\"open-shard\", \"help\")",
            "parser.add_argument('--open-shard')",
            "Name: \"open-shard\",",
            "X int `yaml:\"open-shard,omitempty\"`",
        ] {
            assert_eq!(of("a.go", line, "open-shard"), Role::Told, "{line}");
        }
        assert_eq!(of("a.ts", "if (process.env.OPEN_SHARD) {", "OPEN_SHARD"), Role::Told);
    }

    #[test]
    fn settings_are_set_and_calls_are_used() {
        assert_eq!(of("a.yaml", "  open_shard: 3", "open_shard"), Role::Set);
        assert_eq!(of("Dockerfile", "ENV OPEN_SHARD=3", "OPEN_SHARD"), Role::Set);
        assert_eq!(of("a.json", "  \"open_shard\": 3", "open_shard"), Role::Set);
        for (file, line) in [
            ("a.rs", "    self.open_shard(x);"),
            ("a.sh", "tool --open_shard 3"),
            ("a.py", "# def open_shard"),
            ("a.go", "// func open_shard("),
            ("a.yaml", "args: [--open_shard, 3]"),
            ("a.py", "if open_shard == 3:"),
        ] {
            assert_eq!(of(file, line, "open_shard"), Role::Used, "{line}");
        }
    }
}
