#!/usr/bin/env python3
"""What an audit of somebody's real repository says first, held against written verdicts.

usage: audit_judged.py CLONE SCRATCH PRODE

Verdicts stand in benches/audit_judged/NAME.csv, one a finding: page, signal, verdict, reason. Its head names the
repository, the commit that was judged, the day, and what the clone needs: settings that say where pages are, and an
ending under which they are Markdown. CLONE is a clone of one of these repositories that has the commit; it is only read.

`true`: something on the page is wrong. `look`: whoever owns the page is better off for having looked. `false`: a
false alarm. Of the first 20 findings of today's program are told: how many were judged, and of those how many are
true, worth a look, false, in all and by signal. Ends with 1 where one is not judged, or where fewer than nine in ten
of those that rest on content are true or worth a look: who owns a page, or whether anybody ever reviewed it, is so or not.
"""
import collections
import csv
import json
import pathlib
import subprocess
import sys

TOP, LEAST = 20, 0.9
CONTENT = {"drifted", "broken", "edited_since_review", "contradicted", "superseded", "duplicate"}
HERE = pathlib.Path(__file__).parent / "audit_judged"


def head(file):
    """`# key: value` lines of a table of verdicts."""
    lines = [line[1:].strip() for line in file.read_text(encoding="utf8").splitlines() if line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def verdicts(file):
    rows = csv.DictReader(line for line in file.open(encoding="utf8", newline="") if not line.startswith("#"))
    return {(row["page"], row["signal"]): row["verdict"] for row in rows}


def git(folder, *args, **more):
    return subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True, **more).stdout


def table_for(clone):
    """The table whose commit the clone has."""
    for file in sorted(HERE.glob("*.csv")):
        known = subprocess.run(["git", "-C", clone, "cat-file", "-e", head(file)["commit"] + "^{commit}"], capture_output=True)
        if known.returncode == 0:
            return file
    sys.exit(f"{clone} has none of the commits that were judged: " + ", ".join(head(it)["commit"][:10] for it in sorted(HERE.glob("*.csv"))))


def renamed(stream, old, new):
    """A stream of `git fast-export` in which paths that end in `old` end in `new`."""
    at, out = 0, []
    while at < len(stream):
        end = stream.index(b"\n", at) + 1
        line = stream[at:end]
        at = end
        if line.startswith(b"data "):
            size = int(line[5:])
            out.append(line + stream[at : at + size])
            at += size
            continue
        if line[:2] in (b"M ", b"D ", b"R "):
            line = line.replace(old.encode(), new.encode())
        out.append(line)
    return b"".join(out)


def prepare(clone, scratch, about):
    """A repository beside, with the judged commit and the settings on top of it."""
    subprocess.run(["git", "init", "-q", "-b", "main", scratch], check=True)
    common = git(clone, "rev-parse", "--path-format=absolute", "--git-common-dir").decode().strip()
    (pathlib.Path(scratch) / ".git/objects/info/alternates").write_text(common + "/objects\n")
    commit = about["commit"]
    if "pages" in about:
        old, new = about["pages"].split()
        git(scratch, "update-ref", "refs/judged", commit)
        exported = renamed(git(scratch, "fast-export", "--signed-tags=strip", "refs/judged"), old, new)
        git(scratch, "fast-import", "--quiet", "--force", input=exported)
        commit = git(scratch, "rev-parse", "refs/judged").decode().strip()
    if "settings" in about:
        git(scratch, "read-tree", commit)
        blob = git(scratch, "hash-object", "-w", "--stdin", input=about["settings"].encode()).decode().strip()
        git(scratch, "update-index", "--add", "--cacheinfo", f"100644,{blob},prode.yaml")
        tree = git(scratch, "write-tree", "--missing-ok").decode().strip()
        day = git(scratch, "log", "-1", "--format=%cI", commit).decode().strip()
        who = {f"GIT_{part}_{key}": value for part in ("AUTHOR", "COMMITTER") for key, value in (("NAME", "Judge"), ("EMAIL", "judge@example.org"), ("DATE", day))}
        commit = git(scratch, "commit-tree", tree, "-p", commit, "-m", "settings of an audit", env=who | {"PATH": "/usr/bin:/bin:/usr/local/bin"}).decode().strip()
    git(scratch, "update-ref", "refs/heads/main", commit)


def main(clone, scratch, prode):
    file = table_for(clone)
    about, known = head(file), verdicts(file)
    prepare(clone, scratch, about)
    answer = subprocess.run([prode, "--repo", scratch, "audit", "--as-of", about["as-of"], "--all", "--format", "json"], check=True, capture_output=True).stdout
    findings = json.loads(answer)["findings"]
    first = [(it["path"], it["signal"]) for it in findings[:TOP]]
    missing = [it for it in first if it not in known]
    told = collections.Counter(known[it] for it in first if it in known)
    judged = sum(told.values())
    of_content = [known[it] for it in first if it in known and it[1] in CONTENT]
    share = sum(it != "false" for it in of_content) / len(of_content) if of_content else 1
    print(f"{file.stem}: {len(findings)} findings, the first {len(first)}: {judged} judged, {dict(told)}")
    for signal in sorted({it[1] for it in first}):
        print(f"  {signal:20}", dict(collections.Counter(known.get(it, "not judged") for it in first if it[1] == signal)))
    for page, signal in missing:
        print(f"  not judged: {page} {signal}")
    useful = (told["true"] + told["look"]) / judged if judged else 0
    print(f"  true {told['true'] / judged if judged else 0:.2f}, true or worth a look {useful:.2f}")
    print(f"  that rest on content: {len(of_content)}, true or worth a look {share:.2f}")
    if missing or share < LEAST:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
