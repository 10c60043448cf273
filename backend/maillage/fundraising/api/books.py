"""The books of a recipient: balances, the journal, years and their closing."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.selectors import RecentlyProved
from maillage.fundraising import services
from maillage.fundraising.api.treasury import note_entries_read
from maillage.fundraising.domain.closing import Bar
from maillage.fundraising.domain.exports.chart import chart_of
from maillage.fundraising.domain.words import Account, EntryKind
from maillage.fundraising.selectors.books import balances_of, entries_found, entry_of, lines_of, names_of, years_of
from maillage.fundraising.selectors.closing import bars_of
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.selectors.organisation import organisation

READING = "fundraising.journal"


class BalanceOut(serializers.Serializer[Any]):
    """What stands on an account, for the recipient or an envelope."""

    account = serializers.ChoiceField(choices=Account.choices)
    number = serializers.CharField(help_text="in the chart of accounts")
    name = serializers.CharField(help_text="in the chart of accounts")
    envelope = serializers.CharField(help_text="empty: the recipient itself")
    balance = serializers.IntegerField(help_text="cents; debits are positive")


class BookYearOut(serializers.Serializer[Any]):
    """A year of the books."""

    year = serializers.IntegerField()
    entries = serializers.IntegerField()
    debits = serializers.IntegerField(help_text="cents; as much stands on the other side")
    closed_at = serializers.DateTimeField(allow_null=True)


class BooksOut(serializers.Serializer[Any]):
    """The trial balance and the years."""

    currency = serializers.CharField()
    balances = BalanceOut(many=True)
    sum = serializers.IntegerField(help_text="of all balances: 0")
    years = BookYearOut(many=True)


class EntryLineOut(serializers.Serializer[Any]):
    """One side of an entry."""

    account = serializers.ChoiceField(choices=Account.choices)
    number = serializers.CharField(help_text="in the chart of accounts")
    name = serializers.CharField(help_text="in the chart of accounts")
    envelope = serializers.CharField(help_text="empty: the recipient itself")
    amount = serializers.IntegerField(help_text="cents; debits are positive")


class EntryRowOut(serializers.Serializer[Any]):
    """An entry in the journal."""

    id = serializers.IntegerField()
    key = serializers.CharField(help_text="what happened")
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    booked_on = serializers.DateField()
    happened_at = serializers.DateTimeField()
    donation = serializers.UUIDField(allow_null=True)
    amount = serializers.IntegerField(help_text="cents: the sum of its debits")
    lines = EntryLineOut(many=True)


class EntriesOut(serializers.Serializer[Any]):
    """A page of entries, the latest first."""

    items = EntryRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class EntryOut(serializers.Serializer[Any]):
    """One entry of the books."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    booked_on = serializers.DateField()
    happened_at = serializers.DateTimeField()
    written_at = serializers.DateTimeField()
    donation = serializers.UUIDField(allow_null=True)
    batch = serializers.UUIDField(allow_null=True)
    bank_line = serializers.UUIDField(allow_null=True, help_text="in which it was found at the bank")
    lines = EntryLineOut(many=True)


class BarOut(serializers.Serializer[Any]):
    """Something that is still to be done."""

    bar = serializers.ChoiceField(choices=[(bar.value, bar.value) for bar in Bar])
    count = serializers.IntegerField()


class ClosingOut(serializers.Serializer[Any]):
    """Whether a year can be closed."""

    year = serializers.IntegerField()
    closed_at = serializers.DateTimeField(allow_null=True)
    bars = BarOut(many=True)


class CloseIn(serializers.Serializer[Any]):
    """The year, typed once more: there is no way back."""

    year = serializers.IntegerField()


class BooksView(APIView):
    """The trial balance."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_books",
        parameters=[OpenApiParameter("until", OpenApiTypes.DATE, description="at the end of that day; empty: now")],
        responses=BooksOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """Say what stands on each account, envelopes apart, and which years there are."""
        fund = recipient_kept(request.user, code=code, now=now())
        until = serializers.DateField(required=False, allow_null=True).run_validation(request.query_params.get("until") or None)
        chart, names = chart_of(organisation().country), names_of(fund)
        found = balances_of(fund, until=until)
        balances = [
            {
                "account": each.account,
                "number": chart.accounts[each.account][0],
                "name": chart.accounts[each.account][1],
                "envelope": names[each.fund],
                "balance": each.cents,
            }
            for each in found
        ]
        balances.sort(key=lambda row: (str(row["number"]), str(row["envelope"])))
        years = [{name: getattr(each, name) for name in ("year", "entries", "debits", "closed_at")} for each in years_of(fund)]
        return Response({"currency": fund.currency, "balances": balances, "sum": sum(each.cents for each in found), "years": years})


class EntriesView(APIView):
    """The journal."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_entries",
        parameters=[
            OpenApiParameter("q", str, description="an amount, a reference, the number of a slip, the family name of who gave"),
            OpenApiParameter("kind", enum=EntryKind.values),
            OpenApiParameter("account", enum=Account.values),
            OpenApiParameter("envelope", str, description="its code"),
            OpenApiParameter("since", OpenApiTypes.DATE),
            OpenApiParameter("until", OpenApiTypes.DATE),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
        responses=EntriesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List entries with their lines, the latest day first."""
        fund = recipient_kept(request.user, code=code, now=now())
        asked: Mapping[str, str] = request.query_params.dict()
        page = keyset_page(
            entries_found(fund, asked), keys=["-booked_on", "-id"], after=asked.get("after"), limit=read_limit(asked.get("limit"))
        )
        ids = [row["id"] for row in page["items"]]
        note_entries_read(request, ids, READING)
        lines = lines_of(fund, ids)
        return Response({**page, "items": [row | {"lines": _shown(lines[row["id"]])} for row in page["items"]]})


class EntryView(APIView):
    """One entry."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_entry", responses=EntryOut)
    def get(self, request: Request, code: str, id: int) -> Response:
        """Return it with its lines and what it hangs on."""
        entry = entry_of(recipient_kept(request.user, code=code, now=now()), id)
        note_entries_read(request, [id], READING)
        return Response(entry | {"lines": _shown(entry["lines"])})


class ClosingView(APIView):
    """The closing of a year."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_closing", responses=ClosingOut)
    def get(self, request: Request, code: str, year: int) -> Response:
        """Say what still bars it."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        closed = fund.closed_years.filter(year=year).values_list("closed_at", flat=True).first()
        bars = {} if closed else bars_of(fund, year, now=at)
        told = [{"bar": bar, "count": count} for bar, count in bars.items()]
        return Response({"year": year, "closed_at": closed, "bars": told})


class CloseView(APIView):
    """A year closed for good."""

    policy = "treasurer"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="fundraising_close", request=CloseIn, responses=ClosingOut)
    def post(self, request: Request, code: str, year: int) -> Response:
        """Close it: nothing is written into it any more, and there is no way back. Safe to repeat."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        asked = CloseIn(data=request.data)
        asked.is_valid(raise_exception=True)
        if asked.validated_data["year"] != year:
            raise Invalid(code="invalid", fields={"year": [_("Type the year that you close.")]})
        closed = services.close_year(fund_id=fund.pk, year=year, by=as_treasurer(request.user, now=at), now=at)
        return Response({"year": year, "closed_at": closed.closed_at, "bars": []})


def _shown(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    accounts = chart_of(organisation().country).accounts
    named = [(line, *accounts[Account(line["account"])][:2]) for line in lines]
    return [line | {"number": number, "name": name} for line, number, name in named]
