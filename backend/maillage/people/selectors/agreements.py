"""Who agreed to what, and what people have learnt."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from maillage.people.domain import CHARTER, VersionState, qualification_names
from maillage.people.models import Agreement, DocumentComment, DocumentVersion, Qualification


def agreement_of(person_id: UUID, version_id: UUID) -> Agreement | None:
    """Return what a person agreed to of one version; None when they have not."""
    return Agreement.objects.filter(person_id=person_id, version_id=version_id).first()


def have_agreed(person_ids: Collection[UUID], version_id: UUID) -> set[UUID]:
    """Return those among these people who agreed to a version."""
    return set(Agreement.objects.filter(person_id__in=list(person_ids), version_id=version_id).values_list("person_id", flat=True))


def charter_missed_by(person_id: UUID) -> DocumentVersion | None:
    """Return the charter in force where a person has not agreed to it; None where they have, or there is none."""
    in_force = DocumentVersion.objects.filter(document__slug=CHARTER, state=VersionState.ADOPTED)
    return in_force.exclude(agreements__person=person_id).first()


def codes_held(person_id: UUID, *, on: date) -> set[str]:
    """Return the codes of the qualifications that count on a day."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return set(Qualification.objects.filter(running, person_id=person_id, obtained_on__lte=on).values_list("code", flat=True))


def qualifications_of(person_id: UUID, *, language: str) -> list[dict[str, Any]]:
    """Return what a person has learnt, the latest first: id, code, name, obtained_on, ends_on. One query where they learnt nothing."""
    found = Qualification.objects.filter(person_id=person_id).order_by("-obtained_on", "code", "id")
    rows = list(found.values("id", "code", "obtained_on", "ends_on"))
    names = qualification_names(language) if rows else {}
    return [{**row, "name": names.get(row["code"], row["code"])} for row in rows]


def agreements_of(person_id: UUID) -> list[dict[str, Any]]:
    """Return what a person agreed to hold to, the latest first: document, number, at, how, language, paper_number."""
    rows = Agreement.objects.filter(person_id=person_id).order_by("-at")
    return [
        {
            "document": one.version.document.slug,
            "number": one.version.number,
            "at": one.at,
            "how": one.source,
            "language": one.language,
            "paper_number": one.paper_number,
        }
        for one in rows.select_related("version__document")
    ]


def comments_of(person_id: UUID) -> list[dict[str, Any]]:
    """Return what a person said about proposed versions, for the file that they take away."""
    rows = DocumentComment.objects.filter(author_id=person_id).order_by("written_at")
    told = ("version__document__slug", "version__number", "paragraph", "words", "written_at", "state", "answer")
    return [dict(row) for row in rows.values(*told)]
