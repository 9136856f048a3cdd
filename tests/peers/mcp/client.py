"""The Python client library of the protocol against the command line: lists, calls, cursors,
errors, resources and prompts, in both eras, over standard input and output and over HTTP.

The library checks each answer against the schema that the tool announced."""

import asyncio
import sys

from mcp import Client, StdioServerParameters
from memory import Count, Memory, listening, promised

MODES = {"2026-07-28": "2026-07-28", "2025-11-25": "legacy", "auto": "auto"}
# More pages than one part of a list holds.
MANY = 120


async def speak(memory, server, name, mode, count):
    async with Client(server, mode=mode) as client:
        version = "2025-11-25" if mode == "legacy" else "2026-07-28"
        count.check(f"{name}: version", client.protocol_version == version, client.protocol_version)
        tools = (await client.list_tools()).tools
        names = [tool.name for tool in tools]
        count.check(f"{name}: tools", names == [call[0] for call in memory.calls], names)
        for tool, given, command in memory.calls:
            result = await client.call_tool(tool, given)
            got = promised(result.structured_content or {})
            is_same = got == memory.command(command) if command else "run" in got
            count.check(f"{name}: {tool}", not result.is_error and is_same, got)
        await resources(client, memory, name, count)
        await prompts(client, memory, name, count)
        failed = await client.call_tool("get", {"ref": "wiki/nowhere.md"})
        told = memory.failure(["show", "wiki/nowhere.md"])
        text = failed.content[0].text
        count.check(f"{name}: a failing call", failed.is_error and all(it in text for it in told), (text, told))
        for what, work, words in [
            ("an unknown tool", client.call_tool("approve", {}), "there is no tool 'approve'"),
            ("an unknown page", client.read_resource("wiki://wiki/nowhere.md"), "nowhere"),
            ("a cursor of nobody", client.list_resources(cursor="x"), "the cursor is damaged"),
            ("an unknown prompt", client.get_prompt("approve"), "there is no prompt 'approve'"),
            ("a prompt without its argument", client.get_prompt("review-page"), "page"),
        ]:
            count.check(f"{name}: {what}", *await fails(work, words))


async def lists(memory, server, name, mode, count):
    """What comes in parts, of a memory with many pages."""
    async with Client(server, mode=mode) as client:
        await paging(client, memory, name, count)
        listed, parts = await listed_resources(client)
        pages = sorted(page["path"] for page in memory.command(["list"])["pages"])
        names = sorted(it.name for it in listed)
        count.check(f"{name}: resources in parts", parts > 1 and names == pages, (parts, names))


async def fails(work, words):
    try:
        return False, await work
    except Exception as error:  # the library's own type differs between releases
        return words in str(error), error


async def paging(client, memory, name, count):
    given, hits, parts = {"query": "queue", "limit": 50, "max_tokens": 1_000}, [], 0
    while True:
        answer = (await client.call_tool("query", given)).structured_content
        hits += answer["hits"]
        parts += 1
        if "next_cursor" not in answer:
            break
        given["cursor"] = answer["next_cursor"]
    whole = memory.command(["query", "queue", "-n", "50"])["hits"]
    count.check(f"{name}: a cursor", parts > 2 and hits == whole, (parts, len(hits), len(whole)))


async def listed_resources(client):
    listed, cursor, parts = [], None, 0
    while parts == 0 or cursor:
        part = await client.list_resources(cursor=cursor)
        listed += part.resources
        cursor, parts = part.next_cursor, parts + 1
    return listed, parts


async def resources(client, memory, name, count):
    templates = [it.uri_template for it in (await client.list_resource_templates()).resource_templates]
    count.check(f"{name}: templates", "wiki://{+path}" in templates and len(templates) == 4, templates)
    listed, _ = await listed_resources(client)
    pages = sorted(page["path"] for page in memory.command(["list"])["pages"])
    count.check(f"{name}: resources", sorted(it.name for it in listed) == pages, listed)
    for it in listed:
        read = (await client.read_resource(it.uri)).contents[0].text
        count.check(f"{name}: {it.uri}", read == (memory.repo / it.name).read_text(), read)


async def prompts(client, memory, name, count):
    names = [it.name for it in (await client.list_prompts()).prompts]
    count.check(f"{name}: prompts", names == ["triage-intake", "propose-learning", "review-page"], names)
    filled = await client.get_prompt("review-page", {"page": "wiki/workers.md"})
    text = filled.messages[0].content.text
    count.check(f"{name}: a prompt", "wiki/workers.md" in text, text)


async def main(binary):
    count = Count("python client")
    for work, memory in [(speak, Memory(binary)), (lists, Memory(binary, notes=MANY))]:
        stdio = StdioServerParameters(
            command=memory.binary, args=["mcp"], cwd=str(memory.repo), env=memory.environment
        )
        with listening(memory, {"http": memory.serving}) as urls:
            for way, server in [("stdio", stdio), ("http", urls["http"])]:
                for name, mode in MODES.items():
                    await work(memory, server, f"{way} {name}", mode, count)
    return count.close()


sys.exit(asyncio.run(main(sys.argv[1])))
