//! HTML as browsers read it.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The one style of all pages.
pub(super) const STYLE: &str = include_str!("../../src/web/assets/style.css");

/// One element.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Of it and of what is in it.
    pub(crate) text: String,
    /// It and what it is in, outermost first: `ol.hits`.
    trail: Vec<String>,
}

/// A document's elements, in their order.
pub(crate) struct Dom {
    elements: Vec<Element>,
}

impl Dom {
    pub(crate) fn of(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut elements = Vec::new();
        walk(&dom.document, &[], &mut elements);
        Self { elements }
    }

    /// Elements by `name.class`, or either alone, in something of the same form for each
    /// word before: `ol.hits h2 a`.
    pub(crate) fn all(&self, selector: &str) -> Vec<&Element> {
        let words: Vec<&str> = selector.split(' ').collect();
        self.elements.iter().filter(|it| it.fits(&words)).collect()
    }

    /// Texts of the same, white space folded.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|it| folded(&it.text)).collect()
    }

    /// The only one.
    #[track_caller]
    pub(crate) fn one(&self, selector: &str) -> &Element {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "'{selector}': {found:?}");
        found[0]
    }

    /// Addresses of links.
    pub(crate) fn links(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().filter_map(|it| it.attributes.get("href").cloned()).collect()
    }

    /// What an attribute is on all elements that have it.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        self.elements.iter().filter_map(|it| it.attributes.get(name).cloned()).collect()
    }

    /// The same for a page of a folder of files, whose own files have relative addresses.
    pub(crate) fn active_in_files(&self) -> Vec<String> {
        self.elements.iter().filter_map(Element::active_in_files).collect()
    }

    /// Everything that would run, load or send something, but for what each page has.
    pub(crate) fn active(&self) -> Vec<String> {
        self.elements.iter().filter_map(Element::active).collect()
    }
}

impl Element {
    fn fits(&self, words: &[&str]) -> bool {
        let Some((last, before)) = words.split_last() else { return true };
        let Some((own, around)) = self.trail.split_last() else { return false };
        let mut around = around.iter();
        is_like(own, last) && before.iter().all(|word| around.any(|it| is_like(it, word)))
    }

    fn active_in_files(&self) -> Option<String> {
        let mut own = self.clone();
        let is_policy = self.name == "meta"
            && self.attributes.get("http-equiv").is_some_and(|it| it == "Content-Security-Policy");
        if is_policy {
            own.attributes.remove("http-equiv");
        }
        for name in ["href", "src", "action"] {
            let Some(value) = own.attributes.get_mut(name) else { continue };
            let has_scheme = value.split('/').next().is_some_and(|it| it.contains(':'));
            let is_drawing = name == "src" && value.starts_with("data:image/svg+xml;base64,");
            if is_drawing || !(has_scheme || value.starts_with(['/', '#'])) {
                *value = format!("/{}", value.trim_start_matches("../").trim_start_matches("./"));
            }
            // What of the site has a whole address, where one is known.
            let asset = value.rsplit_once("/assets/").map(|(_, asset)| format!("/assets/{asset}"));
            *value = asset.unwrap_or_else(|| value.clone());
            let is_script =
                ["/assets/page.", "/assets/search."].iter().any(|it| value.starts_with(it));
            if self.name == "script"
                && is_script
                && value.rsplit_once('.').is_some_and(|(_, end)| end == "js")
            {
                "/assets/page.js.0".clone_into(value);
            }
        }
        let is_feed = self.name == "link"
            && self
                .attributes
                .get("rel")
                .is_some_and(|it| ["alternate", "canonical"].contains(&it.as_str()));
        if is_feed { None } else { own.active() }
    }

    fn active(&self) -> Option<String> {
        const NEVER: [&str; 9] =
            ["style", "iframe", "frame", "object", "embed", "base", "applet", "portal", "animate"];
        let of = |name: &str| self.attributes.get(name).map(String::as_str);
        let odd = |(name, value): (&String, &String)| {
            name.starts_with("on")
                || ["style", "srcdoc", "formaction", "ping", "background"].contains(&name.as_str())
                || (name.ends_with("href") && !may_lead(value))
                || (["src", "action", "data", "poster", "srcset"].contains(&name.as_str())
                    && !is_own(value))
        };
        let is_asset = of("src").is_some_and(|it| it.starts_with("/assets/page.js."));
        let is_style = self.trail == ["html", "head", "style"]
            && self.attributes.is_empty()
            && self.text == STYLE;
        let is_bad = (NEVER.contains(&self.name.as_str()) && !is_style)
            || (self.name == "script" && !(is_asset && self.text.is_empty()))
            || (self.name == "link" && !of("href").is_some_and(|it| it.starts_with("/assets/")))
            || (self.name == "meta" && of("http-equiv").is_some())
            || self.attributes.iter().any(odd);
        is_bad.then(|| format!("{} {:?}", self.name, self.attributes))
    }
}

fn is_own(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

fn may_lead(address: &str) -> bool {
    let schemes = ["http://", "https://", "mailto:"];
    let low = address.to_ascii_lowercase();
    is_own(address) || address.starts_with('#') || schemes.iter().any(|it| low.starts_with(it))
}

/// `ol.hits.more` is like `ol`, `.hits`, `ol.hits`.
fn is_like(element: &str, word: &str) -> bool {
    let mut own = element.split('.');
    let (name, classes) = (own.next().unwrap_or_default(), own.collect::<Vec<_>>());
    let mut wanted = word.split('.');
    let wanted_name = wanted.next().unwrap_or_default();
    (wanted_name.is_empty() || wanted_name == name) && wanted.all(|it| classes.contains(&it))
}

fn walk(node: &Handle, trail: &[String], elements: &mut Vec<Element>) {
    let mut trail = trail.to_vec();
    if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
        let attributes: BTreeMap<String, String> = attrs
            .borrow()
            .iter()
            .map(|it| (it.name.local.to_string(), it.value.to_string()))
            .collect();
        let classes = attributes.get("class").map(String::as_str).unwrap_or_default();
        let name = name.local.to_string();
        let with_classes = std::iter::once(name.as_str()).chain(classes.split_whitespace());
        trail.push(with_classes.collect::<Vec<_>>().join("."));
        let text = text_of(node);
        elements.push(Element { name, attributes, text, trail: trail.clone() });
        if let Some(contents) = template_contents.borrow().as_ref() {
            walk(contents, &trail, elements);
        }
    }
    for child in node.children.borrow().iter() {
        walk(child, &trail, elements);
    }
}

fn text_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text_of).collect(),
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_would_run_is_seen() {
    for bad in [
        "<script>x</script>",
        "<script src=/assets/page.js.1>x</script>",
        "<p><img src=x onerror=y>",
        "<svg onload=y>",
        "<a href=javascript:y>",
        "<a href=//evil.example>",
        "<a href=' javascript:y'>",
        "<form action=https://evil.example>",
        "<img src=https://evil.example/x>",
        "<style>x</style>",
        "<b style=x>",
        "<meta http-equiv=refresh>",
        "<template><script>x</script></template>",
    ] {
        assert!(!Dom::of(bad).active().is_empty(), "{bad}");
    }
    let good = "<script src=/assets/page.js.1></script><a href=/x>a</a><a href=#x>b</a><a href=https://x.example>c</a>";
    assert!(Dom::of(good).active().is_empty());
    let ours = format!("<style>{STYLE}</style>");
    assert!(Dom::of(&ours).active().is_empty());
    for bad in [format!("<p>{ours}"), ours.replacen("<style>", "<style>b", 1)] {
        assert!(!Dom::of(&bad).active().is_empty());
    }
    let dom = Dom::of("<ol class='hits x'><li><h2><a href=/y>a  b</a></h2></ol><a href=/z>c</a>");
    assert_eq!(dom.links("ol.hits h2 a"), ["/y"]);
    assert_eq!(dom.texts(".hits a"), ["a b"]);
}
