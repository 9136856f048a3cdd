//! `skill-body-long`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "skill-body-long",
    family: Family::Skill,
    level: Severity::Warning,
    summary: "a skill's instructions are longer than the format advises",
    why: "They are read whole whenever the skill is used: 500 lines or about 5,000 tokens (20,000 \
        characters) is the advice.",
    repair: "move details to files in references/ and name each where it is needed",
    fixes: false,
    check: Check::Page(check),
};

const LINES: usize = 500;
const CHARACTERS: usize = 20_000;

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.page.skill.is_none() {
        return;
    }
    let body = &subject.text.as_str()[subject.document.front.body_start as usize..];
    let (lines, characters) = (body.lines().count(), body.chars().count());
    if lines > LINES {
        found.push(subject.found_in_file(format!("the instructions have more than {LINES} lines")));
    } else if characters > CHARACTERS {
        let message = format!("the instructions have more than {CHARACTERS} characters");
        found.push(subject.found_in_file(message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn more_than_is_advised_is_found() {
        let skill = |name: &str, mark: &str, body: &str| {
            format!(
                "== skills/{name}/SKILL.md\n{mark}---\nname: {name}\ndescription: d\n---\n{body}"
            )
        };
        let text = [
            skill("a", "\u{ab}\u{bb}", &"x\n".repeat(501)),
            skill("b", "\u{ab}\u{bb}", &"word ".repeat(4_001)),
            skill("c", "", &"x\n".repeat(500)),
        ];
        marked(&RULE, &text.concat());
        marked(&RULE, "== skills/a/SKILL.md\n---\nname: a\ndescription: d\n---\nx\n");
    }
}
