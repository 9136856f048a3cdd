"""pack.py PRODE REPOSITORY QUERIES [BUDGET]

Whether a context pack holds what should be read. For each gold question `route --budget` (1,500 tokens) packs sections. The
telling section of a right page is judged here and not by prode: the pages are cut at their headings, words are lower-case
parts of identifiers without the commonest, and of a page's sections with text the one is telling in which the question's
words weigh most (each word once, by how few sections of the whole corpus hold it). A pack holds it if one of its items
has its heading and its first line of text. Prints the share, what was missed, and how many tokens packs took at most."""
import json, math, pathlib, re, subprocess, sys

prode, repository, queries, *budget = sys.argv[1:]
budget = budget[0] if budget else "1500"
COMMON = set("a an and are as at be been by can for from has have if in into is it its not of on or that the this to was will with".split())


def words(text):
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", text)
    return {part.lower().rstrip("s") for part in parts if part.lower() not in COMMON}


def sections(text):
    """Heading and lines of each section."""
    found, fence = [("", [])], False
    for line in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S).splitlines():
        if re.match(r"\s*(```|~~~)", line):
            fence = not fence
        if not fence and re.match(r"#{1,6}\s", line):
            found.append((line.strip(), []))
        else:
            found[-1][1].append(line)
    return [(heading, [line for line in lines if line.strip()]) for heading, lines in found if any(line.strip() for line in lines)]


pages = {str(path.relative_to(repository)): sections(path.read_text(errors="replace"))
         for path in pathlib.Path(repository).rglob("*.md")}
every = [(heading, lines, words(heading + "\n" + "\n".join(lines))) for page in pages.values() for heading, lines in page]
holding = {}
for *_, held in every:
    for word in held:
        holding[word] = holding.get(word, 0) + 1


def telling(page, query):
    def weight(section):
        held = words(section[0] + "\n" + "\n".join(section[1])) & query
        return sum(math.log(len(every) / holding[word]) for word in held)
    return max(pages[page], key=weight, default=None)


gold = [it for it in map(json.loads, open(queries)) if it["label"] == "gold"]
held, largest, over, missed = 0, 0, 0, []
for it in gold:
    ran = subprocess.run([prode, "--repo", repository, "route", "--budget", budget, "--json", "-"], input=it["query"], capture_output=True, text=True)
    pack = json.loads(ran.stdout)["context"]
    largest = max(largest, pack["used"])
    over += pack["used"] > int(budget) or sum(-(-len(item["text"].encode()) // 4) for item in pack["items"]) > int(budget)
    texts = [(item["cite"].split("#")[0], item["text"]) for item in pack["items"]]
    wanted = [(page, telling(page, words(it["query"]))) for page in it["relevant"]]
    is_held = lambda page, section: any(path == page and section[0] in text and section[1][0] in text for path, text in texts)
    if any(section and is_held(page, section) for page, section in wanted):
        held += 1
    else:
        missed.append((it["query"][:60].replace("\n", " "), wanted[0][0], wanted[0][1] and wanted[0][1][0], [path for path, _ in texts]))
print(f"{held} of {len(gold)} packs of {budget} tokens hold the telling section of a right page ({100 * held / len(gold):.1f} %)")
print(f"the largest pack took {largest} tokens; {over} packs were over the budget")
for query, page, heading, got in missed:
    print(f"  missed: {query}: {page} {heading!r}; packed {', '.join(dict.fromkeys(got))}")
