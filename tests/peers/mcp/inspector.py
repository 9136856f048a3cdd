"""The protocol's inspector lists the tools with --strict and calls each, in both eras."""

import json
import subprocess
import sys

from memory import Count, Memory, promised


def inspect(memory, inspector, era, *words):
    line = [inspector, "--cli", "--format", "json", "--protocol-era", era, *words]
    return subprocess.run(
        [*line, "--", memory.binary, "mcp"],
        cwd=memory.repo, env=memory.environment, capture_output=True, text=True, timeout=120,
    )


def result(run):
    answer = json.loads(run.stdout) if run.stdout.startswith("{") else {}
    return answer.get("result", answer)


def main(binary, inspector):
    memory, count = Memory(binary), Count("inspector")
    for era in ["modern", "legacy"]:
        run = inspect(memory, inspector, era, "--method", "tools/list", "--strict")
        names = [tool["name"] for tool in result(run).get("tools", [])]
        count.check(f"{era}: tools", names == [call[0] for call in memory.calls], run.stderr)
        # Advice counts too: what one client only warns of, another refuses.
        is_silent = run.returncode == 0 and run.stderr.strip() == ""
        count.check(f"{era}: strict", is_silent, f"code {run.returncode}: {run.stderr}")
        for tool, given, command in memory.calls:
            given = json.dumps(given)
            run = inspect(
                memory, inspector, era, "--method", "tools/call", "--tool-name", tool, "--tool-args-json", given
            )
            got = promised(result(run).get("structuredContent") or {})
            is_same = got == memory.command(command) if command else "run" in got
            count.check(f"{era}: {tool}", run.returncode == 0 and is_same, run.stdout + run.stderr)
        run = inspect(memory, inspector, era, "--method", "skills/list", "--verify", "--require-digests")
        is_sound = run.returncode == 0 and "Verified 1 skill and 1 file: no conformance errors" in run.stderr
        count.check(f"{era}: skills", is_sound, run.stdout + run.stderr)
    return count.close()


sys.exit(main(*sys.argv[1:]))
