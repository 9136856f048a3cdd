#!/usr/bin/env python3
"""Histories whose rot is known, and how well an audit finds it.

usage: audit_truth.py make FOLDER [PAGES COMMITS SEED]
       audit_truth.py mislead FOLDER PRODE
       audit_truth.py score FOLDER REPORT.json [TODAY.json]

`make` writes a repository of PAGES (320) pages and at least COMMITS (2,000) commits at FOLDER, and the truth
of its last day beside it, as FOLDER.truth.json. Sources are edited, reverted, moved and removed; pages are
edited, moved, replaced, archived and reviewed, with digests or with a bare date; dates are bumped in bulk; people
leave; some pages are one person's; some texts are copied, and some copies rewritten. The last reviews are signed, a
part of them with somebody else's key. Flags and functions go from the code, or into another file, or to a dependency.

`mislead` puts learnings into the inbox through the program's own door, of which some say that a page misled: they are
there from today on, so that an audit of TODAY is held against them.

`score` compares the findings of `prode audit --format json` with that truth, signal by signal, and beside them
two lists that need no audit: pages whose date is over, and pages whose file has a commit newer than its
review. Nothing here is shared with the program: digests are made from the format's description alone.
"""
import collections
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
KEYS = STAYS[:4]
SIGNED, FOREIGN, UNSIGNED = 36, 10, 14
WORDS = [a + b for a in ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu") for b in ("dan", "fel", "gor", "hin", "kup", "lam", "mer", "nis", "pol", "rud", "sam", "tev", "wik", "yon")]


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
        self.long = []
        self.supersedes = None
        self.archived = False
        # One person does everything on some pages.
        self.loner = rng.choice(STAYS) if rng.random() < 0.2 else None
        self.hands = set()
        self.signed = False
        # Names of things in the code, and whether the page knows that they went.
        self.names = []
        self.stamp = None
        # What the stamp's commit held, for stamps without digests.
        self.seen = None

    def body(self):
        lines = [f"# Page {self.number}", ""] + [line for fact in self.facts for line in (fact, "")]
        for cited in self.cites:
            lines += [f"The code is in `{cited}`.", ""]
        for name in self.names:
            lines += [f"It needs `{name}`.", ""]
        if self.long:
            lines += [" ".join(self.long), ""]
        for link in self.links:
            lines += [f"See [the other page]({os.path.relpath(link, os.path.dirname(self.path))}).", ""]
        return ("\n".join(lines)).encode()

    def text(self):
        front = ["---", f"title: Page {self.number}", f"kind: {self.kind}"]
        if self.owner:
            front.append(f"owner: ['@{self.owner}']")
        if self.supersedes:
            front.append(f"supersedes: [{self.supersedes}]")
        if self.archived:
            front += ["status: archived", "archived: it is over"]
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
        self.copy_texts()
        self.name_things()
        self.stream, self.count, self.touched = [], 0, {}

    def copy_texts(self):
        """Some pages have a long text; some have another's with a word changed, or most of it."""
        free = self.rng.sample(self.pages, 96)
        for first, copy, other in zip(free[:32], free[32:64], free[64:]):
            first.long = self.rng.choices(WORDS, k=1200)
            copy.long = list(first.long)
            copy.long[self.rng.randrange(1200)] = "another"
            other.long = [word if self.rng.random() < 0.6 else self.rng.choice(WORDS) for word in first.long]

    def name_things(self):
        """Flags, functions and variables of the code, on one page each."""
        self.things = {}
        for number, page in enumerate(self.rng.sample(self.pages, 60)):
            sort = self.rng.choice(["flag", "function", "variable"])
            word = f"{self.rng.choice(WORDS)}-{self.rng.choice(WORDS)}-{'abcdefghijklmnopqrst'[number % 20]}{'xyz'[number // 20]}"
            name = {"flag": "--" + word, "function": word.replace("-", "_") + "()", "variable": word.replace("-", "_").upper()}[sort]
            page.names = [name]
            self.things[name] = {"path": self.rng.choice(sorted(self.code)), "page": page, "state": "there"}
            # Another program's flag, which a script of ours uses and the page too.
            if number % 6 == 0:
                page.names.append(f"--foreign-{word}")
                self.code[f"tools/run{number}.sh"] = f"other --foreign-{word} 3\n".encode()

    def thing(self, name):
        """The line of the code that makes it."""
        if name.startswith("--"):
            return f'parser.add_argument("{name}")\n'
        return f"def {name}:\n    pass\n" if name.endswith("()") else f'limit = os.environ["{name}"]\n'

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

    def write(self, day, who, message, page):
        """A commit of one page, by one person."""
        page.hands.add(who)
        self.commit(day, who, message, [(page.path, page.text())])

    def named(self, globs):
        """Files of the code that sources name, with their blobs, sorted."""
        fits = lambda path: any(path == it or it.endswith("/**") and path.startswith(it[:-2]) for it in globs)
        return sorted((path, blob_id(data)) for path, data in self.code.items() if fits(path))

    def sources_digest(self, page):
        rows = self.named(page.sources)
        return digest(b"".join(f"{path}\0{blob}\n".encode() for path, blob in rows)) if page.sources else None

    def texts(self, page):
        """What it cites, as that is."""
        return {path: self.code[path] for path in page.cites if path in self.code}

    def review(self, page, day, who, bare):
        page.stamp = (who, day, None, None) if bare else (who, day, digest(page.body()), self.sources_digest(page))
        page.seen = {"body": digest(page.body()), "sources": self.named(page.sources or page.cites), "texts": self.texts(page)}
        page.hands.add(who)
        page.signed = False
        # What a review saw gone already is no news.
        page.known = {name for name in page.names if name in self.things and self.things[name]["state"] != "there"}


def people(day):
    """Who works on that day: whoever leaves is not seen again."""
    return STAYS + (LEAVES if day < LEFT else [])


def step(world, day):
    """One commit of a random sort."""
    rng = world.rng
    who, sort = rng.choice(people(day)), rng.random()
    page = rng.choice(world.pages)
    path = rng.choice(sorted(it for it in world.code if it.startswith("services/")))
    who_writes = page.loner or who
    if sort < 0.02:
        retire(world, day, who_writes, page)
    elif sort < 0.05:
        change_thing(world, day, who)
    elif sort < 0.34:
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
        for it in world.things.values():
            it["path"] = new if it["path"] == path else it["path"]
        world.commit(day, who, f"move {path}", [(path, None), (new, data)])
    elif sort < 0.48 and len(world.code) > AREAS * FILES * 3 // 4:
        for it in world.things.values():
            if it["path"] == path and it["state"] == "there":
                it["state"] = "gone"
        del world.code[path]
        world.commit(day, who, f"remove {path}", [(path, None)])
    elif sort < 0.58:
        page.facts[rng.randrange(4)] = f"The limit is {rng.randrange(10, 900)} requests now."
        if page.stamp and page.stamp[2] is None and page.stamp[1] == day:
            # A bare date means its whole day.
            page.seen["body"] = digest(page.body())
        world.write(day, who_writes, f"page {page.number}: a new limit", page)
    elif sort < 0.60:
        old, page.path = page.path, page.path.replace("/page-", "/moved-page-", 1) if "moved" not in page.path else page.path
        if old != page.path:
            page.hands.add(who_writes)
            world.commit(day, who_writes, f"move page {page.number}", [(old, None), (page.path, page.text())])
    elif sort < 0.62:
        bump(world, day, who)
    else:
        world.review(page, day, who_writes, bare=rng.random() < 0.2)
        world.write(day, who_writes, f"review page {page.number}", page)


def retire(world, day, who, page):
    """A page is archived, or another one replaces it and says so."""
    rng = world.rng
    if page.long or page.archived or page.supersedes:
        return
    if rng.random() < 0.4:
        page.archived = True
        world.write(day, who, f"archive page {page.number}", page)
        return
    other = rng.choice(world.pages)
    replaced = {it.supersedes for it in world.pages}
    if other is page or other.long or other.archived or other.supersedes or {other.path, page.path} & replaced:
        return
    other.supersedes = page.path
    world.write(day, other.loner or who, f"page {other.number} replaces page {page.number}", other)


def change_thing(world, day, who):
    """A flag goes, or moves into another file, or into a library that the code needs from then on."""
    rng = world.rng
    name = rng.choice(sorted(world.things))
    it = world.things[name]
    line, path = world.thing(name).encode(), it["path"]
    if it["state"] != "there" or line not in world.code.get(path, b""):
        return
    world.code[path] = world.code[path].replace(line, b"")
    changes, way = [(path, world.code[path])], rng.random()
    if way < 0.6:
        it["state"] = "gone"
        it["page"].gone = day
    elif way < 0.85:
        new = rng.choice(sorted(other for other in world.code if other.startswith("services/") and other != path))
        world.code[new] += line
        it["path"] = new
        changes.append((new, world.code[new]))
    else:
        it["state"] = "elsewhere"
        changes.append(("requirements.txt", f"library-{rng.randrange(10**6)}\n".encode()))
    world.commit(day, who, f"change {path}", changes)


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
                page.seen["texts"] = world.texts(page)
            page.hands.add(who)
            page.signed = False
            # The stamp was set again; what had gone by then, it has seen.
            page.known = {name for name in page.names if name in world.things and world.things[name]["state"] != "there"}
            changes.append((page.path, page.text()))
    if changes:
        world.commit(day, who, f"refresh the dates of {area}", changes)


SIGNALS = ("drifted", "overdue", "edited_since_review", "broken", "unowned", "superseded", "duplicate", "unverified_review", "bus_factor")


def truth(world):
    """What is so on the last day, by signal."""
    found = {name: [] for name in SIGNALS}
    there = {page.path for page in world.pages} | set(world.code)
    for page in world.pages:
        say = lambda signal: found[signal].append(page.path)
        if is_superseded(world, page):
            say("superseded")
        # Nobody answers from an archived page.
        if page.archived:
            continue
        if page.stamp is None or page.stamp[1] + datetime.timedelta(days=DAYS[page.kind]) < LAST:
            say("overdue")
        if page.stamp and (page.stamp[2] or page.seen["body"]) != digest(page.body()):
            say("edited_since_review")
        if page.stamp and drifted(world, page):
            say("drifted")
        gone = page.sources and not world.named(page.sources)
        if gone or any(link not in there for link in page.links + page.cites) or names_what_went(world, page):
            say("broken")
        if page.owner is None or page.owner in LEAVES:
            say("unowned")
        if any(other is not page and other.path < page.path and not other.archived and alike(page, other) for other in world.pages):
            say("duplicate")
        if page.stamp and page.stamp[2] and not page.signed:
            say("unverified_review")
        if page.kind in ("runbook", "sop") and len(page.hands) == 1:
            say("bus_factor")
    newer = [page.path for page in world.pages if page.stamp and world.touched[page.path] > page.stamp[1]]
    return {"as_of": str(LAST), "pages": len(world.pages), "commits": world.count, "signals": found, "file_newer": newer}


def is_superseded(world, page):
    if page.archived:
        return any(page.path in it.links for it in world.pages if not it.archived and it is not page)
    return any(it.supersedes == page.path for it in world.pages)


def names_what_went(world, page):
    """Something of ours that the page names, that was there when it was reviewed, and that is nowhere now."""
    return any(name in world.things and world.things[name]["state"] == "gone" and name not in page.known for name in page.names)


def shingles(page):
    words = page.body().decode().split()
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def alike(page, other):
    """Long texts of which most stretches of four words are in both."""
    if not page.long or not other.long:
        return False
    a, b = shingles(page), shingles(other)
    return len(a & b) / len(a | b) >= 0.85


def drifted(world, page):
    if page.sources:
        return page.stamp[3] != world.sources_digest(page) if page.stamp[2] else page.seen["sources"] != world.named(page.sources)
    # A file that a page only cites: a tenth of its lines, while it is there.
    return any(path in world.code and another(page.seen["texts"].get(path), world.code[path]) for path in page.cites)


def another(old, new):
    if old is None:
        return False
    a, b = (collections.Counter(it.splitlines()) for it in (old, new))
    return old != new and 10 * ((a - b).total() + (b - a).total()) >= a.total()


def make(folder, pages=320, commits=2000, seed=11):
    world = World(int(pages), int(seed))
    settings = "version: 1\npeople:\n" + "".join(f"  human:{who}: {{email: {who}@example.org}}\n" for who in STAYS)
    for name, it in world.things.items():
        world.code[it["path"]] += world.thing(name).encode()
    os.makedirs(folder)
    keys = make_keys(folder + ".keys")
    signers = "".join(f"human:{who} {open(path + '.pub', encoding='utf8').read()}" for who, path in keys.items())
    first = [("prode.yaml", settings.encode()), (".prode/allowed_signers", signers.encode())]
    world.commit(FIRST, "ada", "begin", list(world.code.items()) + first)
    for who in STAYS:
        own = [page for page in world.pages if (page.loner or STAYS[page.number % len(STAYS)]) == who]
        for page in own:
            page.hands.add(who)
            page.known = set()
        world.commit(FIRST, who, "pages", [(page.path, page.text()) for page in own])
    span = (LAST - FIRST).days
    for number in range(int(commits)):
        step(world, FIRST + datetime.timedelta(days=1 + number * (span - 1) // int(commits)))
    # Whoever is here was seen lately.
    for who in STAYS:
        world.commit(LAST, who, "notes", [(f"notes/{who}.txt", who.encode())])
    git = ["git", "-C", folder]
    subprocess.run(git + ["init", "-q", "-b", "main"], check=True)
    subprocess.run(git + ["fast-import", "--quiet"], input=b"".join(world.stream), check=True)
    subprocess.run(git + ["reset", "-q", "--hard"], check=True)
    sign(world, folder, keys)
    known = truth(world)
    with open(folder + ".truth.json", "w", encoding="utf8") as file:
        json.dump(known, file, indent=1)
    print(f"{known['commits']} commits, {known['pages']} pages, as of {LAST}:", {name: len(it) for name, it in known["signals"].items()})


def make_keys(folder):
    os.makedirs(folder)
    keys = {who: os.path.abspath(os.path.join(folder, who)) for who in KEYS}
    for who, path in keys.items():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", path], check=True)
    return keys


def sign(world, folder, keys):
    """The last reviews: signed by whom they name, by somebody else, by nobody."""
    ways = ["own"] * SIGNED + ["other"] * FOREIGN + ["none"] * UNSIGNED
    world.rng.shuffle(ways)
    pages = [page for page in world.pages if not page.archived and (page.loner is None or page.loner in keys)]
    for way, page in zip(ways, world.rng.sample(pages, len(ways))):
        who = page.loner or world.rng.choice(KEYS)
        world.review(page, LAST, who, bare=False)
        page.signed = way == "own"
        with open(os.path.join(folder, page.path), "wb") as file:
            file.write(page.text())
        key = keys[who] if way == "own" else keys[KEYS[(KEYS.index(who) + 1) % len(KEYS)]]
        person = {f"GIT_{part}_{name}": value for part in ("AUTHOR", "COMMITTER") for name, value in (("NAME", who.title()), ("EMAIL", f"{who}@example.org"), ("DATE", f"{LAST}T20:00:00Z"))}
        flags = [] if way == "none" else ["-S"]
        world.count += 1
        world.touched[page.path] = LAST
        subprocess.run(["git", "-C", folder, "-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "commit", "-q", "-a", "-m", f"review page {page.number}", *flags], check=True, env=os.environ | person)


def mislead(folder, prode):
    """Learnings in the inbox, and what they say of pages in the truth beside."""
    known = json.load(open(folder + ".truth.json", encoding="utf8"))
    paths = subprocess.run(["git", "-C", folder, "ls-files", "wiki"], check=True, capture_output=True, text=True).stdout.split()
    rng = random.Random(len(paths))
    for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        subprocess.run(["git", "-C", folder, "config", name, value], check=True)
    misled = set()
    for number, path in enumerate(rng.sample(paths, 24)):
        action = "contradict" if number % 3 else "append"
        number_of = path.rsplit("-", 1)[1][:3]
        args = ["inbox", "add", "-", "--target", f"{path}#page-{int(number_of)}", "--action", action]
        text = f"Number {number}: the {rng.choice(WORDS)} of the {rng.choice(WORDS)} is another one now.\n"
        subprocess.run([prode, "--repo", folder, *args], input=text, text=True, check=True, capture_output=True)
        if action == "contradict":
            misled.add(path)
    archived = [path for path in misled if "\nstatus: archived\n" in open(os.path.join(folder, path), encoding="utf8").read()]
    known["contradicted"] = sorted(misled - set(archived))
    with open(folder + ".truth.json", "w", encoding="utf8") as file:
        json.dump(known, file, indent=1)
    print(f"24 learnings, of which {len(known['contradicted'])} contradict a page that is in use")


def rate(found, known):
    found, known = set(found), set(known)
    hits = len(found & known)
    return {"found": len(found), "known": len(known), "precision": round(hits / len(found), 3) if found else None, "recall": round(hits / len(known), 3) if known else None}


def score(folder, report, today=None):
    known = json.load(open(folder + ".truth.json", encoding="utf8"))
    of_signal = lambda findings, signal: (it["path"] for it in findings if it["signal"] == signal)
    findings = json.load(open(report, encoding="utf8"))["findings"]
    rows = {signal: rate(of_signal(findings, signal), pages) for signal, pages in known["signals"].items()}
    if today:
        findings = json.load(open(today, encoding="utf8"))["findings"]
        rows["contradicted"] = rate(of_signal(findings, "contradicted"), known["contradicted"])
    for signal, row in rows.items():
        print(f"{signal:20}", row)
    print("as lists of pages whose sources drifted:")
    print(f"{'calendar alone':20}", rate(known["signals"]["overdue"], known["signals"]["drifted"]))
    print(f"{'file newer':20}", rate(known["file_newer"], known["signals"]["drifted"]))
    print(f"{'prode, drifted':20}", rows["drifted"])
    # Where nothing is known and nothing found there is nothing to rate.
    rated = {name: it for name, it in rows.items() if it["known"] or it["found"]}
    weak = [name for name, it in rated.items() if min(it["precision"] or 0, it["recall"] or 0) < 0.95]
    if weak:
        sys.exit("below 0.95: " + ", ".join(weak))


if __name__ == "__main__":
    {"make": make, "mislead": mislead, "score": score}[sys.argv[1]](*sys.argv[2:])
