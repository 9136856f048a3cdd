//! `--config KEY=VALUE` and `PRODE_A__B=v`.

use super::keys::{self, KEYS};
use super::layer::Layer;
use super::{ConfigError, Environment, Origin};

/// One `--config`, checked: a wrong one is a wrong command line.
#[derive(Clone, PartialEq, Eq)]
pub struct Override {
    path: Vec<String>,
    text: String,
}

impl Override {
    /// Reads `KEY=VALUE`.
    ///
    /// # Errors
    /// If there is no `=`, the key is not known, or the value is not of its type.
    pub fn parse(typed: &str) -> Result<Self, ConfigError> {
        let (key, text) =
            typed.split_once('=').ok_or_else(|| ConfigError::NoEquals(typed.to_owned()))?;
        let path = split(key.trim());
        let read = Self { path, text: text.to_owned() };
        match read.layer().problems.into_iter().next().map(|problem| problem.diagnostic) {
            None => Ok(read),
            Some(it) if it.rule == "settings-unknown-key" => {
                Err(ConfigError::UnknownKey { message: it.message })
            }
            Some(it) => Err(ConfigError::WrongType(it.message)),
        }
    }

    pub(super) fn layer(&self) -> Layer {
        Layer::from_text(Origin::CommandLine, self.path.clone(), &self.text)
    }
}

/// Cuts a dotted name. Names below a `*` may hold dots themselves, so a last
/// part takes what is left.
fn split(key: &str) -> Vec<String> {
    let parts: Vec<String> = key.split('.').map(str::to_owned).collect();
    if keys::find(&parts).is_some() || keys::below(&parts).next().is_some() {
        return parts;
    }
    let starred = KEYS.iter().filter(|row| row.name.ends_with(".*")).find_map(|row| {
        let count = row.parts().count();
        let path: Vec<String> = key.splitn(count, '.').map(str::to_owned).collect();
        let is_it = keys::find(&path).is_some_and(|found| found.name == row.name);
        (is_it && row.takes != super::Takes::Mapping).then_some(path)
    });
    starred.unwrap_or(parts)
}

/// A layer per variable, in the order of their names.
pub(super) fn from_environment(environment: &Environment) -> Vec<Layer> {
    let layers = environment.prode.iter().filter_map(|(name, text)| {
        let path = variable_path(name.strip_prefix("PRODE_")?);
        Some(Layer::from_text(Origin::Environment(name.clone()), path, text))
    });
    layers.collect()
}

/// `A__B` is `a.b`. A variable cannot hold a hyphen, so `_` finds a known
/// name that is written with one.
fn variable_path(name: &str) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for part in name.to_lowercase().split("__") {
        let known = keys::names_below(&path).find(|known| known.replace('-', "_") == part);
        path.push(known.unwrap_or(part).to_owned());
    }
    path
}
