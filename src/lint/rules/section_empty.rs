//! `section-empty`

use super::prelude::*;
use super::shapes::lacks;
use crate::document::Section;

pub(super) static RULE: Rule = Rule {
    id: "section-empty",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a heading has nothing below it",
    why: "A reader who jumps there finds a promise. A heading with deeper headings below it is left alone; \
        comments are nothing. What the template of the page's kind asks for is template-section-empty's.",
    repair: "write the section, or take the heading away",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let owed = |line: u32| {
        let mut lacks = lacks(context, subject).iter();
        lacks.any(|it| it.rule == "template-section-empty" && it.line == line)
    };
    let sections: Vec<_> = subject.headed().collect();
    for (at, section) in sections.iter().enumerate() {
        let holds_deeper = sections.get(at + 1).is_some_and(|next| next.level > section.level);
        if holds_deeper || section.heading.is_empty() || !section.code.is_empty() {
            continue;
        }
        // A heading that is underlined has two lines.
        let visible = subject.visible();
        let whole = &visible[section.span.start as usize..section.span.end as usize];
        let below = whole.split_once('\n').map_or("", |(_, below)| below).trim();
        let is_empty = below.trim_matches(['=', '-', '\r', '\n', ' ']).is_empty();
        if is_empty && !says_in_code(subject, section) && !owed(section.lines[0]) {
            let message = format!("nothing stands below '{}'", section.heading);
            found.push(subject.found(subject.heading_span(section), message));
        }
    }
}

/// A command or a name in code on a line of its own says something.
fn says_in_code(subject: &Subject<'_>, section: &Section) -> bool {
    let text = subject.text.as_str();
    let head = text[section.span.start as usize..].find('\n').unwrap_or(0);
    let below = section.span.start as usize + head..section.span.end as usize;
    let mut code = subject.document.code.iter().map(|it| it.start as usize..it.end as usize);
    code.any(|it| {
        below.contains(&it.start)
            && text
                .get(it)
                .is_some_and(|it| !it.contains('\n') && it.contains(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_heading_with_nothing_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}## B\u{bb}\n\n<!-- later -->\n\n\u{ab}## `C`\u{bb}\n\n```sh\n```\n\n## D\n\nx\n",
        );
    }

    #[test]
    fn code_images_tables_and_deeper_headings_are_something() {
        marked(
            &RULE,
            "== wiki/a.md\nA\n===\n\n## B\n\n    code\n\n## C\n\n![i](i.png)\n\n## D\n\n### E\n\n| a |\n|---|\n\n## F\n\n<br>\n\n## G\n\n`ls -l`\n",
        );
    }
}
