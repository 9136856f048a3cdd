"""Verdicts of three validators, side by side, over the packages of the zoo.

Where PyPI's and npm's `skills-ref` agree, prode's verdict must be theirs.
Where they do not, prode must say something about the package.
"""

import json
import subprocess
import sys
from pathlib import Path

from skills_ref.prompt import to_prompt
from skills_ref.validator import validate

from zoo import ROWS

binary, node, top = sys.argv[1], sys.argv[2], Path(sys.argv[3])
here = Path(__file__).parent
failures = []
passed = 0


def main():
    folders = [write(number, row) for number, row in enumerate(ROWS)]
    by_node = judged_by_node(folders)
    ours = judged_by_prode(folders)
    disputed = 0
    for folder, (title, _, _) in zip(folders, ROWS):
        python, npm, mine = judged_by_python(folder), by_node[str(folder)]["valid"], ours[str(folder)]
        rules = sorted({finding["rule"] for finding in mine["findings"]})
        if python == npm:
            check(f"{title}: {word(python)}", mine["valid"] == python, f"prode says {word(mine['valid'])} {rules}")
        else:
            disputed += 1
            check(f"{title}: disputed", bool(rules), f"PyPI {word(python)}, npm {word(npm)}, prode says nothing")
    check_prompt(folders)
    check_hash(by_node)
    print(f"{len(ROWS)} packages, {disputed} of them disputed between the validators")
    print(f"{passed} passed, {len(failures)} failed, 0 skipped")
    sys.exit(1 if failures else 0)


def write(number, row):
    _, folder, content = row
    files = content if isinstance(content, dict) else {"SKILL.md": content}
    package = top / f"{number:03}" / folder
    for path, text in files.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_bytes(text)
    return package


def judged_by_python(folder):
    try:
        return not validate(folder)
    except Exception:
        return False


def judged_by_node(folders):
    text = "\n".join(map(str, folders))
    run = subprocess.run(["node", here / "validate.mjs", node], input=text, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"npm's validator does not run: {run.stderr}")
    return json.loads(run.stdout)


def judged_by_prode(folders):
    run = subprocess.run([binary, "skill", "validate", "--json", "--", *folders], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"prode fails: {run.stderr}")
    return {skill["path"]: skill for skill in json.loads(run.stdout)["skills"]}


def check_prompt(folders):
    """The block for a system prompt is that of PyPI's library, byte by byte."""
    sound = [folder for folder in folders if judged_by_python(folder)]
    sound = [folder for folder in sound if (folder / "SKILL.md").exists()]
    for folder in sound:
        run = subprocess.run([binary, "skill", "to-prompt", folder], capture_output=True, text=True)
        theirs = to_prompt([folder]) + "\n"
        title = ROWS[folders.index(folder)][0]
        check(f"prompt of {title}", run.stdout == theirs or title in READ_OTHERWISE, f"{run.stdout}{run.stderr}\ninstead of\n{theirs}")


# A value that YAML readers do not read alike; both readings are said above.
READ_OTHERWISE = {"dashes in a value", "dashes in a quoted value", "dashes hide a key", "key after the fence"}


def check_hash(by_node):
    """The hash for lock files is the installer's, over names that sort badly."""
    package = top / "hash" / "triage"
    for path in ["SKILL.md", "a b.md", "a-b.md", "a_b.md", "a/b.md", "ab.md", "AB2.md", "Ab.md", "assets/Z.md", "assets/z2.md",
                 "scripts/10.sh", "scripts/9.sh", "\u00e9.md", "f.md", "node/x", ".hidden", "e.md"]:
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_bytes(path.encode())
    (package / "SKILL.md").write_bytes(b"---\nname: triage\ndescription: d\n---\n# T\n")
    theirs = judged_by_node([package])[str(package)]["hash"]
    repo = top / "hash-repo"
    (repo / "skills").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", repo], check=True)
    run = subprocess.run([binary, "--repo", repo, "skill", "install", package, "--json"], capture_output=True, text=True)
    ours = json.loads(run.stdout or "{}").get("computed_hash")
    check("hash of the installer", ours == theirs, f"{ours} instead of {theirs}: {run.stderr}")


def check(title, holds, why):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(title)
        print(f"failed: {title}: {why}")


def word(valid):
    return "valid" if valid else "invalid"


main()
