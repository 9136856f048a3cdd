//! `skill-path-outside`

use super::prelude::*;
use super::targets::judged;
use crate::corpus::Target;
use crate::document::LinkKind;

pub(super) static RULE: Rule = Rule {
    id: "skill-path-outside",
    family: Family::Skill,
    level: Severity::Warning,
    summary: "a file of a skill links out of its package",
    why: "A package is installed alone: what stands outside is not there then.",
    repair: "copy what is needed into references/, or name it in words",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let package = subject.place.as_ref().and_then(|place| place.package(&subject.page.path));
    let Some(package) = package else { return };
    let links =
        judged(context, subject).filter(|it| !matches!(it.kind, LinkKind::Adr | LinkKind::Wiki));
    for link in links {
        let target = context.resolve(subject.page, link);
        let (Target::Page { path, .. } | Target::File(path)) = target else { continue };
        if !path.is_below(&package) {
            found.push(subject.found(link.span, format!("{path} is not in the package")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_link_out_of_the_package_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\ndescription: d\n---\n# A\n\n\u{ab}[w](../../wiki/a.md)\u{bb} [r](references/r.md)\n\
             == skills/a/references/r.md\n# R\n\n[up](../SKILL.md) [o](https://x.example)\n== wiki/a.md\n# A\n",
        );
    }
}
