//! Whether a learning may go where it wants to.

use crate::corpus::{Catalogue, Page, RootKind};
use crate::hint::nearest;
use crate::inbox::{Action, Learning, Target};
use crate::ops::OpError;

/// Sections that a hint names.
const SHOWN: usize = 12;

/// Holds a target to the trunk's pages: it lies in a root of pages, it is no
/// decision, and it is there, or not yet, as its action wants.
pub(in crate::ops) fn check<'a>(
    catalogue: &'a Catalogue,
    learning: &Learning,
) -> Result<Option<&'a Page>, OpError> {
    let target = &learning.target;
    let place = catalogue.rules().roots.classify(&target.path);
    match place.map(|place| place.kind) {
        Some(RootKind::Wiki) => {}
        Some(RootKind::Adr) => {
            return Err(OpError::Invalid {
                message: format!("'{target}' is a decision, whose words do not change"),
                hint: "make another that replaces it: prode adr new --help".to_owned(),
            });
        }
        Some(_) => {
            return Err(OpError::Invalid {
                message: format!(
                    "'{target}' is a skill or a template, which learnings do not change"
                ),
                hint: "name a page of the wiki; see them: prode list".to_owned(),
            });
        }
        None => {
            return Err(OpError::Invalid {
                message: format!("'{target}' lies outside the roots of pages"),
                hint: "see the roots: prode config list --origin; see the pages: prode list"
                    .to_owned(),
            });
        }
    }
    let page = catalogue.page(&target.path);
    match (page, learning.action) {
        (Some(page), Action::New) => Err(OpError::Invalid {
            message: format!("'{}' is there already", page.path.text()),
            hint: format!("add to it: --target {} --action append", page.path.cite_text()),
        }),
        (None, Action::New) => Ok(None),
        (Some(page), _) => section(page, target).map(|()| Some(page)),
        (None, _) => Err(missing(catalogue, target)),
    }
}

fn section(page: &Page, target: &Target) -> Result<(), OpError> {
    let Some(anchor) = &target.anchor else { return Ok(()) };
    let anchors = || page.headings.iter().map(|heading| heading.anchor.as_str());
    if anchors().any(|it| it == anchor) {
        return Ok(());
    }
    let named: Vec<&str> = anchors().filter(|it| !it.is_empty()).take(SHOWN).collect();
    let hint = match nearest(anchor, named.iter().copied()) {
        Some(near) => format!("did you mean '{}#{near}'?", page.path.cite_text()),
        None if named.is_empty() => {
            format!("name the whole page: --target {}", page.path.cite_text())
        }
        None => format!("its sections are: {}", named.join(", ")),
    };
    let message = format!("'{}' has no section '{anchor}'", page.path.text());
    Err(OpError::Invalid { message, hint })
}

fn missing(catalogue: &Catalogue, target: &Target) -> OpError {
    let path = target.path.text();
    let names: Vec<_> = catalogue.pages().iter().map(|page| page.path.text()).collect();
    let near = nearest(&path, names.iter().map(AsRef::as_ref));
    OpError::Invalid {
        message: format!("there is no page '{path}' on the trunk"),
        hint: near.map_or_else(
            || format!("make it: --target new:{}", target.path.cite_text()),
            |near| {
                format!(
                    "did you mean '{near}'? To make it: --target new:{}",
                    target.path.cite_text()
                )
            },
        ),
    }
}
