//! All layers in one typed value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::keys::KEYS;
use super::layer::{Entry, Layer};
use super::section::{Section, merge};
use super::{Environment, Origin, Override, Problem, SHOWN, Secret, Takes, UserFile, overrides};
use crate::corpus::{
    OwnersDialect, People, Person, ReviewIntervals, RootSettings, WikilinkOrder, WikilinkOrders,
};
use crate::repo_path::RepoPath;
use crate::review::without_user;

/// Everything that settings are read from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The user's file, where there is one.
    pub user: Option<&'a UserFile>,
    /// `prode.yaml` in the revision that is answered for, where there is one.
    pub repository: Option<&'a [u8]>,
    /// The environment.
    pub environment: &'a Environment,
    /// `--config`, in the order typed.
    pub command_line: &'a [Override],
}

/// The trunk's name, apart by who says it: a repository's word counts only in
/// the commit that it names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrunkName {
    /// From the user's file, a variable or the command line.
    pub user: Option<String>,
    /// From `prode.yaml`.
    pub repository: Option<String>,
}

/// What settings say about ranking, as plain values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoutingValues {
    /// Weight by field, where one is set.
    pub weights: BTreeMap<String, f64>,
    /// Threshold by name, where one is set.
    pub abstain: BTreeMap<String, f64>,
    /// Tokens in a context pack.
    pub budget: u32,
}

/// Another repository whose memory is asked too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// How citations name it.
    pub name: String,
    /// Where it is on this machine.
    pub path: Option<String>,
    /// Where it can be fetched.
    pub url: Option<String>,
    /// Its trunk, where it is not the usual one.
    pub trunk: Option<String>,
}

/// A value and where it came from. Secrets are shown as `<set>`.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueOrigin {
    /// Dotted name.
    pub key: String,
    /// The value; null where nothing sets it.
    pub value: Value,
    /// The layer that won.
    pub origin: Origin,
}

/// All layers in one typed value.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The trunk's name.
    pub trunk: TrunkName,
    /// Which folders are roots.
    pub roots: RootSettings,
    /// Which side of `[[A|B]]` is the page.
    pub wikilinks: WikilinkOrders,
    /// Whose CODEOWNERS rules hold; `None`: by the file's place.
    pub codeowners: Option<OwnersDialect>,
    /// People and teams.
    pub people: People,
    /// Time between reviews.
    pub review: ReviewIntervals,
    /// Ranking.
    pub routing: RoutingValues,
    /// Other memories.
    pub memories: Vec<Memory>,
    sections: BTreeMap<String, Section>,
    secrets: BTreeMap<String, Secret>,
    origins: Vec<ValueOrigin>,
}

impl Settings {
    /// Reads every layer. What is wrong is reported; the weaker value stays.
    pub fn resolve(sources: Sources<'_>) -> (Self, Vec<Problem>) {
        let mut layers = layers(sources);
        let problems = layers.iter_mut().flat_map(|it| std::mem::take(&mut it.problems)).collect();
        let merged = Merged::of(&layers);
        (merged.settings(&layers), problems)
    }

    /// The JSON Schema of `prode.yaml`.
    pub fn schema() -> Value {
        super::schema::settings()
    }

    /// One top key's values as its feature reads them (`lint`, `redaction`,
    /// `approvals`, `triage`, `forge`, `tracker`, `mode`).
    pub fn section(&self, top: &str) -> Section {
        self.sections.get(top).cloned().unwrap_or_default()
    }

    /// A secret by its dotted name, such as `forge.token`.
    pub fn secret(&self, key: &str) -> Option<&Secret> {
        self.secrets.get(key)
    }

    /// Every value and where it came from, ordered by key.
    pub fn origins(&self) -> &[ValueOrigin] {
        &self.origins
    }
}

fn layers(sources: Sources<'_>) -> Vec<Layer> {
    let mut layers = vec![Layer::defaults()];
    layers
        .extend(sources.user.map(|it| Layer::from_file(Origin::User(it.path.clone()), &it.bytes)));
    layers.extend(sources.repository.map(|it| Layer::from_file(Origin::Repository, it)));
    layers.extend(overrides::from_environment(sources.environment));
    layers.extend(sources.command_line.iter().map(Override::layer));
    layers
}

/// The strongest value of every path.
struct Merged(BTreeMap<Vec<String>, (Value, Origin, Takes)>);

impl Merged {
    fn of(layers: &[Layer]) -> Self {
        let mut values: BTreeMap<Vec<String>, (Value, Origin, Takes)> = BTreeMap::new();
        for layer in layers {
            for Entry { path, value, key } in &layer.entries {
                let fresh = (Value::Null, layer.origin.clone(), key.takes);
                let slot = values.entry(path.clone()).or_insert(fresh);
                slot.1 = layer.origin.clone();
                match key.takes {
                    Takes::Mapping => merge(&mut slot.0, value.clone()),
                    _ => slot.0 = value.clone(),
                }
            }
        }
        Self(values)
    }

    fn settings(&self, layers: &[Layer]) -> Settings {
        Settings {
            trunk: trunk(layers),
            roots: self.roots(),
            wikilinks: self.wikilinks(),
            codeowners: self.text("codeowners").map(|name| match name.as_str() {
                "gitlab" => OwnersDialect::GitLab,
                _ => OwnersDialect::GitHub,
            }),
            people: self.people(),
            review: self.review(),
            routing: self.routing(),
            memories: self.memories(),
            sections: sections(layers),
            secrets: self.secrets(),
            origins: self.origins(),
        }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        let path: Vec<String> = key.split('.').map(str::to_owned).collect();
        self.0.get(&path).map(|(value, ..)| value)
    }

    fn text(&self, key: &str) -> Option<String> {
        Some(self.get(key)?.as_str()?.to_owned())
    }

    /// Values right below `above`, by their last name.
    fn below<'a>(&'a self, above: &'a [&'a str]) -> impl Iterator<Item = (&'a String, &'a Value)> {
        let is_it = move |path: &Vec<String>| {
            path.len() == above.len() + 1 && path.iter().zip(above).all(|(part, name)| part == name)
        };
        let found = self.0.iter().filter(move |(path, _)| is_it(path));
        found.filter_map(|(path, (value, ..))| Some((path.last()?, value)))
    }

    fn roots(&self) -> RootSettings {
        let list = |key| self.get(key).map(texts);
        RootSettings {
            wiki: list("roots.wiki"),
            adr: list("roots.adr"),
            skills: list("roots.skills"),
            templates: list("roots.templates"),
        }
    }

    fn wikilinks(&self) -> WikilinkOrders {
        let orders = self.below(&["wikilinks"]).filter_map(|(folder, value)| {
            let order = match value.as_str() {
                Some("text-first") => WikilinkOrder::TextFirst,
                _ => WikilinkOrder::PageFirst,
            };
            Some((RepoPath::root().join(folder)?, order))
        });
        WikilinkOrders::new(orders.collect())
    }

    fn people(&self) -> People {
        let people = self.below(&["people"]).map(|(name, value)| {
            let list = |key: &str| value.get(key).map(texts).unwrap_or_default();
            let email = value.get("email").and_then(Value::as_str).map(str::to_owned);
            (name.clone(), Person { email, members: list("members"), also: list("also") })
        });
        People::new(people.collect())
    }

    fn review(&self) -> ReviewIntervals {
        let days = |value: &Value| value.as_u64().and_then(|it| u32::try_from(it).ok());
        let by_kind = self.below(&["review"]).filter(|(kind, _)| *kind != "default");
        let by_kind = by_kind.filter_map(|(kind, value)| Some((kind.clone(), days(value)?)));
        let others = self.get("review.default").and_then(days).unwrap_or(180);
        ReviewIntervals::new(by_kind.collect(), others)
    }

    fn routing(&self) -> RoutingValues {
        let numbers = |name| {
            let below = self.below(name);
            below.filter_map(|(name, value)| Some((name.clone(), value.as_f64()?))).collect()
        };
        let budget = self.get("routing.budget").and_then(Value::as_u64);
        RoutingValues {
            weights: numbers(&["routing", "weights"]),
            abstain: numbers(&["routing", "abstain"]),
            budget: budget.and_then(|it| u32::try_from(it).ok()).unwrap_or(4_000),
        }
    }

    fn memories(&self) -> Vec<Memory> {
        let items = self.get("memories").and_then(Value::as_array);
        let memory = |item: &Value| {
            let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(Memory {
                name: text("name")?,
                path: text("path"),
                url: text("url"),
                trunk: text("trunk"),
            })
        };
        items.into_iter().flatten().filter_map(memory).collect()
    }

    fn secrets(&self) -> BTreeMap<String, Secret> {
        let secrets = self.0.iter().filter(|(_, (.., takes))| *takes == Takes::Secret);
        let value = |value: &Value| Some(Secret::new(value.as_str()?.to_owned()));
        secrets.filter_map(|(path, (it, ..))| Some((path.join("."), value(it)?))).collect()
    }

    fn origins(&self) -> Vec<ValueOrigin> {
        let set = self.0.iter().map(|(path, (value, origin, takes))| ValueOrigin {
            key: path.join("."),
            value: shown(value, *takes),
            origin: origin.clone(),
        });
        let mut rows: Vec<ValueOrigin> = set.collect();
        let unset = KEYS.iter().filter(|key| key.is_single() && self.get(key.name).is_none());
        rows.extend(unset.map(|key| ValueOrigin {
            key: key.name.to_owned(),
            value: Value::Null,
            origin: Origin::Default,
        }));
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        rows
    }
}

fn trunk(layers: &[Layer]) -> TrunkName {
    let last = |is_it: fn(&Origin) -> bool| {
        let mut strongest = layers.iter().rev().filter(|layer| is_it(&layer.origin));
        strongest.find_map(|layer| {
            let entry = layer.entries.iter().find(|entry| entry.key.name == "trunk")?;
            entry.value.as_str().map(str::to_owned)
        })
    };
    TrunkName { user: last(Origin::is_users), repository: last(|it| *it == Origin::Repository) }
}

fn sections(layers: &[Layer]) -> BTreeMap<String, Section> {
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    for layer in layers {
        for entry in layer.entries.iter().filter(|entry| entry.key.takes != Takes::Secret) {
            if let [top, below @ ..] = entry.path.as_slice() {
                let section = sections.entry(top.clone()).or_default();
                section.add(&layer.origin, below, &entry.value);
            }
        }
    }
    sections
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Days are shown as they are written, secrets not at all, also where a
/// mapping holds them.
fn shown(value: &Value, takes: Takes) -> Value {
    match takes {
        Takes::Secret => Value::from(SHOWN),
        Takes::Days => Value::from(format!("{value}d")),
        _ => masked(value),
    }
}

fn masked(value: &Value) -> Value {
    const TELLING: &[&str] = &["token", "password", "key", "secret", "credential"];
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(name, value)| {
                let lower = name.to_lowercase();
                let is_secret = TELLING.iter().any(|word| lower.contains(word));
                let value = if is_secret { Value::from(SHOWN) } else { masked(value) };
                (without_user(name), value)
            })
            .collect(),
        Value::Array(items) => items.iter().map(masked).collect(),
        Value::String(text) => Value::from(without_user(text)),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests;
