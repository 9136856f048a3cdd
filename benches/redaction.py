#!/usr/bin/env python3
"""MB/s of `prode redact` over prose and logs, over adversarial text, and its start.

usage: redaction.py LABELLED-SET CORPUS PRODE

Times are CPU seconds of the whole program; the start is that of an empty text.
"""
import glob
import json
import os
import random
import resource
import subprocess
import sys
import tempfile

SIZE = 10_000_000


def seconds(program, text):
    with tempfile.NamedTemporaryFile("w", suffix=".md", dir=tempfile.gettempdir()) as file:
        file.write(text)
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run([program, "redact", file.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tempfile.gettempdir())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return used, run.returncode


def logs(folder):
    lines = []
    for name in ("benign.jsonl", "with_identifiers.jsonl"):
        for line in open(os.path.join(folder, name), encoding="utf8"):
            item = json.loads(line)
            if "loghub" in item["source"]:
                lines.append("".join(item["parts"]))
    random.seed(7)
    text, size = [], 0
    while size < SIZE:
        line = "".join(random.choice("0123456789") if c.isdigit() and random.random() < 0.2 else c for c in random.choice(lines))
        text.append(line)
        size += len(line) + 1
    return "\n".join(text)


def prose(folder):
    text, size = [], 0
    for name in sorted(glob.glob(folder + "/**/*.md", recursive=True)):
        page = open(name, encoding="utf8", errors="replace").read()
        text.append(page)
        size += len(page)
        if size > SIZE:
            break
    return "\n".join(text)


ADVERSARIAL = ["password=", "token: ", 'password: "', "AKIA", "-----BEGIN ", "A", "http://a:", "%25", "deadbeef", '{"a":', "[{", "((((",
               "a@b.", "1 2-3.4/", "|a|b\n|-|-\n", "a,b,c\n", "key=key", "1.1.1.", "\\\\", "&#61;", "aA0+/", "authorization: bearer ",
               "secret ", "password is ", "eyJ", "a1\n", "61 ", "a\u200b", "cookie: a=b; ", "kind: Secret\n", "INSERT INTO a VALUES (", "://",
               # Blocks that begin on each line and never go on, or never end.
               "- a\n", "+a\n", " a\n", "> ", "A1b2C3d4E5f6G7h8I9j0\n", "locals\na = 1\n", "key: >\n  a\n", "a b\n--- ---\nc d\n",
               # One line with as many findings as it has room for.
               "<a:b>c</a:b>", "sms text=\"", "+1 415 555 2671 ", "DE89 3704 0044 0532 0130 00 ", "INSERT INTO a (",
               # Every word that opens a form, and what it waits for.
               "name: password\nvalue: ", "Chain a\n", "{\"Statement\": ", "MSH|\nPID|a|b\n", "COPY a FROM stdin;\n", "a=3D\n", "a=\n",
               "QWxhZGRpbjpvcGVuIHNlc2FtZQ== ", "'", "\"", "\n", "\r\n", "0",
               # Many people on one line.
               '{"email": "maya@firma.de"} ', 'User(id=1, email=maya@firma.de) ', '(8812, maya@firma.de) ', '| maya@firma.de ',
               'a;b;maya@firma.de\n', 'name: Ott\nmail: maya@firma.de\n', 'card 4111 1111 1111 1111 ', 'mail=maya@firma.de&', '<email>maya@firma.de</email>',
               '$ foo -u svc -p Sommerwind\n', 'use sonne123 as the password. ', 'https://a:b@c.de/ ', '10.1.2.3 ']


def main():
    labelled, corpus, program = map(os.path.abspath, sys.argv[1:])
    start, _ = seconds(program, "")
    print(f"start {1000 * start:.0f} ms of CPU")
    for name, text in (("prose", prose(corpus)), ("logs", logs(labelled))):
        size = len(text.encode()) / 1e6
        used, code = seconds(program, text)
        print(f"{name}: {size:.1f} MB, {size / used:.1f} MB/s, exit {code}")
    worst = max((seconds(program, piece * (SIZE // len(piece.encode())))[0], piece) for piece in ADVERSARIAL)
    print(f"adversarial: worst of {len(ADVERSARIAL)} texts of 10 MB takes {worst[0]:.2f} s ({worst[1]!r})")


if __name__ == "__main__":
    main()
