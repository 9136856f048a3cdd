"""A small memory to ask, and what the command line answers for each tool's call."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile

TICKET = "alertname=QueueOldestMessageAge for billing"

ANSWER = {"schema": "prode.specialist.output/v1", "question": "How old are messages?"}

PAGES = {
    "wiki/runbooks/queue.md": (
        '---\ntitle: Queue saturation\nkind: runbook\nowner: "@payments"\nservices: [billing]\n'
        "signals:\n  - alert: QueueOldestMessageAge\n---\n\n# Queue saturation\n\nMessages wait.\n\n"
        "## Mitigations\n\nAdd workers; see [workers](../workers.md#scale).\n"
    ),
    "wiki/workers.md": (
        "# Workers\n\nHow workers of the queue run.\n\n## Scale\n\nSet the count. "
        "[Queue](runbooks/queue.md), [gone](gone.md)\n"
    ),
    "adr/0001-queue.md": "# 1. Use a queue\n\n## Status\n\nAccepted\n\n## Context\n\nBursts.\n",
    "note.txt": "Workers wait for a lock.",
    "ticket.txt": TICKET,
    "answers/aws.json": json.dumps(ANSWER),
    "skills/drain/SKILL.md": "---\nname: drain\ndescription: Drains a queue\n---\n\n# Drain\n",
}

# Tool, its arguments, and the command that must answer the same; none where each answer
# is of another run. RUN is the run that the memory holds.
CALLS = [
    ("query", {"query": "queue workers", "limit": 5}, ["query", "queue workers", "-n", "5"]),
    ("route", {"text": TICKET, "max_tokens": 6000}, ["route", TICKET, "--budget", "3000"]),
    ("get", {"ref": "wiki/runbooks/queue.md#mitigations"}, ["show", "wiki/runbooks/queue.md#mitigations"]),
    ("links", {"ref": "wiki/workers.md"}, ["links", "wiki/workers.md"]),
    ("cite_check", {"citations": ["wiki/workers.md#scale@HEAD"]}, ["cite", "check", "wiki/workers.md#scale@HEAD"]),
    (
        "propose_learning",
        {"text": "Workers wait for a lock.", "target": "wiki/workers.md#scale", "dry_run": True},
        ["inbox", "add", "note.txt", "--target", "wiki/workers.md#scale", "--dry-run"],
    ),
    ("audit", {}, ["audit"]),
    ("triage_status", {}, ["triage", "list"]),
    ("triage_submit_evidence", {"ticket": TICKET, "answers": {"aws": ANSWER}}, None),
    ("triage_gate", {"run": "RUN"}, ["triage", "decide", "RUN"]),
]


class Memory:
    """A repository in a temporary folder, with a home of its own, and so many notes more."""

    def __init__(self, binary, notes=0):
        self.binary = str(pathlib.Path(binary).resolve())
        self.serving = [self.binary, "serve", "--addr", "127.0.0.1:0", "--json"]
        self._folder = tempfile.TemporaryDirectory(prefix="prode-mcp-")
        root = pathlib.Path(self._folder.name)
        self.repo, self.home = root / "repo", root / "home"
        self.home.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "TZ": "UTC",
        }
        more = {f"wiki/note-{i:03}.md": f"# Note {i}\n\nThe queue of hall {i} is long.\n" for i in range(notes)}
        for name, text in (PAGES | more).items():
            path = self.repo / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("add", "--all")
        self._git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "-m", "memory")
        self.command(["triage", "run", "ticket.txt", "--answers", "answers", "--only-answers"])
        run = self.command(["triage", "list"])["runs"][0]["run"]
        self.calls = json.loads(json.dumps(CALLS).replace('"RUN"', json.dumps(run)))

    def _git(self, *words):
        subprocess.run(["git", *words], cwd=self.repo, env=self.environment, check=True)

    def command(self, words):
        """What the command line prints as JSON, without what no promise covers."""
        run = subprocess.run(
            [self.binary, *words, "--json"], cwd=self.repo, env=self.environment, capture_output=True, text=True
        )
        return promised(json.loads(run.stdout))

    def failure(self, words):
        """What the command line says of a failure: its message and its hints."""
        run = subprocess.run(
            [self.binary, *words, "--json"], cwd=self.repo, env=self.environment, capture_output=True, text=True
        )
        told = json.loads(run.stdout or run.stderr)
        return [told["message"], *told["hints"]]


@contextlib.contextmanager
def listening(memory, servers):
    """Starts each of `servers` (by name: the words of its command), which print a line of JSON
    when they listen, and gives where the protocol is; stops them at the end."""
    with contextlib.ExitStack() as stack:
        urls = {}
        for name, words in servers.items():
            run = stack.enter_context(
                subprocess.Popen(words, cwd=memory.repo, env=memory.environment, stdout=subprocess.PIPE, text=True)
            )
            stack.callback(run.terminate)
            urls[name] = json.loads(run.stdout.readline())["mcp"]
        yield urls


def promised(answer):
    return {key: value for key, value in answer.items() if key not in ("took_ms", "file")}


class Count:
    """Counts checks, and prints those that fail."""

    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0

    def check(self, what, holds, seen=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {self.name}: {what}: {str(seen)[:2000]}")

    @classmethod
    def all(cls, name, counts):
        """What several counted together."""
        whole = cls(name)
        whole.passed, whole.failed = sum(it.passed for it in counts), sum(it.failed for it in counts)
        return whole

    def close(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
