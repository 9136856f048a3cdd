//! The charts of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{Chart, Shape, WIDTH, scaled, shortened, text};
use super::{Freshness, Past, State};
use crate::audit::{Finding, NOBODY};

/// Rows of a chart of bars; the others are told together.
const MOST_ROWS: usize = 14;
/// Folders and owners of the heat map.
const MOST_FOLDERS: usize = 12;
const MOST_OWNERS: usize = 5;

/// Days up to which an age belongs to a bar, and the bar's name.
const AGES: &[(i64, &str)] =
    &[(30, "≤ 30"), (90, "≤ 90"), (180, "≤ 180"), (365, "≤ 365"), (i64::MAX, "older")];

const FRESHNESS: [(&str, &str); 3] =
    [("fresh", "reviewed in time"), ("overdue", "overdue"), ("never", "never reviewed")];

/// Every chart that there is something to draw of: freshness by owner and by kind, ages
/// of reviews, where pages drifted, and past quarters.
pub fn charts(states: &[State], findings: &[Finding], past: &[Past]) -> Vec<Chart> {
    let mut charts = Vec::new();
    if !states.is_empty() {
        let owner = |it: &State| it.owner.first().map_or(NOBODY, String::as_str).to_owned();
        let kind = |it: &State| it.kind.clone();
        charts.push(freshness("by-owner", "Freshness by owner", "owner", states, owner));
        charts.push(freshness("by-kind", "Freshness by kind", "kind", states, kind));
        charts.push(ages(states));
    }
    charts.extend(drift(findings));
    charts.extend(trend(past));
    charts
}

/// Counts of fresh, overdue and never.
type Counts = [usize; 3];

/// Bars, a row for each name, the one with most to do first.
fn freshness(
    id: &'static str,
    title: &'static str,
    what: &str,
    states: &[State],
    name: impl Fn(&State) -> String,
) -> Chart {
    let mut counted: BTreeMap<String, Counts> = BTreeMap::new();
    for state in states {
        counted.entry(name(state)).or_default()[state.freshness() as usize] += 1;
    }
    let mut rows: Vec<(String, Counts)> = counted.into_iter().collect();
    rows.sort_by_key(|(_, it)| std::cmp::Reverse(it[1] + it[2]));
    let all_rows = rows.clone();
    if rows.len() > MOST_ROWS {
        let rest = rows.split_off(MOST_ROWS - 1);
        let sum = |at: usize| rest.iter().map(|(_, it)| it[at]).sum();
        rows.push((format!("{} others", rest.len()), [sum(0), sum(1), sum(2)]));
    }
    let most = rows.iter().map(|(_, it)| it.iter().sum::<usize>()).max().unwrap_or(0);
    let mut shapes = Vec::new();
    for (number, (name, counts)) in rows.iter().enumerate() {
        bars(&mut shapes, number * 24, name, counts, most);
    }
    let sum = |at: usize| states.iter().filter(|it| it.freshness() as usize == at).count();
    Chart {
        id,
        title,
        says: format!(
            "Of {} pages {} were reviewed in time, {} are overdue, {} were never reviewed.",
            states.len(),
            sum(Freshness::Fresh as usize),
            sum(Freshness::Overdue as usize),
            sum(Freshness::Never as usize)
        ),
        width: WIDTH,
        height: rows.len().max(1) * 24,
        shapes,
        legend: FRESHNESS.to_vec(),
        head: [what, "reviewed in time", "overdue", "never reviewed"].map(str::to_owned).to_vec(),
        rows: all_rows
            .into_iter()
            .map(|(name, counts)| {
                std::iter::once(name).chain(counts.iter().map(usize::to_string)).collect()
            })
            .collect(),
    }
}

/// One row: its name, and a bar of three parts.
fn bars(shapes: &mut Vec<Shape>, y: usize, name: &str, counts: &Counts, most: usize) {
    const BEGIN: usize = 124;
    const LENGTH: usize = 200;
    shapes.push(text(BEGIN - 8, y + 16, "end", shortened(name, 17)));
    let mut x = BEGIN;
    for ((class, says), count) in FRESHNESS.iter().zip(counts) {
        let width = scaled(*count, most, LENGTH);
        if *count > 0 {
            let title = format!("{name}: {count} {says}");
            let (class, width) = ((*class).to_owned(), width.max(1));
            shapes.push(Shape::Rect { x, y: y + 3, width, height: 18, class, title });
            x += width;
        }
    }
    shapes.push(text(x + 5, y + 16, "begin", counts.iter().sum::<usize>().to_string()));
}

/// How old reviews are.
fn ages(states: &[State]) -> Chart {
    const HEIGHT: usize = 150;
    let mut counts = vec![0_usize; AGES.len() + 1];
    for state in states {
        let at = state.age.map_or(AGES.len(), |age| {
            AGES.iter().position(|(most, _)| age <= *most).unwrap_or(AGES.len() - 1)
        });
        counts[at] += 1;
    }
    let names: Vec<&str> = AGES.iter().map(|it| it.1).chain(["never"]).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut shapes = Vec::new();
    for (number, (name, count)) in names.iter().zip(&counts).enumerate() {
        let (x, height) = (number * 60 + 6, scaled(*count, most, HEIGHT));
        let class = if number == AGES.len() { "never" } else { "plain" };
        let title = format!("{name}: {count} pages");
        let y = 20 + HEIGHT - height;
        shapes.push(Shape::Rect { x, y, width: 48, height, class: class.to_owned(), title });
        shapes.push(text(x + 24, y - 5, "middle", count.to_string()));
        shapes.push(text(x + 24, HEIGHT + 37, "middle", *name));
    }
    Chart {
        id: "ages",
        title: "Days since the last review",
        says: format!("{} of {} pages were never reviewed.", counts[AGES.len()], states.len()),
        width: WIDTH,
        height: HEIGHT + 44,
        shapes,
        legend: Vec::new(),
        head: vec!["days since the review".to_owned(), "pages".to_owned()],
        rows: names
            .iter()
            .zip(&counts)
            .map(|(name, count)| vec![(*name).to_owned(), count.to_string()])
            .collect(),
    }
}

/// The folder of a source that people speak of: two names at most.
fn folder(path: &str) -> String {
    let names: Vec<&str> = path.split('/').collect();
    match names.as_slice() {
        [] | [_] => ".".to_owned(),
        [folders @ .., _] => folders.iter().take(2).copied().collect::<Vec<_>>().join("/"),
    }
}

/// Pages that drifted, by the folder that changed and by who owns the page.
#[derive(Default)]
struct Heat(BTreeMap<String, BTreeMap<String, usize>>);

impl Heat {
    fn of(findings: &[Finding]) -> Self {
        let mut cells: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for finding in findings.iter().filter(|it| it.signal == "drifted") {
            let owner = finding.owner.first().map_or(NOBODY, String::as_str);
            let folders = finding.changed.iter().map(|it| folder(&it.place()));
            for folder in folders.collect::<BTreeSet<_>>() {
                *cells.entry(folder).or_default().entry(owner.to_owned()).or_default() += 1;
            }
        }
        Self(cells)
    }

    /// Those with the most first.
    fn folders(&self) -> Vec<(&str, usize)> {
        let sums = self.0.iter().map(|(name, row)| (name.as_str(), row.values().sum()));
        most_first(sums.collect())
    }

    fn owners(&self) -> Vec<(&str, usize)> {
        let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
        for (owner, count) in self.0.values().flatten() {
            *owners.entry(owner).or_default() += count;
        }
        most_first(owners.into_iter().collect())
    }

    fn count(&self, folder: &str, owner: &str) -> usize {
        self.0.get(folder).and_then(|row| row.get(owner)).copied().unwrap_or(0)
    }

    fn most(&self) -> usize {
        self.0.values().flat_map(BTreeMap::values).copied().max().unwrap_or(0)
    }
}

fn most_first(mut rows: Vec<(&str, usize)>) -> Vec<(&str, usize)> {
    rows.sort_by_key(|it| std::cmp::Reverse(it.1));
    rows
}

fn drift(findings: &[Finding]) -> Option<Chart> {
    let heat = Heat::of(findings);
    let (folders, owners) = (heat.folders(), heat.owners());
    let (worst, drifted) = folders.first()?;
    let row = |folder: &str| {
        let counts = owners.iter().map(|it| heat.count(folder, it.0).to_string());
        std::iter::once(folder.to_owned()).chain(counts).collect()
    };
    Some(Chart {
        id: "drift",
        title: "Drifted pages by source folder",
        says: format!("Most pages drifted from {worst}: {drifted}."),
        width: WIDTH,
        height: 20 + folders.len().min(MOST_FOLDERS) * 26,
        shapes: cells(&heat, &folders, &owners),
        legend: Vec::new(),
        head: std::iter::once("folder")
            .chain(owners.iter().map(|it| it.0))
            .map(str::to_owned)
            .collect(),
        rows: folders.iter().map(|it| row(it.0)).collect(),
    })
}

fn cells(heat: &Heat, folders: &[(&str, usize)], owners: &[(&str, usize)]) -> Vec<Shape> {
    const BEGIN: usize = 150;
    let (most, shown) = (heat.most(), owners.len().min(MOST_OWNERS));
    let width = (WIDTH - BEGIN) / shown.max(1);
    let mut shapes = Vec::new();
    for (column, (owner, _)) in owners.iter().take(shown).enumerate() {
        let x = BEGIN + column * width + width / 2;
        shapes.push(text(x, 12, "middle", shortened(owner, width / 7)));
    }
    for (row, (folder, _)) in folders.iter().take(MOST_FOLDERS).enumerate() {
        let y = 20 + row * 26;
        shapes.push(text(BEGIN - 8, y + 17, "end", shortened(folder, 20)));
        for (column, (owner, _)) in owners.iter().take(shown).enumerate() {
            let pages = heat.count(folder, owner);
            let (x, class) = (BEGIN + column * width, format!("heat{}", shade(pages, most)));
            let title = format!("{folder}, {owner}: {pages} pages");
            shapes.push(Shape::Rect { x, y, width: width - 2, height: 24, class, title });
            if pages > 0 {
                let class = if shade(pages, most) > 2 { "on-dark" } else { "middle" };
                shapes.push(text(x + width / 2, y + 17, class, pages.to_string()));
            }
        }
    }
    shapes
}

/// One of five colours, from nothing to most.
fn shade(count: usize, most: usize) -> usize {
    if count == 0 { 0 } else { 1 + scaled(count, most, 3).min(3) }
}

/// Findings of past quarters, and what became of them.
fn trend(past: &[Past]) -> Option<Chart> {
    const HEIGHT: usize = 140;
    let last = past.last()?;
    let most = past.iter().map(|it| it.findings).max().unwrap_or(0);
    let wide = WIDTH / past.len();
    let place = |number: usize| number * wide + wide / 2;
    let line = |value: fn(&Past) -> Option<usize>| {
        let points = past.iter().enumerate().filter_map(|(number, it)| {
            let y = 20 + HEIGHT - scaled(value(it)?, most, HEIGHT);
            Some(format!("{},{y}", place(number)))
        });
        points.collect::<Vec<_>>().join(" ")
    };
    let mut shapes = vec![
        Shape::Line { points: line(|it| Some(it.findings)), class: "all" },
        Shape::Line { points: line(|it| it.settled), class: "settled" },
    ];
    for (number, it) in past.iter().enumerate() {
        let y = 20 + HEIGHT - scaled(it.findings, most, HEIGHT);
        shapes.push(text(place(number), y - 6, "middle", it.findings.to_string()));
        shapes.push(text(
            place(number),
            HEIGHT + 38,
            "middle",
            &it.quarter[2.min(it.quarter.len())..],
        ));
    }
    Some(Chart {
        id: "trend",
        title: "Findings by quarter",
        says: format!("At the end of {} there were {} findings.", last.quarter, last.findings),
        width: WIDTH,
        height: HEIGHT + 46,
        shapes,
        legend: vec![("all", "findings at its end"), ("settled", "led to a change")],
        head: ["quarter", "findings", "led to a change", "dismissed"].map(str::to_owned).to_vec(),
        rows: past
            .iter()
            .map(|it| {
                let told =
                    |it: Option<usize>| it.map_or("not yet known".to_owned(), |it| it.to_string());
                let counts = [told(Some(it.findings)), told(it.settled), told(it.dismissed)];
                std::iter::once(it.quarter.clone()).chain(counts).collect()
            })
            .collect(),
    })
}
