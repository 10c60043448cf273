"""The receipt of a donation in the hands of its treasurer: printed for who has no mailbox, cancelled where it is mistaken."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.api.treasury import reader
from maillage.fundraising.domain.receipts import WhyCancelled
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.receipt_pdf import cerfa_pdf
from maillage.fundraising.selectors.receipts import paper_of, papers_of, receipt_kept
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people

BY_HAND = [(str(why), why.label) for why in (WhyCancelled.CORRECTED, WhyCancelled.MISTAKEN)]


class CancelReceiptIn(serializers.Serializer[Any]):
    """Why a receipt does not count any more."""

    why = serializers.ChoiceField(choices=BY_HAND)


class ReceiptView(APIView):
    """The receipt of one donation."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_receipt", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Give the PDF of the receipt that counts, to be printed and posted. Whoever gave sees who read it."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        receipt = papers_of([donation]).get(donation.pk)
        if receipt is None:
            raise NotFound(code="no_receipt")
        paper = paper_of(receipt)
        person_id = receipt.donor.person_id
        named = [person_id] if person_id else []
        people.note_access(reader=request.user, role=Role.TREASURER, reading="fundraising.receipt", person_ids=named, now=at)
        headers = {"Content-Disposition": f'attachment; filename="recu-{paper.number}.pdf"', "Cache-Control": "no-store"}
        return HttpResponse(cerfa_pdf(paper), content_type="application/pdf", headers=headers)


class CancelReceiptView(APIView):
    """A receipt that was made by mistake."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_cancel_receipt", request=CancelReceiptIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Cancel it; the one that replaces it is made at once, for what is left of its donations."""
        at = now()
        receipt = receipt_kept(request.user, id=id, now=at)
        said = CancelReceiptIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.cancel_receipt(receipt_id=receipt.pk, why=WhyCancelled(said.validated_data["why"]), by=reader(request), now=at)
        return Response(status=204)
