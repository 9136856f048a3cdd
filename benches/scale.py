"""scale.py sizes PRODE QUERIES REPOSITORY... | commits PRODE QUERIES REPOSITORY COUNT

`sizes`: for each repository of pages, each ratio within one question or one run:
- a full index: wall, CPU, peak memory, and its bytes beside those of the text;
- a cold question beside `true`, SQLite's FTS5 with snippets, and `rg -c` of the same words;
- the first question after a commit of 20 pages, beside one where nothing moved;
- `show`, `links` and `list -n 50` beside a cold question, and one of 200 questions of a batch beside every tenth of them asked cold.
`commits`: COUNT commits of one page each, a question after each; then questions, shards and bytes beside those of the
same tree indexed at once. hyperfine times (ROUNDS runs each); standard output goes to the null device."""
import json, os, pathlib, re, shlex, shutil, sqlite3, statistics, subprocess, sys, tempfile, time

rounds = os.environ.get("ROUNDS", "100")


def words(text):
    return list(dict.fromkeys(re.findall(r"[a-z]\w+", text.lower())))


def hyperfine(rows):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "out.json")
        subprocess.run(["hyperfine", "-N", "-i", "--warmup", "10", "--runs", rounds, "--export-json", out, *map(shlex.join, rows)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        results = json.loads(out.read_text())["results"]
        return [row["median"] for row in results], [row["stddev"] for row in results]


def git(repository, *args):
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
    subprocess.run(["git", "-C", repository, *who, *args], check=True, stdout=subprocess.DEVNULL)


def size(folder, pattern="*"):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob(pattern) if path.is_file() and (pattern == "*" or ".git" not in path.parts))


def measured(row):
    """Wall and CPU seconds, and the most memory in MB."""
    begun = time.perf_counter()
    child = subprocess.Popen(row, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, row
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def shown(ratios):
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def edit(repository, pages, mark):
    for page in pages:
        with page.open("a") as file:
            file.write(f"\nMore {mark}.\n")
    git(repository, "commit", "--quiet", "--all", "--message", f"{mark}")


def sizes(prode, queries, *repositories):
    alerts = [it["query"] for it in map(json.loads, open(queries)) if it["label"] == "gold"][::37][:5]
    for repository in repositories:
        pages = sorted(path for path in pathlib.Path(repository).rglob("*.md") if ".git" not in path.parts)
        own = [prode, "--repo", repository]
        print(f"\n{len(pages)} pages, {size(repository, '*.md') / 1e6:.0f} MB of text")
        shutil.rmtree(pathlib.Path(repository, ".git/prode"), ignore_errors=True)
        wall, cpu, peak = measured([*own, "index"])
        bytes_ = size(pathlib.Path(repository, ".git/prode"))
        print(f"  full index: {wall:.2f} s, {cpu:.2f} s of CPU, peak {peak:.0f} MB, {bytes_ / size(repository, '*.md'):.3f} of the text")
        database = f"{repository}.db"
        subprocess.run([sys.executable, pathlib.Path(__file__).with_name("corpus.py"), "sqlite", repository, database], check=True)
        ratios = {name: [] for name in ("true", "fts5", "rg", "show", "links", "list")}
        for text in alerts:
            asked = words(text)
            match = " OR ".join(f'"{word}"' for word in asked)
            select = f"SELECT path, snippet(pages, 2, '', '', '…', 30) FROM pages WHERE pages MATCH '{match}' ORDER BY rank LIMIT 10"
            page = str(pages[len(pages) // 2].relative_to(repository))
            rows = {"own": [*own, "query", *asked], "true": ["true"], "fts5": ["sqlite3", database, select],
                    "rg": ["rg", "-c", "-i", "|".join(asked), repository], "show": [*own, "show", page],
                    "links": [*own, "links", page], "list": [*own, "list", "-n", "50"]}
            for name in ("own", "show", "links", "list"):
                measured(rows[name])  # fails where the command does: the timing would not
            medians, spread = hyperfine(rows.values())
            times = dict(zip(rows, medians))
            print(f"  cold {1e3 * times['own']:.2f} ms ± {1e3 * spread[0]:.2f}, " + ", ".join(f"{name} {1e3 * value:.2f}" for name, value in times.items() if name != "own"))
            for name in ("true", "fts5", "rg"):
                ratios[name].append(times["own"] / times[name])
            for name in ("show", "links", "list"):
                ratios[name].append(times[name] / times["own"])
        for name in ("true", "fts5", "rg"):
            print(f"  cold question / {name}: {shown(ratios[name])}")
        for name in ("show", "links", "list"):
            print(f"  {name} / cold question: {shown(ratios[name])}")
        many = [words(it["query"]) for it in map(json.loads, open(queries))][:200]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as batch:
            batch.write("".join(json.dumps({"qid": str(at), "query": " ".join(asked)}) + "\n" for at, asked in enumerate(many)))
            batch.flush()
            row = [*own, "query", "--batch", batch.name]
            took = [measured(row)[0] / len(many) for _ in range(5)]
        # Every tenth of the same questions, cold.
        cold, _ = hyperfine([[*own, "query", *asked] for asked in many[::10]])
        mean = statistics.mean(cold)
        print(f"  {len(many)} in a batch: {1e3 * statistics.median(took):.2f} ms each ({1e3 * min(took):.2f} to {1e3 * max(took):.2f}); {len(cold)} of them cold: {1e3 * mean:.2f} ms in the mean")
        print(f"  one of a batch / a cold one of the same: {statistics.median(took) / mean:.2f}")
        first, still = [], []
        for mark in range(10):
            edit(repository, pages[mark::len(pages) // 20][:20], mark)
            first.append(measured([*own, "query", *words(alerts[0])])[0])
            still.append(statistics.median(measured([*own, "query", *words(alerts[0])])[0] for _ in range(9)))
        print(f"  first question after a commit of 20 pages / one where nothing moved: {shown([a / b for a, b in zip(first, still)])}")


def commits(prode, queries, repository, count):
    alert = next(it["query"] for it in map(json.loads, open(queries)) if it["label"] == "gold")
    pages = sorted(path for path in pathlib.Path(repository).rglob("*.md") if ".git" not in path.parts)
    own = [prode, "--repo", repository]
    measured([*own, "index"])
    for mark in range(int(count)):
        edit(repository, [pages[mark * 7919 % len(pages)]], mark)
        measured([*own, "query", *words(alert)])
    fresh = f"{repository}-fresh"
    subprocess.run(["git", "clone", "--quiet", repository, fresh], check=True)
    measured([prode, "--repo", fresh, "index"])
    (moved, at_once), _ = hyperfine([[*own, "query", *words(alert)], [prode, "--repo", fresh, "query", *words(alert)]])
    folders = [pathlib.Path(it, ".git/prode") for it in (repository, fresh)]
    shards = len(list(folders[0].rglob("*.shard")))
    print(f"{len(pages)} pages, {count} commits: question {moved / at_once:.2f} of a fresh one, {shards} shards, {size(folders[0]) / size(folders[1]):.2f} of the bytes")


if __name__ == "__main__":
    if len(sys.argv) < 5 or sys.argv[1] not in ("sizes", "commits"):
        sys.exit(__doc__)
    globals()[sys.argv[1]](*sys.argv[2:])
