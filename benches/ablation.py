"""ablation.py PRODE REPOSITORY QUERIES FOLDER

What each ingredient of the ranking is worth: the benchmark set asked once with the built-in weights and once without each
ingredient (`routing.weights.NAME=0`), as differences of R@1, R@3 and nDCG@10 with 95 % bootstrap intervals over queries
(2,000 draws, fixed seed), gold and silver apart. Then leave-one-source-out: of 43 weightings (the built-in one; each weight
at nothing, half and double) the one that is best on all other sources, by nDCG@10, and what it does on the one left out,
beside what the built-in one does there. FOLDER holds the runs."""
import json, math, pathlib, random, subprocess, sys

prode, repository, queries, folder = sys.argv[1:]
USUAL = {"title": 2, "name": 2, "aliases": 2, "services": 1, "tags": 1, "signals": 2, "folders": 1, "heading": 0.5, "body": 1,
         "code": 0.1, "best_section": 0.35, "title_share": 0.2, "neighbours": 1, "abbreviations": 1}
SET = [json.loads(line) for line in open(queries) if line.strip()]


def measures(ranked, relevant):
    found = [path in relevant for path in ranked[:10]]
    gain = lambda at: 1 / math.log2(at + 2)
    best = sum(gain(at) for at in range(min(10, len(relevant))))
    return [sum(found[:1]) / len(relevant), sum(found[:3]) / len(relevant), sum(gain(at) for at, hit in enumerate(found) if hit) / best]


def run(name=None, value=None):
    """Measures by query, with one weight set."""
    given = ["--config", f"routing.weights.{name}={value}"] if name else []
    file = pathlib.Path(folder, f"{name}-{value}.jsonl")
    with file.open("w") as out:
        subprocess.run([prode, "--repo", repository, *given, "query", "--batch", queries], stdout=out, check=True)
    ranked = {row["qid"]: [it["path"] for it in row["ranked"]] for row in map(json.loads, file.open())}
    return {it["qid"]: measures(ranked.get(it["qid"], []), set(it["relevant"])) for it in SET}


def mean(rows):
    return sum(rows) / max(1, len(rows))


def interval(differences):
    draw, count = random.Random(1), len(differences)
    means = sorted(mean(draw.choices(differences, k=count)) for _ in range(2000))
    return means[50], means[1949]


usual = run()
runs = {(name, factor): run(name, value * factor) for name, value in USUAL.items() for factor in (0, 0.5, 2)}
for label in ("gold", "silver"):
    of = [it["qid"] for it in SET if it["label"] == label]
    values = [mean([usual[qid][at] for qid in of]) for at in range(3)]
    print(f"\n{label}, {len(of)} queries: R@1 {values[0]:.3f}, R@3 {values[1]:.3f}, nDCG@10 {values[2]:.3f}\n")
    print("| without | R@1 | R@3 | nDCG@10 |\n|---|---|---|---|")
    for name in USUAL:
        cells = []
        for at in range(3):
            gone = [runs[name, 0][qid][at] - usual[qid][at] for qid in of]
            low, high = interval(gone)
            cells.append(f"{mean(gone):+.3f} [{low:+.3f}, {high:+.3f}]")
        print(f"| {name} | " + " | ".join(cells) + " |")
print("\n| source left out | queries | nDCG@10, built in | chosen on the others | nDCG@10 with it |\n|---|---|---|---|---|")
for source in sorted({it["source"] for it in SET}):
    inside = [it["qid"] for it in SET if it["source"] == source]
    others = [it["qid"] for it in SET if it["source"] != source]
    candidates = {("built in", 1): usual, **runs}
    chosen = max(candidates, key=lambda key: mean([candidates[key][qid][2] for qid in others]))
    own, theirs = (mean([it[qid][2] for qid in inside]) for it in (usual, candidates[chosen]))
    print(f"| {source} | {len(inside)} | {own:.3f} | {chosen[0]} x {chosen[1]} | {theirs:.3f} |")
