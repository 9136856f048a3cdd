"""soak.py PRODE REPOSITORY QUESTIONS

A server that lasts SOAK_SECONDS (3600): each second a few questions over /mcp and a few pages for
people, every ten seconds a commit of one page. Prints what it held in memory, a mean for each tenth
of the time, and how long questions took. REPOSITORY is written to: tokens and commits.
Exits with 1 where an answer is wrong, or the last tenth holds a tenth more than the second one."""

import os
import pathlib
import random
import statistics
import sys
import time

from serve import Memory, Server, bodies, git, hold, failures, tokens

SECONDS = int(os.environ.get("SOAK_SECONDS", "3600"))
A_SECOND = 8
PAGES = ["/", "/search", "/search?q=queue+is+full", "/adr", "/skills", "/inbox", "/graph?kind=runbook"]


def main(prode, repository, questions):
    asked, [mcp, people] = bodies(questions), tokens(prode, repository, "query,get", 2)
    pages = sorted(it for it in pathlib.Path(repository).rglob("*.md") if ".git" not in it.parts)
    named = [f"/wiki/{it.relative_to(repository)}" for it in pages]
    draw = random.Random(7)
    times, shown, commits = [], [], 0
    with Server(prode, repository) as server:
        memory, begun = Memory(server), time.monotonic()
        while (now := time.monotonic() - begun) < SECONDS:
            status, took = server.query(draw.choice(asked), mcp)
            hold("a question is answered", status == 200, status)
            times.append(took)
            if len(times) % 3 == 0:
                path = draw.choice(PAGES) if draw.random() < 0.5 else draw.choice(named)
                path = path.replace(" ", "%20")
                at = time.monotonic()
                status, _ = server.ask("GET", path, None, {"Authorization": f"Bearer {people}"})
                hold("a page is shown", status == 200, f"{status} {path}")
                shown.append(1000 * (time.monotonic() - at))
            if now // 10 > commits:
                page = draw.choice(pages)
                page.write_text(page.read_text() + f"\nMore {commits}.\n")
                git(repository, "commit", "--quiet", "--all", "--message", f"soak {commits}")
                commits += 1
            time.sleep(max(0, begun + len(times) / A_SECOND - time.monotonic()))
        told = memory.told()
    tenth = max(1, len(memory.taken) // 10)
    means = [statistics.mean(memory.taken[at * tenth : (at + 1) * tenth] or [0]) for at in range(10)]
    print(f"{SECONDS} s, {len(times)} questions, {len(shown)} pages, {commits} commits, load {os.getloadavg()[0]:.1f}")
    for name, of in (("questions", times), ("pages", shown)):
        of = sorted(of)
        print(f"  {name}: p50 {of[len(of) // 2]:.1f} ms, p99 {of[len(of) * 99 // 100]:.1f}, longest {of[-1]:.0f}")
    print(f"  memory: {told}")
    print(f"  means of the tenths: {', '.join(f'{mean:.0f}' for mean in means)} MB")
    hold("memory does not grow", means[9] < 1.1 * means[1] + 5, means)
    return 1 if failures else 0


sys.exit(main(*sys.argv[1:]))
