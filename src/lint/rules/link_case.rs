//! `link-case`

use super::prelude::*;
use super::targets::{judged, written};
use crate::corpus::{MissingReason, Target};

pub(super) static RULE: Rule = Rule {
    id: "link-case",
    family: Family::Links,
    level: Severity::Error,
    summary: "a link is right but for the case of its letters",
    why: "It works on the disks of macOS and Windows and nowhere else: not on Linux, not on a forge.",
    repair: "write the name as the file has it",
    fixes: true,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in judged(context, subject) {
        let Target::Missing { wanted, reason: MissingReason::Case(path) } =
            context.resolve(subject.page, link)
        else {
            continue;
        };
        let meant = written(&subject.page.path, &path, &link.target);
        let message = format!("'{wanted}' differs from '{path}' in case");
        let here = subject.found(link.span, message).hint(format!("write {meant}"));
        found.push(match subject.destination(link, &link.target) {
            Some(span) => here.fix(Fix::replace(span, meant)),
            None => here,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{fixed, marked};

    #[test]
    fn case_alone_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}[b](Sub/B.md#x)\u{bb} [c](sub/b.md) [d](other.md)\n== wiki/sub/b.md\n# B\n",
        );
    }

    #[test]
    fn the_files_name_is_written() {
        fixed(
            &RULE,
            "== wiki/a.md\n\u{feff}# A\r\n\r\n[b](Sub/B.md#x)\r\n== wiki/sub/b.md\n# B\n",
            "\u{feff}# A\r\n\r\n[b](sub/b.md#x)\r\n",
        );
    }
}
