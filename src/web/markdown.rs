//! What a page says, as HTML: the one place where HTML is put in as it is.

use std::collections::HashMap;

use maud::{Markup, PreEscaped};

use super::address::Addresses;
use super::assets::STYLE;
use crate::ops::links::{Links, Outgoing, State};
use crate::ops::picture;
use crate::ops::show::Shown;
use crate::rendering::{Dressing, Leads, page};
use crate::repo_path::RepoPath;

/// Bytes of a page that are shown: a browser is slow with more, and nobody reads it.
pub const MOST: usize = 300_000;

/// A page's words.
pub struct Words {
    /// As HTML.
    pub html: Markup,
    /// True if they were cut.
    pub is_cut: bool,
}

/// The words of a page, its links rewritten to addresses. Its title is left out.
pub fn words(shown: &Shown, links: &Links, addresses: &Addresses) -> Words {
    let body = shown.body();
    let text = beginning(&body);
    let (mentioned, linked): (Vec<&Outgoing>, Vec<&Outgoing>) =
        links.outgoing.iter().partition(|link| ["wiki", "adr"].contains(&link.form.as_str()));
    let by_target = |links: Vec<&'_ Outgoing>| -> HashMap<String, Leads> {
        let lead = |link: &Outgoing| (link.target.clone(), lead(link, shown, addresses));
        links.into_iter().map(lead).collect()
    };
    let (mentioned, linked) = (by_target(mentioned), by_target(linked));
    let dressing = Dressing {
        anchors: shown.anchors(),
        leads: &|written| linked.get(&crate::document::named_by(written)).cloned(),
        mentions: &|name| mentioned.get(name).cloned(),
        without_title: true,
    };
    let html = PreEscaped(page(text, &dressing));
    Words { html, is_cut: text.len() < body.len() }
}

/// What somebody wrote who is not believed yet: no link within the memory is made of it.
pub fn note(markdown: &str) -> Markup {
    let leads = |_: &str| None;
    let dressing =
        Dressing { anchors: Vec::new(), leads: &leads, mentions: &leads, without_title: false };
    PreEscaped(page(beginning(markdown), &dressing))
}

/// The program's own style, which holds nothing that a file says.
pub fn own_style() -> Markup {
    PreEscaped(STYLE.to_owned())
}

/// As many whole lines as are shown.
fn beginning(body: &str) -> &str {
    if body.len() <= MOST {
        return body;
    }
    let most = body.floor_char_boundary(MOST);
    let end = body[..most].rfind('\n').map_or(most, |at| at + 1);
    &body[..end]
}

fn lead(link: &Outgoing, shown: &Shown, addresses: &Addresses) -> Leads {
    let anchor = link.anchor.as_deref().unwrap_or_default().to_lowercase();
    match (&link.state, &link.path) {
        (State::Page | State::NoSection, Some(path)) if *path == shown.path => {
            Leads::To(format!("#{anchor}"))
        }
        (State::Page | State::NoSection, Some(path)) => {
            Leads::To(addresses.section(&elsewhere(shown, path), &anchor))
        }
        (State::File, Some(path))
            if picture::kind(&RepoPath::from_git(path.as_str())).is_some() =>
        {
            match addresses.picture(path) {
                Some(address) => Leads::Picture(address),
                None => Leads::Nowhere("a picture that this site leaves out".to_owned()),
            }
        }
        (State::File, _) => Leads::Nowhere(
            link.reason.as_deref().unwrap_or("a file of the repository that is no page").to_owned(),
        ),
        (State::Ambiguous, _) => Leads::Nowhere("several pages have the name".to_owned()),
        _ => Leads::Nowhere(link.reason.clone().unwrap_or_else(|| "it leads nowhere".to_owned())),
    }
}

/// A path of the memory that the page is of.
pub fn elsewhere(shown: &Shown, path: &str) -> String {
    match &shown.memory {
        Some(memory) => format!("{memory}:{path}"),
        None => path.to_owned(),
    }
}
