"""Runs the conformance set for both revisions against three servers and holds what it finds to expected.txt.

Usage: check.py PRODUCT FIXTURES NODE SET [--print]

`product` is the program. `fixtures` are the set's own tools behind the product's stack, and
`sessions` are the same with what the product leaves out on purpose: sessions for the older
revision. `--print` writes what was found in the form of expected.txt, without reasons."""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "mcp"))
from memory import Memory, listening  # noqa: E402

REVISIONS = ["2025-11-25", "2026-07-28"]
# Of a check; the others (SUCCESS, INFO) are as they should be.
TOLD = ["FAILURE", "WARNING", "SKIPPED"]
# Seconds that one run may take; the longest takes 15.
PATIENCE = 300


def ran(node, program, name, revision, url):
    """The verdicts of one run: how many of which check of which scenario, and how many passed."""
    with tempfile.TemporaryDirectory(prefix="prode-conformance-") as folder:
        words = [node, program, "server", "--url", url, "--requirements", revision, "-o", folder]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
        files = sorted(pathlib.Path(folder).rglob("checks.json"))
        if not files:
            raise SystemExit(f"FAILED conformance: {name} {revision}: no result: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        found, passed, why = collections.Counter(), 0, {}
        for file in files:
            scenario = re.sub(r"^server-|-\d{4}-\d\d-\d\dT.*$", "", file.parent.name)
            for check in json.loads(file.read_text()):
                passed += check["status"] == "SUCCESS"
                if check["status"] in TOLD:
                    key = (name, revision, check["status"], scenario, check["id"])
                    found[key] += 1
                    why[key] = check.get("errorMessage") or ""
        found[(name, revision, "SUCCESS", "all", "all")] = passed
        return found, why


def expected():
    """Lines of `server revision verdict scenario check count`; a reason stands above its lines."""
    lines = (HERE / "expected.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return collections.Counter({tuple(row[:5]): int(row[5]) for row in rows})


def main(product, fixtures, node, program, *printing):
    memory = Memory(product)
    # The set asks faster than a client is meant to; the limit itself has tests of its own.
    settings = memory.home / ".config/prode/config.yaml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"serve": {"rate": 60_000}}))
    servers = {
        "product": [product, "serve", "--addr", "127.0.0.1:0", "--json"],
        "fixtures": [fixtures, str(memory.repo)],
        "sessions": [fixtures, str(memory.repo), "--sessions"],
    }
    found, why = collections.Counter(), {}
    with listening(memory, servers) as urls, ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(ran, node, program, name, revision, url)
            for name, url in urls.items() for revision in REVISIONS
        ]
        for run in runs:
            more, reasons = run.result()
            found.update(more)
            why.update(reasons)
    if printing:
        for key, count in sorted(found.items()):
            print(*key, count)
        return 0
    return compared(found, why)


def compared(found, why):
    wanted, failed = expected(), 0
    for key in sorted(found.keys() | wanted.keys()):
        if found[key] != wanted[key]:
            failed += 1
            print(f"FAILED conformance: {' '.join(key)}: {found[key]}, expected {wanted[key]} {why.get(key, '')[:500]}")
    passed = sum(count for key, count in found.items() if key[2] == "SUCCESS")
    skipped = sum(count for key, count in found.items() if key[2] == "SKIPPED")
    known = sum(count for key, count in found.items() if key[2] in ("FAILURE", "WARNING"))
    print(f"conformance: {passed} checks hold, {known} do not and {skipped} skip themselves; all but {failed} lines as expected")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
