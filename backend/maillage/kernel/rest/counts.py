"""How many rows a list has, counted no further than is worth it."""

from typing import Any

from rest_framework import serializers


class CountOut(serializers.Serializer[Any]):
    """How many there are, as far as they are counted."""

    count = serializers.IntegerField()
    is_more = serializers.BooleanField(help_text="there are more than that")
