#!/usr/bin/env python3
"""Precision of lint on foreign pages: a sample of its findings that people judged.

Usage: lint_sample.py FINDINGS.json, which is what `prode lint --json` prints
for the benchmark's corpus. The sample is the hundred findings whose hash
comes first, so that a new rule draws few others. `lint_sample.tsv` holds the
verdicts: rule, path, line, `right` or `wrong`, and why where it is wrong.
A finding of the sample without a verdict is printed, and fails.
"""

import csv
import hashlib
import json
import pathlib
import sys

SIZE = 100
LIMIT = 0.95


def rank(finding):
    text = "\0".join(str(finding[key]) for key in ("rule", "path", "line", "message"))
    return hashlib.sha256(f"1\0{text}".encode()).hexdigest()


def main():
    findings = json.loads(pathlib.Path(sys.argv[1]).read_text())["findings"]
    rows = csv.reader(pathlib.Path(__file__).with_suffix(".tsv").open(), delimiter="\t")
    verdicts = {(row[0], row[1], row[2]): row[3:] for row in rows if not row[0].startswith("#")}
    sample = sorted(findings, key=rank)[:SIZE]
    key = lambda it: (it["rule"], it["path"], str(it["line"]))
    unjudged = [it for it in sample if key(it) not in verdicts]
    for it in unjudged:
        print(f"not judged: {it['rule']}\t{it['path']}\t{it['line']}\t{it['message']}")
    judged = [it for it in sample if key(it) in verdicts]
    wrong = [it for it in judged if verdicts[key(it)][0] == "wrong"]
    for it in wrong:
        print(f"wrong: {it['rule']} in {it['path']}, line {it['line']}: {verdicts[key(it)][1]}")
    right = len(judged) - len(wrong)
    print(f"{len(findings)} findings; of a sample of {len(sample)}, {len(judged)} were judged and {right} are right")
    precision = right / max(1, len(judged))
    print(f"precision {precision:.2f}")
    sys.exit(bool(unjudged) or precision < LIMIT)


main()
