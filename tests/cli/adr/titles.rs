//! Titles that break other tools.

use super::{log, read};

#[test]
fn a_title_never_breaks_its_file_or_a_link_to_it() {
    let repo = log();
    let long = "word ".repeat(60);
    for (title, file) in [
        ("Use A|B", "0004-use-a-b.md"),
        ("../../etc/passwd", "0005-etc-passwd.md"),
        ("Say \"it's\" `so`", "0006-say-it-s-so.md"),
        ("\u{1f680}", "0007-decision.md"),
        (
            "\u{65e5}\u{672c}\u{8a9e}\u{306e}\u{6c7a}\u{5b9a}",
            "0008-\u{65e5}\u{672c}\u{8a9e}\u{306e}\u{6c7a}\u{5b9a}.md",
        ),
        ("two\nlines\r\n# three", "0009-two-lines-three.md"),
        ("[x](y) <b> & ]", "0010-x-y-b.md"),
        ("C #", "0011-c.md"),
    ] {
        repo.prode(&["adr", "new", title]).ok().says(&format!("doc/adr/{file}"));
        let text = read(&repo, &format!("doc/adr/{file}"));
        assert!(text.starts_with(&format!("# {}. ", file[..4].parse::<u32>().unwrap())), "{text}");
    }
    repo.prode(&["adr", "new", "--", "--force", "it"]).ok().says("doc/adr/0012-force-it.md");
    repo.prode(&["adr", "new", &long]).ok().says("doc/adr/0013-word-word");
    repo.prode(&["adr", "new", " \n "]).fails(1).warns("the title is empty");
    for number in 4..=13 {
        let number = number.to_string();
        repo.prode(&["adr", "link", "1", "relates to", &number]).ok();
    }
    let list = repo.prode(&["adr", "list", "--json"]).ok().json();
    let decisions = list["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 13);
    assert_eq!(decisions[3]["title"], "Use A|B");
    assert_eq!(decisions[8]["title"], "two lines # three");
    let links = repo.prode(&["links", "doc/adr/0001-one.md", "--worktree", "--json"]).ok().json();
    let text = serde_json::to_string(&links).unwrap();
    for number in 4..=13 {
        assert!(text.contains(&format!("doc/adr/{number:04}-")), "no link to {number} in {text}");
    }
}
