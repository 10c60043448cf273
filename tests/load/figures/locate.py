"""Placing one point: our view against a plain one that runs the covering query, and growth with the number of polygons."""

import csv
import math
import random
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from tests.load.bench import Figure, Result, compare, seconds
from tests.load.world import real_boundaries, territories

REQUESTS = 300
COPIES = 15


def figures() -> list[Figure]:
    """List what is measured."""
    grown = math.log(566 * (COPIES + 1)) / math.log(566)
    return [
        Figure("point", target=0.7, unit="of the throughput of a plain view with the covering query", better="above", measure=_point),
        Figure(
            "growth", target=round(grown, 2), unit=f"of the time, with {COPIES + 1} times the polygons", better="below", measure=_growth
        ),
        Figure("search", target=20.0, unit="ms, server time, 95th percentile", better="below", measure=_search),
    ]


@cache
def points() -> list[tuple[float, float]]:
    """Draw communes' inner points, by number of inhabitants: where people ask from."""
    with (real_boundaries() / "fr_communes.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["lat"] and row["population"] and row["kind"] == "commune"]
    chosen = random.Random(577).choices(rows, weights=[int(row["population"]) for row in rows], k=REQUESTS)
    return [(float(row["lat"]), float(row["lon"])) for row in chosen]


def _handler() -> Callable[[str, str], tuple[int, bytes]]:
    """Give a way to ask the whole WSGI application, all middlewares included, without a client's own costs."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    def ask(path: str, query: str) -> tuple[int, bytes]:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "HTTP_ACCEPT_LANGUAGE": "fr",
        }  # fmt: skip
        status: list[int] = []
        answer = application(environ, lambda line, headers, *_: status.append(int(line[:3])))
        body = b"".join(answer)
        answer.close()
        return status[0], body

    return ask


def _point() -> Result:
    import orjson
    from django.db import connection
    from django.test import override_settings
    from django.urls import clear_url_caches

    from maillage.territories.selectors import placing_set

    territories()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chosen = placing_set(country="FR")
    assert chosen
    with override_settings(ROOT_URLCONF="tests.load.bare.locate"):
        clear_url_caches()
        ask = _handler()
        ours = [f"lat={lat}&lon={lon}" for lat, lon in points()]
        bare = [f"set={chosen.pk}&lat={lat}&lon={lon}" for lat, lon in points()]
        pairs = [(ask("/api/v1/territories/locate/", one), ask("/bare/covering/", other)) for one, other in zip(ours, bare, strict=True)]
        correct = all(
            one[0] == 200 and (other[0] == 404 or orjson.loads(one[1])["area"]["code"] == orjson.loads(other[1])["code"])
            for one, other in pairs
        )
        result = compare(
            lambda: REQUESTS / seconds(lambda: [ask("/api/v1/territories/locate/", query) for query in ours]),
            lambda: REQUESTS / seconds(lambda: [ask("/bare/covering/", query) for query in bare]),
        )
    clear_url_caches()
    result.correct = correct
    return result


def _ask_all() -> list[Any]:
    from maillage.territories.domain import Position
    from maillage.territories.selectors import located

    return [located(position=Position(lat=lat, lon=lon), language="fr") for lat, lon in points()]


def _growth() -> Result:
    """Lay copies of all pieces and borders beside the real ones for the time of a transaction."""
    from django.db import connection, transaction

    territories()
    codes = [found and found.area_json for found in _ask_all()]
    few = [seconds(_ask_all) for _ in range(7)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO territories_areapiece (boundary_set_id, area_id, geometry, is_box, rank, doubtful)
            SELECT boundary_set_id, area_id, ST_Translate(geometry, 0, -8.0 * n), is_box, rank, doubtful
            FROM territories_areapiece, generate_series(2, %s) n WHERE ST_YMin(geometry) > 40""",
            [COPIES + 1],
        )
        cursor.execute(
            """INSERT INTO territories_areaborder (boundary_set_id, area_id, line)
            SELECT boundary_set_id, area_id, ST_Translate(line, 0, -1200000.0 * n)
            FROM territories_areaborder, generate_series(2, %s) n WHERE ST_YMin(line) > 4900000""",
            [COPIES + 1],
        )
        cursor.execute("ANALYZE territories_areapiece")
        cursor.execute("ANALYZE territories_areaborder")
        correct = [found and found.area_json for found in _ask_all()] == codes
        many = [seconds(_ask_all) for _ in range(7)]
        transaction.set_rollback(True)
    ours, reference = sorted(many)[3] * 1000 / REQUESTS, sorted(few)[3] * 1000 / REQUESTS
    return Result(
        ours=ours, reference=reference, ratio=ours / reference, correct=correct, note="milliseconds a point; the two cannot alternate"
    )


def _search() -> Result:
    """Ask for every beginning of the names of forty places."""
    import orjson

    territories()
    names = [
        "Saint-Denis",
        "Le Havre",
        "L'Isle-sur-la-Sorgue",
        "Paris",
        "Marseille",
        "Sainte-Foy-lès-Lyon",
        "Aÿ-Champagne",
        "Œuilly",
        "75011",
        "États-Unis",
    ]
    ask = _handler()
    from urllib.parse import quote

    queries = [quote(name[:length]) for name in names for length in range(1, len(name) + 1)]
    correct = all(orjson.loads(ask("/api/v1/territories/search/", f"q={quote(name)}")[1])["items"] for name in names)
    times = sorted(
        min(seconds(lambda query=query: ask("/api/v1/territories/search/", f"q={query}")) for _ in range(5)) for query in queries
    )  # type: ignore[misc]
    return Result(ours=times[int(len(times) * 0.95)] * 1000, correct=correct)
