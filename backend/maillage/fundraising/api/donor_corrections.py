"""Who gave, put right by the treasurer of a recipient."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.selectors import RecentlyProved
from maillage.fundraising import services
from maillage.fundraising.api.treasury import reader
from maillage.fundraising.domain.declarations import Words
from maillage.fundraising.selectors.donor_corrections import donor_kept, donor_standing
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people


class DonorWordsOut(serializers.Serializer[Any]):
    """Who somebody is, as they declared it."""

    honorific = serializers.CharField(max_length=16, allow_blank=True)
    given_name = serializers.CharField(max_length=100, allow_blank=True)
    family_name = serializers.CharField(max_length=100, allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    nationality = serializers.CharField(max_length=2, allow_blank=True, help_text="ISO 3166-1")
    address_lines = serializers.CharField(max_length=400, allow_blank=True, help_text="tax address")
    postcode = serializers.CharField(max_length=16, allow_blank=True)
    city = serializers.CharField(max_length=100, allow_blank=True)
    country = serializers.CharField(max_length=2, allow_blank=True, help_text="ISO 3166-1, of the tax address")


class DonorCorrectionIn(DonorWordsOut):
    """What is right, and why. What the rules do not ask and nobody declared is left aside."""

    reason = serializers.CharField(max_length=300, allow_blank=True, help_text="kept beside what stood")
    after = serializers.IntegerField(min_value=0, help_text="corrections that there were when this was read")


class DonorStandingOut(DonorWordsOut):
    """What stands, and what follows when it is put right."""

    correctable = serializers.ListField(child=serializers.CharField(), help_text="what the rules ask, or they said besides")
    corrections = serializers.IntegerField(help_text="so far")
    donations = serializers.IntegerField(help_text="made with this declaration, or on their way")
    monthly = serializers.IntegerField(help_text="monthly donations that run with it")
    receipts = serializers.IntegerField(help_text="tax receipts that bear its names and address, and count")
    transmitted = serializers.IntegerField(help_text="donations that were told to the authority already")
    is_told = serializers.BooleanField(help_text="they proved their address, and are written to")
    in_open_batch = serializers.BooleanField(help_text="its row is changed in the batch instead")


class DonorStandingView(APIView):
    """What stands of who gave."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_donor", responses=DonorStandingOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say it, and what hangs on it. Whoever gave sees who read it."""
        at = now()
        donation = donor_kept(request.user, donation_id=id, now=at)
        named = [donation.donor.person_id] if donation.donor.person_id else []
        people.note_access(reader=request.user, role=Role.TREASURER, reading="fundraising.donation", person_ids=named, now=at)
        return Response(donor_standing(donation))


class CorrectDonorView(APIView):
    """Who gave, put right."""

    policy = "fundraising.books"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="fundraising_correct_donor", request=DonorCorrectionIn, responses={204: None})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Put it right for all that was given with this declaration; undone in the same way. They are told at the address they proved."""
        at = now()
        donation = donor_kept(request.user, donation_id=id, now=at)
        asked = DonorCorrectionIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        reason, after = said.pop("reason"), said.pop("after")
        services.correct_donor(donation_id=donation.pk, said=Words(**said), reason=reason, after=after, by=reader(request), now=at)
        return Response(status=204)
