use proptest::prelude::*;

use super::*;
use crate::corpus::roots::tests::Files;

fn github(text: &str) -> CodeOwners {
    CodeOwners::parse(text.as_bytes(), OwnersDialect::GitHub).0
}

fn gitlab(text: &str) -> CodeOwners {
    CodeOwners::parse(text.as_bytes(), OwnersDialect::GitLab).0
}

fn owners(file: &CodeOwners, path: &str) -> String {
    file.owners(&RepoPath::new(path).unwrap()).join(" ")
}

/// The paths of `paths` that one pattern matches.
fn matched(pattern: &str, dialect: OwnersDialect, paths: &[&str]) -> Vec<String> {
    let file = CodeOwners::parse(format!("{pattern} @x").as_bytes(), dialect).0;
    let owned = paths.iter().filter(|path| owners(&file, path) == "@x");
    owned.map(ToString::to_string).collect()
}

#[test]
fn github_patterns() {
    let paths = &["docs/a.md", "docs/b/c.md", "x/docs/a.md", "docs", "a.md", "adocs/a.md"];
    let on = |pattern| matched(pattern, OwnersDialect::GitHub, paths);
    assert_eq!(on("*"), paths);
    assert_eq!(on("/docs/"), ["docs/a.md", "docs/b/c.md"]);
    assert_eq!(on("docs/"), ["docs/a.md", "docs/b/c.md", "x/docs/a.md"]);
    assert_eq!(on("docs"), ["docs/a.md", "docs/b/c.md", "x/docs/a.md", "docs"]);
    assert_eq!(on("docs/*"), ["docs/a.md"]);
    assert_eq!(on("docs/**"), ["docs/a.md", "docs/b/c.md"]);
    assert_eq!(on("docs/b"), ["docs/b/c.md"]);
    assert_eq!(on("**/docs/*.md"), ["docs/a.md", "x/docs/a.md"]);
    assert_eq!(on("/docs/**/c.md"), ["docs/b/c.md"]);
    assert_eq!(on("*.md"), ["docs/a.md", "docs/b/c.md", "x/docs/a.md", "a.md", "adocs/a.md"]);
    assert_eq!(on("/?.md"), ["a.md"]);
    assert_eq!(on("/*"), ["docs", "a.md"]);
    assert_eq!(on("DOCS/"), Vec::<String>::new());
}

#[test]
fn gitlab_patterns() {
    let paths = &["docs/a.md", "docs/b/c.md", "x/docs/a.md", "docs", "a.md"];
    let on = |pattern| matched(pattern, OwnersDialect::GitLab, paths);
    assert_eq!(on("*"), paths);
    assert_eq!(on("/docs/"), ["docs/a.md", "docs/b/c.md"]);
    assert_eq!(on("/docs/*"), ["docs/a.md"]);
    assert_eq!(on("docs/a.md"), ["docs/a.md", "x/docs/a.md"]);
    assert_eq!(on("docs"), ["docs"]);
    assert_eq!(on("/docs/**/*.md"), ["docs/a.md", "docs/b/c.md"]);
}

#[test]
fn the_last_match_wins_and_may_leave_a_path_unowned() {
    let file =
        github("* @all\n/wiki/ @a @b # the writers\n/wiki/free/\n\\#x @c\nwith\\ space.md @d\n");
    assert_eq!(owners(&file, "x.md"), "@all");
    assert_eq!(owners(&file, "wiki/a.md"), "@a @b");
    assert_eq!(owners(&file, "wiki/free/a.md"), "");
    assert_eq!(owners(&file, "with space.md"), "@d");
    assert_eq!(owners(&file, "#x"), "@c");
    assert_eq!(file.everybody(), ["@a", "@all", "@b", "@c", "@d"]);
}

#[test]
fn what_has_no_meaning_is_reported_and_left_out() {
    let text = "* @a\n!x @b\n[ab].md @c\n/ @d\nx\\\n*.md payments\n";
    let (file, found) = CodeOwners::parse(text.as_bytes(), OwnersDialect::GitHub);
    let lines: Vec<u32> = found.iter().map(|it| it.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6]);
    assert_eq!(found[4].message, "the owner 'payments' is no @user, @org/team or email");
    assert_eq!(owners(&file, "x"), "@a");
    assert_eq!(owners(&file, "a.md"), "payments");
}

#[test]
fn gitlab_sections_are_judged_apart_and_joined() {
    let file = gitlab(
        "* @all\n[Docs][2] @writers\n/docs/\n/docs/api/ @api\n^[Ops]\n/docs/ @ops\n!/docs/private/\n\
         [DOCS]\n*.md @md @all\n",
    );
    assert_eq!(owners(&file, "x.rs"), "@all");
    assert_eq!(owners(&file, "docs/a.txt"), "@all @writers @ops");
    assert_eq!(owners(&file, "docs/api/a.txt"), "@all @api @ops");
    assert_eq!(owners(&file, "docs/private/a.txt"), "@all @writers");
    assert_eq!(owners(&file, "docs/a.md"), "@all @md @ops");
}

#[test]
fn half_written_sections_do_not_stop_reading() {
    let text = "[Docs\n[A][ @x\n[B]\r\n*.md @b\r\n^[\n[]\n";
    let (file, found) = CodeOwners::parse(text.as_bytes(), OwnersDialect::GitLab);
    assert_eq!(owners(&file, "a.md"), "@b");
    assert_eq!(found.iter().map(|it| it.line).collect::<Vec<_>>(), [1, 5]);
}

#[test]
fn the_file_is_found_and_tells_its_dialect() {
    let find = |files: &[(&str, &str)], dialect| {
        let found = OwnersFile::find(&Files::with(files), dialect).unwrap();
        (found.path.to_string(), found.dialect)
    };
    let both = &[("CODEOWNERS", "* @a\n"), (".github/CODEOWNERS", "* @b\n")];
    assert_eq!(find(both, None), (".github/CODEOWNERS".into(), OwnersDialect::GitHub));
    assert_eq!(find(both, Some(OwnersDialect::GitLab)).0, "CODEOWNERS");
    assert_eq!(find(&[("docs/CODEOWNERS", "[A]\n* @a\n")], None).1, OwnersDialect::GitLab);
    assert_eq!(find(&[(".gitlab/CODEOWNERS", "* @a\n")], None).1, OwnersDialect::GitLab);
}

#[test]
fn hostile_files_are_read_and_asked_in_bounded_time() {
    let deep = "/**".repeat(300);
    let stars = "*a".repeat(400);
    let many: String = (0..10_000).map(|i| ["**/**/** @x\n", "*a*b @y\n"][i % 2]).collect();
    let long = "x".repeat(5_000);
    let text = format!("{many}{deep}/z @deep\n{stars}b @stars\n{long} @long\n");
    let (file, found) = CodeOwners::parse(text.as_bytes(), OwnersDialect::GitHub);
    assert_eq!(found.len(), 1, "only the line that is too long is reported");
    assert_eq!(owners(&file, &format!("{}/c", ["a"; 1_000].join("/"))), "@x");
    assert_eq!(owners(&file, &"a".repeat(4_000)), "@x");
    assert_eq!(owners(&file, &"a".repeat(5_000)), "");
    let huge = vec![b'*'; MAX_BYTES + 1];
    assert_eq!(CodeOwners::parse(&huge, OwnersDialect::GitHub).1.len(), 1);
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300), path in "[a-c/*!#]{1,20}") {
        for dialect in [OwnersDialect::GitHub, OwnersDialect::GitLab] {
            let (file, _) = CodeOwners::parse(&bytes, dialect);
            let Ok(path) = RepoPath::new(path.trim_start_matches('/')) else { continue };
            let _ = file.owners(&path);
        }
    }

    /// The glob agrees with a regular expression that says the same.
    #[test]
    fn a_pattern_means_its_regular_expression(
        pattern in "/((\\*\\*|[ab?]{1,2}|[ab?]?\\*[ab?]?)/){0,3}([ab?]{1,2}|[ab?]?\\*[ab?]?)",
        path in "[ab]{1,3}(/[ab]{1,3}){0,3}",
    ) {
        let source = regex::escape(&pattern[1..])
            .replace(r"\*\*/", "(?:.+/)?").replace(r"\*", "[^/]*").replace(r"\?", "[^/]");
        let beneath = if pattern.ends_with("/*") { "" } else { "(?:/.*)?" };
        let regex = regex::Regex::new(&format!("^(?:{source}){beneath}$")).unwrap();
        let matched = !matched(&pattern, OwnersDialect::GitHub, &[&path]).is_empty();
        prop_assert_eq!(matched, regex.is_match(&path), "{} {}", pattern, path);
    }
}
