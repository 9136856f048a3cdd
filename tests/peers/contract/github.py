"""What a repository on GitHub holds of the example `backend-500`."""

AT = "2026-11-03T14:01:20Z"
HELD = {
    "/user": {"login": "triage"},
    "/repos/acme/checkout": {"full_name": "acme/checkout"},
    "/repos/acme/checkout/deployments": [
        {"id": 8, "created_at": "2026-11-03T14:00:00Z", "environment": "production", "sha": "0123456789abcdef"},
    ],
    "/repos/acme/checkout/deployments/8/statuses": [{"state": "success", "created_at": AT}],
    "/repos/acme/checkout/releases": [{"tag_name": "checkout@2026.11.3", "published_at": AT, "created_at": AT}],
    "/repos/acme/checkout/pulls": [
        {"number": 14, "title": "cart: gift cards are looked up once", "merged_at": "2026-11-03T13:58:00Z", "updated_at": AT},
    ],
}


def said(path, _query, _content):
    return HELD.get(path, 404)
