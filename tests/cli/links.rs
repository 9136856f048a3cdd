//! `prode links`

use crate::support::TestRepo;

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n\n[b](b.md#two) [gone](gon.md) [up](../../x)\n\n## Part\n\n[s](b.md#tow) ![i](i.png) <https://x.y/z> [[Many]] ADR-9\n")
        .write("wiki/b.md", "# B\n\n## Two\n\nBack to [a](a.md).\n\nAnd [part](a.md#part).\n")
        .write("wiki/gone.md", "# Gone\n")
        .write("wiki/i.png", "x")
        .write("wiki/x/many.md", "# Many\n")
        .write("wiki/y/many.md", "# Many\n");
    repo.commit("pages");
    repo
}

#[test]
fn links_are_resolved_with_reasons_and_near_names() {
    let links = repo().prode(&["links", "wiki/a.md", "--json"]).ok().json();
    assert_eq!(links["schema"], "prode.links/v1");
    let out = links["outgoing"].as_array().unwrap();
    let states: Vec<_> = out.iter().map(|link| link["state"].as_str().unwrap()).collect();
    let wanted = ["page", "missing", "missing", "no_section", "file", "ambiguous", "missing"];
    assert_eq!(states, wanted, "{out:#?}");
    assert_eq!((&out[0]["path"], &out[0]["anchor"]), (&"wiki/b.md".into(), &"two".into()));
    assert_eq!(
        (&out[1]["reason"], &out[1]["near"][0]),
        (&"no file is there".into(), &"wiki/gone.md".into())
    );
    assert_eq!(out[2]["reason"], "it leaves the repository");
    assert_eq!(out[3]["near"][0], "two");
    assert_eq!(out[5]["near"][1], "wiki/y/many.md");
    assert_eq!(out[6]["reason"], "no decision has the number");
    assert_eq!(links["external"][0]["target"], "https://x.y/z");
}

#[test]
fn backlinks_name_their_lines_and_follow_the_section() {
    let repo = repo();
    let page = repo.prode(&["links", "wiki/a.md", "--json"]).ok().json();
    let lines: Vec<_> = page["incoming"].as_array().unwrap().iter().map(|it| &it["line"]).collect();
    assert_eq!(lines, [5, 7]);
    let part = repo.prode(&["links", "wiki/a.md#part", "--json"]).ok().json();
    assert_eq!(part["incoming"].as_array().unwrap().len(), 1);
    assert_eq!(part["outgoing"].as_array().unwrap().len(), 4);
}

#[test]
fn people_see_what_is_broken_and_how_to_mend_it() {
    let repo = repo();
    let text = repo.prode(&["links", "wiki/a.md"]).ok().says("Links to (7, 5 broken)");
    let text = text.says("gon.md  no file is there; did you mean wiki/gone.md").says("wiki/b.md:5");
    assert!(!text.stdout().contains("https://"));
    repo.prode(&["links", "wiki/a.md", "--external"]).ok().says("https://x.y/z");
}

#[test]
fn no_page_is_offered_for_a_picture_or_a_script_that_is_missing() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n\n![g](gone.png) [g](gone.sh) [g](gon.md) [g](gon)\n");
    repo.write("wiki/gone.md", "# Gone\n").commit("pages");
    let links = repo.prode(&["links", "wiki/a.md", "--json"]).ok().json();
    let offered = |at: usize| links["outgoing"][at]["near"].as_array().unwrap().clone();
    assert_eq!((offered(0), offered(1)), (vec![], vec![]));
    assert_eq!((&offered(2)[0], &offered(3)[0]), (&"wiki/gone.md".into(), &"wiki/gone.md".into()));
}

#[test]
fn a_decision_shows_what_replaced_it_and_what_it_replaced() {
    let repo = TestRepo::new();
    repo.write("adr/0001-a.md", "# 1. A\n\n## Status\n\nSuperceded by [2. B](0002-b.md)\n")
        .write("adr/0002-b.md", "# 2. B\n\n## Status\n\nSuperceded by [3. C](0003-c.md)\n")
        .write("adr/0003-c.md", "# 3. C\n\n## Status\n\nAccepted\n");
    repo.commit("log");
    let links = repo.prode(&["links", "adr/2", "--json"]).ok().json();
    assert_eq!(links["supersedes"][0], "adr/0001-a.md");
    assert_eq!(links["superseded_by"][0], "adr/0003-c.md");
    repo.prode(&["links", "adr/3"])
        .ok()
        .says("  adr/0001-a.md\n    adr/0002-b.md\n  * adr/0003-c.md");
}
