"""watch.py PRODE

A watch over a queue, for WATCH_SECONDS (1800), in which WATCH_TICKETS (2000) tickets turn up one after
the other. The tracker is a small server here, which speaks as GitLab does as far as a watch asks; the
tickets' specialists are two programs. Every ten seconds the watch's memory and its open files are taken from
its own /metrics, and one of a hundred requests of the tracker is not answered. In the end it is asked to stop
while tickets wait, and another watch works off what is left.

Exits with 1 where a ticket was lost or had two runs, a run is not over, the stop took longer than its bound,
or memory or files of the last tenth are more than a tenth above those of the third."""

import http.server
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

SECONDS = int(os.environ.get("WATCH_SECONDS", "1800"))
TICKETS = int(os.environ.get("WATCH_TICKETS", "2000"))
PARALLEL = 4
GRACE = 10
# What a stop may take beyond the grace: the last step.
LAST_STEP = 15
PAGE = 100
BORN = "2026-11-03T04:10:00Z"
failures = []
tickets = []
asked = {"list": 0, "read": 0, "notes": 0, "dropped": 0}
random.seed(7)


def hold(what, holds, seen=""):
    if not holds:
        failures.append(what)
        print(f"  FAILED: {what} {seen}")


class Tracker(http.server.BaseHTTPRequestHandler):
    """Issues of GitLab, as far as a watch asks for them."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        rest = url.path.removeprefix("/api/v4/projects/org%2Frepo/issues")
        if random.random() < 0.01:
            asked["dropped"] += 1
            self.close_connection = True
            return
        if rest == "":
            asked["list"] += 1
            page = int(query.get("page", "1"))
            known = len(tickets)
            first = (page - 1) * PAGE
            answer = [{"iid": n + 1} for n in range(first, min(first + PAGE, known))]
        elif rest.endswith("/notes"):
            asked["notes"] += 1
            answer = []
        else:
            asked["read"] += 1
            answer = tickets[int(rest.strip("/")) - 1]
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def ticket(number):
    return {
        "iid": number,
        "title": f"Requests that clients give up, case {number}",
        "description": "status: 499 at the edge, alertname=EdgeClientClosedRequest",
        "state": "opened",
        "labels": ["incident"],
        "created_at": BORN,
        "updated_at": BORN,
    }


class Watch:
    def __init__(self, prode, repository, environment, *more):
        words = [prode, "--repo", repository, "triage", "watch", "--addr", "127.0.0.1:0", "--json"]
        words += ["--max-parallel", str(PARALLEL), *more]
        self.run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
        self.address = json.loads(self.run.stdout.readline())["address"]
        # What it tells has to be read, or it waits.
        self.told = []
        threading.Thread(target=lambda: self.told.extend(self.run.stdout), daemon=True).start()

    def metric(self, text, name):
        found = re.search(rf"^{re.escape(name)} ([0-9.]+)$", text, re.M)
        return float(found[1]) if found else 0.0

    def seen(self):
        text = urllib.request.urlopen(f"http://{self.address}/metrics", timeout=30).read().decode()
        return {
            "memory": self.metric(text, "process_resident_memory_bytes") / 1e6,
            "files": self.metric(text, "process_open_fds"),
            "line": self.metric(text, "prode_watch_line"),
            "failures": self.metric(text, "prode_triage_failures_total"),
        }


def repository(folder):
    page = "---\nowner: '@edge'\n---\n# Requests that clients give up\n\nA client closed the request.\n"
    place = folder / "repo"
    (place / "wiki").mkdir(parents=True)
    (place / "wiki" / "edge.md").write_text(page)
    git = ["git", "-C", str(place), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "the beginning"]):
        subprocess.run([*git, *words], check=True)
    for name in ("aws", "sentry"):
        window = {"from": "2026-11-03T02:10:00Z", "until": BORN}
        query = {"source": name, "query": "errors", "window": window, "result": "empty"}
        receipt = {"source": name, "query": "aborts", "window": window, "at": BORN, "excerpt": "2.3 % as before"}
        finding = {"id": "F1", "claim": "clients give up", "supports": ["expected-noise"]}
        finding |= {"observed_at": window["from"], "receipts": [receipt]}
        answer = {"schema": "prode.specialist.output/v1", "question": "what is there?"}
        answer |= {"queries": [query], "findings": [finding]}
        (folder / f"{name}.json").write_text(json.dumps(answer))
    return str(place)


def listed(prode, place, environment):
    out = subprocess.run([prode, "--repo", place, "triage", "list", "--json"], capture_output=True, check=True, env=environment)
    return json.loads(out.stdout)["runs"]


def main(prode):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="watch-"))
    place = repository(folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tracker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = dict(os.environ) | {
        "HOME": str(folder),
        "PRODE_TRACKER__KIND": "gitlab",
        "PRODE_TRACKER__ENDPOINT": f"http://127.0.0.1:{server.server_port}/api/v4",
        "PRODE_TRACKER__TOKEN": "a token of nobody's",
        "PRODE_WATCH__PROJECT": "org/repo",
        "PRODE_WATCH__LABEL": "incident",
        "PRODE_WATCH__EVERY": "5",
        "PRODE_WATCH__GRACE": str(GRACE),
    }
    for name in ("aws", "sentry"):
        environment[f"PRODE_SPECIALISTS__{name.upper()}__PROGRAM"] = f"[/bin/cat, {folder}/{name}.json]"
    watch = Watch(prode, place, environment)
    begun, samples = time.monotonic(), []
    next_sample = begun
    while time.monotonic() - begun < SECONDS:
        passed = time.monotonic() - begun
        # The last tenth comes at once, so that the stop finds tickets waiting.
        due = TICKETS if passed > SECONDS - 7 else int(TICKETS * 0.9 * passed / SECONDS)
        while len(tickets) < due:
            tickets.append(ticket(len(tickets) + 1))
        if time.monotonic() >= next_sample:
            samples.append(watch.seen())
            next_sample += max(1, SECONDS / 180)
        time.sleep(0.2)
    waiting = watch.seen()
    stopped = time.monotonic()
    watch.run.terminate()
    code = watch.run.wait(GRACE + LAST_STEP + 30)
    took = time.monotonic() - stopped
    hold("the stop is orderly", code == 0, code)
    hold("the stop is within its bound", took < GRACE + LAST_STEP, took)
    before = listed(prode, place, environment)
    rest = Watch(prode, place, environment, "--once")
    hold("another watch works off the rest", rest.run.wait(1800) == 0)
    runs = listed(prode, place, environment)
    of = [run["ticket"] for run in runs]
    hold("no ticket is lost", len(set(of)) == TICKETS, len(set(of)))
    hold("no ticket has two runs", len(of) == len(set(of)), len(of))
    over = [run for run in runs if run["phase"] in ("stopped", "handed-off", "closed")]
    hold("every run is over", len(over) == len(runs), len(runs) - len(over))
    tenth = max(1, len(samples) // 10)
    print(f"{TICKETS} tickets in {SECONDS} s, {PARALLEL} at once; the tracker was asked {asked}")
    for name, unit in (("memory", "MB"), ("files", "")):
        values = [sample[name] for sample in samples]
        tenths = [statistics.median(values[n * tenth : (n + 1) * tenth]) for n in range(10) if values[n * tenth : (n + 1) * tenth]]
        print(f"{name} {unit}, median of each tenth: " + " ".join(f"{it:.0f}" for it in tenths) + f"; most {max(values):.0f}")
        hold(f"{name} is flat", tenths[-1] <= tenths[2] * 1.1 + 2, tenths)
    print(f"failures that were tried again: {max(sample['failures'] for sample in samples):.0f}")
    print(f"at the stop {waiting['line']:.0f} waited in the line; it took {took:.1f} s of at most {GRACE + LAST_STEP}; {len(before)} runs then, {len(runs)} in the end")
    print(f"load {os.getloadavg()[0]:.1f}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
