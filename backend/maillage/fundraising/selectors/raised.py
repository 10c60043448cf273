"""What came in, and from how many, as anybody may read it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from maillage.fundraising.domain.longtail import quantile
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import CountedDonation, DayTotal, Donation, Fund
from maillage.fundraising.selectors.dashboard import amounts
from maillage.fundraising.selectors.dashboard import people as people_in
from maillage.people.domain import SMALLEST_SHOWN

EVER = ""
"""The period of sums that holds all of them."""


@dataclass(frozen=True)
class Raised:
    """Cents that came in and stayed, from how many people, and the cents that half of the donations do not exceed."""

    amount: int
    people: int
    median: int


@dataclass(frozen=True)
class RaisedSince:
    """Cents that came in and stayed since a day, and of how many donations."""

    amount: int
    donations: int
    since: date


@dataclass(frozen=True)
class Towards:
    """What counts towards a goal: cents that stayed, and of how many donations."""

    cents: int
    donations: int


LATEST = 100
"""Donations among whose givers it is looked whether enough gave since a day: the latest, so that no page waits for a count of all."""


def towards_goal(fund: Fund) -> Towards:
    """Say what counts towards the goal of a fund: since its first day, or ever. One query."""
    days = DayTotal.objects.filter(fund=fund)
    if fund.goal_from:
        days = days.filter(day__gte=fund.goal_from)
    found = days.aggregate(cents=Sum("cents", default=0), donations=Sum("donations", default=0))
    return Towards(**found)


def raised_towards_goal(fund: Fund) -> Raised | RaisedSince | None:
    """Say what a recipient was given towards its goal, as anybody may read it; None while so few gave that it would tell on one of them.

    Two queries. Where the goal has no first day, or there is none, it is all that was ever given.
    """
    if fund.goal is None or fund.goal_from is None:
        return raised_for(fund)
    begins = datetime.combine(fund.goal_from, time.min, tzinfo=ZoneInfo(fund.time_zone))
    latest = Donation.objects.filter(fund=fund, state=DonationState.SETTLED, started_at__gte=begins).order_by("-started_at", "-pk")
    counted = CountedDonation.objects.filter(fund=fund, donation__in=latest.values("pk")[:LATEST], day__gte=fund.goal_from, cents__gt=0)
    if counted.aggregate(people=Count("giver", distinct=True))["people"] < SMALLEST_SHOWN:
        return None
    found = towards_goal(fund)
    return RaisedSince(amount=found.cents, donations=found.donations, since=fund.goal_from)


def raised_for(fund: Fund) -> Raised | None:
    """Say what a recipient was given so far, from the sums that are written with the books; None while so few gave that it would
    tell what one of them did. Two queries.
    """
    people = sum(people_in(fund, EVER))
    if people < SMALLEST_SHOWN:
        return None
    bins = amounts(fund, EVER)
    return Raised(amount=sum(each.cents for each in bins), people=people, median=quantile(bins, 0.5))
