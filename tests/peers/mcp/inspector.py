"""The protocol's inspector lists what there is (tools with --strict), calls each tool, reads
resources, fills a prompt and verifies skills by their digests: in both eras, over standard
input and output and over HTTP."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from memory import Count, Memory, listening, promised


class Inspector:
    """Starts it once for each question."""

    def __init__(self, program, memory, era, url):
        self.memory = memory
        self.line = [program, "--cli", "--format", "json", "--protocol-era", era]
        self.http = ["--transport", "http", "--server-url", url] if url else []
        self.stdio = [] if url else ["--", memory.binary, "mcp"]

    def __call__(self, *words):
        return subprocess.run(
            [*self.line, *self.http, *words, *self.stdio],
            cwd=self.memory.repo, env=self.memory.environment, capture_output=True, text=True, timeout=120,
        )


def result(run):
    answer = json.loads(run.stdout) if run.stdout.startswith("{") else {}
    return answer.get("result", answer)


def looked(memory, ask, name, count):
    run = ask("--method", "tools/list", "--strict")
    names = [tool["name"] for tool in result(run).get("tools", [])]
    count.check(f"{name}: tools", names == [call[0] for call in memory.calls], run.stderr)
    # Advice counts too: what one client only warns of, another refuses.
    is_silent = run.returncode == 0 and run.stderr.strip() == ""
    count.check(f"{name}: strict", is_silent, f"code {run.returncode}: {run.stderr}")
    for tool, given, command in memory.calls:
        run = ask("--method", "tools/call", "--tool-name", tool, "--tool-args-json", json.dumps(given))
        got = promised(result(run).get("structuredContent") or {})
        is_same = got == memory.command(command) if command else "run" in got
        count.check(f"{name}: {tool}", run.returncode == 0 and is_same, run.stdout + run.stderr)
    run = ask("--method", "tools/call", "--tool-name", "get", "--tool-args-json", '{"ref": "wiki/nowhere.md"}')
    count.check(f"{name}: a failing call", result(run).get("isError") is True, run.stdout + run.stderr)
    listed(memory, ask, name, count)
    for method, words in [("skills/list", []), ("skills/get", ["--uri", "skill://drain/SKILL.md"])]:
        run = ask("--method", method, *words, "--verify", "--require-digests")
        is_sound = run.returncode == 0 and "Verified 1 skill and 1 file: no conformance errors" in run.stderr
        count.check(f"{name}: {method}", is_sound, run.stdout + run.stderr)


def listed(memory, ask, name, count):
    run = ask("--method", "resources/list")
    resources = result(run).get("resources", [])
    pages = sorted(page["path"] for page in memory.command(["list"])["pages"])
    count.check(f"{name}: resources", sorted(it["name"] for it in resources) == pages, run.stdout + run.stderr)
    run = ask("--method", "resources/templates/list")
    count.check(f"{name}: templates", len(result(run).get("resourceTemplates", [])) == 4, run.stdout + run.stderr)
    for it in resources:
        run = ask("--method", "resources/read", "--uri", it["uri"])
        read = [part["text"] for part in result(run).get("contents", [])]
        count.check(f"{name}: {it['uri']}", read == [(memory.repo / it["name"]).read_text()], run.stdout + run.stderr)
    run = ask("--method", "prompts/list")
    names = [it["name"] for it in result(run).get("prompts", [])]
    count.check(f"{name}: prompts", names == ["triage-intake", "propose-learning", "review-page"], run.stdout + run.stderr)
    run = ask("--method", "prompts/get", "--prompt-name", "review-page", "--prompt-args", "page=wiki/workers.md")
    count.check(f"{name}: a prompt", "wiki/workers.md" in run.stdout and run.returncode == 0, run.stdout + run.stderr)


def way(binary, program, is_http, era):
    """One era over one transport, in a memory of its own: one call sees what another added."""
    memory, count = Memory(binary), Count(f"inspector: {'http' if is_http else 'stdio'}")
    servers = {"http": memory.serving} if is_http else {}
    with listening(memory, servers) as urls:
        looked(memory, Inspector(program, memory, era, urls.get("http")), era, count)
    return count


def main(binary, program):
    ways = [(is_http, era) for is_http in [False, True] for era in ["modern", "legacy"]]
    with ThreadPoolExecutor() as pool:
        counts = list(pool.map(lambda it: way(binary, program, *it), ways))
    return Count.all("inspector", counts).close()


sys.exit(main(*sys.argv[1:]))
