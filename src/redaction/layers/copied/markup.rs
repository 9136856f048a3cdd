//! Bodies of XML with namespaces: SOAP, SAML, invoices. Elements stay, their
//! text goes, but for what an error says.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::exempt::fixed;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::hide;

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    static LEAF: LazyLock<Regex> = LazyLock::new(|| {
        fixed(r"<([A-Za-z][\w.-]*):([A-Za-z][\w.-]*)(?:\s[^<>]*)?>([^<>]+)</[A-Za-z][\w.-]*:")
    });
    if !text.raw.contains("</") {
        return;
    }
    let leaves: Vec<_> =
        LEAF.captures_iter(text.raw).filter_map(|it| Some((it.get(2)?, it.get(3)?))).collect();
    let words = [
        "faultstring",
        "faultcode",
        "code",
        "status",
        "statusmessage",
        "message",
        "error",
        "reason",
        "detail",
    ];
    if leaves.len() < 2 && !text.raw.contains("nvelope") {
        return;
    }
    for (name, value) in leaves {
        if !words.contains(&name.as_str().to_ascii_lowercase().as_str()) {
            hide(text, "copied-element", "VALUE", value.range(), found);
        }
    }
}
