//! One look at a text: every layer, then the same at what the text encodes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::blocked::Reason;
use super::decode::{View, unprefixed, views};
use super::layers::{LAYERS, Layer, keywords};
use super::repeated;
use super::rules::{Additions, Keywords};
use super::settings::{Settings, SettingsError};
use super::span::{Match, settled};
use super::stop::Stop;
use super::text::Text;

/// How deep encodings are looked into.
const DEPTH: usize = 3;

/// How many prefixes are taken off: a diff in a list in a quote.
const PREFIXES: usize = 3;

/// In a text larger than this keywords may stand so many bytes apart on
/// average; one that is made of nothing else is made to take long.
const LARGE: usize = 256 << 10;
const DENSEST: usize = 12;

/// How far a look is inside of the text.
#[derive(Debug, Clone, Copy, Default)]
struct Depth {
    encodings: usize,
    prefixes: usize,
}

impl Depth {
    fn decoded(self) -> Self {
        Self { encodings: self.encodings + 1, ..self }
    }

    fn unprefixed(self) -> Self {
        Self { prefixes: self.prefixes + 1, ..self }
    }
}

/// What looking at a view costs.
fn spend(budget: &mut usize, view: &View) -> Result<(), Stop> {
    let left = budget.checked_sub(view.text.len());
    *budget = left.ok_or(Stop::at(Reason::TooLarge, view.start()))?;
    Ok(())
}

/// All layers, ready to look.
#[derive(Debug)]
pub(super) struct Scanner {
    keywords: Keywords,
    additions: Additions,
    layers: Vec<Layer>,
}

impl Scanner {
    pub(super) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let additions = Additions::new(settings)?;
        Ok(Self { keywords: keywords(), additions, layers: LAYERS.to_vec() })
    }

    /// The same with one layer more.
    #[cfg(test)]
    pub(super) fn and(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    /// Matches in order, none over another, none over a placeholder.
    pub(super) fn scan(&self, text: &str) -> Result<Vec<Match>, Stop> {
        let mut budget = text.len().saturating_mul(16).saturating_add(1 << 20);
        self.look(text, Depth::default(), &mut budget)
    }

    fn look(&self, raw: &str, depth: Depth, budget: &mut usize) -> Result<Vec<Match>, Stop> {
        let text = Text::new(raw, &self.keywords);
        if raw.len() > LARGE && text.hits.len() > raw.len() / DENSEST {
            return Err(Stop::at(Reason::TooLarge, 0));
        }
        let mut found = Vec::new();
        for layer in &self.layers {
            self.ask(layer, &text, &mut found)?;
        }
        if depth.prefixes < PREFIXES {
            self.look_without_prefixes(&text, depth, budget, &mut found)?;
        }
        self.look_inside(&text, depth, budget, &mut found)?;
        repeated::add(&text, &mut found);
        Ok(settled(found, raw, &text.holes))
    }

    /// A layer that panics lets nothing through, and one that finds half a
    /// character neither.
    fn ask(&self, layer: &Layer, text: &Text<'_>, found: &mut Vec<Match>) -> Result<(), Stop> {
        let known = found.len();
        let asked = AssertUnwindSafe(|| {
            layer.find(text, &self.additions, found)?;
            let is_whole = |it: &Match| text.raw.get(it.span.clone()).is_some();
            assert!(found.iter().skip(known).all(is_whole), "layer {} cuts", layer.name);
            Ok(())
        });
        let fault = |_| Err(Stop::at(Reason::Fault(layer.name), 0));
        catch_unwind(asked).unwrap_or_else(fault)
    }

    /// Only some layers, at the text as it reads.
    pub(super) fn look_by(&self, raw: &str, names: &[&str]) -> Result<Vec<Match>, Stop> {
        let text = Text::new(raw, &self.keywords);
        let mut found = Vec::new();
        for layer in self.layers.iter().filter(|layer| names.contains(&layer.name)) {
            self.ask(layer, &text, &mut found)?;
        }
        Ok(found)
    }

    /// Blocks are looked at as they read without what stands before each line.
    /// Nothing is decoded by that.
    fn look_without_prefixes(
        &self,
        text: &Text<'_>,
        depth: Depth,
        budget: &mut usize,
        found: &mut Vec<Match>,
    ) -> Result<(), Stop> {
        for view in unprefixed(text) {
            spend(budget, &view)?;
            let inner = self.look(&view.text, depth.unprefixed(), budget);
            let inner = inner.map_err(|stop| Stop::at(stop.reason, view.outer(stop.start)))?;
            found.extend(inner.into_iter().filter_map(|it| view.bring(it)));
        }
        Ok(())
    }

    /// What the text encodes is looked at like the text. What is found there
    /// hides what it was decoded from.
    fn look_inside(
        &self,
        text: &Text<'_>,
        depth: Depth,
        budget: &mut usize,
        found: &mut Vec<Match>,
    ) -> Result<(), Stop> {
        for view in views(text)? {
            if depth.encodings == DEPTH {
                found.extend(view.encoded().map(|run| Match::open(Reason::TooDeep, run)));
                continue;
            }
            spend(budget, &view)?;
            let inner = if view.is_joined() {
                // Of a token that a line break cuts only its vendor's shape can
                // tell that it goes on.
                self.look_by(&view.text, &["tokens"])
            } else {
                self.look(&view.text, depth.decoded(), budget)
            };
            let inner = inner.map_err(|stop| Stop::at(stop.reason, view.outer(stop.start)))?;
            found.extend(inner.into_iter().filter_map(|it| view.bring(it)));
        }
        Ok(())
    }
}
