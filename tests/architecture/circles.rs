//! Which modules of a room use one another, and that they do not go round.
//!
//! What a module takes from its room's own `mod.rs` is no edge: there names are
//! gathered for others, and hold nothing. Tests inside a file do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::modules;
use super::{File, none, source};

/// For each module of a room, those of the same room that it uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn modules_of_a_room_do_not_go_round_in_circles() {
    let round = |(room, uses): (&String, &Uses)| {
        let circle = circle(uses)?.join(" \u{2192} ");
        Some(format!("{room}: {circle}"))
    };
    let found: Vec<String> = rooms().iter().filter_map(round).collect();
    none(&found);
}

#[test]
fn a_circle_is_found_and_a_chain_is_none() {
    let uses = |rows: &[(&str, &[&str])]| -> Uses {
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        rows.iter().map(|(from, to)| ((*from).to_owned(), names(to))).collect()
    };
    assert_eq!(circle(&uses(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
    let round = circle(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]));
    assert_eq!(round.unwrap(), ["b", "c", "b"]);
}

fn rooms() -> BTreeMap<String, Uses> {
    let files = source();
    let own = |file: &File| {
        let mut parts = file.name.trim_end_matches(".rs").split('/');
        let (room, module) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        (module != "mod").then_some((room, module))
    };
    let known: BTreeSet<(String, String)> = files.iter().filter_map(own).collect();
    let mut rooms: BTreeMap<String, Uses> = BTreeMap::new();
    for file in &files {
        let Some((room, module)) = own(file) else { continue };
        let uses = rooms.entry(room.clone()).or_default().entry(module.clone()).or_default();
        for path in resolved(file) {
            if path.len() < 2 || path[0] != room || path[1] == module {
                continue;
            }
            if known.contains(&(room.clone(), path[1].clone())) {
                uses.insert(path[1].clone());
            }
        }
    }
    rooms
}

/// What the file itself uses of this package, from `src`.
fn resolved(file: &File) -> Vec<Vec<String>> {
    let stem = file.name.trim_end_matches(".rs").trim_end_matches("/mod");
    let own: Vec<String> = stem.split('/').map(str::to_owned).collect();
    let inner = modules(&file.tokens);
    let outer =
        file.paths().into_iter().filter(|(_, line)| !inner.iter().any(|it| it.contains(line)));
    let absolute = outer.filter_map(|(path, _)| {
        let climbed = path.iter().take_while(|step| *step == "super").count();
        match path[0].as_str() {
            "crate" => Some(path[1..].to_vec()),
            "super" => {
                let above = own.len().checked_sub(climbed)?;
                Some(own[..above].iter().chain(&path[climbed..]).cloned().collect())
            }
            _ => None,
        }
    });
    absolute.collect()
}

/// Modules that use one another in turn, the first again at the end.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    uses.keys().find_map(|module| follow(uses, module, &mut Vec::new(), &mut done))
}

fn follow(
    uses: &Uses,
    module: &str,
    way: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(begin) = way.iter().position(|it| it == module) {
        let round = way[begin..].iter().cloned().chain([module.to_owned()]);
        return Some(round.collect());
    }
    if !done.insert(module.to_owned()) {
        return None;
    }
    way.push(module.to_owned());
    let found = uses.get(module).into_iter().flatten().find_map(|it| follow(uses, it, way, done));
    way.pop();
    found
}
