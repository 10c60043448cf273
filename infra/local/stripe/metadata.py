"""Metadata, and the other fields that anybody may rewrite."""

from typing import Any

from infra.local.stripe.errors import Refused

MOST, LONGEST_NAME, LONGEST_VALUE = 50, 40, 500


def merged(kept: dict[str, str], asked: Any) -> dict[str, str]:
    """Add to metadata; an empty value takes its name away, an empty text takes all away.

    Raises: Refused when there are too many, or one is too long.
    """
    if asked == "":
        return {}
    whole = {name: value for name, value in (kept | (asked or {})).items() if value != ""}
    if len(whole) > MOST:
        raise Refused(f"You can only have up to {MOST} metadata keys", param="metadata")
    for name, value in whole.items():
        if len(name) > LONGEST_NAME:
            raise Refused(f"Metadata keys must be {LONGEST_NAME} characters or less: {name}", param="metadata")
        if len(value) > LONGEST_VALUE:
            raise Refused(f"Metadata values must be {LONGEST_VALUE} characters or less", param=f"metadata[{name}]")
    return whole


def rewrite(body: dict[str, Any], asked: dict[str, Any], *fields: str) -> dict[str, Any]:
    """Write some asked fields over an object, an empty text as null, and give what they were before."""
    previous = {}
    for name in fields:
        if name in asked:
            value = merged(body["metadata"], asked[name]) if name == "metadata" else asked[name] or None
            if value != body[name]:
                previous[name] = body[name]
                body[name] = value
    return previous
