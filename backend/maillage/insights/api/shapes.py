"""How places and tables are written in answers."""

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.territories.models import Area


class AreaChoiceOut(serializers.Serializer[Any]):
    """An area above seats, of which the progress can be asked."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    kind_name = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    seats = serializers.IntegerField()


def csv_answer(head: list[Any], lines: list[list[Any]], *, name: str) -> HttpResponse:
    """Answer with a table as a file, each cell harmless."""
    answer = HttpResponse(BYTE_ORDER_MARK + b"".join(csv_line(line) for line in [head, *lines]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def area_shape(area: Area, *, seats: int) -> dict[str, Any]:
    """Name an area in the reader's language."""
    return {
        "id": area.pk,
        "kind": area.kind.code,
        "kind_name": area.kind.called,
        "code": area.code,
        "name": area.called,
        "seats": seats,
    }
