"""The built-in `sentry` and `github` against the services' own descriptions: the example
`backend-500` asked live. Usage: peer.py BINARY PRISM SENTRY GITHUB SCRATCH, where a
description that is not at hand is `-`.
"""

import http.client
import json
import pathlib
import sys

from desk import Desk, Tally, verdict
import github as hub
from prism import Prism, Proxy
from sentry import World

BINARY, PRISM, SENTRY, GITHUB = sys.argv[1:5]
SCRATCH = pathlib.Path(sys.argv[5])
TOP = pathlib.Path(__file__).parents[3]
tally = Tally()
check = tally.check


def rows(source, kind="(Operation::"):
    """Paths of a room's table of operations, as a person reads it."""
    lines = (TOP / source).read_text().splitlines()
    return [it.split('"')[1] for it in lines if it.strip().startswith("(Operation::") and kind in it]


def fits(path, row):
    """True where a path is of a row of the table, whatever is filled in."""
    wanted, is_ = row.strip("/").split("/"), path.strip("/").split("/")
    return len(wanted) == len(is_) and all(w.startswith("{") or w == i for w, i in zip(wanted, is_))


def only_the_table(name, proxy, prefix, paths):
    check(f"{name}: every request is a GET", {method for method, _ in proxy.asked} == {"GET"}, proxy.asked)
    strange = [path for _, path in proxy.asked if not any(fits(path, prefix + row) for row in paths)]
    check(f"{name}: of a path of the table", strange == [], strange)
    unasked = [row for row in paths if not any(fits(path, prefix + row) for _, path in proxy.asked)]
    check(f"{name}: each of which was asked", unasked == [], unasked)
    check(f"{name}: and the description takes each one", proxy.invalid == [], proxy.invalid[:3])


def a_judge_that_judges(name, proxy, path, token):
    """Without this a description that takes everything would look like a client that errs in nothing."""
    host, port = proxy.url.removeprefix("http://").split(":")
    for path, headers, what in ((path, token, "a bad parameter"), (path.partition("?")[0], {}, "no token")):
        connection = http.client.HTTPConnection(host, int(port))
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        check(f"{name}: the description refuses {what}", proxy.invalid != [], path)
        proxy.invalid.clear()
    proxy.asked.clear()


def sentry():
    prism = Prism(PRISM, pathlib.Path(SENTRY), SCRATCH / "sentry.log")
    world = World()
    proxy = Proxy(prism, world.said)
    events = "/api/0/organizations/acme/events/?dataset=everything&field=count()"
    a_judge_that_judges("sentry", proxy, events, {"authorization": "Bearer of-nobody"})
    service = {"projects": ["checkout"], "environments": ["production"], "supports": ["app-regression"]}
    settings = {"organization": "acme", "endpoint": proxy.url, "token": "of-nobody", "days": 3650, "services": {"checkout": service}}
    desk = Desk(BINARY, SCRATCH / "sentry", check)
    run = desk.run({"sentry": settings})
    check("sentry: the example, asked live, ends as it was recorded", verdict(run) == verdict(desk.recorded()), desk.gaps(run, "sentry"))
    check("sentry: nothing of it is missing", desk.gaps(run, "sentry") == [], desk.gaps(run, "sentry"))
    named = desk.ticket().replace("sentry issue CHECKOUT-2F7: ", "")
    run = desk.run({"sentry": settings}, named)
    check("sentry: without its id the issue is found by its type", any("CHECKOUT-2F7" in it for it in desk.claims(run, "sentry")), desk.claims(run, "sentry"))
    numbered = desk.ticket().replace("CHECKOUT-2F7", "see https://sentry.example/issues/4711/")
    run = desk.run({"sentry": settings}, numbered)
    check("sentry: and by its number", any("412 events" in it for it in desk.claims(run, "sentry")), desk.gaps(run, "sentry"))
    only_the_table("sentry", proxy, "/api/0", rows("src/sentry/operation.rs"))

    # As the description has it, but for the names of what is asked for.
    def described(path, _query, content):
        return world.named(json.loads(content)) if path.rstrip("/").endswith("/acme") else content
    proxy.said = described
    service["projects"].append("pump-station")
    run = desk.run({"sentry": settings}, desk.ticket().replace("CHECKOUT-2F7", "PUMP-STATION-1"))
    strange = [what for _, what in desk.gaps(run, "sentry") if "is not understood" in what]
    check("sentry: the description's own answers are understood", strange == [], strange)
    prism.stop()


def github():
    prism = Prism(PRISM, pathlib.Path(GITHUB), SCRATCH / "github.log")
    proxy = Proxy(prism, hub.said)
    pulls = "/repos/acme/checkout/pulls?state=everything"
    a_judge_that_judges("github", proxy, pulls, {"authorization": "Bearer of-nobody"})
    proxy.headers = [("x-oauth-scopes", "read:org")]
    service = {"repos": ["acme/checkout"], "environments": ["production"]}
    settings = {"endpoint": proxy.url, "token": "of-nobody", "services": {"checkout": service}}
    desk = Desk(BINARY, SCRATCH / "github", check)
    run = desk.run({"github": settings}, instead=["release"])
    check("github: what was shipped stands for the recorded release", verdict(run) == verdict(desk.recorded()), desk.gaps(run, "github"))
    check("github: nothing of it is missing", desk.gaps(run, "github") == [], desk.gaps(run, "github"))
    for words in ("1 deployments of", "1 releases of", "#14 cart: gift cards"):
        check(f"github: a claim says: {words}", any(words in it for it in desk.claims(run, "github")), desk.claims(run, "github"))
    only_the_table("github", proxy, "", rows("src/changes/operation.rs", "Kind::GitHub"))
    proxy.said = lambda _path, _query, content: content
    run = desk.run({"github": settings})
    strange = [what for _, what in desk.gaps(run, "github") if "is not understood" in what]
    check("github: the description's own answers are understood", strange == [], strange)
    prism.stop()


skipped = 0
for name, description, judged in (("sentry", SENTRY, sentry), ("github", GITHUB, github)):
    if description == "-":
        skipped += 1
    else:
        judged()
print(f"{tally.passed} passed, {tally.failed} failed, {skipped} skipped")
sys.exit(tally.failed != 0)
