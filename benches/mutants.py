#!/usr/bin/env python3
"""How many small defects the unit tests of one room of the model notice.

    benches/mutants.py ROOM [K/N]

Lays out a package below target/mutants/ROOM that holds the room and the rooms
that it imports, and nothing else: a defect there compiles in seconds, where
the whole package takes a minute. cargo-mutants makes the defects; K/N (0/1)
tries each Nth of them from the Kth on, spread over all files. Of the tests
outside of `src` those of BESIDE run, which need the model alone: the score is
a lower bound.

Prints one line: ROOM, tried, caught, missed, timeouts, unviable, score; the
missed ones stand in target/mutants/ROOM/mutants.out/missed.txt. Exits with 1
where the tests fail without any defect.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"

# Modules of `tests` that name no room above the one they test.
BESIDE = {
    "redaction": ["redaction/labelled", "redaction/exact"],
    "triage": ["triage/gate", "triage/parts", "triage/replay"],
}

# Rooms of which compiling is the longer part: their code is not optimised.
LIGHT = {"triage"}


def rooms_of(room: str) -> set[str]:
    """The room and everything below it that it imports, directly or not."""
    known = set(re.findall(r"^pub mod (\w+);", (SOURCE / "lib.rs").read_text(), re.M))
    wanted, todo = set(), [room]
    while todo:
        one = todo.pop()
        if one in wanted:
            continue
        wanted.add(one)
        for file in files_of(one):
            text = file.read_text()
            named = set(re.findall(r"\bcrate::(\w+)", text))
            for group in re.findall(r"\bcrate::\{([^;]*)\};", text, re.S):
                named |= set(re.findall(r"\w+", group))
            todo += sorted(named & known)
    return wanted


def files_of(room: str) -> list[pathlib.Path]:
    """The Rust files of a room, whether it is a file or a folder."""
    single = SOURCE / f"{room}.rs"
    return [single] if single.exists() else sorted((SOURCE / room).rglob("*.rs"))


def lay_out(room: str, package: pathlib.Path) -> None:
    """Writes the small package; what it built before is kept."""
    shutil.rmtree(package / "src", ignore_errors=True)
    (package / "src").mkdir(parents=True)
    rooms = rooms_of(room)
    for one in rooms:
        single = SOURCE / f"{one}.rs"
        if single.exists():
            shutil.copy2(single, package / "src")
        else:
            shutil.copytree(SOURCE / one, package / "src" / one)
    modules = "".join(f"pub mod {one};\n" for one in sorted(rooms))
    # They are modules of the library, so that it is built once for every defect.
    modules += "#[cfg(test)]\nextern crate self as prode;\n"
    modules += "".join(
        f'#[cfg(test)]\n#[path = "{ROOT}/tests/{module}/mod.rs"]\nmod {module.split("/")[-1]};\n'
        for module in BESIDE.get(room, [])
    )
    (package / "src" / "lib.rs").write_text(f"#![allow(dead_code, unused)]\n{modules}")
    manifest = (ROOT / "Cargo.toml").read_text()
    manifest = re.sub(r"(?ms)^\[\[(bin|test|bench|example)\]\]\n.*?(?=^\[|\Z)", "", manifest)
    manifest = re.sub(r"(?m)^(default-run|readme) = .*\n", "", manifest)
    # A name of its own, so that rooms that share a folder of builds share no result.
    manifest = manifest.replace('name = "prode"', f'name = "prode-{room}"', 1)
    manifest = manifest.replace("[lib]\n", '[lib]\nname = "prode"\ndoctest = false\n', 1)
    manifest = re.sub(r"(?ms)^\[lints[^\n]*\n.*?(?=^\[|\Z)", "", manifest)
    # Values of tests are large enough that unoptimised code is the longer part.
    profile = f"[workspace]\n\n[profile.dev]\nopt-level = {int(room not in LIGHT)}\n"
    manifest = manifest.replace("[profile.dev]\n", profile, 1)
    manifest = manifest.replace('debug = "line-tables-only"', "debug = false", 1)
    beside = [ROOT / "tests" / module for module in BESIDE.get(room, [])]
    manifest = needed(manifest, [package / "src", *beside])
    (package / "Cargo.toml").write_text(manifest)
    shutil.copy2(ROOT / "Cargo.lock", package / "Cargo.lock")
    for shared in ["templates", "tests", "wiki", "adr", "skills"]:
        link = package / shared
        if not link.exists():
            link.symlink_to(ROOT / shared)


def needed(manifest: str, folders: list[pathlib.Path]) -> str:
    """The manifest with those dependencies alone that files in folders name."""
    files = [file for folder in folders for file in folder.rglob("*.rs")]
    words = {word for file in files for word in re.findall(r"\w+", file.read_text())}
    lines, section = [], ""
    for line in manifest.splitlines(keepends=True):
        section = line.strip() if line.startswith("[") else section
        name = re.match(r"([\w-]+) = ", line)
        is_one = section in ("[dependencies]", "[dev-dependencies]") and name
        if not is_one or name[1].replace("-", "_") in words:
            lines.append(line)
    return "".join(lines)


def main() -> int:
    room = sys.argv[1]
    shard = sys.argv[2] if len(sys.argv) > 2 else "0/1"
    package = ROOT / "target" / "mutants" / room
    lay_out(room, package)
    command = ["cargo", "mutants", "--dir", str(package), "--in-place", "--no-shuffle"]
    command += ["--shard", shard, "--sharding", "round-robin"]
    command += ["--file", f"src/{room}.rs", "--file", f"src/{room}/**", "--exclude", "**/tests.rs"]
    command += ["--minimum-test-timeout", "90", "--colors", "never"]
    wanted = [f"{room}::"] + [f"{module.split('/')[-1]}::" for module in BESIDE.get(room, [])]
    command += ["--", "--lib", "--", *wanted]
    # What they stand on is built once for all rooms.
    ran = subprocess.run(command, cwd=package, env=os.environ | {"CARGO_TARGET_DIR": str(package.parent / "build")})
    if ran.returncode not in (0, 2, 3):
        return 1
    outcomes = json.loads((package / "mutants.out" / "outcomes.json").read_text())
    caught, missed, timeout = (outcomes[key] for key in ("caught", "missed", "timeout"))
    tried = caught + missed + timeout
    score = (caught + timeout) / tried if tried else 0.0
    print(
        f"{room}: {tried} tried, {caught} caught, {missed} missed, {timeout} timeouts, "
        f"{outcomes['unviable']} unviable; score {100 * score:.1f} %"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
