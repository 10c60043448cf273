"""Plain data as JSON, by orjson."""

from datetime import UTC, datetime
from uuid import UUID

import orjson
from django.utils.translation import gettext_lazy, override

from maillage.kernel.rest.renderers import OrjsonRenderer


def render(data):
    return OrjsonRenderer().render(data)


def test_instants_ids_and_lazy_words():
    with override("en"):
        body = render(
            {
                "at": datetime(2026, 11, 22, 12, tzinfo=UTC),
                "id": UUID(int=7),
                "word": gettext_lazy("invented"),
                "lines": (number for number in range(2)),
                1: None,
            }
        )
    assert orjson.loads(body) == {"at": "2026-11-22T12:00:00Z", "id": str(UUID(int=7)), "word": "invented", "lines": [0, 1], "1": None}


def test_nothing_is_no_body():
    assert render(None) == b""
    assert render({}) == b"{}"
