//! What rules about the notation of a skill's front matter share.

use crate::lint::finding::Found;
use crate::lint::subject::Subject;
use crate::skill::{self, Finding};

/// What `takes` takes of what is disputed in a manifest.
pub(super) fn report(
    subject: &Subject<'_>,
    found: &mut Vec<Found>,
    takes: impl Fn(&Finding) -> bool,
) {
    if subject.page.skill.is_none() {
        return;
    }
    let disputed = skill::notation(subject.text.as_str().as_bytes());
    let on_line =
        |it: Finding| Found::on_line(&subject.page.path, it.line, it.message).hint(it.repair);
    found.extend(disputed.into_iter().filter(takes).map(on_line));
}
