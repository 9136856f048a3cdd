"""alerts.py pages TARGET | queries FILE | baselines TARGET QUERIES FOLDER

Alerts that patterns generate, and a memory as teams keep one for them: six patterns with a page each, twenty services
with a folder each (a front page, a page on scaling), and eight runbooks of one service for one pattern. Of the alerts of
a pattern only the name of the service differs. 20 services have 6 alerts each: 120 questions.

The right page is the runbook of that service for that pattern where there is one, else the service's front page: it is
what names owner, dashboards and dependencies. Names are neighbours on purpose (`redis`, `redis-cache`), and pages speak
of each other's services. Every byte follows from the tables below. `baselines` writes runs of plain BM25 (whole page,
words in lower case) and of SQLite's FTS5 (words joined by OR), in the form that `score.py` of the benchmark set reads.
"""
import collections, json, math, pathlib, re, sqlite3, sys

# name, what it does, its neighbours, its component that measures itself
SERVICES = [
    ("api", "answers requests of clients", ["auth", "ledger"], "rails_requests"),
    ("api-gateway", "routes requests to what answers them", ["api", "cdn"], "loadbalancer"),
    ("auth", "signs people in and keeps their sessions", ["redis-sessions", "mail"], "token_issuer"),
    ("billing", "makes invoices every night", ["ledger", "mail"], "invoice_worker"),
    ("cdn", "serves files close to the reader", ["web", "registry"], "edge_requests"),
    ("git", "takes pushes and serves clones", ["git-storage", "auth"], "workhorse"),
    ("git-storage", "keeps repositories on disks", ["git"], "goserver"),
    ("ledger", "books every payment twice", ["postgres"], "booking_writer"),
    ("mail", "sends letters and takes bounces", ["queue"], "smtp_out"),
    ("notifications", "tells people what happened", ["mail", "queue"], "fanout"),
    ("postgres", "keeps tables", ["postgres-replica"], "transactions_primary"),
    ("postgres-replica", "answers reading questions from a copy of tables", ["postgres"], "transactions_replica"),
    ("queue", "hands work from one process to another", ["redis"], "job_execution"),
    ("redis", "keeps small values in memory", ["redis-cache"], "primary_server"),
    ("redis-cache", "forgets what nobody asked for", ["redis"], "rails_redis_client"),
    ("redis-sessions", "keeps sessions until they end", ["redis", "auth"], "secondary_servers"),
    ("registry", "keeps images of containers", ["cdn", "auth"], "storage_api"),
    ("search", "finds documents by words", ["search-indexer"], "elasticsearch"),
    ("search-indexer", "writes documents into the index", ["search", "queue"], "indexing_bulk"),
    ("web", "draws pages for browsers", ["api", "cdn"], "puma"),
]

# name of its page, title, what an alert says, what the page explains
PATTERNS = [
    ("error-rate-slo", "Error rate violating SLO",
     "The {component} SLI of the {service} service ({stage} stage) has an error rate violating SLO. Currently the error rate is {value}.",
     "A service that answers with too many errors spends its error budget. The SLI counts failed requests, the SLO says how many may fail."),
    ("apdex-slo", "Apdex violating SLO",
     "The {component} SLI of the {service} service ({stage} stage) has an apdex violating SLO. Currently the apdex value is {value}.",
     "Apdex is the share of requests of a service that are fast enough. An SLI below its SLO for an hour pages somebody."),
    ("traffic-absent", "No traffic reported",
     "The {component} SLI of the {service} service ({stage} stage) has not reported any traffic in the past 30 minutes. This alert signifies that the SLI was reporting traffic before and no longer does: unless this is caused by planned maintenance, it needs investigation.",
     "An SLI that reports no traffic is broken itself, or nobody reaches the service. Look at who sends requests, then at what measures them."),
    ("saturation", "Saturation exceeding SLO",
     "The disk space utilization per device resource of the {service} service ({stage} stage) has a saturation exceeding SLO and is close to its capacity limit. Current value: {value}.",
     "A resource of a service close to its capacity limit will stop the service. Saturation is measured per device, per node and per process."),
    ("pod-crash", "Pods crash and restart",
     "Pod {service}-7d9c5{stage}-x2x4q of deployment {service} restarted {value} times within 10 minutes and is in waiting state (reason: CrashLoopBackOff).",
     "A container that ends again and again is restarted later and later. Read the logs of the previous container before anything else."),
    ("deploy-stalled", "Rollout does not finish",
     "The rollout of deployment {service} in namespace {service}-{stage} has not finished for {value} minutes: the number of updated replicas does not match the expected number.",
     "A rollout waits for replicas that do not become ready. Compare the new revision with the old one, and roll back when the cause is not plain."),
]

# service, pattern, title, text: runbooks of one service for one pattern
OWN = [
    ("git", "traffic-absent", "Pushes do not arrive", "No push was taken for half an hour: the workhorse of git reports no traffic. Ask whether the front ends refuse connections."),
    ("postgres", "saturation", "Disk of the primary is filling", "The disk space of the primary is close to its limit. Look for slots that hold the log back, then for a table that grew."),
    ("queue", "error-rate-slo", "Jobs fail", "The error rate of job execution is high. Find the worker whose jobs fail, and hold its shard."),
    ("redis-cache", "saturation", "Memory of the cache is full", "Saturation of memory in the cache: what nobody asked for is not forgotten fast enough. Look at the largest keys."),
    ("search-indexer", "deploy-stalled", "Rollout waits for a reindex", "The rollout of the indexer does not finish while a reindex holds its lock. Wait for it, or stop it."),
    ("registry", "error-rate-slo", "Images cannot be pulled", "The error rate of the storage api is high when the bucket refuses. Look at its status first."),
    ("auth", "apdex-slo", "Signing in is slow", "The apdex of the token issuer falls when hashing takes all processors. Count sign-ins by client."),
    ("web", "pod-crash", "Puma is killed", "The pods of web restart when puma takes more memory than it may. Compare with the last deploy."),
]

STAGES = ["main", "cny"]


def pages():
    """Every page by its path."""
    made = {}
    for name, title, alert, text in PATTERNS:
        said = alert.format(component="…", service="…", stage="main", value="…")
        steps = "\n".join(f"{at}. {step}" for at, step in enumerate([
            "Acknowledge, and look at the dashboard of the service.", "Ask whether something was deployed.",
            "Compare with the day before.", "Hand over to who owns the service, with what you saw."], 1))
        made[f"docs/alerts/{name}.md"] = f"# {title}\n\n{text}\n\n## The alert\n\n> {said}\n\n## What to do\n\n{steps}\n"
    titles = {name: title for name, title, *_ in PATTERNS}
    for name, does, near, component in SERVICES:
        beside = ", ".join(f"[{it}](../{it}/README.md)" for it in near)
        made[f"docs/{name}/README.md"] = (
            f"# {name.replace('-', ' ').capitalize()} service\n\nIt {does}.\n\n## Where to look\n\n* dashboard: {name} overview\n"
            f"* logs: index of {name}\n* its SLI: `{component}`\n\n## Depends on\n\n{beside}\n\n## Who owns it\n\nThe team of {name}.\n")
        made[f"docs/{name}/scaling.md"] = (
            f"# Scaling {name}\n\nMore replicas of {name} help while {near[0]} keeps up. Requests, errors, latency and saturation tell when: "
            f"look at them for the {name} service and for the {near[0]} service before and after.\n\n"
            f"## Capacity\n\nEach pod takes its share of traffic. A deployment of twice as many replicas halves it.\n")
    for service, pattern, title, text in OWN:
        made[f"docs/{service}/{pattern}.md"] = f"# {title}\n\n{text}\n\n## See also\n\n[{titles[pattern]}](../alerts/{pattern}.md)\n"
    return made


def queries():
    """Every alert with its right page."""
    own = {(service, pattern) for service, pattern, *_ in OWN}
    made = []
    for at, (service, _, _, component) in enumerate(SERVICES):
        for number, (pattern, _, alert, _) in enumerate(PATTERNS):
            text = alert.format(component=component, service=service, stage=STAGES[(at + number) % 2], value=f"{(7 * at + 13 * number) % 90 + 5}")
            page = f"docs/{service}/{pattern if (service, pattern) in own else 'README'}.md"
            label = "own" if (service, pattern) in own else "front"
            made.append({"qid": f"{service}-{pattern}", "query": text, "relevant": [page], "source": pattern, "label": label})
    return made


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def bm25(texts, questions):
    """Okapi BM25 over whole pages, k1 1.2, b 0.75."""
    bags = {path: collections.Counter(words(text)) for path, text in texts.items()}
    lengths = {path: sum(bag.values()) for path, bag in bags.items()}
    average, count = sum(lengths.values()) / len(lengths), len(bags)
    held = collections.Counter(word for bag in bags.values() for word in bag)

    def score(path, question):
        bag, norm = bags[path], 1.2 * (0.25 + 0.75 * lengths[path] / average)
        idf = {word: math.log(1 + (count - held[word] + 0.5) / (held[word] + 0.5)) for word in question if bag[word]}
        return sum(idf[word] * bag[word] * 2.2 / (bag[word] + norm) for word in idf)

    for question in questions:
        asked = set(words(question["query"]))
        scores = {path: score(path, asked) for path in bags}
        yield question["qid"], sorted(scores, key=lambda path: (-scores[path], path))[:10]


def fts5(texts, questions):
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE pages USING fts5(path UNINDEXED, body)")
    table.executemany("INSERT INTO pages VALUES (?, ?)", sorted(texts.items()))
    for question in questions:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(question["query"])))
        rows = table.execute("SELECT path FROM pages WHERE pages MATCH ? ORDER BY rank, path LIMIT 10", (match,))
        yield question["qid"], [row[0] for row in rows]


def main():
    what, target, *rest = sys.argv[1:] or ["", ""]
    if what == "pages":
        for path, text in pages().items():
            place = pathlib.Path(target) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    elif what == "queries":
        pathlib.Path(target).write_text("".join(json.dumps(it) + "\n" for it in queries()))
    elif what == "baselines" and len(rest) == 2:
        texts = {str(path.relative_to(target)): path.read_text() for path in pathlib.Path(target).rglob("*.md")}
        questions = [json.loads(line) for line in open(rest[0])]
        for name, run in (("bm25", bm25), ("fts5", fts5)):
            lines = (json.dumps({"qid": qid, "ranked": ranked}) + "\n" for qid, ranked in run(texts, questions))
            (pathlib.Path(rest[1]) / f"{name}.jsonl").write_text("".join(lines))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
