//! `specialists.vendor` of the user's side: which vendors publish where, and which services
//! depend on them.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{Statuses, Watched};
use crate::ops::triage::connector::{self, Connect, Named};
use crate::vendor::Vendor;
use crate::workspace::Workspace;

/// Vendors that can be listed.
const MOST: usize = 20;

/// A service, and what it depends on.
pub(super) struct Row {
    /// What tickets call it.
    name: String,
    /// Its vendors, as the settings call them.
    pub(super) vendors: Vec<String>,
    /// What an incident of one of them speaks for.
    pub(super) supports: Vec<String>,
    /// What it speaks against.
    pub(super) would_refute: Vec<String>,
}

/// A vendor as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    page: Option<String>,
    feed: Option<String>,
    components: Vec<String>,
    listed: Option<usize>,
    private: bool,
}

/// A service as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Looks {
    vendors: Vec<String>,
    supports: Vec<String>,
    would_refute: Vec<String>,
}

/// What the user's settings say; `None` where they set nothing up, or another way to ask
/// `vendor`. An error is why nothing is asked.
pub(super) fn read(workspace: &Workspace, seconds: Duration) -> Option<Result<Statuses, String>> {
    let row = connector::row(workspace, Statuses::NAME)?;
    row["vendors"].is_object().then(|| made(&row, seconds))
}

fn made(row: &Value, seconds: Duration) -> Result<Statuses, String> {
    let vendors = vendors(&row["vendors"], seconds)?;
    let services = services(&row["services"], &vendors)?;
    Ok(Statuses { vendors, services })
}

fn vendors(value: &Value, seconds: Duration) -> Result<Vec<Watched>, String> {
    let rows = value.as_object().filter(|it| !it.is_empty());
    let rows = rows.ok_or("specialists.vendor.vendors lists nobody")?;
    if rows.len() > MOST {
        return Err(format!("specialists.vendor.vendors lists more than {MOST}"));
    }
    rows.iter()
        .map(|(name, value)| {
            let wrong = |why: String| format!("specialists.vendor.vendors.{name}: {why}");
            let written: Written =
                serde_json::from_value(value.clone()).map_err(|it| wrong(it.to_string()))?;
            let vendor = vendor(&written, seconds).map_err(wrong)?;
            Ok(Watched { name: name.clone(), vendor, components: written.components })
        })
        .collect()
}

fn vendor(written: &Written, seconds: Duration) -> Result<Vendor, String> {
    let place = |key: &str, text: &str| {
        let place = connector::at(text, written.private, seconds);
        place.map_err(|why| format!("{key} cannot be used: {why}"))
    };
    match (&written.page, &written.feed) {
        (Some(page), None) => Ok(Vendor::with_page(place("page", page)?, written.listed)),
        (None, Some(feed)) => {
            let is_folder = feed.trim().ends_with('/');
            Ok(Vendor::with_feed(place("feed", feed)?, is_folder, written.listed))
        }
        _ => Err("it needs either a page or a feed".to_owned()),
    }
}

fn services(value: &Value, vendors: &[Watched]) -> Result<Vec<Row>, String> {
    let rows = connector::services(Statuses::NAME, value, |looks: &Looks| {
        if looks.vendors.is_empty() {
            return Err("it names no vendors".to_owned());
        }
        let is_strange = |name: &&String| !vendors.iter().any(|it| it.name == **name);
        if let Some(name) = looks.vendors.iter().find(is_strange) {
            return Err(format!("specialists.vendor.vendors does not list '{name}'"));
        }
        connector::explanations(looks.supports.iter().chain(&looks.would_refute))
    })?;
    let row = |(name, Looks { vendors, supports, would_refute })| Row {
        name,
        vendors,
        supports,
        would_refute,
    };
    Ok(rows.into_iter().map(row).collect())
}

impl Named for Row {
    fn names(&self) -> Vec<&str> {
        let vendors = self.vendors.iter().map(String::as_str);
        std::iter::once(self.name.as_str()).chain(vendors).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SECONDS: Duration = Duration::from_mins(1);

    #[test]
    fn a_vendor_says_what_is_wrong_with_it() {
        let bad =
            |row: Value| vendors(&json!({"payments": row}), SECONDS).err().unwrap_or_default();
        for (row, says) in [
            (json!({}), "it needs either a page or a feed"),
            (json!({"page": "https://a.example", "feed": "https://a.example/x"}), "either"),
            (json!({"url": "https://a.example"}), "unknown field `url`"),
            (json!({"page": "http://a.example"}), "page cannot be used: "),
            (json!({"feed": "https://a.example/?key=1"}), "feed cannot be used: it holds a query"),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.vendor.vendors.payments: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(bad(json!({"page": "https://a.example", "components": ["API"]})), "");
        assert_eq!(bad(json!({"feed": "https://a.example/feed/", "listed": 25})), "");
        assert!(vendors(&json!({}), SECONDS).is_err());
        let many: serde_json::Map<_, _> =
            (0..=MOST).map(|it| (format!("v{it}"), json!({"page": "https://a.example"}))).collect();
        assert!(vendors(&many.into(), SECONDS).is_err_and(|it| it.ends_with("more than 20")));
    }

    #[test]
    fn a_service_depends_on_vendors_that_are_listed() {
        let known = vendors(&json!({"payments": {"page": "https://a.example"}}), SECONDS).unwrap();
        let bad =
            |row: Value| services(&json!({"checkout": row}), &known).err().unwrap_or_default();
        for (row, says) in [
            (json!({}), "it names no vendors"),
            (json!({"vendors": ["mail"]}), "specialists.vendor.vendors does not list 'mail'"),
            (json!({"vendors": ["payments"], "supports": ["gremlins"]}), "no explanation"),
            (json!({"vendors": ["payments"], "would_refute": ["gremlins"]}), "no explanation"),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.vendor.services.checkout: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(bad(json!({"vendors": ["payments"], "supports": ["vendor"]})), "");
    }
}
