"""Coverage by fifths of income and rurality: open to all."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.insights.api.shapes import csv_answer
from maillage.insights.domain.fairness import SCALES
from maillage.insights.selectors.fairness import sources, splits
from maillage.kernel.rest.permissions import Anyone
from maillage.relays import selectors as relays


class FifthOut(serializers.Serializer[Any]):
    """A fifth of the seats: the first is the poorest, or the most rural."""

    number = serializers.IntegerField()
    seats = serializers.IntegerField()
    covered = serializers.IntegerField()
    lowest = serializers.FloatField()
    highest = serializers.FloatField()


class SplitOut(serializers.Serializer[Any]):
    """Seats by fifths of a scale; empty where no figures were imported. Seats without a figure stand apart."""

    name = serializers.ChoiceField(choices=[scale.name for scale in SCALES])
    indicator = serializers.CharField()
    credit = serializers.CharField(help_text="from where the figures come")
    fifths = FifthOut(many=True)
    unknown = serializers.IntegerField()
    unknown_covered = serializers.IntegerField()


class FairnessOut(serializers.Serializer[Any]):
    """One split for each scale."""

    items = SplitOut(many=True)


class FairnessView(APIView):
    """Are poor and rural places covered as others are?"""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="insights_fairness", responses=FairnessOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return the seats by fifths of income and of rurality."""
        network = relays.network(id)
        said = sources(network.country.country)
        return Response(
            {
                "items": [
                    {
                        "name": found.scale.name,
                        "indicator": found.scale.indicator,
                        "credit": said.get(found.scale.indicator, ""),
                        "fifths": [vars(fifth) for fifth in found.fifths],
                        "unknown": found.unknown,
                        "unknown_covered": found.unknown_covered,
                    }
                    for found in splits(network)
                ]
            }
        )


class FairnessExportView(APIView):
    """The same as a table to take away."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="insights_fairness_export", responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Download the fifths as CSV; seats without a figure are the lines without a number."""
        network = relays.network(id)
        head = [_("Scale"), _("Code of the figure"), _("Fifth"), _("Seats"), _("Covered seats"), _("From"), _("To")]
        lines: list[list[Any]] = []
        for found in splits(network):
            name, code = found.scale.name, found.scale.indicator
            lines += [[name, code, fifth.number, fifth.seats, fifth.covered, fifth.lowest, fifth.highest] for fifth in found.fifths]
            if found.unknown:
                lines.append([name, code, "", found.unknown, found.unknown_covered, "", ""])
        return csv_answer(head, lines, name="fairness")
