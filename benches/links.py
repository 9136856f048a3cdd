#!/usr/bin/env python3
"""Broken links of a corpus: what `prode lint` and `lychee --offline` find, and where they differ.

Usage: links.py PRODE FOLDER. FOLDER is a Git repository. A broken link is a
page, the path that it leads to and its fragment. `links.tsv` explains the
differences: who finds it (prode or lychee), the page or a glob, the target or
a glob, and why. A difference that no row explains is printed, and fails.
"""

import csv
import fnmatch
import json
import pathlib
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

ROUNDS = 10
RULES = ["link-broken", "link-anchor", "image-missing", "link-case"]


def timed(command, folder):
    """The last of several runs, and their times for people: the first one, which for prode makes its index, apart."""
    times = []
    for _ in range(ROUNDS + 1):
        begun = time.monotonic()
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        times.append(time.monotonic() - begun)
    later = times[1:]
    return done, f"median {statistics.median(later):.2f} s ({min(later):.2f} to {max(later):.2f}; at first {times[0]:.2f})"


def own(prode, folder):
    command = [prode, "lint", "--json"] + [word for rule in RULES for word in ("--rule", rule)]
    done, took = timed(command, folder)
    found = set()
    for it in json.loads(done.stdout)["findings"]:
        message = it["message"]
        if anchor := re.search(r"^(.*) has no section '#(.*)'$", message):
            found.add((it["path"], anchor[1], anchor[2]))
        else:
            found.add((it["path"], re.search(r"'([^']*)'", message)[1], ""))
    return found, took


def lychee(folder):
    command = ["lychee", "--offline", "--include-fragments", "--no-progress", "--format", "json", "**/*.md"]
    done, took = timed(command, folder)
    found = set()
    for page, errors in json.loads(done.stdout).get("error_map", {}).items():
        for it in errors:
            url = urllib.parse.urlsplit(it["url"])
            path = urllib.parse.unquote(url.path)
            top = str(pathlib.Path(folder).resolve())
            path = path[len(top) + 1 :] if path.startswith(top + "/") else path
            path = re.sub("/+", "/", path.rstrip("/"))
            # Where the file is missing, prode names the file alone.
            has_file = (pathlib.Path(folder) / path).exists()
            found.add((page.removeprefix("./"), path, urllib.parse.unquote(url.fragment) if has_file else ""))
    return found, took


def main():
    prode, folder = sys.argv[1:]
    mine, took = own(prode, folder)
    theirs, peer_took = lychee(folder)
    print(f"prode: {len(mine)} broken links in {took}\nlychee: {len(theirs)} in {peer_took}\nboth: {len(mine & theirs)}")
    table = pathlib.Path(__file__).with_suffix(".tsv")
    rows = [row for row in csv.reader(table.open(), delimiter="\t") if row and not row[0].startswith("#")]
    counts, unexplained = {}, []
    for who, found in (("prode", mine - theirs), ("lychee", theirs - mine)):
        for page, path, fragment in sorted(found):
            target = f"{path}#{fragment}" if fragment else path
            fits = (row for row in rows if row[0] == who and fnmatch.fnmatchcase(page, row[1]) and fnmatch.fnmatchcase(target, row[2]))
            row = next(fits, None)
            if row is None:
                unexplained.append(f"only {who}: {page} -> {target}")
            else:
                counts[(who, row[3])] = counts.get((who, row[3]), 0) + 1
    for (who, why), count in sorted(counts.items()):
        print(f"only {who}, {count}: {why}")
    print(*unexplained, sep="\n")
    print(f"{sum(counts.values())} differences explained, {len(unexplained)} not")
    sys.exit(bool(unexplained))


main()
