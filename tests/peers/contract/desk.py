"""A repository with the page of the example `backend-500`, a user with some settings, and
runs of the example's ticket.
"""

import json
import os
import pathlib
import subprocess

EXAMPLE = pathlib.Path(__file__).parents[3] / "src/ops/triage/examples/backend-500"
OTHERS = ("aws", "release", "sentry")


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, holds, else_say=""):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(("ok      " if holds else "FAILED  ") + what + ("" if holds else f": {else_say}"))


def verdict(run):
    return [run[it] for it in ("decision", "classification", "confidence", "reasons")]


class Desk:
    def __init__(self, binary, scratch, check):
        self.binary, self.scratch, self.check, self.number = binary, scratch, check, 0

    def ticket(self):
        return (EXAMPLE / "ticket.json").read_text()

    def recorded(self):
        words = [self.binary, "triage", "examples", "run", "backend-500", "--json"]
        return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    def run(self, asked, ticket=None, instead=()):
        """A run in which these are asked, and the others answer as they were recorded, but for
        those that somebody else answers `instead`."""
        self.number += 1
        folder = self.scratch / str(self.number)
        home, repo = folder / "home", folder / "repo"
        (repo / "wiki").mkdir(parents=True)
        (repo / "wiki/checkout-errors.md").write_text((EXAMPLE / "memory/checkout-errors.md").read_text())
        recorded = [it for it in OTHERS if it not in instead]
        answers = {it: {"program": ["/bin/cat", str(EXAMPLE / f"outputs/{it}.json")]} for it in recorded}
        settings = home / ".config/prode/config.yaml"
        settings.parent.mkdir(parents=True)
        required = {it: "required" for it in asked}
        settings.write_text(json.dumps({"specialists": answers | asked, "triage": {"specialists": required}}))
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        for words in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-q", "-m", "page"]):
            subprocess.run(["git", *words], cwd=repo, env=env, check=True)
        words = [self.binary, "triage", "run", "-", "--json"]
        done = subprocess.run(words, cwd=repo, env=env, input=ticket or self.ticket(), capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{words}: {done.stderr}")
        run = json.loads(done.stdout)
        words = [self.binary, "triage", "verify", run["run"]]
        verified = subprocess.run(words, cwd=repo, env=env, capture_output=True, text=True)
        self.check("  its run verifies", verified.returncode == 0, verified.stdout + verified.stderr)
        return run

    def claims(self, run, name):
        return [it["claim"] for it in run["bundle"]["findings"] if it["id"].startswith(f"{name}/")]

    def gaps(self, run, name):
        return [(it["absence"], it["what"]) for it in run["bundle"]["gaps"] if it["specialist"] == name]
