//! What a page's text becomes.

use crate::document::{Document, LinkKind, parse};
use crate::repo_path::RepoPath;

fn read(text: &str) -> Document {
    parse(&RepoPath::from_git("page.md"), text.as_bytes()).0
}

fn prose(text: &str) -> String {
    read(text).sections.remove(0).prose
}

fn links(text: &str) -> Vec<(LinkKind, String, String)> {
    read(text).links.into_iter().map(|link| (link.kind, link.target, link.text)).collect()
}

fn headings(text: &str) -> Vec<String> {
    read(text).sections[1..].iter().map(|section| section.heading.clone()).collect()
}

#[test]
fn only_headings_at_the_top_level_cut() {
    let text = "# A\n- # B\n\n> # C\n\n```\n# D\n```\n\n<div>\n# E\n</div>\n\nF\n===\n   ## G ##\n";
    assert_eq!(headings(text), ["A", "F", "G"]);
    assert_eq!(read(text).anchors, ["a", "b", "c", "f", "g"]);
}

#[test]
fn a_longer_or_other_fence_holds_a_shorter_one() {
    assert_eq!(headings("````\n```\n# A\n```\n# B\n````\n# C\n"), ["C"]);
    assert_eq!(headings("~~~\n```\n# A\n~~~\n# B\n"), ["B"]);
}

#[test]
fn a_section_keeps_its_lines_and_bytes() {
    let text = "\u{feff}---\r\ntitle: T\r\n---\r\nintro\r\n\r\n  # A\r\nb\r\n";
    let document = read(text);
    let [intro, a] = &document.sections[..] else { panic!("{:?}", document.sections) };
    assert_eq!((intro.lines, a.lines), ([1, 5], [6, 7]));
    assert_eq!(&text[a.span.start as usize..a.span.end as usize], "  # A\r\nb\r\n");
    assert_eq!((intro.prose.as_str(), a.prose.as_str()), ("intro", "b"));
}

#[test]
fn a_heading_is_its_text_without_markup() {
    let text = "# `a` *b* [c](d) ![e](f) <b>g</b> &amp; \\# h\nx\n";
    let document = read(text);
    assert_eq!(document.h1.as_deref(), Some("a b c e g & # h"));
    assert_eq!(document.sections[1].prose, "x");
}

#[test]
fn prose_is_what_a_reader_sees() {
    assert_eq!(prose("a *b* `c` [d](e) ![f](g)\nh  \ni\n\n- j\n- k\n"), "a b c d f h i\nj\nk");
    assert_eq!(prose("| a | b |\n|---|---|\n| c | d |\n"), "a | b\nc | d");
    assert_eq!(prose("a<br>b<!-- c -->d\n\n<div>e<p>f</p>\ng</div>\n"), "a b d\ne f\ng");
    assert_eq!(prose("[a](b)[c](d) [e](f)s x[^1]y\n\n[^1]: note\n"), "a c es x y\nnote");
    assert_eq!(prose("> [!NOTE]\n> a\n\n- [x] b\n"), "a\nb");
}

#[test]
fn code_is_kept_apart() {
    let document = read("a\n```sh\nb\n```\n\n    c\n\n<pre>d &lt;</pre>\n\n<script>e</script>\n");
    let section = &document.sections[0];
    assert_eq!((section.prose.as_str(), section.code.as_str()), ("a", "b\nc\nd <\ne"));
}

#[test]
fn links_of_every_kind() {
    let text = "[a](b%20c.md#d) [e][r] ![f](g.png) <https://h.example> https://i.example/j. \
        <a href=\"k?x#y\">l *m*</a> [[N|O]] ADR-12 [[adr:0003]] `[[no]] ADR-9`\n\n[r]: s.md\n\n    ADR-8\n";
    let expected = [
        (LinkKind::Markdown, "b c.md", "a"),
        (LinkKind::Markdown, "s.md", "e"),
        (LinkKind::Image, "g.png", "f"),
        (LinkKind::Autolink, "https://h.example", "https://h.example"),
        (LinkKind::Autolink, "https://i.example/j", "https://i.example/j"),
        (LinkKind::Html, "k", "l m"),
        (LinkKind::Wiki, "N|O", "N|O"),
        (LinkKind::Adr, "12", "ADR-12"),
        (LinkKind::Adr, "0003", "[[adr:0003]]"),
    ];
    assert_eq!(
        links(text),
        expected.map(|(kind, target, text)| (kind, target.to_owned(), text.to_owned()))
    );
}

#[test]
fn a_link_stands_where_its_text_does() {
    let text = "\u{e9}\n> x [[A_b_]] y\n\n| ADR-1 |\n|---|\n| [c](d) |\n\n> <p\n> id=z href=e>\n";
    let document = read(text);
    let seen: Vec<_> = document
        .links
        .iter()
        .map(|link| (link.line, &text[link.span.start as usize..link.span.end as usize]))
        .collect();
    assert_eq!(seen, [(2, "[[A_b_]]"), (4, "ADR-1"), (6, "[c](d)"), (8, "<p\n> id=z href=e>")]);
    assert_eq!(document.html_anchors, ["z"]);
}

#[test]
fn a_decision_is_mentioned_in_a_links_text_not_in_its_target() {
    let found = links(
        "[see ADR-1](https://x.example/ADR-2) <https://x.example/ADR-3> https://x.example/ADR-4",
    );
    let numbers = found
        .iter()
        .filter(|(kind, ..)| *kind == LinkKind::Adr)
        .map(|(_, target, _)| target.as_str());
    assert_eq!(numbers.collect::<Vec<_>>(), ["1"]);
}

#[test]
fn a_link_around_an_image_has_two_targets() {
    let found = links("[![a](b.png)](c.md)");
    assert_eq!(found[0], (LinkKind::Markdown, "c.md".into(), "a".into()));
    assert_eq!(found[1], (LinkKind::Image, "b.png".into(), "a".into()));
}

#[test]
fn a_decision_is_mentioned_in_the_text_of_html() {
    let text = "<p>\n see <b>ADR-7</b>\n</p>\n<pre>ADR-8</pre>\n";
    let document = read(text);
    let [link] = &document.links[..] else { panic!("{:?}", document.links) };
    assert_eq!((link.target.as_str(), link.line), ("7", 2));
}

#[test]
fn html_names_anchors() {
    assert_eq!(
        read("<a name=\"x\"></a> <h2 id='y'>z</h2>\n`<a id=no>`\n").html_anchors,
        ["x", "y"]
    );
}

#[test]
fn a_freshness_comment_in_the_text_is_metadata() {
    let text = "# A\n<!--* freshness: { owner: 'o'\n reviewed: 'soon' } *-->\n`<!--* freshness: { owner: 'p' } *-->`\n";
    let (document, diagnostics) = parse(&RepoPath::from_git("page.md"), text.as_bytes());
    assert_eq!(document.front.owner, ["o"]);
    assert_eq!((diagnostics[0].rule.as_str(), diagnostics[0].line), ("date-unreadable", 2));
}

#[test]
fn invalid_bytes_are_reported_once_with_their_place() {
    let (document, diagnostics) =
        parse(&RepoPath::from_git("page.md"), b"# A\n\xc3\xa9\xff \xfe\n# B\n");
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.rule.as_str(), d.line, d.column, d.message.as_str()))
        .collect();
    assert_eq!(found, [("invalid-utf8", 2, 2, "byte 6 is not UTF-8, and 1 more is not")]);
    assert_eq!(document.sections[2].span.start, 10);
}

#[test]
fn an_empty_file_has_one_empty_section() {
    let document = read("");
    assert_eq!((document.sections.len(), document.sections[0].lines), (1, [1, 1]));
}
