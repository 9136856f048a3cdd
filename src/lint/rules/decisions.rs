//! What rules about decisions share: who is named, and which file it is.

use crate::adr::{AdrRecord, AdrRef, AdrStatus};
use crate::corpus::{Page, Target};
use crate::document::{Link, LinkKind, Span};
use crate::lint::context::{Context, DecisionFault};
use crate::lint::finding::Found;
use crate::repo_path::RepoPath;

/// Every decision, ordered by path.
pub(super) fn all<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (&'a Page, &'a AdrRecord)> {
    context.catalogue.pages().iter().filter_map(|page| Some((page, page.adr.as_ref()?)))
}

/// What a reference of one decision leads to.
pub(super) enum Led {
    /// To one other decision or page.
    To(RepoPath),
    /// Nowhere in the memory.
    Nowhere,
    /// To several, outside, or to a file that is no page.
    Elsewhere,
}

/// Where `named` leads from the decision `page`.
pub(super) fn lead(context: &Context<'_>, page: &Page, named: &AdrRef) -> Led {
    if let Some(target) = named.target.as_deref().filter(|target| !target.is_empty()) {
        match context.resolve(page, &link(target)) {
            Target::Page { path, .. } => return Led::To(path),
            Target::External | Target::File(_) | Target::Ambiguous(_) => return Led::Elsewhere,
            Target::Missing { .. } => {}
        }
    }
    let Some(number) = named.number else { return Led::Nowhere };
    let log = context.catalogue.log_of(&page.path);
    match context.catalogue.decisions(number, Some(&log)).as_slice() {
        [] => Led::Nowhere,
        [one] => Led::To(one.path.clone()),
        _ => Led::Elsewhere,
    }
}

fn link(target: &str) -> Link {
    Link {
        kind: LinkKind::Markdown,
        target: target.split('#').next().unwrap_or_default().to_owned(),
        fragment: None,
        text: String::new(),
        span: Span::default(),
        line: 1,
    }
}

/// What the outside says of decisions.
pub(super) fn faults(faults: Option<&[DecisionFault]>) -> impl Iterator<Item = Found> {
    let all = faults.unwrap_or_default().iter();
    all.map(|it| Found::on_line(&it.path, it.line, it.message.clone()))
}

/// How a reference is written, for messages.
pub(super) fn written(named: &AdrRef) -> String {
    match (&named.target, named.number) {
        (Some(target), _) => target.clone(),
        (None, Some(number)) => format!("ADR-{number}"),
        (None, None) => String::new(),
    }
}

/// True for a decision that is in force, or was.
pub(super) fn was_decided(record: &AdrRecord) -> bool {
    !matches!(record.status, Some(AdrStatus::Draft | AdrStatus::Proposed | AdrStatus::Rejected))
}
