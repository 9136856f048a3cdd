"""A server of the Python library with one tool that answers as a specialist."""

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations

server = MCPServer("answering", version="1.2")


@server.tool(annotations=ToolAnnotations(readOnlyHint=True))
def ask(request: dict) -> dict:
    """Answers one question of a run."""
    return {"schema": "prode.specialist.output/v1", "question": request["question"]}


@server.tool()
def write(request: dict) -> dict:
    """Declares nothing."""
    return ask(request)


server.run()
