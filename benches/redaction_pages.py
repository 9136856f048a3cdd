#!/usr/bin/env python3
"""What `prode redact --batch` marks on public pages, rule by rule, and where.

usage: redaction_pages.py CORPUS PRODE [SAMPLES]

The pages were published on purpose: they hold few secrets, so that most marks
are of examples, of identifiers and of copied data in them, or wrong. With
SAMPLES so many marks of each rule are shown with what stands around them, for
somebody to read.
"""
import collections
import glob
import json
import os
import random
import subprocess
import sys

AROUND = 60


def main():
    corpus, program = map(os.path.abspath, sys.argv[1:3])
    samples = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    pages = sorted(glob.glob(corpus + "/**/*.md", recursive=True))
    texts = [open(page, encoding="utf8", errors="replace").read() for page in pages]
    batch = "".join(json.dumps({"id": str(at), "text": text}) + "\n" for at, text in enumerate(texts))
    run = subprocess.run([program, "redact", "--batch", "-"], input=batch.encode(), stdout=subprocess.PIPE, check=True)
    marks = collections.defaultdict(list)
    blocked = 0
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        blocked += "blocked" in answer
        at = int(answer["id"])
        for it in answer["findings"]:
            marks[it["rule"], it["type"]].append((at, it["start"], it["end"]))
    lines = sum(text.count("\n") for text in texts)
    total = sum(map(len, marks.values()))
    print(f"{len(pages)} pages, {lines} lines: {total} marks, {1000 * total / lines:.2f} for 1,000 lines; {blocked} pages blocked")
    random.seed(1)
    for (rule, kind), places in sorted(marks.items(), key=lambda it: -len(it[1])):
        print(f"{len(places):6} {rule} {kind}")
        for at, start, end in random.sample(places, min(samples, len(places))):
            raw = texts[at].encode()
            before, value, after = (raw[a:b].decode("utf8", "replace") for a, b in ((max(0, start - AROUND), start), (start, end), (end, end + 20)))
            print(f"         {os.path.relpath(pages[at], corpus)}: {before!r} [{value!r}] {after!r}")


if __name__ == "__main__":
    main()
