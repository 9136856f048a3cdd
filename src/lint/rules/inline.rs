//! What redaction finds in a page, for the rules that speak about it.

use super::prelude::*;
use crate::redaction::{Redactor, Settings};

/// Which findings a rule speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Secret,
    Identifier,
}

/// Kinds that name persons and machines.
const IDENTIFIERS: &[&str] =
    &["EMAIL", "PHONE", "CARD", "IBAN", "NATIONAL_ID", "IPV4", "IPV6", "MAC", "USER"];
/// Kinds of data that a page may show as an example.
const DATA: &[&str] = &["CELL", "VALUE", "POLICY", "HOST", "NAME", "ARN", "BUCKET"];

/// Adds what the engine finds below the front matter.
pub(super) fn find(subject: &Subject<'_>, sort: Sort, found: &mut Vec<Found>) {
    static ENGINE: LazyLock<Option<Redactor>> =
        LazyLock::new(|| Redactor::new(&Settings::default()).ok());
    let from = subject.document.front.body_start as usize;
    let (Some(engine), Some(body)) = (ENGINE.as_ref(), subject.text.as_str().get(from..)) else {
        return;
    };
    match engine.redact(body) {
        Ok(redaction) => {
            let wanted = redaction.findings.iter().filter(|it| self::sort(&it.kind) == Some(sort));
            found.extend(wanted.map(|it| {
                let span = span_of(from + it.start, from + it.end);
                let message = format!("a value of kind {} stands here ({})", it.kind, it.rule);
                subject.found(span, message)
            }));
        }
        Err(blocked) if sort == Sort::Secret => {
            let start = from + blocked.start;
            found.push(subject.found(span_of(start, start + 2), blocked.reason.told()));
        }
        Err(_) => {}
    }
}

fn sort(kind: &str) -> Option<Sort> {
    if IDENTIFIERS.contains(&kind) {
        return Some(Sort::Identifier);
    }
    (!DATA.contains(&kind)).then_some(Sort::Secret)
}
