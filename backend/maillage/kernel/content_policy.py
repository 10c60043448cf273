"""What one page may load beside what every page may."""

from collections.abc import Mapping, Sequence


def widened(policy: str, more: Mapping[str, Sequence[str]]) -> str:
    """Add sources to the directives of a content policy; a directive that was not there begins, and `'none'` gives way."""
    directives = {name: sources.split() for name, _space, sources in (each.strip().partition(" ") for each in policy.split(";"))}
    for name, sources in more.items():
        kept = [source for source in directives.get(name, []) if source != "'none'"]
        directives[name] = [*kept, *(source for source in sources if source not in kept)]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
