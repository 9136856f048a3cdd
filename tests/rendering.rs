//! Rendering and understanding are two parsers; both see the same headings.

use std::path::Path;

use prode::document;
use prode::rendering::{Look, html, terminal};
use prode::repo_path::RepoPath;

#[test]
fn rendered_headings_are_the_documents_own() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = top.join("../shared/bench/retrieval/corpus");
    if !corpus.is_dir() {
        println!("skipped: there is no {}", corpus.display());
        return;
    }
    let (mut headings, mut lost) = (0, Vec::new());
    for entry in walkdir::WalkDir::new(corpus).into_iter().filter_map(Result::ok) {
        let Ok(path) = RepoPath::new(entry.file_name().as_encoded_bytes()) else { continue };
        if !path.is_markdown() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        let (found, _) = document::parse(&path, &bytes);
        let start = found.front.body_start as usize;
        let above = bytes[..start].split(|&byte| byte == b'\n').count() - 1;
        let body = String::from_utf8_lossy(&bytes[start..]);
        let named = found.sections.iter().filter(|it| it.level > 0);
        let named: Vec<_> = named.map(|it| (it.lines[0] as usize - above, &*it.anchor)).collect();
        let rendered = html(&body, named.iter().copied());
        headings += named.len();
        let is_lost = |anchor: &&str| !rendered.contains(&format!(" id=\"{anchor}\">"));
        let gone = named.iter().map(|(_, anchor)| *anchor).filter(is_lost);
        lost.extend(gone.map(|anchor| format!("{}#{anchor}", entry.path().display())));
        assert!(!terminal(&body, Look { width: 80 }).contains('\r'));
    }
    assert!(headings > 1_000, "{headings}");
    assert!(lost.is_empty(), "{} of {headings}: {lost:#?}", lost.len());
}
