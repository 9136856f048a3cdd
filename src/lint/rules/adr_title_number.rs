//! `adr-title-number`

use super::prelude::*;
use crate::adr::split_title;

pub(super) static RULE: Rule = Rule {
    id: "adr-title-number",
    family: Family::Adr,
    level: Severity::Error,
    summary: "a decision's file and its title have different numbers",
    why: "A reader of the page and a reader of the folder speak of two different decisions. A \
        title without a number is left alone.",
    repair: "make the number in the title that of the file",
    fixes: false,
    check: Check::Page(check),
};

/// The number that a file's name begins with; a day is none.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:(?:adr|decision)[-_ ]?)?0*(?P<number>[0-9]{1,6})(?:[-_. ]|$)")
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(section) = subject.headed().find(|section| section.level == 1) else { return };
    let stem = subject.page.path.file_stem();
    let of_file = NAME.captures(&stem).and_then(|name| name["number"].parse::<u32>().ok());
    let of_title = split_title(&section.heading).0;
    if let (Some(_), Some(file), Some(title)) = (&subject.page.adr, of_file, of_title)
        && file != title
    {
        let message = format!("the title says {title}, the file's name {file}");
        found.push(subject.found(subject.heading_span(section), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn two_numbers_are_found() {
        marked(
            &RULE,
            "== adr/0002-a.md\n\u{ab}# 3. A\u{bb}\n\n## Decision\n== adr/adr-0003-b.md\n# ADR-3: B\n== adr/0004-c.md\n# C\n\
             == adr/20260102-d.md\n# 7. D\n== wiki/0002-e.md\n# 3. E\n",
        );
    }
}
