"""Reads the form-encoded parameters of a request into nested ones: `a[b][0]=c` is {"a": {"b": {"0": "c"}}}."""

import re
from typing import Any
from urllib.parse import parse_qsl

from infra.local.stripe.errors import Refused

KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
PART = re.compile(r"\[([^\[\]]*)\]")


def read_form(text: str) -> dict[str, Any]:
    """Read a query or a body.

    Raises: Refused when a name cannot be read.
    """
    asked: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found = KEY.fullmatch(name)
        if not found:
            raise Refused(f"Received unknown parameter: {name}", code="parameter_unknown", param=name, saved=False)
        inside = asked
        parts = [found[1], *PART.findall(found[2])]
        for part in parts[:-1]:
            inside = inside.setdefault(_place(part, inside), {})
            if not isinstance(inside, dict):
                raise Refused(f"Invalid object: {name}", param=name, saved=False)
        inside[_place(parts[-1], inside)] = value
    return asked


def _place(part: str, inside: dict[str, Any]) -> str:
    """`[]` is the next place of a list."""
    return part or str(len(inside))


def flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Write nested parameters as sorted pairs, so that two requests can be compared."""
    if isinstance(value, dict):
        return sorted(pair for key, inner in value.items() for pair in flat(inner, f"{name}[{key}]" if name else key))
    return [(name, str(value))]
