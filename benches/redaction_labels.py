#!/usr/bin/env python3
"""Every label of the labelled set that `prode redact` does not touch or cover, with one reason each.

usage: redaction_labels.py LABELLED-SET COMMAND...
COMMAND reads and writes JSONL as `prode redact --batch -` does.

A reason is given by a rule below that looks at the label and the text before it, never at what the command did. So the
labels that a reason holds for can be left out of the sum, whether they were hidden or not: the second row of figures.
Of the texts that must not match, groups are printed, given in the same way: how many of each were flagged.
"""
import collections
import json
import os
import re
import subprocess
import sys

USER = re.compile(r"""(?i)(?:^|[^a-z])[\w-]*(?:user|username|user ?id|user[_-]?name|login|usr|uid)\w*["'\])]{0,2}\s*(?:=>|[:=]|\s)\s*\\?["']?$""")
CODE_ID = re.compile(r"(?i)(?:version|commit|revision|rev|sha1?|ref)\W{1,4}$")
CLIENT_ID = re.compile(r"(?i)client[_ -]?id\W{1,6}$")


def counts_up(value):
    longest = run = 0
    for a, b in zip(value, value[1:]):
        run = run + 1 if ord(b) == ord(a) + 1 or a + b == "90" else 0
        longest = max(longest, run)
    return longest >= 9


def is_mask(value):
    longest = max((len(m.group()) for m in re.finditer(r"([xX*.#0?_-])\1*", value)), default=0)
    return longest >= 6 and longest * 3 >= len(value) or "????" in value or counts_up(value)


# Each is asked in this order; the first that holds is the reason. `before` is what stands before the label.
REASONS = [
    ("a mask of one sign, or signs that count up", lambda value, before: is_mask(value)),
    ("a variable, a template or a name in code", lambda value, before: bool(
        re.match(r"""^\\?["'(]*(?:\$\w|#\{|%\w+%|\{\{)""", value) or re.search(r"\{\w+\}", value)
        or re.match(r"^[A-Z]\w{0,15}\.[A-Za-z_]{3,20}$", value))),
    ("the word password itself, or the setting's name", lambda value, before: bool(
        re.match(r"(?i)^(?:\w*_)?passw(?:or)?d$|^[A-Za-z]+Password$", value))),
    ("a commit", lambda value, before: bool(re.match(r"^[0-9a-f]{40}$", value) and CODE_ID.search(before))),
    ("a user's name beside a password", lambda value, before: bool(USER.search(before))),
    ("a public host, bucket or address", lambda value, before: bool(
        re.match(r"(?i)^(?:machine [\w.-]+|(?:https?|ldap)://[\w.-]+|[\w.-]*s3[\w.-]*\.amazonaws\.com\S*|[\w.-]*storage\.googleapis\.com\S*|arn:aws:s3:::\S*)$", value))),
    ("the public half of an app's pair", lambda value, before: bool(CLIENT_ID.search(before))),
    ("how a build ended", lambda value, before: bool(re.match(r"^[\w-]+=(?:fail|skip|pass)$", value))),
    ("one word that nothing assigns", lambda value, before: bool(
        re.match(r"^[A-Za-z]+$", value) and not re.search(r"""[:=>"'(\s]\s*$""", before.replace("\u00a0", "x")))),
]

SECRET = r"(?:passw(?:or)?d|passwd|pwd|passphrase|secret|token|api[_-]?key|apikey|access[_-]?key|auth[_-]?key|private[_-]?key|credentials?)"
GROUPS = [
    ("a key block", lambda text: "-----BEGIN" in text),
    ("a URL with a user and a password", lambda text: bool(re.search(r"\w+://[^\s/@]+:[^\s/@]+@", text))),
    ("behind a secret's name", lambda text: bool(re.search(r"(?i)" + SECRET + r"""["'\])]{0,2}\s*(?::=|=>|[:=,(])\s*\S""", text))),
    ("a vendor's shape with another length or letter", lambda text: bool(re.search(
        r"(?:\b(?:A3T|AKIA|ASIA|AIza|eyJ|gh[pousr]_|glpat-|xox[a-z]-|xapp-|sk[_-]|rk_|pk_|SG\.|hf_|npm_|pypi-|dop_v1|shp|EAA|ya29|GOCSPX|AC[0-9a-f]{20}|SK[0-9a-f]{20}|key-|sq0|lin_|nrak|PMAK|rubygems_|sntry|AGE-|ops_|p8e-|doo_|dp\.)|hooks\.slack|webhook|discord|amzn\.mws)", text, re.I))),
    ("in the path or query of a URL", lambda text: "://" in text),
    ("a drawn string alone", lambda text: bool(re.search(
        r"(?=[A-Za-z0-9+/_=-]{0,80}\d)(?=[A-Za-z0-9+/_=-]{0,80}[A-Za-z])[A-Za-z0-9+/_=-]{20,}", text))),
    ("another", lambda text: True),
]


def load(folder, name):
    for line in open(os.path.join(folder, name), encoding="utf8"):
        item = json.loads(line)
        item["text"] = "".join(item["parts"])
        yield item


def run(command, items):
    rows = "".join(json.dumps({"id": it["id"], "text": it["text"]}) + "\n" for it in items)
    out = subprocess.run(command, input=rows.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    return {row["id"]: row for row in map(json.loads, filter(str.strip, out.splitlines()))}


def covered(start, end, findings):
    seen = set()
    for it in findings:
        seen.update(range(max(start, it["start"]), min(end, it["end"])))
    return len(seen)


def left_over(value, output, outside):
    """As score.py counts it: eight bytes are left, and no eight of them stand elsewhere anyway."""
    runs = [value[at:at + 8] for at in range(len(value) - 7)]
    return any(part in output for part in runs) and not any(part in outside for part in runs)


def judge(items, got):
    for item in items:
        raw, row = item["text"].encode(), got[item["id"]]
        outside, at = b"", 0
        for start, end, *_ in sorted(item["spans"]):
            outside, at = outside + raw[at:max(start, at)] + b"\0", max(end, at)
        outside = (outside + raw[at:]).decode(errors="replace")
        for start, end, kind in item["spans"]:
            value = raw[start:end].decode(errors="replace")
            before = raw[max(0, start - 80):start].decode(errors="replace")
            reason = next((name for name, holds in REASONS if holds(value, before)), "none")
            hidden = covered(start, end, row["findings"])
            yield reason, kind, item["id"], hidden > 0, hidden >= 0.999 * (end - start), left_over(value, row["text"], outside)


def shares(labels):
    share = lambda place: 100 * sum(it[place] for it in labels) / len(labels)
    return f"{len(labels):5} labels, touched {share(3):.1f} %, covered {share(4):.1f} %, residue {share(5):.1f} %"


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    secrets, hard = list(load(folder, "secrets.jsonl")), list(load(folder, "hard_negatives.jsonl"))
    values = {it["text"].encode()[s[0]:s[1]].decode(errors="replace") for it in secrets for s in it["spans"]}
    hard = [it for it in hard if not any(value in it["text"] for value in values if len(value) >= 4)]
    got = run(command, secrets + hard)
    labels = list(judge(secrets, got))
    print("labels that are not covered, by id and kind (no value is printed):")
    for reason, kind, id, touched, whole, _ in labels:
        if not whole:
            print(f"  {id} {kind}: {'in part' if touched else 'missed'}, {reason}")
    missed = collections.Counter(it[0] for it in labels if not it[3])
    partly = collections.Counter(it[0] for it in labels if it[3] and not it[4])
    every = collections.Counter(it[0] for it in labels)
    print("\nreason: not touched, touched in part, of all labels that it holds for")
    for reason, count in every.most_common():
        print(f"  {reason}: {missed[reason]}, {partly[reason]}, {count}")
    print("\nall labels:                 ", shares(labels))
    print("labels without any reason:  ", shares([it for it in labels if it[0] == "none"]))
    flagged, total = collections.Counter(), collections.Counter()
    for it in hard:
        group = next(name for name, holds in GROUPS if holds(it["text"]))
        total[group] += 1
        flagged[group] += bool(got[it["id"]]["findings"])
    print(f"\ntexts that must not match, {sum(flagged.values())} of {len(hard)} flagged:")
    for group, count in total.most_common():
        print(f"  {group}: {flagged[group]} of {count}")


main()
