//! What settings say about audits.

use std::collections::BTreeMap;

use serde_json::Value;

use super::signals::SIGNALS;

/// Points and limits. What is not set has the defaults of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Points by signal, and the most that the parts of a risk add.
    weights: BTreeMap<String, u32>,
    /// Findings that one owner is shown.
    pub cap: usize,
    /// Days after which somebody who committed nothing is no longer there.
    pub departed_after: i64,
    /// Patterns of files with alert rules.
    pub alerts: Vec<String>,
}

/// The most that each part of a risk adds beside its signal.
const PARTS: &[(&str, u32)] =
    &[("kind", 20), ("size", 15), ("age", 15), ("links", 10), ("traffic", 10)];

/// No weight is larger.
const MOST: u64 = 100;

impl Default for Settings {
    fn default() -> Self {
        Self { weights: BTreeMap::new(), cap: 10, departed_after: 365, alerts: Vec::new() }
    }
}

impl Settings {
    /// Reads the section `audit` of the settings.
    pub fn read(section: &Value) -> Self {
        let number = |key: &str| section.get(key).and_then(Value::as_u64);
        let weights = section.get("weights").and_then(Value::as_object).into_iter().flatten();
        let weight = |(name, value): (&String, &Value)| {
            let points = value.as_u64()?.min(MOST);
            Some((name.clone(), u32::try_from(points).ok()?))
        };
        let alerts = section.get("alerts").and_then(Value::as_array).into_iter().flatten();
        let defaults = Self::default();
        Self {
            weights: weights.filter_map(weight).collect(),
            cap: number("cap").and_then(|it| usize::try_from(it).ok()).unwrap_or(defaults.cap),
            departed_after: number("departed_after")
                .and_then(|it| i64::try_from(it).ok())
                .unwrap_or(defaults.departed_after),
            alerts: alerts
                .filter_map(Value::as_str)
                .filter(|it| stays_inside(it))
                .map(str::to_owned)
                .collect(),
        }
    }

    /// The points of a signal or of a part.
    pub fn weight(&self, name: &str) -> u32 {
        let of_signal = || SIGNALS.iter().find(|it| it.name == name).map(|it| it.points);
        let of_part = || PARTS.iter().find(|it| it.0 == name).map(|it| it.1);
        self.weights.get(name).copied().or_else(of_signal).or_else(of_part).unwrap_or_default()
    }
}

/// A repository's file may say this: nothing that it names is read outside.
fn stays_inside(pattern: &str) -> bool {
    !pattern.starts_with('/') && !pattern.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_never_leads_outside() {
        let given = serde_json::json!({"alerts": ["a/*.yaml", "/etc/*.yaml", "../x/*.yaml"]});
        assert_eq!(Settings::read(&given).alerts, ["a/*.yaml"]);
    }

    #[test]
    fn what_is_set_wins_and_the_rest_stays() {
        let given = serde_json::json!({"cap": 3, "weights": {"drifted": 7, "links": 900}});
        let settings = Settings::read(&given);
        assert_eq!((settings.cap, settings.departed_after), (3, 365));
        assert_eq!((settings.weight("drifted"), settings.weight("links")), (7, 100));
        assert_eq!((settings.weight("kind"), settings.weight("nothing")), (20, 0));
        assert_eq!(Settings::read(&Value::Null), Settings::default());
    }
}
