"""How the open data of the Assemblée nationale writes a value: once as itself, once as a list of one, once as an object with `#text`."""

from typing import Any


def part(node: Any, *names: str) -> Any:
    """Follow names down a document; None where one of them leads nowhere."""
    for name in names:
        node = node.get(name) if isinstance(node, dict) else None
    return node


def each(node: Any) -> list[Any]:
    """Everything that stands at a place, whether it is one thing, several or none."""
    return [one for one in node if one is not None] if isinstance(node, list) else [] if node is None else [node]


def text(node: Any) -> str:
    """A text, however it is wrapped; empty where there is none."""
    if isinstance(node, dict):
        node = node.get("#text")
    return node.strip() if isinstance(node, str) else ""
