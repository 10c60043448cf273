"""Shapes that several answers share, for the schema."""

from typing import Any

from rest_framework import serializers


class AreaBriefOut(serializers.Serializer[Any]):
    """A place, briefly. `code` is canonical; `name` is in the language asked for."""

    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class SeatBriefOut(serializers.Serializer[Any]):
    """A seat that a place lies in."""

    code = serializers.CharField()
    name = serializers.CharField()


class ProblemOut(serializers.Serializer[Any]):
    """application/problem+json (RFC 9457); `code` is stable."""

    type = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)  # type: ignore[assignment]
