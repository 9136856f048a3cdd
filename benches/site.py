#!/usr/bin/env python3
"""Makes what sites are built from: the same pages for prode, mdBook and zola.

site.py decisions TARGET COUNT   a log of COUNT decisions, each with a link, as a repository of one commit
site.py prode TARGET             links that lead nowhere are warnings there: public pages have some
site.py mdbook SOURCE TARGET     a book of the pages below SOURCE
site.py zola SOURCE TARGET       a zola site of them, with its search
site.py loop SITE TARGET         how long it takes to make files of the same names and sizes, five times
site.py told FILE                medians of a file of hyperfine, each beside the first
"""
import json, os, pathlib, shutil, statistics, sys, time

import adr
import corpus

LOOSE = "version: 1\nlint:\n  rules: {links: warning, secret-inline: warning}\n"
BOOK = '[book]\ntitle = "Pages"\nsrc = "src"\n[build]\ncreate-missing = false\n[output.html.search]\nenable = true\n'
ZOLA = 'base_url = "https://example.org"\ntitle = "Pages"\nbuild_search_index = true\n'
# Public pages have anchors that lead nowhere.
ZOLA += '[link_checker]\ninternal_level = "warn"\n'
PAGE = "<html><head><title>{{ NAME.title }}</title></head><body>{{ NAME.content | safe }}</body></html>"


def decisions(target, count):
    adr.write(pathlib.Path(target) / "adr", int(count))
    corpus.commit(target)


def mdbook(source, target):
    target = pathlib.Path(target)
    lines = ["# Summary", ""]
    for number, path in enumerate(corpus.sources(source)):
        name = path.relative_to(source)
        text = path.read_text(errors="replace")
        (target / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        (target / "src" / name).write_text(text)
        lines.append(f"- [page {number}](<{name}>)")
    (target / "src" / "SUMMARY.md").write_text("\n".join(lines) + "\n")
    (target / "book.toml").write_text(BOOK)


def zola(source, target):
    target = pathlib.Path(target)
    for number, path in enumerate(corpus.sources(source)):
        text = path.read_text(errors="replace")
        if text.startswith("---\n") and "\n---\n" in text[4:]:
            text = text[4:].split("\n---\n", 1)[1]
        # What reads as one of its own templates is none.
        text = text.replace("{{", "{ {").replace("{%", "{ %")
        (target / "content").mkdir(parents=True, exist_ok=True)
        (target / "content" / f"page-{number}.md").write_text(f'+++\ntitle = "Page {number}"\n+++\n{text}')
    (target / "content" / "_index.md").write_text("+++\n+++\n")
    (target / "templates").mkdir()
    (target / "templates" / "page.html").write_text(PAGE.replace("NAME", "page"))
    for name in ("index.html", "section.html"):
        (target / "templates" / name).write_text(PAGE.replace("NAME", "section"))
    (target / "config.toml").write_text(ZOLA)


def loop(site, target):
    files = [(path.relative_to(site), b"x" * path.stat().st_size) for path in pathlib.Path(site).rglob("*") if path.is_file()]
    times = []
    for _ in range(5):
        shutil.rmtree(target, ignore_errors=True)
        for folder in {name.parent for name, _ in files}:
            os.makedirs(os.path.join(target, folder), exist_ok=True)
        paths = [(os.path.join(target, name), content) for name, content in files]
        begun = time.perf_counter()
        for path, content in paths:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            os.write(file, content)
            os.close(file)
        times.append(time.perf_counter() - begun)
    print(f"a bare loop of {len(files)} files: median {statistics.median(times):.3f} s ({min(times):.3f} to {max(times):.3f})")


def told(file):
    rows = json.loads(pathlib.Path(file).read_text())["results"]
    first = rows[0]["median"]
    for row in rows:
        print(f"{row['command']}: median {row['median']:.3f} s ({row['min']:.3f} to {row['max']:.3f}), "
              f"of the processor {row['user'] + row['system']:.3f} s, {row['median'] / first:.2f} times the first")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "prode":
        (pathlib.Path(rest[0]) / "prode.yaml").write_text(LOOSE)
    else:
        {"decisions": decisions, "mdbook": mdbook, "zola": zola, "loop": loop, "told": told}[command](*rest)
