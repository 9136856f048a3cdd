#!/usr/bin/env python3
"""Histories whose rot is known, and how well an audit finds it.

usage: audit_truth.py make FOLDER [PAGES COMMITS SEED]
       audit_truth.py score FOLDER REPORT.json

`make` writes a repository of PAGES (320) pages and at least COMMITS (2,000) commits at FOLDER, and the truth
of its last day beside it, as FOLDER.truth.json. Sources are edited, reverted, moved and removed; pages are
edited, moved and reviewed, with digests or with a bare date; dates are bumped in bulk; people leave.

`score` compares the findings of `prode audit --format json` with that truth, signal by signal, and beside them
two lists that need no audit: pages whose date is over, and pages whose file has a commit newer than its
review. Nothing here is shared with the program: digests are made from the format's description alone.
"""
import datetime
import hashlib
import json
import os
import random
import subprocess
import sys

FIRST, LAST = datetime.date(2024, 9, 2), datetime.date(2026, 11, 20)
STAYS = ["ada", "bela", "cleo", "dario", "edda", "fynn", "greta", "hugo", "ines", "jonas"]
LEAVES = ["kira", "lars", "mona"]
LEFT = datetime.date(2025, 7, 1)
DAYS = {"runbook": 90, "sop": 90, "guide": 180}
AREAS, FILES = 40, 8


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def blob_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Page:
    """A page: what stands in its front matter, and its body's lines."""

    def __init__(self, number, rng):
        self.path = f"wiki/area-{number % 16:02d}/page-{number:03d}.md"
        self.kind = rng.choice(list(DAYS))
        self.owner = rng.choice([None] + STAYS * 2 + LEAVES)
        area = rng.randrange(AREAS)
        way = rng.random()
        self.sources = [f"services/s{area:02d}/**"] if way < 0.35 else [f"services/s{area:02d}/f{rng.randrange(FILES)}.py"] if way < 0.7 else []
        self.cites = [f"services/s{area:02d}/f{rng.randrange(FILES)}.py"] if 0.7 <= way < 0.88 else []
        self.links = []
        self.facts = [f"The limit of step {n} is {rng.randrange(10, 900)} requests." for n in range(4)]
        self.number = number
        self.stamp = None
        # What the stamp's commit held, for stamps without digests.
        self.seen = None

    def body(self):
        lines = [f"# Page {self.number}", ""] + [line for fact in self.facts for line in (fact, "")]
        for cited in self.cites:
            lines += [f"The code is in `{cited}`.", ""]
        for link in self.links:
            lines += [f"See [the other page]({os.path.relpath(link, os.path.dirname(self.path))}).", ""]
        return ("\n".join(lines)).encode()

    def text(self):
        front = ["---", f"title: Page {self.number}", f"kind: {self.kind}"]
        if self.owner:
            front.append(f"owner: ['@{self.owner}']")
        if self.sources:
            front.append(f"sources: [{', '.join(repr(it) for it in self.sources)}]")
        if self.stamp:
            by, at, body, sources = self.stamp
            if body is None:
                front.append(f"reviewed: {at}")
            else:
                tail = f", sources: '{sources}'" if sources else ""
                front.append(f"reviewed: {{by: 'human:{by}', at: {at}, body: '{body}'{tail}}}")
        return "\n".join(front + ["---", ""]).encode() + self.body()


class World:
    """The tree as it is, and the stream that `git fast-import` reads."""

    def __init__(self, pages, seed):
        self.rng = random.Random(seed)
        self.code = {f"services/s{area:02d}/f{n}.py": self.source(area, n) for area in range(AREAS) for n in range(FILES)}
        self.pages = [Page(number, self.rng) for number in range(pages)]
        for page in self.pages:
            if self.rng.random() < 0.5:
                page.links = [self.rng.choice(self.pages).path]
        self.stream, self.count, self.touched = [], 0, {}

    def source(self, area, n):
        return f"def step_{area}_{n}():\n    return {self.rng.randrange(10**6)}\n".encode()

    def commit(self, day, who, message, changes):
        """Changes: a path and its bytes, or None where it goes."""
        self.count += 1
        moment = int(datetime.datetime(day.year, day.month, day.day, 9, tzinfo=datetime.timezone.utc).timestamp()) + self.count % 30000
        person = f"{who.title()} <{who}@example.org> {moment} +0000"
        out = [f"commit refs/heads/main\nauthor {person}\ncommitter {person}\ndata {len(message.encode())}\n{message}\n".encode()]
        for path, data in changes:
            self.touched[path] = day
            out.append(f"D {path}\n".encode() if data is None else f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        self.stream.append(b"".join(out) + b"\n")

    def named(self, globs):
        """Files of the code that sources name, with their blobs, sorted."""
        fits = lambda path: any(path == it or it.endswith("/**") and path.startswith(it[:-2]) for it in globs)
        return sorted((path, blob_id(data)) for path, data in self.code.items() if fits(path))

    def sources_digest(self, page):
        rows = self.named(page.sources)
        return digest(b"".join(f"{path}\0{blob}\n".encode() for path, blob in rows)) if page.sources else None

    def review(self, page, day, who, bare):
        page.stamp = (who, day, None, None) if bare else (who, day, digest(page.body()), self.sources_digest(page))
        page.seen = {"body": digest(page.body()), "sources": self.named(page.sources or page.cites)}


def people(day):
    """Who works on that day: whoever leaves is not seen again."""
    return STAYS + (LEAVES if day < LEFT else [])


def step(world, day):
    """One commit of a random sort."""
    rng = world.rng
    who, sort = rng.choice(people(day)), rng.random()
    page = rng.choice(world.pages)
    path = rng.choice(sorted(world.code))
    if sort < 0.34:
        world.code[path] = world.code[path] + f"# {rng.randrange(10**6)}\n".encode()
        world.commit(day, who, f"tune {path}", [(path, world.code[path])])
    elif sort < 0.44:
        before = world.code[path]
        world.commit(day, who, f"try {path}", [(path, before + b"# an attempt\n")])
        world.commit(day, who, f"Revert \"try {path}\"", [(path, before)])
    elif sort < 0.47:
        area = path.split("/")[1]
        new = f"services/{area}/g{rng.randrange(10**5)}.py"
        data = world.code.pop(path)
        world.code[new] = data
        world.commit(day, who, f"move {path}", [(path, None), (new, data)])
    elif sort < 0.48 and len(world.code) > AREAS * FILES * 3 // 4:
        del world.code[path]
        world.commit(day, who, f"remove {path}", [(path, None)])
    elif sort < 0.58:
        page.facts[rng.randrange(4)] = f"The limit is {rng.randrange(10, 900)} requests now."
        world.commit(day, who, f"page {page.number}: a new limit", [(page.path, page.text())])
    elif sort < 0.60:
        old, page.path = page.path, page.path.replace("/page-", "/moved-page-", 1) if "moved" not in page.path else page.path
        if old != page.path:
            world.commit(day, who, f"move page {page.number}", [(old, None), (page.path, page.text())])
    elif sort < 0.62:
        bump(world, day, who)
    else:
        world.review(page, day, who, bare=rng.random() < 0.2)
        world.commit(day, who, f"review page {page.number}", [(page.path, page.text())])


def bump(world, day, who):
    """Somebody makes all dates of an area new and looks at nothing.

    The digests that stand beside a date tell. Of files that a page only cites there is none, so that nobody can know
    such a date from one of a review: there it counts as one.
    """
    area = f"wiki/area-{world.rng.randrange(16):02d}/"
    changes = []
    for page in world.pages:
        if page.path.startswith(area) and page.stamp and page.stamp[2]:
            page.stamp = (page.stamp[0], day, *page.stamp[2:])
            if not page.sources:
                page.seen["sources"] = world.named(page.cites)
            changes.append((page.path, page.text()))
    if changes:
        world.commit(day, who, f"refresh the dates of {area}", changes)


def truth(world):
    """What is so on the last day, by signal."""
    found = {name: [] for name in ("drifted", "overdue", "edited_since_review", "broken", "unowned")}
    there = {page.path for page in world.pages} | set(world.code)
    for page in world.pages:
        say = lambda signal: found[signal].append(page.path)
        if page.stamp is None or page.stamp[1] + datetime.timedelta(days=DAYS[page.kind]) < LAST:
            say("overdue")
        if page.stamp and (page.stamp[2] or page.seen["body"]) != digest(page.body()):
            say("edited_since_review")
        if page.stamp and drifted(world, page):
            say("drifted")
        gone = page.sources and not world.named(page.sources)
        if gone or any(link not in there for link in page.links + page.cites):
            say("broken")
        if page.owner is None or page.owner in LEAVES:
            say("unowned")
    newer = [page.path for page in world.pages if page.stamp and world.touched[page.path] > page.stamp[1]]
    return {"as_of": str(LAST), "pages": len(world.pages), "commits": world.count, "signals": found, "file_newer": newer}


def drifted(world, page):
    if page.sources and page.stamp[2]:
        return page.stamp[3] != world.sources_digest(page)
    return (page.sources or page.cites) and page.seen["sources"] != world.named(page.sources or page.cites)


def make(folder, pages=320, commits=2000, seed=11):
    world = World(int(pages), int(seed))
    settings = "people:\n" + "".join(f"  human:{who}: {{email: {who}@example.org}}\n" for who in STAYS)
    first = list(world.code.items()) + [(page.path, page.text()) for page in world.pages]
    world.commit(FIRST, "ada", "begin", first + [("prode.yaml", ("version: 1\n" + settings).encode())])
    span = (LAST - FIRST).days
    for number in range(int(commits)):
        step(world, FIRST + datetime.timedelta(days=1 + number * (span - 1) // int(commits)))
    # Whoever is here was seen lately.
    for who in STAYS:
        world.commit(LAST, who, "notes", [(f"notes/{who}.txt", who.encode())])
    os.makedirs(folder)
    git = ["git", "-C", folder]
    subprocess.run(git + ["init", "-q", "-b", "main"], check=True)
    subprocess.run(git + ["fast-import", "--quiet"], input=b"".join(world.stream), check=True)
    subprocess.run(git + ["reset", "-q", "--hard"], check=True)
    known = truth(world)
    with open(folder + ".truth.json", "w", encoding="utf8") as file:
        json.dump(known, file, indent=1)
    print(f"{known['commits']} commits, {known['pages']} pages, as of {LAST}:", {name: len(it) for name, it in known["signals"].items()})


def rate(found, known):
    found, known = set(found), set(known)
    hits = len(found & known)
    return {"found": len(found), "known": len(known), "precision": round(hits / len(found), 3) if found else None, "recall": round(hits / len(known), 3) if known else None}


def score(folder, report):
    known = json.load(open(folder + ".truth.json", encoding="utf8"))
    findings = json.load(open(report, encoding="utf8"))["findings"]
    rows = {}
    for signal, pages in known["signals"].items():
        rows[signal] = rate((it["path"] for it in findings if it["signal"] == signal), pages)
        print(f"{signal:20}", rows[signal])
    print("as lists of pages whose sources drifted:")
    print(f"{'calendar alone':20}", rate(known["signals"]["overdue"], known["signals"]["drifted"]))
    print(f"{'file newer':20}", rate(known["file_newer"], known["signals"]["drifted"]))
    print(f"{'prode, drifted':20}", rows["drifted"])
    weak = [name for name, it in rows.items() if min(it["precision"] or 0, it["recall"] or 0) < 0.95]
    if weak:
        sys.exit("below 0.95: " + ", ".join(weak))


if __name__ == "__main__":
    {"make": make, "score": score}[sys.argv[1]](*sys.argv[2:])
