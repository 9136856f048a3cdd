"""serve.py PRODE REPOSITORY QUESTIONS [ENGINE]

A server that lasts, asked by wrk on the same machine (two threads; 32 connections unless said):
- questions a second, p50 and p99 of `query` over /mcp, and the server's own CPU a question,
  beside bare tantivy in one process (ENGINE, the example of that name) where it is given;
- the same while another writes one commit after the other;
- memory, taken each second over all of it;
- twice as much as the limits allow: answers at once, connections, requests a minute. Nothing but
  200, 429 and 503 may come, it recovers, and memory does not grow.

REPOSITORY is written to: tokens and commits. One client may ask 600 times a minute, so many tokens
take turns; the file that holds them is read for each request, which is part of what is measured.
LOAD_SECONDS (10) is the length of a measurement, BEYOND_SECONDS (5) that of each of the six
beyond the limits. Exits with 1 where an answer is wrong or none comes."""

import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

SECONDS = int(os.environ.get("LOAD_SECONDS", "10"))
# Of each of the six measurements beyond the limits.
BEYOND = int(os.environ.get("BEYOND_SECONDS", str(max(2, SECONDS // 2))))
CONNECTIONS = 32
# Enough for 4,000 questions a second: each has 600 at once, and 10 a second more.
LONGEST = max(SECONDS, 6 * BEYOND)
TOKENS = max(16, LONGEST * 4_000 // (600 + 10 * LONGEST))
HERE = pathlib.Path(__file__).resolve().parent
failures = []


def hold(what, holds, seen=""):
    if not holds:
        failures.append(what)
        print(f"  FAILED: {what} {seen}")


def git(repository, *args):
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
    subprocess.run(["git", "-C", repository, *who, *args], check=True, stdout=subprocess.DEVNULL)


class Server:
    """`prode serve` with some limits, and what the system says of it."""

    def __init__(self, prode, repository, **limits):
        settings = [word for name, value in limits.items() for word in ("--config", f"serve.{name}={value}")]
        words = [prode, "--repo", repository, "serve", "--addr", "127.0.0.1:0", "--json", *settings]
        self.run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.address = json.loads(self.run.stdout.readline())["address"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run.terminate()
        hold("an orderly end", self.run.wait(60) == 0)

    def memory(self):
        """Resident MB."""
        text = pathlib.Path(f"/proc/{self.run.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1000

    def cpu(self):
        """Seconds; a hundredth is the finest step."""
        fields = pathlib.Path(f"/proc/{self.run.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def metrics(self, token):
        """Series by their names."""
        status, text = self.ask("GET", "/metrics", None, {"Authorization": f"Bearer {token}"})
        assert status == 200, (status, text)
        rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, value in rows}

    def ask(self, method, path, body, headers):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def query(self, body, token):
        """Status, and milliseconds."""
        headers = {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "query",
            "Authorization": f"Bearer {token}",
        }
        begun = time.perf_counter()
        status, text = self.ask("POST", "/mcp", body, headers)
        if status == 200 and '"isError":true' in text:
            status = "limited" if "asked too often" in text else "wrong"
        return status, 1000 * (time.perf_counter() - begun)


class Memory:
    """Resident memory of a server each second, until it is told to stop."""

    def __init__(self, server):
        self.server, self.taken, self.over = server, [server.memory()], threading.Event()
        self.thread = threading.Thread(target=self.take)
        self.thread.start()

    def take(self):
        while not self.over.wait(1):
            self.taken.append(self.server.memory())

    def told(self):
        self.over.set()
        self.thread.join()
        first, rest = self.taken[0], self.taken[1:]
        third = max(1, len(rest) // 3)
        middle, last = rest[third : 2 * third] or rest, rest[-third:]
        means = [sum(part) / len(part) for part in (middle, last)]
        return f"{first:.0f} MB at first, {max(self.taken):.0f} at most; means of the middle and the last third {means[0]:.0f} and {means[1]:.0f}"


def tokens(prode, repository, scope, count):
    """Makes them, and gives them."""
    made = []
    for _ in range(count):
        name = f"load-{os.urandom(6).hex()}"
        words = [prode, "--repo", repository, "serve", "token", "add", name, "--scope", scope, "--json"]
        made.append(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)["token"])
    return made


def bodies(questions):
    rows = [json.loads(line)["query"][:2_000] for line in open(questions)]
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "load", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    call = lambda text: {"name": "query", "arguments": {"query": text, "limit": 10}, "_meta": meta}
    return [json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call(text)}) for text in rows]


class Load:
    """Files for wrk, and a run of it."""

    def __init__(self, folder, questions, made):
        self.bodies, self.made = questions, made
        self.questions, self.tokens = folder / "questions", folder / "tokens"
        self.questions.write_text("\n".join(questions) + "\n")
        self.tokens.write_text("\n".join(made) + "\n")

    def run(self, server, connections, seconds=SECONDS):
        words = ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", HERE / "serve.lua"]
        words += [f"http://{server.address}/mcp", "--", self.questions, self.tokens]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])


def shown(told, name, server):
    rate = told["good"] / told["seconds"]
    times = f"p50 {told['p50']:.1f} ms, p99 {told['p99']:.1f}, longest {told['max']:.0f}"
    print(f"  {name}: {rate:.0f} questions a second, {times}; {server.memory():.0f} MB")
    return rate


def sound(told, name):
    """Every question was answered."""
    bad = {key: told[key] for key in ("limited", "wrong", "rate", "busy", "other", "broken", "timeouts") if told[key]}
    hold(f"{name}: nothing but answers", not bad and told["good"], bad)


def storm(repository, pages, over, count):
    """One commit of one page after the other."""
    while not over.is_set():
        page = pages[count[0] * 37 % len(pages)]
        with page.open("a") as file:
            file.write(f"\nMore {count[0]}.\n")
        git(repository, "commit", "--quiet", "--all", "--message", f"storm {count[0]}")
        count[0] += 1


def lasting(prode, repository, load, scraper):
    """A server that is asked as fast as it answers, and then among commits."""
    with Server(prode, repository, concurrency=CONNECTIONS, rate=1_000_000) as server:
        hold("the first question", server.query(load.bodies[0], load.made[0])[0] == 200)
        load.run(server, CONNECTIONS, 2)
        memory, before = Memory(server), server.cpu()
        told = load.run(server, CONNECTIONS)
        cpu = server.cpu() - before
        sound(told, "32 connections")
        rate = shown(told, "32 connections", server)
        print(f"  the server's CPU: {1e6 * cpu / max(1, told['good']):.0f} us a question, {cpu / told['seconds']:.2f} cores")
        told = load.run(server, 1)
        shown(told, "1 connection", server)
        pages = sorted(path for path in pathlib.Path(repository).rglob("*.md") if ".git" not in path.parts)
        over, count = threading.Event(), [0]
        moves = server.metrics(scraper)["prode_index_moves_total"]
        writer = threading.Thread(target=storm, args=(repository, pages, over, count))
        writer.start()
        told = load.run(server, CONNECTIONS, 2 * SECONDS)
        over.set()
        writer.join()
        sound(told, "a storm of commits")
        shown(told, "a storm of commits", server)
        moves = server.metrics(scraper)["prode_index_moves_total"] - moves
        print(f"  {count[0] / told['seconds']:.1f} commits a second, to which the index moved {moves:.0f} of {count[0]} times")
        told = load.run(server, CONNECTIONS)
        shown(told, "after the storm", server)
        print(f"  memory: {memory.told()}")
    return rate


def beside(engine, repository, questions, rate):
    """Bare tantivy, asked in one process."""
    print(f"$ {engine} resident", file=sys.stderr)
    words = [engine, "resident", repository, questions]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    bare = int(re.search(r"bare tantivy (\d+)", out)[1])
    print("  " + out.strip().replace("\n", "\n  "))
    print(f"  over HTTP / bare tantivy in one process on two threads: {rate / bare:.2f}, wrk on the same cores")


def beyond(prode, repository, load):
    """Twice what the limits allow, three times over: it says so, recovers and does not grow."""
    made, question, at_once, most = load.made, load.bodies[0], 8, 64
    with Server(prode, repository, concurrency=at_once, connections=most, rate=1_000_000) as server:
        sizes = []
        for _ in range(3):
            told = load.run(server, 2 * at_once, BEYOND)
            hold("twice the answers at once: only 200 and 503", not any(told[it] for it in ("wrong", "rate", "other", "broken", "timeouts")), told)
            hold("twice the answers at once: some answers", told["good"] > 0, told)
            full = load.run(server, 2 * most, BEYOND)
            # A connection that is turned away gets its 503 and is closed, which wrk calls broken.
            hold("twice the connections: only 200 and 503", not any(full[it] for it in ("wrong", "rate", "other", "timeouts")), full)
            status, took = recovered(server, question, made)
            hold("recovers", status == 200, status)
            sizes.append(server.memory())
        print(f"  twice the answers at once ({2 * at_once} of {at_once}): {told['good']} answered, {told['busy']} told 503, p99 {told['p99']:.1f} ms")
        print(f"  twice the connections ({2 * most} of {most}): {full['good']} answered, {full['busy']} told 503, {full['broken']} closed")
        print(f"  afterwards one question: {status} after {took:.0f} ms; memory {', '.join(f'{size:.0f}' for size in sizes)} MB after each round")
        hold("memory does not grow", sizes[2] < 1.1 * sizes[1] + 5, sizes)
    rate = 600
    with Server(prode, repository, rate=rate) as server:
        # Those of ten seconds may come at once, and are gone after as long again.
        counts, pause, seconds = {}, 60 / (2 * rate), 20
        begun, number = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            status, _ = server.query(question, made[0])
            counts[status] = counts.get(status, 0) + 1
            number += 1
            time.sleep(max(0, begun + number * pause - time.perf_counter()))
        hold("twice the rate: only 200 and 429", counts.keys() == {200, 429}, counts)
        print(f"  twice the rate ({2 * rate} of {rate} a minute, {seconds} s): {counts}")
        status, _ = recovered(server, question, made[1:])
        hold("another token is answered meanwhile", status == 200, status)


def recovered(server, question, made):
    """What one question is told, and how many milliseconds after the load: what nobody waits for any more still
    takes its place. By a token that has asked little."""
    begun = time.perf_counter()
    for token in reversed(made):
        status, _ = server.query(question, token)
        while status == 503 and time.perf_counter() - begun < 30:
            time.sleep(0.05)
            status, _ = server.query(question, token)
        if status != "limited":
            break
    return status, 1000 * (time.perf_counter() - begun)


def main(prode, repository, questions, engine=None):
    asked = bodies(questions)
    subprocess.run([prode, "--repo", repository, "index"], check=True, capture_output=True)
    print(f"{len(asked)} questions; {TOKENS} tokens take turns")
    made = tokens(prode, repository, "query", TOKENS)
    [scraper] = tokens(prode, repository, "metrics", 1)
    with tempfile.TemporaryDirectory() as folder:
        load = Load(pathlib.Path(folder), asked, made)
        rate = lasting(prode, repository, load, scraper)
        if engine:
            beside(engine, repository, questions, rate)
        # How often a client asked is the server's own knowledge: a new one begins anew.
        beyond(prode, repository, load)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
