//! Files that are made to be slow, deep or half-written.
//!
//! Time is compared between an input and one four times its size, so that a
//! loaded machine changes nothing: what is linear takes about four times as
//! long, what is quadratic sixteen times.

use std::time::{Duration, Instant};

use prode::document::LinkKind;

use super::parse;

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

/// The best of three, as another program may take the processor away.
fn time(bytes: &[u8]) -> Duration {
    let run = |_| {
        let start = Instant::now();
        std::hint::black_box(parse(bytes));
        start.elapsed()
    };
    (0..3).map(run).min().unwrap_or_default()
}

/// True if four times the input took more than twice the share that is linear.
fn is_slow(input: &impl Fn(usize) -> String, bytes: usize) -> bool {
    let (small, large) = (time(input(bytes).as_bytes()), time(input(4 * bytes).as_bytes()));
    large > Duration::from_millis(20) && large > small * 9
}

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

/// Units and frames for which four times the input takes clearly more than four times as long.
fn slow(frames: &[(&str, &str)], units: &[&str]) -> Vec<String> {
    let mut slow = Vec::new();
    for (before, after) in frames {
        for unit in units {
            let input =
                |bytes: usize| format!("{before}{}{after}", unit.repeat(bytes / unit.len()));
            if is_slow(&input, 10_000) && is_slow(&input, 40_000) {
                slow.push(format!("{before:?} {unit:?}"));
            }
        }
    }
    slow
}

#[test]
fn every_unit_takes_linear_time() {
    let found =
        slow(&[("", ""), ("<div>\n", ""), ("[", "](x)"), ("# ", "\n"), ("| ", "\n|---|\n")], UNITS);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_unit_of_metadata_takes_linear_time() {
    let frames = [
        ("---\na: ", "\n---\n"),
        ("---\n", "\n---\n"),
        ("---\nb: &a x\nsignals:\n", "\n---\n"),
        ("---\nverified:\n", "\n---\n"),
        ("+++\na = ", "\n+++\n"),
        ("+++\n", "\n+++\n"),
    ];
    let found = slow(&frames, METADATA_UNITS);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn fifty_thousand_links_are_read_within_a_second() {
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
        let start = Instant::now();
        let document = parse(text.as_bytes());
        let took = start.elapsed();
        assert_eq!(
            document.links.iter().filter(|found| found.kind == kind).count(),
            50_000,
            "{link}"
        );
        assert!(took < Duration::from_secs(4), "{link} took {took:?}");
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
