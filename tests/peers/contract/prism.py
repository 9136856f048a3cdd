"""A published description that judges requests, and a proxy before it that records them.

Every request goes to prism first. What it does not take is kept as invalid; what it takes is
answered by `said`, or as the description has it where that knows nothing.
"""

import http.client
import json
import socket
import subprocess
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Prism:
    def __init__(self, program, description, log):
        self.port, self.description = free_port(), Description(description)
        words = [program, "mock", "-h", "127.0.0.1", "-p", str(self.port), str(description)]
        self.log = open(log, "w")
        self.process = subprocess.Popen(words, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(600):
            with socket.socket() as it:
                if it.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"prism does not listen, see {log}")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


class Description:
    """Which parameters each path takes: prism lets those pass that nobody described."""

    def __init__(self, path):
        self.whole = json.loads(path.read_text())

    def resolved(self, it):
        if "$ref" not in it:
            return it
        found = self.whole
        for part in it["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return found

    def unknown(self, method, path, names):
        """Parameters of a request that its path has not; all of them where there is no such path."""
        parts = path.split("/")

        def fits(template):
            wanted = template.split("/")
            return len(wanted) == len(parts) and all(w.startswith("{") or w == i for w, i in zip(wanted, parts))

        found = sorted((it for it in self.whole["paths"] if fits(it)), key=lambda it: it.count("{"))
        operation = self.whole["paths"][found[0]].get(method.lower()) if found else None
        if operation is None:
            return [path]
        listed = [self.resolved(it) for it in operation.get("parameters", [])]
        known = {it["name"] for it in listed if it["in"] == "query"}
        return [it for it in names if it not in known]


class Proxy:
    """`said(path, query)` is an answer, `None` for the description's own, or a status."""

    def __init__(self, prism, said):
        self.asked, self.invalid, self.said, self.headers = [], [], said, []
        self.description = prism.description
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_any(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                there = http.client.HTTPConnection("127.0.0.1", prism.port)
                # GitHub wants its own type asked for, and describes the plain one.
                headers = {k: v for k, v in self.headers.items() if k.lower() not in ("connection", "host", "accept")}
                there.request(self.command, self.path, body or None, headers)
                reply = there.getresponse()
                content = reply.read()
                outer.judge(self, reply, content)
                status = reply.status
                if status < 400:
                    status, content = self.said(content)
                self.send_response(status)
                for name, value in outer.headers:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(content)

            def said(self, content):
                path, _, query = self.path.partition("?")
                said = outer.said(urllib.parse.unquote(path), urllib.parse.parse_qs(query), content)
                if isinstance(said, int):
                    return said, b"{}"
                return 200, said if isinstance(said, bytes) else json.dumps(said).encode()

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def judge(self, request, reply, content):
        method, path = request.command, request.path
        path, _, query = path.partition("?")
        self.asked.append((method, path))
        # It holds its own examples to the description too: those are not ours.
        told = json.loads(reply.getheader("sl-violations") or "[]")
        wrong = [it for it in told if it["location"][0] == "request"]
        if reply.status >= 400 or wrong:
            self.invalid.append(f"{method} {path}: {reply.status} {wrong or content[:400]!r}")
        unknown = self.description.unknown(method, path, urllib.parse.parse_qs(query))
        if unknown:
            self.invalid.append(f"{method} {path}: nobody described {unknown}")
        if not (request.headers.get("authorization") or "").startswith("Bearer "):
            self.invalid.append(f"{method} {path}: it has no token")
