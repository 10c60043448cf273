"""The donations to the recipients that somebody keeps the books of: a list, a card of each, a file."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising.api.refunds import GivenBackOut, given_back_said
from maillage.fundraising.domain.listing import Asked, Before, Rhythm, Sort
from maillage.fundraising.domain.words import DonationState, EntryKind, HeldFor, Method, Nature, NearState
from maillage.fundraising.models import Donation, Fund
from maillage.fundraising.selectors.card import donation_card
from maillage.fundraising.selectors.excesses import near_kept
from maillage.fundraising.selectors.funds import text_of
from maillage.fundraising.selectors.listing import MORE_OF_THE_GIVER, donations_counted, donations_page, read_asked
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept, recipients_kept
from maillage.fundraising.selectors.waiting import Waiting, waiting_at
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.counts import CountOut
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people
from maillage.people.domain.reasons import LONGEST_REASON

BATCH = 500
"""How many donations are read, written into the log and sent at once."""


class EnvelopeNameOut(serializers.Serializer[Any]):
    """A part of a recipient."""

    code = serializers.CharField()
    name = serializers.CharField()


class RecipientKeptOut(serializers.Serializer[Any]):
    """A legal recipient whose treasurer the reader is."""

    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
    envelopes = EnvelopeNameOut(many=True)
    held = serializers.IntegerField(help_text="cards that wait for the treasurer's word")
    disputes = serializers.IntegerField(help_text="that may still be answered")
    differences = serializers.IntegerField(help_text="with the provider, to be explained")
    excesses = serializers.IntegerField(help_text="donations beyond a cap, to be decided")
    due_at = serializers.DateTimeField(allow_null=True, help_text="when the first of them is over without a word")


class TreasuryOut(serializers.Serializer[Any]):
    """All of them."""

    items = RecipientKeptOut(many=True)
    near_identities = serializers.IntegerField(help_text="pairs who may be one person, to be decided")


class DonationShareOut(serializers.Serializer[Any]):
    """How much of a donation goes to an envelope."""

    name = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")


class DonationRowOut(serializers.Serializer[Any]):
    """A donation in a list."""

    id = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)
    given_name = serializers.CharField(allow_blank=True, help_text="as the giver declared it")
    family_name = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    commune = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True, help_text="constituency")
    amount = serializers.IntegerField(help_text="cents")
    refunded = serializers.IntegerField(help_text="cents")
    currency = serializers.CharField()
    state = serializers.ChoiceField(choices=DonationState.choices)
    held_for = serializers.ChoiceField(choices=[*HeldFor.choices, ("", "")])
    method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])
    nature = serializers.ChoiceField(choices=Nature.choices)
    ref = serializers.CharField(allow_blank=True, help_text="ref or utm_source of the link that led here")
    is_monthly = serializers.BooleanField()
    is_returning = serializers.BooleanField(help_text="the same giver gave to this recipient before")
    shares = DonationShareOut(many=True, help_text="the rest stays with the recipient")


class DonationRowsOut(serializers.Serializer[Any]):
    """A page of them."""

    items = DonationRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class DonationStepOut(serializers.Serializer[Any]):
    """Something that happened to a donation, in the reader's language."""

    at = serializers.DateTimeField()
    what = serializers.CharField()
    said = serializers.CharField()


class LedgerLineOut(serializers.Serializer[Any]):
    """One side of an entry."""

    account = serializers.CharField(help_text="in the reader's language")
    fund = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents; debits are positive")


class LedgerEntryOut(serializers.Serializer[Any]):
    """What the books say."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    said = serializers.CharField()
    happened_at = serializers.DateTimeField()
    booked_on = serializers.DateField()
    lines = LedgerLineOut(many=True)


class DonationReceiptOut(serializers.Serializer[Any]):
    """The receipt that counts."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    issued_at = serializers.DateTimeField()


class DonationCardOut(DonationRowOut):
    """One donation, whole."""

    fund = serializers.CharField(help_text="code of the recipient")
    counted_on = serializers.DateField()
    declaration = serializers.CharField(allow_blank=True, help_text="version of the words that were ticked")
    honorific = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    nationality = serializers.CharField(allow_blank=True, help_text="ISO 3166-1")
    address_lines = serializers.CharField(allow_blank=True)
    elected = serializers.BooleanField(help_text="holds an elective office")
    is_proved = serializers.BooleanField(help_text="the owner of the address showed that it is theirs")
    steps = DonationStepOut(many=True, help_text="the earliest first")
    entries = LedgerEntryOut(many=True)
    receipt = DonationReceiptOut(allow_null=True, help_text="made by the recipient itself; null: there is none that counts")
    given_back = GivenBackOut(allow_null=True, help_text="null: nothing was received that might go back")


class DonationFileIn(serializers.Serializer[Any]):
    """What to take, and why."""

    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, help_text="the people concerned read it")
    filters = serializers.DictField(child=serializers.CharField(max_length=100, allow_blank=True), default=dict)


FILTERS = [
    OpenApiParameter("q", str, description="beginnings of names, an e-mail address, or an amount"),
    OpenApiParameter("envelope", str, description="code of an envelope that has a share"),
    OpenApiParameter("state", enum=DonationState.values),
    OpenApiParameter("method", enum=Method.values),
    OpenApiParameter("rhythm", enum=[*Rhythm]),
    OpenApiParameter("since", date),
    OpenApiParameter("until", date),
    OpenApiParameter("least", int, description="cents"),
    OpenApiParameter("most", int, description="cents"),
    OpenApiParameter("area", str, description="id of an area: givers at or below it"),
    OpenApiParameter("ref", str),
    OpenApiParameter("before", enum=[*Before], description="whether the same giver gave before"),
]
"""By which the list is narrowed."""


class TreasuryView(APIView):
    """What I keep the books of."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_treasury", responses=TreasuryOut)
    def get(self, request: Request) -> Response:
        """Return the recipients that I keep, with what waits for my word."""
        at = now()
        user = as_treasurer(request.user, now=at)
        kept = recipients_kept(user, now=at).order_by("code").prefetch_related("texts", "envelopes__texts")
        waiting = waiting_at([fund.pk for fund in kept], now=at)
        near = near_kept(user, now=at).filter(state=NearState.OPEN).count()
        return Response({"items": [_kept(fund, waiting[fund.pk]) for fund in kept], "near_identities": near})


class DonationsView(APIView):
    """The donations to one recipient."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_donations",
        parameters=[*FILTERS, OpenApiParameter("sort", enum=[*Sort]), OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=DonationRowsOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them; whoever gave sees who read it."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        page, people_ids = donations_page(
            fund,
            asked=read_asked(request.query_params),
            after=request.query_params.get("after"),
            limit=read_limit(request.query_params.get("limit")),
        )
        _note(request, people_ids, reading="fundraising.donations", at=at)
        return Response(page)


class DonationsCountView(APIView):
    """How many donations there are."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_donations_count", parameters=FILTERS, responses=CountOut)
    def get(self, request: Request, code: str) -> Response:
        """Count them as asked; it names nobody."""
        fund = recipient_kept(request.user, code=code, now=now())
        count, is_more = donations_counted(fund, asked=read_asked(request.query_params))
        return Response({"count": count, "is_more": is_more})


class DonationCardView(APIView):
    """One of them."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_donation_card", responses=DonationCardOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return it whole: who gave, what happened, what the books say. Of a recipient that the reader does not keep it is not there."""
        at = now()
        kept = recipients_kept(as_treasurer(request.user, now=at), now=at)
        donation = Donation.objects.select_related("fund", "donor").filter(pk=id, fund__in=kept).first()
        if donation is None:
            raise NotFound
        person_id = donation.donor.person_id
        _note(request, [person_id] if person_id else [], reading="fundraising.donation", at=at)
        back = given_back_said(donation) if donation.state == DonationState.SETTLED else None
        return Response({**donation_card(donation), "fund": donation.fund.code, "given_back": back})


class DonationsFileView(APIView):
    """The list as a file."""

    policy = "treasurer"
    permission_classes = [SignedIn, accounts.RecentlyProved]

    @extend_schema(operation_id="fundraising_donations_file", request=DonationFileIn, responses={(200, "text/csv"): OpenApiTypes.STR})
    def post(self, request: Request, code: str) -> StreamingHttpResponse:
        """Download it as CSV, cells that a spreadsheet would run made harmless; whoever gave sees who took it, and why."""
        at = now()
        reader = as_treasurer(request.user, now=at)
        fund = recipient_kept(reader, code=code, now=at)
        wanted = DonationFileIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = read_asked(wanted.validated_data["filters"])
        reason_id = people.give_file_reason(reader=reader, words=wanted.validated_data["reason"], now=at)
        lines = _lines(reader, fund, asked, reason_id=reason_id, at=at)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="donations-{fund.code}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def _kept(fund: Fund, waiting: Waiting) -> dict[str, Any]:
    return {
        "code": fund.code,
        "name": _name(fund),
        "currency": fund.currency,
        "envelopes": [{"code": each.code, "name": _name(each)} for each in sorted(fund.envelopes.all(), key=lambda each: each.code)],
        **vars(waiting),
    }


def _name(fund: Fund) -> str:
    text = text_of(fund, get_language())
    return text.name if text else fund.code


def _note(request: Request, person_ids: list[UUID], *, reading: str, at: datetime) -> None:
    people.note_access(reader=request.user, role=Role.TREASURER, reading=reading, person_ids=person_ids, now=at)


def _lines(reader: User, fund: Fund, asked: Asked, *, reason_id: UUID, at: datetime) -> Iterator[bytes]:
    """Write the file batch by batch, each one noted in the log before it leaves."""
    head = [
        _("Begun on"),
        _("Received on"),
        _("Amount"),
        _("Given back"),
        _("Currency"),
        _("State"),
        _("Method"),
        _("Nature"),
        _("Monthly"),
    ]
    head += [_("Title"), _("First name"), _("Family name"), _("Born on"), _("Nationality"), _("E-mail")]
    head += [_("Address"), _("Postcode and city"), _("Country"), _("Constituency"), _("Envelopes"), _("Source"), _("Number")]
    yield BYTE_ORDER_MARK + csv_line(head)
    after: str | None = ""
    while after is not None:
        page, people_ids = donations_page(fund, asked=asked, after=after, limit=BATCH, more=MORE_OF_THE_GIVER)
        people.note_access(
            reader=reader, role=Role.TREASURER, reading="fundraising.file", person_ids=people_ids, reason_id=reason_id, now=at
        )
        yield b"".join(csv_line(_cells(row, fund)) for row in page["items"])
        after = page["next"]


def _cells(row: dict[str, Any], fund: Fund) -> list[object]:
    return [
        day_in(row["started_at"], fund.time_zone),
        day_in(row["settled_at"], fund.time_zone) if row["settled_at"] else "",
        _decimal(row["amount"]),
        _decimal(row["refunded"]),
        row["currency"].upper(),
        DonationState(row["state"]).label,
        Method(row["method"]).label if row["method"] else "",
        Nature(row["nature"]).label,
        _("yes") if row["is_monthly"] else _("no"),
        row["honorific"],
        row["given_name"],
        row["family_name"],
        row["born_on"] or "",
        row["nationality"],
        row["email"],
        row["address_lines"],
        row["commune"],
        row["country"],
        row["place"],
        "; ".join(f"{share['name']} {_decimal(share['amount'])}" for share in row["shares"]),
        row["ref"],
        row["id"],
    ]


def _decimal(cents: int) -> str:
    """Write cents as a spreadsheet of any language reads them: with a point."""
    return f"{cents // 100}.{cents % 100:02}"
