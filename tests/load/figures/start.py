"""What a web process costs: its memory after real requests, and how long until its first answer."""

import urllib.request

from tests.load.bench import Figure, Result, compare
from tests.load.processes import Web, web
from tests.load.world import campaign

OURS = ("config.wsgi:application", "config.settings.local")
BARE = ("tests.load.bare.wsgi:application", "tests.load.bare.settings")
WARMING = ("/fr/", "/en/", "/api/v1/territories/search/?q=paris", "/api/v1/territories/locate/?lat=48.85&lon=2.35", "/fr/places/")


def figures() -> list[Figure]:
    """The two figures of the group."""
    return [
        Figure(name="memory", target=170, unit="MiB resident per web process", better="below", measure=_memory),
        Figure(name="first-answer", target=2.5, unit="times a bare project's", better="below", measure=_first_answer),
    ]


def _memory() -> Result:
    campaign()
    with web(OURS[0], settings=OURS[1]) as ours:
        for _ in range(20):
            for path in WARMING:
                _ask(ours, path)
        return Result(ours=ours.resident_mib())


def _first_answer() -> Result:
    def ours() -> float:
        with web(OURS[0], settings=OURS[1]) as process:
            return process.first_answer

    def bare() -> float:
        with web(BARE[0], settings=BARE[1]) as process:
            return process.first_answer

    return compare(ours, bare, rounds=5)


def _ask(process: Web, path: str) -> None:
    with urllib.request.urlopen(process.address + path, timeout=30) as answer:
        answer.read()
