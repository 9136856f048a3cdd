//! What rules about templates share: which template a page is held to, and
//! what that one finds.

use crate::document::Section;
use crate::lint::context::{Context, Shape};
use crate::lint::finding::Found;
use crate::lint::subject::Subject;
use crate::template::{Finding, check};

/// What the template of the page's kind finds under the rule `id`.
pub(super) fn report(
    context: &Context<'_>,
    subject: &Subject<'_>,
    id: &str,
    found: &mut Vec<Found>,
) {
    let lacks = lacks(context, subject).iter().filter(|it| it.rule == id);
    let on_line = |it: &Finding| {
        Found::on_line(&subject.page.path, it.line, it.message.clone()).hint(it.repair.clone())
    };
    found.extend(lacks.map(on_line));
}

/// Everything that the template of the page's kind finds.
pub(super) fn lacks<'a>(context: &Context<'_>, subject: &'a Subject<'_>) -> &'a [Finding] {
    subject.lacks.get_or_init(|| held(context, subject))
}

/// True if the template's findings name one of `words` already (lower case):
/// a rule that says the same is silent.
pub(super) fn tells(context: &Context<'_>, subject: &Subject<'_>, words: &[&str]) -> bool {
    let messages = lacks(context, subject).iter().map(|it| it.message.to_lowercase());
    messages.into_iter().any(|message| words.iter().any(|word| message.contains(word)))
}

/// True if the template finds something at this heading already.
pub(super) fn tells_at(context: &Context<'_>, subject: &Subject<'_>, section: &Section) -> bool {
    lacks(context, subject).iter().any(|it| it.line == section.lines[0])
}

/// A page says itself what kind it is. Of several templates of a kind it is
/// held to the one that it keeps best: nothing in a page names one of them.
fn held(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    if subject.facts.draft || subject.facts.archived {
        return Vec::new();
    }
    let bytes = subject.text.as_str().as_bytes();
    let is_owned = !subject.facts.owner.is_empty();
    let known: &[&str] = if is_owned { &["owner"] } else { &[] };
    let found = templates(context, subject)
        .into_iter()
        .map(|shape| check(&shape.template, &subject.document, bytes, known));
    found.min_by_key(Vec::len).unwrap_or_default()
}

/// Templates of the kind that the page declares: the memory's own, else the
/// built-in ones. The word `type` belongs to other programs as well, so that
/// only the memory's own templates answer to it.
fn templates<'a>(context: &'a Context<'_>, subject: &Subject<'_>) -> Vec<&'a Shape> {
    let front = &subject.page.front;
    let Some(word) = front.kind.as_deref().map(str::to_lowercase) else { return Vec::new() };
    let is_of_kind = |shape: &&Shape| {
        shape.template.kind.to_lowercase() == word || shape.template.name.to_lowercase() == word
    };
    let of_kind: Vec<&Shape> = context.inputs.shapes.iter().filter(is_of_kind).collect();
    let has_own = of_kind.iter().any(|shape| shape.is_own);
    let is_foreign = front.text("kind").is_none();
    of_kind.into_iter().filter(|shape| shape.is_own || !(has_own || is_foreign)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::template::SECTION_MISSING as RULE;
    use crate::lint::context::Shape;
    use crate::lint::fixture::{Memory, marked_in, shape};

    fn asks(name: &str, kind: &str, heading: &str) -> Shape {
        let rules = format!("kind: {kind}\nsections: [{{heading: {heading}, required: true}}]\n");
        shape(name, &rules)
    }

    #[test]
    fn a_page_is_held_to_the_template_that_it_keeps_best() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## Why\n\nx\n\
             == wiki/b.md\n\u{ab}\u{bb}---\nkind: drill\n---\n# B\n\n## Other\n\nx\n",
        );
        memory.inputs.shapes = vec![asks("long", "drill", "How"), asks("short", "drill", "Why")];
        assert_eq!(marked_in(&RULE, &memory), ["there is no section 'How'"]);
    }

    #[test]
    fn own_templates_stand_for_the_built_in_ones_of_their_kind() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: Drill\n---\n# A\n\n## Why\n\nx\n\
             == wiki/b.md\n---\ntype: reference\n---\n# B\n\
             == wiki/c.md\n\u{ab}\u{bb}---\ntype: drill\n---\n# C\n",
        );
        let built_in = |shape: Shape| Shape { is_own: false, ..shape };
        memory.inputs.shapes = vec![
            asks("drill", "drill", "Why"),
            built_in(asks("drill-built-in", "drill", "How")),
            built_in(asks("reference", "reference", "How")),
        ];
        assert_eq!(marked_in(&RULE, &memory), ["there is no section 'Why'"]);
    }

    #[test]
    fn drafts_archived_pages_and_pages_that_declare_nothing_are_left_alone() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\nstatus: draft\n---\n# A\n\
             == wiki/b.md\n---\nkind: drill\nstatus: archived\n---\n# B\n\
             == wiki/runbooks/c.md\n# C\n",
        );
        memory.inputs.shapes =
            vec![asks("drill", "drill", "Why"), asks("runbook", "runbook", "Why")];
        assert!(marked_in(&RULE, &memory).is_empty());
    }
}
