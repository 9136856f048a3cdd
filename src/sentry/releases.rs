//! Releases of a project, and when they went out.

use jiff::Timestamp;
use serde_json::Value;

use super::calls::Sentry;
use super::names::Slug;
use super::operation::Operation;
use crate::http::{AskError, maybe, maybe_time, text, time};
use crate::triage::window::Window;

/// Releases of a page.
const PAGE: u32 = 100;

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// `checkout@2026.11.3`.
    pub version: String,
    /// When it was deployed last, else released, else made known to Sentry.
    pub at: Timestamp,
    /// Where it was deployed last.
    pub environment: Option<String>,
    created: Timestamp,
}

/// Releases of a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Releases {
    /// Those that went out in it, the newest first.
    pub releases: Vec<Release>,
    /// There are no others.
    pub is_whole: bool,
}

impl Sentry {
    /// Releases of a project that went out in a window.
    ///
    /// # Errors
    /// Sentry did not answer.
    pub fn releases(&mut self, project: &Slug, window: &Window) -> Result<Releases, AskError> {
        let question = Operation::ListReleases.question().part("project", project);
        let question = question.with("per_page", &PAGE);
        let list = |it: &Value| {
            let all = it.as_array().ok_or("it is no list")?;
            all.iter().map(release).collect()
        };
        // The newest come first: behind one that was made before the window there is none
        // that was made in it.
        let (mut releases, is_whole) =
            self.list(question, list, |it: &Release| it.created < window.from)?;
        releases.retain(|it| window.holds(it.at));
        releases.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.version.cmp(&b.version)));
        Ok(Releases { releases, is_whole })
    }
}

fn release(value: &Value) -> Result<Release, String> {
    let created = time(value, "/dateCreated")?;
    let deployed = maybe_time(value, "/lastDeploy/dateFinished");
    let at = deployed.or_else(|| maybe_time(value, "/dateReleased")).unwrap_or(created);
    let environment = maybe(value, "/lastDeploy/environment").filter(|_| deployed.is_some());
    Ok(Release { version: text(value, "/version")?, at, environment, created })
}
