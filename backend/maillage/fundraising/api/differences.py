"""What the books and the provider do not agree about, and why."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.treasury import PAGED, WhoseOut, WordsIn, note_read, page_asked, reader, whose
from maillage.fundraising.domain.words import (
    DifferenceKind,
)
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.treasury import recipient_kept
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.pages import keyset_page
from maillage.kernel.rest.permissions import SignedIn


class DifferenceOut(WhoseOut):
    """Something on which the books and the provider do not agree."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=DifferenceKind.choices)
    said = serializers.CharField(help_text="the kind, in the reader's language")
    reference = serializers.CharField(help_text="at the provider, or of the ledger")
    ours = serializers.IntegerField(allow_null=True, help_text="cents")
    theirs = serializers.IntegerField(allow_null=True, help_text="cents")
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    words = serializers.CharField(help_text="the explanation; empty: it waits for one")
    explained_at = serializers.DateTimeField(allow_null=True)


class DifferencesOut(serializers.Serializer[Any]):
    """A page of differences, the newest first."""

    items = DifferenceOut(many=True)
    next = serializers.CharField(allow_null=True)


class DifferencesView(APIView):
    """What the books and the provider do not agree about."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_differences",
        parameters=[OpenApiParameter("stands", str, enum=list(money.STANDS), description="open where nothing is said"), *PAGED],
        responses=DifferencesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        stands = request.query_params.get("stands", "open")
        if stands not in money.STANDS:
            raise Invalid(fields={"stands": [_("Choose one of what is offered.")]})
        page = keyset_page(money.differences_of(fund, stands=stands), keys=["-opened_at", "-id"], **page_asked(request))
        said = {kind.value: str(kind.label) for kind in DifferenceKind}
        note_read(request, page["items"], "fundraising.differences")
        return Response({**page, "items": [whose(row) | {"said": said[row["kind"]]} for row in page["items"]]})


class DifferenceView(APIView):
    """One difference."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_difference_explain", request=WordsIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Write down why it is so; it stays until it is gone, and is not red any more."""
        at = now()
        said = WordsIn(data=request.data)
        difference = money.difference_kept(request.user, id=id, now=at)
        said.is_valid(raise_exception=True)
        services.explain_difference(difference_id=difference.pk, words=said.validated_data["words"], by=reader(request), now=at)
        return Response(status=204)
