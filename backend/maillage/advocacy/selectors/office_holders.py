"""Who decides, as a card that anyone may read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from maillage.advocacy.models import Mandate, Office
from maillage.kernel.errors import NotFound
from maillage.kernel.ids import read_uuid
from maillage.territories.models import called


@dataclass(frozen=True)
class Card:
    """A sitting office holder: public-office facts only. `group_*` are empty for who sits in none; `offices`: what they are
    in their assembly beyond a member, in its own words.
    """

    id: UUID
    civility: str
    given_name: str
    family_name: str
    office_email: str
    profile_url: str
    body: str
    begins_on: date
    is_begin_known: bool
    area_id: UUID
    area_code: str
    area_name: str
    group_abbreviation: str
    group_name: str
    group_colour: str
    offices: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


_FIELDS = {
    "id": "holder_id",
    "civility": "holder__civility",
    "given_name": "holder__given_name",
    "family_name": "holder__family_name",
    "office_email": "holder__office_email",
    "profile_url": "holder__profile_url",
    "body": "body",
    "begins_on": "begins_on",
    "is_begin_known": "is_begin_known",
    "area_id": "area_id",
    "area_code": "area__code",
    "group_abbreviation": "group__abbreviation",
    "group_name": "group__name",
    "group_colour": "group__colour",
}


def sitting_mandates() -> QuerySet[Mandate]:
    """The mandates that run."""
    return Mandate.objects.filter(ends_on=None)


def sitting_for(area_id: UUID) -> Card | None:
    """The one who sits alone for an area now, if anyone does. One query."""
    row = _rows(sitting_mandates().filter(area_id=area_id, seat="")).order_by("begins_on").last()
    return card_of(row) if row else None


def holder_on(area_id: UUID, day: date) -> UUID | None:
    """The one who sat for a seat's area on a day, if anyone did. One query."""
    sat = Mandate.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), area_id=area_id, seat="", begins_on__lte=day)
    return sat.order_by("begins_on").values_list("holder_id", flat=True).last()


def sitting_in(area_ids: Collection[UUID]) -> dict[UUID, Card]:
    """Those who sit for the areas of several seats now, by area; one where nobody does is left out. One query."""
    rows = _rows(sitting_mandates().filter(area_id__in=area_ids, seat="")).order_by("begins_on")
    return {row["area_id"]: card_of(row) for row in rows}


def card(holder_id: UUID) -> Card:
    """One sitting office holder. Raises: NotFound."""
    row = _rows(sitting_mandates().filter(holder_id=holder_id)).order_by("begins_on").last()
    if row is None:
        raise NotFound(code="office_holder_unknown")
    return card_of(row)


def card_rows(*, area: str = "") -> QuerySet[Mandate, dict[str, Any]]:
    """Rows of every sitting office holder, for `card_of`. `area` is the code of a seat, or the id of an area that holds seats."""
    mandates = sitting_mandates()
    if area_id := read_uuid(area):
        mandates = mandates.filter(area__above__ancestor_id=area_id, area__above__whole=True)
    elif area:
        mandates = mandates.filter(area__code=area.upper())
    return _rows(mandates)


def card_of(row: dict[str, Any]) -> Card:
    """Name a row's values; an absent group becomes empty texts."""
    values: dict[str, Any] = {name: row[path] if row[path] is not None else "" for name, path in _FIELDS.items()}
    return Card(area_name=row["area_name"], offices=tuple(row["offices"]), **values)


def _rows(mandates: QuerySet[Mandate]) -> QuerySet[Mandate, dict[str, Any]]:
    running = Office.objects.filter(holder_id=OuterRef("holder_id"), ends_on=None).order_by("begins_on", "pk")
    offices = ArraySubquery(running.values(said=Concat("title", Value(", "), "organ", output_field=CharField())))
    rows: QuerySet[Mandate, dict[str, Any]] = mandates.values(*_FIELDS.values(), "id", area_name=called("area"), offices=offices)
    return rows
