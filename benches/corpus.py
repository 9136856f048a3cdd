"""Makes the repositories that figures are taken on. Every byte follows from the arguments.

corpus.py pages SOURCE TARGET COUNT   COUNT pages, by varying those below SOURCE
corpus.py files TARGET COUNT          COUNT small files, 1,000 a folder at most
corpus.py commit TARGET               a repository of one commit of what TARGET holds
corpus.py sqlite SOURCE DATABASE      the same pages as an SQLite FTS5 table
corpus.py match TEXT                  the words of TEXT as an FTS5 question
"""
import os, pathlib, re, sqlite3, subprocess, sys, zlib

WORD = re.compile(r"[A-Za-z]{6,}")


def sources(folder):
    """The Markdown pages below a folder, in the order of their names."""
    return sorted(path for path in pathlib.Path(folder).rglob("*.md") if ".git" not in path.parts)


def varied(text, copy):
    """The text with every tenth long word made this copy's own, as another team's pages would have them."""

    def own(match):
        word = match.group()
        return word if zlib.crc32(f"{copy} {word}".encode()) % 10 else f"{word}{chr(97 + copy % 26)}"

    return WORD.sub(own, text)


def pages(source, target, count):
    found = sources(source)
    for number in range(int(count)):
        copy, page = divmod(number, len(found))
        text = found[page].read_text(errors="replace")
        path = found[page].relative_to(source)
        path = pathlib.Path(target) / (path if copy == 0 else pathlib.Path(f"team-{copy}") / path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if copy == 0 else varied(text, copy))


def files(target, count):
    for number in range(int(count)):
        folder = pathlib.Path(target) / f"area-{number // 1000:03}"
        if number % 1000 == 0:
            folder.mkdir(parents=True)
        (folder / f"page-{number % 1000:03}.md").write_text(f"# Page {number}\n\nNothing new.\n")


def commit(target):
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
           for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", "2026-01-01T00:00:00Z"))}
    env = {**os.environ, **who, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    for args in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "pages"], ["gc", "-q"]):
        subprocess.run(["git", "-c", "gc.auto=0", "-c", "maintenance.auto=false", *args], cwd=target, env=env, check=True)


def sqlite(source, database):
    table = sqlite3.connect(database)
    table.execute("CREATE VIRTUAL TABLE pages USING fts5(path UNINDEXED, title, body)")
    for path in sources(source):
        text = path.read_text(errors="replace")
        title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), path.stem)
        table.execute("INSERT INTO pages VALUES (?, ?, ?)", (str(path.relative_to(source)), title, text))
    table.execute("INSERT INTO pages(pages) VALUES ('optimize')")
    table.commit()


def match(text):
    print(" OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower()))))


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("pages", "files", "commit", "sqlite", "match"):
        sys.exit(__doc__)
    globals()[sys.argv[1]](*sys.argv[2:])
