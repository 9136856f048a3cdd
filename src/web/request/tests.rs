use proptest::prelude::*;

use super::*;
use crate::hint::{ErrorKind, Helpful as _};

fn read(path: &str, query: &str) -> Result<Route, ErrorKind> {
    Request::read(path, query).map(|it| it.route).map_err(|error| error.kind())
}

fn page(path: &str) -> RepoPath {
    RepoPath::new(path).unwrap()
}

#[test]
fn paths_are_read() {
    for (path, route) in [
        ("/", Route::Home),
        ("/wiki/wiki/a%20b.md", Route::Page(page("wiki/a b.md"))),
        ("/wiki/wiki/a.md/history", Route::History(page("wiki/a.md"), 0)),
        ("/wiki/wiki/a.md/blame", Route::Blame(page("wiki/a.md"), 0)),
        ("/wiki/wiki/a.md/diff", Route::Diff(page("wiki/a.md"), None)),
        ("/wiki/wiki/history", Route::Page(page("wiki/history"))),
        ("/raw/wiki/a.md", Route::Raw(page("wiki/a.md"))),
        ("/adr/0012", Route::Decision(12)),
        ("/skills/drain", Route::Skill("drain".to_owned())),
        ("/inbox", Route::Inbox(Inbox::default())),
        ("/inbox/L-3f2a91c07be4", Route::Learning("L-3f2a91c07be4".parse().unwrap(), None)),
    ] {
        assert_eq!(read(path, ""), Ok(route), "{path}");
    }
}

#[test]
fn what_leads_elsewhere_is_not_there() {
    for path in [
        "/wiki/../etc/passwd",
        "/wiki/%2e%2e/%2e%2e/etc/passwd",
        "/wiki//etc/passwd",
        "/wiki/..%2f..%2fetc%2fpasswd",
        "/raw/a%00.md",
        "/raw/..\\x",
        "/picture/%2e%2e%2fx.png",
        "/adr/-1",
        "/adr/99999999999",
        "/adr/../x",
        "/skills/..",
        "/skills/a/b",
        "/inbox/../x",
        "/inbox/F-3f2a91c07be4",
        "/wiki/",
        "/nothing",
        "//evil.example",
    ] {
        assert_eq!(read(path, ""), Err(ErrorKind::NotFound), "{path}");
    }
}

#[test]
fn parameters_are_read_as_forms_write_them() {
    let query = "q=queue+full%3F&kind=runbook&kind=adr&owner=%40sre&include=drafts&from=20&part=1&utm=x&tag=";
    let Ok(Route::Search(search)) = read("/search", query) else { panic!() };
    assert_eq!((search.text.as_str(), search.from, search.part), ("queue full?", 20, true));
    assert_eq!(search.filters.kinds, ["runbook", "adr"]);
    assert_eq!((search.filters.owners, search.filters.tags), (vec!["@sre".to_owned()], vec![]));
    assert!(search.include.drafts && !search.include.archived);
    for (path, query) in [
        ("/search", "from=-1"),
        ("/search", "from=99999999"),
        ("/search", "q=a&from=500"),
        ("/adr", "from=x"),
        ("/graph", "depth=9"),
        ("/inbox", "state=lost"),
        ("/", "as-of=2026-01-01&rev=HEAD"),
        ("/search", &format!("q={}", "x".repeat(1_001))),
        ("/search", &"kind=a&".repeat(41)),
    ] {
        assert_eq!(read(path, query), Err(ErrorKind::Usage), "{path}?{query}");
    }
}

proptest! {
    #[test]
    fn any_request_is_read_or_refused_calmly(path in "/[ -~]{0,60}", query in ".{0,120}") {
        let _ = Request::read(&path, &query);
    }
}
