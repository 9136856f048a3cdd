"""A long history, and how long an audit of it takes beside `git log`.

usage: audit.py make FOLDER [PAGES [COMMITS]]
       audit.py time FOLDER PRODE

`make` writes a repository with `git fast-import`: pages that describe source files,
a third of them with a bare date, and commits that change sources and pages. The same
numbers give the same repository. `time` runs `git log --name-status --no-renames` and
`prode audit`, each after one run that warms caches and index, and prints both, the
ratio, and the audit's peak of memory.
"""

import random
import resource
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
    took = {}
    for name, command in [("git log", log), ("prode audit", audit)]:
        for _ in range(2):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            begun = time.monotonic()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            wall = time.monotonic() - begun
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            took[name] = cpu
            print(f"{name}: {wall:.2f} s wall, {cpu:.2f} s CPU")
    print(f"ratio of CPU: {took['prode audit'] / took['git log']:.2f}")
    print(f"peak of memory: {after.ru_maxrss // 1024} MB")


main()
