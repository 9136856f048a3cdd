"""One run is told to rotel; what it decoded is read from what it prints."""

import json
import os
import re
import socket
import subprocess
import sys
import time

BINARY, AGENT, EXAMPLE, SCRATCH = sys.argv[1:]
PASSED, FAILED = [], []


def check(name, holds, about=""):
    (PASSED if holds else FAILED).append(name)
    print(f"{'ok' if holds else 'FAILED'}  {name}{'' if holds else f': {about}'}")


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def until(holds, what):
    end = time.monotonic() + 60
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"{what}: not within a minute")
        time.sleep(0.1)


def is_open(port):
    with socket.socket() as it:
        return it.connect_ex(("127.0.0.1", port)) == 0


def begun(port, log):
    """The collector, printing everything that it decodes."""
    command = [AGENT, "start", "--exporter", "blackhole", "--pid-file", f"{SCRATCH}/pid"]
    command += ["--otlp-http-endpoint", f"127.0.0.1:{port}"]
    command += ["--otlp-grpc-endpoint", f"127.0.0.1:{free_port()}"]
    command += ["--debug-log", "traces", "--debug-log", "metrics"]
    command += ["--debug-log-verbosity", "detailed"]
    process = subprocess.Popen(command, stdout=open(log, "wb"), stderr=subprocess.STDOUT)
    until(lambda: is_open(port), "the collector listens")
    return process


def memory():
    """A repository with the example's page, and programs that say what was recorded."""
    home, repo = f"{SCRATCH}/home", f"{SCRATCH}/repo"
    os.makedirs(f"{repo}/wiki")
    os.makedirs(home)
    page = open(f"{EXAMPLE}/memory/checkout-errors.md").read()
    open(f"{repo}/wiki/checkout-errors.md", "w").write(page)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    for name in sorted(os.listdir(f"{EXAMPLE}/outputs")):
        answer = f"[/bin/cat, '{EXAMPLE}/outputs/{name}']"
        environment[f"PRODE_SPECIALISTS__{name[:-5].upper()}__PROGRAM"] = answer
    for args in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "page"]):
        subprocess.run(["git", *args], cwd=repo, env=environment, check=True)
    return repo, environment


def decoded(text):
    """Spans as the collector prints them: names and values line by line."""
    spans = []
    for block in re.split(r"^Span #\d+\s*$", text, flags=re.M)[1:]:
        field = lambda name: re.search(rf"^\s*{name}\s*: ?(.*)$", block, flags=re.M)
        value = lambda name: (field(name).group(1).strip() if field(name) else "")
        spans.append(
            {
                "trace": value("Trace ID"),
                "id": value("ID"),
                "parent": value("Parent ID"),
                "name": value("Name"),
                "text": block,
            }
        )
    return spans


def main():
    port, log = free_port(), f"{SCRATCH}/collector.log"
    collector = begun(port, log)
    repo, environment = memory()
    environment["PRODE_TELEMETRY__ENDPOINT"] = f"http://127.0.0.1:{port}"
    ticket = f"{EXAMPLE}/ticket.json"
    ran = subprocess.run(
        [BINARY, "triage", "run", ticket, "--json"],
        cwd=repo, env=environment, capture_output=True, text=True,
    )
    check("the run ends well", ran.returncode == 0, ran.stderr)
    check("nothing is said against the collector", "collector" not in ran.stderr, ran.stderr)
    run = json.loads(ran.stdout)
    text = lambda: open(log, errors="replace").read()
    until(lambda: "triage.run" in text(), "the collector decodes the trace")
    time.sleep(1)
    collector.terminate()
    collector.wait(30)
    spans = decoded(text())
    ids = {it["id"] for it in spans}
    roots = [it for it in spans if not it["parent"]]
    check("one root, a run", [it["name"] for it in roots] == ["triage.run"], spans)
    check("every parent is there", all(it["parent"] in ids for it in spans if it["parent"]), spans)
    check("one trace", len({it["trace"] for it in spans}) == 1, spans)
    names = sorted({it["name"] for it in spans})
    wanted = ["memory.route", "policy.check", "specialist.call", "triage.phase", "triage.run"]
    check("every sort of span", names == wanted, names)
    asked = len(os.listdir(f"{EXAMPLE}/outputs"))
    calls = [it for it in spans if it["name"] == "specialist.call"]
    check("each specialist was asked", len(calls) == asked, calls)
    check("the decision is told", run["decision"] in roots[0]["text"], roots[0])
    title = json.load(open(ticket)).get("title", "")
    words = [it for it in re.findall(r"\w{5,}", title)]
    check("no word of the title", words and not any(it in text() for it in words), words)
    print(f"{len(PASSED)} passed, {len(FAILED)} failed, 0 skipped")
    sys.exit(bool(FAILED))


main()
