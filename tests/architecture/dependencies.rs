//! The page of dependencies says each crate and each of its features, and no
//! other: a reason that nobody wrote down cannot be weighed again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::none;

/// By crate, as the manifest calls it: its features, sorted.
type Crates = BTreeMap<String, Vec<String>>;

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn of_manifest() -> Crates {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let tables =
        ["dependencies", "dev-dependencies"].map(|name| manifest[name].as_table().unwrap());
    let crates = tables.into_iter().flatten().map(|(name, value)| {
        let features = value.get("features").and_then(toml::Value::as_array);
        let features = features.into_iter().flatten().map(|it| it.as_str().unwrap().to_owned());
        (name.clone(), sorted(features.collect()))
    });
    crates.collect()
}

/// Rows of tables with four columns, whose first one is one crate.
fn of_page() -> Crates {
    let page = read("wiki/dependencies.md");
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').collect();
        let [name, purpose, reason, features] = cells[..] else { return None };
        let name = in_code(name).pop()?;
        assert!(!purpose.trim().is_empty() && !reason.trim().is_empty(), "{name} has no reason");
        Some((name, sorted(in_code(features))))
    });
    rows.collect()
}

/// What stands between backticks.
fn in_code(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names
}

#[test]
fn every_dependency_has_its_reason_and_its_features_on_the_page() {
    let (manifest, page) = (of_manifest(), of_page());
    assert!(manifest.len() > 40, "the manifest was not read");
    let missing = manifest.iter().filter_map(|(name, features)| match page.get(name) {
        None => Some(format!("{name} has no row in wiki/dependencies.md")),
        Some(said) if said != features => {
            Some(format!("{name} has the features {features:?}, the page says {said:?}"))
        }
        Some(_) => None,
    });
    let stale = page.keys().filter(|name| !manifest.contains_key(*name));
    let stale = stale.map(|name| format!("{name} is on the page and no dependency"));
    none(&missing.chain(stale).collect::<Vec<_>>());
}
