"""abstention.py PRODE REPOSITORY TICKETS [QUERIES]

How often a memory says that it does not know. TICKETS has one ticket a line that no page answers (half of them from
other fields, half alerts of other systems); QUERIES are judged questions (`label` gold) that pages do answer: each of
those abstained from is lost. Prints both shares, and the tickets that were answered all the same."""
import json, pathlib, subprocess, sys, tempfile

prode, repository, tickets, *queries = sys.argv[1:]


def judged(tests):
    """The cases that did not come out as expected."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        for ticket, expect in tests:
            file.write(f"- ticket: {json.dumps(ticket)}\n  expect: {json.dumps(expect)}\n  within: 10\n")
        file.flush()
        ran = subprocess.run([prode, "--repo", repository, "eval", file.name, "--json"], stdout=subprocess.PIPE)
    return json.loads(ran.stdout)["failed"]


lines = [line.strip() for line in pathlib.Path(tickets).read_text().splitlines() if line.strip()]
answered = judged([(line, "none") for line in lines])
print(f"{len(lines) - len(answered)} of {len(lines)} tickets that no page answers were abstained from")
for case in answered:
    print(f"  answered: {case['text'][:70]}: {', '.join(case['got'][:2])}")
if queries:
    gold = [it for it in map(json.loads, open(queries[0])) if it.get("label") == "gold"]
    lost = [case for case in judged([(it["query"], it["relevant"][0]) for it in gold]) if case["abstained"]]
    print(f"{len(lost)} of {len(gold)} answerable questions were lost ({100 * len(lost) / len(gold):.1f} %)")
