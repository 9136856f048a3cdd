//! The program called as `adr`: sessions in a shell, as somebody who knows
//! adr-tools would have them, and what they must print.

mod limits;
mod session;

use std::collections::BTreeSet;
use std::path::Path;

/// One test for each file of `cases`.
macro_rules! cases {
    ($($name:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                session::replay(concat!(stringify!($name), ".txt"));
            }
        )*

        const CASES: &[&str] = &[$(stringify!($name)),*];
    };
}

cases! {
    complete, editor, folders, graph, help, init, link, list, new, supersede, templates, titles, toc,
    upgrade,
}

#[test]
fn every_file_of_cases_is_replayed() {
    let folder = Path::new(session::CASES);
    let files = std::fs::read_dir(folder).unwrap();
    let files: BTreeSet<String> = files
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(files, CASES.iter().map(ToString::to_string).collect());
}
