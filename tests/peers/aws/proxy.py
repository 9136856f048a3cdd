"""What stands between prode and moto: records every request, holds it to the
API's own model, and works its signature out again.
"""

import http.client
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.validate import ParamValidator

SERVICES = {
    "GraniteServiceVersion20100801": "cloudwatch",
    "Logs_20140328": "logs",
    "AmazonSQS": "sqs",
    "AmazonEC2ContainerServiceV20141113": "ecs",
}
NAMES = {"cloudwatch": "monitoring"}
SESSION = botocore.session.get_session()
MODELS = {name: SESSION.get_service_model(name) for name in [*SERVICES.values(), "sts"]}
THROTTLED = json.dumps({"__type": "ThrottlingException", "message": "Rate exceeded"}).encode()


class Proxy:
    def __init__(self, port, key, secret):
        # What was asked, what of it is no valid request, how often AWS wants to wait.
        self.asked, self.invalid, self.throttles = [], [], 0
        self.credentials = Credentials(key, secret)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_any(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                outer.judge(self, body)
                if outer.throttles and "GetMetricData" in self.headers.get("x-amz-target", ""):
                    outer.throttles -= 1
                    return self.answer(400, THROTTLED)
                there = http.client.HTTPConnection("127.0.0.1", port)
                headers = {k: v for k, v in self.headers.items() if k.lower() != "connection"}
                there.request(self.command, self.path, body, headers)
                reply = there.getresponse()
                self.answer(reply.status, reply.read())

            def answer(self, status, content):
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def judge(self, request, body):
        try:
            service, operation, given = self.read(request, body)
            self.asked.append(operation)
            shape = MODELS[service].operation_model(operation).input_shape
            report = ParamValidator().validate(given, shape)
            if report.has_errors():
                self.invalid.append(f"{operation}: {report.generate_report()}")
            signed, sent = self.signature(request, body, service), request.headers["authorization"]
            if signed != sent:
                self.invalid.append(f"{operation}: signature {sent}, and it should be {signed}")
        except Exception as error:  # noqa: BLE001: whatever it is, it is told
            self.invalid.append(f"{request.command} {request.path}: {error!r}")

    def read(self, request, body):
        if (request.command, request.path) != ("POST", "/"):
            raise ValueError("it is no POST to /")
        target = request.headers.get("x-amz-target")
        if target:
            api, operation = target.split(".")
            return SERVICES[api], operation, json.loads(body)
        fields = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
        if fields.pop("Version") != MODELS["sts"].api_version or fields.pop("ContentType") != "JSON":
            raise ValueError("it is of another version or form")
        return "sts", fields.pop("Action"), fields

    def signature(self, request, body, service):
        """What botocore signs where these headers are signed at that time."""
        named = request.headers["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
        for name in ("host", "x-amz-date", "content-type"):
            if name not in named:
                raise ValueError(f"{name} is not signed")
        headers = {name: request.headers[name] for name in named}
        again = AWSRequest("POST", self.url + "/", headers=headers, data=body)
        again.context["timestamp"] = headers["x-amz-date"]
        auth = SigV4Auth(self.credentials, NAMES.get(service, service), "eu-west-1")
        text = auth.string_to_sign(again, auth.canonical_request(again))
        return (
            f"AWS4-HMAC-SHA256 Credential={auth.scope(again)}, "
            f"SignedHeaders={';'.join(named)}, Signature={auth.signature(text, again)}"
        )
