//! Which findings of an audit are asked for.

use super::{FARTHEST, Parameters, bad, nothing};
use crate::audit::{LOCAL, SIGNALS, signal};
use crate::hint::nearest;
use crate::ops::OpError;

/// Past quarters that are drawn: each takes about as long as today.
pub const MOST_QUARTERS: usize = 12;
/// Hexadecimal digits of a finding's id.
const DIGITS: usize = 8;

/// Which findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// As on this quarter's last day.
    pub quarter: Option<String>,
    /// Past quarters that are looked at too; 0 where nobody asks for them.
    pub trend: usize,
    /// Only of these owners.
    pub owners: Vec<String>,
    /// Only of these signals.
    pub signals: Vec<&'static str>,
    /// Only of pages of these kinds.
    pub kinds: Vec<String>,
    /// Only of this page, by its path.
    pub page: Option<String>,
    /// How many are passed over.
    pub from: usize,
}

impl Audit {
    /// The parameters that ask for the same; where its list begins is left to the pager.
    pub fn parameters(&self) -> Vec<(&'static str, &str)> {
        let mut all = Vec::new();
        all.extend(self.quarter.as_deref().map(|it| ("quarter", it)));
        all.extend(self.owners.iter().map(|it| ("owner", it.as_str())));
        all.extend(self.signals.iter().map(|it| ("signal", *it)));
        all.extend(self.kinds.iter().map(|it| ("kind", it.as_str())));
        all.extend(self.page.as_deref().map(|it| ("page", it)));
        all
    }

    /// True where findings are left out beside those of other owners.
    pub fn is_part(&self) -> bool {
        self.from > 0 || self.page.is_some() || !self.signals.is_empty() || !self.kinds.is_empty()
    }
}

impl Parameters {
    pub(super) fn audit(&self) -> Result<Audit, OpError> {
        let times = ["quarter", "as-of", "rev"].into_iter().filter(|it| self.one(it).is_some());
        if times.count() > 1 {
            return Err(bad(
                "'quarter', 'as-of' and 'rev' exclude each other".to_owned(),
                "give the one that names the state you mean",
            ));
        }
        let signals: Result<Vec<_>, OpError> = self.all("signal").iter().map(named).collect();
        Ok(Audit {
            quarter: self.one("quarter"),
            trend: self.number("trend", MOST_QUARTERS)?,
            owners: self.all("owner"),
            signals: signals?,
            kinds: self.all("kind"),
            page: self.one("page"),
            from: self.number("from", FARTHEST)?,
        })
    }
}

/// The signal called so. What only this machine knows is shown to nobody else.
fn named(name: &String) -> Result<&'static str, OpError> {
    let known = || SIGNALS.iter().map(|it| it.name).filter(|it| !LOCAL.contains(it));
    if let Some(found) = signal(name).filter(|it| !LOCAL.contains(&it.name)) {
        return Ok(found.name);
    }
    let hint = match nearest(name, known()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("signals are: {}", known().collect::<Vec<_>>().join(", ")),
    };
    Err(bad(format!("there is no signal '{name}'"), &hint))
}

/// The id of a finding as a path ends with it.
pub(super) fn finding(text: &str) -> Result<String, OpError> {
    let is_digits = |it: &&str| it.len() == DIGITS && it.bytes().all(|it| it.is_ascii_hexdigit());
    let digits = text.strip_prefix("A-").filter(is_digits).ok_or_else(nothing)?;
    Ok(format!("A-{}", digits.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::{Request, Route};
    use super::*;
    use crate::hint::{ErrorKind, Helpful as _};

    fn read(path: &str, query: &str) -> Result<Route, ErrorKind> {
        Request::read(path, query).map(|it| it.route).map_err(|error| error.kind())
    }

    #[test]
    fn findings_are_asked_for_by_what_they_are() {
        assert_eq!(read("/audit", ""), Ok(Route::Audit(Audit::default())));
        let query = "quarter=2026Q3&owner=%40sre&owner=nobody&signal=broken&kind=runbook&page=wiki/a.md&trend=4&from=20";
        let Ok(Route::Audit(audit)) = read("/audit", query) else { panic!() };
        assert_eq!((audit.trend, audit.from, audit.is_part()), (4, 20, true));
        let told: Vec<String> =
            audit.parameters().iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            told.join("&"),
            "quarter=2026Q3&owner=@sre&owner=nobody&signal=broken&kind=runbook&page=wiki/a.md"
        );
        let id = "A-0a1b2c3d".to_owned();
        assert_eq!(read("/audit/A-0a1B2c3D", ""), Ok(Route::Finding(id, Audit::default())));
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        for query in [
            "trend=13",
            "trend=x",
            "from=-1",
            "signal=lost",
            "signal=unused",
            "quarter=2026Q3&as-of=2026-01-01",
            "quarter=2026Q3&rev=HEAD",
        ] {
            assert_eq!(read("/audit", query), Err(ErrorKind::Usage), "{query}");
        }
        for path in
            ["/audit/", "/audit/A-", "/audit/A-0a1b2c3", "/audit/A-0a1b2c3g", "/audit/L-0a1b2c3d"]
        {
            assert_eq!(read(path, ""), Err(ErrorKind::NotFound), "{path}");
        }
    }
}
