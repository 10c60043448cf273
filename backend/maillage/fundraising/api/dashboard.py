"""Figures of a recipient: what was given by day, amount, giver and source."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.fundraising.domain import findings
from maillage.fundraising.domain.counting import month_of
from maillage.fundraising.domain.longtail import Bin, Part, between, largest, lorenz, mean, quantile, tiers, whole
from maillage.fundraising.domain.regular import following
from maillage.fundraising.models import Fund
from maillage.fundraising.selectors import dashboard
from maillage.fundraising.selectors.funds import text_of
from maillage.fundraising.selectors.raised import towards_goal
from maillage.fundraising.selectors.treasury import fund_kept, recipient_kept, recipients_kept
from maillage.fundraising.services import rollups
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.permissions import SignedIn

DAYS_SHOWN = 30
"""Days of the series, today included, where all time or a running month is asked."""
MONTHS_SHOWN = 24
PERIOD = OpenApiParameter("period", str, description="a month (2026-11), a year (2026) or all; the running month where absent")


class FundChoiceOut(serializers.Serializer[Any]):
    """A recipient or envelope of which the reader may see figures."""

    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
    recipient = serializers.CharField(allow_null=True, help_text="of an envelope: the code of its recipient")
    reads = serializers.ChoiceField(choices=["all", "months"], help_text="all of it; or months that are over, by place")


class TierOut(serializers.Serializer[Any]):
    """Donations, or givers, from an amount on and under another."""

    least = serializers.IntegerField(help_text="cents")
    below = serializers.IntegerField(allow_null=True, help_text="cents; null: and more")
    number = serializers.IntegerField()
    cents = serializers.IntegerField()
    share = serializers.FloatField(help_text="of the cents, 0 to 1")
    is_small = serializers.BooleanField(help_text="under the threshold")


class CurveToldOut(serializers.Serializer[Any]):
    """How donations, or givers, part the sum, as far as everybody may read it."""

    number = serializers.IntegerField()
    cents = serializers.IntegerField()
    small_number = serializers.IntegerField(help_text="under the threshold")
    small_cents = serializers.IntegerField()
    points = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        help_text="share of all, the smallest first; share of the sum",
    )
    tiers = TierOut(many=True)
    title = serializers.CharField(help_text="the finding")
    said = serializers.CharField()


class CurveOut(CurveToldOut):
    """How donations, or givers, part the sum."""

    mean = serializers.IntegerField(help_text="cents")
    median = serializers.IntegerField(help_text="cents, within half a hundredth")


class DayOut(serializers.Serializer[Any]):
    """What was given on a day and stayed; `back` went back since."""

    day = serializers.DateField()
    donations = serializers.IntegerField()
    cents = serializers.IntegerField()
    back = serializers.IntegerField()


class MonthOut(serializers.Serializer[Any]):
    """Who gave in a month: for the first time, and again."""

    month = serializers.CharField()
    new = serializers.IntegerField()
    new_cents = serializers.IntegerField()
    again = serializers.IntegerField()
    again_cents = serializers.IntegerField()


class DashboardOut(serializers.Serializer[Any]):
    """What was given to a fund in a period. Dues are not counted; what went back is taken off the day on which it was given."""

    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
    period = serializers.CharField(help_text="2026-11, 2026, or all")
    periods = serializers.ListField(child=serializers.CharField())
    today = serializers.DateField(help_text="where the recipient is")
    goal = serializers.IntegerField(allow_null=True)
    goal_from = serializers.DateField(allow_null=True, help_text="first day that counts towards the goal; null: all that was ever given")
    goal_on = serializers.DateField(allow_null=True)
    goal_cents = serializers.IntegerField(allow_null=True, help_text="what counts towards the goal; null where there is none")
    small_under = serializers.IntegerField(help_text="the threshold, cents")
    passes_bar = serializers.BooleanField()
    bar_said = serializers.CharField()
    people = serializers.IntegerField()
    new_people = serializers.IntegerField(help_text="gave for the first time")
    new_said = serializers.CharField()
    monthly_number = serializers.IntegerField(help_text="monthly donations that go on")
    monthly_cents = serializers.IntegerField(help_text="what they bring a month")
    donations = CurveOut()
    givers = CurveOut()
    first_day = serializers.DateField(help_text="of the series of days")
    last_day = serializers.DateField()
    days = DayOut(many=True)
    days_title = serializers.CharField()
    outstanding = serializers.DateField(allow_null=True, help_text="the day of which the title speaks")
    months = MonthOut(many=True)


class SourceOut(serializers.Serializer[Any]):
    """What came by links of one source; empty: by none."""

    link = serializers.CharField(allow_blank=True)
    donations = serializers.IntegerField()
    cents = serializers.IntegerField()


class SourcesOut(serializers.Serializer[Any]):
    """The sources that brought most, and all others together."""

    items = SourceOut(many=True)
    other_donations = serializers.IntegerField()
    other_cents = serializers.IntegerField()


class ThresholdIn(serializers.Serializer[Any]):
    """Under which amount a donation is a small one."""

    small_under = serializers.IntegerField(min_value=1, max_value=10_000_000, help_text="cents")


class DashboardsView(APIView):
    """The funds of which the reader sees figures."""

    policy = "fundraising.figures"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_dashboards", responses=FundChoiceOut(many=True))
    def get(self, request: Request) -> Response:
        """List them: of a treasurer all recipients and envelopes kept, of an organiser the recipients that ask the public."""
        at = now()
        kept = list(recipients_kept(request.user, now=at).prefetch_related("texts", "envelopes__texts").order_by("code"))
        found = [_choice(fund, "all") for recipient in kept for fund in (recipient, *recipient.envelopes.all())]
        if accounts.holds_role(request.user, roles=[Role.ORGANISER], now=at):
            public = Fund.objects.filter(parent__isnull=True, published_at__isnull=False).prefetch_related("texts").order_by("code")
            found += [_choice(fund, "months") for fund in public.exclude(pk__in=[fund.pk for fund in kept])]
        return Response(found)


class DashboardView(APIView):
    """What was given to a fund."""

    policy = "fundraising.treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_dashboard", parameters=[PERIOD], responses=DashboardOut)
    def get(self, request: Request, code: str) -> Response:
        """Return the figures of a period, with what they say."""
        fund = fund_kept(request.user, code=code, now=now())
        return Response(_dashboard(fund, request.query_params.get("period", "")))


class ThresholdView(APIView):
    """Under which amount a donation is a small one."""

    policy = "fundraising.treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_threshold", request=ThresholdIn, responses=DashboardOut)
    def put(self, request: Request, code: str) -> Response:
        """Set it for a recipient."""
        recipient = recipient_kept(request.user, code=code, now=now())
        asked = ThresholdIn(data=request.data)
        asked.is_valid(raise_exception=True)
        cents = asked.validated_data["small_under"]
        if whole(cents) != cents:
            raise Invalid(fields={"small_under": [_("Choose a rounder amount: two digits that are followed by zeros.")]})
        rollups.set_small_under(recipient, cents)
        return Response(_dashboard(recipient, ""))


class SourcesView(APIView):
    """What was given by source."""

    policy = "fundraising.treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_sources", parameters=[PERIOD], responses=SourcesOut)
    def get(self, request: Request, code: str) -> Response:
        """Return the sources of a period, the most money first."""
        fund, period = fund_asked(request, code)
        told, other = dashboard.sources(fund, period)
        items = [{"link": source, "donations": number, "cents": cents} for source, number, cents in told]
        return Response({"items": items, "other_donations": other[0], "other_cents": other[1]})


def fund_asked(request: Request, code: str) -> tuple[Fund, str]:
    """Return the fund and the period that are asked for, to who may read them. Raises: NotFound, Forbidden."""
    fund = fund_kept(request.user, code=code, now=now())
    return fund, dashboard.read_period(request.query_params.get("period", ""), fund, today=day_in(now(), fund.recipient.time_zone))


def _dashboard(fund: Fund, asked: str) -> dict[str, Any]:
    recipient = fund.recipient
    today = day_in(now(), recipient.time_zone)
    period = dashboard.read_period(asked, fund, today=today)
    under, currency = recipient.small_under, recipient.currency
    amounts = dashboard.amounts(fund, period)
    givers = dashboard.givers(fund, period)
    new_people, returning = dashboard.people(fund, period)
    first, last = _span(period, today)
    days = dashboard.days(fund, first=first, last=last)
    by_day = {each.day: each.cents for each in days}
    over = [first + timedelta(days=number) for number in range((min(last, today - timedelta(days=1)) - first).days + 1)]
    days_title, outstanding = findings.days_said([(day, by_day.get(day, 0)) for day in over])
    standing = dashboard.standing(fund)
    small = between(amounts, 0, under)
    people = new_people + returning
    newest = month_of(today)
    return {
        "code": fund.code,
        "name": name_of(fund),
        "currency": currency,
        "period": period or "all",
        "periods": [each or "all" for each in dashboard.periods(fund, today=today)],
        "today": today,
        "goal": fund.goal,
        "goal_from": fund.goal_from,
        "goal_on": fund.goal_on,
        "goal_cents": towards_goal(fund).cents if fund.goal else None,
        "small_under": under,
        "passes_bar": small.passes_the_bar,
        "bar_said": findings.bar_said(small, under=under, currency=currency),
        "people": people,
        "new_people": new_people,
        "new_said": findings.first_time_said(new_people, people),
        "monthly_number": standing.number,
        "monthly_cents": standing.cents,
        "donations": _curve(amounts, under, small, currency, title=findings.small_ones_said(small, under=under, currency=currency)),
        "givers": _curve(
            givers,
            under,
            between(givers, 0, under),
            currency,
            title=findings.largest_givers_said(largest(givers, 0.1)),
        ),
        "first_day": first,
        "last_day": last,
        "days": [vars(each) for each in days],
        "days_title": days_title,
        "outstanding": outstanding,
        "months": [
            {"month": month, "new": number, "new_cents": cents, "again": others, "again_cents": their_cents}
            for month, number, cents, others, their_cents in dashboard.months(fund, first=following(newest, 1 - MONTHS_SHOWN), last=newest)
        ],
    }


def _span(period: str, today: date) -> tuple[date, date]:
    """Return the days of a period's series: its month; of a longer or running one the last thirty days of it."""
    last = today
    if len(period) == 4 and int(period) < today.year:
        last = today.replace(year=int(period), month=12, day=31)
    elif len(period) == 7 and period < month_of(today):
        first = today.replace(year=int(period[:4]), month=int(period[5:]), day=1)
        upcoming = following(period)
        return first, first.replace(year=int(upcoming[:4]), month=int(upcoming[5:])) - timedelta(days=1)
    return last - timedelta(days=DAYS_SHOWN - 1), last


def _curve(bins: list[Bin], under: int, small: Part, currency: str, *, title: str) -> dict[str, Any]:
    steps = tiers(under)
    parts = [(least, below, between(bins, least, below)) for least, below in steps]
    top_from, _end, top = parts[-1]
    return {
        "number": small.of_number,
        "cents": small.of_cents,
        "mean": mean(bins),
        "median": quantile(bins, 0.5),
        "small_number": small.number,
        "small_cents": small.cents,
        "points": lorenz(bins, through=under),
        "tiers": [
            {
                "least": least,
                "below": below,
                "number": part.number,
                "cents": part.cents,
                "share": part.share_of_cents,
                "is_small": below is not None and below <= under,
            }
            for least, below, part in parts
        ],
        "title": title,
        "said": findings.both_ends_said(small, top, under=under, top_from=top_from, currency=currency),
    }


def _choice(fund: Fund, reads: str) -> dict[str, Any]:
    recipient = None if fund.parent is None else fund.parent.code
    return {"code": fund.code, "name": name_of(fund), "currency": fund.currency, "recipient": recipient, "reads": reads}


def name_of(fund: Fund) -> str:
    """Return a fund's name in the reader's language."""
    text = text_of(fund, get_language())
    return text.name if text else fund.legal_name or fund.code
