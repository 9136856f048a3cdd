//! `route`: from a ticket to the few pages and sections worth reading.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::hit::{Detail, Hit, hits, section_text};
use super::memories::{OtherMemory, others};
use super::search::{Answer as Searched, Found, Include, Search, search};
use crate::routing::abstain::{Fit, Thresholds, abstains, alike};
use crate::routing::analysis::Analyzer;
use crate::routing::explain::explain;
use crate::routing::pack::{Candidate, ContextPack, Omitted, Pages, pack};
use crate::routing::query::{Filters, Query};
use crate::routing::signals::{FoundSignal, SignalKind, extract, telling_text};
use crate::routing::ticket::Ticket;
use crate::routing::titles::shares;
use crate::workspace::{Asked, Memory, Workspace};

/// What every answer is labelled with.
pub const LABEL: &str = "routing memory, not evidence";

/// A ticket, and how much may come back.
#[derive(Debug, Clone)]
pub struct Options {
    /// The ticket as it was pasted or sent: text, or JSON of a known shape.
    pub text: String,
    /// Which revision answers.
    pub asked: Asked,
    /// Pages at most.
    pub limit: usize,
    /// Tokens of context; `None` takes the setting.
    pub budget: Option<u32>,
    /// Only pages that pass.
    pub filters: Filters,
}

/// A page worth reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoutedPage {
    /// The page and its best section.
    #[serde(flatten)]
    pub hit: Hit,
    /// 0 to 1: how much of the ticket's weight the page holds.
    pub confidence: f32,
}

/// Where to look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.route/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// Always [`LABEL`].
    pub label: String,
    /// What was recognised in the ticket.
    pub signals: Vec<FoundSignal>,
    /// True if no page fits; the pages are then the nearest, for a person.
    pub abstained: bool,
    /// Pages worth reading, best first.
    pub pages: Vec<RoutedPage>,
    /// Their sections, within the budget; empty if abstained.
    pub context: ContextPack,
    /// Specialists that the pages suggest to ask.
    pub specialists: Vec<String>,
    /// Other memories that the user's settings name, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memories: Vec<OtherMemory>,
}

/// Routes a ticket.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Answer, Memory), OpError> {
    let memory = workspace.memory(&options.asked)?.with_others(workspace, &options.asked);
    let answer = ask(workspace, &memory, options)?;
    Ok((answer, memory))
}

/// Routes a ticket in a memory that is open.
pub fn ask(workspace: &Workspace, memory: &Memory, options: &Options) -> Result<Answer, OpError> {
    let ticket = Ticket::read(&options.text);
    let signals = extract(&ticket, &options.text);
    let mut searched = find(memory, &ticket, &signals, options)?;
    let mut fits = fits(memory, &searched)?;
    let shown = alike(&fits, thresholds(memory));
    searched.found.truncate(shown);
    fits.truncate(shown);
    let abstained = abstains(&fits, thresholds(memory));
    let detail = Detail { snippet: true, why: true };
    let hits = hits(workspace, memory, &searched.found, &searched.ranking, detail)?;
    let pages = hits.into_iter().zip(&fits);
    let pages = pages.map(|(hit, fit)| RoutedPage { hit, confidence: fit.confidence() }).collect();
    let budget = options.budget.unwrap_or(memory.settings.routing.budget);
    let chosen: &[Found] = if abstained { &[] } else { &searched.found };
    let mut context = context(workspace, memory, chosen, budget);
    context.omitted.extend(searched.withheld.iter().map(|found| withheld(memory, found)));
    Ok(Answer {
        schema: "prode.route/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        label: LABEL.to_owned(),
        signals,
        abstained,
        pages,
        context,
        specialists: specialists(chosen),
        memories: others(memory),
    })
}

fn find(
    memory: &Memory,
    ticket: &Ticket,
    signals: &[FoundSignal],
    options: &Options,
) -> Result<Searched, OpError> {
    let mut analyzer = Analyzer::default();
    let mut query = Query::literal(&telling_text(ticket), &mut analyzer);
    for signal in signals.iter().filter(|signal| signal.kind == SignalKind::AlertName) {
        let name = analyzer.words(&signal.value).into_iter().next().map(|word| word.term);
        query.names.extend(name.filter(|name| !query.names.contains(name)));
    }
    let labels: Vec<&str> = ticket.labels.iter().map(|(_, value)| value.as_str()).collect();
    let text = [ticket.title.as_str(), &ticket.body, &labels.join("\n")].join("\n");
    let wanted = Search {
        query: &query,
        text: &text,
        limit: options.limit,
        filters: &options.filters,
        include: Include::default(),
        forgiving: false,
    };
    search(memory, &wanted)
}

/// How well each page fits, in order.
fn fits(memory: &Memory, searched: &Searched) -> Result<Vec<Fit>, OpError> {
    let heads: Vec<u32> = searched.found.iter().map(|found| found.head).collect();
    let titles = shares(&heads, &searched.ranking.terms, memory.everything())?;
    let fit = |(found, title): (&Found, f32)| {
        let shares = explain(&searched.ranking, found.head, memory.everything())?;
        Ok(Fit::of(&searched.ranking, &shares, title, found.is_named()))
    };
    searched.found.iter().zip(titles).map(fit).collect()
}

fn thresholds(memory: &Memory) -> Thresholds {
    let mut thresholds = Thresholds::default();
    let set = &memory.settings.routing.abstain;
    #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
    let value = |name: &str, usual: f32| set.get(name).map_or(usual, |value| *value as f32);
    thresholds.coverage = value("coverage", thresholds.coverage);
    thresholds.title = value("title", thresholds.title);
    thresholds
}

fn context(workspace: &Workspace, memory: &Memory, found: &[Found], budget: u32) -> ContextPack {
    let pages: Vec<Pages> =
        found.iter().filter_map(|found| sections(workspace, memory, found)).collect();
    pack(&pages, budget)
}

/// The sections of a page that hold more than a heading.
fn sections(workspace: &Workspace, memory: &Memory, found: &Found) -> Option<Pages> {
    let (workspace, memory) = memory.home(workspace, found.head);
    let (mut sections, mut best) = (Vec::new(), 0);
    for (number, heading) in found.page.headings.iter().enumerate() {
        let text = section_text(workspace, memory, &found.page, number)?;
        let is_bare = text.lines().filter(|line| !line.trim().is_empty()).count()
            <= usize::from(heading.level > 0);
        if is_bare {
            continue;
        }
        if number <= found.section {
            best = sections.len();
        }
        sections.push(Candidate { cite: memory.cite(&found.page, &heading.anchor), text });
    }
    Some(Pages { sections, best })
}

fn withheld(memory: &Memory, found: &Found) -> Omitted {
    let (page, memory) = (&found.page, memory.home_of(found.head));
    let why = match (&page.front.archived, found.facts.draft) {
        (Some(why), _) => format!("archived: {why}"),
        (None, true) => "a draft".to_owned(),
        (None, false) => "archived".to_owned(),
    };
    let newer =
        memory.snapshot.superseding(&page.path).ok().and_then(|heads| heads.first().copied());
    let newer = newer.and_then(|head| memory.snapshot.page(head).ok());
    let reason = match newer {
        Some(newer) => {
            let newer = memory.called(newer.path.to_string());
            format!("{why}; replaced by {newer}")
        }
        None => why,
    };
    Omitted { cite: memory.cite(page, ""), reason }
}

fn specialists(found: &[Found]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in found.iter().flat_map(|found| &found.page.front.evidence) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
