//! What programs read: feeds, a map of the site, a list for language models.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::folder::Sink;
use crate::ids::hex;
use crate::ops::OpError;
use crate::ops::site::Material;
use crate::rendering::visible_line;
use crate::web::address::{Addresses, Place};

/// The feed of changes.
pub(super) const CHANGES: &str = "changes.xml";
/// The feed of decisions.
pub(super) const DECISIONS: &str = "decisions.xml";
/// Decisions of the feed.
const LATEST: usize = 50;

/// Writes all of them. `addresses` are those of files at the top; with a `base` they
/// are whole.
pub(super) fn write(
    material: &Material,
    addresses: &Addresses,
    base: Option<&str>,
    sink: &Sink<'_>,
) -> Result<(), OpError> {
    sink.put(CHANGES, changes(material, addresses).as_bytes())?;
    sink.put(DECISIONS, decisions(material, addresses).as_bytes())?;
    sink.put("llms.txt", for_models(material, addresses).as_bytes())?;
    match base {
        Some(_) => sink.put("sitemap.xml", map(material, addresses).as_bytes()),
        None => Ok(()),
    }
}

/// One entry of a feed.
struct Entry {
    /// What makes it this entry, in whatever site.
    key: String,
    title: String,
    address: String,
    time: String,
    author: String,
    summary: String,
}

fn changes(material: &Material, addresses: &Addresses) -> String {
    let titles: HashMap<&str, &str> =
        material.list.pages.iter().map(|it| (it.path.as_str(), it.title.as_str())).collect();
    let entries = material.latest.iter().map(|it| Entry {
        key: format!("{}:{}", it.commit.id, it.path),
        title: titles.get(it.path.as_str()).copied().unwrap_or(&it.path).to_owned(),
        address: addresses.of(Place::Page(&it.path)),
        time: it.commit.date.clone(),
        author: it.commit.author.clone(),
        summary: it.commit.subject.clone(),
    });
    let title = format!("{}: changes", material.title);
    feed(&title, CHANGES, addresses, &material.time, &entries.collect::<Vec<_>>())
}

/// The latest first; those without a day have no place in time.
fn decisions(material: &Material, addresses: &Addresses) -> String {
    let dated = material.decisions.decisions.iter().rev().filter_map(|it| {
        let day: jiff::civil::Date = it.date.as_deref()?.get(..10)?.parse().ok()?;
        Some((it, day))
    });
    let entries = dated.take(LATEST).map(|(it, day)| Entry {
        key: format!("{}:{}", it.path, it.status.as_deref().unwrap_or_default()),
        title: match it.number {
            Some(number) => format!("ADR-{number} {}", it.title),
            None => it.title.clone(),
        },
        address: addresses.of(Place::Page(&it.path)),
        time: format!("{day}T00:00:00Z"),
        author: it.deciders.join(", "),
        summary: it.status.clone().unwrap_or_else(|| "no status".to_owned()),
    });
    let title = format!("{}: decisions", material.title);
    feed(&title, DECISIONS, addresses, &material.time, &entries.collect::<Vec<_>>())
}

/// Atom, RFC 4287.
fn feed(title: &str, file: &str, addresses: &Addresses, time: &str, entries: &[Entry]) -> String {
    let updated = entries.iter().map(|it| it.time.as_str()).max().unwrap_or(time);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let mut line = |text: String| {
        xml.push_str(&text);
        xml.push('\n');
    };
    line("<feed xmlns=\"http://www.w3.org/2005/Atom\">".to_owned());
    line(format!("<title>{}</title>", escaped(title)));
    line(format!("<id>{}</id>", id(title)));
    line(format!("<updated>{}</updated>", escaped(updated)));
    line(format!("<link rel=\"self\" href=\"{}\"/>", escaped(&addresses.to_file(file))));
    line(format!("<link href=\"{}\"/>", escaped(&addresses.of(Place::Home))));
    line("<author><name>prode</name></author>".to_owned());
    for it in entries {
        line("<entry>".to_owned());
        line(format!("<title>{}</title>", escaped(&it.title)));
        line(format!("<id>{}</id>", id(&it.key)));
        line(format!("<updated>{}</updated>", escaped(&it.time)));
        line(format!("<link href=\"{}\"/>", escaped(&it.address)));
        if !it.author.is_empty() {
            line(format!("<author><name>{}</name></author>", escaped(&it.author)));
        }
        line(format!("<summary>{}</summary>", escaped(&it.summary)));
        line("</entry>".to_owned());
    }
    line("</feed>".to_owned());
    xml
}

/// A name that is the same in every build, in the form of RFC 9562's version 8.
fn id(key: &str) -> String {
    let digest = hex(&Sha256::digest(key));
    let part = |from: usize, to: usize| &digest[from..to];
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// Sitemaps of sitemaps.org.
fn map(material: &Material, addresses: &Addresses) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut url = |address: String, day: Option<&str>| {
        let day = day.and_then(|it| it.get(..10));
        let day = day.map(|it| format!("<lastmod>{}</lastmod>", escaped(it))).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<url><loc>{}</loc>{day}</url>", escaped(&address));
    };
    for place in [Place::Home, Place::Search, Place::Decisions, Place::Skills, Place::Graph] {
        url(addresses.of(place), None);
    }
    for skill in &material.skills.skills {
        url(addresses.of(Place::Skill(&skill.name)), None);
    }
    for (at, page) in material.list.pages.iter().enumerate() {
        url(addresses.of(Place::Page(&page.path)), material.changed(at));
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The form of llmstxt.org: Markdown that leads to Markdown, by kind.
fn for_models(material: &Material, addresses: &Addresses) -> String {
    let plain = |text: &str| visible_line(text).replace(['[', ']', '<', '>', '`'], " ");
    let mut text = format!(
        "# {}\n\n> {} that people agreed on: each is given as Markdown.\n",
        plain(&material.title),
        crate::ops::counted(material.list.total, "page")
    );
    for kind in &material.list.kinds {
        text.push_str(&format!("\n## {}\n\n", plain(kind)));
        for page in material.list.pages.iter().filter(|it| it.kind == *kind) {
            let address = addresses.of(Place::Raw(&page.path));
            let status = match page.status.as_str() {
                "active" => String::new(),
                status => format!(": {}", plain(status)),
            };
            text.push_str(&format!("- [{}]({address}){status}\n", plain(&page.title)));
        }
    }
    text
}

/// As XML takes it, without what XML may not hold.
fn escaped(text: &str) -> String {
    let text = visible_line(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_its_key() {
        assert_eq!(id("a"), id("a"));
        assert_ne!(id("a"), id("b"));
        let id = id("a");
        let parts: Vec<usize> = id["urn:uuid:".len()..].split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
    }

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escaped("<a b=\"c\">&]]>"), "&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;");
        assert!(!escaped("a\u{0}\u{1b}\u{ffff}").contains(['\u{0}', '\u{1b}', '\u{ffff}']));
    }
}
