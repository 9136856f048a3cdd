//! Files of the repository that the evidence names.

use prode::triage::delivery::{Named, named_paths};

/// `path:line` of what texts name.
fn named(texts: &[&str], all: &[&str]) -> Vec<String> {
    let all: Vec<String> = all.iter().map(|it| (*it).to_owned()).collect();
    let told = |it: Named| match it.line {
        Some(line) => format!("{}:{line}", it.path),
        None => it.path,
    };
    named_paths(texts.iter().copied(), &all).into_iter().map(told).collect()
}

#[test]
fn a_name_is_a_path_or_the_only_end_of_one() {
    let all = ["src/pool.rs", "pool.rs", "src/a/mod.rs", "src/b/mod.rs", "Makefile", "web/a.ts"];
    for (text, expected) in [
        ("in src/pool.rs.", "src/pool.rs"),
        ("in pool.rs", "pool.rs"),
        ("in ./pool.rs", "pool.rs"),
        ("in /app/web/a.ts!", "web/a.ts"),
        ("in a.ts?", "web/a.ts"),
        ("in web\\a.ts", "web/a.ts"),
        ("in a/mod.rs", "src/a/mod.rs"),
        ("in other/a.ts", ""),
        ("in mod.rs", ""),
        ("in Makefile", ""),
        ("in b.ts", ""),
        ("in ba.ts", ""),
    ] {
        let expected: Vec<&str> = Some(expected).into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(named(&[text], &all), expected, "{text}");
    }
}

#[test]
fn a_place_in_a_file_is_its_first_number() {
    let all = ["a.rs"];
    for (text, expected) in [
        ("(a.rs:12:3)", "a.rs:12"),
        ("\"a.rs#L7\"", "a.rs:7"),
        ("a.rs#L7-L9", "a.rs:7"),
        ("a.rs:0", "a.rs"),
        ("a.rs:", "a.rs"),
        ("a.rs:x", "a.rs"),
        ("file=a.rs:4,", "a.rs:4"),
        ("a.rs:99999999999", "a.rs"),
    ] {
        assert_eq!(named(&[text], &all), [expected], "{text}");
    }
}

#[test]
fn each_file_is_named_once_and_ten_are_the_most() {
    let all: Vec<String> = (0..12).map(|it| format!("f{it}.rs")).collect();
    let names: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(named(&names, &names), names[..10]);
    assert_eq!(named(&["f1.rs:3 f1.rs:9", "f0.rs"], &names), ["f1.rs:3", "f0.rs"]);
    let long = format!("{}.rs", "a".repeat(508));
    let longer = format!("a{long}");
    assert_eq!(named(&[&long], &[&long]), [long.as_str()]);
    assert_eq!(named(&[&longer], &[&longer]), [""; 0]);
}

#[test]
fn a_part_is_thirty_lines_around_its_place() {
    let lines: Vec<String> = (1..=200).map(|it| it.to_string()).collect();
    let text = lines.join("\n");
    let ends = |line: Option<u32>| {
        let (from, part) = Named { path: "a".to_owned(), line }.part(&text);
        let mut lines = part.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        (from, first, lines.next_back().unwrap_or_default().to_owned())
    };
    let of = |from: u32, until: u32| (from, from.to_string(), until.to_string());
    assert_eq!(ends(Some(100)), of(70, 130));
    assert_eq!(ends(Some(31)), of(1, 61));
    assert_eq!(ends(Some(32)), of(2, 62));
    assert_eq!(ends(Some(1)), of(1, 31));
    assert_eq!(ends(Some(190)), of(160, 200));
    assert_eq!(ends(None), of(1, 120));
}
