"""A long history, and how long an audit of it takes beside `git log`.

usage: audit.py make FOLDER [PAGES [COMMITS]]
       audit.py time FOLDER PRODE

`make` writes a repository with `git fast-import`: pages that describe source files,
a third of them with a bare date, and commits that change sources and pages. The same
numbers give the same repository. `time` takes turns, ROUNDS (5) times, after one run
that warms caches and index: `git log --name-status --no-renames`; an audit where
nothing is kept of history; one where all of it is; one where one commit is new. It
prints medians, spread, ratios to `git log`, and peaks of memory.
"""

import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

START = 1_600_000_000


def main():
    if sys.argv[1] == "make":
        numbers = [int(text) for text in sys.argv[3:]]
        pages, commits = (numbers + [10_000, 20_000][len(numbers):])[:2]
        make(sys.argv[2], pages, commits)
    else:
        measure(sys.argv[2], sys.argv[3])


def make(folder, pages, commits):
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    importer = subprocess.Popen(
        ["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE
    )
    random.seed(7)
    write = importer.stdin.write
    for number in range(commits):
        who = f"Person{random.randrange(40)}"
        day = START + number * 3600
        write(f"commit refs/heads/main\ncommitter {who} <{who}@x.example> {day} +0000\n".encode())
        write(b"data 6\nchange\n")
        if number == 0:
            for page in range(pages):
                change(write, page_path(page), page_text(page, day, 0))
                change(write, source_path(page), "fn first() {}\n")
            continue
        for _ in range(random.randrange(1, 4)):
            at = random.randrange(pages)
            if random.randrange(4) == 0:
                change(write, page_path(at), page_text(at, day, number))
            else:
                change(write, source_path(at), f"fn changed_{number}() {{}}\n")
    importer.stdin.close()
    assert importer.wait() == 0
    subprocess.run(["git", "-C", folder, "repack", "-adq"], check=True)
    # As where people work: an answer also looks which files on disk differ.
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)


def page_path(page):
    return f"wiki/part{page % 100:02}/page{page}.md"


def source_path(page):
    return f"src/module{page % 50:02}/part{page % 10}/file{page}.rs"


def page_text(page, seconds, number):
    day = time.strftime("%Y-%m-%d", time.gmtime(seconds))
    stamp = f"reviewed: {day}\n" if page % 3 == 0 else ""
    words = " ".join(f"word{(page * 31 + at * number) % 997}" for at in range(150))
    return (
        f"---\nowner: team-{page % 30}\nsources: [{source_path(page)}]\n{stamp}---\n"
        f"# Page {page}\n\n{words}\n\nSee [next](page{(page + 100)}.md).\n"
    )


def change(write, path, text):
    data = text.encode()
    write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")


def measure(folder, prode):
    log = ["git", "-C", folder, "log", "--name-status", "--no-renames"]
    audit = [prode, "--repo", folder, "audit", "--as-of", "2023-06-30", "--format", "csv"]
    kept = pathlib.Path(folder, ".git/prode/history-v1")
    run(audit)
    learnt = kept.read_bytes()
    runs = {name: [] for name in ("git log", "nothing kept", "one commit more", "all kept")}
    for _ in range(int(os.environ.get("ROUNDS", "5"))):
        runs["git log"].append(run(log))
        kept.unlink()
        runs["nothing kept"].append(run(audit))
        kept.write_bytes(learnt)
        runs["all kept"].append(run(audit))
        commit(folder)
        runs["one commit more"].append(run([*audit[:4], "--format", "csv"]))
        kept.write_bytes(learnt)
    base = statistics.median(wall for wall, _ in runs["git log"])
    for name, rows in runs.items():
        walls = sorted(wall for wall, _ in rows)
        memory = max(memory for _, memory in rows) // 1024
        print(
            f"{name}: median {statistics.median(walls):.2f} s ({walls[0]:.2f} to {walls[-1]:.2f}),"
            f" {statistics.median(walls) / base:.2f} of git log, at most {memory} MB"
        )


def run(command):
    """Seconds, and the peak of memory in KiB."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.monotonic() - begun, usage.ru_maxrss


def commit(folder):
    """One more on the trunk."""
    git = ["git", "-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    tree = subprocess.run([*git, "rev-parse", "main^{tree}"], capture_output=True, check=True)
    new = [*git, "commit-tree", "-p", "main", "-m", "more", tree.stdout.decode().strip()]
    made = subprocess.run(new, capture_output=True, check=True).stdout.decode().strip()
    subprocess.run([*git, "update-ref", "refs/heads/main", made], check=True)


main()
