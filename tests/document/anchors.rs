//! Two Markdown parsers, one list of anchors: what `document` computes is
//! what the renderer puts on the page.
//!
//! In random mixes of Markdown the two still differ about once in 2,000, all
//! in text that nobody writes: a heading with a bare URL that another link
//! touches, `[^1][x]`, an empty task item continued as a setext heading, a
//! heading in a footnote that nothing refers to, a second byte order mark.

use std::path::PathBuf;
use std::sync::LazyLock;

use comrak::Options;
use regex::Regex;

use super::files::{corpus, markdown, repository};
use super::parse;

static HEADING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<h([1-6]) id="([^"]*)">"#).unwrap());

fn rendered_anchors(body: &str) -> Vec<String> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.header_id_prefix = Some(String::new());
    let html = comrak::markdown_to_html(body, &options);
    HEADING.captures_iter(&html).map(|found| found[2].to_owned()).collect()
}

fn pages() -> Vec<PathBuf> {
    let mut pages = corpus("").map(|folder| markdown(&folder)).unwrap_or_default();
    for folder in ["wiki", "adr", "skills", "templates"] {
        pages.extend(markdown(&repository().join(folder)));
    }
    pages
}

#[test]
fn anchors_are_those_of_the_renderer_on_every_page() {
    let pages = pages();
    let (mut headings, mut differing) = (0, Vec::new());
    for path in &pages {
        let bytes = std::fs::read(path).unwrap();
        let document = parse(&bytes);
        let body = String::from_utf8_lossy(&bytes[document.front.body_start as usize..]);
        let rendered = rendered_anchors(&body);
        headings += rendered.len();
        if rendered != document.anchors {
            let differ = |(a, b): &(&String, &String)| a != b;
            let first = rendered.iter().zip(&document.anchors).find(differ);
            differing.push(format!(
                "{}: {} rendered, {} ours, first difference {first:?}",
                path.display(),
                rendered.len(),
                document.anchors.len()
            ));
        }
    }
    println!("{} pages, {headings} headings compared", pages.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn anchors_are_those_of_the_renderer_on_hard_cases() {
    for body in [
        "# A\n# A\n# A-1\n# A\n",
        "# `code` *em* [link](x) ![alt](y) <b>html</b> &amp; \\# esc\n",
        "- # in a list\n\n> ## in a quote\n\n# top\n",
        "Setext\nheading\n===\n\nOther\n---\n",
        "```\n# no\n```\n~~~~\n```\n# no\n~~~~\n# yes\n",
        "<div>\n# no\n\n# yes\n</div>\n",
        "#\n##\n# #\n## a ##\n#no\n####### no\n",
        "# \u{1f680} Launch \u{e9}t\u{e9} \u{65e5}\u{672c}\u{8a9e}\n# a_b*c*d\n# 1. x/y: z\n",
        "# a\u{a0}b\tc  d\n",
        "# https://x.example/a_b\n# ~~gone~~ [[Page|Text]]\n# a[^1]\n\n[^1]: note\n",
        "| a |\n|---|\n# after\n",
        "# x\r\n\r\ny\r\n===\r\n",
    ] {
        assert_eq!(parse(body.as_bytes()).anchors, rendered_anchors(body), "{body:?}");
    }
}
