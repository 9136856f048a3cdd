"""cold.py REPOSITORY DATABASE QUERIES: one question from a cold start, beside `true` and SQLite's FTS5 with snippets.

Five real alerts are asked. hyperfine times the three programs after each other, with output to the null device; the
last rows are timed here, with standard error in a pipe as an agent's client has it, where prode also looks for changes
in the work tree. Ratios are taken within one question, since a loaded machine changes every time."""
import json, os, pathlib, re, shlex, statistics, subprocess, sys, tempfile, time

repository, database, queries = sys.argv[1:]
prode, rounds = os.environ["PRODE"], os.environ["ROUNDS"]
alerts = [json.loads(line) for line in open(queries)]
alerts = [alert["query"] for alert in alerts if alert["label"] == "gold"][::37][:5]


def words(text):
    return list(dict.fromkeys(re.findall(r"[a-z]\w+", text.lower())))


def commands(text):
    match = " OR ".join(f'"{word}"' for word in words(text))
    select = f"SELECT path, snippet(pages, 2, '', '', '…', 30) FROM pages WHERE pages MATCH '{match}' ORDER BY rank LIMIT 10"
    return [["true"], [prode, "--repo", repository, "query", *words(text)], ["sqlite3", database, select]]


def hyperfine(rows):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.json"
        lines = [shlex.join(row) for row in rows]
        subprocess.run(["hyperfine", "-N", "--warmup", "10", "--runs", rounds, "--export-json", out, *lines],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return json.loads(out.read_text())["results"]


def piped(row):
    times = []
    for _ in range(int(rounds)):
        begun = time.perf_counter()
        subprocess.run(row, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def spread(ratios):
    return f"median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}"


subprocess.run([prode, "--repo", repository, "query", "warm"], stdout=subprocess.DEVNULL, check=True)
to_true, to_sqlite, fastest_to_true, noted = [], [], [], []
for text in alerts:
    print(" ".join(words(text)))
    rows = commands(text)
    empty, own, sqlite = hyperfine(rows)
    for name, row in (("true", empty), ("prode query", own), ("sqlite3", sqlite)):
        print(f"  {name:12} median {1e3 * row['median']:6.2f} ms, {1e3 * row['min']:.2f} to {1e3 * row['max']:.2f}")
    to_true.append(own["median"] / empty["median"])
    fastest_to_true.append(own["min"] / empty["min"])
    to_sqlite.append(own["median"] / sqlite["median"])
    noted.append((piped(rows[1]), piped(rows[0])))
    print(f"  standard error in a pipe: prode {1e3 * noted[-1][0]:.2f} ms, true {1e3 * noted[-1][1]:.2f} ms")
print(f"prode / true:    {spread(to_true)}; fastest runs {spread(fastest_to_true)}")
print(f"prode / sqlite3: {spread(to_sqlite)}")
print(f"with standard error in a pipe, prode / true: {spread([own / empty for own, empty in noted])}")
