//! `link-own-forge`

use super::prelude::*;
use super::targets::written;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "link-own-forge",
    family: Family::Links,
    level: Severity::Info,
    summary: "an absolute link to this repository could be relative",
    why: "A relative link is checked, follows a rename, and shows the file of the same commit. An absolute one \
        to the trunk does none of that. The repository's address comes from `forge.kind` and `forge.repo`, else from the address of \
        `origin`; nothing is asked of it.",
    repair: "write the path from this page",
    fixes: true,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(forge) = &context.inputs.forge else { return };
    let prefixes = ["blob", "tree", "-/blob", "-/tree", "src/branch"]
        .map(|part| format!("{}/{part}/{}/", forge.url, forge.trunk));
    for link in &subject.document.links {
        let Some(rest) = prefixes.iter().find_map(|prefix| link.target.strip_prefix(prefix)) else {
            continue;
        };
        let Ok(path) = RepoPath::from_cite(rest) else { continue };
        if !(context.exists)(&path) {
            continue;
        }
        let text = written(&subject.page.path, &path, "");
        let here = subject.found(link.span, format!("{path} is in this repository"));
        let here = here.hint(format!("write {text}"));
        found.push(match subject.destination(link, &link.target) {
            Some(span) => here.fix(Fix::replace(span, text)),
            None => here,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::context::OwnForge;
    use crate::lint::fixture::{Memory, fixed_in, marked_in};

    fn memory(text: &str) -> Memory {
        let mut memory = Memory::new(text);
        memory.inputs.forge = Some(OwnForge {
            url: "https://github.com/org/repo".to_owned(),
            trunk: "main".to_owned(),
        });
        memory
    }

    #[test]
    fn a_link_to_the_trunk_of_this_repository_is_found() {
        let text = "== wiki/a.md\n# A\n\n\u{ab}[b](https://github.com/org/repo/blob/main/wiki/b.md#x)\u{bb} \
             [c](https://github.com/org/repo/blob/main/gone.md) [d](https://github.com/org/repo/blob/v1/wiki/b.md) \
             [e](https://github.com/org/other/blob/main/wiki/b.md)\n== wiki/b.md\n# B\n";
        marked_in(&RULE, &memory(text));
    }

    #[test]
    fn the_path_from_the_page_is_offered_as_a_fix() {
        let text = "== wiki/a.md\n# A\n\n[b](https://github.com/org/repo/blob/main/wiki/b.md#x)\n== wiki/b.md\n# B\n";
        fixed_in(&RULE, memory(text), "# A\n\n[b](b.md#x)\n");
    }
}
