"""The Python client library of the protocol lists and calls every tool, in both eras.

The library checks each answer against the schema that the tool announced."""

import asyncio
import sys

from mcp import Client, StdioServerParameters
from memory import Count, Memory, promised

MODES = {"2026-07-28": "2026-07-28", "2025-11-25": "legacy", "auto": "auto"}


async def speak(memory, name, mode, count):
    server = StdioServerParameters(
        command=memory.binary, args=["mcp"], cwd=str(memory.repo), env=memory.environment
    )
    async with Client(server, mode=mode) as client:
        version = "2026-07-28" if name == "auto" else name
        count.check(f"{name}: version", client.protocol_version == version, client.protocol_version)
        tools = (await client.list_tools()).tools
        names = [tool.name for tool in tools]
        count.check(f"{name}: tools", names == [call[0] for call in memory.calls], names)
        for tool, given, command in memory.calls:
            result = await client.call_tool(tool, given)
            got = promised(result.structured_content or {})
            is_same = got == memory.command(command) if command else "run" in got
            count.check(f"{name}: {tool}", not result.is_error and is_same, got)
        await paging(client, name, count)
        failed = await client.call_tool("get", {"ref": "wiki/nowhere.md"})
        count.check(f"{name}: a failing call", failed.is_error and "error (" in failed.content[0].text, failed)
        try:
            await client.call_tool("approve", {})
            count.check(f"{name}: an unknown tool", False)
        except Exception as error:  # the library's own type differs between releases
            count.check(f"{name}: an unknown tool", "there is no tool 'approve'" in str(error), error)


async def paging(client, name, count):
    given = {"query": "queue", "max_tokens": 500}
    hits = []
    while True:
        answer = (await client.call_tool("query", given)).structured_content
        hits += [hit["rank"] for hit in answer["hits"]]
        if "next_cursor" not in answer:
            break
        given["cursor"] = answer["next_cursor"]
    count.check(f"{name}: a cursor", len(hits) > 1 and hits == list(range(1, len(hits) + 1)), hits)


async def main(binary):
    memory, count = Memory(binary), Count("python client")
    for name, mode in MODES.items():
        await speak(memory, name, mode, count)
    return count.close()


sys.exit(asyncio.run(main(sys.argv[1])))
