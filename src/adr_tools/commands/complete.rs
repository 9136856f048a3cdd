//! `_adr_autocomplete`: what may follow, while somebody types in bash.

use super::generate::REPORTS;
use super::{COMMANDS, Reply};

/// The words that the last one of `words` may become; `words` are those of the
/// command line, `adr` first. A line, empty where nothing fits; nothing at all
/// where a whole command has been typed that takes free words.
pub(in crate::adr_tools) fn completed(words: &[String]) -> Reply {
    let typed = |at: usize| words.get(at).map_or("", String::as_str);
    if words.len() <= 2 && !is_first(typed(1)) {
        return Reply::says(line(typed(1), commands()));
    }
    let last = typed(2);
    let candidates: Vec<&str> = match typed(1) {
        "generate" => REPORTS.iter().map(|report| report.name).collect(),
        "help" => commands().collect(),
        _ => return Reply::default(),
    };
    let first = candidates.iter().find(|candidate| candidate.starts_with(last));
    if words.len() > 3 || first.is_some_and(|first| *first == last) {
        return Reply::default();
    }
    Reply::says(line(last, candidates.into_iter()))
}

fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// True for a command that is no longer being typed: it is its own first
/// completion.
fn is_first(typed: &str) -> bool {
    commands().find(|command| command.starts_with(typed)) == Some(typed)
}

fn line<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let fitting: Vec<&str> = candidates.filter(|candidate| candidate.starts_with(typed)).collect();
    format!("{}\n", fitting.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed_line(words: &str) -> String {
        let words: Vec<String> = words.split('|').map(str::to_owned).collect();
        String::from_utf8(completed(&words).out).unwrap()
    }

    #[test]
    fn a_shell_is_told_what_may_follow() {
        let all = "config generate help init link list new upgrade-repository\n";
        for (words, expected) in [
            ("adr", all),
            ("adr|", all),
            ("adr|li", "link list\n"),
            ("adr|ierhir", "\n"),
            ("adr|generate", "graph toc\n"),
            ("adr|generate|", "graph toc\n"),
            ("adr|generate|to", "toc\n"),
            ("adr|generate|toc", ""),
            ("adr|generate|x", "\n"),
            ("adr|generate|toc|-", ""),
            ("adr|help|n", "new\n"),
            ("adr|list", ""),
            ("adr|new|Use", ""),
        ] {
            assert_eq!(completed_line(words), expected, "{words}");
        }
    }
}
