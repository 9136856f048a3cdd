//! What holds for every input whatever.

use std::collections::HashSet;

use prode::document::Document;
use proptest::prelude::*;

use super::parse;

/// Pieces of Markdown that meet in every order.
const FRAGMENTS: &[&str] = &[
    "# A\n",
    "## A-1 ##\n",
    "A\n===\n",
    "b\n---\n",
    "- # in list\n",
    "> ## quoted\n",
    "```\n",
    "~~~~\n",
    "    code\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "<div>\n",
    "</div>\n",
    "<!-- # c\n",
    "-->\n",
    "<pre>\n",
    "</pre>",
    "<a href='x' name=y>",
    "</a>",
    "[t](u#f)",
    "[t][r]\n",
    "[r]: /x 'y'\n",
    "![a](b)",
    "<https://x.example>",
    "https://y.example/(z)",
    "[[P|T]]",
    "ADR-12",
    "[^1]",
    "[^1]: n\n",
    "*e*",
    "`c`",
    "`",
    "*",
    "**",
    "_",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "\\",
    "&amp;",
    "---\n",
    "+++\n",
    "title: x\n",
    "reviewed: 2026-10-02\n",
    "\u{feff}",
    "\r\n",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\0",
    "\u{e9}\u{65e5}",
    "1. ",
    "- [ ] ",
    "\u{1f680}",
];

fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let invalid = Just(b"\xff\xe2\x82".to_vec());
    let fragment = prop::sample::select(FRAGMENTS).prop_map(|text| text.as_bytes().to_vec());
    prop::collection::vec(prop_oneof![20 => fragment, 1 => invalid], 0..40)
        .prop_map(|parts| parts.concat())
}

/// 1-based line of the byte at `at`, counted by hand.
fn line_of(bytes: &[u8], at: u32) -> u32 {
    let before = &bytes[..at as usize];
    u32::try_from(before.split(|byte| *byte == b'\n').count()).unwrap()
}

/// The laws: spans cover the file, lines agree, anchors differ, links lie inside.
pub(crate) fn check(bytes: &[u8], document: &Document) {
    let sections = &document.sections;
    let mut at = 0;
    for section in sections {
        assert_eq!(section.span.start, at, "no gap and no overlap");
        assert!(section.span.end >= at);
        at = section.span.end;
        let last = section.span.end.max(section.span.start + 1) - 1;
        let lines = [section.span.start, last.min(u32::try_from(bytes.len()).unwrap())]
            .map(|at| line_of(bytes, at));
        assert_eq!(section.lines, lines);
    }
    assert_eq!(at as usize, bytes.len(), "the last section ends with the file");
    assert_eq!((sections[0].level, sections[0].anchor.as_str()), (0, ""));
    assert!(sections[1..].iter().all(|section| (1..=6).contains(&section.level)));
    let distinct: HashSet<_> = document.anchors.iter().collect();
    assert_eq!(distinct.len(), document.anchors.len(), "{:?}", document.anchors);
    assert!(sections[1..].iter().all(|section| distinct.contains(&section.anchor)));
    for link in &document.links {
        assert!(link.span.start < link.span.end && link.span.end as usize <= bytes.len());
        assert_eq!(link.line, line_of(bytes, link.span.start));
    }
    assert!(document.front.body_start as usize <= bytes.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_cut_without_loss(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes, &parse(&bytes));
    }

    #[test]
    fn any_mix_of_markdown_is_cut_without_loss(bytes in fragments()) {
        check(&bytes, &parse(&bytes));
    }

    #[test]
    fn any_front_matter_is_borne(block in fragments(), toml in any::<bool>()) {
        let fence: &[u8] = if toml { b"+++\n" } else { b"---\n" };
        let bytes = [fence, b"title: x\n", &block, b"\n", fence, b"# H\n"].concat();
        check(&bytes, &parse(&bytes));
    }
}
