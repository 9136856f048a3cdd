#!/usr/bin/env python3
"""Processor seconds of `prode` beside `adrs` on logs of 1,000 and 10,000 decisions.

Usage: adr.py PRODE FOLDER. `adrs` (cargo install adrs) is found through PATH;
without it the peer's rows are left out. The commands of a log take turns.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys

ROUNDS = int(os.environ.get("ROUNDS", "20"))

BODY = """# {n}. Decision number {n}

Date: 2026-01-02

## Status

{status}

## Context

The load of part {a} grows, and [the decision before]({link}) does not say what to do about it.

## Decision

Part {b} is kept, and what it needs is written down in its page.

## Consequences

What depends on part {b} waits for it; part {c} does not.
"""


def write(folder, count):
    """A log in adr-tools' format in which every tenth decision supersedes the one before."""
    folder.mkdir(parents=True)
    name = lambda n: f"{n:04}-decision-number-{n}.md"
    for n in range(1, count + 1):
        status = "Accepted"
        if n % 10 == 0:
            status = f"Accepted\n\nSupercedes [{n - 1}. Decision number {n - 1}]({name(n - 1)})"
        elif n % 10 == 9 and n < count:
            status = f"Superceded by [{n + 1}. Decision number {n + 1}]({name(n + 1)})"
        text = BODY.format(n=n, status=status, link=name(max(1, n - 1)), a=n * 7919 % 997, b=n * 31 % 89, c=n % 13)
        (folder / name(n)).write_text(text)


def seconds(command, folder):
    """User and system seconds of one run."""
    null = subprocess.DEVNULL
    child = subprocess.Popen(command, cwd=folder, stdout=null, stderr=null)
    _, status, used = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    # Both checkers exit 1 when they find something.
    if code not in (0, 1):
        raise SystemExit(f"error: {command} exits {code}")
    return used.ru_utime + used.ru_stime


def main():
    prode, scratch = sys.argv[1], pathlib.Path(sys.argv[2])
    adrs = shutil.which("adrs")
    commands = {
        "prode adr list": [prode, "adr", "list"],
        "prode lint --rule adr": [prode, "lint", "--rule", "adr"],
    }
    if adrs:
        commands |= {"adrs list": [adrs, "list"], "adrs doctor": [adrs, "doctor"]}
    medians = {}
    for count in (1000, 10000):
        log = scratch / str(count)
        write(log / "doc" / "adr", count)
        git = ["git", "-C", str(log), "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        for step in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "log"]):
            subprocess.run(git + step, check=True)
        taken = {name: [] for name in commands}
        for round_ in range(ROUNDS + 1):
            for name, command in commands.items():
                used = seconds(command, log)
                if round_ > 0:  # the first one warms up
                    taken[name].append(1000 * used)
        for name, times in taken.items():
            medians[name, count] = statistics.median(times)
            print(f"{name}, {count}: median {medians[name, count]:.1f} ms of processor time, {min(times):.1f} to {max(times):.1f}")
    for name in commands:
        print(f"{name}: ten times the decisions take {medians[name, 10000] / medians[name, 1000]:.1f} times as long")
    if adrs:
        for own, peer in (("prode adr list", "adrs list"), ("prode lint --rule adr", "adrs doctor")):
            ratios = [f"{medians[own, count] / medians[peer, count]:.2f} ({count})" for count in (1000, 10000)]
            print(f"{own} / {peer}: {', '.join(ratios)}")


if __name__ == "__main__":
    main()
