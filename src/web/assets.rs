//! Files that come with the program: one style, one script, one sign; and the script
//! that searches where no server does.
//!
//! An asset's name ends with a digest of its bytes, so that a browser may keep it for
//! good: another version of the program has other names.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use crate::ids::hex;

/// Characters of a digest in a name.
const DIGITS: usize = 12;

/// One file.
#[derive(Debug, PartialEq, Eq)]
pub struct Asset {
    /// Without its digest: `style.css`.
    pub name: &'static str,
    /// As a browser is told it.
    pub mime: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
}

/// The one style of all pages. A server writes it into each: a browser that must ask for
/// it first paints a third later (measured in ADR-0057).
pub(super) const STYLE: &str = include_str!("assets/style.css");

static ASSETS: [Asset; 4] = [
    Asset { name: "style.css", mime: "text/css; charset=utf-8", bytes: STYLE.as_bytes() },
    Asset {
        name: "page.js",
        mime: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/page.js"),
    },
    Asset {
        name: "search.js",
        mime: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/search.js"),
    },
    Asset { name: "sign.svg", mime: "image/svg+xml", bytes: include_bytes!("assets/sign.svg") },
];

static DIGESTS: LazyLock<[String; 4]> = LazyLock::new(|| {
    ASSETS.each_ref().map(|it| hex(&Sha256::digest(it.bytes))[..DIGITS].to_owned())
});

/// The name of an asset with its digest: `style.css.0123456789ab`.
pub(super) fn named(name: &str) -> String {
    let at = ASSETS.iter().position(|it| it.name == name);
    at.map_or_else(|| name.to_owned(), |at| format!("{name}.{}", DIGESTS[at]))
}

/// The file of an asset in a folder of files: `assets/style.0123456789ab.css`. What it
/// is is told there by the end of its name.
pub(super) fn file(name: &str) -> String {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let full = named(name);
    let digest = full.rsplit_once('.').map_or("", |(_, digest)| digest);
    format!("assets/{stem}.{digest}.{end}")
}

/// Every asset, and its file in a folder of files.
pub fn all() -> impl Iterator<Item = (String, &'static Asset)> {
    ASSETS.iter().map(|it| (file(it.name), it))
}

/// The asset of a name with its digest; `None` for a name of another version too.
pub fn asset(full: &str) -> Option<&'static Asset> {
    let (name, digest) = full.rsplit_once('.')?;
    let at = ASSETS.iter().position(|it| it.name == name)?;
    (DIGESTS[at] == digest).then_some(&ASSETS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_its_own_digest_alone() {
        for known in &ASSETS {
            assert_eq!(asset(&named(known.name)), Some(known));
            assert_eq!(asset(known.name), None);
            assert_eq!(asset(&format!("{}.000000000000", known.name)), None);
        }
        assert_eq!(asset("../style.css"), None);
    }

    #[test]
    fn the_style_ends_no_element_that_it_stands_in() {
        assert!(!STYLE.contains("</") && !STYLE.contains("<!--"));
        // A browser reads these as other characters than those that were counted.
        assert!(!STYLE.contains(['\r', '\0']));
    }

    #[test]
    fn nothing_in_them_asks_another_host() {
        for known in &ASSETS {
            let text = std::str::from_utf8(known.bytes).unwrap();
            let text = text.replace("http://www.w3.org/2000/svg", "");
            assert!(!text.contains("//") || !text.contains("http"), "{}", known.name);
            assert!(!text.contains("@import") && !text.contains("eval("), "{}", known.name);
        }
    }
}
