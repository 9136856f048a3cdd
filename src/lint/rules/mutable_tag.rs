//! `mutable-tag`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "mutable-tag",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a change names an image or a module by a tag that moves",
    why: "What was tested is not what runs: `latest`, `main` and their like name something else \
        tomorrow, as an image's tag, a version, a module's ref. Only pages of kind change and sop are judged, and only in code.",
    repair: "name a version or a digest: image@sha256:…",
    fixes: false,
    check: Check::Page(check),
};

static MOVING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x)\b[\w.-]+(?:/[\w.-]+)+:(?:latest|main|master|stable|edge|nightly)\b
            |\b[a-z][\w-]+:latest\b
            |\b(?:tag|version)["']?\s*[:=]\s*["']?(?:latest|main|master|stable|edge|nightly)\b
            |--(?:tag|version)\s+(?:latest|main|master|stable|edge|nightly)\b
            |\?ref=(?:main|master)\b
            |\b[\w.-]+/[\w.-]+@(?:main|master|latest)\b"#,
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !matches!(subject.facts.kind.as_str(), "change" | "sop") || subject.facts.archived {
        return;
    }
    for &code in &subject.document.code {
        for hit in MOVING.find_iter(subject.slice(code)) {
            let start = code.start as usize + hit.start();
            let span = span_of(start, start + hit.len());
            found.push(
                subject.found(span, format!("'{}' is something else tomorrow", hit.as_str())),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_tag_that_moves_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n```sh\ndeploy \u{ab}registry.example/app:latest\u{bb} app:1.2 registry.example/app@sha256:ab\nhelm upgrade x --set image.\u{ab}tag=latest\u{bb} --version 1.2\nsource = \"git::x\u{ab}?ref=main\u{bb}\"\ngit switch main\n```\n\
             == wiki/b.md\n# B\n\n`app:latest`\n",
        );
    }
}
