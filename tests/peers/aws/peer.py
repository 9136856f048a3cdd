"""The built-in `aws` against moto: the example `queue-saturation` asked live, and what
stands in its way. Usage: peer.py BINARY SCRATCH
"""

import json
import logging
import os
import pathlib
import re
import subprocess
import sys

from botocore.credentials import Credentials
from moto.server import ThreadedMotoServer

from proxy import Proxy
from world import ACCOUNT, GROUP, QUEUE, REGION, World, at, shifted

BINARY, SCRATCH = sys.argv[1], pathlib.Path(sys.argv[2])
EXAMPLE = pathlib.Path(__file__).parents[3] / "src/ops/triage/examples/queue-saturation"
KEY, SECRET = "AKIA" + "PEER", "a-secret" + "-of-nobody"
MAY = {
    "GetCallerIdentity", "DescribeAlarms", "GetMetricData", "DescribeLogGroups", "FilterLogEvents",
    "ListQueues", "GetQueueUrl", "GetQueueAttributes", "ListServices", "DescribeServices",
}
SERVICE = {
    "alarms": ["billing-events-oldest-message-age"],
    "queues": [{"name": QUEUE, "oldest_above": 900, "supports": ["infra-capacity"]}],
    "ecs": ["prod/billing-worker"],
    "logs": [{"group": GROUP, "pattern": "ERROR", "would_refute": ["infra-capacity"]}],
}
passed = failed = 0


def check(what, holds, else_say=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print(("ok      " if holds else "FAILED  ") + what + ("" if holds else f": {else_say}"))


class Desk:
    """A repository with the example's page, and a user with these settings."""

    def __init__(self, url):
        self.url, self.number = url, 0

    def run(self, variables=(("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)), service=SERVICE, **more):
        self.number += 1
        folder = SCRATCH / str(self.number)
        home, repo = folder / "home", folder / "repo"
        (repo / "wiki").mkdir(parents=True)
        page = (EXAMPLE / "memory/queue-saturation.md").read_text()
        (repo / "wiki/queue-saturation.md").write_text(page)
        aws = {
            "region": REGION, "account": ACCOUNT, "endpoint": self.url,
            "variables": ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
            "services": {"billing-worker": service}, **more,
        }
        specialists = {"aws": aws}
        for name in ("postgres", "release"):
            answer = folder / f"{name}.json"
            answer.write_text(shifted((EXAMPLE / f"outputs/{name}.json").read_text()))
            specialists[name] = {"program": ["/bin/cat", str(answer)]}
        settings = home / ".config/prode/config.yaml"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"specialists": specialists}))
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull, **dict(variables)}
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        for words in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-q", "-m", "page"]):
            subprocess.run(["git", *words], cwd=repo, env=env, check=True)
        ticket = shifted((EXAMPLE / "ticket.json").read_text())
        words = [BINARY, "triage", "run", "-", "--json"]
        done = subprocess.run(words, cwd=repo, env=env, input=ticket, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{words}: {done.stderr}")
        run = json.loads(done.stdout)
        verified = subprocess.run([BINARY, "triage", "verify", run["run"]], cwd=repo, env=env, capture_output=True, text=True)
        check("  its run verifies", verified.returncode == 0, verified.stdout + verified.stderr)
        return run, done.stdout + done.stderr


def recorded():
    words = [BINARY, "triage", "examples", "run", "queue-saturation", "--json"]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def verdict(run):
    return [run[it] for it in ("decision", "classification", "confidence", "reasons")]


def claims(run):
    return [it["claim"] for it in run["bundle"]["findings"] if it["id"].startswith("aws")]


def gaps(run):
    return [(it["absence"], it["what"]) for it in run["bundle"]["gaps"] if it["specialist"] == "aws"]


def tool(run):
    return next(it for it in run["bundle"]["inventory"] if it["name"] == "aws")


def the_example_asked_live(desk, proxy, world):
    world.messages(3)
    run, said = desk.run()
    check("the queue's example, asked live, ends as it was recorded", verdict(run) == verdict(recorded()),
          f"{verdict(run)} {verdict(recorded())} {gaps(run)}")
    check("nothing of it is missing", gaps(run) == [], gaps(run))
    check("the inventory says as whom", tool(run)["identity"] == f"account {ACCOUNT}, user/moto", tool(run))
    check("and what can be sent", all(it in tool(run)["read_only"] for it in MAY), tool(run))
    for words in ("AWS/SQS ApproximateAgeOfOldestMessage", "was highest at", "1840", "above 900", "a day before: 4",
                  "changed to ALARM", "3 messages wait in queue billing-events", "8 of 8 tasks of prod/billing-worker"):
        check(f"a claim says: {words}", any(words in it for it in claims(run)), claims(run))
    receipts = {it["id"]: it for it in run["bundle"]["receipts"]}
    used = [receipts[it] for f in run["bundle"]["findings"] if f["id"].startswith("aws") for it in f["receipts"]]
    check("each receipt was captured", used and all(it["how"] == "captured" for it in used), used)
    check("the control found nothing in a time that the group has lines of",
          any(it["source"] == "aws:logs" and it["result"] == "empty" for it in run["bundle"]["negative_controls"]), run["bundle"]["negative_controls"])
    check("no secret is said", SECRET not in said, "it is")
    check("every kind of question was asked", set(proxy.asked) == MAY - {"ListQueues", "ListServices"}, proxy.asked)


def other_ways_to_list(desk, proxy):
    service = SERVICE | {"queues": [SERVICE["queues"][0] | {"name": "billing-*"}], "ecs": ["prod"]}
    run, _ = desk.run(service=service)
    check("queues by their beginning and a whole cluster end in the same", verdict(run) == verdict(recorded()), gaps(run))
    check("by lists that read", {"ListQueues", "ListServices"} <= set(proxy.asked), proxy.asked)


def what_the_logs_refute(desk, proxy, world):
    world.write("ERROR no such customer", [at("04:05")] * 450)
    run, _ = desk.run()
    check("lines that refute it are told, over all pages", any("450 lines of /ecs/billing-worker fit 'ERROR'" in it for it in claims(run)), claims(run))
    check("a page has 200 lines at most", proxy.asked.count("FilterLogEvents") == 3, proxy.asked)
    check("and nobody hands it off any more", run["decision"] == "stop", verdict(run))
    world.forget("ERROR")


def what_is_not_asked(desk, proxy):
    run, _ = desk.run(account="999999999999")
    check("credentials of another account ask for nothing but their name", proxy.asked == ["GetCallerIdentity"], proxy.asked)
    check("that is not searched, and stops", (run["decision"], gaps(run)[0][0]) == ("stop", "not_searched"), gaps(run))
    proxy.asked.clear()
    run, _ = desk.run(variables=())
    check("without credentials nothing leaves", (proxy.asked, run["decision"]) == ([], "stop"), proxy.asked)
    check("and why is said", "AWS_ACCESS_KEY_ID" in gaps(run)[0][1], gaps(run))


def what_is_not_there(desk):
    service = SERVICE | {"alarms": [*SERVICE["alarms"], "gone"], "queues": [{"name": "gone"}], "ecs": ["prod/gone"], "logs": [{"group": "/gone", "pattern": "x"}]}
    run, _ = desk.run(service=service)
    said = gaps(run)
    for words in ("there is no alarm 'gone'", "there is no such queue", "there is no service 'gone'", "there is no such log group"):
        check(f"it is told: {words}", any(words in what and absence == "not_searched" for absence, what in said), said)
    check("metrics without a value are of no window", any(absence == "outside_window" for absence, _ in said), said)
    check("and it stops", run["decision"] == "stop", verdict(run))


def what_is_throttled(desk, proxy):
    proxy.throttles = 1
    run, _ = desk.run()
    check("a throttled question is asked again", (proxy.throttles, verdict(run)) == (0, verdict(recorded())), gaps(run))


def whose_word_counts(desk, proxy, world):
    """With a user of the rights that the page asks for, without one of them, and with a
    secret that is another's; moto works signatures out itself."""
    page = (pathlib.Path(__file__).parents[3] / "wiki/asking-aws.md").read_text()
    rights = re.findall(r'"((?:cloudwatch|logs|sqs|ecs):[A-Za-z]+)"', page)
    check("the page asks for a right for each question that needs one",
          {it.split(":")[1] for it in rights} == MAY - {"GetCallerIdentity"}, rights)

    def run(key, secret):
        proxy.asked.clear()
        proxy.credentials = Credentials(key, secret)
        world.judges(True)
        told = desk.run(variables=(("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", secret)))[0]
        world.judges(False)
        return told

    key, secret = world.user(rights)
    told = run(key, secret)
    check("with these rights it ends as it was recorded", verdict(told) == verdict(recorded()), gaps(told))
    told = run(*world.user([it for it in rights if it != "logs:FilterLogEvents"]))
    said = [what for absence, what in gaps(told) if absence == "error"]
    check("without one of them that question is an error", any("read log lines" in it for it in said), gaps(told))
    check("and the run stops", told["decision"] == "stop", verdict(told))
    for what, keys in (("of another key", (key, "not" + secret)), ("of nobody", ("AKIA" + "NOBODY", secret))):
        told = run(*keys)
        check(f"a secret {what} is told as such", "are wrong, or have expired" in gaps(told)[0][1], gaps(told))
        check("and asks nothing else", set(proxy.asked) == {"GetCallerIdentity"}, proxy.asked)
    proxy.credentials = Credentials(KEY, SECRET)


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    _, port = moto.get_host_and_port()
    world = World(f"http://127.0.0.1:{port}")
    proxy = Proxy(port, KEY, SECRET)
    desk = Desk(proxy.url)
    everything = []
    for scene, given in (
        (the_example_asked_live, (desk, proxy, world)), (other_ways_to_list, (desk, proxy)),
        (what_the_logs_refute, (desk, proxy, world)), (what_is_not_asked, (desk, proxy)),
        (what_is_not_there, (desk,)), (what_is_throttled, (desk, proxy)),
        (whose_word_counts, (desk, proxy, world)),
    ):
        proxy.asked.clear()
        scene(*given)
        everything += proxy.asked
    check(f"{len(everything)} requests were of the ten questions and of no other", set(everything) <= MAY, set(everything) - MAY)
    check("each fits the API's model and is signed as botocore signs it", proxy.invalid == [], proxy.invalid[:3])
    print("not judged by moto: sessions that are over, patterns of logs beyond words, alarms that change by themselves")
    print(f"{passed} passed, {failed} failed")
    os._exit(1 if failed else 0)


main()
