"""What an organization at Sentry holds of the example `backend-500`."""

NEW, OLD = "checkout@2026.11.3", "checkout@2026.11.2"
ISSUE = {
    "id": "4711", "shortId": "CHECKOUT-2F7", "project": {"id": "11", "slug": "checkout"},
    "metadata": {"type": "TypeError"}, "culprit": "applyGiftCard",
    "firstSeen": "2026-11-03T14:03:11Z", "lastSeen": "2026-11-03T14:58:00Z",
}
EVENTS = [(NEW, "2026-11-03T14:03:11Z", 1), (NEW, "2026-11-03T14:58:00Z", 411)]
FRAMES = [{"function": "applyGiftCard", "filename": "cart/gift_card.js", "lineNo": 41}]
LATEST = {"entries": [
    {"type": "exception", "data": {"values": [{"type": "TypeError", "stacktrace": {"frames": FRAMES}}]}},
    {"type": "breadcrumbs", "data": {"values": [{"category": "fetch"}]}},
]}


class World:
    def named(self, organization):
        return organization | {"slug": "acme", "access": ["event:read", "org:read", "project:read"], "id": "11"}

    def said(self, path, query, _content):
        parts = path.removeprefix("/api/0/").strip("/").split("/")
        match parts:
            case ["organizations", "acme"]:
                return self.named({})
            case ["projects", "acme", "checkout"]:
                return {"id": "11", "slug": "checkout", "dateCreated": "2020-01-01T00:00:00Z"}
            case ["organizations", "acme", "shortids", "CHECKOUT-2F7"]:
                return {"group": ISSUE}
            case ["organizations", "acme", "issues", "4711"]:
                return ISSUE
            case ["organizations", "acme", "issues", "4711", "events", "latest"]:
                return LATEST
            case ["organizations", "acme", "issues"]:
                return [ISSUE]
            case ["organizations", "acme", "events"]:
                return {"data": self.counts(query)}
            case ["organizations", "acme", "stats_v2"]:
                return {"groups": [{"by": {"outcome": "accepted"}, "totals": {"sum(quantity)": 412}}]}
            case ["projects", "acme", "checkout", "releases"]:
                released = [(NEW, "2026-11-03T14:01:20Z"), (OLD, "2026-11-02T09:00:00Z")]
                return [{"version": it, "dateCreated": at} for it, at in released]
        return 404

    def counts(self, query):
        """Events by release, as the search says; times compare as they are written."""
        words = query["query"][0].split(" ")
        without = words[1].removeprefix("!release:").strip('"') if len(words) > 1 else None
        start, end = query["start"][0], query["end"][0]
        found = [it for it in EVENTS if words[0] == "issue:CHECKOUT-2F7" and it[0] != without and start <= it[1] <= end]
        return [
            {"release": it, "environment": "production", "count()": sum(n for r, _, n in found if r == it),
             "min(timestamp)": min(at for r, at, _ in found if r == it),
             "max(timestamp)": max(at for r, at, _ in found if r == it)}
            for it in sorted({r for r, _, _ in found})
        ]
