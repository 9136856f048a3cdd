//! Pictures that pages show.
//!
//! A drawing (SVG) may hold a script, which a host of plain files would let run for whoever
//! opens it. Shown in a page it runs nothing, so it stands in the page itself and has no
//! address.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::ops::picture;
use crate::repo_path::RepoPath;

/// Bytes of a drawing that stands in a page.
const LARGEST: usize = 300_000;

/// For each picture `None` if it is a file of its own, or all of it as an address. Those
/// that are not shown are left out.
pub(super) fn placed(
    pictures: &BTreeMap<String, Option<Vec<u8>>>,
) -> BTreeMap<String, Option<String>> {
    let read = pictures.iter().filter_map(|(path, bytes)| Some((path, bytes.as_ref()?)));
    let placed =
        read.filter_map(|(path, bytes)| match picture::kind(&RepoPath::from_git(path.as_str()))? {
            "image/svg+xml" if bytes.len() > LARGEST => None,
            mime @ "image/svg+xml" => {
                let whole = format!("data:{mime};base64,{}", STANDARD.encode(bytes));
                Some((path.clone(), Some(whole)))
            }
            _ => Some((path.clone(), None)),
        });
    placed.collect()
}
