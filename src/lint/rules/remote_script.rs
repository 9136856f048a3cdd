//! `remote-script`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "remote-script",
    family: Family::Security,
    level: Severity::Error,
    summary: "a page holds a script or a frame",
    why: "A page is text. What a site or a preview runs of it was not reviewed as code. HTML in \
        code blocks is code and left alone.",
    repair: "take it out; link to what it showed",
    fixes: false,
    check: Check::Page(check),
};

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)<(script|iframe|object|embed)\b[^>\n]*>|<[a-z]+\b[^>\n]*\son(?:click|error|load|mouseover)\s*=[^>\n]*>",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for hit in TAG.captures_iter(subject.visible()) {
        let Some(whole) = hit.get(0) else { continue };
        let what = hit.get(1).map_or("a handler".to_owned(), |name| format!("<{}>", name.as_str()));
        let message = format!("the page holds {what}");
        found.push(subject.found(span_of(whole.start(), whole.end()), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn scripts_frames_and_handlers_are_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}<script src=\"https://x.example/x.js\">\u{bb}</script>\n\n\u{ab}<iframe src=y>\u{bb}</iframe>\n\n\u{ab}<p onclick=\"x()\">\u{bb}z</p>\n",
        );
    }

    #[test]
    fn html_in_code_is_code() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n`<script>` and\n\n```html\n<script src=x></script>\n```\n\n<details open>\n</details>\n",
        );
    }
}
