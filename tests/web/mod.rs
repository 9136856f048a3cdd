//! Pages for people, over a real server: bytes out, HTML in, read as browsers read it.

mod audit;
mod checks;
mod deciding;
pub(crate) mod dom;
mod doors;
pub(crate) mod hostile;
mod inbox;
mod kept;
#[cfg(target_os = "linux")]
mod kills;
mod pages;
mod parity;
mod past;
#[cfg(unix)]
mod runs;

use crate::serve::Served;
use crate::support::TestRepo;
use dom::Dom;

/// A memory with a page of every kind of trouble.
pub(crate) fn memory() -> TestRepo {
    let repo = crate::mcp::memory();
    repo.write(
        "wiki/old.md",
        "---\ntitle: Old way\nkind: guide\nowner: \"@ops\"\nreviewed: 2020-01-01\nreview_every: 30d\n\
         tags: [legacy]\n---\n\n# Old way\n\nUse the queue by hand. Decided in ADR-1, see [[ Workers ]], not [this](Workers).\n\n\
         ## Stop conditions\n\n- Messages are lost.\n\n## Go on\n\n```sh\nprode query 'queue'\n```\n\n\
         - [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| c | d |\n\n![plan](plan.png) ![away](https://example.org/a.png)\n",
    );
    repo.write("wiki/plan.png", b"\x89PNG\r\n\x1a\n");
    repo.write("wiki/draft.md", "---\nstatus: draft\n---\n# Draft\n\nqueue of drafts\n");
    repo.write(
        "adr/0002-stream.md",
        "# 2. Use a stream\n\nDate: 2026-02-01\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0001](0001-queue.md)\n",
    );
    repo.write(
        "adr/0001-queue.md",
        "# 1. Use a queue\n\nDate: 2025-01-01\n\n## Status\n\nSuperseded by [ADR-0002](0002-stream.md)\n\n## Context\n\nBursts.\n",
    );
    repo.commit("more pages");
    repo
}

/// What a browser gets at `path`; every answer keeps to the house's policy.
fn page(server: &Served, path: &str) -> Dom {
    let answer = server.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"), "{path}");
    Dom::of(&answer.body)
}
