//! Files that are made to be slow, deep or half-written.
//!
//! No time is measured here, since a loaded machine would decide. The inputs
//! are long enough that a reader which is not linear does not come to an end.

use prode::document::LinkKind;

use super::parse;

/// Bytes of a hostile input.
const BYTES: usize = 60_000;

/// Repeated units that have made some Markdown parser slow.
const UNITS: &[&str] = &[
    "[",
    "![",
    "]",
    "[[",
    "[[a",
    "[a](",
    "[a][r] ",
    "<",
    "<a ",
    "<!--",
    "<!-- x --><",
    "<a href=\"",
    "`",
    "`a``",
    "*",
    "**a ",
    "_a*",
    "~~a",
    ">",
    "> > ",
    "- ",
    "1. ",
    "|",
    "|a",
    "a|\n",
    "&",
    "\\",
    "(",
    "((",
    "http://",
    "https://a)",
    "https://(((",
    "ADR-1",
    "[^1]",
    "[^1]: a\n\n",
    "# a\n",
    "# \n",
    "a\n=\n",
    "<pre>",
    "<script>",
    "</a>",
    "<a href=x>",
    "<a href=x>b",
    "![a](b",
    "[x]: y\n",
    "- a\n  - b\n",
    "```\n",
    "~~~",
    "    a\n",
    "\t",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "<![CDATA[",
    "<?",
    "<!a",
    "[a]: <",
    "a <b c",
    "<h1 id=a>",
    "- [ ] ",
    "\u{65e5}[",
    "a:b ",
    "--- | ",
];

/// Repeated units that could make a reader of metadata slow.
const METADATA_UNITS: &[&str] = &[
    "[",
    "{",
    "{a: ",
    "[a,",
    "- ",
    "- - a\n",
    "? ",
    ": ",
    "a: ",
    "a:\n ",
    "a: b\n",
    "&a ",
    "- &a a\n",
    "*a ",
    "! ",
    "!a ",
    "'",
    "\"",
    "\"\\",
    "|\n",
    ">\n ",
    "# a\n",
    " #",
    "%",
    "\t",
    "\r",
    "<<: *a\n",
    "a.",
    "a.b=1\n",
    "[a]\n",
    "[[a]]\n",
    "[a.b]\n",
    "a = ",
    "'\'\'",
    "\"\"\"",
    "signals: [x]\n",
    "- alrt: x\n",
    "- regex: 'a('\n",
    "- {by: human:a, at: soon}\n",
];

/// Reads every unit, repeated, in every frame; sections cover the file to its end.
fn read_all(frames: &[(&str, &str)], units: &[&str]) {
    for (before, after) in frames {
        for unit in units {
            let text = format!("{before}{}{after}", unit.repeat(BYTES / unit.len()));
            let document = parse(text.as_bytes());
            let end = document.sections.last().map(|section| section.span.end as usize);
            assert_eq!(end, Some(text.len()), "{before:?} {unit:?}");
        }
    }
}

#[test]
fn every_unit_is_borne() {
    let frames = [("", ""), ("<div>\n", ""), ("[", "](x)"), ("# ", "\n"), ("| ", "\n|---|\n")];
    read_all(&frames, UNITS);
}

#[test]
fn every_unit_of_metadata_is_borne() {
    let frames = [
        ("---\na: ", "\n---\n"),
        ("---\n", "\n---\n"),
        ("---\nb: &a x\nsignals:\n", "\n---\n"),
        ("---\nverified:\n", "\n---\n"),
        ("+++\na = ", "\n+++\n"),
        ("+++\n", "\n+++\n"),
    ];
    read_all(&frames, METADATA_UNITS);
}

#[test]
fn fifty_thousand_links_are_read() {
    let kinds = [
        ("[t](a.md) ", LinkKind::Markdown),
        ("[t][a-label] ", LinkKind::Markdown),
        ("<https://x.example> ", LinkKind::Autolink),
        ("https://x.example ", LinkKind::Autolink),
        ("<a href=x>y</a> ", LinkKind::Html),
        ("[[Page]] ", LinkKind::Wiki),
        ("ADR-12 ", LinkKind::Adr),
    ];
    for (link, kind) in kinds {
        let text = format!("{}\n\n[a-label]: b.md\n", link.repeat(50_000));
        let document = parse(text.as_bytes());
        assert_eq!(
            document.links.iter().filter(|found| found.kind == kind).count(),
            50_000,
            "{link}"
        );
    }
}

#[test]
fn a_large_file_of_one_character_is_borne() {
    for unit in ["[", ">", "- ", "<", "*", "`", "[[", "#", "|", "\0", "\u{ff}"] {
        let text = unit.repeat(1_000_000 / unit.len());
        let document = parse(text.as_bytes());
        assert_eq!(
            document.sections.last().map(|section| section.span.end as usize),
            Some(text.len())
        );
    }
}

#[test]
fn a_file_cut_anywhere_is_read() {
    let text = "\u{feff}---\r\ntitle: \u{e9}\r\nreviewed: {by: human:a, at: 2026-10-02}\r\n---\r\n# A [b](c#d) `e`\r\n\r\n| f | g |\r\n|---|---|\r\n| h | i |\r\n\r\n<details><summary>j</summary>\r\n\r\n```sh\r\nk\r\n```\r\n\r\n[^1]: ADR-1 [[l]]\r\n";
    for end in 0..=text.len() {
        let document = parse(&text.as_bytes()[..end]);
        assert_eq!(document.sections.last().map(|section| section.span.end as usize), Some(end));
    }
}
