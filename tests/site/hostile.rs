//! Names and texts that are attacks.

use super::{dom, files, is_whole, memory, place, site, text};
use crate::support::TestRepo;
use crate::web::dom::Dom;
use crate::web::hostile::attacks;

#[test]
fn nothing_of_a_hostile_memory_runs() {
    let repo = TestRepo::new();
    for (at, attack) in attacks().iter().enumerate() {
        let quoted = serde_json::to_string(attack).unwrap();
        let name = attack.replace(['/', '\\'], "|");
        let cell = attack.replace('|', "\\|");
        repo.write(
            format!("wiki/{at} {name}.md"),
            format!(
                "---\ntitle: {quoted}\nkind: {quoted}\nowner: {quoted}\ntags: [{quoted}]\naliases: [{quoted}]\n---\n\
                 # {attack}\n\n## {attack}\n\n> {attack}\n\n| {cell} |\n|---|\n| {cell} |\n\n`{attack}`\n\n```{attack}\n{attack}\n```\n"
            ),
        );
        repo.write(
            format!("adr/{:04}-x.md", at + 1),
            format!("---\nstatus: {quoted}\ndate: 2026-01-01\ndecision-makers: [{quoted}]\n---\n# {attack}\n\n## Context\n\nx\n"),
        );
        repo.write(
            format!("skills/s{at}/SKILL.md"),
            format!("---\nname: s{at}\ndescription: {quoted}\nlicense: {quoted}\nmetadata:\n  {quoted}: {quoted}\n---\n\n# x\n"),
        );
        repo.commit(attack);
    }
    // Texts of attacks lead nowhere, as lint says; here only what is written matters.
    repo.write(
        "prode.yaml",
        "version: 1\nlint:\n  rules: {links: warning, secret-inline: warning}\n",
    );
    repo.commit("links of attacks");
    let files = site(&repo, &["--title", attacks()[0], "--base-url", "https://x.example/a/"]);
    let mut pages = 0;
    for name in files.keys().filter(|name| name.ends_with(".html")) {
        // The page of lost addresses names the site's own whole address.
        let html = text(&files, name).replace("https://x.example/a/", "");
        let active: Vec<_> = Dom::of(&html).active_in_files();
        assert!(active.is_empty(), "{name}: {active:?}");
        pages += 1;
    }
    assert!(pages > 2 * attacks().len(), "{pages}");
    for name in files.keys() {
        assert!(!name.contains(['<', '>', '"', ':', '\\', '?', '*', '|', '\n']), "{name}");
        assert!(name.split('/').all(|part| part.len() < 256 && part != ".."), "{name}");
    }
    is_whole(&files);
    for feed in ["changes.xml", "decisions.xml", "sitemap.xml"] {
        let xml = text(&files, feed);
        let tags = xml.split('<').skip(1).map(|it| it.split([' ', '>']).next().unwrap());
        let known = [
            "?xml", "feed", "title", "id", "updated", "link", "author", "name", "entry", "summary",
            "urlset", "url", "loc", "lastmod",
        ];
        for tag in tags {
            assert!(known.contains(&tag.trim_start_matches('/')), "{feed}: {tag}");
        }
    }
}

#[test]
fn strange_names_are_written_and_found() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let repo = memory();
    repo.write(
        std::path::Path::new(OsStr::from_bytes(b"wiki/caf\xe9.md")),
        b"# Caf\xe9 zebra\n\n\x00\x1b[31m \xff\n",
    );
    repo.write("wiki/50%25 #1 @home?.md", "# Percent zebra\n");
    repo.write("wiki/\u{202e}dm.md", "# Turned zebra \u{202e}x\n");
    repo.write("wiki/CON.md", "# Console zebra\n");
    repo.write("wiki/Case.md", "# Upper zebra\n");
    repo.write("wiki/case.md", "# Lower zebra\n");
    repo.write("wiki/case.html/x.md", "# In a folder\n");
    repo.write(".hidden/x.md", "# Hidden zebra\n");
    repo.commit("strange");
    let files = site(&repo, &[]);
    is_whole(&files);
    let titles = dom(&files, "search.html").texts("ul.catalogue li a");
    for title in ["Percent zebra", "Console zebra", "Upper zebra", "Lower zebra", "In a folder"] {
        assert!(titles.iter().any(|it| it == title), "{title}: {titles:?}");
    }
    let mut low: Vec<String> = files.keys().map(|it| it.to_lowercase()).collect();
    low.sort();
    low.dedup();
    assert_eq!(low.len(), files.len(), "no two differ in case alone");
    for (name, bytes) in &files {
        if name.ends_with(".html") {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(!text.contains(['\u{0}', '\u{1b}', '\u{202e}']), "{name}");
        }
    }
}

#[test]
fn a_drawing_stands_in_its_page_and_has_no_address() {
    let repo = memory();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    repo.write("wiki/d.svg", drawing);
    repo.write(
        "wiki/drawn.md",
        "# Drawn\n\n![plan](d.svg) ![picture](plan.png) [the file](d.svg)\n",
    );
    repo.commit("a drawing");
    let files = site(&repo, &[]);
    let shown = dom(&files, "wiki/wiki/drawn.html").values("src");
    assert!(shown.iter().any(|it| it.starts_with("data:image/svg+xml;base64,")), "{shown:?}");
    assert!(shown.iter().any(|it| it == "../../picture/wiki/plan.png"), "{shown:?}");
    assert!(
        dom(&files, "wiki/wiki/drawn.html")
            .values("href")
            .iter()
            .all(|it| !it.starts_with("data:"))
    );
    for (name, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("alert(1)"), "{name}");
    }
}

#[test]
fn nothing_outside_the_memory_is_written() {
    let repo = memory();
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("wiki/link.md")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("wiki/link.png")).unwrap();
    repo.write("src/secret.rs", "secret of the source");
    repo.write("wiki/out.md", "# Out\n\n[a](link.md) ![b](link.png) [c](../src/secret.rs)\n");
    repo.commit("links");
    site(&repo, &[]);
    for (name, bytes) in files(&place(&repo)) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("root:x:") && !text.contains("secret of the source"), "{name}");
    }
}

#[test]
fn the_name_of_a_private_host_is_not_published() {
    let repo = memory();
    repo.write("prode.yaml", "version: 1\nredaction:\n  hosts: [corp.example]\n");
    repo.write("wiki/hosts.md", "# Hosts\n\nAsk db-1.corp.example.\n");
    repo.commit("a private host");
    let folder = place(&repo).display().to_string();
    let run = repo.prode(&["site", "build", "-o", &folder]).fails(1);
    assert!(
        run.stdout().contains("wiki/hosts.md:3: ") && run.stdout().contains("private-host"),
        "{}",
        run.stdout()
    );
    assert!(!run.stdout().contains("db-1") && !place(&repo).exists());
}

#[test]
fn a_secret_is_not_published() {
    let repo = memory();
    let token = ["ghp", "_aB3dE5gH7jK9mN1pQ", "3sT5vX7zA9cD1fG2hJ4"].concat();
    repo.write("wiki/leak.md", format!("# Leak\n\n`{token}`\n"));
    repo.commit("a token");
    let folder = place(&repo).display().to_string();
    let run = repo.prode(&["site", "build", "-o", &folder]).fails(1);
    assert!(
        run.stdout().contains("wiki/leak.md:3: ") && run.stdout().contains("secret-inline"),
        "{}",
        run.stdout()
    );
    assert!(!run.stdout().contains(&token) && !place(&repo).exists());
}
