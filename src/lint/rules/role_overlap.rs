//! `role-overlap`

use std::collections::BTreeSet;

use super::prelude::*;
use crate::lint::note::Note;

pub(super) static RULE: Rule = Rule {
    id: "role-overlap",
    family: Family::Work,
    level: Severity::Warning,
    summary: "two roles take the same inputs and give the same output",
    why: "Then they are one role, and nobody knows which to call. The words below the headings about inputs and about \
        output are compared; nine in ten that both share count as the same. Pages that declare kind: role are \
        judged; one that says nothing of either is left alone.",
    repair: "merge the two, or say what only this one takes or gives",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let roles: Vec<&Note> = context.notes.iter().filter(|note| note.kind == "role").collect();
    for (at, role) in roles.iter().enumerate() {
        let same = |other: &&&Note| {
            (0..2).all(|side| is_same(&role.exchange[side], &other.exchange[side]))
        };
        if let Some(other) = roles[..at].iter().find(same) {
            let message = format!("it takes and gives what {} does", other.path);
            found.push(Found::in_file(&role.path, message));
        }
    }
}

fn is_same(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let all = one.union(other).count();
    all > 0 && shared * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    fn role(name: &str, inputs: &str) -> String {
        format!(
            "---\nkind: role\n---\n# {name}\n\n## Inputs\n\n{inputs}\n\n## Output schema\n\nOne finding.\n"
        )
    }

    #[test]
    fn the_second_of_two_equal_roles_is_found() {
        let (a, b) = (role("A", "A window and a service."), role("B", "A service and a window"));
        let messages = marked(&RULE, &format!("== wiki/a.md\n{a}== wiki/b.md\n\u{ab}\u{bb}{b}"));
        assert_eq!(messages, ["it takes and gives what wiki/a.md does"]);
    }

    #[test]
    fn other_inputs_and_empty_cards_are_left_alone() {
        let (a, b) = (role("A", "A window."), role("B", "A table."));
        let bare = "---\nkind: role\n---\n# C\n";
        marked(
            &RULE,
            &format!("== wiki/a.md\n{a}== wiki/b.md\n{b}== wiki/c.md\n{bare}== wiki/d.md\n{bare}"),
        );
    }
}
