use super::*;

fn within(destination: &str) -> Option<Leads> {
    match destination {
        "a.md#b" => Some(Leads::To(format!("/to/{destination}"))),
        "p.png" => Some(Leads::Picture("/picture".to_owned())),
        _ => None,
    }
}

fn mentions(name: &str) -> Option<Leads> {
    ["ADR-12", "Page"].contains(&name).then(|| Leads::To(format!("/to/{name}")))
}

pub(super) fn dressed(markdown: &str) -> String {
    let anchors = vec![(1, "top".to_owned()), (3, "part".to_owned())];
    page(markdown, &Dressing { anchors, leads: &within, mentions: &mentions, without_title: true })
}

#[test]
fn links_lead_within_or_outside_or_nowhere() {
    let html = dressed(
        "[a](a.md#b) [b](https://x.example/?a=1&b='2) [c](javascript:alert(1)) [d](gone.md) \
         ![p](p.png) ![q](https://x.example/q.png) ADR-12 [[Page]] [[Other]] `ADR-12` [e](Page)\n",
    );
    for part in [
        "<a href=\"/to/a.md#b\">a</a>",
        "<a href=\"https://x.example/?a=1&amp;b=&#x27;2\" rel=\"noreferrer\">b</a>",
        "<span class=\"dead\" title=\"links of this kind are not followed\">c</span>",
        "<span class=\"dead\" title=\"it leads nowhere\">d</span>",
        "<img loading=\"lazy\" src=\"/picture\" alt=\"p\">",
        "rel=\"noreferrer\">Picture: q</a>",
        "<a href=\"/to/ADR-12\">ADR-12</a> <a href=\"/to/Page\">Page</a> [[Other]]",
        "<code>ADR-12</code>",
        "<span class=\"dead\" title=\"it leads nowhere\">e</span>",
    ] {
        assert!(html.contains(part), "no {part} in {html}");
    }
}

#[test]
fn a_scheme_is_read_as_browsers_read_it() {
    for url in [
        "javascript:x",
        "JaVaScript:x",
        " javascript:x",
        "java\tscript:x",
        "java\nscript:x",
        "\u{1}javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "blob:x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "intent:x",
        "C:\\x",
    ] {
        let to = |_: &str| Some(Leads::To("/inside".to_owned()));
        assert!(matches!(leads(&to, url), Leads::Nowhere(_)), "{url:?}");
    }
    assert_eq!(leads(&within, " HTTPS://x.example"), Leads::To("HTTPS://x.example".to_owned()));
}

#[test]
fn a_title_is_left_to_others_and_headings_have_their_anchors() {
    let html = dressed("# Title\n\n## A *part*\n\ntext\n");
    assert!(!html.contains("Title"), "{html}");
    let part = "<h2 id=\"part\">A <em>part</em> <a class=\"here\" href=\"#part\" aria-label=\"Link to: A part\">#</a></h2>";
    assert!(html.contains(part), "{html}");
    assert!(dressed("text\n\n# Title\n").contains("Title"));
}

#[test]
fn stop_conditions_are_set_off() {
    for (markdown, inside, outside) in [
        ("x\n\n## Stop conditions\n\nA.\n\n- B.\n\n## Next\n\nC.\n", "B.", "C."),
        ("x\n\n**Stop conditions.** A: stop.\n\nC.\n", "A: stop.", "C."),
        ("x\n\n**Stop conditions.**\n\n- A.\n- B.\n\nC.\n", "B.", "C."),
        ("x\n\nStop if A.\n\nC.\n", "Stop if A.", "C."),
        ("x\n\n## When to stop\n\nA.\n", "A.", "nothing"),
    ] {
        let html = dressed(markdown);
        let (before, rest) = html.split_once("<div class=\"stop\"").expect(markdown);
        let (stop, rest) = rest.split_once("</div>").expect(markdown);
        assert!(before.contains('x') && stop.contains(inside), "{html}");
        assert!(!stop.contains(outside) && !rest.contains(inside), "{html}");
    }
    for plain in
        ["## Stop\n\nSIGTERM.\n", "It will stop.\n", "1. Stop the server.\n", "Stop. Go.\n"]
    {
        assert!(!dressed(plain).contains("class=\"stop\""), "{plain}");
    }
}

#[test]
fn what_scrolls_is_reached_by_keyboard_and_nothing_is_a_field() {
    let html = dressed("```sh x\"y\na <b>\n```\n\n| a |\n|---|\n| b |\n\n- [x] c\n- [ ] d\n");
    for part in [
        "<pre tabindex=\"0\"><code class=\"language-sh\">a &lt;b&gt;\n</code></pre>",
        "<div class=\"table\" tabindex=\"0\">\n<table>",
        "aria-label=\"done\">☑</span> ",
    ] {
        assert!(html.contains(part), "no {part} in {html}");
    }
    assert!(!html.contains("<input"), "{html}");
}

#[test]
fn a_files_own_html_is_text_but_for_marks() {
    let html = dressed(
        "a<br>b<BR/> <kbd>K</kbd> <kbd onclick=x>c</kbd> <b>d</b> <!-- gone -->\n\n<script>x</script>\n",
    );
    assert!(html.contains("a<br>b<br> <kbd>K</kbd>"), "{html}");
    assert!(html.contains("&lt;kbd onclick=x&gt;") && html.contains("&lt;b&gt;"), "{html}");
    assert!(!html.contains("<script") && !html.contains("gone"), "{html}");
}

#[test]
fn control_characters_are_pictures_and_deep_nesting_ends() {
    assert!(dressed("a\u{1b}[31m\r\nb\u{202e}\n").contains("a\u{241b}[31m\nb\u{fffd}"));
    assert!(dressed(&format!("{}x\n", "> ".repeat(5_000))).contains('x'));
    assert!(dressed(&"[".repeat(20_000)).contains('['));
}
