"""What of a year of contacts a register of interests asks, and who has had so many that it may bind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.accounts.models import User
from maillage.advocacy.domain import ContactKind, Initiative
from maillage.advocacy.domain.register import Activity, Entry, Register, a_year_before, activities_of, register_of
from maillage.advocacy.models import Contact, Mandate, SubjectText
from maillage.people.selectors import own_person_id


@dataclass(frozen=True)
class RegisterYear:
    """A year's activities, and what was left out of them: what office holders began, and requests that nobody answered."""

    activities: list[Activity]
    begun_by_them: int
    unanswered: int


def our_register(today: date) -> Register | None:
    """The rule of the country of this installation."""
    return register_of(settings.TERRITORIES_COUNTRY, today)


def register_year(register: Register, year: int) -> RegisterYear:
    """What was begun in a year, as the register asks for it. Two queries."""
    written = SubjectText.objects.filter(subject_id=OuterRef("subject_id"))
    own = written.filter(language=register.language)
    default = written.filter(language=F("subject__default_language"))
    sat = Mandate.objects.filter(holder_id=OuterRef("holder_id"), area_id=OuterRef("area_id"))
    ours = Contact.objects.filter(initiative=Initiative.OURS)
    rows = (
        ours.filter(counts_on__year=year)
        .order_by("counts_on", "id")
        .values(
            *("kind", "subject_id", "decision", "counts_on"),
            own_title=Subquery(own.values("title")[:1]),
            own_decision=Subquery(own.values("decision")[:1]),
            title=Subquery(default.values("title")[:1]),
            aim=Subquery(default.values("decision")[:1]),
            body=Coalesce(Subquery(sat.order_by("-begins_on").values("body")[:1]), F("holder__source")),
        )
    )
    left = Contact.objects.aggregate(
        begun_by_them=Count("id", filter=Q(initiative=Initiative.THEIRS, counts_on__year=year)),
        unanswered=Count("id", filter=Q(initiative=Initiative.OURS, counts_on=None, latest_on__year=year)),
    )
    return RegisterYear(activities=activities_of(map(_entry, rows), register), **left)


def own_contacts(user: User, *, today: date) -> int:
    """How many contacts somebody has begun in the twelve months up to today. One query."""
    person_id = own_person_id(user)
    theirs = Q(by=user) | Q(author_id=person_id) if person_id else Q(by=user)
    return _of_twelve_months(today).filter(theirs).count()


def busy_members(register: Register, *, today: date) -> Sequence[dict[str, Any]]:
    """Who has begun so many contacts in twelve months that one warns of it, the busiest first. One query.

    Somebody is the person who wrote, else the person of the account that did, else that account: what their reports wrote and what
    they logged by hand, before they had a record and since, is of one.
    """
    rows = (
        _of_twelve_months(today)
        .annotate(member=Coalesce("author_id", "by__person__id", "by_id"))
        .exclude(member=None)
        .values(
            "member",
            person_id=Coalesce("author_id", "by__person__id"),
            given_name=Coalesce("author__given_name", "by__person__given_name"),
            family_name=Coalesce("author__family_name", "by__person__family_name"),
        )
        .annotate(contacts=Count("id"), email=Max("by__email"))
        .filter(contacts__gte=register.warns_at)
        .order_by("-contacts", "member")
    )
    return [dict(row) for row in rows]


def _of_twelve_months(today: date) -> QuerySet[Contact]:
    return Contact.objects.filter(initiative=Initiative.OURS, counts_on__gt=a_year_before(today), counts_on__lte=today)


def _entry(row: dict[str, Any]) -> Entry:
    subject_id: UUID | None = row["subject_id"]
    is_translated = subject_id is None or row["own_title"] is not None
    title = (row["own_title"] or row["title"]) if subject_id else row["decision"]
    return Entry(
        about=str(subject_id or row["decision"].strip().casefold()),
        title=title,
        decision=(row["own_decision"] or row["aim"] or "") if subject_id else row["decision"],
        kind=ContactKind(row["kind"]),
        body=row["body"],
        on=row["counts_on"],
        is_translated=is_translated,
    )
