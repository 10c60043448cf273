"""What is still missing before somebody may hold a seat: the charter in force, and what the network requires."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.people import selectors as people
from maillage.people.models import Agreement, DocumentVersion, Qualification
from maillage.relays.models import CharterRequest, RequiredQualification, Term
from maillage.territories.models import called

_HOLDER = ("pk", "person_id", "person__given_name", "person__family_name", "seat_id", "seat__area__code")


@dataclass(frozen=True)
class Required:
    """A qualification that a network requires, what it is called, and whether a person has it on a day."""

    code: str
    name: str
    qualification_id: UUID | None
    obtained_on: date | None
    ends_on: date | None

    @property
    def is_held(self) -> bool:
        """Say whether it counts."""
        return self.qualification_id is not None


@dataclass(frozen=True)
class Readiness:
    """Where a person stands: `charter` is the version in force (None: nothing is asked), `agreement` theirs, `sent_at` the last mail."""

    charter: DocumentVersion | None
    agreement: Agreement | None
    sent_at: datetime | None
    required: tuple[Required, ...]

    @property
    def misses_charter(self) -> bool:
        """Say whether the charter is in force and they have not agreed to it."""
        return self.charter is not None and self.agreement is None

    @property
    def missing(self) -> tuple[Required, ...]:
        """Return what is required and does not count today."""
        return tuple(each for each in self.required if not each.is_held)


def readiness_of(person_id: UUID, *, network_id: UUID, language: str, now: datetime) -> Readiness:
    """Say what a person has and lacks before they may hold a seat of a network. At most seven queries."""
    charter = people.version_in_force()
    sent = CharterRequest.objects.filter(person_id=person_id, version=charter).order_by("-sent_at") if charter else None
    return Readiness(
        charter=charter,
        agreement=people.agreement_of(person_id, charter.pk) if charter else None,
        sent_at=sent.values_list("sent_at", flat=True).first() if sent is not None else None,
        required=_required(person_id, network_id=network_id, language=language, now=now),
    )


def requirements_of(network_id: UUID) -> QuerySet[RequiredQualification]:
    """Return what a network requires, by code, with its names. Two queries."""
    return RequiredQualification.objects.filter(network_id=network_id).prefetch_related("texts").order_by("code")


def name_in(required: RequiredQualification, language: str, *, default: str = "") -> str:
    """Say what a required qualification is called in a language, else in the default one, else by its code."""
    names: Mapping[str, str] = {text.language: text.name for text in required.texts.all()}
    return names.get(language) or names.get(default) or next(iter(names.values()), required.code)


def names_of_required(language: str) -> dict[str, str]:
    """Return what all required qualifications are called, by code, in a language: what people reads their names from."""
    required = RequiredQualification.objects.prefetch_related("texts").order_by("-required_at")
    return {each.code: name_in(each, language) for each in required}


def running_holders() -> set[UUID]:
    """Return the ids of the persons who hold a seat now: whom the charter binds."""
    return set(Term.objects.filter(ends_at__isnull=True).values_list("person_id", flat=True))


def holders_who_have_not_agreed(user: Actor, version: DocumentVersion, *, now: datetime) -> QuerySet[Term, dict[str, Any]]:
    """Return the running terms, in places that a user organises, whose holder has not agreed to a version, by place.

    Each a row with the holder's names, the seat's id and code, `place`, `kind`, and `asked_at`, the last mail that asked them.
    """
    asked = CharterRequest.objects.filter(person=OuterRef("person"), version=version).order_by("-sent_at").values("sent_at")[:1]
    agreed = Agreement.objects.filter(person=OuterRef("person"), version=version)
    rows: QuerySet[Term, dict[str, Any]] = (
        Term.objects.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now), ends_at__isnull=True)
        .exclude(Exists(agreed))
        .annotate(asked_at=Subquery(asked))
        .order_by("seat__area__code", "pk")
        .values(*_HOLDER, "kind", "asked_at", place=called("seat__area"))
    )
    return rows


def _required(person_id: UUID, *, network_id: UUID, language: str, now: datetime) -> tuple[Required, ...]:
    asked = list(requirements_of(network_id).select_related("network"))
    if not asked:
        return ()
    today = people.day_of_house(now)
    held: dict[str, Qualification] = {}
    rows = Qualification.objects.filter(person_id=person_id, code__in=[each.code for each in asked], obtained_on__lte=today)
    for row in rows.order_by("obtained_on", "id"):
        if row.ends_on is None or row.ends_on >= today:
            held[row.code] = row
    return tuple(_shown(each, held.get(each.code), language) for each in asked)


def _shown(required: RequiredQualification, held: Qualification | None, language: str) -> Required:
    return Required(
        code=required.code,
        name=name_in(required, language, default=required.network.default_language),
        qualification_id=held.pk if held else None,
        obtained_on=held.obtained_on if held else None,
        ends_on=held.ends_on if held else None,
    )
