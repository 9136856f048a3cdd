//! Names that a page uses: flags, settings, functions, types, metrics, alerts
//! and targets, as its code spans and code blocks hold them.
//!
//! A name is looked for only where it is one: two parts or more, and long
//! enough that nobody writes it by chance. Whether the code has it, or had it,
//! is left to whoever knows the tree; [`role()`] says what a name is in a file.

mod command;
mod role;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use command::Runner;
pub use role::{Role, role};
pub use words::each_word;
use words::key;

/// Fewer letters and digits are nobody's name.
const SHORTEST: usize = 8;
/// More are no name that somebody typed.
const LONGEST: usize = 100;
/// Different names of one page that are looked at.
const MOST: usize = 300;
/// What a metrics library adds to a name.
const SERIES: &[&str] = &["_bucket", "_count", "_sum", "_total"];

/// A name on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the page has it; of a target, behind the program that makes it.
    pub text: String,
    /// Its number, as [`each_word`] tells it; with that of its [`Runner`] for a target.
    pub key: u64,
    /// Numbers under which the code may have it in another notation: it puts
    /// names together, and begins or ends where the page goes on.
    pub others: Vec<u64>,
    /// The program whose target it is.
    pub runner: Option<Runner>,
    /// What a file must have had it as. A text in two cases is a value, often
    /// of somebody else's interface.
    pub least: Role,
}

impl Name {
    /// Its number as the page's own text has it: that of a target is there
    /// without its runner.
    pub fn page_key(&self) -> u64 {
        self.runner.map_or(self.key, |runner| self.key ^ runner.seed())
    }
}

/// The names in pieces of code: each once, by its text.
pub fn names<'a>(code: impl IntoIterator<Item = &'a str>) -> Vec<Name> {
    let mut found = BTreeMap::new();
    for piece in code {
        for (runner, target) in command::targets(piece) {
            let text = format!("{} {target}", runner.typed());
            let key = key(target) ^ runner.seed();
            found.insert(
                text.clone(),
                Name { text, key, others: Vec::new(), runner: Some(runner), least: Role::Made },
            );
        }
        for text in piece.split(is_boundary).flat_map(named) {
            if found.len() >= MOST {
                return found.into_values().collect();
            }
            let (key, others) = (key(text), others(text));
            let name =
                Name { text: text.to_owned(), key, others, runner: None, least: least(text) };
            found.insert(text.to_owned(), name);
        }
    }
    found.into_values().collect()
}

/// What ends a word that may hold names. A path is one word, and none.
fn is_boundary(c: char) -> bool {
    c.is_whitespace() || "\"'`()[]<>{},;|=*!#&?".contains(c)
}

/// The names in one word: a flag, or each part of `Type::method` and `a.b`.
fn named(word: &str) -> Vec<&str> {
    let is_foreign = |c: char| matches!(c, '/' | '\\' | '@' | '%' | '~' | '+') || !c.is_ascii();
    if word.len() > LONGEST || word.contains(is_foreign) {
        return Vec::new();
    }
    if let Some(flag) = word.strip_prefix("--") {
        let flag = flag.trim_end_matches(['.', ':', '-']);
        let is_flag = flag.starts_with(|c: char| c.is_ascii_alphabetic())
            && flag.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        let parts = flag.split(['.', '_', '-']).filter(|it| !it.is_empty()).count();
        let is_specific = parts > 1 && long_enough(flag);
        let end = "--".len() + flag.len();
        return if is_flag && is_specific { vec![&word[..end]] } else { Vec::new() };
    }
    let parts = word.split([':', '.', '$', '-']).collect::<Vec<_>>();
    // `some-thing` is a name of machines, of packages, of anything.
    if word.trim_matches('-').contains('-') {
        return Vec::new();
    }
    parts.into_iter().filter(|it| is_specific(it)).collect()
}

fn least(text: &str) -> Role {
    let is_value = !text.contains(['_', '-']);
    if is_value { Role::Made } else { Role::Told }
}

/// Two parts of letters, joined by an underscore or written as one in two cases.
fn is_specific(word: &str) -> bool {
    let is_name = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !is_name || !long_enough(word) || has_number(word) {
        return false;
    }
    let parts = word.split('_').filter(|it| it.len() > 1).count();
    let hump = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    parts > 1 || word.as_bytes().windows(2).any(hump)
}

fn long_enough(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_alphanumeric).count() >= SHORTEST
}

/// Digits in a row are a day, a port or an id, and part of an example.
fn has_number(word: &str) -> bool {
    word.as_bytes().windows(4).any(|it| it.iter().all(u8::is_ascii_digit))
}

/// Other numbers of `text`: without what a library adds behind it, and without
/// the first parts, which a program may put before it.
fn others(text: &str) -> Vec<u64> {
    let mut found = BTreeSet::new();
    let bare = text.trim_start_matches('-');
    let short = SERIES.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    for whole in [bare, short] {
        let mut rest = whole;
        loop {
            let parts = rest.split(['_', '-', '.']).filter(|it| !it.is_empty()).count();
            if parts < 2 || !long_enough(rest) {
                break;
            }
            found.insert(key(rest));
            let Some(cut) = rest.find(['_', '-', '.']) else { break };
            rest = rest[cut..].trim_start_matches(['_', '-', '.']);
        }
    }
    found.remove(&key(text));
    found.into_iter().collect()
}

/// Words by which a text says that what it names is no longer there.
const OVER: &[&str] = &[
    "deprecated",
    "deprecates",
    "deprecation",
    "removed",
    "removes",
    "renamed",
    "replaced",
    "replaces",
    "formerly",
    "previously",
    "legacy",
    "obsolete",
    "longer",
    "historical",
    "migrated",
    "dropped",
    "old",
];

/// Numbers of the words of which `text` itself says, on their line or on the
/// line before, that they are gone: those of [`Name::page_key`].
pub fn said_gone(text: &str) -> HashSet<u64> {
    let is_over = |line: &str| {
        let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| OVER.iter().any(|over| word.eq_ignore_ascii_case(over)))
    };
    let (mut gone, mut was_over) = (HashSet::new(), false);
    for line in text.lines() {
        let is_over = is_over(line);
        if is_over || was_over {
            each_word(line.as_bytes(), &mut |key, _| _ = gone.insert(key));
        }
        was_over = is_over;
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(code: &str) -> Vec<String> {
        names([code]).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn names_are_what_nobody_writes_by_chance() {
        assert_eq!(texts("Store::open_shard(x)"), ["open_shard"]);
        assert_eq!(texts("server --max-open-files=3 --force"), ["--max-open-files"]);
        assert_eq!(texts("rate(queue_jobs_failed_total[5m])"), ["queue_jobs_failed_total"]);
        assert_eq!(texts("QUEUE_WORKER_LIMIT=4"), ["QUEUE_WORKER_LIMIT"]);
        assert_eq!(texts("alert: QueueIsStuck"), ["QueueIsStuck"]);
        for none in [
            "queue",
            "some-thing-else",
            "src/max_open_files.rs",
            "a_b",
            "ls -la",
            "JIRA_20261127",
            "https://x.example/max_open_files",
            "größe_der_schlange",
            "--force",
            "x@max_open_files",
        ] {
            assert!(texts(none).is_empty(), "{none}: {:?}", texts(none));
        }
    }

    #[test]
    fn targets_are_names_of_their_program() {
        assert_eq!(texts("$ make -C x build-all"), ["make build-all"]);
        assert_ne!(names(["make lint"])[0].key, names(["just lint"])[0].key);
    }

    #[test]
    fn a_name_may_be_put_together() {
        let name = &names(["queue_jobs_wait_seconds_bucket"])[0];
        assert!(name.others.contains(&key("jobs_wait_seconds")), "{name:?}");
        assert!(!name.others.contains(&key("seconds")));
    }

    #[test]
    fn a_page_that_knows_is_not_told() {
        let name = &names(["--max-open-files"])[0];
        let says_gone = |text: &str| said_gone(text).contains(&name.page_key());
        assert!(says_gone("The flag `--max-open-files` was removed."));
        assert!(says_gone("No longer there:\n\n`--x`\n\nDeprecated\n- `--max-open-files`"));
        assert!(!says_gone("Deprecated: `--x`\n\nUse `--max-open-files`."));
    }

    #[test]
    fn a_page_full_of_names_ends() {
        let code = (0..2_000).map(|at| format!("name_of_thing_{at}")).collect::<Vec<_>>().join(" ");
        assert_eq!(names([code.as_str()]).len(), MOST);
    }
}
