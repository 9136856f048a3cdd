//! Which modules of a folder use one another, and that they do not go round: in
//! every folder of the source, however deep.
//!
//! What a module takes from its folder's own `mod.rs` is no edge: there names are
//! gathered for others, and what all of them stand on. Tests inside a file do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::modules;
use super::{File, none, source};

/// For each module of a room, those of the same room that it uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn modules_of_a_folder_do_not_go_round_in_circles() {
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

/// Each folder of modules by its path from `src`, and what its modules use of
/// one another.
fn rooms() -> BTreeMap<String, Uses> {
    let files = source();
    let known: BTreeSet<Vec<String>> =
        files.iter().flat_map(|file| beginnings(&place(file))).collect();
    let mut rooms: BTreeMap<String, Uses> = BTreeMap::new();
    for file in &files {
        let place = place(file);
        let used = resolved(file);
        for depth in 1..place.len() {
            let (room, module) = (&place[..depth], &place[depth]);
            let uses = rooms.entry(room.join("/")).or_default().entry(module.clone()).or_default();
            let beside = used.iter().filter(|path| path.len() > depth && path[..depth] == *room);
            let beside = beside.filter(|path| path[depth] != *module);
            let beside = beside.filter(|path| known.contains(&path[..=depth]));
            uses.extend(beside.map(|path| path[depth].clone()));
        }
    }
    rooms
}

/// The module that a file is, as a path; a folder's own `mod.rs` is the folder.
fn place(file: &File) -> Vec<String> {
    let stem = file.name.trim_end_matches(".rs").trim_end_matches("/mod");
    stem.split('/').map(str::to_owned).collect()
}

fn beginnings(place: &[String]) -> Vec<Vec<String>> {
    (1..=place.len()).map(|length| place[..length].to_vec()).collect()
}

/// What the file itself uses of this package, from `src`.
fn resolved(file: &File) -> Vec<Vec<String>> {
    let own = place(file);
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
