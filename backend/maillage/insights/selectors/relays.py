"""What each relay did in a span: for the organisers above them, and for themself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import Answer
from maillage.actions.models import Assignment, Report
from maillage.insights.domain.tables import Span
from maillage.kernel.rest.pages import keyset_page
from maillage.relays.models import RelayNetwork, Term
from maillage.territories.models import called

ORDERS = {"code": ("seat__area__code", "id"), "quiet": ("alive_at", "id")}
"""By seat, or who has been quiet for longest first."""

FIELDS = (
    "id",
    "kind",
    "starts_at",
    "ends_at",
    "alive_at",
    "seat_id",
    "seat__area__code",
    "person_id",
    "person__given_name",
    "person__family_name",
    "is_own",
    "terms",
    "answers",
    "reports",
    "answers_before",
    "reports_before",
)


def relay_page(
    user: Actor, network: RelayNetwork, *, span: Span, order: str, after: str | None, limit: int, now: datetime
) -> dict[str, Any]:
    """Return a page of terms that ran in a span, of seats that a reader organises, and their own: `{items, next}`. One query.

    Raises: Invalid (after).
    """
    return keyset_page(_rows(user, network, span=span, now=now), keys=ORDERS.get(order, ORDERS["code"]), after=after, limit=limit)


def _rows(user: Actor, network: RelayNetwork, *, span: Span, now: datetime) -> QuerySet[Term, dict[str, Any]]:
    zone = network.country.time_zone
    since, until = span.instants(zone)
    earlier, _until = span.before.instants(zone)
    seen = Q(is_own=True) | Q(accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now))
    ran = Term.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gte=since), seat__network=network, starts_at__lt=until)
    rows: QuerySet[Term, dict[str, Any]] = (
        ran.annotate(
            is_own=Exists(Term.objects.filter(Q(person__user_id=user.pk), pk=OuterRef("pk"))),
            alive_at=Coalesce(Greatest("seen_at", "person__user__seen_at"), F("seen_at"), output_field=DateTimeField()),
        )
        .filter(seen)
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
    return mine.filter(answered_at__gte=since, answered_at__lt=until).exclude(answer=Answer.WAITING)


def _reported(since: datetime, until: datetime) -> QuerySet[Report]:
    mine = Report.objects.filter(author=OuterRef("person_id"), assignment__seat=OuterRef("seat_id"))
    return mine.filter(reported_at__gte=since, reported_at__lt=until)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted[:1]), 0, output_field=IntegerField())


def others(items: list[dict[str, Any]]) -> list[UUID]:
    """Name the people of a page who are not its reader."""
    return [row["person_id"] for row in items if not row["is_own"]]
