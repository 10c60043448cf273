"""What each relay did in a span: for the organisers above them, and for themself."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import Answer
from maillage.actions.models import Assignment, Report
from maillage.insights.domain.tables import Asked, Held, Span, Tally, tally
from maillage.insights.selectors.happened import asked_since
from maillage.kernel.rest.pages import keyset_page
from maillage.relays.domain import SeatState
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models import RelayNetwork, Term
from maillage.relays.selectors import standings
from maillage.territories.models import called

ORDERS = {"code": ("seat__area__code", "id"), "quiet": ("quiet_order", "id")}
"""By seat, or who has been quiet for longest first: whoever pauses or has left is not quiet, and comes last."""

NEVER = datetime(9999, 12, 31, tzinfo=UTC)

FIELDS = (
    "id",
    "kind",
    "starts_at",
    "ends_at",
    "ending",
    "quiet_since",
    "quiet_order",
    "away_until",
    "seat_id",
    "seat__area_id",
    "seat__area__code",
    "seat__area__time_zone",
    "person_id",
    "person__given_name",
    "person__family_name",
    "is_own",
    "is_organised",
    "terms",
    "answers",
    "reports",
    "answers_before",
    "reports_before",
)


def relay_page(
    user: Actor, network: RelayNetwork, *, span: Span, order: str, after: str | None, limit: int, now: datetime
) -> dict[str, Any]:
    """Return a page of terms that ran in a span, of seats that a reader organises, and their own: `{items, next}`. Four queries.

    `now`, `before`: what was asked of the seat while the term ran, in the span and in the one before, as `Tally`; None at a seat
    that the reader does not organise, since they read nothing of its applicants. `quiet_since`: their last sign of life; None while
    they pause and once they have left. `away_until`: while they pause. `is_dormant`: so the seat is shown for their silence.
    Raises: Invalid (after).
    """
    page = keyset_page(_rows(user, network, span=span, now=now), keys=ORDERS.get(order, ORDERS["code"]), after=after, limit=limit)
    seats = [row["seat_id"] for row in page["items"]]
    silent = standings(network.pk).filter(seat_id__in=seats, state=SeatState.DORMANT, is_paused=False)
    dormant = set(silent.values_list("term_id", flat=True))
    zone = network.country.time_zone
    organised = {row["seat__area_id"] for row in page["items"] if row["is_organised"]}
    asked = asked_since(network, organised, since=span.before.instants(zone)[0])
    for row in page["items"]:
        there = asked.get(row["seat__area_id"], [])
        row["is_dormant"] = row["id"] in dormant
        for name, some in (("now", span), ("before", span.before)):
            row[name] = _tally_of(row, there, span=some.instants(zone), now=now) if row["is_organised"] else None
    return page


def _tally_of(row: dict[str, Any], asked: list[Asked], *, span: tuple[datetime, datetime], now: datetime) -> Tally:
    """Count what happened at a seat in the part of a span in which a term ran; its own end counts in it."""
    since, until = span
    term = Held(row["seat__area_id"], row["starts_at"], row["ends_at"], was_handed_over=row["ending"] == TermEnding.HANDED_OVER)
    there = tally(asked, [], since=max(since, term.starts_at), until=min(until, term.ends_at or until), now=now)
    own = tally([], [term], since=since, until=until, now=now)
    return replace(there, opened=own.opened, ended=own.ended, handed_over=own.handed_over)


def _rows(user: Actor, network: RelayNetwork, *, span: Span, now: datetime) -> QuerySet[Term, dict[str, Any]]:
    zone = network.country.time_zone
    since, until = span.instants(zone)
    earlier, _until = span.before.instants(zone)
    ran = Term.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gte=since), seat__network=network, starts_at__lt=until)
    rows: QuerySet[Term, dict[str, Any]] = (
        ran.annotate(
            is_own=Exists(Term.objects.filter(Q(person__user_id=user.pk), pk=OuterRef("pk"))),
            is_organised=accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now),
            quiet_since=Case(When(ends_at__isnull=True, paused_at__isnull=True, then=Greatest("seen_at", "person__user__seen_at"))),
            quiet_order=Coalesce("quiet_since", Value(NEVER)),
            away_until=Case(When(ends_at__isnull=True, then="paused_until")),
        )
        .filter(Q(is_own=True) | Q(is_organised=True))
        .annotate(
            terms=_count(Term.objects.filter(person=OuterRef("person_id"), seat__network=network), "person_id"),
            answers=_count(_answered(since, until), "holder_id"),
            answers_before=_count(_answered(earlier, since), "holder_id"),
            reports=_count(_reported(since, until), "author_id"),
            reports_before=_count(_reported(earlier, since), "author_id"),
        )
        .values(*FIELDS, place=called("seat__area"))
    )
    return rows


def _answered(since: datetime, until: datetime) -> QuerySet[Assignment]:
    mine = Assignment.objects.filter(holder=OuterRef("person_id"), seat=OuterRef("seat_id"))
    by_neighbour = Q(answer=Answer.REPORTED, neighbour__isnull=False)
    return mine.filter(answered_at__gte=since, answered_at__lt=until).exclude(by_neighbour).exclude(answer=Answer.WAITING)


def _reported(since: datetime, until: datetime) -> QuerySet[Report]:
    mine = Report.objects.filter(author=OuterRef("person_id"), assignment__seat=OuterRef("seat_id"))
    return mine.filter(reported_at__gte=since, reported_at__lt=until)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted[:1]), 0, output_field=IntegerField())


def others(items: list[dict[str, Any]]) -> list[UUID]:
    """Name the people of a page who are not its reader."""
    return [row["person_id"] for row in items if not row["is_own"]]
