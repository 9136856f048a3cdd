"""A run asks a tool of a server of the Python library. Usage: specialist.py BINARY"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

binary = sys.argv[1]
server = [sys.executable, str(Path(__file__).parent / "answering.py")]
passed = failed = 0


def check(what, holds):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print(("ok      " if holds else "FAILED  ") + what)


def run(mcp):
    with tempfile.TemporaryDirectory() as folder:
        home, repo = Path(folder, "home"), Path(folder, "repo")
        settings = home / ".config/prode/config.yaml"
        settings.parent.mkdir(parents=True)
        repo.mkdir()
        settings.write_text(json.dumps({"specialists": {"sentry": {"mcp": mcp | {"command": server}}}}))
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        for words in (["init", "-q", "-b", "main"], [*who, "commit", "-q", "--allow-empty", "-m", "a"]):
            subprocess.run(["git", *words], cwd=repo, env=env, check=True)
        ticket = json.dumps({"title": "it fails", "body": "see https://sentry.io/issues/4711/"})
        words = [binary, "triage", "run", "-", "--json"]
        done = subprocess.run(words, cwd=repo, env=env, input=ticket, capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        tool = next(it for it in told["bundle"]["inventory"] if it["name"] == "sentry")
        return tool, {it["name"] for it in told["artifacts"]}


tool, kept = run({"tool": "ask", "allow": ["ask"]})
check("its tool is known by name and version", tool["identity"] == "answering 1.2: ask")
check("it declares that it only reads", tool["read_only"] == "declared by the server, not proven")
check("its answer is kept", "output:sentry" in kept)
tool, kept = run({"tool": "write", "allow": ["write"]})
check("a tool that declares nothing is blocked", "does not declare" in (tool["blocked"] or ""))
check("and is not called", "output:sentry" not in kept)
print(f"{passed} passed, {failed} failed")
