//! Settings that a feature reads for itself, layer by layer.

use serde_json::{Map, Value};

use super::origin::Origin;

/// One top key's values, apart by layer, so that a feature can let the
/// strictest win instead of the last. Secrets are not among them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section(Vec<(Origin, Value)>);

impl Section {
    /// The layers that say something, weakest first; each an object.
    pub fn layers(&self) -> impl Iterator<Item = (&Origin, &Value)> {
        self.0.iter().map(|(origin, value)| (origin, value))
    }

    /// All layers in one object; stronger ones win key by key.
    pub fn merged(&self) -> Value {
        let mut all = Value::Object(Map::new());
        for (_, value) in &self.0 {
            merge(&mut all, value.clone());
        }
        all
    }

    /// Adds `value` at `path` of the layer `origin`.
    pub(super) fn add(&mut self, origin: &Origin, path: &[String], value: &Value) {
        let nested = path.iter().rev().fold(value.clone(), |value, name| {
            Value::Object(Map::from_iter([(name.clone(), value)]))
        });
        match self.0.last_mut() {
            Some((last, all)) if last == origin => merge(all, nested),
            _ => self.0.push((origin.clone(), nested)),
        }
    }
}

/// Lays `strong` over `weak`, mapping by mapping.
pub(super) fn merge(weak: &mut Value, strong: Value) {
    match (weak, strong) {
        (Value::Object(weak), Value::Object(strong)) => {
            for (key, value) in strong {
                merge(weak.entry(key).or_insert(Value::Null), value);
            }
        }
        (weak, strong) => *weak = strong,
    }
}
